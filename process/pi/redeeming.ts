/** The way out: the share of every asset, in every state, without a price. */
import { divide } from "../math/division.ts";
import { multiply } from "../math/multiplication.ts";
import { add, compare, isZero, type Natural, subtract, ZERO } from "../math/natural.ts";
import { closeIfDone } from "./auctions.ts";
import { assetOf, burnPi, shareDown, takeBacking } from "./shares.ts";
import type { Excess } from "./sessions.ts";
import type { IndexState } from "./state.ts";
import type { Auction, Discovery } from "./trades.ts";

/** What so much PI is of each asset, without those of which it is nothing. */
export function redemptionOf({ assets, supply }: IndexState, pi: Natural): readonly Excess[] {
  const parts: Excess[] = [];
  for (const asset of assets) {
    const quantity = shareDown(asset, pi, supply);
    if (!isZero(quantity)) parts.push({ asset, quantity });
  }
  return parts;
}

/**
 * Takes the parts out of the basket and the PI out of the supply. Lots in open auctions, and what they are to bring,
 * shrink as the basket does, so that they stay what rebalances it.
 */
export function redeem(state: IndexState, pi: Natural, parts: readonly Excess[]): void {
  const left = subtract(state.supply, pi);
  for (const id of [...state.openAuctions]) shrinkAuction(state, state.auctions[id - 1]!, left);
  for (const id of state.openDiscoveries) shrinkDiscovery(state, state.discoveries[id - 1]!, left);
  for (const { asset, quantity } of parts) takeBacking(asset, quantity);
  burnPi(state, pi);
}

/** To the part that stays, rounded down. */
function shrinkAuction(state: IndexState, auction: Auction, stays: Natural): void {
  const left = partDown(auction.left, stays, state.supply);
  const less = subtract(auction.left, left);
  const sold = assetOf(state, auction.sell)!;
  sold.reserved = subtract(sold.reserved, less);
  auction.left = left;
  auction.shrunk = add(auction.shrunk, less);
  const missing =
    compare(auction.wanted, auction.bought) > 0 ? subtract(auction.wanted, auction.bought) : ZERO;
  auction.wanted = add(auction.bought, partDown(missing, stays, state.supply));
  closeIfDone(state, auction);
}

function shrinkDiscovery(state: IndexState, discovery: Discovery, stays: Natural): void {
  const { batch } = discovery;
  if (batch.clearing !== undefined) return;
  const lot = partDown(batch.lot, stays, state.supply);
  const sold = assetOf(state, discovery.sell)!;
  sold.reserved = subtract(sold.reserved, subtract(batch.lot, lot));
  discovery.batch = { ...batch, lot };
}

function partDown(amount: Natural, part: Natural, whole: Natural): Natural {
  return divide(multiply(amount, part), whole).quotient;
}
