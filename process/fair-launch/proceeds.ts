/** What launches earn: AO from those who delegate, PI for it where an index is configured, on to the treasury. */
import { add, compare, isZero, type Natural, subtract } from "../math/natural.ts";
import {
  decideAside,
  hasRoom,
  openPayout,
  type Payout,
  returnPayout,
  settlePayout,
} from "../payouts/payouts.ts";
import type { Arrival, LaunchState, LedgerPayments, Proceeds } from "./state.ts";
import { indexPartDown } from "./rounds.ts";

const TREASURY = "treasury";
const INDEX = "index";

/** AO or PI has come that is the treasury's. */
export function receive(proceeds: Proceeds, quantity: Natural, cycle: number, now: number): void {
  proceeds.received = add(proceeds.received, quantity);
  proceeds.waiting = add(proceeds.waiting, quantity);
  const last: Arrival | undefined = proceeds.arrivals[proceeds.arrivals.length - 1];
  if (last !== undefined && last.cycle === cycle) last.amount = add(last.amount, quantity);
  else proceeds.arrivals.push({ cycle, timestamp: now, amount: quantity });
}

/** The index has sent AO back that it had no use for: a payout of it to the treasury, as it would only come back once more. */
export function receiveBack(state: LaunchState, quantity: Natural, now: number): readonly Payout[] {
  const { ao, parameters } = state;
  ao.cameBack = add(ao.cameBack, quantity);
  ao.waiting = add(ao.waiting, quantity);
  return pay(ao, TREASURY, parameters.terms.treasury, quantity, [], now);
}

/** AO has come from a ledger. */
export function receiveFrom(state: LaunchState, ledger: number, quantity: Natural, now: number): void {
  const { noticed, told } = state.payments[ledger]!;
  countPayments(state, ledger, { noticed: add(noticed, quantity), told }, now);
}

/** A ledger says what it has paid in all: this makes up for notices that got lost. */
export function learnPaid(state: LaunchState, ledger: number, paid: Natural, now: number): void {
  const { noticed, told } = state.payments[ledger]!;
  countPayments(state, ledger, { noticed, told: larger(paid, told) }, now);
}

/** Both sums grow towards what was really paid, each with gaps of its own: the larger one counts. */
function countPayments(state: LaunchState, ledger: number, after: LedgerPayments, now: number): void {
  const before = state.payments[ledger]!;
  const known = larger(before.noticed, before.told);
  const quantity = subtract(larger(after.noticed, after.told), known);
  before.noticed = after.noticed;
  before.told = after.told;
  if (!isZero(quantity)) receive(state.ao, quantity, state.cycle, now);
}

function larger(one: Natural, other: Natural): Natural {
  return compare(one, other) < 0 ? other : one;
}

/** Payouts of all the AO that waits: a part to the index, if one is configured, and the rest to the treasury. */
export function forwardAo(state: LaunchState, now: number): readonly Payout[] {
  const { ao, parameters } = state;
  const part = indexPartDown(ao.waiting, parameters.indexShare);
  const tags = [["X-Action", "Mint"]] as const;
  const sent = pay(ao, INDEX, parameters.index, part, tags, now);
  return [...sent, ...pay(ao, TREASURY, parameters.terms.treasury, ao.waiting, [], now)];
}

/** A payout of all the PI that waits to the treasury. */
export function forwardPi({ pi, parameters }: LaunchState, now: number): readonly Payout[] {
  return pay(pi, TREASURY, parameters.terms.treasury, pi.waiting, [], now);
}

function pay(
  proceeds: Proceeds,
  owner: string,
  recipient: string,
  quantity: Natural,
  tags: Payout["tags"],
  now: number,
): readonly Payout[] {
  if (isZero(quantity) || !hasRoom(proceeds.payouts)) return [];
  proceeds.waiting = subtract(proceeds.waiting, quantity);
  return [openPayout(proceeds.payouts, { owner, notify: "", recipient, quantity, tags }, now)];
}

/** A payout of what was no proceeds to whoever sent it. `hasRoomForRefund` first. */
export function payForeignBack(
  proceeds: Proceeds,
  refund: Pick<Payout, "recipient" | "quantity" | "tags">,
  now: number,
): Payout {
  return openPayout(proceeds.payouts, { owner: "", notify: "", ...refund }, now);
}

/** A payout was made. */
export function settleProceeds(proceeds: Proceeds, number: string): void {
  const payout = settlePayout(proceeds.payouts, number);
  if (payout !== undefined) book(proceeds, payout, true);
}

/** A payout failed: it waits again. */
export function returnProceeds(proceeds: Proceeds, number: string): void {
  const payout = returnPayout(proceeds.payouts, number);
  if (payout !== undefined) book(proceeds, payout, false);
}

/** The token's figure for what the launch has: where it proves what came of payouts without an answer, they are closed. */
export function decideProceeds(proceeds: Proceeds, balance: Natural): void {
  const decision = decideAside(proceeds.payouts, proceedsBook(proceeds), balance);
  for (const payout of decision?.payouts ?? []) book(proceeds, payout, decision!.outcome === "settled");
}

/** What the launch has of the asset once nothing is under way. */
export function proceedsBook({ received, cameBack, foreign, payouts }: Proceeds): Natural {
  return subtract(add(add(received, cameBack), foreign), payouts.settled);
}

function book(proceeds: Proceeds, { owner, quantity }: Payout, settled: boolean): void {
  if (owner === "") return;
  if (!settled) proceeds.waiting = add(proceeds.waiting, quantity);
  else if (owner === INDEX) proceeds.exchanged = add(proceeds.exchanged, quantity);
  else proceeds.forwarded = add(proceeds.forwarded, quantity);
}
