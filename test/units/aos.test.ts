/** The network's standard module on the local network: code by Eval, answers, a failure that is rolled back, resumption. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { aosForNode, fetchAos } from "../../module/aos.ts";
import { signDataItem } from "../../units/items/data-item.ts";
import { startNetwork, type LocalNetwork } from "../../units/local-network.ts";
import { tagsOf, tagsWithout } from "../../units/message.ts";
import * as world from "./world.ts";

const wallet = await world.aliceWallet();

async function evaluate(network: LocalNetwork, process: string, code: string) {
  const message = await world.send(
    network,
    { target: process, tags: { Action: "Eval" }, data: code },
    wallet,
  );
  const { Output, Error: error } = await world.resultOf(network, process, message);
  return error ?? (Output as { data?: { output?: string } | string }).data;
}

test("stock aos", async (context) => {
  const release = aosForNode();
  const wasm = await fetchAos(release);
  const data = join(world.temporaryFolder(context), "data");
  const keys = await world.testKeys();
  let network = await startNetwork({ keys, data, snapshotAfter: 50 });
  context.after(() => network.stop());
  const tags = [
    ...tagsWithout(world.moduleTags, "Module-Format"),
    ...tagsOf({ "Module-Format": release.format }),
  ];
  const published = await world.post(`${network.url}/tx`, await signDataItem({ tags, data: wasm }, wallet));
  const module = published.body.id as string;
  const spawnTags = {
    ...{ Module: module, Scheduler: network.scheduler, Authority: network.authority, "On-Boot": "Data" },
  };
  const process = await world.send(network, { tags: spawnTags, data: "Count = 1" }, wallet);
  assert.match(JSON.stringify(await evaluate(network, process, "Count = Count + 1; return Count")), /2/);
  assert.match(JSON.stringify(await evaluate(network, process, "Count = 50; error('no')")), /no/);
  assert.match(JSON.stringify(await evaluate(network, process, "Count = Count + 1; return Count")), /3/);
  const digest = await world.digestOf(network, process);
  await network.stop();
  network = await startNetwork({ keys, data });
  assert.deepEqual(await world.digestOf(network, process), digest);
  assert.match(JSON.stringify(await evaluate(network, process, "Count = Count + 1; return Count")), /4/);
});
