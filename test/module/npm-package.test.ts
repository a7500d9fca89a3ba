/** Files out of npm packages: of the archive with the known hash, or none. */
import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { projectFolder, sha256, writeWhole } from "../../module/files.ts";
import { fileInTar, openPackage } from "../../module/npm-package.ts";

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

test("a file out of a tar archive", () => {
  const parts = [entry("a/b", "first"), entry("c", "x".repeat(513), "long/path"), new Uint8Array(1024)];
  const archive = new Uint8Array(parts.flatMap((part) => [...part]));
  const read = (path: string) => new TextDecoder().decode(fileInTar(archive, path) ?? new Uint8Array());
  assert.equal(read("a/b"), "first");
  assert.equal(read("long/path/c"), "x".repeat(513));
  assert.equal(fileInTar(archive, "c"), undefined);
});

test("a package that is kept is not downloaded again; another one under its name is", async () => {
  const parts = [entry("package/a", "content"), new Uint8Array(1024)];
  const archive = gzipSync(new Uint8Array(parts.flatMap((part) => [...part])));
  // No such package: whoever asks npm for it fails.
  const one = { spec: "./no-such-folder", sha256: sha256(archive) };
  const kept = join(projectFolder, "build/packages", `${one.sha256}.tgz`);
  try {
    writeWhole(kept, archive);
    const read = await openPackage(one);
    assert.equal(new TextDecoder().decode(read("package/a")), "content");
    assert.throws(() => read("package/b"), /no-such-folder has no package\/b/);
    writeWhole(kept, "something else");
    await assert.rejects(openPackage(one));
  } finally {
    rmSync(kept, { force: true });
  }
});
