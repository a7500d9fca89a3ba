/** The pages of a ledger's report: what has come, what is missing, what to ask for. */
import { emptyRecord } from "../collections/record.ts";

/** The pages of one ledger's report, as far as they have come. Pages count from 1. */
export interface Collection {
  /** 0 until a page has come. */
  pages: number;
  readonly received: Record<string, boolean>;
  /** The first page that has not come. */
  next: number;
  /** The last page of those that were asked for, where there are more; 0 while that is not known. */
  groupEnd: number;
}

export function emptyCollections(ledgers: readonly string[]): readonly Collection[] {
  return ledgers.map(() => ({ pages: 0, received: emptyRecord(), next: 1, groupEnd: 0 }));
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
