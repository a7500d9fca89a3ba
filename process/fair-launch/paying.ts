/** The launch's own token on its way: batches to delegators, claims, what goes back. */
import { slotOf } from "../collections/register.ts";
import { add, formatNatural, isZero, type Natural, parseNatural, subtract, ZERO } from "../math/natural.ts";
import {
  type Decision,
  decideAside,
  hasRoom,
  openPayout,
  type Payout,
  returnPayout,
  settlePayout,
} from "../payouts/payouts.ts";
import { accountOf } from "../protocol/address.ts";
import { visitCsv } from "../protocol/csv.ts";
import { limits } from "../protocol/limits.ts";
import { allocationOf } from "./emission.ts";
import { enrolDelegator, makeClaimable, takeClaimable } from "./delegators.ts";
import type { LaunchState } from "./state.ts";

/** Who a payout is for: an account that can claim it again, many of them, or the sender of what was no funding. */
const MANY = "many";
const REFUND = "refund";

/** Whether tokens are pushed: the deployer said that the token takes batches, and it has not failed to. */
export function isPushing({ parameters, batchesFail }: LaunchState): boolean {
  return parameters.terms.batchTransfers && !batchesFail;
}

/**
 * The next batches to this round's participants. Who gets no place in one can claim; nobody does while it is not known
 * what came of an earlier payout, so that a mute token never holds more than one round's tokens up.
 */
export function payParticipants(state: LaunchState, now: number): readonly Payout[] {
  const { round } = state;
  const batches: Payout[] = [];
  // Most participants may have nothing coming, and fill no batch.
  const end = round.position + limits.batchesPerMessage * limits.batchRows;
  if (!isPushing(state) || state.payouts.unconfirmedCount > 0) round.position = round.participants.length;
  while (round.position < round.participants.length && round.position < end) {
    if (!hasRoom(state.payouts)) round.position = round.participants.length;
    const batch = payBatch(state, end, now);
    if (batch !== undefined) batches.push(batch);
  }
  return batches;
}

/** A batch of the participants up to a position; undefined when nothing is coming to them. */
function payBatch(state: LaunchState, end: number, now: number): Payout | undefined {
  const { round, delegators } = state;
  const { claimable } = delegators;
  const last = end < round.participants.length ? end : round.participants.length;
  const rows: string[] = [];
  let quantity = ZERO;
  while (round.position < last && rows.length < limits.batchRows) {
    const slot = round.participants[round.position]!;
    const amount = claimable[slot]!;
    claimable[slot] = ZERO;
    if (!isZero(amount)) {
      rows.push(`${delegators.register.names[slot]},${formatNatural(amount)}`);
      quantity = add(quantity, amount);
    }
    round.position += 1;
  }
  if (rows.length === 0) return undefined;
  state.claimable = subtract(state.claimable, quantity);
  const request = { owner: MANY, notify: "", recipient: "", quantity, tags: [], rows: rows.join("\n") };
  return openPayout(state.payouts, request, now);
}

/** What an account can claim. */
export function claimableOf({ delegators }: LaunchState, account: string): Natural {
  const slot = slotOf(delegators.register, account);
  return slot === undefined ? ZERO : delegators.claimable[slot]!;
}

/** A payout of all that an account can claim; undefined when that is nothing, or there is no room. */
export function payClaim(state: LaunchState, account: string, now: number): Payout | undefined {
  if (isZero(claimableOf(state, account)) || !hasRoom(state.payouts)) return undefined;
  const quantity = takeClaimable(state, slotOf(state.delegators.register, account)!);
  const request = { owner: account, notify: account, recipient: account, quantity, tags: [] };
  return openPayout(state.payouts, request, now);
}

/** A payout of tokens that are no funding to whoever sent them. `hasRoomForRefund` first. */
export function payBack(
  state: LaunchState,
  refund: Pick<Payout, "recipient" | "quantity" | "tags">,
  now: number,
): Payout {
  state.refunding = add(state.refunding, refund.quantity);
  return openPayout(state.payouts, { owner: REFUND, notify: "", ...refund }, now);
}

/** A payout was made. Undefined for a number that is not open. */
export function settleTokens(state: LaunchState, number: string): Payout | undefined {
  const payout = settlePayout(state.payouts, number);
  if (payout !== undefined) book(state, payout, true);
  return payout;
}

/** A payout failed: it can be claimed again. Undefined for a number that is not open. */
export function returnTokens(state: LaunchState, number: string): Payout | undefined {
  const payout = returnPayout(state.payouts, number);
  if (payout !== undefined) book(state, payout, false);
  return payout;
}

/** The token's figure for what the launch has: where it proves what came of payouts without an answer, they are closed. */
export function decideByBalance(state: LaunchState, balance: Natural): Decision | undefined {
  const decision = decideAside(state.payouts, tokenBook(state), balance);
  for (const payout of decision?.payouts ?? []) book(state, payout, decision!.outcome === "settled");
  return decision;
}

/** What the launch has of its token once nothing is under way. */
export function tokenBook(state: LaunchState): Natural {
  const funded = state.funder === "" ? ZERO : allocationOf(state)!;
  return subtract(add(funded, state.foreign), state.payouts.settled);
}

function book(state: LaunchState, payout: Payout, settled: boolean): void {
  if (payout.owner === REFUND) {
    state.refunding = subtract(state.refunding, payout.quantity);
    return;
  }
  if (settled) state.paid = add(state.paid, payout.quantity);
  else restore(state, payout);
}

/** Each of its owners can claim again. */
function restore(state: LaunchState, { owner, quantity, rows }: Payout): void {
  if (rows === undefined) {
    makeClaimable(state, enrolDelegator(state, accountOf(owner)), quantity);
    return;
  }
  state.batchesFail = true;
  visitCsv(rows, (_, recipient, amount) => {
    makeClaimable(state, enrolDelegator(state, recipient), parseNatural(amount!)!);
    return undefined;
  });
}
