/** Files out of npm packages that are downloaded and never installed: what is in them has no place among the dependencies. */
import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { gunzipSync } from "node:zlib";
import { projectFolder, readIfPresent, sha256, writeWhole } from "./files.ts";

/** A package by name and version, and the SHA-256 of its archive in lower-case hex. */
export interface NpmPackage {
  readonly spec: string;
  readonly sha256: string;
}

/** The archive as npm downloads it, into a folder of its own. Throws where npm gives none. */
export async function downloadPackage(spec: string): Promise<Uint8Array> {
  const folder = mkdtempSync(join(tmpdir(), "npm-package-"));
  try {
    const pack = ["pack", spec, "--silent", "--ignore-scripts", "--pack-destination", folder];
    await promisify(execFile)("npm", pack, { cwd: folder });
    const [archive] = readdirSync(folder).filter((name) => name.endsWith(".tgz"));
    if (archive === undefined) throw new Error(`npm pack ${spec} left no archive`);
    return readFileSync(join(folder, archive));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * A package's files by their paths in the archive: from build/ or, the first time, from npm.
 * @throws Error if the archive can't be fetched, or is not the one with the known hash; if a file is not in it.
 */
export async function openPackage({ spec, sha256: hash }: NpmPackage): Promise<(path: string) => Uint8Array> {
  const kept = join(projectFolder, "build/packages", `${hash}.tgz`);
  const present = readIfPresent(kept);
  const isKept = present !== undefined && sha256(present) === hash;
  const archive = isKept ? present : await downloadPackage(spec);
  const found = sha256(archive);
  if (found !== hash) throw new Error(`${spec} should have SHA-256 ${hash}, but has ${found}`);
  if (!isKept) writeWhole(kept, archive);
  const files = gunzipSync(archive);
  return (path) => {
    const file = fileInTar(files, path);
    if (file === undefined) throw new Error(`${spec} has no ${path}`);
    return file;
  };
}

/** The bytes of a file in a tar archive (ustar), or undefined when it is not there. */
export function fileInTar(archive: Uint8Array, path: string): Uint8Array | undefined {
  const block = 512;
  const decoder = new TextDecoder();
  for (let start = 0; start + block <= archive.length;) {
    const text = (from: number, length: number): string =>
      decoder.decode(archive.subarray(start + from, start + from + length)).replace(/\0.*$/s, "");
    const name = text(0, 100);
    if (name === "") return undefined;
    const prefix = text(257, 5) === "ustar" ? text(345, 155) : "";
    const size = parseInt(text(124, 12).trim() || "0", 8);
    const content = start + block;
    if ((prefix === "" ? name : `${prefix}/${name}`) === path) return archive.slice(content, content + size);
    start = content + Math.ceil(size / block) * block;
  }
  return undefined;
}
