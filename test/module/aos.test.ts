/** The stock aos module: the one with the known hash, or none. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import { aos204, aos206, aosForNode, fetchAos, fileInTar, sourceFromEnvironment } from "../../module/aos.ts";
import { sha256 } from "../../module/files.ts";

function entry(name: string, content: string, prefix = ""): Uint8Array {
  const bytes = new TextEncoder().encode(content);
  const block = new Uint8Array(512 + Math.ceil(bytes.length / 512) * 512);
  const put = (at: number, text: string) => block.set(new TextEncoder().encode(text), at);
  put(0, name);
  put(124, bytes.length.toString(8).padStart(11, "0"));
  put(257, "ustar");
  put(345, prefix);
  block.set(bytes, 512);
  return block;
}

test("the release that this Node runs has the known hash", async () => {
  assert.equal(sha256(await fetchAos()), aosForNode().sha256);
  assert.equal(aosForNode("22.3.1"), aos206);
  assert.equal(aosForNode("24.0.0"), aos204);
});

test("a gateway's module with another hash is refused, and not kept", async () => {
  const server = createServer((_, response) => void response.end("no module")).listen(0, "127.0.0.1");
  await once(server, "listening");
  const gateway = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const release = { ...aos206, sha256: sha256("a module") };
  await assert.rejects(fetchAos(release, { gateway, transaction: "id" }), /should have SHA-256/);
  server.close();
  server.closeAllConnections();
});

test("the gateway and the transaction are named together", () => {
  const both = { AOS_GATEWAY: "g", AOS_TRANSACTION: "t" };
  assert.deepEqual(sourceFromEnvironment(both), { gateway: "g", transaction: "t" });
  assert.equal(sourceFromEnvironment({}), undefined);
  assert.throws(() => sourceFromEnvironment({ AOS_GATEWAY: "g" }), /go together/);
});

test("a file out of a tar archive", () => {
  const parts = [entry("a/b", "first"), entry("c", "x".repeat(513), "long/path"), new Uint8Array(1024)];
  const archive = new Uint8Array(parts.flatMap((part) => [...part]));
  const read = (path: string) => new TextDecoder().decode(fileInTar(archive, path) ?? new Uint8Array());
  assert.equal(read("a/b"), "first");
  assert.equal(read("long/path/c"), "x".repeat(513));
  assert.equal(fileInTar(archive, "c"), undefined);
});
