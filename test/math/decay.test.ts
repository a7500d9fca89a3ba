import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import { type DecaySchedule, emission, emitted, schedule } from "../../process/math/decay.ts";
import { halves, toBigInt, toNatural } from "./values.ts";

interface Row {
  period: number;
  emitted: string;
  emission: string;
}
interface Vectors {
  schedules: { allocation: string; decayFactor: string; periods: number; rows: Row[] }[];
}
const file = new URL("../data/decay.json", import.meta.url);
const vectors = JSON.parse(readFileSync(file, "utf8")) as Vectors;

function scheduleOf(allocation: bigint, decayFactor: string, periods: number): DecaySchedule {
  const result = schedule(toNatural(allocation), decayFactor, periods);
  assert.ok(result !== undefined, `${allocation} ${decayFactor} ${periods}`);
  return result;
}

/** allocation · (1 − r^n) / (1 − r^N) in exact fractions: r = numerator / 10^places. */
function exactOf(allocation: bigint, decayFactor: string, periods: number, period: number) {
  const fraction = decayFactor.slice(2);
  const numerator = BigInt(fraction);
  const scale = 10n ** BigInt(fraction.length);
  const complement = (n: number) => scale ** BigInt(n) - numerator ** BigInt(n);
  const dividend = allocation * complement(period) * scale ** BigInt(periods - period);
  return { dividend, divisor: complement(periods) };
}

const significant = fc.oneof(
  fc.bigInt(1n, 10n ** 18n - 1n),
  fc.bigInt(10n ** 18n - 10n ** 6n, 10n ** 18n - 1n),
  fc.bigInt(99n * 10n ** 16n, 10n ** 18n - 1n),
  fc.constantFrom(1n, 5n * 10n ** 17n, 10n ** 18n - 1n),
);
const factor = significant.map((digits) => `0.${digits.toString().padStart(18, "0")}`);
const allocation = fc.oneof(
  fc.bigInt(0n, 10n ** 38n - 1n),
  fc.bigInt(0n, 5000n),
  fc.constant(10n ** 38n - 1n),
);

test("every row of the vectors, to the last unit", () => {
  let rows = 0;
  for (const { allocation: text, decayFactor, periods, rows: expected } of vectors.schedules) {
    const plan = scheduleOf(BigInt(text), decayFactor, periods);
    for (const row of expected) {
      assert.equal(toBigInt(emitted(plan, row.period)).toString(), row.emitted);
      assert.equal(toBigInt(emission(plan, row.period)).toString(), row.emission);
      rows += 1;
    }
  }
  assert.ok(rows >= 30);
});

function assertExact(
  plan: DecaySchedule,
  whole: bigint,
  decayFactor: string,
  periods: number,
  period: number,
) {
  const { dividend, divisor } = exactOf(whole, decayFactor, periods, period);
  const result = toBigInt(emitted(plan, period));
  const floor = dividend / divisor;
  if (result === floor) return;
  // Off by one, and only where the exact value is nearer to a whole number than the error bound.
  const [below, above] = [dividend % divisor, divisor - (dividend % divisor)];
  const distance = result < floor ? below : above;
  assert.ok(result === floor + 1n || result === floor - 1n, `${result} for ${floor}`);
  assert.ok(distance * 10n ** 25n < divisor * 15n, "too far from a whole number");
}

test("emitted is the exact floor in fractions", () => {
  const periods = fc.oneof(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 150 }));
  fc.assert(
    fc.property(allocation, factor, periods, fc.nat(150), (whole, decayFactor, count, n) => {
      assertExact(scheduleOf(whole, decayFactor, count), whole, decayFactor, count, n % (count + 1));
    }),
    { numRuns: 1000 },
  );
});

test("r^N is held to 84 places, within the error bound", () => {
  const scale = 10n ** 84n;
  fc.assert(
    fc.property(
      factor,
      fc.oneof(fc.integer({ min: 1, max: 200 }), fc.constant(3650)),
      (decayFactor, periods) => {
        const { divisor } = exactOf(1n, decayFactor, periods, periods);
        const denominator = 10n ** BigInt(18 * periods);
        const held = toBigInt(scheduleOf(1n, decayFactor, periods).divisor);
        const excess = held * denominator - divisor * scale;
        assert.ok(excess >= 0n && excess <= BigInt(2 * periods - 2) * denominator);
      },
    ),
    { numRuns: 200 },
  );
});

