/**
 * A manipulated source is bounded by band × lot × bucket. What attackers gain at the true prices, in BigInt, over many repetitions:
 *
 *     flash deposit     ≤ Hour-Cap · ((1 + up) / (1 − down) − 1), for each asset and hour, where the low bound of what comes in is told
 *                       above the truth by up, and the basket at its high bounds below it by down; and, however far the price was
 *                       moved, ≤ Hour-Cap / (1 − down). While the truth lies within the bounds, both and the gain are 0
 *     Dutch auction     ≤ Lot-Cap · (1 − ((1 − band) / (1 + band))²) a lot, while the truth lies within the bounds; and a lot that
 *                       loses anything has been open past its best price
 *     batch auction     ≤ lot · (truth − told / 2), a hundredth of the backing an hour: after n of them the backing that was sold is
 *                       1 − 0.99^n of it
 *
 * A pool that is moved: moved-pool.test.ts. What the attackers gain is what the holders lose, and a PI's value falls by no more than that. Each
 * bound has a control, an index that breaks it by a band wider than was said, which shows that the assertion can fail.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { founded, setPrice } from "../laws/index-founding.ts";
import { tagValue } from "../../units/message.ts";
import { actors } from "../laws/index-history.ts";
import type { Play } from "../laws/index-play.ts";
import {
  agreedSources,
  assets,
  big,
  hour,
  launched,
  one,
  places,
  sent,
  sources,
} from "../laws/index-subject.ts";
import type { World } from "../laws/index-world.ts";
import { assertBounded, mallory, type Outcome, priced, standing, truth, valueOf, wealthOf } from "./gains.ts";

const [alice] = actors as [string];
const runs = Math.ceil(Number(process.env.LAW_RUNS ?? 200) / 4);
const seed = 20_261;
const minute = 60_000;
const points = 10_000n;
const pairs = assets.flatMap((_, sell) =>
  assets.flatMap((__, buy) => (sell === buy ? [] : [[sell, buy] as const])),
);
const up = (dividend: bigint, divisor: bigint): bigint => (dividend + divisor - 1n) / divisor;
const most = (a: bigint, b: bigint): bigint => (a > b ? a : b);
const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);

// ---- a flash deposit

interface Flash {
  readonly token: string;
  /** What each of the other three is told at, in basis points of the truth. */
  readonly told: readonly [number, number, number];
  /** What is brought, in basis points of what the cap allows. */
  readonly size: number;
  /** Whether PI is redeemed at once, or after the pause. */
  readonly atOnce: boolean;
  readonly pause: number;
}

function flash(steps: readonly Flash[], fee: number, told = (points: number) => points): Outcome {
  const cap = 2n * 10n ** 13n;
  const band = 100n;
  const { world, play } = founded({
    ...{ "Fee-Bps": `${fee}`, "Hour-Cap": `${cap}`, Sources: JSON.stringify(agreedSources) },
  });
  const { subject } = world;
  const [before, began, had] = [standing(world), subject.now(), wealthOf(world)];
  // Of the cap, in parts of 10^18: the most that an honest account of the prices allows to gain.
  let factor = 0n;
  for (const { token, told: moved, size, atOnce, pause } of steps) {
    const says = new Map(truth);
    for (const [i, each] of priced.entries()) {
      says.set(each, (truth.get(each)! * BigInt(moved[i]!)) / points);
      setPrice(world, play, each, says.get(each)!);
    }
    // What the test believes of the prices: what was told, unless it is to be misled.
    const believed = (each: string) =>
      (truth.get(each)! * BigInt(told(moved[priced.indexOf(each)]!))) / points;
    const low = token === places.ao ? one : (believed(token) * (points - band)) / points;
    let high = 0n;
    for (const { token: each, backing } of subject.state().assets)
      high +=
        each === places.ao ? big(backing) * one : up(big(backing) * believed(each) * (points + band), points);
    const value = valueOf(world);
    // (1 + up) / (1 − down) − 1, with both at least nought; and 1 / (1 − down).
    const above = most(low, truth.get(token)!);
    const below = most(value, high);
    const scale = 10n ** 18n;
    const ratio = up(above * below * scale, truth.get(token)! * high) - scale;
    factor = most(factor, least(ratio, up(below * scale, high)));
    const price = token === places.ao ? one : up(says.get(token)! * (points + band), points);
    const quantity = (cap * one * BigInt(size)) / points / price;
    if (quantity > 0n) world.pay(mallory, token, quantity, { "X-Action": "Mint" });
    world.settle();
    if (!atOnce) subject.wait(pause * minute);
    const pi = world.balance(places.pi, mallory);
    if (pi > 0n) world.pay(mallory, places.pi, pi, { "X-Action": "Redeem" });
    world.settle();
    // A price that is fresh, whatever it is, so that the next can be told.
    if (atOnce) subject.wait(pause * minute);
  }
  const hours = BigInt(Math.floor((subject.now() - began) / hour) + 1);
  const used = BigInt(new Set(steps.map(({ token }) => token)).size);
  // A few units are lost to rounding, always to the holders.
  const bound = up(cap * one * used * hours * factor, 10n ** 18n);
  return { gain: wealthOf(world) - had, bound, before, after: standing(world) };
}

