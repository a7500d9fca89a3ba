/** The lines of docs/units.md that point aoconnect at the network, run as they stand there. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { startNetwork } from "../../units/local-network.ts";
import * as world from "./world.ts";

test("the example in docs/units.md runs", async (context) => {
  const keys = await world.testKeys();
  const network = await startNetwork({ keys });
  context.after(() => network.stop());
  const alice = await world.aliceWallet();
  const module = await world.publishModule(network, await world.tokenModule(), alice);
  const token = { Name: "AO", Ticker: "AO", Denomination: "12", Cap: "21000000000000000000" };
  const process = await world.spawn(network, module, alice, token);

  const docs = new URL("../../docs/units.md", import.meta.url);
  const [, code] = /```ts\n(.*?)```/s.exec(readFileSync(docs, "utf8")) ?? [];
  assert.ok(code);
  const imported = code.replaceAll(/import (.*) from "(.*)";/g, (_, names: string, path: string) => {
    return `const ${names} = await load(${JSON.stringify(path)});`;
  });
  const AsyncFunction = (async () => undefined).constructor as FunctionConstructor;
  const run = AsyncFunction("assert", "load", "url", "jwk", "process", imported) as (
    ...given: unknown[]
  ) => Promise<void>;
  await run(assert, (path: string) => import(path), network.url, keys.alice, process);
});
