import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { formatDecimal, formatDecimalExact, parseDecimal } from "../../process/math/decimal.ts";
import { RUNS, toBigInt, toNatural, value } from "./values.ts";

const places = fc.nat(40);

/** What `parseDecimal` should give, by a pattern and BigInt. */
function expectedOf(text: string, most: number): bigint | undefined {
  const match = /^(0|[1-9][0-9]*)(?:\.([0-9]+))?$/.exec(text);
  const fraction = match?.[2] ?? "";
  if (match === null || fraction.length > most) return undefined;
  return BigInt(match[1] + fraction.padEnd(most, "0"));
}

function assertRead(text: string, most: number): void {
  const result = parseDecimal(text, most);
  assert.equal(
    result === undefined ? undefined : toBigInt(result),
    expectedOf(text, most),
    JSON.stringify(text),
  );
}

test("decimals that are spelled out", () => {
  const read = (text: string, most: number) => {
    const result = parseDecimal(text, most);
    return result === undefined ? undefined : toBigInt(result);
  };
  assert.equal(read("0", 18), 0n);
  assert.equal(read("0.2", 18), 200_000_000_000_000_000n);
  assert.equal(read("1.5", 1), 15n);
  assert.equal(read("1.50", 2), 150n);
  assert.equal(read("12.000001", 6), 12_000_001n);
  assert.equal(read("0.000000000000000001", 18), 1n);
  assert.equal(read("7", 0), 7n);
  for (const text of [
    "",
    ".",
    ".5",
    "1.",
    "01",
    "00.5",
    "1e3",
    "1e-3",
    "+1",
    "-1",
    "-0.5",
    "1.2.3",
    "1,5",
    "1.5 ",
  ]) {
    assert.equal(read(text, 18), undefined, text);
  }
  for (const text of ["1.-5", "1.+5", "1. 5", "0x1.8", "1.5e1", "NaN", "Infinity", "1.٥"]) {
    assert.equal(read(text, 18), undefined, text);
  }
  assert.equal(read("1.50", 1), undefined, "a digit too many, though it is zero");
  assert.equal(read("1.0", 0), undefined);
});

test("of any text, exactly the canonical decimals are read", () => {
  const noise = fc.string({ unit: fc.constantFrom(..."0123456789..", "-", "e", " "), maxLength: 30 });
  const decimal = fc.tuple(
    value,
    fc.string({ unit: fc.constantFrom(..."0123456789"), minLength: 1, maxLength: 30 }),
  );
  const text = fc.oneof(
    noise,
    decimal.map(([whole, fraction]) => `${whole}.${fraction}`),
  );
  fc.assert(fc.property(text, places, assertRead), { numRuns: 5000 });
});

test("shown digits are those of the value, rounded down", () => {
  fc.assert(
    fc.property(value, places, fc.nat(45), (a, count, shown) => {
      const cut = shown >= count ? a * 10n ** BigInt(shown - count) : a / 10n ** BigInt(count - shown);
      const digits = cut.toString().padStart(shown + 1, "0");
      const point = digits.length - shown;
      const expected = shown === 0 ? digits : `${digits.slice(0, point)}.${digits.slice(point)}`;
      assert.equal(formatDecimal(toNatural(a), count, shown), expected);
    }),
    RUNS,
  );
  assert.equal(formatDecimal(toNatural(1_999_999n), 6, 2), "1.99");
  assert.equal(formatDecimal(toNatural(5n), 12, 4), "0.0000");
});

test("the exact form is read back as the same value, and is the shortest that is", () => {
  fc.assert(
    fc.property(value, places, fc.nat(10), (a, count, zeros) => {
      const scaled = a * 10n ** BigInt(zeros);
      const text = formatDecimalExact(toNatural(scaled), count);
      assert.equal(expectedOf(text, count), scaled);
      assert.equal(/\.[0-9]*0$|\.$/.test(text), false, text);
      assertRead(text, count);
    }),
    RUNS,
  );
  assert.equal(formatDecimalExact(toNatural(1_500_000n), 6), "1.5");
  assert.equal(formatDecimalExact(toNatural(0n), 6), "0");
});