/** The ends are worth most to an attacker. */
const between = (min: number, max: number) => fc.oneof(fc.constantFrom(min, max), fc.integer({ min, max }));
const flashes = (lowest: number, largest: number) =>
  fc.array(
    fc.record({
      token: fc.constantFrom(...assets),
      told: fc.tuple(between(lowest, largest), between(lowest, largest), between(lowest, largest)),
      size: fc.integer({ min: 1, max: 10_000 }),
      atOnce: fc.boolean(),
      pause: fc.integer({ min: 0, max: 90 }),
    }),
    { minLength: 1, maxLength: 12 },
  );
const fee = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 500 }));

test("a flash deposit at prices moved at will gains at most the hour's cap times how far they were moved", () => {
  fc.assert(
    fc.property(fc.oneof(flashes(1_000, 50_000), flashes(5_000, 10_000_000)), fee, (steps, bps) =>
      assertBounded(flash(steps, bps)),
    ),
    { seed, numRuns: runs },
  );
});

test("a flash deposit at prices moved within their bands gains nothing", () => {
  fc.assert(
    fc.property(flashes(9_910, 10_100), fee, (steps, bps) => {
      const outcome = flash(steps, bps);
      assert.equal(outcome.bound, 0n);
      assertBounded(outcome);
    }),
    { seed, numRuns: runs },
  );
});

test("control: a price that was moved threefold breaks the bound of one that was not", () => {
  const step = {
    token: places.ar,
    told: [30_000, 10_000, 10_000],
    size: 5_000,
    atOnce: true,
    pause: 0,
  } as const;
  assert.throws(() => assertBounded(flash([step], 50, () => 10_000)), /at most 0 were to be had/);
  assertBounded(flash([step], 50));
});

// ---- a thin auction

interface Lot {
  readonly pair: readonly [sell: number, buy: number];
  /** How far each price is told off the truth, in hundredths of the band. */
  readonly moved: readonly [number, number, number];
  /** Minutes until the only bidder bids, and after that. */
  readonly patience: number;
  readonly pause: number;
}

