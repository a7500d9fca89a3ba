/** The stock aos module: the one with the known hash, or none. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import { aos204, aos206, aosForNode, fetchAos, sourceFromEnvironment } from "../../module/aos.ts";
import { sha256 } from "../../module/files.ts";

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
