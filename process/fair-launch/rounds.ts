/** A launch's rounds: when one is due, how it goes on, and what is left when it is over. */
import { isCollected } from "../contributions/collection.ts";
import { beginSharing, endRound, isBusy, share } from "../contributions/sharing.ts";
import { divide } from "../math/division.ts";
import { multiply, power10 } from "../math/multiplication.ts";
import { add, isZero, type Natural, subtract, ZERO } from "../math/natural.ts";
import { accountOf } from "../protocol/address.ts";
import { SHARE_PLACES } from "../terms/terms.ts";
import { countLate } from "./direct.ts";
import { elapsedAt, giveRest, lapse, takeUpEmission } from "./emission.ts";
import type { LaunchState } from "./state.ts";

/**
 * Takes up the emission of the periods that have passed. True for a launch that has its tokens: a round begins with it, and the reports are to be
 * asked for. One that has none waits, and is cancelled once its last period has passed.
 */
export function takeUpPeriods(state: LaunchState, now: number): boolean {
  const elapsed = elapsedAt(state, now);
  if (state.contributions.phase !== "idle" || elapsed <= state.elapsed) return false;
  if (state.status !== "Ready" && state.status !== "Active") return false;
  state.elapsed = elapsed;
  takeUpEmission(state, elapsed);
  if (state.status === "Active") return true;
  if (elapsed >= state.parameters.terms.periods) {
    state.status = "Cancelled";
    lapse(state);
  }
  return false;
}

/**
 * Carries the round on by a slice. Once everything is collected, all of the rollover is shared out; with nobody to share it out to it waits, and the
 * round is over at once. What has not been reported in the end counts in a later round.
 */
export function carryOn(state: LaunchState, now: number): void {
  const { contributions, till } = state;
  if (isCollected(contributions, now)) {
    state.sharedOut = ZERO;
    if (!beginSharing(contributions, state.rollover)) contributions.phase = "paying";
  }
  const quantity = share(contributions, till);
  // Once a message, as thousands are credited in one.
  state.rollover = subtract(state.rollover, quantity);
  state.distributed = add(state.distributed, quantity);
  state.sharedOut = add(state.sharedOut, quantity);
}

/** Whether AO that comes now can earn tokens: the launch is under way, and there is something left that is not being shared out. */
export function takesContributions(state: LaunchState, now: number): boolean {
  const { terms } = state.parameters;
  if (state.status !== "Active" || now < terms.start) return false;
  return !isBusy(state.contributions) || state.period < terms.periods;
}

/** Everybody's part is owed or on its way. Gives whose what is left of the launch has become: "" in all rounds but the last. */
export function finish(state: LaunchState, now: number): string {
  const { contributions, parameters, pi } = state;
  const { total } = contributions;
  state.history.push({
    number: contributions.round,
    period: state.period,
    cycle: contributions.cycle,
    timestamp: now,
    contributed: total,
    kept: subtract(total, indexPartDown(total, parameters.indexShare)),
    indexReceived: pi.received,
    distributed: state.sharedOut,
    reports: contributions.reports,
  });
  endRound(contributions);
  countLate(state);
  return endIfOver(state, isZero(total));
}

/** Ended when nothing is left to give out; what nobody came for goes to the treasury after the grace time. */
function endIfOver(state: LaunchState, nobody: boolean): string {
  const { terms, grace } = state.parameters;
  if (state.period < terms.periods) return "";
  if (isZero(state.rollover)) {
    state.status = "Ended";
    return "";
  }
  if (!nobody || state.elapsed < terms.periods + grace) return "";
  state.status = "Ended";
  const account = accountOf(terms.treasury);
  giveRest(state, account);
  return account;
}

/** The part of proceeds that goes to the index first. */
export function indexPartDown(amount: Natural, percent: Natural): Natural {
  return isZero(percent) ? ZERO : divide(multiply(amount, percent), power10(SHARE_PLACES + 2)).quotient;
}