test("the smallest decay over the longest time", () => {
  const whole = 10n ** 38n - 1n;
  for (const decayFactor of ["0.999999999999999999", "0.5", "0.000000000000000001", "0.99976104"]) {
    const plan = scheduleOf(whole, decayFactor, 3650);
    for (const n of [1, 2, 3, 1000, 1825, 3648, 3649, 3650]) assertExact(plan, whole, decayFactor, 3650, n);
  }
});

test("exact shares that are whole numbers", () => {
  for (const [whole, decayFactor, periods] of [
    [3n, "0.5", 2],
    [2n ** 64n - 1n, "0.5", 64],
    [(10n ** 30n - 1n) / 9n, "0.1", 30],
  ] as const) {
    const plan = scheduleOf(whole, decayFactor, periods);
    for (let n = 0; n <= periods; n += 1) assertExact(plan, whole, decayFactor, periods, n);
  }
  assert.equal(toBigInt(emitted(scheduleOf(3n, "0.5", 2), 1)), 2n);
});

test("FL-2, FL-3 emitted never falls, ends at the allocation; no period gives more than the one before, but for rounding", () => {
  const plans = fc.tuple(allocation, factor, fc.integer({ min: 1, max: 200 }));
  fc.assert(
    fc.property(plans, ([whole, decayFactor, periods]) => {
      const plan = scheduleOf(whole, decayFactor, periods);
      let before = 0n;
      let last: bigint | undefined;
      let sum = 0n;
      for (let n = 1; n <= periods; n += 1) {
        const now = toBigInt(emitted(plan, n));
        const given = toBigInt(emission(plan, n));
        assert.equal(given, now - before);
        assert.ok(given >= 0n && now <= whole);
        if (last !== undefined) assert.ok(given <= last + 1n, `period ${n}: ${given} after ${last}`);
        [before, last, sum] = [now, given, sum + given];
      }
      assert.equal(sum, whole);
      for (const n of [periods + 1, periods + 100]) {
        assert.equal(toBigInt(emitted(plan, n)), whole);
        assert.equal(toBigInt(emission(plan, n)), 0n);
      }
      for (const n of [0, -1]) assert.equal(toBigInt(emitted(plan, n)) + toBigInt(emission(plan, n)), 0n);
    }),
    { numRuns: 60 },
  );
});

test("emitted never falls where r^n passes below the last place that is computed", () => {
  for (const decayFactor of ["0.9", "0.95", "0.5", "0.01", "0.97"]) {
    const whole = 10n ** 38n - 1n;
    const plan = scheduleOf(whole, decayFactor, 3650);
    let before = 0n;
    for (let n = 1; n <= 3650; n += 1) {
      const now = toBigInt(emitted(plan, n));
      assert.ok(now >= before, `${decayFactor}, period ${n}`);
      assert.equal(now === whole, n === 3650);
      before = now;
    }
  }
});

test("what is no schedule is refused", () => {
  const one = toNatural(1n);
  for (const text of [
    "0",
    "1",
    "1.0",
    "0.0",
    "2",
    "",
    ".5",
    "0.",
    "-0.5",
    "0.1234567890123456789",
    "1e-1",
    "0,5",
  ]) {
    assert.equal(schedule(one, text, 10), undefined, text);
  }
  for (const periods of [0, -1, 3651, 1.5]) assert.equal(schedule(one, "0.5", periods), undefined);
  assert.equal(schedule(toNatural(10n ** 38n), "0.5", 10), undefined);
  assert.ok(schedule(toNatural(10n ** 38n - 1n), "0.5", 10) !== undefined);
});

test("an allocation of nothing emits nothing", () => {
  const plan = scheduleOf(0n, "0.5", 10);
  for (const n of [0, 1, 9, 10, 11]) assert.equal(toBigInt(emitted(plan, n)), 0n);
});

test("a schedule is plain data and is not changed by use", () => {
  fc.assert(
    fc.property(halves(4), factor, (whole, decayFactor) => {
      const plan = scheduleOf(whole, decayFactor, 10);
      const copy = structuredClone(plan);
      emission(plan, 5);
      assert.deepEqual(plan, copy);
    }),
    { numRuns: 100 },
  );
});
