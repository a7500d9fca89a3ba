/** Price discovery: a token that has no fresh price is sold in a batch, at one price for all. */
import { add, compare, isZero, type Natural, ONE, smaller, subtract, ZERO } from "../math/natural.ts";
import { pointsDown, pointsUp } from "../market/basis-points.ts";
import { quantityDown } from "../market/price.ts";
import {
  clearBatch,
  isSettled,
  openBatch,
  placeBid,
  type Placed,
  settlePage,
  type Settlement,
} from "../market/batch.ts";
import { limits } from "../protocol/limits.ts";
import { isRefusal, type Refusal, refuse } from "../protocol/refusal.ts";
import { addBacking, assetOf, takeBacking } from "./shares.ts";
import { readAuction } from "./readings.ts";
import { counts, priceOf } from "./valuation.ts";
import type { Asset, IndexState } from "./state.ts";
import type { Discovery } from "./trades.ts";

/** Of the backing, in basis points, that is sold to find a price; and of the last known price what is asked at least. */
const LOT_POINTS = 100;
const RESERVE_POINTS = 5_000;
/** Of a token that is sold down: the part of the largest lot that a batch is worth at most. */
const SELL_DOWN_POINTS = 1_000;
/** How often a reserve is halved at most: afterwards it stays as it is. */
const MOST_UNSOLD = 64;
/** How long bids are taken, and how long the price found is fresh; milliseconds. */
const LENGTH = 3_600_000;
const PRICE_LIFE = 86_400_000;
const PRICE_BAND = 2_000;

/** Opens a batch auction of a token for AO. Refused: it has a fresh price, it never had one, nothing is free, one is open already. */
export function openDiscovery(state: IndexState, token: string, now: number): Discovery | Refusal {
  const asset = assetOf(state, token);
  if (asset === undefined || asset.kind !== "launch")
    return refuse("unknown-asset", "Sell must be a fair launch token of the basket");
  if (priceOf(asset, now) !== undefined) return refuse("not-due", "The token has a fresh price");
  if (asset.listed && asset.quotes.some((quote) => quote.kind !== "auction" && counts(quote, now)))
    return refuse("not-due", "Sources contradict each other: one of them was moved, and not the price");
  if (
    state.openDiscoveries.some((id) => state.discoveries[id - 1]!.sell === token) ||
    isInAuction(state, token)
  )
    return refuse("busy", "The token is in an open auction already");
  const reserve = reserveOf(asset, now);
  const lot = lotOf(state, asset);
  if (isZero(reserve) || isZero(lot))
    return refuse("not-due", "There is no earlier price to begin from, or too little of the token");
  const batch = openBatch(lot, reserve, ONE, limits.batchBids)!;
  const id = state.discoveries.length + 1;
  const discovery = { id, sell: token, ends: now + LENGTH, batch, open: true };
  state.discoveries.push(discovery);
  state.openDiscoveries.push(id);
  asset.reserved = add(asset.reserved, lot);
  return discovery;
}

/** A hundredth to find a price; of a token that has left the basket all, or what is worth a tenth of the largest lot. */
function lotOf({ caps }: IndexState, { backing, reserved, listed, ceiling }: Asset): Natural {
  const free = subtract(backing, reserved);
  if (listed || isZero(ceiling)) return pointsDown(free, LOT_POINTS);
  const most = quantityDown(pointsDown(caps.lot, SELL_DOWN_POINTS), ceiling);
  return smaller(free, most);
}

/** Half of the last price; of a token that has left the basket half as much again for each batch that nobody wanted. */
function reserveOf(asset: Asset, now: number): Natural {
  let reserve = pointsDown(lastPrice(asset, now), RESERVE_POINTS);
  if (!asset.listed) for (let i = 0; i < asset.unsold; i++) reserve = pointsUp(reserve, RESERVE_POINTS);
  return reserve;
}

/** Takes a bid of AO in. Refused: it is over, or the batch has no place for it. */
export function bidInBatch(
  state: IndexState,
  discovery: Discovery,
  bidder: string,
  payment: Natural,
  limit: Natural,
  now: number,
): Placed | Refusal {
  if (!discovery.open || now >= discovery.ends) return refuse("auction-closed", "The auction is closed");
  const placed = placeBid(discovery.batch, bidder, payment, limit);
  if (isRefusal(placed)) return placed;
  const ao = state.assets[0]!;
  ao.escrow = add(ao.escrow, payment);
  if (placed.displaced !== undefined) ao.escrow = subtract(ao.escrow, placed.displaced.payment);
  return placed;
}

/** Clears an auction that is over and settles its next bids. What is due to each bidder is the caller's to pay. */
export function settleDiscovery(state: IndexState, discovery: Discovery, now: number): readonly Settlement[] {
  if (!discovery.open || now < discovery.ends) return [];
  const { batch } = discovery;
  const ao = state.assets[0]!;
  const asset = assetOf(state, discovery.sell)!;
  // A lot that shrank to nothing has no price: everything goes back.
  if (isZero(batch.lot)) batch.clearing ??= { price: batch.reserve, whole: 0, rationed: [] };
  if (clearBatch(batch)) {
    // From here on the lot is the bidders': no redemption takes a part of it.
    takeBacking(asset, batch.lot);
    asset.reserved = subtract(asset.reserved, batch.lot);
    asset.escrow = add(asset.escrow, batch.lot);
  }
  const page = settlePage(batch);
  for (const { bid, quantity, cost } of page) {
    ao.escrow = subtract(ao.escrow, bid.payment);
    addBacking(ao, cost);
    asset.escrow = subtract(asset.escrow, quantity);
  }
  if (isSettled(batch)) end(state, discovery, asset, now);
  return page;
}

function end(state: IndexState, discovery: Discovery, asset: Asset, now: number): void {
  const { batch } = discovery;
  const unsold = subtract(batch.lot, batch.sold);
  asset.escrow = subtract(asset.escrow, unsold);
  addBacking(asset, unsold);
  discovery.open = false;
  state.openDiscoveries = state.openDiscoveries.filter((id) => id !== discovery.id);
  if (!asset.listed)
    asset.unsold = isZero(batch.sold)
      ? Math.min(asset.unsold + 1, MOST_UNSOLD)
      : Math.max(asset.unsold - 1, 0);
  const { price } = batch.clearing!;
  if (!isZero(batch.sold)) readAuction(asset, price, PRICE_LIFE, PRICE_BAND, now);
  // Every auction is kept, but not its book, which anybody could fill in each.
  discovery.batch = { ...batch, bids: [], clearing: { price, whole: 0, rationed: [] } };
}

function isInAuction({ auctions, openAuctions }: IndexState, token: string): boolean {
  return openAuctions.some((id) => auctions[id - 1]!.sell === token || auctions[id - 1]!.buy === token);
}

/**
 * The last price that any source has told, however old. Where sources contradict each other, the highest of those that still count: whoever moves one
 * of them begins no batch at its price. Never what a batch cleared at, or each could halve the next one's reserve.
 */
function lastPrice({ quotes }: Asset, now: number): Natural {
  let last = ZERO;
  let highest = ZERO;
  let at = 0;
  for (const quote of quotes) {
    if (quote.kind !== "auction") {
      if (quote.at > at) {
        last = quote.price;
        at = quote.at;
      }
      if (counts(quote, now) && compare(quote.price, highest) > 0) highest = quote.price;
    }
  }
  return isZero(highest) ? last : highest;
}
