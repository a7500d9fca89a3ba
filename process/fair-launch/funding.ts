/** Funding: by a notice of exactly the allocation, or, where that got lost, by the token's word that it is there. */
import { add, compare, isZero, type Natural, subtract } from "../math/natural.ts";
import { bookBalance, receive } from "../payouts/till.ts";
import { accountOf } from "../protocol/address.ts";
import { endOf } from "../terms/terms.ts";
import { allocationOf } from "./emission.ts";
import type { LaunchState } from "./state.ts";

/** How long tokens must have been there without a notice, in milliseconds: until then it may be on its way. */
export const FUNDING_PATIENCE = 3_600_000;

/** The allocation has come. */
export function fundBy(state: LaunchState, account: string, allocation: Natural): void {
  receive(state.till, allocation);
  state.funder = account;
  state.status = "Active";
}

/** Whether a funding may still come, or have come without a notice. */
export function isFundingMissing({ status, parameters }: LaunchState, now: number): boolean {
  return status === "Ready" && now < endOf(parameters.terms);
}

/**
 * The token's word on what the launch has. Where it is the allocation more than the books say, twice and an hour or more apart, with nothing told of
 * between, the launch is funded. Who sent it nobody can tell: it is the initializer's. True when it was found.
 */
export function findFunding(state: LaunchState, balance: Natural, now: number): boolean {
  const allocation = allocationOf(state);
  if (allocation === undefined || isZero(allocation) || !isFundingMissing(state, now)) return false;
  const { sighting, till } = state;
  const { received } = till;
  // Refunds under way count as if they were still here, so that less is found and never more.
  const isThere = compare(balance, add(bookBalance(till), allocation)) >= 0;
  const isSame = isThere && sighting !== undefined && compare(sighting.received, received) === 0;
  if (!isSame) {
    state.sighting = isThere ? { at: now, received } : undefined;
    return false;
  }
  if (now - sighting.at < FUNDING_PATIENCE) return false;
  state.unheard = allocation;
  fundBy(state, accountOf(state.parameters.terms.initializer), allocation);
  return true;
}

/**
 * Takes off a notice what the token's word has counted before, and gives the rest. Whatever comes may be that, in one transfer or in many: what is
 * booked once too little does no harm, once too much would be sent back from what belongs to others.
 */
export function withoutFound(state: LaunchState, quantity: Natural): Natural {
  const known = compare(quantity, state.unheard) < 0 ? quantity : state.unheard;
  if (isZero(known)) return quantity;
  state.unheard = subtract(state.unheard, known);
  return subtract(quantity, known);
}
