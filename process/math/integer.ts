/**
 * Whole numbers that fit a double exactly (below 2^53), and a 64-bit Lua integer. Both functions are compiled to one
 * Lua operation (`module/intrinsics.mjs`); the bodies below are what runs under Node.
 */

/** The dividend divided by the divisor, rounded down; both whole, 0 ≤ dividend < 2^53, 0 < divisor. */
export function quotient(dividend: number, divisor: number): number {
  return (dividend - (dividend % divisor)) / divisor;
}

/** The number that a string of 1 to 15 decimal digits spells. */
export function fromDigits(digits: string): number {
  return +digits;
}
