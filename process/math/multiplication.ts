/**
 * Products of naturals. A limb is split in halves to the base 10^7, so that products of two halves stay below
 * 10^14 and several of them add up below 2^53.
 */
import { quotient } from "./integer.ts";
import { type Natural, ZERO, brokenPrecondition, fromLimbs } from "./natural.ts";

const LIMB = 100_000_000_000_000;
const HALF_LIMB = 10_000_000;
const LIMB_DIGITS = 14;

const scratch: number[] = [];

/**
 * left · right. Runs through the right factor once for every two limbs of the left (a, the lower, and c), holding
 * their halves and those of the last limb of the right in variables: column k gains a·b(k) + c·b(k − 1).
 *
 *     middle     < 4·10^14        four products of halves
 *     carry      < 3·10^14        two products of halves, middle div 10^7, sum div 10^14
 *     sum        < 7·10^14        the column so far, two products of halves, (middle mod 10^7)·10^7, carry
 *
 * All stay below 2^53 ≈ 90·10^14, whatever the length of the factors.
 */
export function multiply(left: Natural, right: Natural): Natural {
  const leftLength = left.length;
  const rightLength = right.length;
  if (leftLength === 0 || rightLength === 0) return ZERO;
  if (leftLength > rightLength) return multiply(right, left);
  for (let i = 1; i <= rightLength; i += 1) scratch[i - 1] = 0;
  for (let row = 1; row <= leftLength; row += 2) {
    const a = left[row - 1]!;
    const aHigh = quotient(a, HALF_LIMB);
    const aLow = a - aHigh * HALF_LIMB;
    const c = row < leftLength ? left[row]! : 0;
    const cHigh = quotient(c, HALF_LIMB);
    const cLow = c - cHigh * HALF_LIMB;
    if (a === 0 && c === 0) {
      // Nothing to add, as in the lower limbs of 10^42.
      scratch[row + rightLength - 1] = 0;
      scratch[row + rightLength] = 0;
      continue;
    }
    let lastLow = 0;
    let lastHigh = 0;
    let carry = 0;
    let column = row;
    for (let i = 1; i <= rightLength; i += 1) {
      const b = right[i - 1]!;
      const bHigh = quotient(b, HALF_LIMB);
      const bLow = b - bHigh * HALF_LIMB;
      const middle = aLow * bHigh + aHigh * bLow + cLow * lastHigh + cHigh * lastLow;
      const middleHigh = quotient(middle, HALF_LIMB);
      const sum =
        scratch[column - 1]! +
        aLow * bLow +
        cLow * lastLow +
        (middle - middleHigh * HALF_LIMB) * HALF_LIMB +
        carry;
      const overflow = quotient(sum, LIMB);
      scratch[column - 1] = sum - overflow * LIMB;
      carry = aHigh * bHigh + cHigh * lastHigh + middleHigh + overflow;
      lastLow = bLow;
      lastHigh = bHigh;
      column += 1;
    }
    const middle = cLow * lastHigh + cHigh * lastLow;
    const middleHigh = quotient(middle, HALF_LIMB);
    const sum = cLow * lastLow + (middle - middleHigh * HALF_LIMB) * HALF_LIMB + carry;
    const overflow = quotient(sum, LIMB);
    scratch[column - 1] = sum - overflow * LIMB;
    scratch[column] = cHigh * lastHigh + middleHigh + overflow;
  }
  return fromLimbs(scratch, leftLength + rightLength);
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
