/** Auctions, price discovery and swaps: opened by anyone when they are due, shown to everyone. */
import { formatDecimalExact } from "../../math/decimal.ts";
import { quotient } from "../../math/integer.ts";
import { formatNatural, natural, subtract } from "../../math/natural.ts";
import { hasRoom, openPayout, transferOf } from "../../payouts/payouts.ts";
import { endOf, stepAt, stepsOf } from "../../market/dutch.ts";
import { PRICE_PLACES } from "../../market/price.ts";
import { jsonObject, jsonString } from "../../protocol/json-text.ts";
import type { Message, Outcome, TagPair } from "../../protocol/message.ts";
import { collectPage, pageJson, pageRequest } from "../../protocol/page.ts";
import { isRefusal, type Refusal, refuse } from "../../protocol/refusal.ts";
import { reply } from "../../protocol/reply.ts";
import { addressTag, quantityTag, requiredTag, wholeTag } from "../../protocol/tags.ts";
import { currentPrice, leastQuantity, openAuction } from "../auctions.ts";
import { openDiscovery } from "../discoveries.ts";
import { assetOf } from "../shares.ts";
import type { IndexState } from "../state.ts";
import { beginSwap } from "../swaps.ts";
import type { Auction, Discovery } from "../trades.ts";

/** Opens an auction of the asset Sell for the asset Buy, when it is due. */
export function open(state: IndexState, message: Message): Outcome {
  const pair = readPair(message);
  if (isRefusal(pair)) return pair;
  const auction = openAuction(state, pair.sell, pair.buy, message.now);
  if (isRefusal(auction)) return auction;
  return [reply(message, "Open-Auction-Response", auctionTags(state, auction, message.now))];
}

/** Opens a batch auction of the token Sell for AO, when it has no fresh price. */
export function openBatchAuction(state: IndexState, message: Message): Outcome {
  const sell = requiredTag(message, "Sell");
  if (isRefusal(sell)) return sell;
  const discovery = openDiscovery(state, sell, message.now);
  if (isRefusal(discovery)) return discovery;
  return [reply(message, "Open-Batch-Auction-Response", discoveryTags(state, discovery))];
}

/** Sends a part of an auction's lot to a pool, where that pays at least what the auction asks now. */
export function swapOnPool(state: IndexState, message: Message): Outcome {
  const id = wholeTag(message, "Auction");
  if (isRefusal(id)) return id;
  const pool = addressTag(message, "Pool");
  if (isRefusal(pool)) return pool;
  const quantity = quantityTag(message, "Quantity");
  if (isRefusal(quantity)) return quantity;
  const auction = state.auctions[(id ?? 0) - 1];
  if (auction === undefined) return refuse("unknown-auction", "Auction names no auction");
  const sold = assetOf(state, auction.sell);
  if (sold === undefined) return refuse("no-swap", "The auction is closed");
  const { payouts } = sold.till;
  if (!hasRoom(payouts)) return refuse("busy", "Too many payouts are under way; try again later");
  const swap = beginSwap(state, auction, pool, quantity, message.now);
  if (typeof swap === "string") return refuse("no-swap", swap);
  const tags: readonly TagPair[] = [
    ["X-Action", "Swap"],
    ["X-Expected-Min-Output", formatNatural(swap.leastOut)],
    ["X-Swap", `${swap.number}`],
  ];
  const request = { owner: state.parameters.id, notify: "", recipient: pool, quantity, tags };
  const answer: readonly TagPair[] = [
    ["Auction", `${auction.id}`],
    ["Min-Output", formatNatural(swap.leastOut)],
  ];
  return [
    reply(message, "Swap-On-Pool-Response", answer),
    transferOf(payouts, openPayout(payouts, request, message.now)),
  ];
}

/** A Dutch auction as it is now: Auction-Id. */
export function getAuction(state: IndexState, message: Message): Outcome {
  const id = wholeTag(message, "Auction-Id");
  if (isRefusal(id)) return id;
  const auction = state.auctions[(id ?? 0) - 1];
  if (auction === undefined) return refuse("unknown-auction", "Auction-Id names no auction");
  const tags = auctionTags(state, auction, message.now);
  return [reply(message, "Get-Auction-Response", tags)];
}

/** A batch auction as it is now: Auction-Id. */
export function getBatchAuction(state: IndexState, message: Message): Outcome {
  const id = wholeTag(message, "Auction-Id");
  if (isRefusal(id)) return id;
  const discovery = state.discoveries[(id ?? 0) - 1];
  if (discovery === undefined) return refuse("unknown-auction", "Auction-Id names no batch auction");
  return [reply(message, "Get-Batch-Auction-Response", discoveryTags(state, discovery))];
}

/** All Dutch auctions, the oldest first, each with the tags of `Get-Auction`. */
export function getAuctions(state: IndexState, message: Message): Outcome {
  return pageOf(message, state.auctions, (auction) => auctionTags(state, auction, message.now));
}

