/**
 * What audits of the best found, as far as it concerns token, mint and ledger: one named test each.
 *
 * Those of launches are in launch.test.ts.
 * Those of pools are in pool.test.ts and test/pool: a quote that differs from the fill, a tiny deposit that gives zero
 * shares, the first depositor inflating the share. These wait for the index: the last clearing price as an oracle.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { tagsOf, tagValue } from "../../units/message.ts";
import { cycle, oracle } from "../scene/scene.ts";
import { assertIgnored, assertRefusal, observedScene, type Observed } from "./observed.ts";
import { alice, bob, mallory } from "./samples.ts";

const ar = { Action: "Set-Balances", Token: "AR" };
const yieldOf = async ({ ask, ledger }: Observed, Wallet: string) =>
  JSON.parse((await ask(ledger, { Action: "Get-Yield", Wallet })).data) as Record<string, string>;
const accrued = async (scene: Observed, wallet: string) => BigInt((await yieldOf(scene, wallet)).accrued!);
const figure = async ({ ask, ledger }: Observed, name: string) =>
  tagValue((await ask(ledger, { Action: "Info" })).tags, name)!;
const delegate = (scene: Observed, from: string, walletTo: string, factor: number) =>
  scene.send(
    from,
    scene.ledger,
    { Action: "Set-Delegation" },
    JSON.stringify({ walletFrom: from, walletTo, factor }),
  );

/** Alice and Bob hold as much as said, in smallest units of AR; `cycles` have passed. */
async function sceneWith(rows: string, cycles = 1, options: Parameters<typeof observedScene>[0] = {}) {
  const scene = await observedScene(options);
  await scene.send(oracle, scene.ledger, { ...ar, Snapshot: "1" }, rows);
  await scene.pass(cycles);
  return scene;
}

test("a one-unit donation that moves a live limit, so that exact requests fail", async () => {
  const funds = { "Initial-Supply": "5", "Initial-Holder": mallory };
  const scene = await sceneWith(`${alice},10`, 1, { token: funds });
  const { withdrawable } = await yieldOf(scene, alice);
  for (const more of [{}, { Cast: "1" }, { "X-Action": "Refund" }])
    await scene.send(mallory, scene.token, {
      Action: "Transfer",
      Recipient: scene.ledger,
      Quantity: "1",
      ...more,
    });
  assert.equal((await yieldOf(scene, alice)).withdrawable, withdrawable);
  const tags = { Action: "Withdraw", Quantity: withdrawable! };
  assert.equal((await scene.send(alice, scene.ledger, tags)).Error, undefined);
  assert.equal((await yieldOf(scene, alice)).withdrawn, withdrawable);
});

test("an unset time read as ended", async () => {
  // Nobody has ticked, nothing was asked or answered: all is unknown or to come, nothing is over.
  const scene = await observedScene({ network: { clock: 1 } });
  assert.equal(await figure(scene, "Token-Balance"), "unknown");
  assert.equal(await figure(scene, "Token-Balance-Timestamp"), "never");
  const { tags } = await scene.ask(scene.mint, { Action: "Info" });
  assert.equal(tagValue(tags, "Next-Due"), `${1 + cycle}`);
  await scene.pass(1);
  assert.equal(tagValue((await scene.ask(scene.mint, { Action: "Info" })).tags, "Cycle"), "1");
});

test("starting twice: who mints is said once", async () => {
  const { send, token, ledger, owner, picture } = await observedScene();
  const before = [picture(token).state, picture(ledger).state];
  assertRefusal(await send(owner, token, { Action: "Set-Minter", Minter: mallory }), "already-set");
  assertRefusal(await send(owner, ledger, { Action: "Set-Mint", "Mint-Process": mallory }), "already-set");
  assert.deepEqual([picture(token).state, picture(ledger).state], before);
});

test("a claim on an unknown id that poisons a later one", async () => {
  const scene = await sceneWith(`${alice},10`, 0);
  const { ledger, send, attempt, network, token, picture } = scene;
  const before = picture(ledger).state;
  for (const from of [mallory, bob])
    assertRefusal(await send(from, ledger, { Action: "Withdraw" }), "insufficient-yield");
  for (const number of ["1", "2", "3"])
    for (const Action of ["Debit-Notice", "Transfer-Error"])
      assertIgnored(
        await attempt({
          target: ledger,
          from: token,
          signer: network.authority,
          tags: tagsOf({ Action, "X-Payout": number }),
        }),
      );
  assert.equal(picture(ledger).state, before);
  await scene.pass(1);
  await send(alice, ledger, { Action: "Withdraw", Quantity: "5" });
  assert.equal((await yieldOf(scene, alice)).withdrawn, "5");
});

