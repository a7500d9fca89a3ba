/** What launches earn: AO from those who delegate, PI for it where an index is configured, on to the treasury. */
import { add, isZero, larger, type Natural, subtract } from "../math/natural.ts";
import type { Payout } from "../payouts/payouts.ts";
import { decideByBalance, isNobodys, owe, type Payment, receive, settle, takeOwed } from "../payouts/till.ts";
import { accountOf } from "../protocol/address.ts";
import { indexPartDown } from "./rounds.ts";
import type { Arrival, LaunchState, LedgerPayments, Proceeds } from "./state.ts";

/** AO or PI has come that is the treasury's. */
export function earn(state: LaunchState, proceeds: Proceeds, quantity: Natural, now: number): void {
  const { till, arrivals } = proceeds;
  const { cycle } = state.contributions;
  receive(till, quantity);
  owe(till, treasuryOf(state), quantity);
  proceeds.received = add(proceeds.received, quantity);
  const last: Arrival | undefined = arrivals[arrivals.length - 1];
  if (last !== undefined && last.cycle === cycle) last.amount = add(last.amount, quantity);
  else arrivals.push({ cycle, timestamp: now, amount: quantity });
}

/** The index has sent AO back that it had no use for: it is the treasury's, as it would only come back once more. */
export function earnBack(state: LaunchState, quantity: Natural): Payment {
  receive(state.ao.till, quantity);
  state.ao.cameBack = add(state.ao.cameBack, quantity);
  return toTreasury(state, quantity);
}

/** AO has come from a ledger. */
export function earnFrom(state: LaunchState, ledger: number, quantity: Natural, now: number): void {
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
  if (!isZero(quantity)) earn(state, state.ao, quantity, now);
}

/** Takes all the AO that waits, to be paid: a part to the index, if one is configured, and the rest to the treasury. */
export function takeAo(state: LaunchState): readonly Payment[] {
  const { ao, parameters } = state;
  const owner = treasuryOf(state);
  const waiting = takeOwed(ao.till, owner);
  const part = indexPartDown(waiting, parameters.indexShare);
  const toIndex: Payment = {
    recipient: parameters.index,
    quantity: part,
    tags: [["X-Action", "Mint"]],
    owner,
  };
  return [toIndex, toTreasury(state, subtract(waiting, part))];
}

/** Takes all the PI that waits, to be paid to the treasury. */
export function takePi(state: LaunchState): readonly Payment[] {
  return [toTreasury(state, takeOwed(state.pi.till, treasuryOf(state)))];
}

function toTreasury({ parameters }: LaunchState, quantity: Natural): Payment {
  return { recipient: parameters.terms.treasury, quantity, tags: [] };
}

function treasuryOf({ parameters }: LaunchState): string {
  return accountOf(parameters.terms.treasury);
}

/** A payout was made. */
export function settleProceeds(proceeds: Proceeds, number: string): void {
  const payout = settle(proceeds.till, number);
  if (payout !== undefined) book(proceeds, payout);
}

/** The token's figure for what the launch has: where it proves what came of payouts without an answer, they are closed. */
export function decideProceeds(proceeds: Proceeds, balance: Natural): void {
  const decision = decideByBalance(proceeds.till, balance);
  if (decision?.outcome === "settled") for (const payout of decision.payouts) book(proceeds, payout);
}

function book(proceeds: Proceeds, payout: Payout): void {
  const { quantity, tags } = payout;
  if (isNobodys(payout)) return;
  // Only the index is told what to do with it; a treasury may have its address.
  if (tags.length > 0) proceeds.exchanged = add(proceeds.exchanged, quantity);
  else proceeds.forwarded = add(proceeds.forwarded, quantity);
}
