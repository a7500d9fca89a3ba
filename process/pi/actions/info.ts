/** What the index is: parameters with their bounds, figures, the basket against its targets. */
import type { Published } from "../../host/process.ts";
import { formatDecimalExact } from "../../math/decimal.ts";
import { divide } from "../../math/division.ts";
import { multiply, power10 } from "../../math/multiplication.ts";
import { formatNatural, isZero, type Natural, natural } from "../../math/natural.ts";
import { bucketRoom } from "../../market/bucket.ts";
import { basketOf, type Basket } from "../../market/lot.ts";
import { PRICE_PLACES, valueDown } from "../../market/price.ts";
import { type Figure, figureTags } from "../../protocol/figures.ts";
import { jsonArray, jsonObject, jsonString } from "../../protocol/json-text.ts";
import { limits } from "../../protocol/limits.ts";
import type { Message, Outcome, TagPair } from "../../protocol/message.ts";
import { collectPage, pageRequest } from "../../protocol/page.ts";
import { isRefusal } from "../../protocol/refusal.ts";
import { reply } from "../../protocol/reply.ts";
import { BANDS, holdingsOf } from "../auctions.ts";
import { accountedFor, heldOf } from "../books.ts";
import { bookBalance, committed } from "../../payouts/till.ts";
import { BOUND_TAGS } from "../parameters.ts";
import type { Asset, IndexState } from "../state.ts";
import { priceOf, valueOf } from "../valuation.ts";

/** Places of a share. */
const SHARE_PLACES = 6;

/** Every parameter, bound and figure; supply by the index's own book. */
export function info(state: IndexState, message: Message): Outcome {
  return [reply(message, "Info-Response", [...parameterTags(state), ...figureTags(figures(state))])];
}

export function publish(state: IndexState, first: boolean): Published {
  const changing = figures(state);
  return { figures: first ? [...parameterTags(state), ...changing] : changing, maps: [] };
}

function parameterTags({ parameters }: IndexState): readonly TagPair[] {
  const { auctions, launchPrice } = parameters;
  const sources = parameters.sources.map(({ token, kind, process, life, band }) =>
    jsonObject([
      ["token", jsonString(token)],
      ["kind", jsonString(kind)],
      ["process", jsonString(process)],
      ["life", `${life}`],
      ["band", `${band}`],
    ]),
  );
  return [
    ["Name", "PI index"],
    ["PI-Token-Process", parameters.token],
    ["AO-Token", parameters.ao],
    ["AR-Token", parameters.ar],
    ["Ledgers", jsonArray(parameters.ledgers.map((ledger) => jsonString(ledger)))],
    ["Numbered-Tokens", jsonArray(parameters.numbered.map((token) => jsonString(token)))],
    ["Flp-Factory", parameters.factory],
    ["Guardian", parameters.guardian],
    ["Bootstrap-Multiplier", formatDecimalExact(parameters.bootstrapMultiplier, 18)],
    ["Bootstrap-Until", `${parameters.bootstrapUntil}`],
    ["Fee-Bps", `${parameters.fee}`],
    ["Session-Patience", `${parameters.sessionPatience}`],
    ["Sources", jsonArray(sources)],
    ["Launch-Price-Life", `${launchPrice.life}`],
    ["Launch-Price-Band", `${launchPrice.band}`],
    ["Trigger-Bps", `${BANDS.trigger}`],
    ["Done-Bps", `${BANDS.done}`],
    ["Step-Milliseconds", `${auctions.stepLength}`],
    ["Steep-Steps", `${auctions.steps[0]}`],
    ["To-Best-Steps", `${auctions.steps[1]}`],
    ["To-Worst-Steps", `${auctions.steps[2]}`],
    ["Flat-Steps", `${auctions.steps[3]}`],
    ["Start-Multiple-Bps", `${auctions.multiple}`],
    ["Pair-Pause", `${auctions.pause}`],
    ["Fan-Out", `${parameters.fanOut}`],
    ["Most-Launches", `${limits.baskets}`],
    ["Most-Sessions", `${limits.sessions}`],
    ["Most-Auctions", `${limits.openAuctions}`],
    ...BOUND_TAGS,
  ];
}

function figures(state: IndexState): readonly Figure[] {
  const { pi, caps, contributions } = state;
  return [
    ["Supply", state.supply],
    ["Minted", state.minted],
    ["Minted-Confirmed", state.confirmed],
    ["Owed-Pi", pi.owed],
    ["Pending-Pi", pi.payouts.pending],
    ["Assets", state.assets.length],
    ["Yield-Waiting", state.assets[0]!.waiting],
    ["Paused-Until", state.pausedUntil],
    ["Hour-Cap", caps.hour],
    ["Lot-Cap", caps.lot],
    ["Slippage-Cap", caps.slippage],
    ["Sessions", state.line.size],
    ["Sessions-Without-Legs", state.openings.size],
    ["Auctions", state.auctions.length],
    ["Open-Auctions", state.openAuctions.length],
    ["Open-Batch-Auctions", state.openDiscoveries.length],
    ["Round", contributions.round],
    ["Round-Phase", contributions.phase],
    ["Yield-Cycle", contributions.cycle],
    ["Distribution-Tick", state.history.length],
    ["Delegators", contributions.delegators.register.size],
    ["Last-Error", state.lastError === "" ? "none" : state.lastError],
  ];
}