test("a reward index that loses precision", async () => {
  // One unit beside 10^38 of them still accrues its exact part, over many cycles and pokes.
  const scene = await sceneWith(`${alice},1\n${bob},${"9".repeat(38)}`, 0);
  for (let i = 0; i < 50; i++) {
    await scene.pass(1);
    await delegate(scene, alice, bob, i % 2 === 0 ? 1000 : 0);
  }
  const figures = await Promise.all(
    ["Distributed", "Rest", "Waiting", "Minted-Scaled"].map((name) => figure(scene, name)),
  );
  const [distributed, rest, waiting, minted] = figures.map(BigInt) as [bigint, bigint, bigint, bigint];
  assert.equal(distributed + rest + waiting, minted);
  const state = JSON.parse(scene.picture(scene.ledger).state) as { wallets: { own: number[][] } };
  assert.ok(state.wallets.own[0]!.length > 0, "the small wallet's yield was rounded away");
});

test("frequent poking that floors accrual to zero", async () => {
  const rows = `${alice},1\n${bob},3`;
  const [quiet, poked] = [await sceneWith(rows, 0), await sceneWith(rows, 0)];
  let snapshot = 1;
  for (let i = 0; i < 20; i++) {
    await quiet.pass(1);
    await poked.pass(1);
    for (const factor of [1000, 0, 2500, 0]) {
      await delegate(poked, alice, mallory, factor);
      await poked.send(mallory, poked.ledger, { Action: "Tick" });
      const delta = { ...ar, Snapshot: `${++snapshot}`, Mode: "delta" };
      for (const amount of ["2", "1"]) {
        const page = amount === "2" ? delta : { ...delta, Snapshot: `${++snapshot}` };
        assert.equal((await poked.send(oracle, poked.ledger, page, `${alice},${amount}`)).Error, undefined);
      }
    }
  }
  assert.equal(await accrued(poked, alice), await accrued(quiet, alice));
  assert.equal(await accrued(poked, bob), await accrued(quiet, bob));
});

test("the first holder inflating the share of the others", async () => {
  const scene = await sceneWith(`${mallory},1`, 1);
  const first = await accrued(scene, mallory);
  const whale = 10n ** 20n;
  await scene.send(oracle, scene.ledger, { ...ar, Snapshot: "2" }, `${mallory},1\n${alice},${whale}`);
  await scene.pass(1);
  assert.ok((await accrued(scene, alice)) > 0n);
  assert.ok((await accrued(scene, mallory)) - first <= 1n);
});

test("parameters changed before what has accrued is settled", async () => {
  const scene = await sceneWith(`${alice},10\n${bob},10`, 1);
  const before = [await accrued(scene, alice), await accrued(scene, bob)];
  const { send, ledger } = scene;
  await send(oracle, ledger, { Action: "Set-Multiplier", Token: "AR", Multiplier: "900", Version: "1" });
  await delegate(scene, alice, bob, 10_000);
  await send(oracle, ledger, { ...ar, Snapshot: "2" }, `${alice},1\n${bob},999999`);
  assert.deepEqual([await accrued(scene, alice), await accrued(scene, bob)], before);
});

test("a rate computed with today's state for a past period", async () => {
  // Two cycles were due before Mallory held anything; the tick that mints them comes first, or they go to her too.
  const scene = await sceneWith(`${alice},10`, 0);
  const { network, send, mint, ledger, owner, ask } = scene;
  await network.advance(2 * cycle);
  const { data } = await ask(mint, { Action: "Get-Emission", Cycle: "2" });
  await send(owner, mint, { Action: "Tick" });
  await send(oracle, ledger, { ...ar, Snapshot: "2" }, `${alice},10\n${mallory},1000000`);
  assert.equal(await accrued(scene, mallory), 0n);
  assert.equal(await figure(scene, "Minted"), (JSON.parse(data) as { minted: string }).minted);
  // What a past cycle emitted is the same whenever it is asked for.
  await scene.pass(3);
  assert.equal((await ask(mint, { Action: "Get-Emission", Cycle: "2" })).data, data);
});

test("the wrong one of two similar tags read", async () => {
  const funds = { "Initial-Supply": "100", "Initial-Holder": mallory };
  const { send, ask, token } = await observedScene({ token: funds });
  const pay = [...tagsOf({ Action: "Transfer", Recipient: bob, Quantity: "1" })];
  for (const [name, value] of [
    ["quantity", "99"],
    ["QUANTITY", "99"],
    ["recipient", alice],
    ["action", "Burn"],
  ] as const)
    assertRefusal(await send(mallory, token, [...pay, { name, value }]), "duplicate-tag");
  const near = tagsOf({
    Quantities: "99",
    "X-Quantity": "98",
    "Quantity-": "97",
    Recipients: alice,
    "X-Recipient": alice,
  });
  assert.equal((await send(mallory, token, [...near, ...pay])).Error, undefined);
  assert.deepEqual(JSON.parse((await ask(token, { Action: "Balances" })).data), {
    [mallory]: "99",
    [bob]: "1",
  });
});

