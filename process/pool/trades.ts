/**
 * Swaps by constant product. Laws: a swap never lowers the product of the reserves; a quote is the fill in the same
 * state. Every rounding is in the pool's favour: the fee up, the output down.
 */
import { divideSmall, multiplyDivideDown } from "../math/division.ts";
import { multiplySmall } from "../math/multiplication.ts";
import { add, compare, formatNatural, isZero, type Natural, subtract } from "../math/natural.ts";
import { changeReserves, hasLiquidity } from "./reserves.ts";
import { otherSide } from "./sides.ts";
import type { PoolState, SideIndex } from "./state.ts";

/** What an input comes to: all of it enters the reserves, and what is left after the fee buys the output. */
export interface Quote {
  readonly input: Natural;
  readonly fee: Natural;
  readonly afterFee: Natural;
  readonly output: Natural;
}

/** The fill of an input of one side; the pool has liquidity. */
export function quoteOf(state: PoolState, from: SideIndex, input: Natural): Quote {
  const afterFee = divideSmall(multiplySmall(input, 10_000 - state.parameters.fee), 10_000).quotient;
  const output = outputDown(state, from, afterFee);
  return { input, fee: subtract(input, afterFee), afterFee, output };
}

/** reserve out · input ÷ (reserve in + input), rounded down: without a fee. Less than the reserve, always. */
export function outputDown(state: PoolState, from: SideIndex, input: Natural): Natural {
  const reserveIn = state.sides[from].reserve;
  const reserveOut = state.sides[otherSide(from)].reserve;
  return multiplyDivideDown(reserveOut, input, add(reserveIn, input));
}

/** Swaps an input, if it gives at least so much; or says why not, and nothing has changed. */
export function swap(
  state: PoolState,
  from: SideIndex,
  input: Natural,
  least: Natural,
  now: number,
): Quote | string {
  if (!hasLiquidity(state)) return "The pool has no liquidity yet";
  const quote = quoteOf(state, from, input);
  const { output } = quote;
  if (isZero(output)) return "The output would be nothing";
  if (compare(output, least) < 0) {
    return `Could not swap with expected min output: it would be ${formatNatural(output)}`;
  }
  const reserveIn = add(state.sides[from].reserve, input);
  const reserveOut = subtract(state.sides[otherSide(from)].reserve, output);
  changeReserves(state, from === 0 ? [reserveIn, reserveOut] : [reserveOut, reserveIn], now);
  return quote;
}
