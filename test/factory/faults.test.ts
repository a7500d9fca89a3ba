/** Every single message between request and listing gets lost, comes twice or late: MS1, MS5, RG2, RG4. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { tagValue, type SignedItem } from "../../units/message.ts";
import { createFactoryScene } from "../scene/factory-scene.ts";
import { alice, team } from "../scene/launch-scene.ts";
import { sentBy } from "../scene/scene.ts";

const patience = 60_000;
const actionOf = ({ Tags }: SignedItem): string => tagValue(Tags, "Action") ?? tagValue(Tags, "Type") ?? "";
/** What passes between factory, messenger and child; `Process` is the spawn itself. */
const steps = [
  "Process",
  "Spawned",
  "Identity",
  "Tick",
  "Identity-Response",
  "Report-To-Factory",
  "FLP-Report",
];

async function scene() {
  return createFactoryScene({ factory: { "Spawn-Patience": `${patience}` } });
}

for (const step of steps) {
  test(`${step} gets lost: anyone has it made up for`, async () => {
    const { network, factory, create, idOf, row, send } = await scene();
    network.faults.add({ where: (item) => actionOf(item) === step, drop: 1 });
    const request = await create();
    network.faults.clear();
    const isStuck = (await idOf(request)) === "";
    assert.equal(isStuck, ["Process", "Spawned", "Identity", "Identity-Response"].includes(step));
    const retry = { Action: "Retry-Spawn", "Request-Id": request };
    const early = await send(alice, factory, retry);
    assert.match(early.Error ?? "", isStuck ? /^\[too-early\] / : /^\[not-pending\] /);
    if (isStuck) {
      await network.advance(patience);
      assert.equal((await send(alice, factory, retry)).Error, undefined);
    }
    const launch = await idOf(request);
    assert.notEqual(launch, "");
    await send(alice, launch, { Action: "Tick" });
    await send(alice, launch, { Action: "Report-To-Factory" });
    assert.equal((await row(launch)).total_token_supply, "10000000");
    const ready = network.inbox(team).filter((item) => actionOf(item) === "FLP-Ready-Notice");
    assert.equal(ready.length, 1);
  });

  test(`${step} comes twice: once is all that counts`, async () => {
    const { network, create, idOf, ask, factory } = await scene();
    network.faults.add({ where: (item) => actionOf(item) === step, repeat: 1 });
    const request = await create();
    const launch = await idOf(request);
    assert.notEqual(launch, "");
    const { data } = await ask(factory, { Action: "Get-FLPs" });
    assert.deepEqual(
      (JSON.parse(data) as { id: string }[]).map(({ id }) => id),
      [launch],
    );
    const ready = network.inbox(team).filter((item) => actionOf(item) === "FLP-Ready-Notice");
    assert.equal(ready.length, 1);
  });
}

test("the notice of a spawn that was given up comes late: one child is the launch, the other nobody's", async () => {
  const { network, factory, create, idOf, send, ask } = await scene();
  network.faults.add({
    where: (item) => actionOf(item) === "Spawned",
    delay: { chance: 1, time: 2 * patience },
  });
  const request = await create();
  network.faults.clear();
  await network.advance(patience);
  await send(alice, factory, { Action: "Retry-Spawn", "Request-Id": request });
  const launch = await idOf(request);
  assert.notEqual(launch, "");
  await network.advance(2 * patience);
  assert.equal(await idOf(request), launch);
  const orphan = network.processes().filter((id) => network.environment(id).Process.Owner === factory);
  assert.equal(orphan.length, 2);
  for (const id of orphan) await send(alice, id, { Action: "Report-To-Factory" });
  const stats = JSON.parse((await ask(factory, { Action: "Get-Aggregated-Stats" })).data) as {
    total_flps: number;
  };
  assert.equal(stats.total_flps, 1);
});

test("a process asks for a launch as a wallet does, and hears what came of it", async () => {
  const { network, factory, teamToken, start, idOf, ledger } = await scene();
  const tags = {
    ...{ Action: "Create-FLP", Name: "By a process", Treasury: ledger, "Token-Process": teamToken },
    ...{ "Token-Supply": "5", "Decay-Factor": "moderate", "Starts-At-Timestamp": `${start}` },
  };
  const id = network.forge({
    ...{ signer: network.authority, fromProcess: ledger, target: factory },
    tags: Object.entries(tags).map(([name, value]) => ({ name, value })),
  });
  await network.settle();
  const [answer] = sentBy(network.result(id)!);
  assert.deepEqual([answer!.Target, tagValue(answer!.Tags!, "Request-Id")], [ledger, id]);
  const heard = network.log(ledger).map(({ message }) => actionOf(message as SignedItem));
  assert.ok(heard.includes("Create-FLP-Response") && heard.includes("FLP-Ready-Notice"));
  const launch = await idOf(id);
  const { Tags } = network.environment(launch).Process;
  assert.equal(tagValue(Tags, "Deployer"), ledger);
});
