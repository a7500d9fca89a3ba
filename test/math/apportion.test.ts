import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  apportion,
  apportionBasisPoints,
  beginApportionment,
  giveRemainders,
  partDown,
} from "../../process/math/apportion.ts";
import { RUNS, toBigInt, toNatural, value } from "./values.ts";

/** Largest remainder by a stable sort. */
function modelOf(amount: bigint, weights: readonly bigint[]): bigint[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0n);
  const parts = weights.map((weight) => (amount * weight) / total);
  let left = amount - parts.reduce((sum, part) => sum + part, 0n);
  const lost = weights.map((weight, index) => ({ index, remainder: (amount * weight) % total }));
  lost.sort((a, b) => (a.remainder > b.remainder ? -1 : a.remainder < b.remainder ? 1 : 0));
  for (const { index } of lost) {
    if (left === 0n) break;
    parts[index]! += 1n;
    left -= 1n;
  }
  return parts;
}

function parted(amount: bigint, weights: readonly bigint[]): bigint[] | undefined {
  return apportion(toNatural(amount), weights.map(toNatural))?.map(toBigInt);
}

const small = fc.bigInt(0n, 20n);
const weights = fc
  .oneof(
    fc.array(value, { maxLength: 40 }),
    fc.array(small, { maxLength: 60 }),
    fc.array(fc.constant(7n), { maxLength: 60 }),
  )
  .filter((list) => list.some((weight) => weight > 0n));
const amount = fc.oneof(value, fc.bigInt(0n, 100n));

test("parts are those of a naive largest remainder", () => {
  fc.assert(
    fc.property(amount, weights, (whole, list) =>
      assert.deepEqual(parted(whole, list), modelOf(whole, list)),
    ),
    RUNS,
  );
});

test("parts sum to the amount, and each is its exact share rounded down or up", () => {
  fc.assert(
    fc.property(amount, weights, (whole, list) => {
      const total = list.reduce((sum, weight) => sum + weight, 0n);
      const parts = parted(whole, list)!;
      assert.equal(parts.length, list.length);
      assert.equal(
        parts.reduce((sum, part) => sum + part, 0n),
        whole,
      );
      list.forEach((weight, i) => {
        const floor = (whole * weight) / total;
        const ceiling = (whole * weight + total - 1n) / total;
        assert.ok(parts[i] === floor || parts[i] === ceiling);
        if (weight === 0n) assert.equal(parts[i], 0n);
      });
    }),
    RUNS,
  );
});

test("of equal remainders, the lower index gains", () => {
  assert.deepEqual(parted(2n, [1n, 1n, 1n]), [1n, 1n, 0n]);
  assert.deepEqual(parted(5n, [3n, 3n, 3n, 3n]), [2n, 1n, 1n, 1n]);
  assert.deepEqual(parted(1n, [1n, 2n, 2n]), [0n, 1n, 0n]);
  assert.deepEqual(parted(10n, [0n, 1n, 0n, 2n]), [0n, 3n, 0n, 7n]);
});

test("nothing can be given to nobody", () => {
  assert.equal(parted(1n, []), undefined);
  assert.equal(parted(1n, [0n, 0n]), undefined);
  assert.deepEqual(parted(0n, []), []);
  assert.deepEqual(parted(0n, [0n, 0n]), [0n, 0n]);
  assert.deepEqual(parted(0n, [1n, 2n]), [0n, 0n]);
});

test("ten thousand weights, with nearly as many units left over", () => {
  const list = Array.from({ length: 10_000 }, (_, i) => 10n ** 20n - BigInt((i * 7919) % 10_000));
  assert.deepEqual(parted(9_999n, list), modelOf(9_999n, list));
});

const factors = fc.array(fc.oneof(fc.nat(300), fc.nat(10_000), fc.nat(100_000_000)), { maxLength: 30 });
const sumOf = (list: readonly number[]): number => list.reduce((sum, factor) => sum + factor, 0);

test("basis points above the total are scaled down to it by largest remainder", () => {
  fc.assert(
    fc.property(factors, fc.constantFrom(10_000, 1, 7, 9_999), (list, total) => {
      const scaled = apportionBasisPoints(list, total);
      if (sumOf(list) <= total) assert.deepEqual(scaled, list);
      else assert.deepEqual(scaled.map(BigInt), modelOf(BigInt(total), list.map(BigInt)));
    }),
    RUNS,
  );
});

test("the total is 10000 unless another is named, and the factors stay as they were", () => {
  const list = Object.freeze([6_000, 6_000, 6_000]);
  assert.deepEqual(apportionBasisPoints(list), [3334, 3333, 3333]);
  assert.deepEqual(apportionBasisPoints([4_000, 6_000]), [4_000, 6_000]);
  assert.deepEqual(apportionBasisPoints([1, 10_000, 10_000]), [0, 5_000, 5_000]);
  assert.deepEqual(apportionBasisPoints([]), []);
  const within = [4_000];
  assert.notEqual(apportionBasisPoints(within), within, "a copy");
});

test("DL-10 scaling keeps each factor within one basis point of its proportion", () => {
  fc.assert(
    fc.property(factors, (list) => {
      const sum = sumOf(list);
      fc.pre(sum > 10_000);
      apportionBasisPoints(list).forEach((part, i) => {
        const exact = BigInt(list[i]!) * 10_000n;
        const difference = BigInt(part) * BigInt(sum) - exact;
        assert.ok(difference < BigInt(sum) && -difference < BigInt(sum));
      });
    }),
    RUNS,
  );
});

test("an apportionment in slices comes to the same, whatever the slices", () => {
  fc.assert(
    fc.property(
      fc.bigInt(0n, 10n ** 38n),
      fc.array(fc.bigInt(0n, 10n ** 20n), { minLength: 1, maxLength: 40 }),
      fc.integer({ min: 1, max: 7 }),
      (amount, weights, most) => {
        const total = weights.reduce((sum, weight) => sum + weight, 0n);
        fc.pre(total > 0n);
        const apportionment = beginApportionment(toNatural(amount), toNatural(total));
        const parts = weights.map((weight) => toBigInt(partDown(apportionment, toNatural(weight))));
        const give = (i: number): void => {
          parts[i]! += 1n;
        };
        while (!giveRemainders(apportionment, most, (i, j) => i < j, give));
        assert.deepEqual(parts, modelOf(amount, weights));
      },
    ),
  );
});

test("equal remainders are told apart as the caller says", () => {
  const apportionment = beginApportionment(toNatural(2n), toNatural(4n));
  const parts = [1n, 1n, 1n, 1n].map((weight) => toBigInt(partDown(apportionment, toNatural(weight))));
  const given: number[] = [];
  giveRemainders(
    apportionment,
    9,
    (i, j) => i > j,
    (i) => given.push(i),
  );
  assert.deepEqual(
    [parts, given],
    [
      [0n, 0n, 0n, 0n],
      [3, 2],
    ],
  );
});
