/** Public liquidity: a part of an open auction's lot on a pool, where that pays more than the auction asks now. */
import { add, compare, isEqual, isZero, type Natural, subtract, ZERO } from "../math/natural.ts";
import { valueDown, valueUp } from "../market/price.ts";
import { limits } from "../protocol/limits.ts";
import { closeIfDone, currentPrice, stillWanted, takeLot, whyNotAt } from "./auctions.ts";
import { lose, roomForRisk } from "./losses.ts";
import { addBacking, assetOf } from "./shares.ts";
import type { IndexState } from "./state.ts";
import type { Auction, Swap } from "./trades.ts";
import { priceOf } from "./valuation.ts";

/** Why a swap can't be sent, in words; or the swap, whose quantity has left the lot. */
export function beginSwap(
  state: IndexState,
  auction: Auction,
  pool: string,
  quantity: Natural,
  now: number,
): Swap | string {
  const price = currentPrice(auction, now);
  if (price === undefined) return "The auction is closed";
  const reason = whyNotAt(state, auction, price, now);
  if (reason !== undefined) return reason;
  if (!isPoolOf(state, pool, auction))
    return "Pool must be a price source of the asset that the auction trades for AO";
  if (state.swaps[pool] !== undefined) return "A swap on this pool is under way";
  if (isZero(quantity) || compare(quantity, auction.left) > 0)
    return "Quantity must be a part of what is left of the lot";
  const [sold, bought] = [assetOf(state, auction.sell)!, assetOf(state, auction.buy)!];
  const [soldPrice, boughtPrice] = [priceOf(sold, now)!, priceOf(bought, now)!];
  const worth = valueUp(quantity, soldPrice.price);
  // At least what a bidder would pay now: else the auction is the better way.
  const leastOut = valueUp(quantity, price);
  if (compare(leastOut, stillWanted(state, auction)) > 0)
    return "Quantity would bring more than is still wanted";
  // All of it may be lost: a pool may keep it, or its answer may not come. What is at risk in the lot already is so no more.
  const room = add(roomForRisk(state, now), valueUp(quantity, auction.risk));
  if (compare(worth, room) > 0) return "It is worth more than what today's bucket still holds";
  state.swapsSent += 1;
  const swap: Swap = {
    number: state.swapsSent,
    ...{ auction: auction.id, pool, sell: auction.sell, buy: auction.buy, quantity, leastOut },
    ...{ worth, buyPrice: boughtPrice.price, deadline: now + limits.payoutPatience },
  };
  takeLot(state, auction, quantity, ZERO);
  state.swaps[pool] = swap;
  state.swapping.push(pool);
  return swap;
}

/** What was bought has come: what it is worth less than what was sent goes into the bucket. */
export function finishSwap(state: IndexState, swap: Swap, quantity: Natural, now: number): void {
  const auction = state.auctions[swap.auction - 1]!;
  addBacking(assetOf(state, swap.buy)!, quantity);
  auction.bought = add(auction.bought, quantity);
  closeIfDone(state, auction);
  const loss = lossDown(swap.worth, valueDown(quantity, swap.buyPrice));
  lose(state, loss, now);
  endSwap(state, swap);
}

/** What was sent has come back: it is the holders' again, and withdrawn from the lot. */
export function undoSwap(state: IndexState, swap: Swap, quantity: Natural): void {
  const auction = state.auctions[swap.auction - 1]!;
  const back = compare(quantity, swap.quantity) < 0 ? quantity : swap.quantity;
  addBacking(assetOf(state, swap.sell)!, quantity);
  auction.sold = subtract(auction.sold, back);
  auction.shrunk = add(auction.shrunk, back);
  endSwap(state, swap);
}

/** The token has refused to send what was to be swapped: the caller has put it back. */
export function cancelSwap(state: IndexState, pool: string, quantity: Natural): void {
  const swap = state.swaps[pool];
  if (swap !== undefined && isEqual(swap.quantity, quantity)) endSwap(state, swap);
}

/** The swap that a pool has under way. A pool that gives its number back says so of which: an answer that is late is not the next one's. */
export function swapOf({ swaps }: IndexState, pool: string, number: string | undefined): Swap | undefined {
  const swap = swaps[pool];
  return number === undefined || number === `${swap?.number}` ? swap : undefined;
}

/** Forgets swaps that were never answered, so that the pool can be used again; what still comes is counted as the holders'. */
export function forgetOverdue(state: IndexState, now: number): void {
  for (const pool of [...state.swapping]) {
    const swap = state.swaps[pool]!;
    if (swap.deadline <= now) {
      // Nobody knows what came of it: for the bucket all of it was lost.
      lose(state, swap.worth, now);
      endSwap(state, swap);
    }
  }
}

/** Whether a process is a pool among the price sources. */
export function isPool({ parameters }: IndexState, process: string): boolean {
  return parameters.sources.some((source) => source.kind === "pool" && source.process === process);
}

/** Whether a pool swaps the one asset for the other: it is a source of the one in AO, and the other is AO. */
function isPoolOf({ parameters }: IndexState, pool: string, { sell, buy }: Auction): boolean {
  const { ao, sources } = parameters;
  return sources.some(
    ({ kind, process, token }) =>
      kind === "pool" &&
      process === pool &&
      ((token === sell && buy === ao) || (token === buy && sell === ao)),
  );
}

function lossDown(worth: Natural, got: Natural): Natural {
  return compare(worth, got) > 0 ? subtract(worth, got) : ZERO;
}

function endSwap(state: IndexState, { pool }: Swap): void {
  delete state.swaps[pool];
  state.swapping = state.swapping.filter((other) => other !== pool);
}
