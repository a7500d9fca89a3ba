/**
 * The books of each side. Law, for each token: reserve + deposits + owed + pending + unconfirmed = received − settled.
 */
import { touch } from "../collections/touched.ts";
import { add, type Natural } from "../math/natural.ts";
import { committed, owe } from "../payouts/till.ts";
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

/** Where all is that the token should say the pool has, once no message is under way. */
export function accountedFor(side: Side): Natural {
  return add(add(side.reserve, side.deposits), committed(side));
}

/** Books an amount as an account's, until it claims it. */
export function keep(state: PoolState, index: SideIndex, account: string, quantity: Natural): void {
  owe(state.sides[index], account, quantity);
  touch(state.touchedClaims, account);
}
