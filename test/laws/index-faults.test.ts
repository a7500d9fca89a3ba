/**
 * The index among its tokens and its ledger, with messages dropped, doubled, delayed and reordered, and handlers that fail. Once
 * the faults are over and the deadlines have passed, the books agree but for notices that were lost.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { FaultRule } from "../../units/faults.ts";
import { type SignedItem, tagsOf, tagValue } from "../../units/message.ts";
import { alice, bob, createIndexScene, type IndexScene, maker, one } from "../scene/index-scene.ts";

const runs = Number(process.env.LAW_RUNS ?? 200);
const seed = Number(process.env.LAW_SEED ?? 20_260_701);

interface Act {
  readonly act: "redeem" | "mint" | "bid" | "open" | "kind" | "stray" | "tick" | "wait" | "claim";
  readonly part: number;
}

const acts: fc.Arbitrary<Act> = fc.record({
  act: fc.constantFrom(
    ...(["redeem", "redeem", "mint", "mint", "bid", "bid", "open"] as const),
    ...(["kind", "stray", "tick", "wait", "claim"] as const),
  ),
  part: fc.integer({ min: 1, max: 1_000 }),
});
const chance = fc.constantFrom(0, 0.1, 0.3, 0.5);
const faults: fc.Arbitrary<FaultRule> = fc.record({
  ...{ drop: chance, repeat: chance, reorder: chance, fail: chance },
  delay: fc.record({ chance, messages: fc.nat(6), time: fc.constantFrom(0, 1_000, 400_000, 900_000) }),
});

async function perform(scene: IndexScene, { act, part }: Act): Promise<void> {
  const { network, index, pi, token, ar } = scene;
  const post = (from: string, target: string, tags: Readonly<Record<string, string>>) =>
    void network.send({ from, target, tags: tagsOf(tags) });
  const pay = (from: string, asset: string, tags: Readonly<Record<string, string>>, units = 10n ** 11n) =>
    post(from, asset, {
      ...{ Action: "Transfer", Recipient: index, Quantity: `${BigInt(part) * units}`, ...tags },
    });
  const wallet = part % 2 === 0 ? alice : bob;
  if (act === "redeem") pay(wallet, pi, { "X-Action": "Redeem" });
  if (act === "mint") pay(maker, ar, { "X-Action": "Mint", "X-Min-Out": "1" }, 10n ** 9n);
  if (act === "bid") pay(maker, ar, { "X-Action": "Bid", "X-Auction": `${(part % 3) + 1}` });
  if (act === "open") post(alice, index, { Action: "Open-Auction", Sell: token, Buy: ar });
  if (act === "kind") pay(maker, ar, { "X-Action": "Deposit", "X-Session": "none" });
  if (act === "stray") pay(wallet, pi, {});
  if (act === "tick") post(wallet, index, { Action: "Tick" });
  if (act === "claim") post(wallet, index, { Action: "Claim", Asset: part % 3 === 0 ? pi : token });
  if (act === "wait") await network.advance(part * 2_000);
  else if (part % 2 === 0) await network.settle();
}

/** What a token told the index of, and the index never heard, or failed over. */
function lost({ network, index }: IndexScene, token: string): bigint {
  const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n);
  const isCredit = (tags: SignedItem["Tags"]) => tagValue(tags, "Action") === "Credit-Notice";
  const quantityIn = (tags: SignedItem["Tags"]) => BigInt(tagValue(tags, "Quantity")!);
  const told = network
    .log(token)
    .flatMap(({ result }) =>
      result.Messages.flatMap(({ Target, Tags = [] }) =>
        Target === index && isCredit(Tags) ? [quantityIn(Tags)] : [],
      ),
    );
  const heard = network.log(index).flatMap(({ message, result }) => {
    const counts = message.From === token && isCredit(message.Tags) && result.Error === undefined;
    return counts ? [quantityIn(message.Tags)] : [];
  });
  return sum(told) - sum(heard);
}

async function assertBooks(scene: IndexScene): Promise<void> {
  const { holdings, balance, ask, index, pi, figure } = scene;
  const { supply, assets } = await holdings();
  for (const { asset, accountedFor, bookBalance, ticker } of assets) {
    assert.equal(accountedFor, bookBalance, ticker);
    const there = await balance(index, asset);
    assert.equal(there, BigInt(bookBalance) + lost(scene, asset), `${ticker}: nothing is pending`);
  }
  assert.equal(BigInt(tagValue((await ask(pi, { Action: "Info" })).tags, "Supply") ?? "0"), supply);
  assert.equal(await figure("Minted-Confirmed"), await figure("Minted"));
  assert.equal(await figure("Pending-Pi"), "0");
}

for (const link of ["everything", "pi", "token", "ar", "ledger"] as const) {
  test(`with faults between the index and ${link}, nothing is lost, doubled or pending for ever`, async () => {
    const drawn = fc.array(acts, { minLength: 30, maxLength: 40, size: "max" });
    const property = fc.asyncProperty(drawn, faults, fc.nat(), async (day, fault, seed) => {
      const scene = await createIndexScene({ network: { seed } });
      const { network, index } = scene;
      await scene.delegate(alice);
      await scene.delegate(bob);
      await scene.days(1);
      await scene.setPrice(2n * one);
      const between = link === "everything" ? undefined : ([index, scene[link]] as const);
      network.faults.add(between === undefined ? fault : { ...fault, between });
      for (const [i, act] of day.entries()) {
        await perform(scene, act);
        if (i === 15)
          await scene.days(1).then(
            () => undefined,
            () => undefined,
          );
      }
      await network.heal();
      for (let round = 0; round < 4; round++) {
        await network.advance(2_000_000);
        await scene.send(scene.owner, index, { Action: "Tick" });
      }
      await assertBooks(scene);
    });
    await fc.assert(property, { seed, numRuns: Math.ceil(runs / 50), endOnFailure: true });
  });
}
