/** Quotients of naturals. Where a result is rounded, the name says which way. */
import { quotient } from "./integer.ts";
import { multiply } from "./multiplication.ts";
import { type Natural, ONE, ZERO, add, brokenPrecondition, compare, fromLimbs, natural } from "./natural.ts";

const HALF_LIMB = 10_000_000;

const scratch: number[] = [];
const divisorDigits: number[] = [];
const remainderDigits: number[] = [];
const quotientDigits: number[] = [];

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
  const length = divisor.length;
  if (length === 0) return brokenPrecondition();
  if (compare(dividend, divisor) < 0) return { quotient: ZERO, remainder: dividend };
  const lowest = divisor[0]!;
  if (length === 1 && lowest < HALF_LIMB) {
    const small = divideSmall(dividend, lowest);
    return { quotient: small.quotient, remainder: natural(small.remainder) };
  }
  return lowest === 0 ? divideRound(dividend, divisor) : divideLong(dividend, divisor);
}

/** Divides by a number that ends in zero limbs, as 10^42 does: they and the dividend's limbs below play no part. */
function divideRound(dividend: Natural, divisor: Natural): Division {
  let zeros = 1;
  while (divisor[zeros] === 0) zeros += 1;
  const division = divide(dropLimbs(dividend, zeros), dropLimbs(divisor, zeros));
  const above = division.remainder;
  const aboveLength = above.length;
  for (let i = 1; i <= zeros; i += 1) scratch[i - 1] = dividend[i - 1]!;
  for (let i = 1; i <= aboveLength; i += 1) scratch[zeros + i - 1] = above[i - 1]!;
  return { quotient: division.quotient, remainder: fromLimbs(scratch, zeros + aboveLength) };
}

/** value / 10^(14·count), rounded down; count ≥ 0, whole. */
export function dropLimbs(value: Natural, count: number): Natural {
  if (count === 0) return value;
  const length = value.length;
  for (let i = count + 1; i <= length; i += 1) scratch[i - count - 1] = value[i - 1]!;
  return fromLimbs(scratch, length - count);
}

/** Quotient, rounded down, and remainder; 1 ≤ divisor ≤ 10^7, whole. */
export function divideSmall(dividend: Natural, divisor: number): SmallDivision {
  if (divisor < 1 || divisor > HALF_LIMB) return brokenPrecondition();
  const length = dividend.length;
  let remainder = 0;
  for (let i = length; i >= 1; i -= 1) {
    const limb = dividend[i - 1]!;
    const half = quotient(limb, HALF_LIMB);
    const high = remainder * HALF_LIMB + half;
    const highQuotient = quotient(high, divisor);
    const low = (high - highQuotient * divisor) * HALF_LIMB + limb - half * HALF_LIMB;
    const lowQuotient = quotient(low, divisor);
    remainder = low - lowQuotient * divisor;
    scratch[i - 1] = highQuotient * HALF_LIMB + lowQuotient;
  }
  return { quotient: fromLimbs(scratch, length), remainder };
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
 * Knuth, The Art of Computer Programming, volume 2, 4.3.1, algorithm D, on digits to the base 10^7, so that no number
 * passes 3·10^14. The divisor has two digits or more, and is no
 * larger than the dividend.
 */
function divideLong(dividend: Natural, divisor: Natural): Division {
  const topLimb = divisor[divisor.length - 1]!;
  const topHalf = quotient(topLimb, HALF_LIMB);
  const scale = quotient(HALF_LIMB, (topHalf > 0 ? topHalf : topLimb) + 1);
  const count = divisor.length * 2 - (topHalf > 0 ? 0 : 1);
  const positions = dividend.length * 2 + 1 - count;
  scaledHalves(divisor, scale, divisorDigits);
  scaledHalves(dividend, scale, remainderDigits);
  const first = divisorDigits[count - 1]!;
  const second = divisorDigits[count - 2]!;
  for (let position = positions; position >= 1; position -= 1) {
    const top = position + count;
    const leading = remainderDigits[top - 1]! * HALF_LIMB + remainderDigits[top - 2]!;
    const next = remainderDigits[top - 3]!;
    let digit = quotient(leading, first);
    let rest = leading - digit * first;
    while (digit >= HALF_LIMB || digit * second > rest * HALF_LIMB + next) {
      digit -= 1;
      rest += first;
    }
    if (digit > 0 && subtractMultiple(position, count, digit)) {
      digit -= 1;
      addBack(position, count);
    }
    quotientDigits[position - 1] = digit;
  }
  const result = fromHalves(quotientDigits, positions);
  return { quotient: result, remainder: divideSmall(fromHalves(remainderDigits, count), scale).quotient };
}

/**
 * Takes divisor · factor off the remainder; true when that was once too often, so that the top digit would fall below
 * zero. That digit stays as it is: it would become zero, and is not read again.
 */
function subtractMultiple(position: number, count: number, factor: number): boolean {
  let carry = 0;
  let place = position;
  for (let i = 1; i <= count; i += 1) {
    const product = divisorDigits[i - 1]! * factor + carry;
    carry = quotient(product, HALF_LIMB);
    const difference = remainderDigits[place - 1]! - product + carry * HALF_LIMB;
    if (difference < 0) {
      remainderDigits[place - 1] = difference + HALF_LIMB;
      carry += 1;
    } else {
      remainderDigits[place - 1] = difference;
    }
    place += 1;
  }
  return remainderDigits[place - 1]! < carry;
}

/** Undoes one subtraction too many. The carry out of the top is what the top digit lacked. */
function addBack(position: number, count: number): void {
  let carry = 0;
  let place = position;
  for (let i = 1; i <= count; i += 1) {
    const sum = remainderDigits[place - 1]! + divisorDigits[i - 1]! + carry;
    carry = sum >= HALF_LIMB ? 1 : 0;
    remainderDigits[place - 1] = sum - carry * HALF_LIMB;
    place += 1;
  }
}

/** Writes value · scale as digits to the base 10^7, the lowest first: two a limb, and one above. */
function scaledHalves(value: Natural, scale: number, digits: number[]): void {
  const length = value.length;
  let carry = 0;
  let place = 1;
  for (let i = 1; i <= length; i += 1) {
    const limb = value[i - 1]!;
    const half = quotient(limb, HALF_LIMB);
    const low = (limb - half * HALF_LIMB) * scale + carry;
    const lowCarry = quotient(low, HALF_LIMB);
    const high = half * scale + lowCarry;
    carry = quotient(high, HALF_LIMB);
    digits[place - 1] = low - lowCarry * HALF_LIMB;
    digits[place] = high - carry * HALF_LIMB;
    place += 2;
  }
  digits[place - 1] = carry;
}

/** The natural with the lowest `count` digits given, to the base 10^7. */
function fromHalves(digits: readonly number[], count: number): Natural {
  let limbs = 0;
  for (let i = 1; i <= count; i += 2) {
    const high = i < count ? digits[i]! : 0;
    scratch[limbs] = high * HALF_LIMB + digits[i - 1]!;
    limbs += 1;
  }
  return fromLimbs(scratch, limbs);
}
