/** The launch's own token: whether it is pushed, and what came of what was sent. */
import { add, type Natural, subtract } from "../math/natural.ts";
import type { Payout } from "../payouts/payouts.ts";
import { decideByBalance, giveBack, isNobodys, settle } from "../payouts/till.ts";
import type { LaunchState } from "./state.ts";

/** Whether tokens are pushed: the deployer said that the token takes batches, and it has not failed to. */
export function isPushing({ parameters, batchesFail }: LaunchState): boolean {
  return parameters.terms.batchTransfers && !batchesFail;
}

/** A payout was made. */
export function settleTokens(state: LaunchState, number: string): void {
  const payout = settle(state.till, number);
  if (payout !== undefined) book(state, payout, true);
}

/** A payout failed: it can be claimed again. Undefined for a number that is not open. */
export function returnTokens(state: LaunchState, number: string): Payout | undefined {
  const payout = giveBack(state.till, number);
  if (payout !== undefined) book(state, payout, false);
  return payout;
}

/** The token's figure for what the launch has: where it proves what came of payouts without an answer, they are closed. */
export function decideTokens(state: LaunchState, balance: Natural): void {
  const decision = decideByBalance(state.till, balance);
  for (const payout of decision?.payouts ?? []) book(state, payout, decision!.outcome === "settled");
}

function book(state: LaunchState, payout: Payout, settled: boolean): void {
  const { quantity, rows } = payout;
  if (isNobodys(payout)) state.refunding = subtract(state.refunding, quantity);
  else if (settled) state.paid = add(state.paid, quantity);
  else if (rows !== undefined) state.batchesFail = true;
}
