/** Batch auctions: the book, the one price, and what goes out against what came in. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  type Batch,
  clearBatch,
  isSettled,
  openBatch,
  placeBid,
  type Settlement,
  settlePage,
} from "../../process/market/batch.ts";
import { limits } from "../../process/protocol/limits.ts";
import { isRefusal } from "../../process/protocol/refusal.ts";
import { toBigInt, toNatural } from "../math/values.ts";

const RUNS = { numRuns: 1000 };
const ONE = 10n ** 30n;
const ceiling = (a: bigint, b: bigint) => (a + b - 1n) / b;

interface PlainBid {
  readonly bidder: string;
  readonly payment: bigint;
  readonly limit: bigint;
}

interface Auction {
  readonly lot: bigint;
  readonly reserve: bigint;
  readonly most: number;
  readonly bids: readonly PlainBid[];
}

const open = ({ lot, reserve, most }: Auction): Batch =>
  openBatch(toNatural(lot), toNatural(reserve), toNatural(1n), most)!;

const place = (batch: Batch, { bidder, payment, limit }: PlainBid) =>
  placeBid(batch, bidder, toNatural(payment), toNatural(limit));

/** All bids, in their order; the ones that are held in the end, and the auction. */
function play(auction: Auction): { readonly batch: Batch; readonly held: readonly PlainBid[] } {
  const batch = open(auction);
  for (const bid of auction.bids) place(batch, bid);
  return {
    batch,
    held: batch.bids.map(({ bidder, payment, limit }) => ({
      ...{ bidder, payment: toBigInt(payment), limit: toBigInt(limit) },
    })),
  };
}

function settleAll(batch: Batch): readonly Settlement[] {
  assert.ok(clearBatch(batch));
  const all: Settlement[] = [];
  while (!isSettled(batch)) all.push(...settlePage(batch));
  return all;
}

/** Lots and prices small and large; limits on a few levels, so that the margin is met, or anywhere above the reserve. */
const auctions: fc.Arbitrary<Auction> = fc
  .record({
    lot: fc.oneof(fc.bigInt(1n, 100n), fc.bigInt(1n, 10n ** 30n)),
    reserve: fc.oneof(fc.bigInt(1n, 100n), fc.bigInt(1n, 3n * ONE), fc.constant(ONE)),
    most: fc.integer({ min: 1, max: 30 }),
    shares: fc.array(fc.tuple(fc.nat(300), fc.oneof(fc.nat(4), fc.nat(4_000)), fc.nat(9)), {
      maxLength: 40,
      size: "max",
    }),
  })
  .map(({ lot, reserve, most, shares }) => ({
    ...{ lot, reserve, most },
    // Payments in parts of the lot's worth at the reserve price, so that some books cover it and some don't.
    bids: shares.map(([part, above, unit], i) => ({
      bidder: `bidder ${i}`,
      payment: (ceiling(lot * reserve, ONE) * BigInt(part)) / 1_000n + BigInt(unit),
      limit: reserve + (reserve * BigInt(above)) / 4n,
    })),
  }));

const moneyAt = (bids: readonly PlainBid[], price: bigint) =>
  bids.reduce((sum, { payment, limit }) => (limit >= price ? sum + payment : sum), 0n);

/** The price by halving over all prices, and what that means. */
function priceOf({ lot, reserve }: Auction, bids: readonly PlainBid[]): bigint {
  const covers = (price: bigint) => moneyAt(bids, price) * ONE >= lot * price;
  if (!covers(reserve)) return reserve;
  let [low, high] = [reserve, reserve + 1n];
  while (covers(high)) high *= 2n;
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if (covers(middle)) low = middle;
    else high = middle;
  }
  // The highest whole price; one more where those above it have the money for more than the lot at it.
  return moneyAt(bids, low + 1n) * ONE > lot * low ? low + 1n : low;
}

