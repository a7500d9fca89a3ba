/**
 * A Dutch auction: the price of a lot falls in whole steps, and the first who takes it gets it. Four phases:
 *
 *     steep       from multiple · best to 1.5 · best, each step the same fraction of the one before
 *     to best     from 1.5 · best to best, each step lower by the same amount
 *     to worst    from best to worst, likewise
 *     flat        worst
 *
 * A phase begins at its own first price and stops one step before the next one's. Every price is rounded up. It is a
 * pure function of terms and step, and never rises (AU1): docs/auctions.md.
 */
import { divideSmall, dropLimbs, multiplyDivideUp } from "../math/division.ts";
import { quotient } from "../math/integer.ts";
import { multiply, power10 } from "../math/multiplication.ts";
import { add, compare, isZero, type Natural, natural, ONE, smaller, subtract } from "../math/natural.ts";
import { limits } from "../protocol/limits.ts";
import { pointsUp } from "./basis-points.ts";
import { quantityDown, valueDown, valueUp } from "./price.ts";

/** What the steep phase falls to, in basis points of the best price. */
const SHOULDER = 15_000;
/** What it may begin at. */
const HIGHEST_MULTIPLE = 1_000_000;

/** Decimal places of the factor by which each step of the steep phase falls, and of its powers: three limbs. */
const FACTOR_PLACES = 18;
const POWER_PLACES = 42;
const POWER_LIMBS = 3;

export type Phase = "steep" | "to-best" | "to-worst" | "flat";

/** What an auction is made from. */
export interface DutchSettings {
  /** Prices of a unit of the lot, in what is paid; 0 < worst ≤ best. */
  readonly best: Natural;
  readonly worst: Natural;
  /** The price that it starts at, in basis points of the best: 15000 to 1000000. */
  readonly multiple: number;
  /** Milliseconds of a step, ≥ 1. */
  readonly stepLength: number;
  /** Steps of each phase, ≥ 1 each, and together at most `limits.auctionSteps`. */
  readonly steep: number;
  readonly toBest: number;
  readonly toWorst: number;
  readonly flat: number;
}

/** The terms of an auction: plain data, made by `dutchTerms`, and never changed. */
export interface DutchTerms extends DutchSettings {
  /** The first price, and the one that the steep phase falls to. */
  readonly start: Natural;
  readonly shoulder: Natural;
  /** What each step of the steep phase multiplies by, times 10^18. */
  readonly factor: Natural;
}

/**
 * The terms that settings come to; undefined where they make no sense. The factor depends on multiple and steep alone, and is dear: who opens many
 * auctions keeps it.
 */
export function dutchTerms(settings: DutchSettings, factor?: Natural): DutchTerms | undefined {
  const { best, worst, multiple, stepLength, steep, toBest, toWorst, flat } = settings;
  if (isZero(worst) || compare(worst, best) > 0) return undefined;
  if (multiple < SHOULDER || multiple > HIGHEST_MULTIPLE || stepLength < 1) return undefined;
  if (steep < 1 || toBest < 1 || toWorst < 1 || flat < 1) return undefined;
  if (steep + toBest + toWorst + flat > limits.auctionSteps) return undefined;
  return {
    ...settings,
    start: pointsUp(best, multiple),
    shoulder: pointsUp(best, SHOULDER),
    factor: factor ?? steepFactorUp(multiple, steep),
  };
}

/** All steps of an auction. */
export function stepsOf(terms: DutchTerms): number {
  return terms.steep + terms.toBest + terms.toWorst + terms.flat;
}

/** When an auction is over, in milliseconds: the first moment that is no step. */
export function endOf(terms: DutchTerms, begin: number): number {
  return begin + stepsOf(terms) * terms.stepLength;
}

/**
 * The step at a time, counted from 0; undefined before the beginning, from the end on, and where no beginning is set
 * (0), which is neither (AU4).
 */
export function stepAt(terms: DutchTerms, begin: number, now: number): number | undefined {
  if (begin <= 0 || now < begin || now >= endOf(terms, begin)) return undefined;
  return quotient(now - begin, terms.stepLength);
}

/** Whether an auction has begun and is over; one without a beginning (0) is not. */
export function isOver(terms: DutchTerms, begin: number, now: number): boolean {
  return begin > 0 && now >= endOf(terms, begin);
}

