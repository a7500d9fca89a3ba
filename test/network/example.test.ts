/** The example of docs/network.md, run as it stands there. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { counterHost } from "./counter.ts";

test("the example in docs/network.md runs", async () => {
  const docs = new URL("../../docs/network.md", import.meta.url);
  const [, code] = /```ts\n(.*?)```/s.exec(readFileSync(docs, "utf8")) ?? [];
  assert.ok(code);
  const imported = code.replaceAll(/import (.*) from "(.*)";/g, (_, names: string, path: string) => {
    return `const ${names} = await load(${JSON.stringify(new URL(path, docs).href)});`;
  });
  const AsyncFunction = (async () => undefined).constructor as FunctionConstructor;
  const run = AsyncFunction("assert", "counterHost", "load", imported) as (
    ...given: unknown[]
  ) => Promise<void>;
  await run(assert, counterHost, (path: string) => import(path));
});