/**
 * `{supply, value, assets}`: value in AO, "" where a price is missing; of each asset what is held, how much of it is in lots
 * or owed, its price (AO for a smallest unit, times 10^30), the price's age, its share of the value and its target as fractions ("" without a price: the others are balanced among themselves); and both sides of its books.
 */
export function getHoldings(state: IndexState, message: Message): Outcome {
  const { now } = message;
  const basket = basketOf(
    holdingsOf(state, now).map((holding) => ({ ...holding, quantity: holding.asset.backing })),
  );
  const value = valueOf(state, now);
  const data = jsonObject([
    ["supply", jsonString(formatNatural(state.supply))],
    ["value", jsonString("missing" in value ? "" : formatNatural(value.middle))],
    ["valueLow", jsonString("missing" in value ? "" : formatNatural(value.low))],
    ["valueHigh", jsonString("missing" in value ? "" : formatNatural(value.high))],
    ["pricePlaces", `${PRICE_PLACES}`],
    ["slippageRoom", jsonString(formatNatural(bucketRoom(state.slippage, state.caps.slippage, now)))],
    ["assets", jsonArray(state.assets.map((asset) => assetJson(asset, basket, now)))],
  ]);
  return [reply(message, "Get-Holdings-Response", [], data)];
}

function assetJson(asset: Asset, basket: Basket, now: number): string {
  const price = priceOf(asset, now);
  const worth = price === undefined ? undefined : valueDown(asset.backing, price.price);
  const part = asset.listed ? asset.weight : 0;
  const texts: readonly TagPair[] = [
    ["asset", asset.token],
    ["class", asset.kind],
    ["launch", asset.launch],
    ["ticker", asset.ticker],
    ["denomination", asset.denomination],
    ["held", formatNatural(heldOf(asset))],
    ["backing", formatNatural(asset.backing)],
    ["reserved", formatNatural(asset.reserved)],
    ["owed", formatNatural(committed(asset.till))],
    ["deposits", formatNatural(asset.deposits)],
    ["escrow", formatNatural(asset.escrow)],
    ["waiting", formatNatural(asset.waiting)],
    ["received", formatNatural(asset.till.received)],
    ["settled", formatNatural(asset.till.payouts.settled)],
    ["bookBalance", formatNatural(bookBalance(asset.till))],
    ["accountedFor", formatNatural(accountedFor(asset))],
    ["price", price === undefined ? "" : formatNatural(price.price)],
    ["priceLow", price === undefined ? "" : formatNatural(price.low)],
    ["priceHigh", price === undefined ? "" : formatNatural(price.high)],
    ["ceiling", isZero(asset.ceiling) ? "" : formatNatural(asset.ceiling)],
    ["share", worth === undefined ? "" : shareDown(worth, basket.value)],
    ["target", price === undefined ? "" : shareDown(natural(part), natural(basket.parts))],
  ];
  return jsonObject([
    ...texts.map(([name, text]) => [name, jsonString(text)] as const),
    ["priceAge", price === undefined ? "null" : `${price.age}`],
    ["listed", asset.listed ? "true" : "false"],
  ]);
}

/** A fraction with six places, rounded down; 0 of nothing. */
function shareDown(part: Natural, whole: Natural): string {
  if (isZero(whole)) return "0";
  return formatDecimalExact(divide(multiply(part, power10(SHARE_PLACES)), whole).quotient, SHARE_PLACES);
}

/** The rounds in which yield became PI, the last ones without a Cursor. */
export function getYieldTickHistory(state: IndexState, message: Message): Outcome {
  const request = pageRequest(message, limits.pageItems);
  if (isRefusal(request)) return request;
  const { history } = state;
  const latest = history.length > request.limit ? history.length - request.limit : 0;
  const cursor = message.tags.some(({ key }) => key === "cursor") ? request.cursor : latest;
  const page = collectPage({ ...request, cursor }, history.length, history.length, (position) => {
    const round = history[position]!;
    return jsonObject([
      ["DistributionTick", `${position + 1}`],
      ["YieldCycle", `${round.cycle}`],
      ["TotalMintedInTick", jsonString(formatNatural(round.minted))],
      ["TotalInflowInTick", jsonString(formatNatural(round.inflow))],
      ["Timestamp", jsonString(`${round.timestamp}`)],
      ["TriggerMintReportIds", jsonArray(round.reports.map((id) => jsonString(id)))],
    ]);
  });
  const tags: TagPair[] = page.next === undefined ? [] : [["Next-Cursor", `${page.next}`]];
  return [reply(message, `${message.action}-Response`, tags, jsonArray(page.items))];
}
