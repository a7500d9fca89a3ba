/** Public liquidity: a pool of AO and AR as a price source, and as a way to sell a lot. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { tagsOf, tagValue, type ComputeResult } from "../../units/message.ts";
import { alice, bob, carol, createIndexScene, feed, guardian, maker, one } from "../scene/index-scene.ts";
import { sentBy } from "../scene/scene.ts";

const depth = 10n ** 15n;

/** An index with two pools of AO and AR at two AO for one AR, and a day's yield of AO in it, a half of which should be AR. */
async function withPools() {
  let pools: string[] = [];
  const scene = await createIndexScene({
    modules: ["pool"],
    index: async ({ network, owner, token, ar }) => {
      const spawn = (Name: string): Promise<string> =>
        network.spawn({
          module: "pool",
          owner,
          tags: tagsOf({ Name, Ticker: Name, "Token-A": token, "Token-B": ar }),
        });
      pools = [await spawn("ONE"), await spawn("TWO")];
      const source = { token: ar, life: 3_600_000, band: 200 };
      const sources = [
        { ...source, kind: "feed", process: feed },
        ...pools.map((process) => ({ ...source, kind: "pool", process })),
      ];
      return { Sources: JSON.stringify(sources) };
    },
  });
  const { send, network, owner, token, ar, index, balance, delegate, days, setPrice } = scene;
  await delegate(alice);
  await days(1);
  // Bob's yield provides the pools' AO.
  const self = JSON.stringify({ walletFrom: bob, walletTo: bob, factor: 10_000 });
  await send(bob, scene.ledger, { Action: "Set-Delegation" }, self);
  await days(1);
  await send(bob, scene.ledger, { Action: "Withdraw" });
  await send(maker, ar, { Action: "Transfer", Recipient: bob, Quantity: `${depth}` });
  for (const pool of pools) {
    for (const [asset, quantity] of [
      [token, depth],
      [ar, depth / 2n],
    ] as const) {
      const tags = { Recipient: pool, Quantity: `${quantity}`, "X-Action": "Provide" };
      const { Error: error } = await send(bob, asset, { Action: "Transfer", ...tags });
      assert.equal(error, undefined);
    }
  }
  const [pool, other] = pools as [string, string];
  /** Two readings of the pools, ten minutes apart. */
  const readPools = async (): Promise<void> => {
    await send(owner, index, { Action: "Tick" });
    await network.advance(600_000);
    await setPrice(2n * one);
    await send(owner, index, { Action: "Tick" });
  };
  const open = async (): Promise<ComputeResult> =>
    send(carol, index, { Action: "Open-Auction", Sell: token, Buy: ar });
  const swap = (quantity: bigint, on = pool, Auction = "1"): Promise<ComputeResult> =>
    send(carol, index, { Action: "Swap-On-Pool", Auction, Pool: on, Quantity: `${quantity}` });
  const auction = async (name: string): Promise<string> =>
    tagValue((await scene.ask(index, { Action: "Get-Auction", "Auction-Id": "1" })).tags, name)!;
  const assertBooks = async (): Promise<void> => {
    for (const { asset, accountedFor, bookBalance, ticker } of (await scene.holdings()).assets) {
      assert.equal(accountedFor, bookBalance, ticker);
      assert.equal(BigInt(bookBalance), await balance(index, asset), ticker);
    }
  };
  return { ...scene, pool, other, readPools, open, swap, auction, assertBooks };
}

describe("a pool as a price source", () => {
  it("tells its mean price between two readings", async () => {
    const { readPools, ask, index } = await withPools();
    await readPools();
    const { data } = await ask(index, { Action: "Get-Holdings" });
    const { assets } = JSON.parse(data) as { assets: { price: string; priceLow: string }[] };
    assert.equal(assets[1]!.price, `${2n * one}`);
    assert.equal(assets[1]!.priceLow, `${(2n * one * 98n) / 100n}`);
  });

  it("gives no price by what it holds for a moment", async () => {
    const { readPools, send, ar, pool, ask, index } = await withPools();
    await readPools();
    const tags = { Recipient: pool, Quantity: `${depth / 4n}`, "X-Action": "Swap" };
    await send(maker, ar, { Action: "Transfer", ...tags, "X-Expected-Min-Output": "1" });
    await send(carol, index, { Action: "Tick" });
    const { data } = await ask(index, { Action: "Get-Holdings" });
    const { assets } = JSON.parse(data) as { assets: { price: string }[] };
    assert.equal(assets[1]!.price, `${2n * one}`);
  });
});

