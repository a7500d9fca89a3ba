/** Processes of the tests as Lua: bundles of entries that install them. */
import { join, relative } from "node:path";
import { bundleLua } from "../../module/bundle.ts";
import { projectFolder, writeWhole } from "../../module/files.ts";

/** The bundle of a process that a file (absolute path) exports under a name. Entries load Lua's own, and are no files of the tests. */
export function testBundle(name: string, file: string): string {
  const folder = join(projectFolder, "build/test-processes");
  const entry = join(folder, `${name}.ts`);
  const host = relative(folder, join(projectFolder, "process/host/lua.ts"));
  const lines = [
    `import { install } from "${host}";`,
    `import { ${name} } from "${relative(folder, file)}";`,
    `install(${name});`,
  ];
  writeWhole(entry, `${lines.join("\n")}\n`);
  return bundleLua(entry);
}
