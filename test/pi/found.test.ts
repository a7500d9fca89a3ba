/** Faults that reading and the laws have found in the index, each as the shortest history that shows it. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { tagValue } from "../../units/message.ts";
import { actors } from "../laws/index-history.ts";
import { founded, listBasket, setPrice } from "../laws/index-founding.ts";
import { big, day, launched, launches, one, places, sent } from "../laws/index-subject.ts";
import type { World } from "../laws/index-world.ts";

const [alice, bob] = actors as [string, string];

/** An open auction of AO, of which there is most, for AR, with so many minutes gone. */
function auctioned(minutes: number, tags: Readonly<Record<string, string>> = {}) {
  const { world, play } = founded(tags);
  const opened = world.post(alice, { Action: "Open-Auction", Sell: places.ao, Buy: places.ar });
  assert.equal(opened.Error, undefined);
  world.subject.wait(minutes * 60_000);
  const auction = () => world.subject.state().auctions[0]!;
  return { world, play, auction };
}

function swap(world: World, quantity: bigint) {
  const tags = { Action: "Swap-On-Pool", Auction: "1", Pool: places.pool, Quantity: `${quantity}` };
  const result = world.post(bob, tags);
  assert.equal(result.Error, undefined);
  return { leastOut: BigInt(tagValue(sent(result, "Swap-On-Pool-Response")[0]!, "Min-Output")!) };
}

const isWhole = (error: string | undefined) => assert.match(error ?? "[none]", /^\[[a-z-]+\]/);

describe("swaps", () => {
  it("keep a bid fillable when a pool brings more than is wanted", () => {
    const { world, auction } = auctioned(40);
    swap(world, big(auction().left) - 10n ** 9n);
    world.carryOut(world.orders[0]!);
    world.pay(places.pool, places.ar, big(auction().wanted) + 1n, {});
    assert.equal(auction().open, false, "nothing more is wanted");
    const bid = world.pay(alice, places.ar, 10n ** 9n, { "X-Action": "Bid", "X-Auction": "1" })!;
    assert.equal(bid.Error, undefined);
    assert.equal(world.orders.at(-1)!.rows[0]![1], 10n ** 9n, "the bid goes back");
  });

  it("count what they will bring, so that bids beside them buy no more than is wanted", () => {
    const { world, auction } = auctioned(40);
    const { leastOut } = swap(world, big(auction().left) / 2n);
    world.pay(alice, places.ar, 10n ** 15n, { "X-Action": "Bid", "X-Auction": "1" });
    assert.ok(big(auction().bought) + leastOut <= big(auction().wanted));
  });

  it("are told apart by their numbers: an answer that is late is not the next one's", () => {
    const { world, auction } = auctioned(40, { "Step-Milliseconds": "3600000" });
    const quantity = big(auction().left) / 10n;
    swap(world, quantity);
    world.subject.wait(600_000);
    world.post(bob, { Action: "Tick" });
    swap(world, quantity);
    const bought = big(auction().bought);
    const held = big(world.subject.state().assets[1]!.backing);
    world.pay(places.pool, places.ar, 500n, { "X-Swap": "1" });
    assert.equal(world.subject.state().swapping.length, 1);
    assert.equal(big(auction().bought), bought);
    assert.equal(big(world.subject.state().assets[1]!.backing), held + 500n, "the holders' all the same");
    world.pay(places.pool, places.ar, 700n, { "X-Swap": "2" });
    assert.equal(world.subject.state().swapping.length, 0);
    assert.equal(big(auction().bought), bought + 700n);
  });

  it("count as the holders' for whoever comes in: nobody buys into what is under way", () => {
    const { world, auction } = auctioned(40);
    const before = big(world.subject.state().supply);
    const leg = 10n ** 10n;
    const enter = () => {
      const opened = sent(world.post(alice, { Action: "Open-Session" }), "Open-Session-Response")[0]!;
      const tags = { "X-Action": "Deposit", "X-Session": tagValue(opened, "Session")! };
      const minted = big(world.subject.state().minted);
      for (const { token } of world.subject.state().assets)
        world.pay(alice, token, token === places.ao ? leg : 10n ** 14n, tags);
      return big(world.subject.state().minted) - minted;
    };
    const backing = big(world.subject.state().assets[0]!.backing);
    swap(world, big(auction().left));
    assert.equal(enter(), (leg * before) / backing);
    const mint = world.subject.ask({ Action: "Quote-Mint", Asset: places.ao, Quantity: `${leg}` });
    const value = world.subject.state().assets.length;
    assert.ok(BigInt(tagValue(mint.tags, "PI")!) <= (leg * before) / backing && value === 4);
  });

  it("never sell below what prices would allow now", () => {
    const { world, play } = auctioned(60);
    setPrice(world, play, places.ar, one);
    const tags = { Action: "Swap-On-Pool", Auction: "1", Pool: places.pool, Quantity: "1000" };
    assert.match(world.post(bob, tags).Error ?? "", /^\[no-swap\] Prices have moved/);
  });

  it("that the token refuses are over at once, and nothing is counted as lost", () => {
    const { world, auction } = auctioned(40);
    swap(world, big(auction().left));
    world.carryOut(world.orders[0]!, true);
    const { swapping, slippage, assets } = world.subject.state();
    assert.deepEqual([swapping, big(slippage.level)], [[], 0n]);
    assert.equal(big(assets[0]!.backing), 10n ** 13n);
  });

  it("of a closed auction are refused in words, whatever has left the basket since", () => {
    const { world } = auctioned(80);
    const state = world.subject.state();
    world.post(bob, { Action: "Tick" });
    state.auctions[0] = { ...state.auctions[0]!, sell: launched[0] + "" };
    delete state.positions[launched[0]];
    const tags = { Action: "Swap-On-Pool", Auction: "1", Pool: places.pool, Quantity: "1000" };
    isWhole(world.post(bob, tags).Error);
  });
});

