/**
 * Natural numbers of any size, exact in JavaScript and in Lua alike.
 *
 * A natural is an array of limbs to the base 10^14, the lowest first, without leading zeros; zero has no limbs. Two
 * limbs with carries add up below 2^53, so that a double and a 64-bit integer hold the same sum. Naturals are never
 * changed once made, and so may be shared by reference, and stored in a process's state as they are.
 *
 * Loops count from 1 and index by `i - 1`: compiled to Lua that is the plain index `i`. Results are collected in one
 * scratch array and copied out at their exact length, since a Lua table that grows takes up to twice the memory.
 */
import { quotient, fromDigits } from "./integer.ts";

declare const brand: unique symbol;

/** A natural number; made by the functions of this folder only. */
export type Natural = readonly number[] & { readonly [brand]: "Natural" };

const LIMB = 100_000_000_000_000;
const LIMB_DIGITS = 14;

const ZERO = [] as readonly number[] as Natural;
const ONE = [1] as readonly number[] as Natural;
export { ZERO, ONE };

const scratch: number[] = [];

/** Whether the text is one or more decimal digits; one pattern match in Lua (`module/intrinsics.mjs`). */
function isDigits(text: string): boolean {
  for (let i = 0; i < text.length; i += 1) {
    const character = text.charAt(i);
    if (character < "0" || character > "9") return false;
  }
  return text !== "";
}

/**
 * Ends the message when a caller broke a function's precondition: reading the length of nothing fails in both
 * languages, and a failed message leaves the state as it was. No number that could be returned would be right.
 */
export function brokenPrecondition(): never {
  const nothing = undefined as unknown as readonly number[];
  return nothing.length as never;
}

/** The natural with the lowest `count` limbs given; leading zeros are dropped. The array itself is not kept. */
export function fromLimbs(limbs: readonly number[], count: number): Natural {
  let length = count;
  while (length > 0 && limbs[length - 1] === 0) length -= 1;
  if (length <= 0) return ZERO;
  let result: readonly number[];
  if (length === 1) result = [limbs[0]!];
  else if (length === 2) result = [limbs[0]!, limbs[1]!];
  else if (length === 3) result = [limbs[0]!, limbs[1]!, limbs[2]!];
  else if (length === 4) result = [limbs[0]!, limbs[1]!, limbs[2]!, limbs[3]!];
  else if (length === 5) result = [limbs[0]!, limbs[1]!, limbs[2]!, limbs[3]!, limbs[4]!];
  else if (length === 6) result = [limbs[0]!, limbs[1]!, limbs[2]!, limbs[3]!, limbs[4]!, limbs[5]!];
  else if (length === 7)
    result = [limbs[0]!, limbs[1]!, limbs[2]!, limbs[3]!, limbs[4]!, limbs[5]!, limbs[6]!];
  else if (length === 8)
    result = [limbs[0]!, limbs[1]!, limbs[2]!, limbs[3]!, limbs[4]!, limbs[5]!, limbs[6]!, limbs[7]!];
  else {
    const grown: number[] = [];
    for (let i = 1; i <= length; i += 1) grown[i - 1] = limbs[i - 1]!;
    result = [...grown];
  }
  return result as Natural;
}

/** The natural equal to a whole number; 0 ≤ value < 2^53. */
export function natural(value: number): Natural {
  const high = quotient(value, LIMB);
  scratch[0] = value - high * LIMB;
  scratch[1] = high;
  return fromLimbs(scratch, 2);
}

/** The value as a number, or undefined from 2^53 on, where a double is no longer exact. */
export function toNumber(value: Natural): number | undefined {
  const length = value.length;
  if (length === 0) return 0;
  if (length === 1) return value[0]!;
  const high = value[1]!;
  if (length > 2 || high > 90 || (high === 90 && value[0]! >= 7_199_254_740_992)) return undefined;
  return high * LIMB + value[0]!;
}

