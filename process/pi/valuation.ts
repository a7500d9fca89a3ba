/** What the basket is worth in AO, by prices that are fresh: for what is minted by value, and for rebalancing. Never for what is redeemed. */
import { multiplyDivideUp } from "../math/division.ts";
import { add, isZero, larger, type Natural, natural, ZERO } from "../math/natural.ts";
import { type Price, priceAmong, type PricePolicy, type Quote } from "../market/prices.ts";
import { unitPrice, valueDown, valueUp } from "../market/price.ts";
import { wholeOf } from "./shares.ts";
import type { Asset, IndexState } from "./state.ts";

/** A band widens to at most a fifth; after three lives a quote counts no more. */
const POLICY: PricePolicy = { widestBand: 2_000, lives: 3, fewest: 1 };
const PROVEN: PricePolicy = { ...POLICY, fewest: 2 };

/** An asset's price in AO; undefined when no source that counts is fresh enough. */
export function priceOf(asset: Asset, now: number): Price | undefined {
  if (asset.kind === "AO") {
    const one = unitPrice();
    return { price: one, low: one, high: one, age: 0 };
  }
  return priceAmong(asset.quotes, POLICY, now);
}

/**
 * The price at which an asset may be brought in. A launch's token needs two sources that agree: its launch's own price can be pumped by whoever is its
 * only delegator, and costs them nothing where the treasury is theirs.
 */
export function provenPriceOf(asset: Asset, now: number): Price | undefined {
  return asset.kind === "launch" ? priceAmong(asset.quotes, PROVEN, now) : priceOf(asset, now);
}

/** Whether a launch's token has left the basket and has no price any more: what is left of it waits to be sold in batches. */
export function isRetired(asset: Asset, now: number): boolean {
  return asset.kind === "launch" && !asset.listed && priceOf(asset, now) === undefined;
}

/**
 * An asset's price for those who come in. A retired token counts at most at the upper bound of its last price, and otherwise as nothing: else
 * every launch that has ended would keep everybody out until its last token is sold.
 */
export function entryPriceOf(asset: Asset, now: number): Price | undefined {
  const price = priceOf(asset, now);
  if (price !== undefined || asset.kind !== "launch" || asset.listed) return price;
  return { price: ZERO, low: ZERO, high: asset.ceiling, age: 0 };
}

/** A ceiling loses the part of itself that the time since it was last noted is of this, and at most half; milliseconds. */
const DESCENT = 7 * 86_400_000;
const HALF_DESCENT = 302_400_000;

/**
 * Notes the upper bounds of the prices that there are now, so many milliseconds after the last time. A ceiling comes down slowly, to a third in a week: who
 * crashes a price must hold it down for days to have a token for less, and who has pumped the last one there was makes it dear for weeks and not for ever.
 */
export function noteCeilings({ assets }: IndexState, elapsed: number, now: number): void {
  const left = natural(Math.max(HALF_DESCENT, DESCENT - elapsed));
  for (const asset of assets) {
    if (asset.kind === "launch") {
      const high = priceOf(asset, now)?.high ?? ZERO;
      asset.ceiling = larger(high, multiplyDivideUp(asset.ceiling, left, natural(DESCENT)));
    }
  }
}

/** What a token counts at that is left out of a deposit: the upper bound of its price, or its ceiling, if that is higher. Undefined without a price. */
export function leftOutPriceOf(asset: Asset, now: number): Natural | undefined {
  const price = entryPriceOf(asset, now);
  return price === undefined ? undefined : larger(price.high, asset.ceiling);
}

/** Whether a quote still counts, whatever it says. */
export function counts({ at, life }: Quote, now: number): boolean {
  return at > 0 && now - at <= life * POLICY.lives;
}

/** A value in AO, and what is certain of it: at the low and at the high bounds of all prices. */
export interface Value {
  readonly low: Natural;
  readonly middle: Natural;
  readonly high: Natural;
}

/**
 * What the holders have is worth, with what is on its way through pools; the asset that lacks it, when a price is missing. Of a retired token nothing
 * is certain, and the middle has nothing of it.
 */
export function valueOf(state: IndexState, now: number): Value | { readonly missing: string } {
  let low = ZERO;
  let middle = ZERO;
  let high = ZERO;
  for (const asset of state.assets) {
    const whole = wholeOf(state, asset);
    if (!isZero(whole)) {
      const price = entryPriceOf(asset, now);
      if (price === undefined) return { missing: asset.token };
      low = add(low, valueDown(whole, price.low));
      middle = add(middle, valueDown(whole, price.price));
      high = add(high, valueUp(whole, price.high));
    }
  }
  return { low, middle, high };
}
