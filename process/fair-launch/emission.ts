/** What is given out when: the schedule, how far it has been taken up, and when a launch is over. */
import { enrolDelegator } from "../contributions/delegators.ts";
import { type DecaySchedule, emitted, schedule } from "../math/decay.ts";
import { quotient } from "../math/integer.ts";
import { add, type Natural, subtract, ZERO } from "../math/natural.ts";
import { owe } from "../payouts/till.ts";
import { allocationDown, PERIOD_MILLISECONDS } from "../terms/terms.ts";
import type { LaunchState } from "./state.ts";

/** What is to be given out; undefined while a share's supply is not known. */
export function allocationOf({ parameters, token }: LaunchState): Natural | undefined {
  const { size } = parameters.terms;
  if (size.kind === "amount") return size.amount;
  return token.supply === undefined ? undefined : allocationDown(size, token.supply);
}

/** The schedule; undefined while the allocation is not known. */
export function scheduleOf(state: LaunchState): DecaySchedule | undefined {
  const allocation = allocationOf(state);
  const { decayFactor, periods } = state.parameters.terms;
  return allocation === undefined ? undefined : schedule(allocation, decayFactor, periods);
}

/** What later periods will give out. */
export function notYetEmitted(state: LaunchState): Natural {
  const plan = scheduleOf(state);
  return plan === undefined ? ZERO : subtract(plan.allocation, emitted(plan, state.period));
}

/** How many periods have passed, those after the last one too. */
export function elapsedAt({ parameters }: LaunchState, now: number): number {
  const { start } = parameters.terms;
  return now < start ? 0 : quotient(now - start, PERIOD_MILLISECONDS);
}

/** Moves the emission of every period that has passed to the rollover. */
export function takeUpEmission(state: LaunchState, elapsed: number): void {
  const plan = scheduleOf(state);
  if (plan === undefined) return;
  const period = elapsed < plan.periods ? elapsed : plan.periods;
  if (period <= state.period) return;
  state.rollover = add(state.rollover, subtract(emitted(plan, period), emitted(plan, state.period)));
  state.period = period;
}

/** What is left of the launch, emitted or not, becomes claimable by an account. */
export function giveRest(state: LaunchState, account: string): void {
  const rest = add(state.rollover, notYetEmitted(state));
  state.period = state.parameters.terms.periods;
  state.rollover = ZERO;
  state.returned = add(state.returned, rest);
  // Pages list who can claim.
  enrolDelegator(state.contributions, account);
  owe(state.till, account, rest);
}

/** The same of a launch that never had its tokens: nobody can claim anything. */
export function lapse(state: LaunchState): void {
  state.returned = add(state.returned, add(state.rollover, notYetEmitted(state)));
  state.period = state.parameters.terms.periods;
  state.rollover = ZERO;
}