test("the price is the highest at which the bids that would pay it cover the lot, or the reserve price", () => {
  const kinds = { partly: 0, level: 0, between: 0 };
  fc.assert(
    fc.property(auctions, (auction) => {
      const { batch, held } = play(auction);
      settleAll(batch);
      const price = toBigInt(batch.clearing!.price);
      assert.equal(price, priceOf(auction, held));
      const { lot } = auction;
      assert.ok(price >= auction.reserve);
      assert.ok(moneyAt(held, price + 1n) * ONE <= lot * price, "at no higher price is the lot covered");
      if (moneyAt(held, price) * ONE < lot * price) kinds.partly += 1;
      else if (held.some(({ limit }) => limit === price)) kinds.level += 1;
      else kinds.between += 1;
    }),
    RUNS,
  );
  assert.ok(kinds.partly > 50 && kinds.level > 50 && kinds.between > 50, JSON.stringify(kinds));
});

test("AU12 what goes out never exceeds what came in: Σ quantities ≤ lot, Σ refunds + Σ costs = Σ payments", () => {
  fc.assert(
    fc.property(auctions, (auction) => {
      const { batch, held } = play(auction);
      const settlements = settleAll(batch);
      const sum = (of: (each: Settlement) => bigint) => settlements.reduce((all, each) => all + of(each), 0n);
      const sold = sum(({ quantity }) => toBigInt(quantity));
      assert.ok(sold <= auction.lot);
      const raised = sum(({ cost }) => toBigInt(cost));
      const refunded = sum(({ refund }) => toBigInt(refund));
      assert.equal(
        raised + refunded,
        held.reduce((all, { payment }) => all + payment, 0n),
      );
      assert.deepEqual([batch.sold, batch.raised, batch.refunded].map(toBigInt), [sold, raised, refunded]);
      const price = toBigInt(batch.clearing!.price);
      for (const { bid, quantity, cost, refund } of settlements) {
        assert.equal(toBigInt(cost), ceiling(toBigInt(quantity) * price, ONE));
        assert.equal(toBigInt(refund), toBigInt(bid.payment) - toBigInt(cost));
        if (toBigInt(quantity) > 0n) assert.ok(price <= toBigInt(bid.limit), "nobody pays above the limit");
      }
      assert.equal(settlements.length, held.length);
    }),
    RUNS,
  );
});

test("above the price each bid gets what it buys, at it by largest remainder, below it nothing", () => {
  fc.assert(
    fc.property(auctions, (auction) => {
      const { batch, held } = play(auction);
      const got = settleAll(batch).map(({ quantity }) => toBigInt(quantity));
      const price = toBigInt(batch.clearing!.price);
      const buys = held.map(({ payment }) => (payment * ONE) / price);
      const above = held.map(({ limit }, i) => (limit > price ? buys[i]! : 0n));
      const left = auction.lot - above.reduce((a, b) => a + b, 0n);
      const wanted = held.map(({ limit }, i) => (limit === price ? buys[i]! : 0n));
      const demand = wanted.reduce((a, b) => a + b, 0n);
      const spent = moneyAt(held, price + 1n) * ONE >= auction.lot * price;
      let units = 0n;
      held.forEach(({ limit }, i) => {
        if (limit > price) assert.equal(got[i], above[i]);
        else if (limit < price || spent) assert.equal(got[i], 0n);
        else if (demand <= left) assert.equal(got[i], buys[i]);
        else {
          const exact = (left * wanted[i]!) / demand;
          assert.ok(got[i] === exact || got[i] === exact + 1n);
          assert.ok(got[i] <= buys[i]!);
          units += got[i];
        }
      });
      if (demand > left && !spent) assert.equal(units, left, "the lot is sold to the last unit");
    }),
    RUNS,
  );
});

test("a lot that the book covers is sold but for less than a unit a bid, and what rounding the price up takes", () => {
  fc.assert(
    fc.property(auctions, (auction) => {
      const { batch, held } = play(auction);
      settleAll(batch);
      const price = toBigInt(batch.clearing!.price);
      const { lot, reserve } = auction;
      fc.pre(moneyAt(held, reserve) * ONE >= lot * reserve);
      // The price is at most one unit of 10^-30 too high, so that the money buys lot / price less.
      assert.ok(toBigInt(batch.sold) > lot - BigInt(held.length) - ceiling(lot, price));
    }),
    RUNS,
  );
});

