/**
 * Shares of the reserves. Laws: nobody's part of either reserve falls when others add or remove; to add and then remove
 * gives back at most what was put in. Every rounding is in the pool's favour: shares down, what they cost up, what they
 * fetch down.
 *
 * The first 1,000 shares stay with the pool for ever. So the reserves never come to an end again, and nobody gains by
 * making one share so dear that the deposits of others round to nothing: what is merely sent to the pool is not in the
 * reserves, and what swaps leave there to make a share worth an amount is, for each of those 1,000, that amount lost. A
 * deposit that rounds to nothing goes back.
 */
import { burn, mint } from "../balances/book.ts";
import { multiplyDivideDown, multiplyDivideUp } from "../math/division.ts";
import { multiply } from "../math/multiplication.ts";
import {
  add,
  compare,
  formatNatural,
  isZero,
  type Natural,
  natural,
  subtract,
  ZERO,
} from "../math/natural.ts";
import { squareRootDown } from "../math/square-root.ts";
import { changeReserves, hasLiquidity } from "./reserves.ts";
import type { Pair, PoolState, Terms } from "./state.ts";

/** The shares that the first deposit leaves with the pool. */
export const LOCKED_SHARES = natural(1_000);

/** What a deposit comes to: shares, and what of each token they cost. */
export interface Addition {
  readonly shares: Natural;
  readonly used: Pair;
}

/** What a deposit of both tokens comes to, or why it can't be taken. Nothing has changed yet. */
export function additionOf(state: PoolState, given: Pair, terms: Terms): Addition | string {
  const addition = hasLiquidity(state) ? laterAddition(state, given) : firstAddition(given);
  if (isZero(addition.shares)) return "Too little liquidity provided";
  if (compare(addition.shares, terms.leastShares) < 0) {
    return `Could not provide with X-Min-Shares: it would be ${formatNatural(addition.shares)}`;
  }
  const bearable = given.every((amount, side) => {
    const least = multiplyDivideDown(amount, natural(10_000 - terms.tolerance), natural(10_000));
    return compare(addition.used[side]!, least) >= 0;
  });
  return bearable ? addition : "Could not provide liquidity within the given slippage tolerance";
}

/** The mean of the first amounts, less what stays with the pool; it takes them whole, and sets the price. */
function firstAddition(given: Pair): Addition {
  const root = squareRootDown(multiply(given[0], given[1]));
  const shares = compare(root, LOCKED_SHARES) > 0 ? subtract(root, LOCKED_SHARES) : ZERO;
  return { shares, used: given };
}

/** As many shares as both amounts are good for, rounded down; each costs its part of the reserves, rounded up. */
function laterAddition({ supply, sides }: PoolState, given: Pair): Addition {
  const first = multiplyDivideDown(given[0], supply, sides[0].reserve);
  const second = multiplyDivideDown(given[1], supply, sides[1].reserve);
  const shares = compare(first, second) <= 0 ? first : second;
  const used: Pair = [
    multiplyDivideUp(shares, sides[0].reserve, supply),
    multiplyDivideUp(shares, sides[1].reserve, supply),
  ];
  return { shares, used };
}

/** Carries an addition out that `additionOf` gave for the present state. */
export function addLiquidity(state: PoolState, provider: string, addition: Addition, now: number): void {
  const { shares, used } = addition;
  const [first, second] = state.sides;
  const isFirst = !hasLiquidity(state);
  changeReserves(state, [add(first.reserve, used[0]), add(second.reserve, used[1])], now);
  if (isFirst) mint(state, state.parameters.id, LOCKED_SHARES);
  mint(state, provider, shares);
}

/** What so many shares fetch of each token, rounded down; there are that many. */
export function removalDown({ supply, sides }: PoolState, shares: Natural): Pair {
  return [
    multiplyDivideDown(shares, sides[0].reserve, supply),
    multiplyDivideDown(shares, sides[1].reserve, supply),
  ];
}

/** Burns shares that the holder has, and takes what they fetch off the reserves; the caller pays it. */
export function removeLiquidity(state: PoolState, holder: string, shares: Natural, now: number): Pair {
  const amounts = removalDown(state, shares);
  const [first, second] = state.sides;
  changeReserves(state, [subtract(first.reserve, amounts[0]), subtract(second.reserve, amounts[1])], now);
  burn(state, holder, shares);
  return amounts;
}