/** All batch auctions, the oldest first, each with the tags of `Get-Batch-Auction`. */
export function getBatchAuctions(state: IndexState, message: Message): Outcome {
  return pageOf(message, state.discoveries, (discovery) => discoveryTags(state, discovery));
}

function pageOf<Item>(
  message: Message,
  items: readonly Item[],
  tagsIn: (item: Item) => readonly TagPair[],
): Outcome {
  const request = pageRequest(message);
  if (isRefusal(request)) return request;
  const page = collectPage(request, items.length, items.length, (position) =>
    jsonObject(tagsIn(items[position]!).map(([name, text]) => [name, jsonString(text)] as const)),
  );
  return [reply(message, `${message.action}-Response`, [], pageJson(request, page))];
}

/** Names as on the live index, prices times 10^30; and what has been sold and paid. */
export function auctionTags(state: IndexState, auction: Auction, now: number): readonly TagPair[] {
  const { terms, begin } = auction;
  const { stepLength } = terms;
  const end = endOf(terms, begin);
  const step = stepAt(terms, begin, now);
  const price = currentPrice(auction, now);
  return [
    ["Auction-Id", `${auction.id}`],
    ["Auction-Type", "Dutch"],
    ["Dutch-Starting-Price", formatNatural(terms.start)],
    ["Dutch-Best-Price", formatNatural(terms.best)],
    ["Dutch-Min-Price", formatNatural(terms.worst)],
    ["Dutch-Current-Price", price === undefined ? "" : formatNatural(price)],
    ["Dutch-Decrement-Amount-Per-Tick", decrement(auction, step, now)],
    ["Dutch-Tick-Interval-Minutes", minutes(stepLength)],
    ["Dutch-Tick-Count", `${step ?? (now < begin ? 0 : stepsOf(terms))}`],
    ["Dutch-Total-Ticks", `${stepsOf(terms)}`],
    ["Duration-Minutes", minutes(end - begin)],
    ["Price-Places", `${PRICE_PLACES}`],
    ["Auctioned-Asset-Id", auction.sell],
    ["Auctioned-Asset-Ticker", tickerOf(state, auction.sell)],
    ["Auctioned-Amount", formatNatural(auction.lot)],
    ["Amount-Left", formatNatural(auction.left)],
    ["Amount-Least", price === undefined ? "" : formatNatural(leastQuantity(state, auction, now))],
    ["Amount-Sold", formatNatural(auction.sold)],
    ["Amount-Withdrawn", formatNatural(auction.shrunk)],
    ["Payment-Asset-Id", auction.buy],
    ["Payment-Asset-Ticker", tickerOf(state, auction.buy)],
    ["Payment-Wanted", formatNatural(auction.wanted)],
    ["Payment-Received", formatNatural(auction.bought)],
    ["Starts-At-Timestamp", `${begin}`],
    ["Ends-At-Timestamp", `${end}`],
    ["Status", price === undefined ? "Closed" : "Open"],
  ];
}

function discoveryTags(
  state: IndexState,
  { id, sell, ends, batch, open: isOpen }: Discovery,
): readonly TagPair[] {
  const { clearing } = batch;
  return [
    ["Auction-Id", `${id}`],
    ["Auction-Type", "Batch"],
    ["Price-Places", `${PRICE_PLACES}`],
    ["Reserve-Price", formatNatural(batch.reserve)],
    ["Clearing-Price", clearing === undefined ? "" : formatNatural(clearing.price)],
    ["Auctioned-Asset-Id", sell],
    ["Auctioned-Asset-Ticker", tickerOf(state, sell)],
    ["Auctioned-Amount", formatNatural(batch.lot)],
    ["Amount-Sold", formatNatural(batch.sold)],
    ["Payment-Asset-Id", state.parameters.ao],
    ["Payment-Received", formatNatural(batch.raised)],
    ["Payment-Least", formatNatural(batch.leastPayment)],
    ["Bids", `${isOpen ? batch.bids.length : batch.settled}`],
    ["Bids-Settled", `${batch.settled}`],
    ["Ends-At-Timestamp", `${ends}`],
    ["Status", isOpen ? (clearing === undefined ? "Open" : "Settling") : "Closed"],
  ];
}

/** How much lower the next step's price is. */
function decrement(auction: Auction, step: number | undefined, now: number): string {
  const price = currentPrice(auction, now);
  const next = currentPrice(auction, now + auction.terms.stepLength);
  if (step === undefined || price === undefined || next === undefined) return "0";
  return formatNatural(subtract(price, next));
}

function tickerOf(state: IndexState, token: string): string {
  return assetOf(state, token)?.ticker ?? "";
}

/** Minutes with at most three places, rounded down. */
function minutes(milliseconds: number): string {
  return formatDecimalExact(natural(quotient(milliseconds, 60)), 3);
}

function readPair(message: Message): { readonly sell: string; readonly buy: string } | Refusal {
  const sell = requiredTag(message, "Sell");
  if (isRefusal(sell)) return sell;
  const buy = requiredTag(message, "Buy");
  if (isRefusal(buy)) return buy;
  return { sell, buy };
}