test("the order of the bids does not matter but for ties, which are by time", () => {
  const orders = auctions.chain((auction) =>
    fc.tuple(
      fc.constant({ ...auction, bids: auction.bids.slice(0, auction.most) }),
      fc.shuffledSubarray([...auction.bids.slice(0, auction.most)], {
        minLength: Math.min(auction.bids.length, auction.most),
      }),
    ),
  );
  const outcome = (auction: Auction) => {
    const { batch } = play(auction);
    const got = new Map(settleAll(batch).map(({ bid, quantity }) => [bid.bidder, toBigInt(quantity)]));
    return { got, price: toBigInt(batch.clearing!.price), sold: toBigInt(batch.sold) };
  };
  fc.assert(
    fc.property(orders, ([auction, bids]) => {
      const [one, other] = [outcome(auction), outcome({ ...auction, bids })];
      assert.deepEqual([other.price, other.sold], [one.price, one.sold]);
      for (const [bidder, quantity] of one.got) {
        const off = other.got.get(bidder)! - quantity;
        assert.ok(off >= -1n && off <= 1n);
        const { limit } = auction.bids.find((bid) => bid.bidder === bidder)!;
        if (limit !== one.price) assert.equal(off, 0n);
      }
    }),
    RUNS,
  );
});

test("the book holds the highest limits, of equal ones the earliest, and gives back what it displaces", () => {
  fc.assert(
    fc.property(auctions, (auction) => {
      const batch = open(auction);
      const least = toBigInt(batch.leastPayment);
      const taken: PlainBid[] = [];
      const back: string[] = [];
      for (const bid of auction.bids) {
        const before = JSON.stringify(batch);
        const placed = place(batch, bid);
        if (isRefusal(placed)) {
          assert.equal(JSON.stringify(batch), before);
          const full = batch.bids.length === auction.most;
          const beaten = full && bid.limit <= toBigInt(batch.bids.at(-1)!.limit);
          assert.equal(placed.refused, bid.payment < least ? "payment-too-small" : "book-full");
          assert.ok(bid.payment < least || beaten);
          continue;
        }
        taken.push(bid);
        if (placed.displaced !== undefined) back.push(placed.displaced.bidder);
      }
      const ranked = taken
        .map((bid, i) => ({ ...bid, i }))
        .sort((a, b) => (a.limit === b.limit ? a.i - b.i : a.limit > b.limit ? -1 : 1));
      const kept = ranked.slice(0, auction.most).map(({ bidder }) => bidder);
      assert.deepEqual(
        batch.bids.map(({ bidder }) => bidder),
        kept,
      );
      const gone = ranked.slice(auction.most).map(({ bidder }) => bidder);
      assert.deepEqual([...back].sort(), gone.sort());
    }),
    RUNS,
  );
});

test("AUDIT a queue blocked by dust: a full book buys the whole lot at the reserve price or more", () => {
  const full = fc.record({
    lot: fc.bigInt(1_000n, 10n ** 30n),
    reserve: fc.bigInt(ONE, 9n * ONE),
    most: fc.integer({ min: 1, max: 30 }),
  });
  fc.assert(
    fc.property(full, (terms) => {
      const batch = open({ ...terms, bids: [] });
      const payment = toBigInt(batch.leastPayment);
      assert.equal(payment, ceiling(ceiling(terms.lot * terms.reserve, ONE), BigInt(terms.most)));
      for (let i = 0; i < terms.most; i++)
        assert.ok(!isRefusal(place(batch, { bidder: `${i}`, payment, limit: terms.reserve * 1_000n })));
      settleAll(batch);
      assert.ok(toBigInt(batch.clearing!.price) >= terms.reserve);
      assert.ok(toBigInt(batch.sold) >= terms.lot - BigInt(terms.most));
    }),
    { numRuns: 200 },
  );
});

const terms: Auction = { lot: 100n, reserve: ONE, most: 3, bids: [] };
const bid = (bidder: string, payment: bigint, price: bigint): PlainBid => ({
  bidder,
  payment,
  limit: price * ONE,
});
const shown = (batch: Batch) =>
  settleAll(batch).map(({ bid: { bidder }, quantity, cost, refund }) =>
    [bidder, ...[quantity, cost, refund].map(toBigInt)].join(" "),
  );

