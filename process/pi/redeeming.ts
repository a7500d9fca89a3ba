/** The way out: the share of every asset, in every state, without a price. */
import { add, compare, isZero, type Natural, subtract } from "../math/natural.ts";
import { closeIfDone } from "./auctions.ts";
import { shrinkDiscovery } from "./discoveries.ts";
import { burnPi, shareDown, takeBacking } from "./shares.ts";
import type { Excess } from "./sessions.ts";
import type { Asset, IndexState } from "./state.ts";

/** What so much PI is of each asset, without those of which it is nothing. */
export function redemptionOf({ assets, supply }: IndexState, pi: Natural): readonly Excess[] {
  const parts: Excess[] = [];
  for (const asset of assets) {
    const quantity = shareDown(asset, pi, supply);
    if (!isZero(quantity)) parts.push({ asset, quantity });
  }
  return parts;
}

/** Takes the parts out of the basket and the PI out of the supply. Lots in open auctions shrink to what is left. */
export function redeem(state: IndexState, pi: Natural, parts: readonly Excess[]): void {
  for (const { asset, quantity } of parts) {
    takeBacking(asset, quantity);
    shrinkLots(state, asset);
  }
  burnPi(state, pi);
}

/** Open lots together are at most what there is. */
function shrinkLots(state: IndexState, asset: Asset): void {
  if (compare(asset.reserved, asset.backing) <= 0) return;
  let excess = subtract(asset.reserved, asset.backing);
  asset.reserved = asset.backing;
  for (const id of [...state.openAuctions]) {
    const auction = state.auctions[id - 1]!;
    if (auction.sell === asset.token) {
      const less = compare(excess, auction.left) < 0 ? excess : auction.left;
      auction.left = subtract(auction.left, less);
      auction.shrunk = add(auction.shrunk, less);
      excess = subtract(excess, less);
      closeIfDone(state, auction);
    }
  }
  shrinkDiscovery(state, asset.token, excess);
}
