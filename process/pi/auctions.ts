/** Rebalancing by Dutch auctions: anyone may open one when it is due, and anyone may bid. */
import { add, compare, type Natural, ONE, subtract, ZERO } from "../math/natural.ts";
import { type Fill, dutchTerms, fill, isDust, isOver, phaseAt, priceAt, stepAt } from "../market/dutch.ts";
import { type Basket, basketOf, deficitOf, isDue, lotOf, type Position, surplusOf } from "../market/lot.ts";
import { quantityDown } from "../market/price.ts";
import { type Bounds, crossBounds, type Price } from "../market/prices.ts";
import { limits } from "../protocol/limits.ts";
import { type Refusal, refuse } from "../protocol/refusal.ts";
import { addBacking, assetOf, takeBacking } from "./shares.ts";
import type { Asset, IndexState } from "./state.ts";
import type { Auction } from "./trades.ts";
import { priceOf } from "./valuation.ts";

/** A third may be off by two points of the basket before it is rebalanced, and is within a quarter of one afterwards. */
export const BANDS = { trigger: 200, done: 25 };

/** An asset as rebalancing sees it: priced, without what is in lots already. */
export interface Holding extends Position {
  readonly asset: Asset;
  readonly bounds: Price;
}

/** The assets that have a price. One that has none is left as it is: the others are balanced among themselves. */
export function holdingsOf(state: IndexState, now: number): readonly Holding[] {
  const holdings: Holding[] = [];
  for (const asset of state.assets) {
    const bounds = priceOf(asset, now);
    if (bounds !== undefined) {
      const quantity = subtract(asset.backing, asset.reserved);
      const part = asset.listed ? asset.weight : 0;
      holdings.push({ asset, bounds, quantity, price: bounds.price, part });
    }
  }
  return holdings;
}

/**
 * Opens an auction of one asset for another. Refused: a token that is not in the basket or has no price, a pair that pauses, an asset that is in an open
 * auction on the other side or being sold already, too many auctions, nothing due.
 */
export function openAuction(state: IndexState, sell: string, buy: string, now: number): Auction | Refusal {
  closeFinished(state, now);
  const conflict = conflictOf(state, sell, buy, now);
  if (conflict !== undefined) return conflict;
  const holdings = holdingsOf(state, now);
  const sold = holdings.find(({ asset }) => asset.token === sell);
  const bought = holdings.find(({ asset }) => asset.token === buy);
  if (sold === undefined || bought === undefined)
    return refuse("no-price", "Both must be assets of the basket with a fresh price");
  const basket = basketOf(holdings);
  if (!isDue(sold, bought, basket, BANDS))
    return refuse(
      "not-due",
      "Nothing is due: the one must be above its target and the other below, one of them by more than the band",
    );
  const bounds = crossBounds(sold.bounds, bought.bounds);
  const lot = lotSize(state, sold, bought, basket, bounds);
  const { stepLength, steps, multiple } = state.parameters.auctions;
  const [steep, toBest, toWorst, flat] = steps;
  const settings = {
    best: bounds.high,
    worst: bounds.low,
    multiple,
    stepLength,
    steep,
    toBest,
    toWorst,
    flat,
  };
  const terms = dutchTerms(settings);
  if (terms === undefined || isDust(lot, bounds.low, ONE))
    return refuse("not-due", "What is due is too small to be sold");
  const auction: Auction = {
    ...{ id: state.auctions.length + 1, sell, buy, terms, begin: now, lot, left: lot },
    ...{ sold: ZERO, shrunk: ZERO, bought: ZERO, wanted: deficitOf(bought, basket), open: true },
  };
  state.auctions.push(auction);
  state.openAuctions.push(auction.id);
  sold.asset.reserved = add(sold.asset.reserved, lot);
  return auction;
}

function conflictOf(state: IndexState, sell: string, buy: string, now: number): Refusal | undefined {
  if (sell === buy) return refuse("invalid-pair", "Sell and Buy must be two assets");
  const until = state.pauses[`${sell}|${buy}`] ?? 0;
  if (until > now) return refuse("paused", `The pair pauses until ${until}, since a lot was sold at once`);
  if (state.openAuctions.length >= limits.openAuctions)
    return refuse("busy", `At most ${limits.openAuctions} auctions may be open at a time`);
  for (const id of state.openAuctions) {
    const other = state.auctions[id - 1]!;
    if (other.sell === sell || other.sell === buy || other.buy === sell)
      return refuse("busy", `Auction ${id} has one of these assets already`);
  }
  for (const id of state.openDiscoveries) {
    const other = state.discoveries[id - 1]!;
    if (other.sell === sell || other.sell === buy)
      return refuse("busy", `Batch auction ${id} sells one of these assets`);
  }
  return undefined;
}

