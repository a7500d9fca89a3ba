/** Asking sources for prices, and what they say. */
import { limits } from "../../protocol/limits.ts";
import { itemsOf, memberOf, parseJson, stringOf } from "../../protocol/json.ts";
import type { Message, Outcome, Send } from "../../protocol/message.ts";
import { isRefusal, refuse } from "../../protocol/refusal.ts";
import { reply, send } from "../../protocol/reply.ts";
import { isWhole, parseAmount, requiredTag, tagOf, wholeTag } from "../../protocol/tags.ts";
import { fromDigits } from "../../math/integer.ts";
import { parseNatural } from "../../math/natural.ts";
import { readFeed, readLaunch, readPool } from "../readings.ts";
import { assetOf } from "../shares.ts";
import type { Asset, IndexState, PriceReading } from "../state.ts";
import { noteCeilings } from "../valuation.ts";

/** Digits of a pool's sum of price · milliseconds that is taken for one. */
const SUM_DIGITS = 150;

/** From time to time: notes the prices that there are, and asks the pools and launches that they come from; and tokens that have not told what they are. */
export function askForPrices(state: IndexState, now: number): readonly Send[] {
  if (state.pricesAsked >= 0 && now - state.pricesAsked < limits.poolInterval) return [];
  noteCeilings(state, state.pricesAsked < 0 ? 0 : now - state.pricesAsked, now);
  state.pricesAsked = now;
  const questions: Send[] = [];
  for (const asset of state.assets) {
    if (!asset.described) questions.push(send(asset.token, "Info", []));
    for (const { kind, source } of asset.quotes) {
      if (kind === "pool") questions.push(send(source, "Get-Cumulative-Price", []));
      if (kind === "launch") questions.push(send(source, "Get-Yield-Tick-History", [["Limit", "1"]]));
    }
  }
  return questions;
}

/** A feed tells the price of an asset in AO, times 10^30. */
export function setPrice(state: IndexState, message: Message): Outcome {
  const token = requiredTag(message, "Asset");
  if (isRefusal(token)) return token;
  const asset = assetOf(state, token);
  const reading = asset === undefined ? undefined : readingOf(asset, "feed", message.from);
  if (reading === undefined)
    return refuse("not-feed", "Only a configured feed of the asset can tell its price");
  const price = requiredTag(message, "Price");
  if (isRefusal(price)) return price;
  const amount = price.length > 68 ? undefined : parseNatural(price);
  if (amount === undefined)
    return refuse("invalid-price", "Price must be a whole number of 10^-30 units of AO");
  readFeed(reading, amount, message.now);
  return [reply(message, "Set-Price-Response", [["Asset", token]])];
}

/** A pool's sums of price · milliseconds. */
export function poolAnswer(state: IndexState, message: Message): Outcome {
  const asOf = wholeTag(message, "As-Of-Timestamp");
  const first = tagOf(message, "Token-A");
  const second = tagOf(message, "Token-B");
  if (asOf === undefined || isRefusal(asOf) || asOf > message.now) return [];
  for (const asset of state.assets) {
    const reading = readingOf(asset, "pool", message.from);
    const name =
      first === asset.token && second === state.parameters.ao
        ? "Price-A-Cumulative"
        : second === asset.token && first === state.parameters.ao
          ? "Price-B-Cumulative"
          : undefined;
    if (reading !== undefined && name !== undefined) {
      const text = tagOf(message, name);
      const sum =
        text === undefined || isRefusal(text) || text.length > SUM_DIGITS ? undefined : parseNatural(text);
      if (sum !== undefined) readPool(reading, sum, asOf);
    }
  }
  return [];
}

/** A launch's last round: AO for a token. */
export function launchAnswer(state: IndexState, message: Message): Outcome {
  const readings: PriceReading[] = [];
  for (const asset of state.assets) {
    const reading = readingOf(asset, "launch", message.from);
    if (reading !== undefined) readings.push(reading);
  }
  const { data } = message;
  // Reading a long text takes long: not a stranger's, and no more than one row needs.
  if (readings.length === 0 || data === undefined || data.length > limits.jsonBytes) return [];
  const rows = itemsOf(parseJson(data)) ?? [];
  const last = rows[rows.length - 1];
  const price = stringOf(memberOf(last, "TokenPriceInAo"));
  const timestamp = stringOf(memberOf(last, "Timestamp"));
  if (price === undefined || timestamp === undefined || !isWhole(timestamp)) return [];
  const at = fromDigits(timestamp);
  const amount = parseAmount(price);
  if (amount === undefined || at > message.now) return [];
  for (const reading of readings) readLaunch(reading, amount, at);
  return [];
}

function readingOf(asset: Asset, kind: PriceReading["kind"], source: string): PriceReading | undefined {
  return asset.quotes.find((reading) => reading.kind === kind && reading.source === source);
}