test("a queue blocked by dust", async () => {
  const funds = { "Initial-Supply": "1000", "Initial-Holder": mallory };
  const scene = await sceneWith(`${alice},1000\n${mallory},1`, 1, { token: funds });
  const { send, ledger, token, network } = scene;
  // Mallory's payouts get no answer; Alice's, behind them, do.
  network.faults.add({
    from: token,
    to: ledger,
    drop: 1,
    where: ({ Tags }) => tagValue(Tags, "Recipient") === mallory,
  });
  for (let i = 0; i < 200; i++) await send(mallory, ledger, { Action: "Withdraw", Quantity: "1" });
  await send(alice, ledger, { Action: "Withdraw", Quantity: "5" });
  assert.equal((await yieldOf(scene, alice)).withdrawn, "5");
});

test("a lock without deadline", async () => {
  const scene = await sceneWith(`${alice},1000`, 1);
  const { send, ledger, token, network } = scene;
  network.faults.add({
    from: ledger,
    to: token,
    drop: 1,
    where: ({ Tags }) => tagValue(Tags, "Action") === "Transfer",
  });
  await send(alice, ledger, { Action: "Withdraw", Quantity: "5" });
  assert.equal((await yieldOf(scene, alice)).pending, "5");
  network.faults.clear();
  await network.advance(600_000);
  await send(mallory, ledger, { Action: "Tick" });
  const { pending, withdrawn } = await yieldOf(scene, alice);
  assert.deepEqual([pending, withdrawn], ["0", "5"]);
});

test("an oracle that stops in the middle of a snapshot locks nothing", async () => {
  const scene = await sceneWith(`${alice},10`, 1);
  const { send, ledger } = scene;
  const page = { ...ar, Snapshot: "2", Page: "1", Pages: "3" };
  await send(oracle, ledger, page, `${mallory},1000000`);
  const before = await accrued(scene, alice);
  await scene.pass(1);
  assert.ok((await accrued(scene, alice)) > before);
  assert.equal(await accrued(scene, mallory), 0n);
  // A newer one starts; pages of the old one come too late, whatever their order.
  await send(oracle, ledger, { ...page, Snapshot: "3", Pages: "2" }, `${bob},1`);
  for (const Page of ["1", "2", "3"])
    assertRefusal(await send(oracle, ledger, { ...page, Page }, `${mallory},1`), "stale-snapshot");
  for (const [Page, Pages] of [
    ["1", "2"],
    ["3", "3"],
    ["2", "3"],
  ] as const)
    assertRefusal(
      await send(oracle, ledger, { ...page, Snapshot: "3", Page, Pages }, ""),
      "page-out-of-order",
    );
  assert.equal(
    (await send(oracle, ledger, { ...page, Snapshot: "3", Page: "2", Pages: "2" }, "")).Error,
    undefined,
  );
});

test("+-123, -1 and infinities as quantities", async () => {
  const { send, token } = await observedScene();
  for (const Quantity of ["+-123", " -1", "-1", "Infinity", "-Infinity", "inf", "NaN", "1e999"])
    for (const Action of ["Transfer", "Burn"])
      assertRefusal(await send(mallory, token, { Action, Recipient: bob, Quantity }), "invalid-quantity");
});

test("unprotected JSON decoding", async () => {
  const { send, ledger, picture } = await observedScene();
  const before = picture(ledger).everything;
  for (const type of ["application/json", "text/plain"])
    for (const Action of ["Set-Delegation", "Set-Delegations"])
      for (const data of ["{", "[".repeat(60_000), '{"a":1e999}', "\u0000", "nil"])
        assertRefusal(await send(mallory, ledger, { Action, "Content-Type": type }, data));
  assert.equal(picture(ledger).everything, before);
});

test("right token, wrong action, not refunded", async () => {
  const funds = { "Initial-Supply": "100", "Initial-Holder": mallory };
  const scene = await observedScene({ token: funds });
  for (const action of ["", "Deposit", "distribute", "Distribute "]) {
    const tags = { Action: "Transfer", Recipient: scene.ledger, Quantity: "60", "X-Action": action };
    await scene.send(mallory, scene.token, tags);
    assert.equal((await scene.ask(scene.token, { Action: "Balance", Recipient: mallory })).data, "100");
  }
});

test("a stale set of delegations, repeated after all was taken away", async () => {
  const scene = await observedScene();
  const { send, ledger, picture } = scene;
  const set = (version: number, ...targets: string[]) =>
    send(
      alice,
      ledger,
      { Action: "Set-Delegations" },
      JSON.stringify({ version, delegations: targets.map((walletTo) => ({ walletTo, factor: 5000 })) }),
    );
  assert.equal((await set(1, bob, mallory)).Error, undefined);
  assert.equal((await set(2)).Error, undefined);
  const before = picture(ledger).state;
  for (const version of [1, 2]) assertRefusal(await set(version, mallory), "stale-version");
  assert.equal(picture(ledger).state, before);
  assert.equal(await figure(scene, "Edges"), "0");
});
