/**
 * An index of AO, AR and fifty launches' tokens, all with backing: redemptions, deposits in kind, mints by value, weights. Whatever one of the
 * tokens does, the others go on. On Node, and once in the compact module.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { walletAddress } from "../../units/address.ts";
import { tagValue, type ComputeResult } from "../../units/message.ts";
import { createBasketScene } from "../scene/basket-scene.ts";
import { alice, carol, day, guardian, maker, one } from "../scene/index-scene.ts";
import { compact, node, type Runtime } from "../scene/runtimes.ts";
import { sentBy } from "../scene/scene.ts";

const count = 50;
const launchOf = (i: number): string => walletAddress(`launch ${i}`);
const received = (i: number): bigint => BigInt(i + 1) * 10n ** 12n;
const backingOf = (i: number): bigint => 10n ** 13n + BigInt(i) * 7_000_000_007n;

/** Tokens that are played by wallets: one refuses every transfer, the other never answers. */
const [refusing, silent] = ["refusing", "silent"].map((name) => walletAddress(`${name} token`)) as [
  string,
  string,
];

/** All of it worth some AO each; the maker has much of everything. */
async function fifty(runtime: Runtime = node, played: Readonly<Record<number, string>> = {}) {
  const scene = await createBasketScene({ "Step-Milliseconds": "1000" }, { runtime });
  const { network, send, ask, index, token, ar, pi, balance, give, setPrice } = scene;
  const tokens: string[] = [];
  for (let i = 0; i < count; i++) tokens.push(played[i] ?? (await scene.spawnToken(launchOf(i), `T${i}`)));
  const rows = tokens.map((each, i) => ({ launch: launchOf(i), token: each, received: received(i) }));
  const listed = (await scene.list(rows)).at(-1)!;
  const credit = (i: number, Sender: string, quantity: bigint, tags: Readonly<Record<string, string>>) =>
    send(tokens[i]!, index, { Action: "Credit-Notice", Sender, Quantity: `${quantity}`, ...tags });
  for (const [i, each] of tokens.entries()) {
    if (played[i] !== undefined) await credit(i, launchOf(i), backingOf(i), {});
    else {
      await give(launchOf(i), each, backingOf(i), {});
      const gift = { Action: "Transfer", Recipient: maker, Quantity: `${10n ** 16n}` };
      await send(launchOf(i), each, gift);
    }
  }
  const tellPrices = async (): Promise<void> => {
    await setPrice(2n * one);
    for (let i = 0; i < count; i++) await scene.tellPrice(launchOf(i), 1n);
  };
  await tellPrices();
  const open = (Sell: string, Buy: string) => send(carol, index, { Action: "Open-Auction", Sell, Buy });
  /** Opens an auction and fills it at its worst price; gives what the maker has bought. */
  const trade = async (sell: string, buy: string): Promise<bigint> => {
    assert.equal((await open(sell, buy)).Error, undefined);
    const auction = tagValue((await ask(index, { Action: "Info" })).tags, "Auctions")!;
    await network.advance(63_000);
    const before = await balance(maker, sell);
    await give(maker, buy, 10n ** 15n, { "X-Action": "Bid", "X-Auction": auction });
    return (await balance(maker, sell)) - before;
  };
  assert.ok((await trade(token, ar)) > 0n);
  const assets = [token, ar, ...tokens];
  const backings = async () => {
    const { supply, assets: held } = await scene.holdings();
    return { supply, of: new Map(held.map(({ asset, backing }) => [asset, BigInt(backing)])) };
  };
  /** Alice redeems: the share of every asset is sent, once, and arrives, but of those that are played. */
  const redeem = async (part: bigint): Promise<void> => {
    const { supply, of } = await backings();
    const quantity = supply / part;
    const shares = assets.map((each) => (of.get(each)! * quantity) / supply);
    const quoted = await quote("Quote-Redeem", { Quantity: `${quantity}` });
    const had: bigint[] = [];
    for (const each of assets) had.push(await balanceOf(alice, each));
    await give(alice, pi, quantity, { "X-Action": "Redeem" });
    const paid = new Map<string, string>();
    for (const { Target, Tags = [] } of sentBy(lastRedemption()))
      if (tagValue(Tags, "X-Action") === "Redeemed") paid.set(Target!, tagValue(Tags, "Quantity")!);
    assert.equal(paid.size, 52);
    for (const [i, each] of assets.entries()) {
      assert.equal(paid.get(each), `${shares[i]}`);
      assert.equal(quoted.get(each), shares[i]);
      if (isPlayed(each)) continue;
      assert.equal((await balanceOf(alice, each)) - had[i]!, shares[i]);
    }
    assert.equal((await backings()).supply, supply - quantity);
  };
  const isPlayed = (each: string): boolean => Object.values(played).includes(each);
  const balanceOf = async (account: string, each: string) =>
    isPlayed(each) ? 0n : await balance(account, each);
  const lastRedemption = (): ComputeResult =>
    network
      .log(index)
      .map(({ result }) => result)
      .findLast(({ Messages }) =>
        Messages.some(({ Tags = [] }) => tagValue(Tags, "Action") === "Redeem-Confirmation"),
      )!;
  /** The quantities that a quote names, by asset. */
  const quote = async (Action: string, tags: Readonly<Record<string, string>>) => {
    const { data } = await ask(index, { Action, ...tags });
    const parts = JSON.parse(data) as { asset: string; quantity: string }[];
    return new Map(parts.map(({ asset, quantity }) => [asset, BigInt(quantity)]));
  };
  /** The maker deposits what the quote for so much PI says, in an order, and gets exactly that PI for exactly that. */
  const deposit = async (quantity: bigint, order: (assets: readonly string[]) => readonly string[]) => {
    const legs = await quote("Quote-Mint", { Quantity: `${quantity}` });
    assert.equal(legs.size, 52);
    const opened = sentBy(await send(maker, index, { Action: "Open-Session", "Min-Out": `${quantity}` }));
    const session = { "X-Action": "Deposit", "X-Session": tagValue(opened[0]!.Tags!, "Session")! };
    const [had, before] = [await balance(maker, pi), await backings()];
    for (const each of order(assets)) {
      assert.equal(await balance(maker, pi), had, "not before the last leg");
      await give(maker, each, legs.get(each)!, session);
    }
    assert.equal((await balance(maker, pi)) - had, quantity);
    const after = await backings();
    for (const each of assets) assert.equal(after.of.get(each)! - before.of.get(each)!, legs.get(each));
  };
  /** The maker mints for one asset, and gets what the quote says. */
  const mint = async (asset: string, quantity: bigint): Promise<void> => {
    const { tags } = await ask(index, { Action: "Quote-Mint", Asset: asset, Quantity: `${quantity}` });
    const had = await balance(maker, pi);
    await give(maker, asset, quantity, { "X-Action": "Mint" });
    assert.equal(`${(await balance(maker, pi)) - had}`, tagValue(tags, "PI"));
  };
  const assertEven = async (): Promise<void> => {
    for (const { asset, accountedFor, bookBalance } of (await scene.holdings()).assets) {
      assert.equal(accountedFor, bookBalance);
      if (!isPlayed(asset)) assert.equal(BigInt(bookBalance), await balance(index, asset));
    }
  };
  return { ...scene, tokens, listed, credit, open, trade, redeem, deposit, mint, tellPrices, assertEven };
}