/** One auction after the other, in which Mallory is the only bidder, while all prices are moved within their bands. */
function thinAuctions(lots: readonly Lot[], cap: bigint, band: number, believed = band): Outcome {
  const banded = JSON.stringify(sources.map((source) => ({ ...source, band })));
  const { world, play } = founded({ "Lot-Cap": `${cap}`, Sources: banded });
  const { subject } = world;
  const [before, had] = [standing(world), wealthOf(world)];
  const [low, high] = [points - BigInt(believed), points + BigInt(believed)];
  const tell = (moved: Lot["moved"]) => {
    for (const [i, each] of priced.entries()) {
      const price = (truth.get(each)! * points * 100n) / (points * 100n - BigInt(band * moved[i]!));
      setPrice(world, play, each, price);
    }
  };
  let bound = 0n;
  for (const { pair, moved, patience, pause } of lots) {
    const [Sell, Buy] = pair.map((i) => assets[i]!) as [string, string];
    tell(moved);
    if (world.post(mallory, { Action: "Open-Auction", Sell, Buy }).Error === undefined) {
      const id = `${subject.state().auctions.length}`;
      subject.wait(patience * minute);
      tell(moved);
      const holders = valueOf(world);
      world.pay(mallory, Buy, 10n ** 20n, { "X-Action": "Bid", "X-Auction": id });
      world.settle();
      const lost = holders - valueOf(world);
      const perLot = cap * one - (cap * one * low * low) / (high * high);
      assert.ok(lost <= perLot, `a lot lost ${lost / one}, at most ${perLot / one} were to be had`);
      // At the best price nothing is lost; after that it falls for half an hour.
      if (patience <= 32) assert.ok(lost < one, "before its best price");
      bound += perLot;
    }
    subject.wait(pause * minute);
  }
  return { gain: wealthOf(world) - had, bound, before, after: standing(world) };
}

const hundredths = fc.integer({ min: -100, max: 100 });
const lots = fc.array(
  fc.record({
    pair: fc.constantFrom<Lot["pair"][]>(...pairs),
    moved: fc.tuple(hundredths, hundredths, hundredths),
    patience: fc.oneof(fc.constant(63), fc.integer({ min: 12, max: 71 })),
    pause: fc.integer({ min: 10, max: 600 }),
  }),
  { minLength: 1, maxLength: 20 },
);

test("the only bidder of auctions, again and again, gains at most the band of each lot", () => {
  const cap = fc.bigInt({ min: 10n ** 9n, max: 10n ** 13n });
  fc.assert(
    fc.property(lots, cap, fc.constantFrom(100, 300, 1_000), (history, most, band) =>
      assertBounded(thinAuctions(history, most, band)),
    ),
    { seed, numRuns: runs },
  );
});

test("control: an index whose bands are wider than was said breaks the bound", () => {
  const lot: Lot = { pair: [0, 1], moved: [0, 0, 0], patience: 63, pause: 10 };
  assert.throws(
    () => thinAuctions([lot], 10n ** 11n, 5_000, 100),
    /a lot lost .*, at most .* were to be had/,
  );
  assertBounded(thinAuctions([lot], 10n ** 11n, 5_000));
});

/** Batch after batch of a token whose price is old, in which Mallory is the only bidder, at the reserve price. */
function thinBatches(count: number, price: bigint): Outcome {
  const token = launched[0];
  const told = truth.get(token)!;
  const prices = new Map(truth).set(token, price);
  const { world } = founded();
  const { subject } = world;
  subject.wait(4 * hour);
  const [before, had] = [standing(world, prices), wealthOf(world, prices)];
  let backing = 10n ** 12n;
  let bound = 0n;
  for (let i = 0; i < count; i++) {
    const opened = world.post(mallory, { Action: "Open-Batch-Auction", Sell: token });
    assert.equal(opened.Error, undefined);
    const limit = { "X-Limit-Price": `${told / 2n}` };
    const bid = { "X-Action": "Batch-Bid", "X-Auction": `${i + 1}`, ...limit };
    world.pay(mallory, places.ao, 10n ** 12n, bid);
    subject.wait(hour);
    world.post(alice, { Action: "Tick" });
    world.settle();
    const lot = backing / 100n;
    backing -= lot;
    bound += most(lot * (price - told / 2n), 0n);
  }
  // After n of them 0.99^n of the backing is left.
  assert.ok(backing * 100n ** BigInt(count) >= 10n ** 12n * 99n ** BigInt(count));
  return { gain: wealthOf(world, prices) - had, bound, before, after: standing(world, prices) };
}

