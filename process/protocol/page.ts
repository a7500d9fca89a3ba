/** Lists, a page at a time: `Cursor` is where the last page ended, `Limit` how many items a page may have. */
import { jsonArray, jsonObject, jsonString } from "./json-text.ts";
import { limits } from "./limits.ts";
import type { Message } from "./message.ts";
import { type Refusal, isRefusal, refuse } from "./refusal.ts";
import { wholeTag } from "./tags.ts";

/** Which part of a list is asked for: from a position on, so many items. */
export interface PageRequest {
  readonly cursor: number;
  readonly limit: number;
}

/** The part of a list that a message asks for. Refused: a malformed cursor or limit, a limit of 0 or above the cap. */
export function pageRequest(
  message: Message,
  defaultLimit: number = limits.defaultPageItems,
): PageRequest | Refusal {
  const cursor = wholeTag(message, "Cursor");
  if (isRefusal(cursor)) return cursor;
  const limit = wholeTag(message, "Limit");
  if (isRefusal(limit)) return limit;
  if (limit !== undefined && (limit === 0 || limit > limits.pageItems)) {
    return refuse("invalid-limit", `Limit must be between 1 and ${limits.pageItems}`);
  }
  return { cursor: cursor ?? 0, limit: limit ?? defaultLimit };
}

/** One page: its items, how many the list has, and where the next page starts when there is one. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly total: number;
  readonly next: number | undefined;
}

/** A page of JSON texts as `{items, limit, totalItems, nextCursor, hasMore}`. */
export function pageJson(request: PageRequest, page: Page<string>): string {
  return jsonObject([
    ["items", jsonArray(page.items)],
    ["limit", `${request.limit}`],
    ["totalItems", `${page.total}`],
    ["nextCursor", page.next === undefined ? "null" : jsonString(`${page.next}`)],
    ["hasMore", page.next === undefined ? "false" : "true"],
  ]);
}

/**
 * Collects a page by walking positions from the cursor to `extent`. `item` gives what is at a position, or undefined
 * to pass it over; it is asked of one more than the page has. A page may end early, with more to come, where many positions in a row are passed over.
 */
export function collectPage<Item>(
  request: PageRequest,
  extent: number,
  total: number,
  item: (position: number) => Item | undefined,
): Page<Item> {
  const items: Item[] = [];
  const last = request.cursor + limits.visitedPositions;
  for (let position = request.cursor; position < extent; position++) {
    if (position === last) return { items, total, next: position };
    const found = item(position);
    if (found !== undefined) {
      if (items.length === request.limit) return { items, total, next: position };
      items.push(found);
    }
  }
  return { items, total, next: undefined };
}
