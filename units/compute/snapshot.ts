/** A process's memory on the disk, so that a restart need not evaluate everything again. It may be deleted. */
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { promisify } from "node:util";
import { crc32, gunzip, gzip } from "node:zlib";

export interface Snapshot {
  /** How many entries of the schedule it contains. */
  readonly entries: number;
  /** The last of them, as `entryName` gives it: a snapshot of another history is of no use. */
  readonly last: string;
  readonly memory: Uint8Array;
}

/** Writes it whole or not at all. */
export async function writeSnapshot(path: string, { memory, ...head }: Snapshot): Promise<void> {
  const packed = await promisify(gzip)(memory, { level: 1 });
  const line = `${JSON.stringify({ ...head, checksum: crc32(packed) })}\n`;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(`${path}.new`, Buffer.concat([Buffer.from(line), packed]));
  await rename(`${path}.new`, path);
}

/** The snapshot, or undefined if there is none that can be used. */
export async function readSnapshot(path: string): Promise<Snapshot | undefined> {
  try {
    const bytes = await readFile(path);
    const end = bytes.indexOf("\n");
    const head = JSON.parse(bytes.toString("utf8", 0, end)) as Omit<Snapshot, "memory"> & {
      checksum: number;
    };
    const packed = bytes.subarray(end + 1);
    if (crc32(packed) !== head.checksum) return undefined;
    return { entries: head.entries, last: head.last, memory: await promisify(gunzip)(packed) };
  } catch {
    // Not there, cut off, or of an older form: the log has it all.
    return undefined;
  }
}

export async function removeSnapshot(path: string): Promise<void> {
  await rm(path, { force: true });
}