const scene = await fifty();

test("fifty tokens have weights by what each launch received, with the floor of one percent, and the ten largest delegations", async () => {
  const { ask, index, ledger, listed, tokens } = scene;
  const { data } = await ask(index, { Action: "Get-Holdings" });
  const { assets } = JSON.parse(data) as { assets: { asset: string; target: string }[] };
  const targets = new Map(assets.map(({ asset, target }) => [asset, Number(target)]));
  const weights = tokens.map((each) => targets.get(each)! * 3);
  assert.ok(Math.abs(weights.reduce((sum, weight) => sum + weight, 0) - 1) < 0.001);
  // Of 1275 shares each of the last has one more; the first are at the floor, and the others share what it leaves.
  const rest = weights.filter((weight) => weight > 0.01001);
  for (const [i, weight] of weights.entries()) {
    assert.ok(weight >= 0.00999 && weight <= 0.2001);
    assert.ok(i === 0 || weight >= weights[i - 1]!);
  }
  assert.ok(rest.length > 30 && rest.length < 50);
  const ratio = weights[49]! / weights[39]!;
  assert.ok(Math.abs(ratio - 50 / 40) < 0.02, `${ratio}`);
  const told = sentBy(listed).find(({ Tags }) => tagValue(Tags!, "Action") === "Set-Delegations")!;
  const { delegations } = JSON.parse(told.Data!) as { delegations: { walletTo: string; factor: number }[] };
  const largest = tokens.map((_, i) => launchOf(i)).slice(40);
  assert.deepEqual(delegations.map(({ walletTo }) => walletTo).sort(), largest.sort());
  assert.equal(
    delegations.reduce((sum, { factor }) => sum + factor, 0),
    10_000,
  );
  const taken = (await ask(ledger, { Action: "Get-Delegations", Wallet: index })).data;
  for (const launch of largest) assert.ok(taken.includes(launch));
});

