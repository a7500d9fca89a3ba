/** What the index should say, by plain BigInt from its books before a step: prices, shares, fills. */
import { hour, one } from "./index-subject.ts";

export interface Bounds {
  readonly price: bigint;
  readonly low: bigint;
  readonly high: bigint;
}

export interface Quoted {
  readonly price: bigint;
  readonly at: number;
}

/**
 * The bounds of one feed's word: a hundred basis points for an hour, then wider in proportion, none after three. What a batch has
 * cleared at within three days moves the price half of the way, and within the bounds.
 */
export function boundsAt(quoted: Quoted, now: number, cleared?: Quoted): Bounds | undefined {
  const bounds = boundsOf(quoted, now);
  if (bounds === undefined || cleared === undefined || now - cleared.at > 72 * hour) return bounds;
  const { low, high } = bounds;
  const middle = (bounds.price + cleared.price) / 2n;
  return { low, high, price: middle < low ? low : middle > high ? high : middle };
}

function boundsOf({ price, at }: Quoted, now: number): Bounds | undefined {
  const age = now - at;
  if (price === 0n || age > 3 * hour) return undefined;
  const widened = age <= hour ? 100n : up(100n * BigInt(age), BigInt(hour));
  const band = widened > 2_000n ? 2_000n : widened;
  const low = (price * (10_000n - band)) / 10_000n;
  return low === 0n ? undefined : { price, low, high: up(price * (10_000n + band), 10_000n) };
}

export function up(dividend: bigint, divisor: bigint): bigint {
  return (dividend + divisor - 1n) / divisor;
}

export function worthDown(quantity: bigint, price: bigint): bigint {
  return (quantity * price) / one;
}

export function worthUp(quantity: bigint, price: bigint): bigint {
  return up(quantity * price, one);
}

/** The price of what is sold in what is paid: its lowest and its highest. */
export function crossOf(sold: Bounds, paid: Bounds): { readonly worst: bigint; readonly best: bigint } {
  return { worst: (sold.low * one) / paid.high, best: up(sold.high * one, paid.low) };
}

export interface Terms {
  readonly begin: number;
  readonly best: bigint;
  readonly worst: bigint;
}

/** Of the default parameters: steps of a minute, 12 steep ones from three times the best, 20, 30 and 10 more. */
export const STEPS = { steep: 12, toBest: 20, toWorst: 30, flat: 10 } as const;
const ALL_STEPS = 72;

export function stepOf({ begin }: Terms, now: number): number | undefined {
  const step = Math.floor((now - begin) / 60_000);
  return step < ALL_STEPS ? step : undefined;
}

/** The least and the most that the price of a step may be: they are one in all phases but the first. */
export function priceWithin({ best, worst }: Terms, step: number): readonly [bigint, bigint] {
  const { steep, toBest, toWorst } = STEPS;
  const shoulder = up(best * 15_000n, 10_000n);
  if (step < steep) {
    if (step === 0) return [3n * best, 3n * best];
    // 3 · 2^(-step/12), to a millionth.
    const falling = BigInt(Math.round(3 * 2 ** (-step / steep) * 1e9));
    return [
      atLeast((best * (falling - 1_000n)) / 10n ** 9n, shoulder),
      (best * (falling + 1_000n)) / 10n ** 9n + 2n,
    ];
  }
  const fallen = (from: bigint, to: bigint, at: number, steps: number) =>
    to + up((from - to) * BigInt(steps - at), BigInt(steps));
  let price = worst;
  if (step < steep + toBest) price = fallen(shoulder, best, step - steep, toBest);
  else if (step < steep + toBest + toWorst) price = fallen(best, worst, step - steep - toBest, toWorst);
  return [price, price];
}

function atLeast(value: bigint, least: bigint): bigint {
  return value < least ? least : value;
}

/** Adds up what happened within a stretch of time before now. */
export class Past {
  readonly #events: { readonly at: number; readonly quantity: bigint }[] = [];

  add(at: number, quantity: bigint): void {
    this.#events.push({ at, quantity });
  }

  sum(now: number, length: number): bigint {
    return this.#events.reduce((sum, { at, quantity }) => (at > now - length ? sum + quantity : sum), 0n);
  }
}
