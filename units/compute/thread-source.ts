/**
 * The thread's program as JavaScript, in build/. Threads that read TypeScript themselves would each load the compiler
 * first, which takes a second.
 */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { projectFolder, sha256, writeWhole } from "../../module/files.ts";

const entry = join(import.meta.dirname, "thread.ts");
const imported = /(?:^|\n)(?:import|export)\s(?!type\b)[^;]*?from "(\.[^"]*\.ts)";/g;

/** The file and all of ours that it imports for more than types. */
function sourcesOf(path: string, found = new Map<string, string>()): Map<string, string> {
  if (found.has(path)) return found;
  const text = readFileSync(path, "utf8");
  found.set(path, text);
  for (const [, target] of text.matchAll(imported)) sourcesOf(resolve(dirname(path), target!), found);
  return found;
}

let prepared: Promise<string> | undefined;

async function prepare(): Promise<string> {
  const sources = sourcesOf(entry);
  const hash = sha256(JSON.stringify([...sources])).slice(0, 16);
  const folder = join(projectFolder, "build/threads", hash);
  const outputOf = (path: string): string =>
    join(folder, relative(projectFolder, path)).replace(/\.ts$/, ".mjs");
  if (!existsSync(outputOf(entry))) {
    const { default: blank } = await import("ts-blank-space");
    // The entry comes last, so that it is there only when all are.
    for (const [path, text] of [...sources].reverse()) {
      writeWhole(outputOf(path), blank(text).replaceAll(/(from "\.[^"]*)\.ts"/g, '$1.mjs"'));
    }
  }
  return outputOf(entry);
}

/** The path of the program; written once, and again when a source of it changes. */
export function threadProgram(): Promise<string> {
  prepared ??= prepare();
  return prepared;
}