const orders: readonly [what: string, order: (assets: readonly string[]) => readonly string[]][] = [
  ["in the index's order", (assets) => assets],
  ["backward", (assets) => [...assets].reverse()],
  ["seventeen apart", (assets) => assets.map((_, i) => assets[(i * 17) % assets.length]!)],
];
for (const [what, order] of orders) {
  test(`a deposit of 52 legs ${what} takes the quote, and mints it`, async () => {
    await scene.deposit(123_456_789_012n, order);
    await scene.assertEven();
  });
}

test("a mint by value gives the quote, for AO, AR and a token", async () => {
  for (const asset of [scene.token, scene.ar, scene.tokens[31]!]) await scene.mint(asset, 10n ** 12n + 7n);
  await scene.assertEven();
});

test("a redemption sends 52 exact shares: with fresh prices, in an open auction, paused, without any price", async () => {
  const { redeem, open, token, tokens, send, index, network, assertEven, figure, deposit } = scene;
  await redeem(1_000n);
  assert.equal((await open(token, tokens[49]!)).Error, undefined);
  await redeem(777n);
  assert.equal(await figure("Open-Auctions"), "1");
  assert.equal((await send(guardian, index, { Action: "Pause-Mints" })).Error, undefined);
  await redeem(1_001n);
  await network.advance(20 * day);
  const asked = { Action: "Quote-Mint", Asset: token, Quantity: "1000000" };
  assert.match((await send(maker, index, asked)).Error ?? "", /^\[no-mint\] There is no fresh price/);
  await redeem(999n);
  await assertEven();
  // Nor does a deposit in kind need a price.
  await deposit(10n ** 10n + 1n, (assets) => assets);
});

test("one token refuses and another never answers: all the others are paid, sold, minted for, for ever", async () => {
  const odd = await fifty(node, { 7: refusing, 23: silent });
  const { redeem, trade, token, ar, tokens, mint, send, index, network, tellPrices, assertEven } = odd;
  const refuse = (number: number) =>
    send(refusing, index, { Action: "Transfer-Error", "X-Payout": `${number}` });
  for (let round = 0; round < 3; round++) {
    await redeem(1_000n + BigInt(round));
    await refuse(1 + round);
    assert.ok((await trade(token, tokens[40 + round]!)) > 0n);
    await mint(ar, 10n ** 12n);
    await network.advance(day);
    await tellPrices();
    for (let i = 0; i < 3; i++) {
      assert.equal((await send(carol, index, { Action: "Tick" })).Error, undefined);
      await network.advance(700_000);
    }
  }
  await assertEven();
  const { data } = await odd.ask(index, { Action: "Get-Holdings" });
  const { assets } = JSON.parse(data) as { assets: { asset: string; owed: string }[] };
  // The one's refusals can be claimed; what became of the other's transfers nobody knows.
  for (const { asset, owed } of assets) assert.equal(BigInt(owed) > 0n, [refusing, silent].includes(asset));
});

test("the same in the compact module", async () => {
  const inModule: Runtime = {
    name: "compact",
    factory: (process) => (process === "pi" ? compact : node).factory(process),
  };
  const { redeem, deposit, mint, open, token, tokens, assertEven } = await fifty(inModule);
  await deposit(123_456_789_012n, orders[2]![1]);
  await mint(tokens[31]!, 10n ** 12n + 7n);
  await redeem(1_000n);
  assert.equal((await open(token, tokens[49]!)).Error, undefined);
  await redeem(777n);
  await assertEven();
});
