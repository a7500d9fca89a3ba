/**
 * What the index may lose: to pools, which may keep what they are sent, and to bidders who pay in a token whose price one source alone tells. A leaky bucket
 * bounds both together; it must hold what is at risk at any time, and takes what is lost.
 */
import { bucketRoom, takeFromBucket } from "../market/bucket.ts";
import { valueUp } from "../market/price.ts";
import { add, compare, type Natural, smaller, subtract, ZERO } from "../math/natural.ts";
import type { IndexState } from "./state.ts";

/** What may still be put at risk, in AO, rounded down. */
export function roomForRisk(state: IndexState, now: number): Natural {
  const room = bucketRoom(state.slippage, state.caps.slippage, now);
  const risk = atRisk(state);
  return compare(room, risk) > 0 ? subtract(room, risk) : ZERO;
}

/** Books a loss. The bucket had room for it, unless its cap was lowered meanwhile. */
export function lose({ slippage, caps }: IndexState, quantity: Natural, now: number): void {
  const room = bucketRoom(slippage, caps.slippage, now);
  takeFromBucket(slippage, caps.slippage, smaller(quantity, room), now);
}

/** What swaps under way are worth, and what is left of lots that are sold for an unproven token. */
function atRisk({ swapping, swaps, openAuctions, auctions }: IndexState): Natural {
  let worth = ZERO;
  for (const pool of swapping) worth = add(worth, swaps[pool]!.worth);
  for (const id of openAuctions) {
    const { left, risk } = auctions[id - 1]!;
    worth = add(worth, valueUp(left, risk));
  }
  return worth;
}
