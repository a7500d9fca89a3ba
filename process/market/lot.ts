/**
 * What an index has too much and too little of, and how much of the one it sells for the other. Each asset has a part:
 * AO and AR one third (10000), a fair launch token its weight in basis points of the third one. Its target is the
 * basket's value · part / all parts, so that without launches the other two are halves. Comparisons are exact.
 *
 * A band is given in basis points of the basket for a whole third, and shrinks with the part: two points of the basket
 * would let a token with a fortieth of a third run from nothing to the double. While every token keeps within its own band,
 * their class keeps within its. A part of zero, of a token that is to be sold down, has no band.
 */
import { multiply } from "../math/multiplication.ts";
import { multiplyDivideDown, multiplyDivideUp } from "../math/division.ts";
import { add, compare, type Natural, natural, subtract, ZERO } from "../math/natural.ts";
import { ALL_POINTS } from "./basis-points.ts";
import { quantityDown, valueDown, valueUp } from "./price.ts";

/** The part of one class. */
export const CLASS_PART = ALL_POINTS;

const CLASS = natural(CLASS_PART);
const ALL = natural(ALL_POINTS);

/** An asset that the index has, or should have. */
export interface Position {
  /** What is free to be sold, and counts: held, less reserved, less owed. */
  readonly quantity: Natural;
  /** In AO, above zero. */
  readonly price: Natural;
  /** Out of the parts of all: 0 to 10000. */
  readonly part: number;
}

/** The positions added up. */
export interface Basket {
  /** In AO; each position rounded down. */
  readonly value: Natural;
  readonly parts: number;
}

/** How far a third may be off, in basis points of the basket. */
export interface Bands {
  /** From where on it is rebalanced. */
  readonly trigger: number;
  /** Up to where it is, less than the trigger. */
  readonly done: number;
}

/**
 * The basket of positions. One without a price can't be among them: the others are then balanced among themselves. At
 * most `limits.basketNames` and the other two.
 */
export function basketOf(positions: readonly Position[]): Basket {
  let value = ZERO;
  let parts = 0;
  for (const position of positions) {
    value = add(value, valueDown(position.quantity, position.price));
    parts += position.part;
  }
  return { value, parts };
}

/** The side on which a position is more than a band off its target; undefined within it, and in a basket of nothing. */
export function sideOf(position: Position, basket: Basket, band: number): "above" | "below" | undefined {
  if (basket.parts === 0) return undefined;
  // value · parts against basket · part · (1 ± band · parts / 10^8), times 10^8: both sides whole.
  const scale = multiply(ALL, CLASS);
  const width = natural(band * basket.parts);
  const target = multiply(basket.value, natural(position.part));
  const value = multiply(
    multiply(valueDown(position.quantity, position.price), natural(basket.parts)),
    scale,
  );
  if (compare(value, multiply(target, add(scale, width))) > 0) return "above";
  // A band as wide as the target itself: nothing is below it.
  if (compare(scale, width) <= 0) return undefined;
  return compare(value, multiply(target, subtract(scale, width))) < 0 ? "below" : undefined;
}

/**
 * Whether an auction of the one for the other is due: both are off their targets, and one of them beyond the trigger. What has no
 * part is sold down to the end: for anything that is below its target at all, or the last of it would stay for ever.
 */
export function isDue(sold: Position, bought: Position, basket: Basket, bands: Bands): boolean {
  const { trigger, done } = bands;
  if (sold.part === 0) return sideOf(sold, basket, 0) === "above" && sideOf(bought, basket, 0) === "below";
  if (sideOf(sold, basket, done) !== "above" || sideOf(bought, basket, done) !== "below") return false;
  return sideOf(sold, basket, trigger) === "above" || sideOf(bought, basket, trigger) === "below";
}

/**
 * How much of a position is above its target, in the asset's smallest units: its value rounded down, less the target
 * rounded up, at its price, rounded down. Selling that never leaves less than the target.
 */
export function surplusOf(position: Position, basket: Basket): Natural {
  if (basket.parts === 0) return ZERO;
  const target = multiplyDivideUp(basket.value, natural(position.part), natural(basket.parts));
  const value = valueDown(position.quantity, position.price);
  return compare(value, target) > 0 ? quantityDown(subtract(value, target), position.price) : ZERO;
}

/** How much of a position is missing: the target rounded down, less its value rounded up, at its price, rounded down. */
export function deficitOf(position: Position, basket: Basket): Natural {
  if (basket.parts === 0) return ZERO;
  const target = multiplyDivideDown(basket.value, natural(position.part), natural(basket.parts));
  const value = valueUp(position.quantity, position.price);
  return compare(value, target) < 0 ? quantityDown(subtract(target, value), position.price) : ZERO;
}

/**
 * The lot: the surplus, at most the largest lot, and at most what brings in the deficit at the worst price (of a unit of the lot,
 * in what is bought; above zero), rounded down. At a better price the deficit is reached before the lot is sold: `fill`
 * takes what is still wanted (AU2).
 */
export function lotOf(surplus: Natural, largest: Natural, deficit: Natural, worst: Natural): Natural {
  const needed = quantityDown(deficit, worst);
  const lot = compare(surplus, largest) < 0 ? surplus : largest;
  return compare(lot, needed) < 0 ? lot : needed;
}
