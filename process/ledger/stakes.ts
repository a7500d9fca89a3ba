/**
 * Changes of stake. What a wallet holds stakes for itself and, share by share, for whom it delegates to; so a change of
 * holdings or of shares settles the wallets whose stakes it moves, and no others.
 */
import { divide } from "../math/division.ts";
import { multiply, multiplySmall, power10 } from "../math/multiplication.ts";
import { add, compare, isEqual, isZero, type Natural, subtract, ZERO } from "../math/natural.ts";
import { countedQuantity, settleToken } from "./accrual.ts";
import type { Holdings, LedgerState } from "./state.ts";

/**
 * Sets what a wallet holds of a token, in smallest units. Whether its holdings are enough to count is judged even if the
 * amount is as it was: multipliers may have changed since.
 */
export function setQuantity(state: LedgerState, token: Holdings, wallet: number, quantity: Natural): void {
  const isChanged = !isEqual(token.quantity[wallet] ?? ZERO, quantity);
  if (isChanged) settleToken(state, token, wallet);
  const counted = countedQuantity(state, token, wallet);
  if (isChanged) token.quantity[wallet] = quantity;
  const isIdle = isTooSmall(state, wallet);
  if (isIdle !== (state.wallets.idle[wallet] === true)) setIdle(state, token, wallet, isIdle, counted);
  else if (!isIdle) moveCounted(state, token, wallet, counted, quantity);
}

/** The share that an edge's target has of everything its delegator holds changes by so many basis points. */
export function moveShare(state: LedgerState, from: number, to: number, before: number, after: number): void {
  for (const token of state.tokens) {
    const quantity = countedQuantity(state, token, from);
    if (isZero(quantity)) continue;
    const rises = after > before;
    moveDelegated(state, token, to, multiplySmall(quantity, rises ? after - before : before - after), rises);
  }
}

/** Whether a wallet's holdings are below the smallest base weight. */
function isTooSmall(state: LedgerState, wallet: number): boolean {
  const { smallestBaseWeight } = state.parameters.policies;
  return !isZero(smallestBaseWeight) && compare(baseWeight(state, wallet), smallestBaseWeight) < 0;
}

/** What a wallet's holdings weigh by themselves, times 10^18, rounded down. */
function baseWeight(state: LedgerState, wallet: number): Natural {
  let weight = ZERO;
  for (const token of state.tokens) weight = add(weight, exactWeight(token, token.quantity[wallet] ?? ZERO));
  return divide(weight, power10(18)).quotient;
}

/** What so much of a token weighs, times 10^36: exact, and comparable whatever the tokens' denominations. */
export function exactWeight(token: Holdings, quantity: Natural): Natural {
  if (isZero(quantity)) return ZERO;
  return multiply(multiply(quantity, token.multiplier), power10(18 - token.denomination));
}

/** All of a wallet's holdings start to count, or stop. The token whose quantity just changed counted `counted` before. */
function setIdle(
  state: LedgerState,
  changed: Holdings,
  wallet: number,
  isIdle: boolean,
  counted: Natural,
): void {
  for (const token of state.tokens) {
    settleToken(state, token, wallet);
  }
  for (const token of state.tokens) {
    const held = token.quantity[wallet] ?? ZERO;
    const before = token === changed ? counted : isIdle ? held : ZERO;
    moveCounted(state, token, wallet, before, isIdle ? ZERO : held);
  }
  state.wallets.idle[wallet] = isIdle;
}

/** What counts of a wallet's holdings of one token changes: for all together, and for those it delegates to. */
function moveCounted(
  state: LedgerState,
  token: Holdings,
  wallet: number,
  before: Natural,
  after: Natural,
): void {
  const order = compare(before, after);
  if (order === 0) return;
  const rises = order < 0;
  const difference = rises ? subtract(after, before) : subtract(before, after);
  token.total = moved(token.total, difference, rises);
  const { firstEdge } = state.wallets;
  const { factor, next, to } = state.edges;
  let edge = firstEdge[wallet] ?? 0;
  while (edge !== 0) {
    if (factor[edge]! > 0)
      moveDelegated(state, token, to[edge]!, multiplySmall(difference, factor[edge]!), rises);
    edge = next[edge] ?? 0;
  }
}

/** What others delegate to a wallet changes, after it has been settled. */
function moveDelegated(
  state: LedgerState,
  token: Holdings,
  target: number,
  difference: Natural,
  rises: boolean,
): void {
  settleToken(state, token, target);
  token.delegated[target] = moved(token.delegated[target] ?? ZERO, difference, rises);
}

function moved(amount: Natural, difference: Natural, rises: boolean): Natural {
  return rises ? add(amount, difference) : subtract(amount, difference);
}
