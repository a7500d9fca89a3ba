/** A page of a ledger's report, as it is read: all of it or nothing. */
import type { Natural } from "../math/natural.ts";
import type { Message } from "../protocol/message.ts";
import { isRefusal } from "../protocol/refusal.ts";
import { optionalAmountTag, tagOf, wholeTag } from "../protocol/tags.ts";
import type { Contributions } from "./state.ts";

export interface ReportPage {
  /** The message. */
  readonly id: string;
  /** The position of the ledger whose it is. */
  readonly ledger: number;
  /** The round that it answers. */
  readonly reference: string;
  readonly page: number;
  readonly pages: number;
  readonly cycle: number | undefined;
  /** Where the next group of pages begins. */
  readonly next: number | undefined;
  /** What the ledger has paid to this process in all. */
  readonly paid: Natural | undefined;
  /** CSV `account,cumulative`. */
  readonly data: string;
}

/** Undefined for what is no ledger's, can't be read or contradicts itself: then nothing of it counts. */
export function readPage({ ledgers }: Contributions, message: Message): ReportPage | undefined {
  const ledger = ledgers.indexOf(message.from);
  const reference = tagOf(message, "Reference");
  const page = wholeTag(message, "Page");
  const pages = wholeTag(message, "Pages");
  const cycle = wholeTag(message, "Cycle");
  const next = wholeTag(message, "Next-Cursor");
  const paid = optionalAmountTag(message, "Paid");
  const { id, data } = message;
  if (ledger < 0 || isRefusal(reference) || isRefusal(page) || isRefusal(pages)) return undefined;
  if (isRefusal(cycle) || isRefusal(next) || isRefusal(paid) || data === undefined) return undefined;
  if (page === undefined || pages === undefined || page < 1 || pages < page) return undefined;
  return { id, ledger, reference: reference ?? "", page, pages, cycle, next, paid, data };
}
