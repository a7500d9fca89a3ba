/**
 * A pool between two tokens on the in-process network, with messages dropped, doubled, delayed and reordered, and
 * handlers that fail. Once the faults are over and the deadlines have passed, the books of pool and tokens agree.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { walletAddress } from "../../units/address.ts";
import type { FaultRule } from "../../units/faults.ts";
import { type SignedItem, tagsOf, tagValue } from "../../units/message.ts";
import { createPoolScene, type PoolScene } from "../scene/pool-scene.ts";

const runs = Number(process.env.LAW_RUNS ?? 200);
const seed = Number(process.env.LAW_SEED ?? 20_260_701);
const gift = 1_000_000_000n;
const founder = walletAddress("founder");
const traders = Array.from({ length: 3 }, (_, i) => walletAddress(`trader ${i}`));
/** These only send what the pool can't use. */
const givers = [walletAddress("giver 0"), walletAddress("giver 1")];
const both = [0, 1] as const;

type Act =
  | {
      readonly act: "swap" | "provide" | "give";
      readonly side: 0 | 1;
      readonly by: number;
      readonly part: number;
    }
  | { readonly act: "burn" | "cancel" | "claim" | "tick"; readonly by: number; readonly part: number }
  | { readonly act: "wait" | "weather"; readonly part: number };

const side = fc.constantFrom(0 as const, 1 as const);
const part = fc.integer({ min: 1, max: 1_000 });
const by = fc.nat(2);
const named = <Name extends string>(...names: Name[]) => fc.constantFrom(...names);
const acts: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.record({ act: named("swap", "swap", "provide", "provide", "give"), side, by, part }),
  },
  { weight: 5, arbitrary: fc.record({ act: named("burn", "cancel", "claim", "tick"), by, part }) },
  { weight: 4, arbitrary: fc.record({ act: named("wait", "weather"), part }) },
);

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

async function createDay(seed: number, pool: Readonly<Record<string, string>> = {}): Promise<PoolScene> {
  const scene = await createPoolScene({
    wallets: [founder, ...traders, ...givers],
    gift,
    pool,
    network: { seed },
  });
  for (const side of both)
    await scene.pay(side, founder, gift / (side === 0 ? 2n : 3n), { "X-Action": "Provide" });
  assert.ok((await scene.figure("Supply")) > 0n);
  return scene;
}

async function perform(scene: PoolScene, act: Act, rules: readonly FaultRule[]): Promise<void> {
  const { network, pool, tokens } = scene;
  const post = (from: string, target: string, tags: Readonly<Record<string, string>>) =>
    void network.send({ from, target, tags: tagsOf(tags) });
  const pay = (side: 0 | 1, from: string, parts: number, tags: Readonly<Record<string, string>>) =>
    post(from, tokens[side], {
      ...{ Action: "Transfer", Recipient: pool, Quantity: `${BigInt(parts) * 100_000n}`, ...tags },
    });
  switch (act.act) {
    case "swap": {
      const least = act.part % 4 === 0 ? gift : 1n;
      pay(act.side, traders[act.by]!, act.part, { "X-Action": "Swap", "X-Expected-Min-Output": `${least}` });
      break;
    }
    case "provide": {
      const words = { "X-Action": "Provide" };
      pay(act.side, traders[act.by]!, act.part, words);
      if (act.part % 3 > 0) pay(act.side === 0 ? 1 : 0, traders[act.by]!, act.part, words);
      break;
    }
    case "give":
      pay(act.side, givers[act.by % 2]!, act.part, act.part % 2 === 0 ? {} : { "X-Action": "Gift" });
      break;
    case "burn":
      post(traders[act.by]!, pool, { Action: "Burn", Quantity: `${act.part * 10_000}` });
      break;
    case "cancel":
    case "claim":
    case "tick": {
      const name = { cancel: "Cancel", claim: "Claim", tick: "Tick" }[act.act];
      post(traders[act.by]!, pool, { Action: name });
      break;
    }
    case "wait":
      return network.advance(act.part * 2_000);
    case "weather":
      network.faults.clear();
      if (act.part % 3 > 0) for (const rule of rules) network.faults.add(rule);
      return;
  }
  if (act.part % 2 === 0) await network.settle();
}

/** Ends all faults and lets every deadline pass, with a Tick after each. */
async function heal({ network, send, pool, owner }: PoolScene): Promise<void> {
  await network.heal();
  for (let round = 0; round < 3; round++) {
    await network.advance(2_000_000);
    await send(owner, pool, { Action: "Tick" });
  }
}

/** What a token told the pool of, and the pool never heard, or failed over. */
function lost({ network, pool }: PoolScene, token: string): bigint {
  const quantityIn = (tags: SignedItem["Tags"]) => BigInt(tagValue(tags, "Quantity")!);
  const isCredit = (tags: SignedItem["Tags"]) => tagValue(tags, "Action") === "Credit-Notice";
  const told = network
    .log(token)
    .flatMap(({ result }) =>
      result.Messages.flatMap(({ Target, Tags = [] }) =>
        Target === pool && isCredit(Tags) ? [quantityIn(Tags)] : [],
      ),
    );
  const heard = network.log(pool).flatMap(({ message, result }) => {
    const counts = message.From === token && isCredit(message.Tags) && result.Error === undefined;
    return counts ? [quantityIn(message.Tags)] : [];
  });
  const sum = (amounts: readonly bigint[]) => amounts.reduce((total, amount) => total + amount, 0n);
  return sum(told) - sum(heard);
}