describe("launches' tokens", () => {
  /** Sells a token down to nothing: only the first launch receives any more, and everybody redeems. */
  function emptied(world: World, play: Parameters<typeof listBasket>[1]) {
    for (const actor of actors) {
      const balance = world.balance(places.pi, actor);
      if (balance > 0n) world.pay(actor, places.pi, balance, { "X-Action": "Redeem" });
    }
    world.settle();
    world.subject.wait(day);
    world.post(bob, { Action: "Tick" });
    play.received[0]! += 1n;
    return listBasket(world, play);
  }

  it("stay in the basket while they are in an open auction, so that a Tick can close it", () => {
    const { world, play } = founded({ "Step-Milliseconds": "3600000", "To-Best-Steps": "100" });
    setPrice(world, play, launched[1], 100n * one);
    const opened = world.post(alice, { Action: "Open-Auction", Sell: launched[1], Buy: places.ar });
    assert.equal(opened.Error, undefined);
    emptied(world, play);
    emptied(world, play);
    for (let i = 0; i < 10; i++) {
      world.subject.wait(day);
      assert.equal(world.post(bob, { Action: "Tick" }).Error, undefined);
    }
  });

  it("that come back go on with their payouts' numbers: the token remembers those before", () => {
    const { world, play } = founded();
    emptied(world, play);
    emptied(world, play);
    assert.equal(world.subject.state().positions[launched[1]], undefined, "it has left");
    world.subject.wait(day);
    world.post(bob, { Action: "Tick" });
    play.received[1]! += 1n;
    listBasket(world, play);
    world.post(launched[1], {
      Action: "Info-Response",
      Ticker: "T",
      Denomination: "12",
      "Numbered-Transfers": "true",
    });
    const had = world.balance(launched[1], alice);
    world.pay(alice, launched[1], 5n, { "X-Action": "Dance" });
    world.settle();
    assert.equal(world.balance(launched[1], alice), had, "it went back");
    assert.equal(big(world.subject.state().assets.at(-1)!.till.payouts.pending), 0n);
  });

  it("in a batch auction are not bought by a Dutch auction at the same time (AU5)", () => {
    const { world, play } = founded();
    const token = launched[0];
    world.subject.wait(4 * 3_600_000);
    assert.equal(world.post(alice, { Action: "Open-Batch-Auction", Sell: token }).Error, undefined);
    for (const [other, { price }] of [...play.quotes])
      setPrice(world, play, other, other === token ? 1n + price / 100n : price);
    const opened = world.post(alice, { Action: "Open-Auction", Sell: places.ao, Buy: token });
    assert.match(opened.Error ?? "", /^\[busy\]/);
    assert.ok(launches.length === 2);
  });

  it("the last clearing price is no oracle: the reserve of the next batch comes from the sources", () => {
    const { world, play } = founded();
    const token = launched[0];
    const { price } = play.quotes.get(token)!;
    world.subject.wait(4 * 3_600_000);
    for (let auction = 1; auction <= 4; auction++) {
      assert.equal(world.post(bob, { Action: "Open-Batch-Auction", Sell: token }).Error, undefined);
      const { batch } = world.subject.state().discoveries[auction - 1]!;
      assert.equal(big(batch.reserve), price / 2n);
      const tags = {
        "X-Action": "Batch-Bid",
        "X-Auction": `${auction}`,
        "X-Limit-Price": `${big(batch.reserve)}`,
      };
      world.pay(bob, places.ao, big(batch.leastPayment) * 1_000n, tags);
      world.subject.wait(3_600_000);
      world.post(bob, { Action: "Tick" });
      world.settle();
    }
  });
});

describe("mints", () => {
  it("whose notice is lost are confirmed by the token's answer, and not asked for for ever", () => {
    const { world } = founded();
    world.pay(alice, places.ao, 10n ** 10n, { "X-Action": "Mint" });
    const { minted } = world.subject.state();
    const mint = world.orders.find(({ action }) => action === "Mint")!;
    world.post(places.pi, { Action: "Mint-Response", Quantity: "0", "X-Reference": mint.tags.Reference! });
    assert.deepEqual(world.subject.state().confirmed, minted);
    world.post(bob, { Action: "Mint-Response", "X-Reference": "mint-99999999999999999999" });
    world.post(places.pi, { Action: "Mint-Response", "X-Reference": "mint-99999999999999999999" });
    assert.deepEqual(
      world.subject.state().confirmed,
      minted,
      "no more than was minted, and nobody else's word",
    );
  });
});

