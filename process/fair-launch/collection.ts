/** Collecting the ledgers' reports, page by page: what has come, what is missing, what to ask for. */
import { emptyCollections, type Collection, type LaunchState } from "./state.ts";

/** Begins a round's collection; everything is to be asked for. */
export function beginCollection({ round, parameters }: LaunchState, elapsed: number, now: number): void {
  round.number += 1;
  round.phase = "collecting";
  round.elapsed = elapsed;
  round.began = now;
  round.asked = now;
  round.collections = emptyCollections(parameters.ledgers);
  round.reports = [];
}

/** A page has come. `nextCursor`: where the next group begins, when the page says so. */
export function receivePage(
  collection: Collection,
  page: number,
  pages: number,
  nextCursor: number | undefined,
): void {
  collection.pages = pages;
  collection.received[`${page}`] = true;
  if (nextCursor !== undefined) collection.groupEnd = nextCursor;
  while (collection.received[`${collection.next}`] === true) collection.next += 1;
}

export function isComplete({ pages, next }: Collection): boolean {
  return pages > 0 && next > pages;
}

/** Whether all pages have come that were asked for, and there are more. */
export function isGroupComplete({ groupEnd, next }: Collection): boolean {
  return groupEnd > 0 && next > groupEnd;
}

/** The cursor of the next request: the first page that is missing. */
export function nextCursor(collection: Collection): number {
  collection.groupEnd = 0;
  return collection.next - 1;
}
