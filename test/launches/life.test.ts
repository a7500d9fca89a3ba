/** The whole life of launches on the local network, through aoconnect: asked for, funded, delegated to, given out, over. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { verify } from "../../deployment/verify.ts";
import { signerOf } from "../../units/aoconnect.ts";
import { tagsOf } from "../../units/message.ts";
import { delegationsText } from "../../units/population.ts";
import { contributionsOf, countsOf, isProportional, listedBy, sameEverywhere } from "./expectations.ts";
import { alice, bob, day, deployer, hour, openLaunchStage, requestOf, team } from "./stage.ts";
import type { LaunchStage, Tags } from "./stage.ts";

const allocation = 1_000_000n;
let scene: LaunchStage;
let start: number;
let token: string;
/** Pushed by batches and ticked by cron; claimed and ticked by hand; cancelled; asked for by a process and never funded. */
let pushed: string, claimed: string, cancelled: string, unfunded: string;

before(async () => {
  scene = await openLaunchStage();
  const { send, ids, network, spawnToken } = scene;
  start = network.now() + 6 * hour;
  token = await spawnToken();
  const rows = [`${alice.address},3000000000000`, `${bob.address},1000000000000`].join("\n");
  const snapshot = { Token: "AR", Snapshot: "1", Page: "1", Pages: "1", Mode: "full" };
  await send(deployer, ids.ledger, { Action: "Set-Balances", ...snapshot }, rows);
  await send(deployer, ids.ledger, { Action: "Tick" });
});
after(() => scene.close());

/** Asks for a launch as the team; the id of the request, which it has from the first moment. */
async function create(factory: string, more: Tags = {}): Promise<{ request: string; launch: string }> {
  const { ao, ask, network } = scene;
  const tags = tagsOf({ Action: "Create-FLP", ...requestOf(token, start, more) });
  const request = await ao.message({ process: factory, signer: signerOf(team), tags });
  assert.equal((await ao.result({ process: factory, message: request })).Error, undefined);
  const idOf = async () => {
    const { data } = await ask(factory, { Action: "Get-FLP-Id", "Request-Id": request });
    return JSON.parse(data) as Record<"FLP-Id" | "Status", string>;
  };
  const first = await idOf();
  assert.ok(["Requested", "Spawned", "Ready"].includes(first.Status), first.Status);
  assert.ok(await network.settle());
  const { "FLP-Id": launch, Status } = await idOf();
  assert.equal(Status, "Ready");
  return { request, launch };
}

const fund = (launch: string, quantity = allocation) =>
  scene.send(team, token, {
    ...{ Action: "Transfer", Recipient: launch, Quantity: `${quantity}` },
    "X-Action": "Initialize-FLP",
  });

const status = async (launch: string) => (await scene.ask(launch, { Action: "Info" })).tag("Status");