describe("a swap on a pool", () => {
  it("brings at least what the auction asks, and leaves the books even", async () => {
    const { readPools, open, swap, auction, network, holdings, assertBooks, setPrice } = await withPools();
    await readPools();
    assert.equal((await open()).Error, undefined);
    // At the worst price, which a small swap with its fee still beats.
    await network.advance(65 * 60_000);
    await setPrice(2n * one);
    const left = BigInt(await auction("Amount-Left"));
    const result = await swap(10n ** 12n);
    assert.equal(result.Error, undefined);
    const answer = sentBy(result)[0]!;
    const least = BigInt(tagValue(answer.Tags!, "Min-Output")!);
    const { assets } = await holdings();
    const bought = BigInt(assets[1]!.backing);
    assert.ok(bought >= least && bought * 2n <= 10n ** 12n, `${bought} of at least ${least}`);
    assert.equal(await auction("Payment-Received"), `${bought}`);
    assert.equal(BigInt(await auction("Amount-Left")), left - 10n ** 12n);
    assert.equal(await auction("Amount-Sold"), `${10n ** 12n}`);
    await assertBooks();
  });

  it("comes back whole when the pool pays less, and counts as withdrawn from the lot", async () => {
    const { readPools, open, swap, auction, network, holdings, assertBooks, setPrice } = await withPools();
    await readPools();
    await open();
    const before = (await holdings()).assets[0]!.backing;
    await network.advance(20 * 60_000);
    await setPrice(2n * one);
    assert.equal((await swap(10n ** 12n)).Error, undefined);
    assert.equal((await holdings()).assets[0]!.backing, before);
    assert.equal(await auction("Amount-Sold"), "0");
    assert.equal(await auction("Amount-Withdrawn"), `${10n ** 12n}`);
    await assertBooks();
    assert.equal((await swap(10n ** 12n)).Error, undefined, "the pool is free again");
  });

  it("is refused on what is no pool of the pair, of more than is left, and twice at a time", async () => {
    const { readPools, open, swap, auction, network, setPrice, send, index, pool, ar } = await withPools();
    await readPools();
    await open();
    await network.advance(65 * 60_000);
    await setPrice(2n * one);
    assert.match((await swap(1n, feed)).Error ?? "", /^\[no-swap\] Pool must be a price source/);
    assert.match((await swap(0n)).Error ?? "", /^\[zero-quantity\]/);
    const left = BigInt(await auction("Amount-Left"));
    assert.match((await swap(left + 1n)).Error ?? "", /^\[no-swap\] Quantity must be a part/);
    assert.match((await swap(1n, pool, "2")).Error ?? "", /^\[unknown-auction\]/);
    const tags = { Action: "Swap-On-Pool", Auction: "1", Pool: pool, Quantity: "1000000" };
    const ids = [1, 2].map(() => network.send({ from: carol, target: index, tags: tagsOf(tags) }));
    await network.settle();
    assert.equal(network.result(ids[0]!)?.Error, undefined);
    assert.match(network.result(ids[1]!)?.Error ?? "", /^\[no-swap\] A swap on this pool is under way/);
    await network.advance(60 * 60_000);
    assert.match((await swap(1n)).Error ?? "", /^\[no-swap\] The auction is closed/);
    assert.ok((await send(carol, index, { Action: "Open-Auction", Sell: ar, Buy: ar })).Error);
  });

  it("keeps what all swaps under way are worth within the day's bucket, as all of it may be lost", async () => {
    const scene = await withPools();
    const { readPools, open, network, setPrice, send, index, pool, other, holdings, swap } = scene;
    await readPools();
    await open();
    await network.advance(65 * 60_000);
    await setPrice(2n * one);
    const quantity = 10n ** 12n;
    const Value = `${quantity + quantity / 2n}`;
    await send(guardian, index, { Action: "Tighten-Cap", Cap: "Slippage-Cap", Value });
    const ids = [pool, other].map((Pool) =>
      network.send({
        from: carol,
        target: index,
        tags: tagsOf({ Action: "Swap-On-Pool", Auction: "1", Pool, Quantity: `${quantity}` }),
      }),
    );
    await network.settle();
    const errors = ids.map((id) => network.result(id)?.Error);
    assert.equal(errors[0], undefined);
    assert.match(errors[1] ?? "", /^\[no-swap\] It is worth more than what today's bucket still holds/);
    // Once the first is answered, only what it has lost is gone.
    const room = BigInt((await holdings()).slippageRoom);
    assert.ok(room >= quantity && room <= quantity + quantity / 2n);
    assert.equal((await swap(quantity, other)).Error, undefined);
  });

  it("that has bought all that was wanted closes the auction, and a later bid goes back", async () => {
    const { readPools, open, auction, swap, network, setPrice, give, balance, ar, ...scene } =
      await withPools();
    await scene.send(guardian, scene.index, {
      Action: "Tighten-Cap",
      Cap: "Lot-Cap",
      Value: `${10n ** 12n}`,
    });
    await readPools();
    await open();
    await network.advance(65 * 60_000);
    await setPrice(2n * one);
    const left = BigInt(await auction("Amount-Left"));
    assert.equal((await swap(left)).Error, undefined);
    assert.equal(await auction("Status"), "Closed");
    const before = await balance(maker, ar);
    await give(maker, ar, 1_000n, { "X-Action": "Bid", "X-Auction": "1" });
    assert.equal(await balance(maker, ar), before);
    await scene.assertBooks();
  });
});

/** Carol plays a pool that answers what and when she likes. */
async function withStandIn() {
  const scene = await createIndexScene({
    index: async ({ ar }) => {
      const source = { token: ar, life: 7_200_000, band: 100 };
      const sources = [
        { ...source, kind: "feed", process: feed },
        { ...source, kind: "pool", process: carol },
      ];
      return Promise.resolve({ Sources: JSON.stringify(sources) });
    },
  });
  const { delegate, days, setPrice, send, index, token, ar, network } = scene;
  await delegate(alice);
  await days(1);
  await setPrice(2n * one);
  await send(bob, index, { Action: "Open-Auction", Sell: token, Buy: ar });
  await network.advance(65 * 60_000);
  const swap = { Action: "Swap-On-Pool", Auction: "1", Pool: carol, Quantity: "1000000" };
  assert.equal((await send(bob, index, swap)).Error, undefined);
  const pay = async (quantity: bigint): Promise<void> => {
    await send(maker, ar, { Action: "Transfer", Recipient: carol, Quantity: `${quantity}` });
    await scene.give(carol, ar, quantity, { "X-Action": "Swap-Output" });
  };
  return { ...scene, pay };
}

describe("a pool that answers as it likes", () => {
  it("counts for the bucket as lost when it is late, and what still comes is the holders'", async () => {
    const { send, index, network, holdings, pay } = await withStandIn();
    const room = BigInt((await holdings()).slippageRoom);
    await network.advance(600_000);
    await send(bob, index, { Action: "Tick" });
    assert.equal(room - BigInt((await holdings()).slippageRoom), 1_000_000n);
    await pay(500_000n);
    const { assets } = await holdings();
    assert.equal(assets[1]!.backing, "500000");
    assert.equal(assets[1]!.accountedFor, assets[1]!.bookBalance);
  });

  it("may pay more than was wanted: the auction closes, and a later bid goes back", async () => {
    const { pay, ask, index, balance, give, ar, network, send } = await withStandIn();
    await pay(10n ** 16n);
    const { tags } = await ask(index, { Action: "Get-Auction", "Auction-Id": "1" });
    assert.equal(tagValue(tags, "Status"), "Closed");
    const before = await balance(maker, ar);
    const bid = await give(maker, ar, 1_000n, { "X-Action": "Bid", "X-Auction": "1" });
    assert.equal(bid.Error, undefined);
    assert.equal(await balance(maker, ar), before);
    await network.advance(86_400_000);
    assert.equal((await send(bob, index, { Action: "Tick" })).Error, undefined);
  });
});