test("the only bidder of batches gains at most what lies between the truth and half of what was told, a hundredth at a time", () => {
  const price = fc.bigInt({ min: one / 10n, max: 2n * one });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 30 }), price, (count, true_) =>
      assertBounded(thinBatches(count, true_)),
    ),
    { seed, numRuns: runs },
  );
});

test("control: a token worth ten times what was told breaks the bound of one that is worth it", () => {
  const { bound } = thinBatches(3, truth.get(launched[0])!);
  assert.throws(() => assertBounded({ ...thinBatches(3, 5n * one), bound }), /were to be had/);
});

/** Tells the pool's mean price of a token, in parts of the truth, over half an hour; the feed goes on telling the truth. */
function movePool(world: World, play: Play, token: string, ...parts: bigint[]): void {
  const elapsed = BigInt(hour / 2);
  let sum = 10n ** 60n;
  for (const part of [0n, ...parts]) {
    sum += (truth.get(token)! * part * elapsed * 10n ** 12n) / points;
    const told = { "As-Of-Timestamp": `${world.subject.now()}`, "Price-A-Cumulative": `${sum}` };
    const pair = { "Token-A": token, "Token-B": places.ao };
    world.post(places.pool, { Action: "Get-Cumulative-Price-Response", ...told, ...pair });
    if (part === parts.at(-1)) return;
    world.subject.wait(Number(elapsed));
    setPrice(world, play, token, truth.get(token)!);
  }
}

/** Found here: with sources that contradict each other no bounds were asked for, and the auction sold at its old price. */
test("an open auction whose prices contradict each other, or are gone, sells nothing", () => {
  for (const contradict of [true, false]) {
    const { world, play } = founded({ "Step-Milliseconds": "600000" });
    movePool(world, play, places.ar, points);
    assert.equal(
      world.post(mallory, { Action: "Open-Auction", Sell: places.ao, Buy: places.ar }).Error,
      undefined,
    );
    if (contradict) {
      // AR is worth a fifth less by now; whoever holds the pool at its old price can't have AO for it.
      world.subject.wait(9 * hour);
      movePool(world, play, places.ar, points);
      setPrice(world, play, places.ar, (truth.get(places.ar)! * 4n) / 5n);
    } else world.subject.wait(10 * hour);
    const holders = valueOf(world);
    const result = world.pay(mallory, places.ar, 10n ** 12n, { "X-Action": "Bid", "X-Auction": "1" })!;
    const [back] = sent(result, "Transfer");
    assert.match(tagValue(back!, "X-Reason") ?? "", /^There is no fresh price for both assets/);
    assert.equal(valueOf(world), holders);
  }
});

/** Found here: two sources that contradict each other are no price, and a batch began at half of whichever had spoken last. */
test("a pool that is moved away opens no batch: nobody can say which price is right, but there is one", () => {
  const { world, play } = founded();
  const token = launched[0];
  const told = truth.get(token)!;
  // Ten times too low.
  movePool(world, play, token, points / 10n);
  const quotes = () => world.subject.state().assets.find((asset) => asset.token === token)!.quotes;
  const pool = quotes().find(({ kind }) => kind === "pool")!;
  assert.ok(big(pool.price) > 0n && big(pool.price) * 9n < told);
  const open = () => world.post(mallory, { Action: "Open-Batch-Auction", Sell: token });
  assert.match(open().Error ?? "", /^\[not-due\] Sources contradict each other/);
  // Of a token that has left the basket one can be opened, at half of the highest that still counts.
  world.subject.wait(2 * hour);
  Object.assign(
    world.subject.state().assets.find((asset) => asset.token === token)!,
    { listed: false },
  );
  assert.equal(open().Error, undefined);
  assert.equal(big(world.subject.state().discoveries[0]!.batch.reserve), told / 2n);
});
