/** Bids: for the lot of a Dutch auction, and in a batch. */
import { formatNatural, type Natural, parseNatural } from "../../math/natural.ts";
import type { Credit } from "../../payouts/refund.ts";
import { pay } from "../../payouts/till.ts";
import type { Effect, Message, TagPair } from "../../protocol/message.ts";
import { isRefusal } from "../../protocol/refusal.ts";
import { tagOf, wholeTag } from "../../protocol/tags.ts";
import { quoteBid, takeBid } from "../auctions.ts";
import { bidInBatch, settleDiscovery } from "../discoveries.ts";
import { assetOf } from "../shares.ts";
import type { Asset, IndexState } from "../state.ts";
import type { Discovery } from "../trades.ts";
import { returnTo } from "./paying.ts";

/** Digits of a price: an amount has 38, and there are 30 places. */
const PRICE_DIGITS = 68;

/**
 * Takes as much of X-Auction's lot as the payment buys at its price now, which must be at most X-Max-Price; the rest goes
 * back.
 */
export function bidForLot(
  state: IndexState,
  message: Message,
  asset: Asset,
  { sender, quantity }: Credit,
): readonly Effect[] {
  const { now } = message;
  const back = (amount: Natural, reason: string): readonly Effect[] =>
    returnTo(asset, sender, amount, reason, [], now);
  const id = wholeTag(message, "X-Auction");
  const auction = id === undefined || isRefusal(id) ? undefined : state.auctions[id - 1];
  if (auction === undefined) return back(quantity, "X-Auction names no auction");
  if (auction.buy !== asset.token) return back(quantity, "The auction is paid in another asset");
  const maxPrice = priceTag(message, "X-Max-Price");
  if (maxPrice === "malformed") return back(quantity, "X-Max-Price must be a price: digits only");
  const fill = quoteBid(state, auction, quantity, maxPrice, now);
  if (typeof fill === "string") return back(quantity, fill);
  const sold = assetOf(state, auction.sell)!;
  takeBid(state, auction, fill, now);
  const tags: readonly TagPair[] = [
    ["X-Action", "Bid-Filled"],
    ["X-Auction", `${auction.id}`],
    ["X-Cost", formatNatural(fill.cost)],
  ];
  return [
    ...pay(sold.till, { recipient: sender, quantity: fill.quantity, tags }, now),
    ...back(fill.refund, "More than the bid cost"),
  ];
}

/** A bid in a batch auction: X-Auction, and X-Limit-Price, the most that it pays. What it displaces goes back. */
export function bidInDiscovery(
  state: IndexState,
  message: Message,
  asset: Asset,
  { sender, quantity }: Credit,
): readonly Effect[] {
  const { now } = message;
  const back = (reason: string): readonly Effect[] => returnTo(asset, sender, quantity, reason, [], now);
  const id = wholeTag(message, "X-Auction");
  const discovery = id === undefined || isRefusal(id) ? undefined : state.discoveries[id - 1];
  if (discovery === undefined) return back("X-Auction names no batch auction");
  if (asset.kind !== "AO") return back("Batch auctions are paid in AO");
  const limit = priceTag(message, "X-Limit-Price");
  if (limit === undefined || limit === "malformed") return back("X-Limit-Price must be a price: digits only");
  const placed = bidInBatch(state, discovery, sender, quantity, limit, now);
  if (isRefusal(placed)) return back(placed.text);
  const { displaced } = placed;
  if (displaced === undefined) return [];
  return returnTo(asset, displaced.bidder, displaced.payment, "A higher bid took its place", [], now);
}

/** Settles the next page of a batch auction that is over: tokens and refunds to its bidders. */
export function settleBids(state: IndexState, discovery: Discovery, now: number): readonly Effect[] {
  const sold = assetOf(state, discovery.sell)!;
  const tags: readonly TagPair[] = [["X-Auction", `${discovery.id}`]];
  const filled: readonly TagPair[] = [["X-Action", "Batch-Bid-Filled"], ...tags];
  const effects: Effect[] = [];
  for (const { bid, quantity, refund } of settleDiscovery(state, discovery, now)) {
    effects.push(...pay(sold.till, { recipient: bid.bidder, quantity, tags: filled }, now));
    effects.push(...returnTo(state.assets[0]!, bid.bidder, refund, "More than the bid cost", tags, now));
  }
  return effects;
}

function priceTag(message: Message, name: string): Natural | undefined | "malformed" {
  const text = tagOf(message, name);
  if (text === undefined) return undefined;
  if (isRefusal(text) || text.length > PRICE_DIGITS) return "malformed";
  return parseNatural(text) ?? "malformed";
}
