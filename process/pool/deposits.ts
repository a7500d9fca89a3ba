/**
 * Deposits come as two transfers, one a token, in any order. The first waits for the other, until its deadline. A
 * provider has at most one that waits; further transfers of the same token add to it, and of two terms the stricter
 * counts.
 */
import { joinLine, leaveLine } from "../collections/line.ts";
import { touch } from "../collections/touched.ts";
import { add, compare, subtract } from "../math/natural.ts";
import { limits } from "../protocol/limits.ts";
import type { Deposit, PoolState, Terms } from "./state.ts";

/** Whether another half can begin to wait. */
export function mayWait(state: PoolState): boolean {
  return state.line.size < limits.pendingDeposits;
}

/** Begins to wait; `mayWait`, and the account has none that waits. */
export function beginDeposit(state: PoolState, account: string, deposit: Deposit): void {
  state.deposits[account] = deposit;
  joinLine(state.line, account);
  const side = state.sides[deposit.side];
  side.deposits = add(side.deposits, deposit.quantity);
  touch(state.touchedDeposits, account);
}

/** Adds a transfer of the same token to one that waits. The deadline stays. */
export function enlargeDeposit(
  state: PoolState,
  account: string,
  { quantity, terms }: Pick<Deposit, "quantity" | "terms">,
): void {
  const deposit = state.deposits[account]!;
  deposit.quantity = add(deposit.quantity, quantity);
  deposit.terms = stricter(deposit.terms, terms);
  const side = state.sides[deposit.side];
  side.deposits = add(side.deposits, quantity);
  touch(state.touchedDeposits, account);
}

/** Ends the waiting of one that waits; the caller says what becomes of its amount. */
export function endDeposit(state: PoolState, account: string): Deposit {
  const deposit = state.deposits[account]!;
  delete state.deposits[account];
  leaveLine(state.line, account);
  const side = state.sides[deposit.side];
  side.deposits = subtract(side.deposits, deposit.quantity);
  touch(state.touchedDeposits, account);
  return deposit;
}

/** The account whose deposit has waited longest, if its deadline is over. All wait equally long. */
export function overdueDeposit(state: PoolState, now: number): string | undefined {
  const account = state.line.first;
  return account !== "" && state.deposits[account]!.deadline <= now ? account : undefined;
}

/** Of two terms, the stricter in each point. */
export function stricter(one: Terms, other: Terms): Terms {
  return {
    leastShares: compare(one.leastShares, other.leastShares) >= 0 ? one.leastShares : other.leastShares,
    tolerance: one.tolerance <= other.tolerance ? one.tolerance : other.tolerance,
  };
}
