/**
 * Histories on the in-process network with messages dropped, doubled, delayed and reordered, handlers that fail, and a
 * token that is mute for a while. Once the faults are over, the deadlines have passed, and one more cycle and one more
 * Tick have come, all books agree: nothing is lost, nothing doubled, nothing left hanging.
 */
import { test } from "node:test";
import assert from "node:assert/strict";
import fc from "fast-check";
import type { FaultRule } from "../../units/faults.ts";
import type { Scene } from "../scene/scene.ts";
import { assertBooks, balanceOf, figure, heal, vaultOf } from "./books.ts";
import { type Act, acts, createDay, gift, givers, initial, perform, setWeather, wallets } from "./days.ts";
import { runs, seed, steps } from "./judge.ts";

const chance = fc.constantFrom(0, 0.05, 0.2, 0.5);

const faults: fc.Arbitrary<FaultRule> = fc.record({
  drop: chance,
  repeat: chance,
  reorder: chance,
  fail: chance,
  delay: fc.record({
    chance,
    messages: fc.integer({ min: 0, max: 6 }),
    time: fc.constantFrom(0, 1_000, 400_000, 900_000),
  }),
});

/** Which deliveries have the faults: all, or those between two of the three processes. */
const links = ["all", "token and ledger", "mint and token"] as const;

function ruleOf(scene: Scene, link: (typeof links)[number], fault: FaultRule): FaultRule {
  const { token, ledger, mint } = scene;
  if (link === "all") return fault;
  return { ...fault, between: link === "token and ledger" ? [token, ledger] : [mint, token] };
}

async function live(scene: Scene, day: readonly Act[], rules: readonly FaultRule[]): Promise<void> {
  setWeather(scene, 0, rules);
  for (const [number, act] of day.entries()) await perform(scene, act, number, rules);
  await heal(scene);
  await assertBooks(scene, wallets, { initial });
  for (const giver of givers)
    assert.equal(await balanceOf(scene, giver), gift, "what was given came back, once");
}

for (const link of links) {
  test(`with faults between ${link}, nothing is lost and nothing doubled`, async () => {
    const day = fc.array(acts, { minLength: steps, maxLength: steps + 10, size: "max" });
    const property = fc.asyncProperty(day, faults, fc.nat(), async (drawn, fault, seed) => {
      const scene = await createDay({ network: { seed } });
      await live(scene, drawn, [ruleOf(scene, link, fault)]);
    });
    await fc.assert(property, { seed, numRuns: Math.ceil(runs / 4), endOnFailure: true });
  });
}

test("a token that doesn't number transfers is never asked twice: nothing doubled, what is uncertain is shown", async () => {
  const day = fc.array(acts, { minLength: steps, maxLength: steps + 10, size: "max" });
  const property = fc.asyncProperty(day, faults, fc.nat(), async (drawn, fault, seed) => {
    const scene = await createDay({ network: { seed }, ledger: { "Numbered-Transfers": "false" } });
    const rules = [ruleOf(scene, "token and ledger", fault)];
    setWeather(scene, 0, rules);
    for (const [number, act] of drawn.entries()) await perform(scene, act, number, rules);
    await heal(scene);
    const { ledger, ask } = scene;
    assert.equal(await figure(scene, ledger, "Pending"), 0n, "nothing is pending past its deadline");
    const uncertain = await figure(scene, ledger, "Unconfirmed");
    const missing = (await figure(scene, ledger, "Book-Balance")) - (await balanceOf(scene, ledger));
    assert.ok(missing >= 0n && missing <= uncertain, `${missing} of ${uncertain} uncertain were paid`);
    for (const wallet of wallets) {
      const { data } = await ask(ledger, { Action: "Get-Yield", Wallet: wallet });
      const { withdrawn, pending } = JSON.parse(data) as { withdrawn: string; pending: string };
      const received = await balanceOf(scene, vaultOf(wallet));
      assert.ok(received >= BigInt(withdrawn) && received <= BigInt(withdrawn) + BigInt(pending), wallet);
    }
  });
  await fc.assert(property, { seed, numRuns: Math.ceil(runs / 8), endOnFailure: true });
});

test("a late answer still decides a payout that was set aside", async () => {
  const scene = await createDay({ ledger: { "Numbered-Transfers": "false" } });
  const { network, send, pass, token, ledger } = scene;
  await pass(1);
  network.faults.add({ from: token, to: ledger, delay: { chance: 1, time: 2_000_000 } });
  await send(wallets[0]!, ledger, { Action: "Withdraw", Recipient: vaultOf(wallets[0]!), Quantity: "9" });
  await network.advance(900_000);
  await send(wallets[1]!, ledger, { Action: "Tick" });
  assert.equal(await figure(scene, ledger, "Unconfirmed"), 9n);
  network.faults.clear();
  await network.advance(2_000_000);
  await heal(scene);
  await assertBooks(scene, wallets, { initial });
});