describe("fair launches on the local network", () => {
  test("a wallet's request is a launch, in the list, with all it said", async () => {
    const { ids, ask, ao } = scene;
    ({ launch: pushed } = await create(ids.ticking, { "Short-Description": "Water for all" }));
    const more = { "Token-Supply": "10%", "Are-Batch-Transfers-Possible": "false", "Decay-Factor": "0.5" };
    ({ launch: claimed } = await create(ids.factory, more));
    ({ launch: cancelled } = await create(ids.factory));
    assert.deepEqual(await listedBy(scene, ids.factory), [cancelled, claimed]);
    const row = await sameEverywhere(scene, "ticking", pushed);
    assert.equal(row.flp_short_description, "Water for all");
    assert.equal((await ask(claimed, { Action: "Info" })).tag("Token-Supply-To-Use"), `${allocation}`);
    // Its ticks are evaluated in any case; whoever wants them pushed has the messenger do so.
    await ao.monitor({ process: pushed, signer: signerOf(team) });
  });

  test("a process's request is one too, and the process is told", async () => {
    const { ids, send, ask, spawnRequester } = scene;
    const requester = await spawnRequester();
    const tags = Object.entries(requestOf(token, start)).map(([name, value]) => `${name},${value}`);
    await send(team, requester, { Action: "Ask", To: ids.factory }, tags.join("\n"));
    const heard = JSON.parse((await ask(requester, { Action: "Heard" })).data) as string[];
    assert.equal(heard.length, 2, heard.join());
    assert.match(heard[0]!, /^Create-FLP-Response: /);
    unfunded = /^FLP-Ready-Notice: (.*)$/.exec(heard[1]!)![1]!;
    const row = await sameEverywhere(scene, "factory", unfunded);
    assert.deepEqual([row.requested_by, row.deployer], [requester, requester]);
    assert.equal(row.request_id, heard[0]!.replace("Create-FLP-Response: ", ""));
  });

  test("what is wrong with a request is said, and nothing comes of it", async () => {
    const { ids, send } = scene;
    const late = {
      Action: "Create-FLP",
      ...requestOf(token, start, { "Starts-At-Timestamp": `${start - day}` }),
    };
    assert.match((await send(team, ids.factory, late)).Error!, /^\[start-passed\] /);
    const steep = { Action: "Create-FLP", ...requestOf(token, start, { "Decay-Factor": "1" }) };
    assert.match((await send(team, ids.factory, steep)).Error!, /Decay-Factor/);
    assert.equal((await countsOf(scene, ids.factory)).total_requests, 3);
  });

  test("funded with exactly the allocation; anything else goes back; cancelled with a refund", async () => {
    const { balanceOf, send } = scene;
    await fund(pushed);
    await fund(claimed);
    await fund(cancelled);
    await fund(pushed, 5n);
    assert.equal(await balanceOf(token, team.address), 10_000_000n - 3n * allocation);
    assert.deepEqual([await status(pushed), await status(claimed)], ["Active", "Active"]);
    assert.match((await send(alice, cancelled, { Action: "Cancel" })).Error!, /^\[not-deployer\] /);
    await send(team, cancelled, { Action: "Cancel" });
    assert.equal(await balanceOf(token, team.address), 10_000_000n - 2n * allocation);
    assert.equal(await balanceOf(token, cancelled), 0n);
    const row = await sameEverywhere(scene, "factory", cancelled);
    assert.deepEqual([row.status, row.distributed_qty], ["Cancelled", "0"]);
  });

  test("periods pass, by cron and by hand", async () => {
    const { network, send, ids } = scene;
    for (const [wallet, first, second] of [
      [alice, 5_000, 3_000],
      [bob, 2_500, 5_000],
    ] as const) {
      const preferences = [
        { walletTo: pushed, factor: first },
        { walletTo: claimed, factor: second },
      ];
      const data = delegationsText({ wallet: wallet.address, preferences });
      assert.equal((await send(wallet, ids.ledger, { Action: "Set-Delegations" }, data)).Error, undefined);
    }
    for (let quarter = 1; quarter <= 14; quarter++) {
      await network.advance(day / 4);
      for (const launch of [claimed, cancelled, unfunded])
        await send(bob, launch, { Action: "Tick" }, `${quarter}`);
    }
    assert.deepEqual([await status(pushed), await status(claimed)], ["Ended", "Ended"]);
    assert.equal(await status(unfunded), "Cancelled");
  });

  test("tokens are at the delegators, in proportion to the AO that they contributed: pushed", async () => {
    const { balanceOf } = scene;
    const items = await contributionsOf(scene, pushed);
    isProportional(items, allocation, 3n);
    for (const { wallet, credited, claimable } of items) {
      assert.equal(claimable, "0");
      assert.equal(await balanceOf(token, wallet), BigInt(credited));
    }
    assert.equal(await balanceOf(token, pushed), 0n, "nothing left over");
  });

  test("… and claimed, by themselves or by anyone for them", async () => {
    const { balanceOf, send, ask } = scene;
    const items = await contributionsOf(scene, claimed);
    isProportional(items, allocation, 3n);
    const of = (wallet: string) => BigInt(items.find((item) => item.wallet === wallet)!.claimable);
    const before = await balanceOf(token, bob.address);
    await send(alice, claimed, { Action: "Withdraw-FLP-Token" });
    await send(alice, claimed, { Action: "Withdraw-FLP-Token", Recipient: bob.address });
    assert.equal(await balanceOf(token, bob.address), before + of(bob.address));
    assert.equal(await balanceOf(token, claimed), 0n, "nothing left over");
    const rest = await ask(claimed, { Action: "Get-Claimable-Balance", Recipient: alice.address });
    assert.equal(rest.data, "0");
  });

  test("the AO is at the treasury, and row, Info and path agree", async () => {
    const { balanceOf, ids, network } = scene;
    await network.advance(hour);
    let sum = 0n;
    for (const [factory, launch] of [
      ["ticking", pushed],
      ["factory", claimed],
    ] as const) {
      const row = await sameEverywhere(scene, factory, launch);
      assert.equal(row.status, "Ended");
      assert.equal(row.distributed_qty, `${allocation}`);
      assert.equal(row.total_yield_ticks, "3");
      assert.equal(row.withdrawn_qty, row.accumulated_qty);
      assert.ok(Number(row.latest_yield_cycle) > 800);
      sum += BigInt(row.withdrawn_qty!);
      const items = await contributionsOf(scene, launch);
      const contributed = items.reduce((total, item) => total + BigInt(item.contributed), 0n);
      assert.ok(
        BigInt(row.accumulated_qty!) >= contributed - 10n,
        `${row.accumulated_qty} of ${contributed}`,
      );
    }
    assert.ok(sum > 0n);
    assert.equal(await balanceOf(ids.token, team.address), sum);
    await sameEverywhere(scene, "factory", unfunded);
    const counts = await countsOf(scene, ids.factory);
    assert.deepEqual([counts.total_flps, counts.ended_flps, counts.cancelled_flps], [3, 1, 2]);
  });

  test("verify holds", async () => {
    await scene.send(bob, scene.ids.mint, { Action: "Tick" });
    const { config, file, units } = await scene.options();
    const checks = await verify({ config, file, units, attempts: 1 });
    assert.deepEqual(
      checks.filter(({ holds }) => !holds),
      [],
    );
  });
});
