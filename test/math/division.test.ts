import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  divide,
  divideSmall,
  dropLimbs,
  multiplyDivideDown,
  multiplyDivideUp,
} from "../../process/math/division.ts";
import { ZERO } from "../../process/math/natural.ts";
import { HALF_LIMB, LIMB, RUNS, edges, halves, positive, toBigInt, toNatural, value } from "./values.ts";

function assertDivision(a: bigint, b: bigint): void {
  const { quotient, remainder } = divide(toNatural(a), toNatural(b));
  assert.equal(toBigInt(quotient), a / b, `${a} / ${b}`);
  assert.equal(toBigInt(remainder), a % b, `${a} mod ${b}`);
}

test("quotient and remainder are those of the values", () => {
  fc.assert(fc.property(value, positive, assertDivision), { numRuns: 5000 });
  for (const a of edges) for (const b of edges) if (b > 0n) assertDivision(a, b);
});

test("quotient and remainder next to a whole multiple", () => {
  fc.assert(
    fc.property(positive, positive, fc.bigInt(-2n, 2n), (a, b, step) => {
      const dividend = a * b + step;
      assertDivision(dividend < 0n ? 0n : dividend, b);
    }),
    { numRuns: 5000 },
  );
});

test("quotient and remainder of hundreds of digits", () => {
  fc.assert(
    fc.property(
      halves(120),
      halves(60).filter((b) => b > 0n),
      assertDivision,
    ),
    { numRuns: 500 },
  );
});

test("divisors that end in zero limbs", () => {
  fc.assert(
    fc.property(value, positive, fc.integer({ min: 1, max: 4 }), (a, b, zeros) => {
      assertDivision(a * 10n ** 20n + b, b * LIMB ** BigInt(zeros));
    }),
    RUNS,
  );
  assertDivision(10n ** 80n - 1n, 10n ** 42n);
});

test("Knuth's algorithm D: a digit that was one too large is added back", () => {
  const B = HALF_LIMB;
  // With 0 as its second digit, the divisor's third is never looked at when a digit is guessed: the guess is q, and
  // q · divisor is larger than the dividend by `missing`.
  const cases = fc
    .tuple(
      fc.bigInt(B / 2n, B - 1n),
      fc.bigInt(1n, B - 1n),
      fc.bigInt(1n, B - 1n),
      fc.bigInt(0n, B * B),
      halves(4),
    )
    .map(([first, third, q, part, tail]) => {
      const divisor = first * B * B + third;
      const missing = (part % (q * third)) + 1n;
      return { divisor, dividend: q * divisor - missing, tail };
    });
  fc.assert(
    fc.property(cases, fc.nat(3), ({ divisor, dividend, tail }, places) => {
      assertDivision(dividend, divisor);
      assertDivision(dividend * B ** BigInt(places) + (tail % B ** BigInt(places)), divisor);
      assertDivision(dividend * B, divisor * B + 1n);
    }),
    RUNS,
  );
  assertDivision((B / 2n - 1n) * B ** 3n + (B / 2n) * B ** 2n, (B / 2n) * B ** 2n + 1n);
});

test("a guess that is two too large is corrected", () => {
  const B = HALF_LIMB;
  fc.assert(
    fc.property(
      fc.bigInt(B / 2n, B / 2n + 100n),
      fc.bigInt(B - 100n, B - 1n),
      fc.bigInt(1n, 1000n),
      (first, rest, q) => {
        const divisor = (first * B + rest) * B + rest;
        assertDivision(divisor * (B - q) - 1n, divisor);
        assertDivision(divisor * (B * B - q) - 1n, divisor);
      },
    ),
    RUNS,
  );
});

test("quotient and remainder by a small divisor", () => {
  const divisor = fc.oneof(
    fc.constantFrom(1, 2, 9_999_999, 10_000_000),
    fc.integer({ min: 1, max: 10_000_000 }),
  );
  fc.assert(
    fc.property(value, divisor, (a, n) => {
      const { quotient, remainder } = divideSmall(toNatural(a), n);
      assert.equal(toBigInt(quotient), a / BigInt(n));
      assert.equal(remainder, Number(a % BigInt(n)));
    }),
    RUNS,
  );
});

test("division by zero ends the message", () => {
  assert.throws(() => divide(toNatural(1n), ZERO), TypeError);
  assert.throws(() => divide(ZERO, ZERO), TypeError);
  assert.throws(() => divideSmall(toNatural(1n), 0), TypeError);
  assert.throws(() => divideSmall(toNatural(1n), 10_000_001), TypeError);
  assert.throws(() => multiplyDivideDown(ZERO, ZERO, ZERO), TypeError);
});

test("a product is divided without rounding in between, down or up", () => {
  fc.assert(
    fc.property(value, value, positive, (a, b, c) => {
      const operands = [toNatural(a), toNatural(b), toNatural(c)] as const;
      assert.equal(toBigInt(multiplyDivideDown(...operands)), (a * b) / c);
      assert.equal(toBigInt(multiplyDivideUp(...operands)), (a * b + c - 1n) / c);
      assert.equal(toBigInt(multiplyDivideUp(toNatural(a * c), toNatural(b), toNatural(c))), a * b);
    }),
    RUNS,
  );
});

test("dropping limbs divides by powers of 10^14", () => {
  fc.assert(
    fc.property(value, fc.nat(8), (a, count) => {
      assert.equal(toBigInt(dropLimbs(toNatural(a), count)), a / LIMB ** BigInt(count));
    }),
    RUNS,
  );
});

test("operands are never changed", () => {
  fc.assert(
    fc.property(value, positive, (a, b) => {
      const [left, right] = [toNatural(a), toNatural(b)];
      divide(left, right);
      divideSmall(left, 7);
      assert.deepEqual([toBigInt(left), toBigInt(right)], [a, b]);
    }),
    RUNS,
  );
});
