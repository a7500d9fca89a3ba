/** A process of ours spawns over HTTP: the child is there, trusts whom its parent trusts, and the parent hears of it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { buildModule } from "../../module/build.ts";
import { startNetwork } from "../../units/local-network.ts";
import { tagsOf, tagValue } from "../../units/message.ts";
import { testBundle } from "../scene/test-bundle.ts";
import * as world from "./world.ts";

test("a child of a child, and nothing spawned twice after a restart", async (context) => {
  const data = world.temporaryFolder(context);
  const keys = await world.testKeys();
  const alice = await world.aliceWallet();
  let network = await startNetwork({ keys, data });
  context.after(() => network.stop());
  const ask = async (process: string, action: string) => {
    const ao = world.aoconnectTo(network);
    const { Messages } = await ao.dryrun({ process, tags: tagsOf({ Action: action }) });
    return (name: string) => tagValue(Messages[0]?.Tags ?? [], name);
  };
  const childrenOf = async (process: string) =>
    ((await ask(process, "Info"))("Children") ?? "").split(",").map((child) => child.split("=")[1]!);

  const bundle = testBundle("nest", fileURLToPath(new URL("../scene/nest.ts", import.meta.url)));
  const module = await world.publishModule(network, await buildModule(bundle), alice);
  const parent = await world.spawn(network, module, alice);
  const hatch = { Action: "Hatch", With: module, Name: "kid" };
  await world.send(network, { target: parent, tags: hatch, data: "text" }, alice);
  assert.ok(await network.settle());
  const children = await childrenOf(parent);
  assert.equal(children.length, 2);
  await world.send(network, { target: children[0]!, tags: hatch }, alice);
  assert.ok(await network.settle());
  const [grandchild] = await childrenOf(children[0]!);
  assert.equal((await ask(grandchild!, "Identity"))("Owner"), children[0]);
  assert.equal((await ask(grandchild!, "Identity"))("Module"), module);

  await network.stop();
  network = await startNetwork({ keys, data });
  assert.ok(await network.settle());
  assert.deepEqual(await childrenOf(parent), children);
});
