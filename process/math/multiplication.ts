/**
 * Products of naturals. A limb is split in halves to the base 10^7, so that a product of two halves stays below
 * 10^14 and dozens of them add up below 2^53.
 */
import { quotient } from "./integer.ts";
import { type Natural, ZERO, add, brokenPrecondition, fromLimbs } from "./natural.ts";

const LIMB = 100_000_000_000_000;
const HALF_LIMB = 10_000_000;
const LIMB_DIGITS = 14;

/** The longest shorter factor, in limbs, that `multiplyColumns` can take without passing 2^53. */
const MOST_TERMS = 40;

const leftLow: number[] = [];
const leftHigh: number[] = [];
const rightLow: number[] = [];
const rightHigh: number[] = [];
const scratch: number[] = [];

/** left · right. */
export function multiply(left: Natural, right: Natural): Natural {
  const leftLength = left.length;
  const rightLength = right.length;
  if (leftLength === 0 || rightLength === 0) return ZERO;
  if (leftLength > rightLength) return multiply(right, left);
  if (leftLength > MOST_TERMS) return multiplyInParts(left, right);
  return multiplyColumns(left, leftLength, right, rightLength);
}

/**
 * One limb of the result after the other: column k gathers every product of limbs i and k − i. With t terms a column,
 * t ≤ 40, all sums stay below 2^53 ≈ 90·10^14:
 *
 *     low, high  < t·10^14             one product of halves a term
 *     middle     < 2t·10^14            two products of halves a term
 *     carry      < t·10^14 + 2t·10^7 + t + 2           high + middle div 10^7 + (sum div 10^14) of the column before
 *     sum        < (2t + 1)·10^14 + 2t·10^7 + t + 2    low + (middle mod 10^7)·10^7 + carry
 */
function multiplyColumns(
  left: readonly number[],
  leftLength: number,
  right: readonly number[],
  rightLength: number,
): Natural {
  splitHalves(left, leftLength, leftLow, leftHigh);
  splitHalves(right, rightLength, rightLow, rightHigh);
  const columns = leftLength + rightLength - 1;
  let carry = 0;
  for (let column = 1; column <= columns; column += 1) {
    let i = column > rightLength ? column - rightLength + 1 : 1;
    const last = column < leftLength ? column : leftLength;
    let low = 0;
    let middle = 0;
    let high = 0;
    while (i <= last) {
      const j = column - i;
      const a = leftLow[i - 1]!;
      const A = leftHigh[i - 1]!;
      const b = rightLow[j]!;
      const B = rightHigh[j]!;
      low += a * b;
      middle += a * B + A * b;
      high += A * B;
      i += 1;
    }
    const middleHigh = quotient(middle, HALF_LIMB);
    const sum = low + (middle - middleHigh * HALF_LIMB) * HALF_LIMB + carry;
    const overflow = quotient(sum, LIMB);
    scratch[column - 1] = sum - overflow * LIMB;
    carry = high + middleHigh + overflow;
  }
  scratch[columns] = carry;
  return fromLimbs(scratch, columns + 1);
}

function splitHalves(limbs: readonly number[], length: number, low: number[], high: number[]): void {
  for (let i = 1; i <= length; i += 1) {
    const limb = limbs[i - 1]!;
    const half = quotient(limb, HALF_LIMB);
    high[i - 1] = half;
    low[i - 1] = limb - half * HALF_LIMB;
  }
}

/** Takes the left factor in pieces that `multiplyColumns` can take, from the highest down. */
function multiplyInParts(left: Natural, right: Natural): Natural {
  const length = left.length;
  let result = ZERO;
  for (let start = 0; start < length; start += MOST_TERMS) {
    const piece: number[] = [];
    for (let i = start; i < length && i < start + MOST_TERMS; i += 1) piece.push(left[i]!);
    const product = multiply(fromLimbs(piece, piece.length), right);
    result = add(result, shiftLimbs(product, start));
  }
  return result;
}

/** value · 10^(14·count). */
function shiftLimbs(value: Natural, count: number): Natural {
  const length = value.length;
  if (count === 0 || length === 0) return value;
  const limbs: number[] = [];
  for (let i = 0; i < count; i += 1) limbs.push(0);
  for (let i = 0; i < length; i += 1) limbs.push(value[i]!);
  return fromLimbs(limbs, count + length);
}

/** value · factor; 0 ≤ factor ≤ 10^7, whole. */
export function multiplySmall(value: Natural, factor: number): Natural {
  if (factor < 0 || factor > HALF_LIMB) return brokenPrecondition();
  const length = value.length;
  let carry = 0;
  for (let i = 1; i <= length; i += 1) {
    const limb = value[i - 1]!;
    const half = quotient(limb, HALF_LIMB);
    const low = (limb - half * HALF_LIMB) * factor + carry;
    const lowCarry = quotient(low, HALF_LIMB);
    const high = half * factor + lowCarry;
    carry = quotient(high, HALF_LIMB);
    scratch[i - 1] = (high - carry * HALF_LIMB) * HALF_LIMB + low - lowCarry * HALF_LIMB;
  }
  scratch[length] = carry;
  return fromLimbs(scratch, length + 1);
}

const powers: Natural[] = [];

/** 10^exponent; whole, exponent ≥ 0. Kept once computed: ask for the few exponents that the code names. */
export function power10(exponent: number): Natural {
  const known = powers[exponent];
  if (known !== undefined) return known;
  const limbs: number[] = [];
  let rest = exponent;
  while (rest >= LIMB_DIGITS) {
    limbs.push(0);
    rest -= LIMB_DIGITS;
  }
  let top = 1;
  while (rest > 0) {
    top *= 10;
    rest -= 1;
  }
  limbs.push(top);
  const power = fromLimbs(limbs, limbs.length);
  powers[exponent] = power;
  return power;
}
