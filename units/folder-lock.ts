/** Keeps two networks from writing into one folder. */
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Folders that this process holds. */
const held = new Set<string>();

/** Takes the folder; gives what lets go of it. A process that was killed does not keep its lock. */
export function lockFolder(folder: string): () => void {
  const path = join(folder, "lock");
  if (held.has(path)) throw new Error(`${folder} is in use by this process already`);
  try {
    writeFileSync(path, String(process.pid), { flag: "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    const holder = Number(readFileSync(path, "utf8"));
    if (isAlive(holder)) throw new Error(`${folder} is in use by process ${holder}`, { cause: error });
    writeFileSync(path, String(process.pid));
  }
  held.add(path);
  return () => {
    held.delete(path);
    rmSync(path, { force: true });
  };
}
