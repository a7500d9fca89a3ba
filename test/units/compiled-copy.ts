/** A copy of the units as JavaScript: a process that starts from it need not load the compiler, and is up in no time. */
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import blank from "ts-blank-space";
import { projectFolder } from "../../module/files.ts";

/** Copies what the program of a test needs into a folder, and gives the program's path there. */
export function compiledCopy(folder: string, program: string): string {
  const files = ["units", "module"].flatMap((room) =>
    readdirSync(join(projectFolder, room), { recursive: true, encoding: "utf8" }).map((name) =>
      join(room, name),
    ),
  );
  for (const path of [...files, program].filter((name) => name.endsWith(".ts"))) {
    const text = readFileSync(join(projectFolder, path), "utf8");
    const target = join(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    // As it is too: the program of the threads is made from it.
    writeFileSync(target, text);
    writeFileSync(
      target.replace(/\.ts$/, ".mjs"),
      blank(text).replaceAll(/((?:from|import) "\.[^"]*)\.ts"/g, '$1.mjs"'),
    );
  }
  symlinkSync(join(projectFolder, "node_modules"), join(folder, "node_modules"));
  return join(folder, program.replace(/\.ts$/, ".mjs"));
}
