/**
 * The books of each side. Law, for each token: reserve + deposits + owed + pending + unconfirmed = received − settled.
 */
import { touch } from "../collections/touched.ts";
import { add, isZero, type Natural, subtract, ZERO } from "../math/natural.ts";
import type { PoolState, Side, SideIndex } from "./state.ts";

/** Which side a token is; undefined for one that is not of the pair. */
export function sideOf(state: PoolState, token: string): SideIndex | undefined {
  if (token === state.sides[0].token) return 0;
  return token === state.sides[1].token ? 1 : undefined;
}

/** The other side. */
export function otherSide(side: SideIndex): SideIndex {
  return side === 0 ? 1 : 0;
}

/** What the token should say that the pool has, once no message is under way. */
export function bookBalance({ received, payouts }: Side): Natural {
  return subtract(received, payouts.settled);
}

/** Where that is. */
export function accountedFor({ reserve, deposits, owed, payouts }: Side): Natural {
  return add(add(reserve, deposits), add(owed, add(payouts.pending, payouts.aside)));
}

/** Puts down that an amount is an account's, until it claims it. */
export function owe(state: PoolState, index: SideIndex, account: string, quantity: Natural): void {
  if (isZero(quantity)) return;
  const side = state.sides[index];
  side.owedTo[account] = add(side.owedTo[account] ?? ZERO, quantity);
  side.owed = add(side.owed, quantity);
  touch(state.touchedClaims, account);
}

/** What an account can claim. */
export function owedTo(state: PoolState, index: SideIndex, account: string): Natural {
  return state.sides[index].owedTo[account] ?? ZERO;
}

/** Takes off all that an account can claim; the caller pays it. */
export function takeOwed(state: PoolState, index: SideIndex, account: string): Natural {
  const side = state.sides[index];
  const quantity = owedTo(state, index, account);
  delete side.owedTo[account];
  side.owed = subtract(side.owed, quantity);
  touch(state.touchedClaims, account);
  return quantity;
}
