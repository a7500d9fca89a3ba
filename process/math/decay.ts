/**
 * The emission of a fair launch: an allocation given out over N periods, each period's emission r times the one
 * before. With r^n to 84 decimal places:
 *
 *     emitted(n) = floor(allocation · (1 − r^n) / (1 − r^N))        0 < n < N, and never the whole allocation
 *     emitted(N) = allocation
 *
 * Error. r has at most 18 places, so it is held exactly. Rounding down after each product, the error of r^k is at most
 * 2k − 2 units of 10^-84: squaring doubles an error and adds one unit, a product with r adds one. For k ≤ 3650 that
 * is e < 7.3·10^-81. The divisor 1 − r^N is at least 1 − r ≥ 10^-18, the allocation below 10^38, so that the value
 * before the floor is off by less than 10^38 · 2e / 10^-18 < 1.5·10^-24 of a unit. The result is the exact floor
 * unless the exact value is that close to a whole number, and then at most one unit from it.
 *
 * Never falling. r^n − r^(n+1) = r^n·(1 − r). Where that is at least e, the computed powers fall too. Where it is
 * less, r^n < e·10^18 < 10^-62, and what is left to emit is less than 10^-24 of a unit: the result is allocation − 1
 * from there to N − 1. Likewise emission(n + 1) ≤ emission(n) + 1: docs/math.md.
 */
import { parseDecimal } from "./decimal.ts";
import { divide, dropLimbs } from "./division.ts";
import { quotient } from "./integer.ts";
import { multiply, power10 } from "./multiplication.ts";
import { type Natural, ONE, ZERO, compare, isZero, subtract } from "./natural.ts";

const FACTOR_PLACES = 18;
const PLACES = 84;
const PLACE_LIMBS = 6;
const ALLOCATION_DIGITS = 38;

export const MOST_PERIODS = 3650;

/** What emission is computed from: plain data, made by `schedule`. */
export interface DecaySchedule {
  /** Smallest units to give out, below 10^38. */
  readonly allocation: Natural;
  /** r · 10^84. */
  readonly factor: Natural;
  /** N. */
  readonly periods: number;
  /** (1 − r^N) · 10^84, off by less than 7300. */
  readonly divisor: Natural;
}

/**
 * Prepares a schedule. Undefined unless the allocation is below 10^38, the decay factor a canonical decimal of at most
 * 18 places with 0 < r < 1, and periods whole from 1 to 3650.
 */
export function schedule(
  allocation: Natural,
  decayFactor: string,
  periods: number,
): DecaySchedule | undefined {
  if (compare(allocation, power10(ALLOCATION_DIGITS)) >= 0) return undefined;
  if (periods < 1 || periods > MOST_PERIODS || periods % 1 !== 0) return undefined;
  const scaled = parseDecimal(decayFactor, FACTOR_PLACES);
  if (scaled === undefined || isZero(scaled) || compare(scaled, power10(FACTOR_PLACES)) >= 0)
    return undefined;
  const factor = multiply(scaled, power10(PLACES - FACTOR_PLACES));
  return { allocation, factor, periods, divisor: complementOfPower(factor, periods) };
}

/** What periods 1 to n give out together: 0 up to period 0, the allocation from period N on. n whole. */
export function emitted(schedule: DecaySchedule, period: number): Natural {
  const { allocation, periods } = schedule;
  if (period <= 0 || isZero(allocation)) return ZERO;
  if (period >= periods) return allocation;
  const share = multiply(allocation, complementOfPower(schedule.factor, period));
  const amount = divide(share, schedule.divisor).quotient;
  return compare(amount, allocation) < 0 ? amount : subtract(allocation, ONE);
}

/** What period n alone gives out: emitted(n) − emitted(n − 1). */
export function emission(schedule: DecaySchedule, period: number): Natural {
  return subtract(emitted(schedule, period), emitted(schedule, period - 1));
}

/** (1 − r^exponent) · 10^84 by squaring, from the exponent's highest bit down; 1 ≤ exponent < 4096. */
function complementOfPower(factor: Natural, exponent: number): Natural {
  let bit = 1;
  while (bit * 2 <= exponent) bit *= 2;
  let rest = exponent - bit;
  let power = factor;
  while (bit > 1) {
    power = dropLimbs(multiply(power, power), PLACE_LIMBS);
    bit = quotient(bit, 2);
    if (rest >= bit) {
      rest -= bit;
      power = dropLimbs(multiply(power, factor), PLACE_LIMBS);
    }
  }
  return subtract(power10(PLACES), power);
}