async function assertBooks(scene: PoolScene): Promise<void> {
  const { tokens, pool, figure, balanceOf } = scene;
  assert.equal(await figure("Deposits-Waiting"), 0n, "no half waits past its deadline");
  for (const side of both) {
    const name = side === 0 ? "Token-A" : "Token-B";
    assert.equal(await figure(`${name}-Pending`), 0n, "nothing is pending past its deadline");
    assert.equal(await figure(`${name}-Unconfirmed`), 0n);
    const book = await figure(`${name}-Book-Balance`);
    assert.equal((await figure(`${name}-Reserve`)) + (await figure(`${name}-Owed`)), book);
    assert.equal(await balanceOf(tokens[side], pool), book + lost(scene, tokens[side]));
  }
}

async function assertShares({ read, send, pool, figure }: PoolScene): Promise<void> {
  const { Messages } = await send(founder, pool, { Action: "Balances" });
  const balances = Object.values(JSON.parse(Messages[0]!.Data!) as Record<string, string>);
  const together = balances.reduce((sum, balance) => sum + BigInt(balance), 0n);
  assert.equal(together, await figure("Supply"));
  assert.equal(await read(pool, { Action: "Balance", Recipient: pool }, "Balance"), "1000");
}

const day = fc.array(acts, { minLength: 40, maxLength: 60, size: "max" });

async function live(scene: PoolScene, drawn: readonly Act[], rules: readonly FaultRule[]): Promise<void> {
  for (const rule of rules) scene.network.faults.add(rule);
  for (const act of drawn) await perform(scene, act, rules);
  await heal(scene);
}

for (const [link, place] of [
  ["everything", undefined],
  ["the first token and the pool", 0],
  ["the second token and the pool", 1],
] as const) {
  test(`with faults between ${link}, the books agree but for the notices that were lost`, async () => {
    const property = fc.asyncProperty(day, faults, fc.nat(), async (drawn, fault, seed) => {
      const scene = await createDay(seed);
      const between = place === undefined ? undefined : ([scene.tokens[place], scene.pool] as const);
      await live(scene, drawn, [between === undefined ? fault : { ...fault, between }]);
      await assertBooks(scene);
      await assertShares(scene);
    });
    await fc.assert(property, { seed, numRuns: Math.ceil(runs / 4), endOnFailure: true });
  });
}

test("when no notice of a payment is lost, what can't be used has all come back, or can be claimed", async () => {
  const property = fc.asyncProperty(day, faults, fc.nat(), async (drawn, fault, seed) => {
    const scene = await createDay(seed);
    const { pool, tokens, balanceOf, read } = scene;
    const isPayment = ({ Tags, Target }: SignedItem) =>
      Target === pool && tagValue(Tags, "Action") === "Credit-Notice";
    await live(scene, drawn, [{ ...fault, where: (item) => !isPayment(item) }]);
    await assertBooks(scene);
    for (const side of both) {
      assert.equal(lost(scene, tokens[side]), 0n);
      for (const giver of givers) {
        const name = side === 0 ? "Token-A-Quantity" : "Token-B-Quantity";
        const claimable = await read(pool, { Action: "Get-Claimable", Recipient: giver }, name);
        assert.equal((await balanceOf(tokens[side], giver)) + BigInt(claimable), gift);
      }
    }
  });
  await fc.assert(property, { seed, numRuns: Math.ceil(runs / 4), endOnFailure: true });
});

test("a token that numbers nothing is never asked twice: what is uncertain is shown, and nothing is paid twice", async () => {
  const property = fc.asyncProperty(day, faults, fc.nat(), async (drawn, fault, seed) => {
    const scene = await createDay(seed, { "Numbered-Transfers-B": "false" });
    const { pool, tokens, figure, balanceOf } = scene;
    await live(scene, drawn, [fault]);
    assert.equal(await figure("Token-B-Pending"), 0n, "nothing is pending past its deadline");
    const surplus = (await balanceOf(tokens[1], pool)) - lost(scene, tokens[1]);
    const missing = (await figure("Token-B-Book-Balance")) - surplus;
    const uncertain = await figure("Token-B-Unconfirmed");
    assert.ok(missing >= 0n && missing <= uncertain, `${missing} of ${uncertain} uncertain were paid`);
    assert.equal(await figure("Token-B-Accounted-For"), await figure("Token-B-Book-Balance"));
  });
  await fc.assert(property, { seed, numRuns: Math.ceil(runs / 4), endOnFailure: true });
});

test("PL13 what is sent without a notice changes no quote, no share and no price", async () => {
  const property = fc.asyncProperty(side, part, fc.nat(), async (side, parts, seed) => {
    const scene = await createDay(seed);
    const { network, pool, tokens, pay, figure, send } = scene;
    const questions = [
      ...both.map((of) => ({ Action: "Get-Swap-Output", Token: tokens[of], Quantity: "1000000" })),
      ...[{ Action: "Get-Reserves" }, { Action: "Get-K" }, { Action: "Get-Cumulative-Price" }],
      { Action: "Info" },
    ];
    const answers = async () => {
      const results = await Promise.all(
        questions.map((tags) => network.dryRun({ target: pool, tags: tagsOf(tags) })),
      );
      return results.map(({ Messages }) =>
        Messages[0]!.Tags!.filter(({ name }) => name.startsWith("X-") || !/Reference|Anchor/.test(name)),
      );
    };
    const before = await answers();
    await pay(side, traders[0]!, BigInt(parts) * 1_000n, { Cast: "true" });
    assert.deepEqual(await answers(), before);
    await send(founder, pool, { Action: "Burn", Quantity: "1" });
    const name = side === 0 ? "Token-A" : "Token-B";
    const surplus = (await scene.balanceOf(tokens[side], pool)) - (await figure(`${name}-Book-Balance`));
    assert.equal(surplus, BigInt(parts) * 1_000n);
  });
  await fc.assert(property, { seed, numRuns: Math.ceil(runs / 10) });
});