test("worked examples", () => {
  const at = (...bids: PlainBid[]) => {
    const { batch } = play({ ...terms, bids });
    return [...shown(batch), `price ${toBigInt(batch.clearing!.price) / (ONE / 10n)}`];
  };
  assert.deepEqual(at(), ["price 10"]);
  assert.deepEqual(at(bid("a", 60n, 3n)), ["a 60 60 0", "price 10"]);
  assert.deepEqual(at(bid("a", 150n, 9n)), ["a 100 150 0", "price 15"]);
  assert.deepEqual(at(bid("a", 100n, 2n), bid("b", 200n, 4n)), ["b 100 200 0", "a 0 0 100", "price 20"]);
  assert.deepEqual(at(bid("a", 100n, 2n), bid("b", 150n, 4n)), ["b 75 150 0", "a 25 50 50", "price 20"]);
  const tie = at(bid("a", 100n, 2n), bid("b", 100n, 2n), bid("c", 100n, 2n));
  assert.deepEqual(tie, ["a 34 68 32", "b 33 66 34", "c 33 66 34", "price 20"]);
});

test("refusals say what is allowed", () => {
  const batch = open(terms);
  const text = (placed: unknown) => (isRefusal(placed) ? `[${placed.refused}] ${placed.text}` : "taken");
  assert.equal(text(place(batch, bid("a", 33n, 1n))), "[payment-too-small] A bid must pay at least 34");
  const below = { bidder: "a", payment: 34n, limit: ONE - 1n };
  assert.equal(text(place(batch, below)), "[below-reserve] A bid's price must be at least 1");
  for (const price of [3n, 2n, 2n]) assert.equal(text(place(batch, bid("a", 34n, price))), "taken");
  assert.equal(
    text(place(batch, bid("b", 999n, 2n))),
    "[book-full] All 3 places are taken: a bid's price must be above 2",
  );
  const placed = place(batch, { ...bid("b", 34n, 2n), limit: 2n * ONE + 1n });
  assert.ok(!isRefusal(placed));
  assert.equal(placed.displaced?.number, 3, "of equal ones the later has to go");
  assert.ok(clearBatch(batch));
  assert.equal(text(place(batch, bid("b", 999n, 9n))), "[auction-closed] The auction takes no more bids");
});

test("AUDIT clearing or settling twice changes nothing; nothing is settled before the auction is cleared", () => {
  const { batch } = play({ ...terms, bids: [bid("a", 60n, 3n), bid("b", 70n, 2n)] });
  assert.deepEqual(settlePage(batch), []);
  assert.equal(isSettled(batch), false);
  assert.equal(settleAll(batch).length, 2);
  const before = JSON.stringify(batch);
  assert.equal(clearBatch(batch), false);
  assert.deepEqual(settlePage(batch), []);
  assert.equal(JSON.stringify(batch), before);
});

test("a full book of the largest size is settled in pages, each bid once", () => {
  const most = limits.batchBids;
  const batch = open({ ...terms, lot: 10n ** 20n, most });
  for (let i = 0; i < most; i++)
    assert.ok(!isRefusal(place(batch, bid(`${i}`, 10n ** 18n + BigInt(i), BigInt(1 + ((i * 7919) % 50))))));
  assert.ok(clearBatch(batch));
  const seen: number[] = [];
  for (let page = 0; page < most / limits.batchBidsPerMessage; page++) {
    const settled = settlePage(batch);
    assert.equal(settled.length, limits.batchBidsPerMessage);
    seen.push(...settled.map((each) => each.bid.number));
  }
  assert.ok(isSettled(batch));
  assert.equal(new Set(seen).size, most);
});

test("a lot, a reserve price or a book of nothing is no auction", () => {
  const [one, none] = [toNatural(1n), toNatural(0n)];
  assert.equal(openBatch(none, one, one, 1), undefined);
  assert.equal(openBatch(one, none, one, 1), undefined);
  assert.equal(openBatch(one, one, one, 0), undefined);
  assert.equal(openBatch(one, one, one, limits.batchBids + 1), undefined);
  assert.equal(toBigInt(openBatch(one, one, toNatural(9n), 1)!.leastPayment), 9n);
});
