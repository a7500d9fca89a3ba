/**
 * Payouts: what a process owes somebody and pays through a token. A payout is pending from its Transfer on, until the
 * token's Debit-Notice settles it or its Transfer-Error returns it. A token that numbers transfers is asked again after
 * a while, without danger of paying twice; with any other the payout is set aside as unconfirmed, since nobody can say
 * which of the two messages was lost, and a late answer still decides it.
 */
import { emptyRecord } from "../collections/record.ts";
import { add, formatNatural, isEqual, type Natural, subtract, ZERO } from "../math/natural.ts";
import { limits } from "../protocol/limits.ts";
import type { Send, TagPair } from "../protocol/message.ts";
import { send } from "../protocol/reply.ts";

export interface Payout {
  readonly number: number;
  /** Whose it is, by account; it goes back there when it is returned. */
  readonly owner: string;
  /** Where the owner hears of it, as spelled. */
  readonly notify: string;
  /** Of one transfer; "" of a batch, and of what is burned. */
  readonly recipient: string;
  readonly quantity: Natural;
  /** Of a batch: CSV `recipient,quantity`, which comes to the quantity. */
  readonly rows?: string;
  /** Tags that travel on with the transfer. */
  readonly tags: readonly TagPair[];
  /** When the token is asked again, or the payout set aside; milliseconds. */
  deadline: number;
}

export interface Payouts {
  readonly token: string;
  /** Whether the token answers a repeated number as it did the first time. */
  numbered: boolean;
  /** By number. */
  readonly open: Record<string, Payout>;
  readonly unconfirmed: Record<string, Payout>;
  unconfirmedCount: number;
  /** The lowest number that may be open, and the next to be given. */
  oldest: number;
  next: number;
  /** Amounts: under way, unconfirmed, and settled so far. */
  pending: Natural;
  aside: Natural;
  settled: Natural;
}

export function emptyPayouts(token: string, numbered: boolean): Payouts {
  return {
    token,
    numbered,
    open: emptyRecord(),
    unconfirmed: emptyRecord(),
    unconfirmedCount: 0,
    oldest: 1,
    next: 1,
    pending: ZERO,
    aside: ZERO,
    settled: ZERO,
  };
}

/** Whether another payout can be opened: the token and this record keep only so many. */
export function hasRoom(payouts: Payouts): boolean {
  return hasFewerThan(payouts, limits.pendingPayouts);
}

/** Whether a refund can be opened. Anybody can cause one, so that they leave room for what is owed. */
export function hasRoomForRefund(payouts: Payouts): boolean {
  return hasFewerThan(payouts, limits.pendingRefunds);
}

/** Whether no payout is under way: then the token's own figure is that of the books, but for what was set aside. */
export function isIdle({ oldest, next }: Payouts): boolean {
  return oldest === next;
}

function hasFewerThan(payouts: Payouts, count: number): boolean {
  return payouts.next - payouts.oldest < count && payouts.unconfirmedCount < count;
}

/** Opens a payout; `hasRoom` first. The transfer is sent with `transferOf`. */
export function openPayout(
  payouts: Payouts,
  payout: Omit<Payout, "number" | "deadline">,
  now: number,
): Payout {
  const opened = { ...payout, number: payouts.next, deadline: now + limits.payoutPatience };
  payouts.open[`${opened.number}`] = opened;
  payouts.next += 1;
  payouts.pending = add(payouts.pending, opened.quantity);
  return opened;
}

/** The Transfer, Batch-Transfer or Burn of a payout, the first time and every time again. */
export function transferOf(payouts: Payouts, payout: Payout): Send {
  const tags: TagPair[] = [
    ["Reference", referenceOf(payout)],
    ["X-Payout", `${payout.number}`],
    ["X-Payouts-Settled", `${payouts.oldest}`],
    ...payout.tags,
  ];
  if (payout.rows !== undefined) return send(payouts.token, "Batch-Transfer", tags, payout.rows);
  const { recipient } = payout;
  tags.unshift(["Quantity", formatNatural(payout.quantity)]);
  if (recipient === "") return send(payouts.token, "Burn", tags);
  return send(payouts.token, "Transfer", [["Recipient", recipient], ...tags]);
}

