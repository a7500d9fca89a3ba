/** Price discovery: a token without a fresh price is sold in a batch, at one price for all. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { walletAddress } from "../../units/address.ts";
import { tagValue } from "../../units/message.ts";
import { createBasketScene } from "../scene/basket-scene.ts";
import { alice, bob, carol, one } from "../scene/index-scene.ts";

const hour = 3_600_000;
const launch = walletAddress("launch");

/** An index with a token whose launch has told a price of four AO, long ago, and two bidders with AO. */
async function stale() {
  const scene = await createBasketScene();
  const { send, ledger, list, give, tellPrice, network, spawnToken, ask, index } = scene;
  // Bob's and Carol's own AO: Bob's yield, of which Carol gets a half.
  const self = JSON.stringify({ walletFrom: bob, walletTo: bob, factor: 10_000 });
  await send(bob, ledger, { Action: "Set-Delegation" }, self);
  const live = await spawnToken(launch, "LIVE");
  await list([{ launch, token: live, received: 100n }]);
  await send(bob, ledger, { Action: "Withdraw" });
  await send(bob, scene.token, { Action: "Transfer", Recipient: carol, Quantity: `${10n ** 14n}` });
  await give(launch, live, 1_000_000n, {});
  await tellPrice(launch, 4n);
  const open = () => send(carol, index, { Action: "Open-Batch-Auction", Sell: live });
  assert.match((await open()).Error ?? "", /^\[not-due\] The token has a fresh price/);
  await network.advance(7 * 24 * hour);
  const bid = (from: string, quantity: bigint, limit: bigint) =>
    give(from, scene.token, quantity, {
      ...{ "X-Action": "Batch-Bid", "X-Auction": "1", "X-Limit-Price": `${limit * one}` },
    });
  const tag = async (name: string): Promise<string> =>
    tagValue((await ask(index, { Action: "Get-Batch-Auction", "Auction-Id": "1" })).tags, name)!;
  const assertBooks = async (): Promise<void> => {
    for (const { asset, accountedFor, bookBalance } of (await scene.holdings()).assets) {
      assert.equal(accountedFor, bookBalance);
      assert.equal(BigInt(bookBalance), await scene.balance(index, asset));
    }
  };
  const tick = () => send(carol, index, { Action: "Tick" });
  return { ...scene, live, open, bid, tag, assertBooks, tick };
}

