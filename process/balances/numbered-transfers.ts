/**
 * Transfers that may be repeated without being paid twice. Messages can get lost, and a payer who hears nothing can't
 * tell whether the transfer or its notice was lost. So a payer may number its transfers (`X-Payout`) and say below which
 * number all are settled (`X-Payouts-Settled`): the token then answers a repeated number as it did the first time.
 * What it remembers is bounded by the payer's own window.
 */
import { emptyRecord } from "../collections/record.ts";
import { limits } from "../protocol/limits.ts";
import type { Book, NumberedTransfers } from "./book.ts";

/** A transfer's number, and the number below which the payer has settled everything. */
export interface TransferNumber {
  readonly number: number;
  readonly settledBelow: number;
}

/** What is to be done with a numbered transfer: carry it out, or answer as before, or nothing at all. */
export type Standing = "new" | "paid" | "refused" | "settled";

/** Whether a number is within the window that a payer may have open. */
export function isWithinWindow({ number, settledBelow }: TransferNumber): boolean {
  return number >= settledBelow && number < settledBelow + limits.pendingPayouts;
}

/** What is known of a payer's numbered transfer. */
export function standingOf(book: Book, payer: string, transfer: TransferNumber): Standing {
  const transfers = book.numbered[payer];
  if (transfers === undefined) return "new";
  if (transfer.number < transfers.floor) return "settled";
  const paid = transfers.paid[`${transfer.number}`];
  if (paid === undefined) return "new";
  return paid ? "paid" : "refused";
}

/**
 * Remembers what came of a new number, and forgets the numbers that the payer has settled. A refusal counts as much as a
 * payment: its payer has taken the amount back, and a copy that arrives late must not be paid from what came since.
 */
export function remember(book: Book, payer: string, transfer: TransferNumber, paid: boolean): void {
  const transfers = book.numbered[payer] ?? begin(book, payer, transfer.settledBelow);
  while (transfers.floor < transfer.settledBelow && transfers.open > 0) forget(transfers);
  if (transfers.floor < transfer.settledBelow) transfers.floor = transfer.settledBelow;
  transfers.paid[`${transfer.number}`] = paid;
  transfers.open += 1;
}

function begin(book: Book, payer: string, floor: number): NumberedTransfers {
  const transfers = { floor, paid: emptyRecord<boolean>(), open: 0 };
  book.numbered[payer] = transfers;
  return transfers;
}

/** Numbers are settled one after the other, so each is looked at once. */
function forget(transfers: NumberedTransfers): void {
  const number = `${transfers.floor}`;
  if (transfers.paid[number] !== undefined) {
    delete transfers.paid[number];
    transfers.open -= 1;
  }
  transfers.floor += 1;
}
