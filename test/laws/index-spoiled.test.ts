/** AU8: what a stranger does for a unit just before a bid can't spoil it. The same bid in two worlds, with and without. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { founded } from "./index-founding.ts";
import { actors } from "./index-history.ts";
import { runs, seed } from "./index-judge.ts";
import { big, places } from "./index-subject.ts";
import type { World } from "./index-world.ts";

const [opener, bidder, stranger] = actors as [string, string, string];

/** Everything that one unit can be spent on, and what is free. */
const spoilers: Readonly<Record<string, (world: World) => void>> = {
  "a donation of what is sold": (world) => void world.pay(stranger, places.ao, 1n, { Cast: "true" }),
  "a donation of what is paid": (world) => void world.pay(stranger, places.ar, 1n, { Cast: "true" }),
  "a redemption": (world) => void world.pay(opener, places.pi, 1n, { "X-Action": "Redeem" }),
  "a mint by value": (world) => void world.pay(stranger, places.ao, 5n, { "X-Action": "Mint" }),
  "a bid": (world) => void world.pay(stranger, places.ar, 1n, { "X-Action": "Bid", "X-Auction": "1" }),
  "a payment without words": (world) => void world.pay(stranger, places.ar, 1n, {}),
  "a swap of a unit": (world) =>
    void world.post(stranger, {
      ...{ Action: "Swap-On-Pool", Auction: "1", Pool: places.pool, Quantity: "1" },
    }),
  "a session": (world) => void world.post(stranger, { Action: "Open-Session" }),
  "the same auction again": (world) =>
    void world.post(stranger, { Action: "Open-Auction", Sell: places.ao, Buy: places.ar }),
  "a sync": (world) => void world.post(stranger, { Action: "Sync", Asset: places.ao }),
  "a tick": (world) => void world.post(stranger, { Action: "Tick" }),
};

interface Story {
  readonly minutes: number;
  /** Of what is left, in basis points: what the bid would buy. */
  readonly part: number;
  readonly spoiler: string;
}

/** What a bid with the exact price as its limit and the exact cost as its payment gets. */
function bidAfter({ minutes, part }: Story, spoil: (world: World) => void) {
  const { world } = founded();
  assert.equal(
    world.post(opener, { Action: "Open-Auction", Sell: places.ao, Buy: places.ar }).Error,
    undefined,
  );
  world.subject.wait(minutes * 60_000);
  const { tags } = world.subject.ask({ Action: "Get-Auction", "Auction-Id": "1" });
  const price = tags.find(({ name }) => name === "Dutch-Current-Price")!.value;
  const quantity = (big(world.subject.state().auctions[0]!.left) * BigInt(part)) / 10_000n;
  const payment = (quantity * BigInt(price) + 10n ** 30n - 1n) / 10n ** 30n;
  spoil(world);
  const orders = world.orders.length;
  const result = world.pay(bidder, places.ar, payment, {
    ...{ "X-Action": "Bid", "X-Auction": "1", "X-Max-Price": price },
  });
  assert.equal(result?.Error, undefined);
  const filled = world.orders.slice(orders).find(({ tags: of }) => of["X-Action"] === "Bid-Filled");
  return filled?.rows[0]![1];
}

test("AU8 nothing that costs a unit or less spoils a bid: it is filled, but for as many units", () => {
  const stories: fc.Arbitrary<Story> = fc.record({
    // After the first phase, in which a fill closes the auction.
    minutes: fc.integer({ min: 12, max: 71 }),
    part: fc.oneof(fc.integer({ min: 1, max: 10_000 }), fc.constant(10_000)),
    spoiler: fc.constantFrom(...Object.keys(spoilers)),
  });
  const property = fc.property(stories, (story) => {
    const [alone, spoiled] = [bidAfter(story, () => {}), bidAfter(story, spoilers[story.spoiler]!)];
    assert.ok(alone !== undefined && alone > 0n);
    assert.ok(spoiled !== undefined && alone - spoiled <= 4n, `${story.spoiler}: ${spoiled} of ${alone}`);
  });
  fc.assert(property, { seed, numRuns: runs });
});
