/** Rebalancing by Dutch auctions: anyone may open one when it is due, and anyone may bid. */
import { multiply } from "../math/multiplication.ts";
import {
  add,
  compare,
  formatNatural,
  isZero,
  type Natural,
  natural,
  ONE,
  smaller,
  subtract,
  ZERO,
} from "../math/natural.ts";
import {
  type Fill,
  dutchTerms,
  fill,
  isDust,
  isOver,
  leastEarlyUp,
  phaseAt,
  priceAt,
  stepAt,
} from "../market/dutch.ts";
import { basketOf, deficitOf, isDue, lotOf, type Position, surplusOf } from "../market/lot.ts";
import { quantityDown, valueUp } from "../market/price.ts";
import { crossBounds, type Price } from "../market/prices.ts";
import { limits } from "../protocol/limits.ts";
import { type Refusal, refuse } from "../protocol/refusal.ts";
import { lose, roomForRisk } from "./losses.ts";
import { addBacking, assetOf, takeBacking } from "./shares.ts";
import type { Asset, IndexState } from "./state.ts";
import type { Auction } from "./trades.ts";
import { priceOf, provenPriceOf } from "./valuation.ts";

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
  const risk = provenPriceOf(bought.asset, now) === undefined ? sold.bounds.price : ZERO;
  const largest = largestLot(state, sold.bounds, risk, now);
  const lot = lotOf(surplusOf(sold, basket), largest, deficitOf(bought, basket), bounds.low);
  const { stepLength, steps, multiple, factor } = state.parameters.auctions;
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
  const terms = dutchTerms(settings, factor);
  if (terms === undefined || isDust(lot, bounds.low, ONE))
    return refuse("not-due", "What is due is too small to be sold, or more than may be put at risk today");
  const auction: Auction = {
    ...{ id: state.auctions.length + 1, sell, buy, terms, begin: now, risk, lot, left: lot },
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

/** What is worth the cap of a lot, and no more than may be put at risk where what is bought has one source. */
function largestLot(state: IndexState, sold: Price, risk: Natural, now: number): Natural {
  const capped = quantityDown(state.caps.lot, sold.high);
  if (isZero(risk)) return capped;
  return smaller(capped, quantityDown(roomForRisk(state, now), risk));
}

/** The price that a bid pays now; undefined when the auction is closed, has not begun or is over. */
export function currentPrice(auction: Auction, now: number): Natural | undefined {
  const step = auction.open ? stepAt(auction.terms, auction.begin, now) : undefined;
  return step === undefined ? undefined : priceAt(auction.terms, step);
}

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
  const reason = whyNotAt(state, auction, price, now);
  if (reason !== undefined) return reason;
  const wanted = stillWanted(state, auction);
  const filled = fill(auction.left, payment, price, maxPrice ?? price, wanted);
  if (filled === undefined) return "The price is above X-Max-Price, or the payment buys nothing";
  const least = leastQuantity(state, auction, now);
  if (compare(filled.quantity, least) < 0)
    return `In the first phase a bid must buy at least ${formatNatural(least)}, since it pauses the pair`;
  return filled;
}

/** The least that a bid buys now: a tenth of the lot in the first phase, where it closes the auction and pauses the pair. */
export function leastQuantity(state: IndexState, auction: Auction, now: number): Natural {
  const { terms, begin, left } = auction;
  const step = stepAt(terms, begin, now);
  if (step === undefined || phaseAt(terms, step) !== "steep") return ONE;
  return leastEarlyUp(left, stillWanted(state, auction), priceAt(terms, step));
}

/** Bounds only narrow: an auction never sells below what its prices would allow now, nor without any. In words why it does not sell. */
export function whyNotAt(
  state: IndexState,
  auction: Auction,
  price: Natural,
  now: number,
): string | undefined {
  const sold = priceOf(assetOf(state, auction.sell)!, now);
  const bought = priceOf(assetOf(state, auction.buy)!, now);
  if (sold === undefined || bought === undefined) return "There is no fresh price for both assets";
  return compare(price, crossBounds(sold, bought).low) < 0
    ? "Prices have moved: the auction's is below their bounds now"
    : undefined;
}

/** Carries a fill out. One in the first phase means that a bound was wrong: the auction closes and the pair pauses. */
export function takeBid(state: IndexState, auction: Auction, { quantity, cost }: Fill, now: number): void {
  addBacking(assetOf(state, auction.buy)!, cost);
  takeLot(state, auction, quantity, cost);
  if (!isZero(auction.risk)) lose(state, valueUp(quantity, auction.risk), now);
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

/** The part of a lot below which the rest of it is not worth an open auction, in which nothing else can be sold. */
const DUST = natural(10_000);

/** Closes an auction of which too little is left, or can still be sold for what is wanted: less than a ten-thousandth of the lot, or nothing. */
export function closeIfDone(state: IndexState, auction: Auction): void {
  const { open, left, lot, bought, wanted, terms } = auction;
  if (!open) return;
  const missing = compare(wanted, bought) > 0 ? subtract(wanted, bought) : ZERO;
  const rest = smaller(left, quantityDown(missing, terms.worst));
  if (compare(multiply(rest, DUST), lot) < 0 || isDust(rest, terms.worst, ONE)) closeAuction(state, auction);
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
