/** Bundling: TypeScript files in, one Lua chunk out, errors in words. */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { buildModule } from "../../module/build.ts";
import { bundleEach, bundleLua } from "../../module/bundle.ts";
import { projectFolder } from "../../module/files.ts";
import { start } from "./instance.ts";

const parent = join(projectFolder, "build");
mkdirSync(parent, { recursive: true });
const folder = mkdtempSync(join(parent, "bundle-test-"));
after(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const declaration = "declare let handle: (this: void, message: string, environment: string) => string;";
const answer = (text: string) => `{"ok":true,"response":{"Output":{"data":"${text}"}}}`;

write(
  "shape.ts",
  `import type { Circle } from "./entry.ts";\nexport interface Shape { readonly sides: number; circle?: Circle }\n`,
);
write("sum.ts", "export function sum(a: number, b: number): number { return a + b; }\n");
const entry = write(
  "entry.ts",
  `import type { Shape } from "./shape.ts";
   import { sum } from "./sum.ts";
   ${declaration}
   export type Circle = string;
   const shape: Shape = { sides: 3 };
   handle = () => \`${answer("${sum(shape.sides, 4)}")}\`;\n`,
);
const other = write(
  "other.ts",
  `import { sum } from "./sum.ts";\n${declaration}\nhandle = () => \`\${sum(1, 1)}\`;\n`,
);

describe("bundleLua", () => {
  test("runs in a module", async () => {
    const instance = await start(await buildModule(bundleLua(entry)));
    assert.equal((await instance.call()).Output.data, "7");
  });

  test("holds what the entry loads, and not what it only takes types from", () => {
    const lua = bundleLua(entry);
    assert.match(lua, /\["[^"]*\.sum"\] = function/);
    assert.doesNotMatch(lua, /\["[^"]*\.shape"\] = function/);
  });

  test("is the same alone and in company", () => {
    const [first, second] = [...bundleEach([other, entry])];
    assert.equal(first?.lua, bundleLua(other));
    assert.equal(second?.lua, bundleLua(entry));
  });

  test("a module that is not in the bundle is an error at run time, with its name", async () => {
    const path = write(
      "missing.ts",
      `declare function require(this: void, name: string): void;\n${declaration}
      handle = () => { require("else" + "where"); return ""; };\n`,
    );
    const instance = await start(await buildModule(bundleLua(path)));
    await assert.rejects(
      async () => instance.call(),
      (reason) => /module 'elsewhere' not found/.test(String(reason)),
    );
  });

  test("names the place of a type error, also in a file that is imported", () => {
    write("wrong.ts", `export const wrong: number = "1";\n`);
    const path = write("importer.ts", `import { wrong } from "./wrong.ts";\nexport const right = wrong;\n`);
    assert.throws(
      () => bundleLua(path),
      /bundle-test-.*\/wrong\.ts:1:14: Type 'string' is not assignable to type 'number'/,
    );
  });

  test("names the place of what Lua can't do", () => {
    const path = write("unsupported.ts", "export const large = 1n;\n");
    assert.throws(() => bundleLua(path), /unsupported\.ts:1:22: /);
  });

  test("names an entry that is not there", () => {
    assert.throws(() => bundleLua(join(folder, "nowhere.ts")), /nowhere\.ts/);
  });
});
