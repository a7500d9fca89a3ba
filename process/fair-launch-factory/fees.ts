/** Creation fees in AO: credited to who pays them, held for a request, earned when its launch is listed, else credited again. */
import { add, compare, formatNatural, isZero, type Natural, subtract, ZERO } from "../math/natural.ts";
import {
  decideAside,
  hasRoom,
  openPayout,
  type Payout,
  returnPayout,
  settlePayout,
} from "../payouts/payouts.ts";
import { accountOf } from "../protocol/address.ts";
import { type Refusal, refuse } from "../protocol/refusal.ts";
import type { FactoryState, Fees, Row } from "./state.ts";

/** What an account has paid and not used, or earned. */
export function creditOfAccount({ fees }: FactoryState, account: string): Natural {
  return fees.credits[account] ?? ZERO;
}

/** A fee has come. */
export function receiveFee({ fees }: FactoryState, account: string, quantity: Natural): void {
  fees.received = add(fees.received, quantity);
  credit(fees, account, quantity);
}

/** Why the account can't have a launch made, if so: its credit does not cover the fee. */
export function checkFee(state: FactoryState, account: string): Refusal | undefined {
  const { fee, ao } = state.parameters;
  const paid = creditOfAccount(state, account);
  if (compare(paid, fee) >= 0) return undefined;
  return refuse(
    "fee-required",
    `A launch costs ${formatNatural(fee)} smallest units of AO, and you have paid ${formatNatural(paid)}: send a Transfer of AO (${ao}) to this process with X-Action: Creation-Fee`,
  );
}

/** Sets the fee aside for a request. `checkFee` first. */
export function holdFee({ fees, parameters }: FactoryState, account: string): Natural {
  const { fee } = parameters;
  if (isZero(fee)) return ZERO;
  take(fees, account, fee);
  fees.held = add(fees.held, fee);
  return fee;
}

/** The launch is listed: its fee is the recipient's. */
export function earnFee({ fees, parameters }: FactoryState, row: Row): void {
  fees.earned = add(fees.earned, row.fee);
  release(fees, row, accountOf(parameters.feeRecipient));
}

/** The request has failed: its fee is the requester's again. */
export function returnFee({ fees }: FactoryState, row: Row): void {
  release(fees, row, row.requester);
}

function release(fees: Fees, row: Row, account: string): void {
  if (isZero(row.fee)) return;
  fees.held = subtract(fees.held, row.fee);
  credit(fees, account, row.fee);
  row.fee = ZERO;
}

/** Pays all that an account has. Refused: it has nothing, or too much is under way. */
export function payCredit(
  state: FactoryState,
  to: Pick<Payout, "owner" | "notify" | "recipient">,
  now: number,
): Payout | Refusal {
  const { fees } = state;
  const quantity = creditOfAccount(state, to.owner);
  if (isZero(quantity)) return refuse("no-credit", "There is nothing to withdraw");
  if (!hasRoom(fees.payouts)) return refuse("busy", "Too many payouts are under way; try again later");
  take(fees, to.owner, quantity);
  return openPayout(fees.payouts, { ...to, quantity, tags: [] }, now);
}

/** AO that is no fee: it stays here as surplus unless it is sent back. */
export function receiveForeign({ fees }: FactoryState, quantity: Natural): void {
  fees.foreign = add(fees.foreign, quantity);
  fees.surplus = add(fees.surplus, quantity);
}

/** A payout of what was no fee to whoever sent it; there must be room. */
export function payBack(
  { fees }: FactoryState,
  refund: Pick<Payout, "recipient" | "quantity" | "tags">,
  now: number,
): Payout {
  fees.surplus = subtract(fees.surplus, refund.quantity);
  return openPayout(fees.payouts, { owner: "", notify: "", ...refund }, now);
}

/** A payout was made; undefined for a number that is not open. */
export function settleFee({ fees }: FactoryState, number: string): Payout | undefined {
  return settlePayout(fees.payouts, number);
}

/** A payout failed: it is credited again, and what was none stays as surplus. */
export function returnPaid({ fees }: FactoryState, number: string): Payout | undefined {
  const payout = returnPayout(fees.payouts, number);
  if (payout !== undefined) giveBack(fees, payout);
  return payout;
}

/** What the factory has if no payout that was set aside was made. */
export function feeBook({ fees }: FactoryState): Natural {
  return subtract(add(fees.received, fees.foreign), fees.payouts.settled);
}

/** The token's figure for what the factory has: where it proves what came of payouts without an answer, they are closed. */
export function decideFees(state: FactoryState, balance: Natural): void {
  const decision = decideAside(state.fees.payouts, feeBook(state), balance);
  if (decision?.outcome !== "returned") return;
  for (const payout of decision.payouts) giveBack(state.fees, payout);
}

function giveBack(fees: Fees, { owner, quantity }: Payout): void {
  if (owner === "") fees.surplus = add(fees.surplus, quantity);
  else credit(fees, owner, quantity);
}

function credit(fees: Fees, account: string, quantity: Natural): void {
  fees.credits[account] = add(fees.credits[account] ?? ZERO, quantity);
  fees.credited = add(fees.credited, quantity);
}

function take(fees: Fees, account: string, quantity: Natural): void {
  const rest = subtract(fees.credits[account]!, quantity);
  if (isZero(rest)) delete fees.credits[account];
  else fees.credits[account] = rest;
  fees.credited = subtract(fees.credited, quantity);
}