function lotSize(state: IndexState, sold: Holding, bought: Holding, basket: Basket, bounds: Bounds): Natural {
  const largest = quantityDown(state.caps.lot, sold.bounds.high);
  return lotOf(surplusOf(sold, basket), largest, deficitOf(bought, basket), bounds.low);
}

/** The price that a bid pays now; undefined when the auction is closed, has not begun or is over. */
export function currentPrice(auction: Auction, now: number): Natural | undefined {
  const step = auction.open ? stepAt(auction.terms, auction.begin, now) : undefined;
  return step === undefined ? undefined : priceAt(auction.terms, step);
}

export const MOVED = "Prices have moved, or are gone: the auction's is not within their bounds now";

/** What is wanted, less what was paid and what swaps that are under way will bring at least. */
export function stillWanted({ swaps, swapping }: IndexState, { id, wanted, bought }: Auction): Natural {
  let expected = bought;
  for (const pool of swapping) {
    const { auction, leastOut } = swaps[pool]!;
    if (auction === id) expected = add(expected, leastOut);
  }
  return compare(wanted, expected) > 0 ? subtract(wanted, expected) : ZERO;
}

/** What a bid gets, or in words why nothing. The quote is the fill in the same state. */
export function quoteBid(
  state: IndexState,
  auction: Auction,
  payment: Natural,
  maxPrice: Natural | undefined,
  now: number,
): Fill | string {
  const price = currentPrice(auction, now);
  if (price === undefined) return "The auction is closed";
  if (isBelowBounds(state, auction, price, now)) return MOVED;
  const wanted = stillWanted(state, auction);
  return (
    fill(auction.left, payment, price, maxPrice ?? price, wanted) ??
    "The price is above X-Max-Price, or the payment buys nothing"
  );
}

/** Bounds only narrow: an auction never sells below what its prices would allow now, nor while there are none. */
export function isBelowBounds(state: IndexState, auction: Auction, price: Natural, now: number): boolean {
  const sold = priceOf(assetOf(state, auction.sell)!, now);
  const bought = priceOf(assetOf(state, auction.buy)!, now);
  if (sold === undefined || bought === undefined) return true;
  return compare(price, crossBounds(sold, bought).low) < 0;
}

/** Carries a fill out. One in the first phase means that a bound was wrong: the auction closes and the pair pauses. */
export function takeBid(state: IndexState, auction: Auction, { quantity, cost }: Fill, now: number): void {
  addBacking(assetOf(state, auction.buy)!, cost);
  takeLot(state, auction, quantity, cost);
  const step = stepAt(auction.terms, auction.begin, now)!;
  if (phaseAt(auction.terms, step) === "steep") {
    state.pauses[`${auction.sell}|${auction.buy}`] = now + state.parameters.auctions.pause;
    closeAuction(state, auction);
  }
  closeIfDone(state, auction);
}

/** Takes a part of the lot out of the basket: it is sold, or on its way to a pool. */
export function takeLot(state: IndexState, auction: Auction, quantity: Natural, bought: Natural): void {
  const sold = assetOf(state, auction.sell)!;
  takeBacking(sold, quantity);
  sold.reserved = subtract(sold.reserved, quantity);
  auction.left = subtract(auction.left, quantity);
  auction.sold = add(auction.sold, quantity);
  auction.bought = add(auction.bought, bought);
}

/** Closes an auction of which too little is left, or that has bought what was wanted. */
export function closeIfDone(state: IndexState, auction: Auction): void {
  if (!auction.open) return;
  const done = compare(auction.bought, auction.wanted) >= 0;
  if (done || isDust(auction.left, auction.terms.worst, ONE)) closeAuction(state, auction);
}

/** Closes the auctions whose time is over. */
export function closeFinished(state: IndexState, now: number): void {
  for (const id of [...state.openAuctions]) {
    const auction = state.auctions[id - 1]!;
    if (isOver(auction.terms, auction.begin, now)) closeAuction(state, auction);
  }
}

function closeAuction(state: IndexState, auction: Auction): void {
  const sold = assetOf(state, auction.sell)!;
  sold.reserved = subtract(sold.reserved, auction.left);
  auction.open = false;
  state.openAuctions = state.openAuctions.filter((id) => id !== auction.id);
}
