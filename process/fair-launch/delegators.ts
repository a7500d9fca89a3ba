/** Who has contributed, and what they have got for it. */
import { enrol, slotOf } from "../collections/register.ts";
import { add, compare, isZero, type Natural, subtract, ZERO } from "../math/natural.ts";
import type { LaunchState } from "./state.ts";

/**
 * Whether an account can be paid: a token takes no transfer to itself, and one such row would hold up a batch of all the
 * others for ever.
 */
export function canBePaid({ parameters }: LaunchState, account: string): boolean {
  return account !== parameters.terms.token;
}

/** The slot of an account, which is enrolled if it was not. */
export function enrolDelegator({ delegators }: LaunchState, account: string): number {
  const known = slotOf(delegators.register, account);
  if (known !== undefined) return known;
  const slot = enrol(delegators.register, account);
  for (const column of delegators.seen) column[slot] = ZERO;
  delegators.contributed[slot] = ZERO;
  delegators.current[slot] = ZERO;
  delegators.credited[slot] = ZERO;
  delegators.claimable[slot] = ZERO;
  return slot;
}

/** A ledger says what an account has contributed so far: the difference to what is known counts now. */
export function reportContribution(
  state: LaunchState,
  ledger: number,
  account: string,
  cumulative: Natural,
): void {
  const slot = enrolDelegator(state, account);
  const seen = state.delegators.seen[ledger]!;
  if (compare(cumulative, seen[slot]!) <= 0) return;
  const quantity = subtract(cumulative, seen[slot]!);
  seen[slot] = cumulative;
  contribute(state, slot, quantity);
}

/** AO that an account sent itself. While shares are being worked out it counts for the next round. */
export function contributeDirectly(state: LaunchState, account: string, quantity: Natural): void {
  const slot = enrolDelegator(state, account);
  const { round } = state;
  if (round.phase === "idle" || round.phase === "collecting") {
    contribute(state, slot, quantity);
    return;
  }
  round.lateSlots.push(slot);
  round.lateQuantities.push(quantity);
}

/** Counts what came while the round was being shared out. */
export function countLate(state: LaunchState): void {
  const { round } = state;
  round.lateSlots.forEach((slot, i) => contribute(state, slot, round.lateQuantities[i]!));
  round.lateSlots = [];
  round.lateQuantities = [];
}

function contribute({ delegators, round }: LaunchState, slot: number, quantity: Natural): void {
  const { contributed, current } = delegators;
  if (isZero(current[slot]!)) round.participants.push(slot);
  current[slot] = add(current[slot]!, quantity);
  contributed[slot] = add(contributed[slot]!, quantity);
  round.total = add(round.total, quantity);
}

/** Tokens to a delegator, who can claim them from now on. `bookCredits` of all that were credited follows in the same message. */
export function credit(
  { delegators: { credited, claimable } }: LaunchState,
  slot: number,
  quantity: Natural,
): void {
  credited[slot] = add(credited[slot]!, quantity);
  claimable[slot] = add(claimable[slot]!, quantity);
}

/** What was credited comes out of the rollover: once a message, as thousands are credited in one. */
export function bookCredits(state: LaunchState, quantity: Natural): void {
  state.rollover = subtract(state.rollover, quantity);
  state.distributed = add(state.distributed, quantity);
  state.round.distributed = add(state.round.distributed, quantity);
  state.claimable = add(state.claimable, quantity);
}

/** Tokens that are an account's and have not been sent, or came back. */
export function makeClaimable(state: LaunchState, slot: number, quantity: Natural): void {
  const { claimable } = state.delegators;
  claimable[slot] = add(claimable[slot]!, quantity);
  state.claimable = add(state.claimable, quantity);
}

/** Takes all that an account can claim, to send it. */
export function takeClaimable(state: LaunchState, slot: number): Natural {
  const { claimable } = state.delegators;
  const quantity = claimable[slot]!;
  claimable[slot] = ZERO;
  state.claimable = subtract(state.claimable, quantity);
  return quantity;
}
