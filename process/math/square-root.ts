/** The square root of a natural, rounded down. */
import { divide, divideSmall } from "./division.ts";
import { power10 } from "./multiplication.ts";
import { add, compare, formatNatural, isZero, type Natural, ZERO } from "./natural.ts";
import { quotient } from "./integer.ts";

/**
 * The greatest natural whose square is at most the value. Newton's method from above: each step is at least the root,
 * and less than the one before until the root is reached. It starts within a factor of ten of it, so that three or four
 * steps come near and each further one doubles the digits.
 */
export function squareRootDown(value: Natural): Natural {
  if (isZero(value)) return ZERO;
  let root = power10(quotient(formatNatural(value).length + 1, 2));
  let next = step(value, root);
  while (compare(next, root) < 0) {
    root = next;
    next = step(value, root);
  }
  return root;
}

/** The mean of a guess and of what it must be multiplied with. */
function step(value: Natural, guess: Natural): Natural {
  return divideSmall(add(guess, divide(value, guess).quotient), 2).quotient;
}