/** The phase of a step; one past the end is flat. */
export function phaseAt(terms: DutchTerms, step: number): Phase {
  if (step < terms.steep) return "steep";
  if (step < terms.steep + terms.toBest) return "to-best";
  return step < terms.steep + terms.toBest + terms.toWorst ? "to-worst" : "flat";
}

/** The price at a step (whole, ≥ 0), rounded up. */
export function priceAt(terms: DutchTerms, step: number): Natural {
  const { best, worst, start, shoulder, steep, toBest, toWorst } = terms;
  const phase = phaseAt(terms, step);
  if (phase === "steep") {
    // Not below the shoulder, as the factor's power of all steps is not.
    return multiplyDivideUp(start, powerDown(terms.factor, step), power10(POWER_PLACES));
  }
  if (phase === "to-best") return fallenUp(shoulder, best, step - steep, toBest);
  if (phase === "to-worst") return fallenUp(best, worst, step - steep - toBest, toWorst);
  return worst;
}

/** from − (from − to) · step / steps, rounded up. */
function fallenUp(from: Natural, to: Natural, step: number, steps: number): Natural {
  return add(to, multiplyDivideUp(subtract(from, to), natural(steps - step), natural(steps)));
}

/**
 * The smallest factor, in units of 10^-18, whose power `steps` does not fall below shoulder / start. Found by halving,
 * once an auction: sixty powers.
 */
export function steepFactorUp(multiple: number, steps: number): Natural {
  const target = multiplyDivideUp(natural(SHOULDER), power10(POWER_PLACES), natural(multiple));
  // low is too small, high is not.
  let low = natural(0);
  let high = power10(FACTOR_PLACES);
  while (compare(add(low, ONE), high) < 0) {
    const middle = divideSmall(add(low, high), 2).quotient;
    if (compare(powerDown(middle, steps), target) < 0) low = middle;
    else high = middle;
  }
  return high;
}

/** (factor / 10^18)^exponent · 10^42 by squaring, each product rounded down; 0 ≤ exponent ≤ 10000. */
function powerDown(factor: Natural, exponent: number): Natural {
  let square = multiply(factor, power10(POWER_PLACES - FACTOR_PLACES));
  let power = power10(POWER_PLACES);
  let rest = exponent;
  while (rest > 0) {
    const half = quotient(rest, 2);
    if (rest > half * 2) power = dropLimbs(multiply(power, square), POWER_LIMBS);
    if (half > 0) square = dropLimbs(multiply(square, square), POWER_LIMBS);
    rest = half;
  }
  return power;
}

/** What a bid takes of a lot, what it pays, and what goes back. */
export interface Fill {
  readonly quantity: Natural;
  /** quantity · price, rounded up. */
  readonly cost: Natural;
  /** payment − cost. */
  readonly refund: Natural;
}

/**
 * Fills a bid: what its payment buys at the price, rounded down, up to what is left of the lot, and for no more than is
 * wanted of the payment's asset (AU2). Undefined when nothing is sold: the price is above the bidder's limit, the payment
 * buys less than a unit, or nothing is left.
 */
export function fill(
  left: Natural,
  payment: Natural,
  price: Natural,
  maxPrice: Natural,
  wanted = payment,
): Fill | undefined {
  if (isZero(price) || compare(price, maxPrice) > 0) return undefined;
  const affordable = quantityDown(compare(payment, wanted) < 0 ? payment : wanted, price);
  const quantity = compare(affordable, left) < 0 ? affordable : left;
  if (isZero(quantity)) return undefined;
  const cost = valueUp(quantity, price);
  return { quantity, cost, refund: subtract(payment, cost) };
}

/** The part of what is left that a bid in the steep phase takes at least. */
const EARLY_PART = natural(10);

/**
 * The least that a bid in the steep phase takes. There a fill says that a bound was wrong, and has consequences; a bid of one unit
 * would say so for nothing. A tenth of what is left, rounded up, or all that can be sold now where that is less.
 */
export function leastEarlyUp(left: Natural, wanted: Natural, price: Natural): Natural {
  const tenth = multiplyDivideUp(left, ONE, EARLY_PART);
  return smaller(tenth, quantityDown(wanted, price));
}

/**
 * Whether what is left of a lot is too small to be sold, so that it closes (AU6): it would bring less than `leastCost`.
 * Asked at the worst price the answer depends on the lot alone, and not on when somebody asks.
 */
export function isDust(left: Natural, price: Natural, leastCost: Natural): boolean {
  return isZero(left) || compare(valueDown(left, price), leastCost) < 0;
}
