/**
 * What wallets have earned. The ledger never walks over its wallets at a cycle: each token's index grows by what one
 * unit of stake earns, and a wallet's yield is its stake times the index's growth since it was last counted. Whoever
 * changes a stake settles it first. Law: Σ accrued + Σ rest + waiting = Σ minted, scaled by 10^42, exactly.
 */
import { multiply, multiplySmall } from "../math/multiplication.ts";
import { add, isZero, type Natural, subtract, ZERO } from "../math/natural.ts";
import { toUnitsDown } from "./scale.ts";
import type { Holdings, LedgerState } from "./state.ts";

export const ALL = 10_000;

/** Counts a wallet's yield up to now, from all tokens. */
export function settle(state: LedgerState, wallet: number): void {
  for (const token of state.tokens) settleToken(state, token, wallet);
}

/** Counts a wallet's yield up to now from one token. */
export function settleToken(state: LedgerState, token: Holdings, wallet: number): void {
  const { index } = token;
  const seen = token.seen[wallet];
  if (seen === index) return;
  token.seen[wallet] = index;
  if (seen === undefined) return;
  const { own, income, idle } = state.wallets;
  const growth = subtract(index, seen);
  const quantity = token.quantity[wallet];
  if (quantity !== undefined && !isZero(quantity) && idle[wallet] !== true) {
    own[wallet] = add(own[wallet] ?? ZERO, multiply(quantity, growth));
  }
  const delegated = token.delegated[wallet];
  if (delegated !== undefined && !isZero(delegated)) {
    income[wallet] = add(income[wallet] ?? ZERO, multiply(delegated, growth));
  }
}

/** What a wallet holds of a token as far as it counts: nothing, below the smallest base weight. */
export function countedQuantity(state: LedgerState, token: Holdings, wallet: number): Natural {
  return state.wallets.idle[wallet] === true ? ZERO : (token.quantity[wallet] ?? ZERO);
}

/** Yield ever of one basis point of a wallet's own base weight, times 10^42, without settling it. */
export function ownYield(state: LedgerState, wallet: number): Natural {
  let sum = state.wallets.own[wallet] ?? ZERO;
  for (const token of state.tokens) {
    sum = add(sum, growthOf(token, wallet, countedQuantity(state, token, wallet)));
  }
  return sum;
}

/** Yield ever from others' delegations, times 10^42, without settling the wallet. */
export function incomeOf(state: LedgerState, wallet: number): Natural {
  let sum = state.wallets.income[wallet] ?? ZERO;
  for (const token of state.tokens) sum = add(sum, growthOf(token, wallet, token.delegated[wallet] ?? ZERO));
  return sum;
}

/** Everything that a wallet has ever earned, times 10^42: what it kept, and what others delegated to it. */
export function accruedOf(state: LedgerState, wallet: number): Natural {
  const { kept, keptSince, outgoing } = state.wallets;
  const since = subtract(ownYield(state, wallet), keptSince[wallet] ?? ZERO);
  const keptNow = add(kept[wallet] ?? ZERO, multiplySmall(since, ALL - (outgoing[wallet] ?? 0)));
  return add(keptNow, incomeOf(state, wallet));
}

/** What a wallet can withdraw, in whole smallest units: what it has earned, less what has left and what fees took. */
export function withdrawableOf(state: LedgerState, wallet: number): Natural {
  const { withdrawn, fees } = state.wallets;
  const spent = add(withdrawn[wallet] ?? ZERO, fees[wallet] ?? ZERO);
  return subtract(toUnitsDown(accruedOf(state, wallet)), spent);
}

/** What an edge has contributed so far, times 10^42; `own` is the delegator's `ownYield`. */
export function contributedBy(state: LedgerState, edge: number, own: Natural): Natural {
  const { contributed, since, factor } = state.edges;
  const settled = contributed[edge] ?? ZERO;
  if (factor[edge] === 0) return settled;
  return add(settled, multiplySmall(subtract(own, since[edge]!), factor[edge]!));
}

function growthOf(token: Holdings, wallet: number, stake: Natural): Natural {
  const seen = token.seen[wallet];
  if (seen === undefined || seen === token.index || isZero(stake)) return ZERO;
  return multiply(stake, subtract(token.index, seen));
}
