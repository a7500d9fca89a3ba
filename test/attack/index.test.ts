/** What audits of other indices and auctions found, tried on this one. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { tagValue } from "../../units/message.ts";
import { founded, listBasket, setPrice } from "../laws/index-founding.ts";
import { actors } from "../laws/index-history.ts";
import { big, day, hour, launched, launches, one, places, sent } from "../laws/index-subject.ts";
import type { World } from "../laws/index-world.ts";

const [alice, bob, mallory] = actors as [string, string, string];

function auctioned(minutes: number) {
  const { world, play } = founded();
  const opened = world.post(alice, { Action: "Open-Auction", Sell: places.ao, Buy: places.ar });
  assert.equal(opened.Error, undefined);
  world.subject.wait(minutes * 60_000);
  return { world, play };
}

function bid(world: World, by: string, quantity: bigint, maxPrice?: bigint) {
  const most = maxPrice === undefined ? {} : { "X-Max-Price": `${maxPrice}` };
  const result = world.pay(by, places.ar, quantity, { "X-Action": "Bid", "X-Auction": "1", ...most })!;
  assert.equal(result.Error, undefined);
  return sent(result, "Transfer").map(
    (tags) => `${tagValue(tags, "X-Action")} ${tagValue(tags, "Quantity")}`,
  );
}

function priceNow(world: World): bigint {
  const { tags } = world.subject.ask({ Action: "Get-Auction", "Auction-Id": "1" });
  return BigInt(tagValue(tags, "Dutch-Current-Price") || "0");
}

test("a donation or a redemption of one unit spoils no exact bid", () => {
  const fill = (disturb: (world: World) => void) => {
    const { world } = auctioned(40);
    const price = priceNow(world);
    disturb(world);
    return bid(world, bob, 10n ** 9n, price);
  };
  const expected = fill(() => {});
  assert.match(expected[0]!, /^Bid-Filled \d+$/);
  const disturbances: ((world: World) => void)[] = [
    (world) => void world.pay(mallory, places.ar, 1n, { Cast: "true" }),
    (world) => void world.pay(mallory, places.ao, 1n, {}),
    (world) => void world.pay(alice, places.pi, 1n, { "X-Action": "Redeem" }),
    (world) => void world.post(mallory, { Action: "Sync", Asset: places.ar }),
  ];
  for (const disturb of disturbances) assert.deepEqual(fill(disturb), expected);
});

test("a first depositor who inflates the share takes nothing from the next: who would get nothing gets all back", () => {
  const { world } = founded();
  for (const actor of actors) {
    const balance = world.balance(places.pi, actor) - (actor === alice ? 1n : 0n);
    if (balance > 0n) world.pay(actor, places.pi, balance, { "X-Action": "Redeem" });
  }
  world.settle();
  assert.equal(big(world.subject.state().supply), 1n);
  world.pay(alice, places.ao, 10n ** 15n, { Cast: "true" });
  for (let round = 0; round < 2; round++) {
    const question = sent(world.post(alice, { Action: "Sync", Asset: places.ao }), "Balance")[0]!;
    const balance = `${world.balance(places.ao, places.index)}`;
    const reference = { "X-Reference": tagValue(question, "Reference")! };
    world.post(places.ao, { Account: places.index, Balance: balance, ...reference });
    world.subject.wait(hour);
  }
  assert.ok(big(world.subject.state().assets[0]!.backing) > 10n ** 15n, "the donation counts");
  const before = world.balance(places.ao, bob);
  world.pay(bob, places.ao, 10n ** 12n, { "X-Action": "Mint" });
  world.settle();
  assert.equal(world.balance(places.ao, bob), before);
  assert.equal(big(world.subject.state().supply), 1n);
});

test("a session that never completes gives every leg back, once, however often anybody asks", () => {
  const { world } = founded();
  const opened = sent(world.post(mallory, { Action: "Open-Session" }), "Open-Session-Response")[0]!;
  const session = { "X-Action": "Deposit", "X-Session": tagValue(opened, "Session")! };
  const had = [places.ao, places.ar].map((token) => world.balance(token, mallory));
  world.pay(mallory, places.ao, 5n, session);
  world.pay(mallory, places.ar, 7n, session);
  world.subject.wait(hour);
  for (let i = 0; i < 3; i++) {
    world.post(bob, { Action: "Tick" });
    world.settle();
    world.subject.wait(hour);
  }
  assert.deepEqual(
    [places.ao, places.ar].map((token) => world.balance(token, mallory)),
    had,
  );
  assert.ok(world.subject.state().assets.every(({ deposits }) => big(deposits) === 0n));
});

test("a bid before, after the end or for a closed auction goes back, whole", () => {
  const { world } = auctioned(72);
  assert.deepEqual(bid(world, bob, 1_000n), ["Refund 1000"]);
  world.post(bob, { Action: "Tick" });
  assert.deepEqual(bid(world, bob, 1_000n), ["Refund 1000"]);
  assert.equal(big(world.subject.state().assets[0]!.reserved), 0n);
});

test("a token that has left and comes back is not sold at an old auction's price", () => {
  // The auction could go on for a hundred days.
  const { world, play } = founded({ "Step-Milliseconds": "3600000", "Flat-Steps": "1000" });
  const token = launched[1];
  setPrice(world, play, token, 100n * one);
  const opened = world.post(alice, { Action: "Open-Auction", Sell: token, Buy: places.ar });
  assert.equal(opened.Error, undefined);
  for (const actor of actors) {
    const balance = world.balance(places.pi, actor);
    if (balance > 0n) world.pay(actor, places.pi, balance, { "X-Action": "Redeem" });
  }
  world.settle();
  const relist = (inflow: bigint) => {
    world.subject.wait(day);
    world.post(bob, { Action: "Tick" });
    play.received[1]! += inflow;
    listBasket(world, play);
  };
  for (const inflow of [0n, 0n]) relist(inflow);
  assert.equal(world.subject.state().positions[token], undefined, "it has left");
  relist(1n);
  world.pay(launches[1], token, 10n ** 12n, {});
  const backing = () => big(world.subject.state().assets.find((asset) => asset.token === token)!.backing);
  assert.equal(backing(), 10n ** 12n);
  assert.deepEqual(bid(world, bob, 10n ** 9n), ["Refund 1000000000"]);
  assert.equal(backing(), 10n ** 12n);
  const again = () => world.post(alice, { Action: "Open-Auction", Sell: token, Buy: places.ar });
  assert.match(again().Error ?? "", /^\[no-price\]/, "nor by a price that was told before it left");
});

test("poking as often as one likes changes neither supply nor backing: nothing accrues by time", () => {
  const { world } = founded();
  const books = () => {
    const { supply, assets } = world.subject.state();
    return [supply, ...assets.map(({ backing }) => backing)].map(big);
  };
  const before = books();
  for (let i = 0; i < 300; i++) {
    world.subject.wait(1_000);
    world.post(mallory, { Action: "Tick" });
  }
  assert.deepEqual(books(), before);
});

test("the last clearing price is no price: alone it lets nobody mint or open an auction", () => {
  const { world } = founded();
  world.subject.wait(4 * hour);
  world.post(bob, { Action: "Open-Batch-Auction", Sell: launched[0] });
  const { batch } = world.subject.state().discoveries[0]!;
  const tags = { "X-Action": "Batch-Bid", "X-Auction": "1", "X-Limit-Price": `${100n * one}` };
  world.pay(bob, places.ao, big(batch.leastPayment) * 2_000n, tags);
  world.subject.wait(hour);
  world.post(bob, { Action: "Tick" });
  world.settle();
  assert.ok(big(world.subject.state().discoveries[0]!.batch.sold) > 0n);
  const asked = { Action: "Quote-Mint", Asset: places.ao, Quantity: "1000000" };
  assert.match(world.subject.post(bob, asked).Error ?? "", /^\[no-mint\] There is no fresh price/);
  const opened = world.post(bob, { Action: "Open-Auction", Sell: launched[0], Buy: places.ao });
  assert.match(opened.Error ?? "", /^\[no-price\]/);
});

test("a manipulated price costs the holders no more than its band of a lot, lot by lot; a flash deposit no more than the cap", () => {
  const { world, play } = auctioned(0);
  // The feed lies as far as its band goes unseen: the auction still sells at the true price less both bands.
  const { left, terms } = world.subject.state().auctions[0]!;
  assert.ok(big(left) <= big(world.subject.state().caps.lot), "a lot is worth the cap at most");
  const truth = one / 2n;
  assert.ok(big(terms.worst) * 100n >= truth * 98n, "the worst price is the true one, less the band");
  setPrice(world, play, places.ar, 200n * one);
  world.subject.wait(40 * 60_000);
  const before = big(world.subject.state().assets[0]!.backing);
  bid(world, mallory, 10n ** 20n);
  const after = world.subject.state().assets;
  const sold = before - big(after[0]!.backing);
  assert.ok(sold <= big(left));
  // A flash deposit at a moved price: no more than the hour's cap by the price that was told.
  const minted = big(world.subject.state().minted);
  setPrice(world, play, places.ar, 10n ** 9n * one);
  world.pay(mallory, places.ar, 10n ** 10n, { "X-Action": "Mint" });
  assert.equal(big(world.subject.state().minted), minted, "the cap of the hour");
  world.subject.wait(day);
  assert.equal(big(world.subject.state().caps.hour), 10n ** 15n);
});