describe("redemptions", () => {
  it("shrink a lot as the basket shrinks, and close it when nothing is left", () => {
    const { world, auction } = auctioned(5);
    const lot = big(auction().left);
    world.pay(alice, places.pi, world.balance(places.pi, alice), { "X-Action": "Redeem" });
    assert.ok(big(auction().left) <= lot / 3n, "three quarters are gone, and of the lot too");
    world.pay(actors[4]!, places.pi, world.balance(places.pi, actors[4]!), { "X-Action": "Redeem" });
    assert.equal(auction().open, false);
    assert.equal(big(world.subject.state().assets[0]!.reserved), 0n);
  });

  it("whose burn the token refuses wait for the next Tick, and don't go round in circles", () => {
    const { world } = founded();
    world.pay(alice, places.pi, 1_000n, { "X-Action": "Redeem" });
    const burn = world.orders.find(({ action }) => action === "Burn")!;
    world.carryOut(burn, true);
    assert.ok(
      !world.orders.some(({ action }) => action === "Burn"),
      "nothing is ordered by the refusal itself",
    );
    world.post(bob, { Action: "Tick" });
    assert.ok(world.orders.some(({ action }) => action === "Burn"));
  });
});

describe("bids in the first phase", () => {
  it("of less than a tenth of the lot go back, so that pausing a pair has its price", () => {
    const { world, auction } = auctioned(0);
    const { left, terms } = auction();
    const tenth = (big(left) + 9n) / 10n;
    const cost = (quantity: bigint) => (quantity * big(terms.start) + one - 1n) / one;
    const bid = (payment: bigint) => {
      const tags = { "X-Action": "Bid", "X-Auction": "1" };
      return sent(world.pay(bob, places.ar, payment, tags)!, "Transfer");
    };
    const { tags } = world.subject.ask({ Action: "Get-Auction", "Auction-Id": "1" });
    assert.equal(tagValue(tags, "Amount-Least"), `${tenth}`);
    for (const payment of [cost(1n), cost(tenth) - 1n]) {
      const [back] = bid(payment);
      assert.equal(tagValue(back!, "Quantity"), `${payment}`);
      assert.match(tagValue(back!, "X-Reason")!, /^In the first phase a bid must buy at least \d+,/);
    }
    assert.equal(auction().open, true);
    assert.equal(Object.keys(world.subject.state().pauses).length, 0);
    assert.equal(tagValue(bid(cost(tenth))[0]!, "Quantity"), `${tenth}`);
    assert.equal(auction().open, false);
    assert.equal(Object.keys(world.subject.state().pauses).length, 1);
  });

  it("of all that is still wanted are filled, be that less than a tenth", () => {
    const { world, auction } = auctioned(0);
    const state = auction();
    Object.assign(state, { wanted: [3] });
    const [filled] = sent(
      world.pay(bob, places.ar, 100n, { "X-Action": "Bid", "X-Auction": "1" })!,
      "Transfer",
    );
    assert.equal(tagValue(filled!, "X-Action"), "Bid-Filled");
  });
});

describe("auctions", () => {
  it("sell nothing, and swap nothing, while there is no price any more: only in kind goes on without one", () => {
    const { world, auction } = auctioned(0, { "Step-Milliseconds": "3600000" });
    world.subject.wait(20 * 3_600_000);
    const [back] = sent(
      world.pay(bob, places.ar, 10n ** 12n, { "X-Action": "Bid", "X-Auction": "1" })!,
      "Transfer",
    );
    assert.equal(tagValue(back!, "X-Reason"), "There is no fresh price for both assets");
    const tags = { Action: "Swap-On-Pool", Auction: "1", Pool: places.pool, Quantity: "5" };
    assert.match(world.post(bob, tags).Error ?? "", /^\[no-swap\] There is no fresh price/);
    assert.equal(auction().open, true);
  });

  it("that lack less than a unit's price of what is wanted are over, so that the asset can be sold again", () => {
    const { world, play } = founded();
    const [token] = launched;
    setPrice(world, play, token, one / 10n ** 9n);
    assert.equal(world.post(alice, { Action: "Open-Auction", Sell: places.ao, Buy: token }).Error, undefined);
    world.subject.wait(45 * 60_000);
    world.pay(bob, token, world.balance(token, bob), { "X-Action": "Bid", "X-Auction": "1" });
    const [auction] = world.subject.state().auctions;
    assert.ok(big(auction!.bought) < big(auction!.wanted), "no whole unit of AO costs just what is missing");
    assert.equal(auction!.open, false);
    assert.equal(big(world.subject.state().assets[0]!.reserved), 0n);
  });
});
