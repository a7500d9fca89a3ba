/** Weights with floor and cap, and the delegations that follow them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { delegationsOf, type Weight, weightsOf } from "../../process/market/weights.ts";
import { limits } from "../../process/protocol/limits.ts";
import { toNatural } from "../math/values.ts";

const RUNS = { numRuns: 500 };
const ALL = 10_000;

type Amounts = Record<string, bigint>;
const claimsOf = (amounts: Amounts) =>
  Object.entries(amounts).map(([name, amount]) => ({ name, amount: toNatural(amount) }));
const pointsOf = (amounts: Amounts, floor: number, cap: number) => weightsOf(claimsOf(amounts), floor, cap);
const total = (weights: readonly Weight[]) => weights.reduce((sum, { points }) => sum + points, 0);

const amount = fc.oneof(
  fc.constant(0n),
  fc.bigInt(0n, 20n),
  fc.bigInt(0n, 10n ** 20n),
  fc.bigInt(0n, 10n ** 38n - 1n),
);
const name = fc.string({ unit: fc.constantFrom(..."abcXYZ019-_"), minLength: 1, maxLength: 5 });
const few = fc.uniqueArray(name, { minLength: 1, maxLength: 12 });
const many = fc.uniqueArray(name, { minLength: 1, maxLength: limits.basketNames, size: "max" });
const amountsOf = (names: fc.Arbitrary<string[]>) =>
  names
    .chain((list) => fc.tuple(...list.map((each) => fc.tuple(fc.constant(each), amount))))
    .map((entries) => entries.reduce<Amounts>((all, [each, value]) => ({ ...all, [each]: value }), {}));
const clamps = fc.record({
  floor: fc.oneof(fc.constant(0), fc.nat(200), fc.nat(1000)),
  cap: fc.oneof(fc.constant(ALL), fc.integer({ min: 200, max: 3_000 }), fc.integer({ min: 0, max: ALL })),
});

const isPossible = (count: number, floor: number, cap: number) =>
  floor <= cap && floor * count <= ALL && cap * count >= ALL;

/**
 * By trying every split of the names, in order of amount, into some at the floor, some in proportion, some at the cap: the one
 * in which no name would rather be elsewhere. Then largest remainder, ties by name.
 */
function model(amounts: Amounts, floor: number, cap: number): Map<string, number> {
  const list = Object.entries(amounts).sort(([a, x], [b, y]) => (x < y ? -1 : x > y ? 1 : a < b ? -1 : 1));
  const points = new Map<string, number>();
  const share = (names: [string, bigint][], left: number) => {
    const sum = names.reduce((all, [, value]) => all + value, 0n);
    const parts = names.map(([each, value]) => {
      const [weight, whole] = sum === 0n ? [1n, BigInt(names.length)] : [value, sum];
      const product = weight * BigInt(left);
      return { each, part: Number(product / whole), rest: product % whole };
    });
    let rest = left - parts.reduce((all, { part }) => all + part, 0);
    parts.sort((a, b) => (a.rest > b.rest ? -1 : a.rest < b.rest ? 1 : a.each < b.each ? -1 : 1));
    for (const { each, part } of parts) points.set(each, part + (rest-- > 0 ? 1 : 0));
  };
  if (!isPossible(list.length, floor, cap)) {
    share(
      list.map(([each]) => [each, 0n]),
      ALL,
    );
    return points;
  }
  for (let low = 0; low <= list.length; low++) {
    for (let high = list.length; high >= low; high--) {
      const [under, free, over] = [list.slice(0, low), list.slice(low, high), list.slice(high)];
      const left = ALL - under.length * floor - over.length * cap;
      const sum = free.reduce((all, [, value]) => all + value, 0n);
      if (left < 0 || (free.length === 0 && left !== 0)) continue;
      const [units, whole] = sum === 0n ? [1n, BigInt(free.length)] : [0n, sum];
      const exact = ([, value]: [string, bigint]) => (units > 0n ? units : value) * BigInt(left);
      const fits = free.every(
        (each) => exact(each) >= BigInt(floor) * whole && exact(each) <= BigInt(cap) * whole,
      );
      // The scale left / sum leaves those at the floor below it, and those at the cap above it; without money it is infinite.
      const stays =
        free.length === 0
          ? under.every(([, u]) => over.every(([, o]) => u * BigInt(cap) <= o * BigInt(floor)))
          : under.every((each) => sum > 0n && each[1] * BigInt(left) <= BigInt(floor) * whole) &&
            over.every((each) => (sum === 0n ? each[1] > 0n : each[1] * BigInt(left) >= BigInt(cap) * whole));
      if (!fits || !stays) continue;
      for (const [each] of under) points.set(each, floor);
      for (const [each] of over) points.set(each, cap);
      share(free, left);
      return points;
    }
  }
  throw new Error("the model found no split");
}

test("weights are those of the model, in the order of the names", () => {
  fc.assert(
    fc.property(amountsOf(few), clamps, (amounts, { floor, cap }) => {
      const weights = pointsOf(amounts, floor, cap);
      assert.deepEqual(new Map(weights.map((each) => [each.name, each.points])), model(amounts, floor, cap));
      const names = weights.map((each) => each.name);
      assert.deepEqual(names, [...names].sort());
    }),
    { numRuns: 2000 },
  );
});

