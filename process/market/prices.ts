/**
 * One price from the quotes of several sources. Each quote has an age and a band. The price is the median of those that
 * still count, its bounds are the median's band. Bounds are limits for auctions and swaps; a price that can't be had
 * safely is no price.
 *
 * A finished auction confirms and never decides: without another source there is no price, it moves the price within
 * the bounds of the others only, and the bounds not at all. Two sources that contradict each other give no price, since
 * nobody can say which of them was moved.
 */
import { divideSmall } from "../math/division.ts";
import { quotient } from "../math/integer.ts";
import { add, brokenPrecondition, compare, isZero, type Natural } from "../math/natural.ts";
import { limits } from "../protocol/limits.ts";
import { ALL_POINTS, pointsDown, pointsUp } from "./basis-points.ts";
import { crossDown, crossUp } from "./price.ts";

/** What one source says. A caller gives each source once. */
export interface Quote {
  /** A launch's own AO per token; a pool's mean price; what an auction cleared at; somebody who is trusted with it. */
  readonly kind: "launch" | "pool" | "auction" | "feed";
  readonly price: Natural;
  /** When the source was read; milliseconds. */
  readonly at: number;
  /** How long it is fresh; milliseconds. */
  readonly life: number;
  /** How far the true price may be off while it is fresh; basis points, 1 to 9999. */
  readonly band: number;
}

/** Which quotes count, and how much. */
export interface PricePolicy {
  /** What a band widens to at most; basis points below 10000. A quote whose band is wider to begin with keeps it. */
  readonly widestBand: number;
  /** After how many of its lives a quote counts no more; whole, ≥ 1. */
  readonly lives: number;
  /** How many sources other than auctions there must be; whole, ≥ 1. */
  readonly fewest: number;
}

export interface Bounds {
  readonly low: Natural;
  readonly high: Natural;
}

/** low ≤ price ≤ high; age is that of the oldest quote that gave the bounds, in milliseconds. */
export interface Price extends Bounds {
  readonly price: Natural;
  readonly age: number;
}

/**
 * The price at a time, or undefined where there is none. The mean of two middle quotes is rounded down, bounds are
 * rounded outwards. More quotes than `limits.priceSources` end the message.
 */
export function priceAmong(quotes: readonly Quote[], policy: PricePolicy, now: number): Price | undefined {
  if (quotes.length > limits.priceSources) return brokenPrecondition();
  const all: Price[] = [];
  const others: Price[] = [];
  for (const quote of quotes) {
    const counted = countedAt(quote, policy, now);
    if (counted !== undefined) {
      insert(all, counted);
      if (quote.kind !== "auction") insert(others, counted);
    }
  }
  if (others.length === 0 || others.length < policy.fewest || contradict(others)) return undefined;
  const bounds = medianOf(others);
  const confirmed = medianOf(all).price;
  return { ...bounds, price: atMost(atLeast(confirmed, bounds.low), bounds.high) };
}

/** A quote's price with its band as it is now; undefined when it counts no more, or never made sense. */
function countedAt(quote: Quote, policy: PricePolicy, now: number): Price | undefined {
  const { at, life, price } = quote;
  const age = now - at;
  if (isZero(price) || at <= 0 || age < 0 || life <= 0) return undefined;
  if (quote.band < 1 || quote.band >= ALL_POINTS || age > life * policy.lives) return undefined;
  const band = bandAt(quote, policy.widestBand, age);
  const low = pointsDown(price, ALL_POINTS - band);
  // A bound of zero is none: what is paid for is priced by dividing by it.
  if (isZero(low)) return undefined;
  return { price, low, high: pointsUp(price, ALL_POINTS + band), age };
}

/** The band of a quote: as given up to its life, and afterwards band · age / life, rounded up, up to the widest. */
export function bandAt(quote: Quote, widest: number, age: number): number {
  const { band, life } = quote;
  if (age <= life || band >= widest) return band;
  // Whole lives apart from the rest of one, so that no product passes 2^53.
  const whole = quotient(age, life);
  const widened = band * whole + quotient(band * (age - whole * life) + life - 1, life);
  return Math.min(widened, widest);
}

/** Puts a price in order; equal ones by their bounds and age, so that the order of the quotes never shows. */
function insert(sorted: Price[], price: Price): void {
  let position = sorted.length;
  sorted.push(price);
  while (position > 0 && isBefore(price, sorted[position - 1]!)) {
    sorted[position] = sorted[position - 1]!;
    position -= 1;
  }
  sorted[position] = price;
}

function isBefore(a: Price, b: Price): boolean {
  const byPrice = compare(a.price, b.price);
  if (byPrice !== 0) return byPrice < 0;
  // With equal prices, equal low ends have equal high ends: both are as far off, rounded up.
  const byLow = compare(a.low, b.low);
  if (byLow !== 0) return byLow < 0;
  return a.age > b.age;
}

/** Whether there are only two, and one lies outside of the other's band. */
function contradict(sorted: readonly Price[]): boolean {
  if (sorted.length !== 2) return false;
  const [lower, upper] = [sorted[0]!, sorted[1]!];
  return !isWithin(lower, upper.price) || !isWithin(upper, lower.price);
}

/** The middle one; of an even number the mean of the two, and the outer bounds of both. */
function medianOf(sorted: readonly Price[]): Price {
  const lower = sorted[quotient(sorted.length - 1, 2)]!;
  const upper = sorted[quotient(sorted.length, 2)]!;
  return {
    price: divideSmall(add(lower.price, upper.price), 2).quotient,
    low: atMost(lower.low, upper.low),
    high: atLeast(lower.high, upper.high),
    age: Math.max(lower.age, upper.age),
  };
}

/**
 * The bounds of what is sold in terms of what is paid, from the bounds of both in a third asset; rounded outwards. What
 * is paid must have a low bound above zero.
 */
export function crossBounds(sold: Bounds, paid: Bounds): Bounds {
  return { low: crossDown(sold.low, paid.high), high: crossUp(sold.high, paid.low) };
}

/** What lies in both (AU7: bounds only narrow); undefined when nothing does. */
export function narrowed(bounds: Bounds, others: Bounds): Bounds | undefined {
  const low = atLeast(bounds.low, others.low);
  const high = atMost(bounds.high, others.high);
  return compare(low, high) > 0 ? undefined : { low, high };
}

/** Whether a price keeps within bounds; both ends belong to them. */
export function isWithin(bounds: Bounds, price: Natural): boolean {
  return compare(price, bounds.low) >= 0 && compare(price, bounds.high) <= 0;
}

function atLeast(value: Natural, least: Natural): Natural {
  return compare(value, least) < 0 ? least : value;
}

function atMost(value: Natural, most: Natural): Natural {
  return compare(value, most) > 0 ? most : value;
}
