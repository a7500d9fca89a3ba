/**
 * One token that a process deals in: all that has come of it, what it owes to whom, and what is on its way. What can't
 * be sent now, or was refused by the token, stays owed and can be claimed.
 */
import { emptyRecord } from "../collections/record.ts";
import { add, formatNatural, isZero, type Natural, parseNatural, subtract, ZERO } from "../math/natural.ts";
import { accountOf } from "../protocol/address.ts";
import { visitCsv } from "../protocol/csv.ts";
import { limits } from "../protocol/limits.ts";
import type { Send, TagPair } from "../protocol/message.ts";
import { send } from "../protocol/reply.ts";
import {
  type Decision,
  decideAside,
  emptyPayouts,
  hasRoom,
  hasRoomForRefund,
  isIdle,
  openPayout,
  type Payout,
  type Payouts,
  returnPayout,
  settlePayout,
  transferOf,
} from "./payouts.ts";

export interface Till {
  /** All that Credit-Notices have told of, and what was found beside them. */
  received: Natural;
  /** What belongs to somebody and is not under way: by account, where it is anything, and together. */
  readonly owedTo: Record<string, Natural>;
  owed: Natural;
  readonly payouts: Payouts;
  /** When the token was last asked what it holds for the process; negative before. */
  balanceAsked: number;
}

/** So much for an address, and what travels with it. */
export interface Payment {
  readonly recipient: string;
  readonly quantity: Natural;
  readonly tags: readonly TagPair[];
  /** Whose it is while it is not sent, by account; the recipient's where that is left out. */
  readonly owner?: string;
}

/** Whose a payout is that nobody can claim: when it is returned, it stays with the process. */
const NOBODY = "";

export function emptyTill(token: string, numbered: boolean): Till {
  return {
    received: ZERO,
    owedTo: emptyRecord(),
    owed: ZERO,
    payouts: emptyPayouts(token, numbered),
    balanceAsked: -1,
  };
}

/** A Credit-Notice has come. Whoever it is for is the caller's to say. */
export function receive(till: Till, quantity: Natural): void {
  till.received = add(till.received, quantity);
}

/** What the process has once nothing is under way. */
export function bookBalance({ received, payouts }: Till): Natural {
  return subtract(received, payouts.settled);
}

/** What is not the process's own: owed, pending, unconfirmed. */
export function committed({ owed, payouts }: Till): Natural {
  return add(owed, add(payouts.pending, payouts.aside));
}

/** Whether an account can claim anything. */
export function isOwed(till: Till, account: string): boolean {
  return till.owedTo[account] !== undefined;
}

/** What an account can claim. */
export function owedTo(till: Till, account: string): Natural {
  return till.owedTo[account] ?? ZERO;
}

/** Pays what somebody is due: nothing, one transfer, or a claim. The amount has been taken off elsewhere. */
export function pay(till: Till, payment: Payment, now: number): readonly Send[] {
  return hasRoom(till.payouts) ? transfer(till, payment, now) : keep(till, payment);
}

/** The same for several. */
export function payAll(till: Till, payments: readonly Payment[], now: number): readonly Send[] {
  return payments.flatMap((payment) => pay(till, payment, now));
}

/** The same for what goes back, which anybody can cause: it leaves room for what is due. */
export function payBack(till: Till, payment: Payment, now: number): readonly Send[] {
  return hasRoomForRefund(till.payouts) ? transfer(till, payment, now) : keep(till, payment);
}

/** What goes back once, whatever comes of it: without room, or when it is returned, it stays with the process. */
export function payBackOnce(till: Till, payment: Payment, now: number): readonly Send[] {
  return hasRoomForRefund(till.payouts) ? transfer(till, { ...payment, owner: NOBODY }, now) : [];
}

/** Whether a payout goes back once, and is nobody's. */
export function isNobodys({ owner, rows }: Payout): boolean {
  return owner === NOBODY && rows === undefined;
}

/** Sends an account all that it can claim; nothing when that is nothing, or there is no room. */
export function payClaim(till: Till, account: string, now: number): readonly Send[] {
  if (!hasRoom(till.payouts)) return [];
  return transfer(till, { recipient: account, quantity: takeOwed(till, account), tags: [] }, now);
}

