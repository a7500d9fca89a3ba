import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { multiply, multiplySmall, power10 } from "../../process/math/multiplication.ts";
import { RUNS, edges, halves, toBigInt, toNatural, value } from "./values.ts";

test("products are those of the values", () => {
  fc.assert(
    fc.property(value, value, (a, b) => {
      assert.equal(toBigInt(multiply(toNatural(a), toNatural(b))), a * b);
    }),
    { numRuns: 5000 },
  );
  for (const a of edges)
    for (const b of edges) assert.equal(toBigInt(multiply(toNatural(a), toNatural(b))), a * b);
});

test("products of every pair of lengths, with all halves at their largest", () => {
  for (let left = 1; left <= 40; left += 1) {
    for (let right = 1; right <= 40; right += 1) {
      const a = 10n ** BigInt(7 * left) - 1n;
      const b = 10n ** BigInt(7 * right) - 1n;
      assert.equal(toBigInt(multiply(toNatural(a), toNatural(b))), a * b);
    }
  }
});

test("sums stay exact for factors of thousands of digits", () => {
  const nines = 10n ** 5000n - 1n;
  assert.equal(toBigInt(multiply(toNatural(nines), toNatural(nines))), nines * nines);
  fc.assert(
    fc.property(halves(200), halves(200), (a, b) => {
      assert.equal(toBigInt(multiply(toNatural(a), toNatural(b))), a * b);
    }),
    { numRuns: 200 },
  );
});

test("a product by a small factor is that of the values", () => {
  const factor = fc.oneof(fc.constantFrom(0, 1, 9_999_999, 10_000_000), fc.nat(10_000_000));
  fc.assert(
    fc.property(value, factor, (a, n) => {
      assert.equal(toBigInt(multiplySmall(toNatural(a), n)), a * BigInt(n));
    }),
    RUNS,
  );
});

test("a small factor outside 0 … 10^7 ends the message", () => {
  assert.throws(() => multiplySmall(toNatural(1n), 10_000_001), TypeError);
  assert.throws(() => multiplySmall(toNatural(1n), -1), TypeError);
});

test("powers of ten, first and again", () => {
  for (const round of [1, 2]) {
    for (let exponent = 0; exponent <= 200; exponent += 1) {
      assert.equal(toBigInt(power10(exponent)), 10n ** BigInt(exponent), `round ${round}`);
    }
  }
});

test("factors are never changed", () => {
  fc.assert(
    fc.property(value, value, (a, b) => {
      const [left, right] = [toNatural(a), toNatural(b)];
      multiply(left, right);
      multiplySmall(left, 77);
      assert.deepEqual([toBigInt(left), toBigInt(right)], [a, b]);
    }),
    RUNS,
  );
});
