/** Lists of launches and of requests, whole rows. */
import { fromDigits } from "../../math/integer.ts";
import { accountOf } from "../../protocol/address.ts";
import { jsonArray, jsonObject, jsonString } from "../../protocol/json-text.ts";
import type { Message, Outcome } from "../../protocol/message.ts";
import { pageRequest } from "../../protocol/page.ts";
import { isRefusal, type Refusal, refuse } from "../../protocol/refusal.ts";
import { reply } from "../../protocol/reply.ts";
import { isWhole, tagOf } from "../../protocol/tags.ts";
import { isDigits, lowerCase } from "../../protocol/text.ts";
import { SORTABLE, sortKey } from "../fields.ts";
import { type Filter, newestFirst, type Place, ranked, type Ranking, type Selection } from "../lists.ts";
import { LISTED, UNLISTED } from "../registry.ts";
import type { FactoryState, Row, Status } from "../state.ts";
import { rowJson } from "./row-json.ts";

/** Listed launches, the newest first: an array, or with a Cursor (0 to begin with) a page. Status-Filter, Deployer, Token-Process, Limit. */
export function getFlps(state: FactoryState, message: Message): Outcome {
  return byAge(state, message, "Get-FLPs-Response", LISTED);
}

/** Requests that are no launches yet, or never will be: a page always, the newest first. */
export function getRequests(state: FactoryState, message: Message): Outcome {
  return byAge(state, message, "Get-Requests-Response", UNLISTED);
}

function byAge(state: FactoryState, message: Message, action: string, allowed: readonly Status[]): Outcome {
  const filter = readFilter(message, allowed);
  if (isRefusal(filter)) return filter;
  const request = pageRequest(message);
  if (isRefusal(request)) return request;
  const selection = newestFirst(state, filter, request.cursor, request.limit);
  const isPaged = !filter.listed || tagOf(message, "Cursor") !== undefined;
  const data = isPaged
    ? page(state, selection, request.limit, ({ number }) => `${number}`)
    : rowsJson(state, selection.rows);
  return [reply(message, action, [], data)];
}

/**
 * Listed launches by a figure, Sort-By (accumulated_qty unless another is named), Order=desc or asc, the newest first of equal ones: an array, or with a
 * Cursor (0 to begin with) a page. Filters as for `Get-FLPs`.
 */
export function getRankedFlps(state: FactoryState, message: Message): Outcome {
  const filter = readFilter(message, LISTED);
  if (isRefusal(filter)) return filter;
  const ranking = readRanking(message);
  if (isRefusal(ranking)) return ranking;
  const cursor = tagOf(message, "Cursor");
  if (isRefusal(cursor)) return cursor;
  const behind = readPlace(cursor ?? "");
  if (isRefusal(behind)) return behind;
  // The cursor has been read, and is no number.
  const request = pageRequest({ ...message, tags: message.tags.filter(({ key }) => key !== "cursor") });
  if (isRefusal(request)) return request;
  const selection = ranked(state, filter, ranking, behind, request.limit);
  const data =
    cursor === undefined
      ? rowsJson(state, selection.rows)
      : page(state, selection, request.limit, (row) => `${sortKey(row, ranking.field)}:${row.number}`);
  return [reply(message, "Get-Ranked-FLPs-Response", [["Sort-By", ranking.field]], data)];
}

function readFilter(message: Message, allowed: readonly Status[]): Filter | Refusal {
  const text = tagOf(message, "Status-Filter") ?? "";
  if (isRefusal(text)) return text;
  const names = text === "" || lowerCase(text) === "all" ? [] : text.split(",", allowed.length + 1);
  const statuses: Status[] = [];
  for (const name of names) {
    const status = allowed.find((each) => lowerCase(each) === lowerCase(name));
    if (status === undefined)
      return refuse("invalid-status", `Status-Filter must be All or some of ${allowed.join(",")}`);
    statuses.push(status);
  }
  const deployer = tagOf(message, "Deployer") ?? "";
  if (isRefusal(deployer)) return deployer;
  const token = tagOf(message, "Token-Process") ?? "";
  if (isRefusal(token)) return token;
  return { listed: allowed === LISTED, statuses, deployer: accountOf(deployer), token };
}

function readRanking(message: Message): Ranking | Refusal {
  const text = tagOf(message, "Sort-By") ?? "";
  if (isRefusal(text)) return text;
  const field = text === "" ? "accumulated_qty" : text;
  if (!SORTABLE.includes(field))
    return refuse("invalid-sort", `Sort-By must be one of ${SORTABLE.join(", ")}`);
  const order = tagOf(message, "Order") ?? "";
  if (isRefusal(order)) return order;
  return order === "" || order === "desc" || order === "asc"
    ? { field, ascending: order === "asc" }
    : refuse("invalid-sort", "Order must be desc or asc");
}

/** `<figure>:<number>`, as a page gives it; undefined for the beginning. */
function readPlace(cursor: string): Place | undefined | Refusal {
  if (cursor === "" || cursor === "0") return undefined;
  const colon = cursor.indexOf(":");
  const key = cursor.substring(0, colon);
  const number = cursor.substring(colon + 1);
  if (colon < 0 || !isWhole(number) || !(key === "" || isDigits(key)))
    return refuse("invalid-cursor", "Cursor must be 0, or the nextCursor of a page");
  return { key, number: fromDigits(number) };
}

function rowsJson(state: FactoryState, rows: readonly Row[]): string {
  return jsonArray(rows.map((row) => rowJson(state, row)));
}

type CursorOf = (row: Row) => string;

function page(
  state: FactoryState,
  { rows, total, more }: Selection,
  limit: number,
  cursorOf: CursorOf,
): string {
  const last = rows[rows.length - 1];
  return jsonObject([
    ["items", rowsJson(state, rows)],
    ["limit", `${limit}`],
    ["totalItems", `${total}`],
    ["nextCursor", more && last !== undefined ? jsonString(cursorOf(last)) : "null"],
    ["hasMore", more ? "true" : "false"],
  ]);
}
