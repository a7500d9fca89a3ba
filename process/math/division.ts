/** Quotients of naturals. Where a result is rounded, the name says which way. */
import { quotient } from "./integer.ts";
import { multiply } from "./multiplication.ts";
import { type Natural, ONE, ZERO, add, brokenPrecondition, compare, fromLimbs } from "./natural.ts";

const HALF_LIMB = 10_000_000;

/** dividend = quotient · divisor + remainder, remainder < divisor. */
export interface Division {
  readonly quotient: Natural;
  readonly remainder: Natural;
}

/** The same, by a divisor that is a small number. */
export interface SmallDivision {
  readonly quotient: Natural;
  readonly remainder: number;
}

/** Quotient, rounded down, and remainder. Precondition: divisor > 0; zero ends the message. */
export function divide(dividend: Natural, divisor: Natural): Division {
  if (divisor.length === 0) return brokenPrecondition();
  if (compare(dividend, divisor) < 0) return { quotient: ZERO, remainder: dividend };
  if (divisor.length === 1 && divisor[0]! < HALF_LIMB) {
    const small = divideSmall(dividend, divisor[0]!);
    return { quotient: small.quotient, remainder: fromLimbs([small.remainder], 1) };
  }
  return divideLong(dividend, divisor);
}

/** Quotient, rounded down, and remainder; 1 ≤ divisor ≤ 10^7, whole. */
export function divideSmall(dividend: Natural, divisor: number): SmallDivision {
  if (divisor < 1 || divisor > HALF_LIMB) return brokenPrecondition();
  const length = dividend.length;
  const limbs: number[] = [...dividend];
  let remainder = 0;
  for (let i = length; i >= 1; i -= 1) {
    const limb = limbs[i - 1]!;
    const half = quotient(limb, HALF_LIMB);
    const high = remainder * HALF_LIMB + half;
    const highQuotient = quotient(high, divisor);
    const low = (high - highQuotient * divisor) * HALF_LIMB + limb - half * HALF_LIMB;
    const lowQuotient = quotient(low, divisor);
    remainder = low - lowQuotient * divisor;
    limbs[i - 1] = highQuotient * HALF_LIMB + lowQuotient;
  }
  return { quotient: fromLimbs(limbs, length), remainder };
}

/** left · right / divisor, rounded down. Precondition: divisor > 0. */
export function multiplyDivideDown(left: Natural, right: Natural, divisor: Natural): Natural {
  return divide(multiply(left, right), divisor).quotient;
}

/** left · right / divisor, rounded up. Precondition: divisor > 0. */
export function multiplyDivideUp(left: Natural, right: Natural, divisor: Natural): Natural {
  const division = divide(multiply(left, right), divisor);
  return division.remainder.length === 0 ? division.quotient : add(division.quotient, ONE);
}

/**
 * Knuth, The Art of Computer Programming, volume 2, 4.3.1, algorithm D, on digits to the base 10^7: the first two
 * digits of the remainder, and every product of two digits, then fit far below 2^53. The divisor has two digits or
 * more, and is no larger than the dividend.
 */
function divideLong(dividend: Natural, divisor: Natural): Division {
  const remainder = toHalves(dividend);
  const digits = toHalves(divisor);
  const count = digits.length;
  const scale = quotient(HALF_LIMB, digits[count - 1]! + 1);
  remainder.push(0);
  scaleUp(remainder, scale);
  scaleUp(digits, scale);
  const first = digits[count - 1]!;
  const second = digits[count - 2]!;
  const result: number[] = [];
  const positions = remainder.length - count;
  for (let i = 0; i < positions; i += 1) result.push(0);
  for (let position = positions - 1; position >= 0; position -= 1) {
    const top = position + count;
    const leading = remainder[top]! * HALF_LIMB + remainder[top - 1]!;
    let digit = quotient(leading, first);
    let rest = leading - digit * first;
    while (
      rest < HALF_LIMB &&
      (digit >= HALF_LIMB || digit * second > rest * HALF_LIMB + remainder[top - 2]!)
    ) {
      digit -= 1;
      rest += first;
    }
    if (digit > 0 && subtractMultiple(remainder, position, digits, count, digit)) {
      digit -= 1;
      addBack(remainder, position, digits, count);
    }
    result[position] = digit;
  }
  const unscaled = divideSmall(fromHalves(remainder), scale);
  return { quotient: fromHalves(result), remainder: unscaled.quotient };
}

/** Subtracts digits · factor at the position; true when it was one multiple too many and the top digit borrowed. */
function subtractMultiple(
  remainder: number[],
  position: number,
  digits: readonly number[],
  count: number,
  factor: number,
): boolean {
  let carry = 0;
  for (let i = 0; i < count; i += 1) {
    const product = digits[i]! * factor + carry;
    carry = quotient(product, HALF_LIMB);
    const difference = remainder[position + i]! - (product - carry * HALF_LIMB);
    if (difference < 0) {
      remainder[position + i] = difference + HALF_LIMB;
      carry += 1;
    } else {
      remainder[position + i] = difference;
    }
  }
  const top = remainder[position + count]! - carry;
  remainder[position + count] = top;
  return top < 0;
}

function addBack(remainder: number[], position: number, digits: readonly number[], count: number): void {
  let carry = 0;
  for (let i = 0; i < count; i += 1) {
    const sum = remainder[position + i]! + digits[i]! + carry;
    carry = sum >= HALF_LIMB ? 1 : 0;
    remainder[position + i] = sum - carry * HALF_LIMB;
  }
  remainder[position + count] = remainder[position + count]! + carry;
}

function scaleUp(digits: number[], factor: number): void {
  const count = digits.length;
  let carry = 0;
  for (let i = 0; i < count; i += 1) {
    const product = digits[i]! * factor + carry;
    carry = quotient(product, HALF_LIMB);
    digits[i] = product - carry * HALF_LIMB;
  }
}

/** The digits to the base 10^7, lowest first, without leading zeros. */
function toHalves(value: Natural): number[] {
  const length = value.length;
  const halves: number[] = [];
  for (let i = 0; i < length; i += 1) {
    const high = quotient(value[i]!, HALF_LIMB);
    halves.push(value[i]! - high * HALF_LIMB);
    if (high > 0 || i < length - 1) halves.push(high);
  }
  return halves;
}

function fromHalves(halves: readonly number[]): Natural {
  const count = halves.length;
  const limbs: number[] = [];
  for (let i = 0; i < count; i += 2) {
    const high = i + 1 < count ? halves[i + 1]! : 0;
    limbs.push(high * HALF_LIMB + halves[i]!);
  }
  return fromLimbs(limbs, limbs.length);
}
