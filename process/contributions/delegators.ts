/** What each delegator has contributed. */
import { enrol, slotOf } from "../collections/register.ts";
import { add, compare, isZero, type Natural, subtract, ZERO } from "../math/natural.ts";
import type { Contributions } from "./state.ts";

/**
 * Whether an account can be paid: a token takes no transfer to itself, and one such row would hold up a batch of all the
 * others for ever.
 */
export function canBePaid({ token }: Contributions, account: string): boolean {
  return account !== token;
}

/** The slot of an account, which is enrolled if it was not. */
export function enrolDelegator({ delegators }: Contributions, account: string): number {
  const known = slotOf(delegators.register, account);
  if (known !== undefined) return known;
  const slot = enrol(delegators.register, account);
  for (const column of delegators.seen) column[slot] = ZERO;
  delegators.contributed[slot] = ZERO;
  delegators.current[slot] = ZERO;
  delegators.credited[slot] = ZERO;
  return slot;
}

/** A ledger says what an account has contributed so far: the difference to what is known counts now. */
export function reportContribution(
  contributions: Contributions,
  ledger: number,
  account: string,
  cumulative: Natural,
): void {
  const slot = enrolDelegator(contributions, account);
  const seen = contributions.delegators.seen[ledger]!;
  if (compare(cumulative, seen[slot]!) <= 0) return;
  const quantity = subtract(cumulative, seen[slot]!);
  seen[slot] = cumulative;
  contribute(contributions, slot, quantity);
}

/** So much more counts in this round. */
export function contribute(contributions: Contributions, slot: number, quantity: Natural): void {
  const { contributed, current } = contributions.delegators;
  if (isZero(current[slot]!)) contributions.participants.push(slot);
  current[slot] = add(current[slot]!, quantity);
  contributed[slot] = add(contributed[slot]!, quantity);
  contributions.total = add(contributions.total, quantity);
}