test("they sum to 10000, keep within floor and cap, and follow the amounts", () => {
  fc.assert(
    fc.property(amountsOf(many), clamps, (amounts, { floor, cap }) => {
      const weights = pointsOf(amounts, floor, cap);
      assert.equal(total(weights), ALL);
      if (!isPossible(weights.length, floor, cap)) {
        const even = Math.floor(ALL / weights.length);
        return assert.ok(weights.every(({ points }) => points === even || points === even + 1));
      }
      for (const { name: each, points } of weights) {
        assert.ok(points >= floor && points <= cap);
        for (const other of weights) {
          const [mine, its] = [amounts[each]!, amounts[other.name]!];
          if (mine > its) assert.ok(points >= other.points);
          if (mine === its) assert.ok(Math.abs(points - other.points) <= 1);
        }
      }
    }),
    RUNS,
  );
});

test("the order of the names does not show", () => {
  const shuffled = amountsOf(many).chain((amounts) =>
    fc.tuple(
      fc.constant(amounts),
      fc.shuffledSubarray(Object.keys(amounts), { minLength: Object.keys(amounts).length }),
    ),
  );
  fc.assert(
    fc.property(shuffled, clamps, ([amounts, order], { floor, cap }) => {
      const again = order.map((each) => ({ name: each, amount: toNatural(amounts[each]!) }));
      assert.deepEqual(weightsOf(again, floor, cap), pointsOf(amounts, floor, cap));
    }),
    RUNS,
  );
});

test("worked examples", () => {
  const shown = (amounts: Amounts, floor: number, cap: number) =>
    pointsOf(amounts, floor, cap).map((each) => `${each.name} ${each.points}`);
  assert.deepEqual(shown({ a: 6n, b: 3n, c: 1n }, 0, ALL), ["a 6000", "b 3000", "c 1000"]);
  assert.deepEqual(shown({ a: 6n, b: 3n, c: 1n }, 0, 4_000), ["a 4000", "b 4000", "c 2000"]);
  assert.deepEqual(shown({ a: 98n, b: 1n, c: 1n }, 500, ALL), ["a 9000", "b 500", "c 500"]);
  assert.deepEqual(shown({ a: 98n, b: 2n, c: 0n }, 500, 6_000), ["a 6000", "b 3500", "c 500"]);
  assert.deepEqual(shown({ a: 1n, b: 0n, c: 0n }, 0, 4_000), ["a 4000", "b 3000", "c 3000"]);
  assert.deepEqual(shown({ a: 9n, b: 1n }, 0, 3_000), ["a 5000", "b 5000"], "too few for the cap");
  assert.deepEqual(shown({ c: 0n, b: 0n, a: 0n }, 100, 5_000), ["a 3334", "b 3333", "c 3333"]);
  assert.deepEqual(shown({}, 0, ALL), []);
});

test("more names than the basket has end the message", () => {
  const names = Array.from({ length: limits.basketNames + 1 }, (_, i) => ({
    name: `n${i}`,
    amount: toNatural(1n),
  }));
  assert.throws(() => weightsOf(names, 0, ALL));
  assert.equal(weightsOf(names.slice(1), 100, 1_000).length, limits.basketNames);
});

const policies = fc.record({
  fanOut: fc.integer({ min: 1, max: 20 }),
  smallest: fc.oneof(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: ALL })),
});

test("delegations are a set that the ledger takes: sorted, within its fan-out, none too small, 10000 in all", () => {
  fc.assert(
    fc.property(amountsOf(many), clamps, policies, (amounts, { floor, cap }, { fanOut, smallest }) => {
      const weights = pointsOf(amounts, floor, cap);
      const set = delegationsOf(weights, fanOut, smallest);
      const named = new Map(weights.map((each) => [each.name, each.points]));
      const positive = weights.filter(({ points }) => points > 0);
      assert.equal(set.length, Math.min(fanOut, Math.floor(ALL / smallest), positive.length));
      assert.equal(total(set), ALL);
      assert.ok(set.every(({ points }) => points >= smallest));
      const names = set.map((each) => each.name);
      assert.deepEqual(names, [...names].sort());
      // None that was left out has more than one that was taken.
      const taken = names.map((each) => named.get(each)!);
      const left = positive.filter((each) => !names.includes(each.name));
      for (const { points } of left) assert.ok(points <= Math.min(...taken));
      const order = [...weights].reverse();
      assert.deepEqual(delegationsOf(order, fanOut, smallest), set);
    }),
    RUNS,
  );
});

test("delegations of all the weights are the weights, where they may be", () => {
  const weights = pointsOf({ a: 5n, b: 3n, c: 2n }, 0, ALL);
  assert.deepEqual(delegationsOf(weights, 3, 100), weights);
  assert.deepEqual(delegationsOf(weights, 2, 100), [
    { name: "a", points: 6_250 },
    { name: "b", points: 3_750 },
  ]);
  assert.deepEqual(delegationsOf([{ name: "z", points: 0 }], 3, 100), []);
  assert.deepEqual(delegationsOf(pointsOf({ a: 9_995n, b: 5n }, 0, ALL), 3, 100), [
    { name: "a", points: 9_900 },
    { name: "b", points: 100 },
  ]);
});
