/** Dutch auctions: the price over time, and fills. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  type DutchSettings,
  type DutchTerms,
  dutchTerms,
  endOf,
  fill,
  isDust,
  isOver,
  leastEarlyUp,
  phaseAt,
  priceAt,
  stepAt,
  stepsOf,
} from "../../process/market/dutch.ts";
import { limits } from "../../process/protocol/limits.ts";
import { toBigInt, toNatural } from "../math/values.ts";

const RUNS = { numRuns: 300 };
const ONE = 10n ** 30n;
const BEGIN = 1_800_000_000_000;
const ceiling = (a: bigint, b: bigint) => (a + b - 1n) / b;

const price = fc.oneof(fc.bigInt(1n, 50n), fc.bigInt(1n, 10n ** 62n));
const steps = fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 60 }));
const settings: fc.Arbitrary<DutchSettings> = fc
  .record({
    first: price,
    second: price,
    multiple: fc.oneof(fc.constantFrom(15_000, 15_001, 1_000_000), fc.integer({ min: 15_000, max: 100_000 })),
    stepLength: fc.integer({ min: 1, max: 600_000 }),
    steep: steps,
    toBest: steps,
    toWorst: steps,
    flat: steps,
  })
  .map(({ first, second, ...rest }) => {
    const [worst, best] = first < second ? [first, second] : [second, first];
    return { ...rest, best: toNatural(best), worst: toNatural(worst) };
  });
const terms = settings.map((each) => dutchTerms(each)!);

const pricesOf = (plan: DutchTerms): bigint[] =>
  Array.from({ length: stepsOf(plan) }, (_, step) => toBigInt(priceAt(plan, step)));

test("AU1 the price lies within start and end, and never rises", () => {
  fc.assert(
    fc.property(terms, (plan) => {
      const prices = pricesOf(plan);
      assert.equal(prices[0], ceiling(toBigInt(plan.best) * BigInt(plan.multiple), 10_000n));
      assert.equal(prices.at(-1), toBigInt(plan.worst));
      for (let step = 1; step < prices.length; step++) assert.ok(prices[step]! <= prices[step - 1]!);
    }),
    RUNS,
  );
});

test("AU1 it never rises in the longest steep phases, nor in one that does not fall", () => {
  const flat = { best: 10n ** 30n, worst: 10n ** 29n, toBest: 1, toWorst: 1, flat: 1 };
  for (const multiple of [15_000, 15_001, 1_000_000]) {
    const { best, worst, ...rest } = flat;
    const prices = { best: toNatural(best), worst: toNatural(worst) };
    const plan = dutchTerms({ ...rest, ...prices, multiple, stepLength: 1, steep: 9_997 })!;
    let before = toBigInt(plan.start);
    for (let step = 1; step < stepsOf(plan); step++) {
      const now = toBigInt(priceAt(plan, step));
      assert.ok(now <= before);
      before = now;
    }
  }
});

test("AU1 it is a function of the time alone: asked in any order, on a copy, it is the same", () => {
  fc.assert(
    fc.property(terms, fc.array(fc.nat(239), { maxLength: 10 }), (plan, order) => {
      const prices = pricesOf(plan);
      const copy = JSON.parse(JSON.stringify(plan)) as DutchTerms;
      for (const step of order.filter((each) => each < prices.length))
        assert.equal(toBigInt(priceAt(copy, step)), prices[step]);
    }),
    RUNS,
  );
});

test("each phase begins at its price: start, 1.5 · best, best, worst", () => {
  fc.assert(
    fc.property(terms, (plan) => {
      const [best, worst] = [toBigInt(plan.best), toBigInt(plan.worst)];
      const { steep, toBest, toWorst } = plan;
      const first = [0, steep, steep + toBest, steep + toBest + toWorst];
      const prices = first.map((step) => toBigInt(priceAt(plan, step)));
      assert.deepEqual(prices, [toBigInt(plan.start), ceiling(best * 3n, 2n), best, worst]);
      assert.deepEqual(
        first.map((step) => phaseAt(plan, step)),
        ["steep", "to-best", "to-worst", "flat"],
      );
      const last = first.slice(1).map((step) => phaseAt(plan, step - 1));
      assert.deepEqual(last, ["steep", "to-best", "to-worst"]);
    }),
    RUNS,
  );
});

test("the linear phases are straight lines, rounded up", () => {
  fc.assert(
    fc.property(terms, (plan) => {
      const [best, worst] = [toBigInt(plan.best), toBigInt(plan.worst)];
      const shoulder = ceiling(best * 3n, 2n);
      const { steep, toBest, toWorst } = plan;
      const line = (from: bigint, to: bigint, step: number, length: number) =>
        ceiling(from * BigInt(length - step) + to * BigInt(step), BigInt(length));
      for (let i = 0; i < toBest; i++)
        assert.equal(toBigInt(priceAt(plan, steep + i)), line(shoulder, best, i, toBest));
      for (let i = 0; i < toWorst; i++)
        assert.equal(toBigInt(priceAt(plan, steep + toBest + i)), line(best, worst, i, toWorst));
    }),
    RUNS,
  );
});

test("the steep phase is geometric: the largest fall a step that does not pass 1.5 · best", () => {
  fc.assert(
    fc.property(terms, (plan) => {
      const factor = toBigInt(plan.factor);
      const scale = 10n ** 18n;
      const steep = BigInt(plan.steep);
      // factor^steep against 15000 / multiple, exactly.
      const falls = (each: bigint) => each ** steep * BigInt(plan.multiple) < 15_000n * scale ** steep;
      assert.ok(!falls(factor) && falls(factor - 2n));
      const [start, shoulder] = [toBigInt(plan.start), toBigInt(plan.shoulder)];
      for (let step = 0; step < plan.steep; step++) {
        const exact = ceiling(start * factor ** BigInt(step), scale ** BigInt(step));
        const shown = toBigInt(priceAt(plan, step));
        // Powers of 42 places: relative error below 10^-38.
        const error = exact / 10n ** 38n + 1n;
        assert.ok(shown <= exact + error && shown >= exact - error, `${shown} for ${exact}`);
        assert.ok(shown >= shoulder);
      }
    }),
    RUNS,
  );
});

test("AU4 no step before the beginning, from the end on, or without a beginning", () => {
  fc.assert(
    fc.property(terms, fc.integer({ min: -5, max: 300 * 600_000 }), (plan, elapsed) => {
      const end = endOf(plan, BEGIN);
      assert.equal(end - BEGIN, stepsOf(plan) * plan.stepLength);
      const now = BEGIN + elapsed;
      const step = stepAt(plan, BEGIN, now);
      const open = elapsed >= 0 && now < end;
      assert.equal(step, open ? Math.floor(elapsed / plan.stepLength) : undefined);
      assert.equal(isOver(plan, BEGIN, now), now >= end);
      assert.equal(stepAt(plan, BEGIN, end - 1), stepsOf(plan) - 1);
      assert.equal(stepAt(plan, BEGIN, end), undefined);
    }),
    RUNS,
  );
});

test("AUDIT an unset time is neither open nor over", () => {
  const plan = fc.sample(terms, 1)[0]!;
  for (const now of [0, 1, BEGIN]) {
    assert.equal(stepAt(plan, 0, now), undefined);
    assert.equal(isOver(plan, 0, now), false);
  }
});

test("settings that make no sense are no terms", () => {
  const good: DutchSettings = {
    ...{ best: toNatural(200n), worst: toNatural(100n), multiple: 30_000, stepLength: 60_000 },
    ...{ steep: 10, toBest: 10, toWorst: 10, flat: 10 },
  };
  assert.notEqual(dutchTerms(good), undefined);
  const bad: Partial<DutchSettings>[] = [
    ...[{ worst: toNatural(0n) }, { worst: toNatural(201n) }, { multiple: 14_999 }, { multiple: 1_000_001 }],
    ...[{ stepLength: 0 }, { steep: 0 }, { toBest: 0 }, { toWorst: 0 }, { flat: 0 }],
    { flat: limits.auctionSteps - 29 },
  ];
  for (const change of bad) assert.equal(dutchTerms({ ...good, ...change }), undefined);
  assert.notEqual(dutchTerms({ ...good, flat: limits.auctionSteps - 30 }), undefined);
  assert.notEqual(dutchTerms({ ...good, worst: good.best }), undefined);
});

const amount = fc.oneof(fc.bigInt(0n, 1000n), fc.bigInt(0n, 10n ** 38n - 1n));
const each = fc.oneof(fc.bigInt(1n, 10n), fc.bigInt(1n, ONE * 10n), fc.bigInt(1n, 10n ** 66n));
const amounts = fc.record({ left: amount, payment: amount, price: each, limit: each, wanted: amount });

test("AU3 a fill pays ceil(quantity · price), the rest goes back, never above the bidder's limit", () => {
  let filled = 0;
  fc.assert(
    fc.property(amounts, ({ left, payment, price: at, limit }) => {
      const found = fill(toNatural(left), toNatural(payment), toNatural(at), toNatural(limit));
      const affordable = (payment * ONE) / at;
      const quantity = affordable < left ? affordable : left;
      if (at > limit || quantity === 0n) return assert.equal(found, undefined);
      filled += 1;
      const cost = ceiling(quantity * at, ONE);
      assert.equal(toBigInt(found!.quantity), quantity);
      assert.equal(toBigInt(found!.cost), cost);
      assert.equal(toBigInt(found!.refund), payment - cost);
      assert.ok(cost > 0n && cost <= payment && cost <= ceiling(quantity * limit, ONE));
    }),
    { numRuns: 2000 },
  );
  assert.ok(filled > 200);
});

test("AU2 over any bids, sold ≤ lot and bought ≤ what was wanted", () => {
  const bids = fc.array(fc.record({ payment: amount, price: each }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(amount, amount, bids, (lot, deficit, list) => {
      let [left, wanted] = [lot, deficit];
      for (const { payment, price: at } of list) {
        const found = fill(
          ...([toNatural(left), toNatural(payment), toNatural(at), toNatural(at)] as const),
          toNatural(wanted),
        );
        if (found === undefined) continue;
        assert.equal(toBigInt(found.cost) + toBigInt(found.refund), payment);
        left -= toBigInt(found.quantity);
        wanted -= toBigInt(found.cost);
        assert.ok(left >= 0n && wanted >= 0n);
      }
    }),
    RUNS,
  );
});

test("AU8 a bid for exactly what was left still gets what is left when a bid of one unit came before", () => {
  const [lot, at] = [1000n, 3n * ONE];
  const dust = fill(toNatural(lot), toNatural(3n), toNatural(at), toNatural(at))!;
  const left = lot - toBigInt(dust.quantity);
  const whole = fill(toNatural(left), toNatural(lot * 3n), toNatural(at), toNatural(at))!;
  assert.equal(toBigInt(whole.quantity), 999n);
  assert.equal(toBigInt(whole.refund), 3n);
});

test("AU6 what would bring less than the least cost is dust, and so is nothing", () => {
  assert.ok(isDust(toNatural(0n), toNatural(1n), toNatural(0n)));
  fc.assert(
    fc.property(amount, each, amount, (left, at, leastCost) => {
      const expected = left === 0n || (left * at) / ONE < leastCost;
      assert.equal(isDust(toNatural(left), toNatural(at), toNatural(leastCost)), expected);
    }),
    RUNS,
  );
});

test("AU6 bids down to dust close any lot, and no lot that is not dust is unsellable", () => {
  fc.assert(
    fc.property(amount, each, amount, (left, at, some) => {
      const leastCost = some + 1n;
      if (isDust(toNatural(left), toNatural(at), toNatural(leastCost))) return;
      const cost = ceiling(left * at, ONE);
      const found = fill(toNatural(left), toNatural(cost), toNatural(at), toNatural(at))!;
      assert.deepEqual([toBigInt(found.quantity), toBigInt(found.refund)], [left, 0n]);
      assert.ok(isDust(toNatural(0n), toNatural(at), toNatural(leastCost)));
    }),
    RUNS,
  );
});

test("AU10 in the steep phase a bid takes a tenth of what is left, rounded up, or all that is still wanted", () => {
  fc.assert(
    fc.property(amount, amount, each, (left, wanted, at) => {
      const least = toBigInt(leastEarlyUp(toNatural(left), toNatural(wanted), toNatural(at)));
      const [tenth, most] = [(left + 9n) / 10n, (wanted * ONE) / at];
      assert.equal(least, tenth < most ? tenth : most);
      // Whoever pays for all that can be had always reaches it.
      const all = fill(
        ...([toNatural(left), toNatural(wanted), toNatural(at), toNatural(at)] as const),
        toNatural(wanted),
      );
      if (all !== undefined) assert.ok(toBigInt(all.quantity) >= least);
    }),
    RUNS,
  );
});
