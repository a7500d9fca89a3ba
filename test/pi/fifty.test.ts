/**
 * An index of AO, AR and fifty launches' tokens, all with backing: redemptions, deposits in kind, mints by value, weights. Whatever one of the
 * tokens does, the others go on. On Node, and once in the compact module.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { walletAddress } from "../../units/address.ts";
import { tagValue } from "../../units/message.ts";
import { createFiftyScene, type FiftyScene, lastRedemption, launchOf } from "../scene/fifty-scene.ts";
import { alice, carol, day, guardian, maker } from "../scene/index-scene.ts";
import { compact, node, type Runtime } from "../scene/runtimes.ts";
import { sentBy } from "../scene/scene.ts";

/** Tokens that are played by wallets: one refuses every transfer, the other never answers. */
const [refusing, silent] = ["refusing", "silent"].map((name) => walletAddress(`${name} token`)) as [
  string,
  string,
];

async function backings({ holdings }: FiftyScene) {
  const { supply, assets } = await holdings();
  return { supply, of: new Map(assets.map(({ asset, backing }) => [asset, BigInt(backing)])) };
}

/** The quantities that a quote names, by asset. */
async function quote({ ask, index }: FiftyScene, Action: string, quantity: bigint) {
  const { data } = await ask(index, { Action, Quantity: `${quantity}` });
  const parts = JSON.parse(data) as { asset: string; quantity: string }[];
  return new Map(parts.map(({ asset, quantity: part }) => [asset, BigInt(part)]));
}

/** Alice redeems: the share of every asset is sent, once, and arrives, but of those that are played. */
async function redeem(scene: FiftyScene, part: bigint): Promise<void> {
  const { give, pi, assets, isPlayed, balance } = scene;
  const { supply, of } = await backings(scene);
  const quantity = supply / part;
  const shares = new Map(assets.map((each) => [each, (of.get(each)! * quantity) / supply]));
  assert.deepEqual(await quote(scene, "Quote-Redeem", quantity), shares);
  const real = assets.filter((each) => !isPlayed(each));
  const had = new Map<string, bigint>();
  for (const each of real) had.set(each, await balance(alice, each));
  await give(alice, pi, quantity, { "X-Action": "Redeem" });
  const paid = lastRedemption(scene);
  assert.equal(paid.length, 52);
  assert.deepEqual(new Map(paid), shares);
  for (const each of real) assert.equal((await balance(alice, each)) - had.get(each)!, shares.get(each));
  assert.equal((await backings(scene)).supply, supply - quantity);
}

type Order = (assets: readonly string[]) => readonly string[];

/** The maker deposits what the quote for so much PI says, in an order, and gets exactly that PI for exactly that. */
async function deposit(scene: FiftyScene, quantity: bigint, order: Order): Promise<void> {
  const { send, index, balance, pi, give, assets } = scene;
  const legs = await quote(scene, "Quote-Mint", quantity);
  assert.equal(legs.size, 52);
  const opened = sentBy(await send(maker, index, { Action: "Open-Session", "Min-Out": `${quantity}` }));
  const session = { "X-Action": "Deposit", "X-Session": tagValue(opened[0]!.Tags!, "Session")! };
  const [had, before] = [await balance(maker, pi), await backings(scene)];
  for (const each of order(assets)) {
    assert.equal(await balance(maker, pi), had, "not before the last leg");
    await give(maker, each, legs.get(each)!, session);
  }
  assert.equal((await balance(maker, pi)) - had, quantity);
  const { of } = await backings(scene);
  for (const each of assets) assert.equal(of.get(each)! - before.of.get(each)!, legs.get(each));
}

/** The maker mints for one asset, and gets what the quote says. */
async function mint({ ask, index, balance, pi, give }: FiftyScene, asset: string, quantity: bigint) {
  const { tags } = await ask(index, { Action: "Quote-Mint", Asset: asset, Quantity: `${quantity}` });
  const had = await balance(maker, pi);
  await give(maker, asset, quantity, { "X-Action": "Mint" });
  assert.equal(`${(await balance(maker, pi)) - had}`, tagValue(tags, "PI"));
}

async function assertEven({ holdings, isPlayed, balance, index }: FiftyScene): Promise<void> {
  for (const { asset, accountedFor, bookBalance } of (await holdings()).assets) {
    assert.equal(accountedFor, bookBalance);
    if (!isPlayed(asset)) assert.equal(BigInt(bookBalance), await balance(index, asset));
  }
}

const scene = await createFiftyScene();

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

const orders: readonly [what: string, order: Order][] = [
  ["in the index's order", (assets) => assets],
  ["backward", (assets) => [...assets].reverse()],
  ["seventeen apart", (assets) => assets.map((_, i) => assets[(i * 17) % assets.length]!)],
];
for (const [what, order] of orders) {
  test(`a deposit of 52 legs ${what} takes the quote, and mints it`, async () => {
    await deposit(scene, 123_456_789_012n, order);
    await assertEven(scene);
  });
}

test("a mint by value gives the quote for AO and AR; a token with its launch's price alone is none to mint for", async () => {
  for (const asset of [scene.token, scene.ar]) await mint(scene, asset, 10n ** 12n + 7n);
  const asked = { Action: "Quote-Mint", Asset: scene.tokens[31]!, Quantity: "1000000" };
  const { Error: error } = await scene.send(maker, scene.index, asked);
  assert.match(error ?? "", /^\[no-mint\] No two sources agree/);
  await assertEven(scene);
});

test("a redemption sends 52 exact shares: with fresh prices, in an open auction, paused, without any price", async () => {
  const { open, token, tokens, send, index, network, figure } = scene;
  await redeem(scene, 1_000n);
  assert.equal((await open(token, tokens[49]!)).Error, undefined);
  await redeem(scene, 777n);
  assert.equal(await figure("Open-Auctions"), "1");
  assert.equal((await send(guardian, index, { Action: "Pause-Mints" })).Error, undefined);
  await redeem(scene, 1_001n);
  await network.advance(20 * day);
  const asked = { Action: "Quote-Mint", Asset: token, Quantity: "1000000" };
  assert.match((await send(maker, index, asked)).Error ?? "", /^\[no-mint\] There is no fresh price/);
  await redeem(scene, 999n);
  await assertEven(scene);
  // Nor does a deposit in kind need a price.
  await deposit(scene, 10n ** 10n + 1n, (assets) => assets);
});

test("one token refuses and another never answers: all the others are paid, sold, minted for, for ever", async () => {
  const odd = await createFiftyScene(node, { 7: refusing, 23: silent });
  const { trade, token, ar, tokens, send, index, network, tellPrices } = odd;
  const refuse = (number: number) =>
    send(refusing, index, { Action: "Transfer-Error", "X-Payout": `${number}` });
  for (let round = 0; round < 3; round++) {
    await redeem(odd, 1_000n + BigInt(round));
    await refuse(1 + round);
    assert.ok((await trade(token, tokens[40 + round]!)) > 0n);
    await mint(odd, ar, 10n ** 12n);
    await network.advance(day);
    await tellPrices();
    for (let i = 0; i < 3; i++) {
      assert.equal((await send(carol, index, { Action: "Tick" })).Error, undefined);
      await network.advance(700_000);
    }
  }
  await assertEven(odd);
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
  const full = await createFiftyScene(inModule);
  await deposit(full, 123_456_789_012n, orders[2]![1]);
  await mint(full, full.ar, 10n ** 12n + 7n);
  await redeem(full, 1_000n);
  assert.equal((await full.open(full.token, full.tokens[49]!)).Error, undefined);
  await redeem(full, 777n);
  await assertEven(full);
});
