/** Which launches there are, as the factory lists them, and the index's own yield delegated to those of its basket. */
import { delegationsOf } from "../../market/weights.ts";
import { itemsOf, memberOf, parseJson, stringOf } from "../../protocol/json.ts";
import { jsonArray, jsonObject, jsonString } from "../../protocol/json-text.ts";
import { isAddress } from "../../protocol/address.ts";
import { limits } from "../../protocol/limits.ts";
import type { Effect, Message, Outcome, Send } from "../../protocol/message.ts";
import { send } from "../../protocol/reply.ts";
import { parseAmount, tagOf } from "../../protocol/tags.ts";
import type { Json } from "../../protocol/json.ts";
import { takeBasket } from "../basket.ts";
import type { IndexState, LaunchRow } from "../state.ts";

/** Rows of a page, and all that is read: a factory with more is read up to here. */
const ROWS = 100;
const MOST_ROWS = 10_000;
/** The smallest fraction that ledgers take, in basis points. */
const SMALLEST_FRACTION = 100;

/** Begins to read the factory's list, or asks again for a page that has not come. */
export function askForBasket(state: IndexState, isDue: boolean, now: number): readonly Send[] {
  const { basket, parameters } = state;
  if (parameters.factory === "") return [];
  if (basket.cursor === "") {
    if (!isDue) return [];
    basket.cursor = "0";
    basket.found = [];
  } else if (now - basket.asked < limits.askAgain) return [];
  return [askForPage(state, now)];
}

function askForPage({ basket, parameters }: IndexState, now: number): Send {
  basket.asked = now;
  return send(parameters.factory, "Get-FLPs", [
    ["Cursor", basket.cursor],
    ["Limit", `${ROWS}`],
    ["Reference", `basket-${basket.cursor}`],
  ]);
}

/** A page of the factory's list. The last one sets the weights; the ledgers are told to whom the index delegates. */
export function basketAnswer(state: IndexState, message: Message): Outcome {
  const { basket, parameters } = state;
  if (message.from !== parameters.factory || basket.cursor === "" || message.data === undefined) return [];
  if (tagOf(message, "X-Reference") !== `basket-${basket.cursor}`) return [];
  const page = parseJson(message.data);
  const items = itemsOf(memberOf(page, "items"));
  if (items === undefined) return [];
  for (const item of items) {
    const row = rowOf(item);
    if (row !== undefined) basket.found.push(row);
  }
  const next = stringOf(memberOf(page, "nextCursor"));
  if (next !== undefined && next !== basket.cursor && basket.found.length < MOST_ROWS) {
    basket.cursor = next;
    return [askForPage(state, message.now)];
  }
  takeBasket(state, message.now);
  return [...describeNew(state), ...delegate(state)];
}

function rowOf(item: Json): LaunchRow | undefined {
  const launch = stringOf(memberOf(item, "flp_id"));
  const token = stringOf(memberOf(item, "flp_token_process"));
  const status = stringOf(memberOf(item, "status"));
  const text = stringOf(memberOf(item, "accumulated_qty"));
  const received = text === undefined ? undefined : parseAmount(text);
  if (launch === undefined || token === undefined || status === undefined || received === undefined)
    return undefined;
  if (!isAddress(launch) || !isAddress(token)) return undefined;
  return { launch, token, ticker: stringOf(memberOf(item, "flp_token_ticker")) ?? "", status, received };
}

function describeNew({ assets }: IndexState): readonly Effect[] {
  return assets.filter(({ described }) => !described).map(({ token }) => send(token, "Info", []));
}

/** Tells every ledger to whom the index delegates: each time, as a message may be lost, under a new version where that has changed. */
function delegate(state: IndexState): readonly Effect[] {
  const { assets, basket, parameters } = state;
  const weights = assets
    .filter(({ kind, listed, weight }) => kind === "launch" && listed && weight > 0)
    .map(({ launch, weight }) => ({ name: launch, points: weight }));
  const rows = delegationsOf(weights, parameters.fanOut, SMALLEST_FRACTION).map(({ name, points }) =>
    jsonObject([
      ["walletTo", jsonString(name)],
      ["factor", `${points}`],
    ]),
  );
  if (rows.length === 0 && basket.version === 0) return [];
  const delegations = jsonArray(rows);
  if (delegations !== basket.delegations) {
    basket.delegations = delegations;
    basket.version += 1;
  }
  const data = jsonObject([
    ["delegations", delegations],
    ["version", `${basket.version}`],
  ]);
  return parameters.ledgers.map((ledger) => send(ledger, "Set-Delegations", [], data));
}
