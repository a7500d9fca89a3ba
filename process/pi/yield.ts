/** A period's yield becomes PI: collected, apportioned over those who contributed it, sent. */
import { quotient } from "../math/integer.ts";
import { isZero, subtract } from "../math/natural.ts";
import { isCollected } from "../contributions/collection.ts";
import { beginSharing, isBusy, share } from "../contributions/sharing.ts";
import { piForYield } from "./minting.ts";
import { addBacking, mintPi } from "./shares.ts";
import type { IndexState } from "./state.ts";

export const PERIOD_MILLISECONDS = 86_400_000;

/** Whether a period has begun since the last round; one whose AO could not become PI yet is collected anew. */
export function isRoundDue({ contributions, elapsed }: IndexState, now: number): boolean {
  return !isBusy(contributions) && quotient(now, PERIOD_MILLISECONDS) > elapsed;
}

/** Notes that a round begins. */
export function noteRound(state: IndexState, now: number): void {
  state.elapsed = quotient(now, PERIOD_MILLISECONDS);
}

/**
 * Carries the round on by a slice. Once everything is collected, the AO that waits becomes PI; without any, without
 * contributors or without a price it goes on waiting, and so do the contributions.
 */
export function carryOn(state: IndexState, now: number): void {
  const { contributions } = state;
  if (isCollected(contributions, now)) beginMint(state, now);
  share(contributions, state.pi);
}

function beginMint(state: IndexState, now: number): void {
  const { contributions } = state;
  const ao = state.assets[0]!;
  const inflow = ao.waiting;
  const pi = isZero(inflow) ? undefined : piForYield(state, inflow, now);
  // Who has contributed is not forgotten: it counts when the AO has come, and can become PI.
  if (pi === undefined || isZero(pi) || !beginSharing(contributions, pi)) return;
  ao.waiting = subtract(ao.waiting, inflow);
  addBacking(ao, inflow);
  mintPi(state, pi);
  state.history.push({
    round: contributions.round,
    cycle: contributions.cycle,
    timestamp: now,
    minted: pi,
    inflow,
    reports: contributions.reports,
  });
}