describe("a batch auction", () => {
  it("sells a hundredth for at least half of the last price, all at one price", async () => {
    const { open, bid, tag, balance, token, live, network, tick, assertBooks } = await stale();
    assert.equal((await open()).Error, undefined);
    assert.equal(await tag("Auctioned-Amount"), "10000");
    assert.equal(await tag("Reserve-Price"), `${2n * one}`);
    assert.match((await open()).Error ?? "", /^\[busy\]/);
    const before = [await balance(bob, token), await balance(carol, token)];
    await bid(bob, 15_000n, 5n);
    await bid(carol, 9_000n, 3n);
    assert.equal(await tag("Bids"), "2");
    await assertBooks();
    await network.advance(hour - 1);
    await tick();
    assert.equal(await tag("Status"), "Open");
    await network.advance(1);
    await tick();
    assert.equal(await tag("Status"), "Closed");
    // Both have money for 8000 at 3; of 10000 at 2.4 together they pay all.
    assert.equal(await tag("Clearing-Price"), `${(24n * one) / 10n}`);
    assert.deepEqual([await balance(bob, live), await balance(carol, live)], [6_250n, 3_750n]);
    const paid = [before[0]! - (await balance(bob, token)), before[1]! - (await balance(carol, token))];
    assert.deepEqual(paid, [15_000n, 9_000n]);
    assert.equal(await tag("Payment-Received"), "24000");
    await assertBooks();
  });

  it("clears to a price that confirms others, and is none alone", async () => {
    const { open, bid, network, tick, holdings, tellPrice } = await stale();
    await open();
    await bid(bob, 35_000n, 5n);
    await network.advance(hour);
    await tick();
    const priceOf = async (): Promise<string> =>
      ((await holdings()).assets[2] as unknown as { price: string }).price;
    assert.equal(await priceOf(), "");
    await tellPrice(launch, 4n);
    // The mean of 3.5 and 4, within the launch's own band of a tenth.
    assert.equal(await priceOf(), `${(375n * one) / 100n}`);
  });

  it("never lets its own price lower the next one's reserve", async () => {
    const { open, bid, network, tick, ask, index } = await stale();
    await open();
    await bid(bob, 20_000n, 2n);
    await network.advance(hour);
    await tick();
    assert.equal((await open()).Error, undefined);
    const { tags } = await ask(index, { Action: "Get-Batch-Auction", "Auction-Id": "2" });
    assert.equal(tagValue(tags, "Reserve-Price"), `${2n * one}`);
  });

  it("sends back, with the reason, what it can't take, and what the price did not reach", async () => {
    const { open, bid, give, balance, token, ar, network, tick, index, setPrice, ...scene } = await stale();
    const before = await balance(bob, token);
    await bid(bob, 20_000n, 5n);
    assert.equal(await balance(bob, token), before, "no such auction");
    await open();
    const send = (tags: Record<string, string>) =>
      give(bob, token, 20_000n, { "X-Action": "Batch-Bid", "X-Auction": "1", ...tags });
    await send({});
    await send({ "X-Limit-Price": "2.5" });
    await send({ "X-Limit-Price": `${one}` });
    await send({ "X-Limit-Price": "9".repeat(69) });
    await give(bob, token, 1n, { "X-Action": "Batch-Bid", "X-Auction": "1", "X-Limit-Price": `${3n * one}` });
    assert.equal(await balance(bob, token), before);
    await bid(bob, 60_000n, 6n);
    await bid(carol, 5_000n, 3n);
    const ofCarol = await balance(carol, token);
    await network.advance(hour);
    await bid(carol, 90_000n, 9n);
    assert.equal(await balance(carol, token), ofCarol, "too late");
    await tick();
    assert.equal(await balance(carol, token), ofCarol + 5_000n, "its limit was too low");
    assert.equal(await balance(bob, token), before - 60_000n);
    await scene.assertBooks();
  });

  it("settles hundreds of bids in pages, one a tick", async () => {
    const { open, bid, network, tick, tag, assertBooks } = await stale();
    await open();
    for (let i = 0; i < 130; i++) await bid(bob, 200n, 5n);
    await network.advance(hour);
    await tick();
    assert.equal(await tag("Status"), "Settling");
    assert.equal(await tag("Bids-Settled"), "100");
    await assertBooks();
    await tick();
    assert.equal(await tag("Status"), "Closed");
    // At 2.6 a bid of 200 buys 76, for 198; the rest goes back.
    assert.equal(await tag("Payment-Received"), `${130 * 198}`);
    await assertBooks();
  });

  it("shrinks under redemption, and with nothing left everything goes back", async () => {
    const scene = await stale();
    const { open, bid, give, balance, pi, token, network, tick, tag, list, assertBooks } = scene;
    await open();
    const before = await balance(bob, token);
    await bid(bob, 50_000n, 5n);
    const all = await balance(alice, pi);
    await give(alice, pi, all - all / 200n, { "X-Action": "Redeem" });
    // As the basket does: to the two hundredth part, rounded down.
    assert.equal(await tag("Auctioned-Amount"), "49");
    await give(alice, pi, all / 200n, { "X-Action": "Redeem" });
    assert.equal(await tag("Auctioned-Amount"), "0");
    // Delisted and empty, it stays until the batch is settled: a tick used to fail for ever.
    await list([]);
    const settled = await tick();
    assert.equal(settled.Error, undefined);
    await network.advance(hour);
    assert.equal((await tick()).Error, undefined);
    assert.equal(await tag("Status"), "Closed");
    assert.equal(await balance(bob, token), before);
    await list([]);
    assert.equal((await scene.holdings()).assets.length, 2);
    await assertBooks();
  });

  it("is refused for AO and AR, for a token of no price at all, and for too little", async () => {
    const scene = await createBasketScene();
    const sell = (Sell: string) => scene.send(bob, scene.index, { Action: "Open-Batch-Auction", Sell });
    assert.match((await sell(scene.ar)).Error ?? "", /^\[unknown-asset\]/);
    assert.match((await sell("")).Error ?? "", /^\[missing-tag\]/);
    const live = await scene.spawnToken(launch, "LIVE");
    await scene.list([{ launch, token: live, received: 1n }]);
    await scene.give(launch, live, 1_000n, {});
    assert.match((await sell(live)).Error ?? "", /^\[not-due\] There is no earlier price/);
    const ask = (id: string) =>
      scene.send(bob, scene.index, { Action: "Get-Batch-Auction", "Auction-Id": id });
    assert.match((await ask("1")).Error ?? "", /^\[unknown-auction\]/);
  });
});
