import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  ONE,
  ZERO,
  add,
  brokenPrecondition,
  compare,
  formatNatural,
  fromLimbs,
  isEqual,
  isZero,
  natural,
  parseNatural,
  subtract,
  toNumber,
} from "../../process/math/natural.ts";
import { RUNS, edges, toBigInt, toNatural, value } from "./values.ts";

test("a canonical decimal is read and printed unchanged", () => {
  fc.assert(
    fc.property(value, (a) => {
      assert.equal(toBigInt(toNatural(a)), a);
      assert.equal(formatNatural(toNatural(a)), a.toString());
    }),
    RUNS,
  );
  for (const a of edges) assert.equal(toBigInt(toNatural(a)), a);
});

test("200 and 5000 digits are read, printed and added", () => {
  for (const digits of [200, 5000]) {
    const text = "9".repeat(digits);
    const nines = toNatural(BigInt(text));
    assert.equal(formatNatural(nines), text);
    assert.equal(formatNatural(add(nines, ONE)), `1${"0".repeat(digits)}`);
  }
});

test("any other text is not a natural", () => {
  const faults = [
    "",
    " ",
    "00",
    "01",
    "-1",
    "+1",
    "+-123",
    " 1",
    "1 ",
    "1.0",
    "1.",
    ".5",
    "1e3",
    "0x10",
    "1_000",
  ];
  const more = [
    "NaN",
    "Infinity",
    "nil",
    "inf",
    "1\n",
    "1\0",
    "١",
    "1,000",
    ".000000001e+14",
    "0x00000000000010",
  ];
  for (const text of [...faults, ...more, "12345678901234-5678901234567", "1234567890123 45678901234567"]) {
    assert.equal(parseNatural(text), undefined, JSON.stringify(text));
  }
});

test("of any text, exactly the canonical decimals are read", () => {
  const noise = fc.string({ unit: fc.constantFrom(..."0123456789", ".", "-", "e", " ", "x"), maxLength: 40 });
  const nearly = fc
    .tuple(value, fc.nat(60), fc.constantFrom("", " ", "-", ".", "e", "0", "٣"))
    .map(([a, place, mark]) => {
      const text = a.toString();
      return text.slice(0, place) + mark + text.slice(place);
    });
  fc.assert(
    fc.property(fc.oneof(noise, nearly, fc.string()), (text) => {
      const isCanonical = /^(0|[1-9][0-9]*)$/.test(text);
      const result = parseNatural(text);
      assert.equal(result !== undefined, isCanonical);
      if (result !== undefined) assert.equal(toBigInt(result), BigInt(text));
    }),
    { numRuns: 5000 },
  );
});

test("a safe integer becomes a natural and comes back", () => {
  fc.assert(
    fc.property(fc.maxSafeNat(), (number) => {
      assert.equal(toBigInt(natural(number)), BigInt(number));
      assert.equal(toNumber(natural(number)), number);
    }),
    RUNS,
  );
});

test("a value is a number below 2^53 only", () => {
  const near = fc.bigInt(2n ** 53n - 1000n, 2n ** 53n + 1000n);
  fc.assert(
    fc.property(fc.oneof(value, near, fc.bigInt(8n * 10n ** 15n, 10n ** 16n)), (a) => {
      assert.equal(toNumber(toNatural(a)), a < 2n ** 53n ? Number(a) : undefined);
    }),
    RUNS,
  );
  for (const a of edges) assert.equal(toNumber(toNatural(a)), a < 2n ** 53n ? Number(a) : undefined);
});

test("comparison is that of the values", () => {
  const close = fc
    .tuple(value, fc.bigInt(-2n, 2n))
    .map(([a, step]) => [a, a + step < 0n ? 0n : a + step] as const);
  fc.assert(
    fc.property(fc.oneof(fc.tuple(value, value), close), ([a, b]) => {
      const expected = a < b ? -1 : a > b ? 1 : 0;
      assert.equal(compare(toNatural(a), toNatural(b)), expected);
      assert.equal(isEqual(toNatural(a), toNatural(b)), expected === 0);
      assert.equal(isZero(toNatural(a)), a === 0n);
    }),
    RUNS,
  );
  const shared = toNatural(123n);
  assert.equal(compare(shared, shared), 0);
});

test("sums and differences are those of the values", () => {
  fc.assert(
    fc.property(value, value, (a, b) => {
      const [larger, smaller] = a < b ? [b, a] : [a, b];
      assert.equal(toBigInt(add(toNatural(a), toNatural(b))), a + b);
      assert.equal(toBigInt(subtract(toNatural(larger), toNatural(smaller))), larger - smaller);
      assert.equal(toBigInt(subtract(toNatural(a + b), toNatural(b))), a);
    }),
    RUNS,
  );
  for (const a of edges)
    for (const b of edges) assert.equal(toBigInt(add(toNatural(a), toNatural(b))), a + b);
});

test("a number less itself is zero, by reference or not", () => {
  const a = toNatural(10n ** 30n);
  assert.equal(subtract(a, a), ZERO);
  assert.deepEqual(subtract(a, toNatural(10n ** 30n)), ZERO);
});

test("taking more than there is ends the message instead of giving a number", () => {
  fc.assert(
    fc.property(value, value, (a, more) => {
      assert.throws(() => subtract(toNatural(a), toNatural(a + more + 1n)), TypeError);
    }),
    RUNS,
  );
  assert.throws(brokenPrecondition, TypeError);
});

test("operands are never changed", () => {
  fc.assert(
    fc.property(value, value, (a, b) => {
      const left = Object.freeze(toNatural(a + b));
      const right = Object.freeze(toNatural(b));
      add(left, right);
      subtract(left, right);
      compare(left, right);
      assert.deepEqual([toBigInt(left), toBigInt(right)], [a + b, b]);
    }),
    RUNS,
  );
});

test("limbs are copied without leading zeros, at every length", () => {
  for (let length = 0; length <= 12; length += 1) {
    const limbs = Array.from({ length }, (_, i) => i + 1);
    const result = fromLimbs([...limbs, 0, 0, 7], length + 2);
    assert.deepEqual([...result], limbs);
  }
  assert.equal(fromLimbs([1], -1), ZERO);
});
