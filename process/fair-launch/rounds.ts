/** A launch's rounds: when one is due, how it goes on, and what is left when it is over. */
import { compare, isZero, type Natural, subtract, ZERO } from "../math/natural.ts";
import { divide } from "../math/division.ts";
import { multiply, power10 } from "../math/multiplication.ts";
import type { Payout } from "../payouts/payouts.ts";
import { accountOf } from "../protocol/address.ts";
import { limits } from "../protocol/limits.ts";
import { SHARE_PLACES } from "../terms/terms.ts";
import { isComplete } from "../contributions/pages.ts";
import { beginCollection } from "./collection.ts";
import { countLate } from "./delegators.ts";
import { elapsedAt, giveBack, lapse, takeUpEmission } from "./emission.ts";
import { payClaim, payParticipants } from "./paying.ts";
import { beginSharing, shareDown, shareRemainders } from "./sharing.ts";
import type { LaunchState } from "./state.ts";

/**
 * Takes up the emission of the periods that have passed. A launch that has its tokens begins a round with it, and true is given: the reports are to be
 * asked for. One that has none waits, and is cancelled once its last period has passed.
 */
export function beginRoundIfDue(state: LaunchState, now: number): boolean {
  const elapsed = elapsedAt(state, now);
  if (state.round.phase !== "idle" || elapsed <= state.elapsed) return false;
  if (state.status !== "Ready" && state.status !== "Active") return false;
  state.elapsed = elapsed;
  takeUpEmission(state, elapsed);
  if (state.status === "Active") {
    beginCollection(state, elapsed, now);
    return true;
  }
  if (elapsed >= state.parameters.terms.periods) {
    state.status = "Cancelled";
    lapse(state);
  }
  return false;
}

/**
 * Carries the round on: a slice of each phase that it reaches. What has not been reported in the end counts in a later round. Gives the payouts
 * that are to be sent.
 */
export function carryOn(state: LaunchState, now: number): readonly Payout[] {
  const { round } = state;
  const patient = now - round.began < limits.collectionPatience;
  if (round.phase === "collecting" && (round.collections.every((each) => isComplete(each)) || !patient))
    beginSharing(state);
  if (round.phase === "parting") shareDown(state);
  if (round.phase === "rounding") shareRemainders(state);
  if (round.phase !== "paying") return [];
  const batches = payParticipants(state, now);
  return round.position < round.participants.length ? batches : [...batches, ...finish(state, now)];
}

/** Whether AO that comes now can earn tokens: the launch is under way, and there is something left that is not being shared out. */
export function takesContributions(state: LaunchState, now: number): boolean {
  const { terms } = state.parameters;
  if (state.status !== "Active" || now < terms.start) return false;
  return !isBusy(state) || state.period < terms.periods;
}

/** Whether a round is under way that waits for nobody. */
export function isBusy({ round }: LaunchState): boolean {
  return round.phase !== "idle" && round.phase !== "collecting";
}

function finish(state: LaunchState, now: number): readonly Payout[] {
  const { round, parameters } = state;
  const forIndex = indexPartDown(round.total, parameters.indexShare);
  state.history.push({
    number: round.number,
    period: state.period,
    cycle: state.cycle,
    timestamp: now,
    contributed: round.total,
    kept: subtract(round.total, forIndex),
    indexReceived: state.pi.received,
    distributed: round.distributed,
    reports: round.reports,
  });
  const nobody = isZero(round.total);
  round.phase = "idle";
  round.participants = [];
  round.position = 0;
  round.total = ZERO;
  countLate(state);
  return endIfOver(state, nobody, now);
}

/** Ended when nothing is left to give out; what nobody came for goes to the treasury after the grace time. */
function endIfOver(state: LaunchState, nobody: boolean, now: number): readonly Payout[] {
  const { terms, grace } = state.parameters;
  if (state.period < terms.periods) return [];
  if (isZero(state.rollover)) {
    state.status = "Ended";
    return [];
  }
  if (!nobody || state.elapsed < terms.periods + grace) return [];
  state.status = "Ended";
  const account = accountOf(terms.treasury);
  giveBack(state, account);
  const payout = payClaim(state, account, now);
  return payout === undefined ? [] : [payout];
}

/** The part of proceeds that goes to the index first. */
export function indexPartDown(amount: Natural, percent: Natural): Natural {
  return compare(percent, ZERO) === 0
    ? ZERO
    : divide(multiply(amount, percent), power10(SHARE_PLACES + 2)).quotient;
}