/** The transfers of payouts, in their order. */
export function transfersOf(payouts: Payouts, list: readonly Payout[]): readonly Send[] {
  return list.map((payout) => transferOf(payouts, payout));
}

/** The payout was made: it is over. Undefined for a number that is not open. */
export function settlePayout(payouts: Payouts, number: string): Payout | undefined {
  const payout = close(payouts, number);
  if (payout !== undefined) payouts.settled = add(payouts.settled, payout.quantity);
  return payout;
}

/** The payout was refused by the token: the caller gives it back to its owner. Undefined for one that is not open. */
export function returnPayout(payouts: Payouts, number: string): Payout | undefined {
  return close(payouts, number);
}

/** What the token's own figure for this process's balance says of payouts that were set aside. */
export interface Decision {
  readonly outcome: "settled" | "returned";
  readonly payouts: readonly Payout[];
}

/**
 * Closes all payouts that were set aside, where the balance proves that every one of them was made, or none. `book` is
 * what the process has if none was. The balance must have been asked for when no payout was under way, and none may
 * have been opened since. Undefined where it proves neither.
 */
export function decideAside(payouts: Payouts, book: Natural, balance: Natural): Decision | undefined {
  const made = !isEqual(balance, book);
  if (!isIdle(payouts) || payouts.unconfirmedCount === 0) return undefined;
  if (made && !isEqual(add(balance, payouts.aside), book)) return undefined;
  const decided: Payout[] = [];
  // From the latest on: what was set aside is seldom long ago.
  for (let number = payouts.next - 1; payouts.unconfirmedCount > 0; number--) {
    const payout = close(payouts, `${number}`);
    if (payout !== undefined) {
      if (made) payouts.settled = add(payouts.settled, payout.quantity);
      decided.push(payout);
    }
  }
  return { outcome: made ? "settled" : "returned", payouts: decided };
}

/** What is overdue: transfers to send again; what can't be sent again is set aside. At most so many at a time; a batch counts for several. */
export function overdue(payouts: Payouts, now: number): readonly Send[] {
  const again: Send[] = [];
  let work = 0;
  for (let number = payouts.oldest; number < payouts.next; number++) {
    if (work >= limits.payoutsPerTick) return again;
    const payout = payouts.open[`${number}`];
    if (payout !== undefined && payout.deadline <= now) {
      if (payouts.numbered) {
        payout.deadline = now + limits.payoutPatience;
        again.push(transferOf(payouts, payout));
        work += payout.rows === undefined ? 1 : limits.batchWork;
      } else {
        setAside(payouts, payout);
      }
    }
  }
  return again;
}

function referenceOf(payout: Payout): string {
  return `payout-${payout.number}`;
}

function setAside(payouts: Payouts, payout: Payout): void {
  removeOpen(payouts, payout);
  payouts.unconfirmed[`${payout.number}`] = payout;
  payouts.unconfirmedCount += 1;
  payouts.aside = add(payouts.aside, payout.quantity);
}

function close(payouts: Payouts, number: string): Payout | undefined {
  const pending = payouts.open[number];
  if (pending !== undefined) {
    removeOpen(payouts, pending);
    return pending;
  }
  const aside = payouts.unconfirmed[number];
  if (aside === undefined) return undefined;
  delete payouts.unconfirmed[number];
  payouts.unconfirmedCount -= 1;
  payouts.aside = subtract(payouts.aside, aside.quantity);
  return aside;
}

function removeOpen(payouts: Payouts, payout: Payout): void {
  delete payouts.open[`${payout.number}`];
  payouts.pending = subtract(payouts.pending, payout.quantity);
  while (payouts.oldest < payouts.next && payouts.open[`${payouts.oldest}`] === undefined)
    payouts.oldest += 1;
}