/**
 * The natural that a canonical decimal (`0` or `[1-9][0-9]*`, any length) spells; undefined for any other text.
 */
export function parseNatural(text: string): Natural | undefined {
  if (text === "0") return ZERO;
  if (!isDigits(text) || text.slice(0, 1) === "0") return undefined;
  let count = 0;
  let end = text.length;
  while (end > LIMB_DIGITS) {
    scratch[count] = fromDigits(text.substring(end - LIMB_DIGITS, end));
    count += 1;
    end -= LIMB_DIGITS;
  }
  scratch[count] = fromDigits(text.substring(0, end));
  return fromLimbs(scratch, count + 1);
}

/** The canonical decimal: `0` or `[1-9][0-9]*`. */
export function formatNatural(value: Natural): string {
  const length = value.length;
  if (length === 0) return "0";
  let text = `${value[length - 1]!}`;
  for (let i = length - 1; i >= 1; i -= 1) text += `${LIMB + value[i - 1]!}`.slice(1);
  return text;
}

/** -1 when left < right, 0 when equal, 1 when left > right. */
export function compare(left: Natural, right: Natural): -1 | 0 | 1 {
  if (left === right) return 0;
  const length = left.length;
  const rightLength = right.length;
  if (length !== rightLength) return length < rightLength ? -1 : 1;
  for (let i = length; i >= 1; i -= 1) {
    const a = left[i - 1]!;
    const b = right[i - 1]!;
    if (a !== b) return a < b ? -1 : 1;
  }
  return 0;
}

/** The smaller of two; of equal ones the first. */
export function smaller(left: Natural, right: Natural): Natural {
  return compare(right, left) < 0 ? right : left;
}

/** The larger of two; of equal ones the first. */
export function larger(left: Natural, right: Natural): Natural {
  return compare(right, left) > 0 ? right : left;
}

export function isZero(value: Natural): boolean {
  return value.length === 0;
}

export function isEqual(left: Natural, right: Natural): boolean {
  return compare(left, right) === 0;
}

export function add(left: Natural, right: Natural): Natural {
  const length = left.length;
  const shorter = right.length;
  if (length < shorter) return add(right, left);
  if (shorter === 0) return left;
  let carry = 0;
  for (let i = 1; i <= shorter; i += 1) {
    const sum = left[i - 1]! + right[i - 1]! + carry;
    if (sum >= LIMB) {
      scratch[i - 1] = sum - LIMB;
      carry = 1;
    } else {
      scratch[i - 1] = sum;
      carry = 0;
    }
  }
  for (let i = shorter + 1; i <= length; i += 1) {
    const sum = left[i - 1]! + carry;
    if (sum === LIMB) {
      scratch[i - 1] = 0;
    } else {
      scratch[i - 1] = sum;
      carry = 0;
    }
  }
  scratch[length] = carry;
  return fromLimbs(scratch, length + 1);
}

/** left − right. Precondition: left ≥ right; compare first. A smaller left side ends the message. */
export function subtract(left: Natural, right: Natural): Natural {
  const length = left.length;
  const shorter = right.length;
  if (shorter === 0) return left;
  if (left === right) return ZERO;
  if (length < shorter) return brokenPrecondition();
  let borrow = 0;
  for (let i = 1; i <= shorter; i += 1) {
    const difference = left[i - 1]! - right[i - 1]! - borrow;
    if (difference < 0) {
      scratch[i - 1] = difference + LIMB;
      borrow = 1;
    } else {
      scratch[i - 1] = difference;
      borrow = 0;
    }
  }
  for (let i = shorter + 1; i <= length; i += 1) {
    const difference = left[i - 1]! - borrow;
    if (difference < 0) {
      scratch[i - 1] = difference + LIMB;
    } else {
      scratch[i - 1] = difference;
      borrow = 0;
    }
  }
  if (borrow !== 0) return brokenPrecondition();
  return fromLimbs(scratch, length);
}