/** Sends what accounts can claim as one batch; nothing when that is nothing, or there is no room. */
export function payMany(till: Till, accounts: readonly string[], now: number): readonly Send[] {
  if (!hasRoom(till.payouts)) return [];
  const rows: string[] = [];
  let quantity = ZERO;
  for (const account of accounts) {
    const claim = till.owedTo[account];
    if (claim !== undefined) {
      rows.push(`${account},${formatNatural(claim)}`);
      quantity = add(quantity, claim);
      delete till.owedTo[account];
    }
  }
  if (rows.length === 0) return [];
  till.owed = subtract(till.owed, quantity);
  const request = { owner: "", notify: "", recipient: "", quantity, tags: [], rows: rows.join("\n") };
  return [transferOf(till.payouts, openPayout(till.payouts, request, now))];
}

/** Takes off all that an account can claim, for something else to be done with it. */
export function takeOwed(till: Till, account: string): Natural {
  const quantity = owedTo(till, account);
  if (isZero(quantity)) return ZERO;
  delete till.owedTo[account];
  till.owed = subtract(till.owed, quantity);
  return quantity;
}

/** Books an amount as an account's, without sending it. */
export function owe(till: Till, account: string, quantity: Natural): void {
  oweEach(till, account, quantity);
  bookOwed(till, quantity);
}

/** The same for one of many. `bookOwed` of their sum follows in the same message. */
export function oweEach({ owedTo: claims }: Till, account: string, quantity: Natural): void {
  if (isZero(quantity)) return;
  const claim = claims[account];
  claims[account] = claim === undefined ? quantity : add(claim, quantity);
}

/** What was booked with `oweEach` comes into the sum. */
export function bookOwed(till: Till, quantity: Natural): void {
  till.owed = add(till.owed, quantity);
}

function transfer(till: Till, payment: Payment, now: number): readonly Send[] {
  const { recipient, quantity, tags, owner } = payment;
  if (isZero(quantity)) return [];
  const notify = owner === NOBODY ? "" : recipient;
  const request = { owner: owner ?? accountOf(recipient), notify, recipient, quantity, tags };
  return [transferOf(till.payouts, openPayout(till.payouts, request, now))];
}

function keep(till: Till, { recipient, quantity, owner }: Payment): readonly Send[] {
  owe(till, owner ?? accountOf(recipient), quantity);
  return [];
}

/** The token has carried a payout out. Undefined for a number that is not open. */
export function settle(till: Till, number: string): Payout | undefined {
  return settlePayout(till.payouts, number);
}

/** The token has refused a payout: its owners can claim it. Undefined for a number that is not open. */
export function giveBack(till: Till, number: string): Payout | undefined {
  const payout = returnPayout(till.payouts, number);
  if (payout !== undefined) restore(till, payout);
  return payout;
}

/** A question for the token's own figure, where payouts were set aside and nothing else is under way. */
export function balanceQuestion(till: Till, process: string, now: number): readonly Send[] {
  if (till.payouts.unconfirmedCount === 0 || !isIdle(till.payouts)) return [];
  if (till.balanceAsked >= 0 && now - till.balanceAsked < limits.balanceInterval) return [];
  return [askBalance(till, process, now)];
}

/** The question, whether it is due or not. */
export function askBalance(till: Till, process: string, now: number): Send {
  till.balanceAsked = now;
  return send(till.payouts.token, "Balance", [
    ["Recipient", process],
    ["Reference", balanceReference(till)],
  ]);
}

/** Changes with every payout and with all that comes in, so that an old figure is not taken for a new one. */
export function balanceReference({ received, payouts }: Till): string {
  return `balance-${payouts.next}-${formatNatural(received)}`;
}

/** The token's figure, in answer to the reference as it is now: decides payouts that were set aside, where it proves something. */
export function decideByBalance(till: Till, balance: Natural): Decision | undefined {
  const decision = decideAside(till.payouts, bookBalance(till), balance);
  if (decision?.outcome === "returned") for (const payout of decision.payouts) restore(till, payout);
  return decision;
}

/** Each of its owners can claim it. */
function restore(till: Till, payout: Payout): void {
  const { owner, quantity, rows } = payout;
  if (rows === undefined) {
    if (!isNobodys(payout)) owe(till, owner, quantity);
    return;
  }
  visitCsv(rows, (_, account, amount) => {
    owe(till, account, parseNatural(amount!)!);
    return undefined;
  });
}
