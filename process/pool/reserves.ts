/**
 * The reserves, and the price over time. While the reserves stay as they are, a token's price is theirs, and the sum
 * grows by price · milliseconds. Who reads the sum at two times has the mean price between them, in which a price that
 * stood for an instant has no weight. Reading, ticking and failed swaps add nothing up, so that nobody can wear the sum
 * down by rounding.
 */
import { multiplyDivideDown } from "../math/division.ts";
import { multiply, power10 } from "../math/multiplication.ts";
import { add, isZero, type Natural, natural } from "../math/natural.ts";
import { otherSide } from "./sides.ts";
import type { Pair, PoolState, SideIndex } from "./state.ts";

/** Decimal places of the sums of prices: what 38 digits against one still leaves four of. */
export const PRICE_PLACES = 42;

/** Whether there is anything to swap with. Once there is, there always is: the first shares stay. */
export function hasLiquidity(state: PoolState): boolean {
  return !isZero(state.supply);
}

/** Writes new reserves, after their price so far has been added up. */
export function changeReserves(state: PoolState, [first, second]: Pair, now: number): void {
  const sums = [cumulativeDown(state, 0, now), cumulativeDown(state, 1, now)] as const;
  state.sides[0].cumulative = sums[0];
  state.sides[1].cumulative = sums[1];
  state.sides[0].reserve = first;
  state.sides[1].reserve = second;
  state.changed = now;
}

/**
 * The sum of a token's price · milliseconds up to a time, times 10^42; each stretch between two changes is rounded
 * down. The price is that of its smallest unit, in smallest units of the other.
 */
export function cumulativeDown(state: PoolState, index: SideIndex, now: number): Natural {
  const { cumulative, reserve } = state.sides[index];
  if (!hasLiquidity(state)) return cumulative;
  const other = state.sides[otherSide(index)].reserve;
  const stretch = multiply(other, natural(now - state.changed));
  return add(cumulative, multiplyDivideDown(stretch, power10(PRICE_PLACES), reserve));
}
