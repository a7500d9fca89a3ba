/** Fractions in basis points: 10000 are the whole. */
import { multiplyDivideDown, multiplyDivideUp } from "../math/division.ts";
import { type Natural, natural } from "../math/natural.ts";

export const ALL_POINTS = 10_000;

const ALL = natural(ALL_POINTS);

/** value · points / 10000, rounded down; points whole, ≥ 0, more than 10000 for a multiple. */
export function pointsDown(value: Natural, points: number): Natural {
  return multiplyDivideDown(value, natural(points), ALL);
}

/** The same, rounded up. */
export function pointsUp(value: Natural, points: number): Natural {
  return multiplyDivideUp(value, natural(points), ALL);
}
