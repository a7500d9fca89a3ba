/** PI for AO, AR or a launch's token by value, and for a period's yield. Law: the value of a PI never falls by it. */
import { divide } from "../math/division.ts";
import { multiply, power10 } from "../math/multiplication.ts";
import { compare, isZero, type Natural, natural } from "../math/natural.ts";
import { takeFromWindow, windowRoom } from "../market/window.ts";
import { valueDown, valueUp } from "../market/price.ts";
import { addBacking, mintPi } from "./shares.ts";
import { provenPriceOf, valueOf } from "./valuation.ts";
import type { Asset, IndexState } from "./state.ts";

const ALL_POINTS = 10_000;
const MULTIPLIER_PLACES = 18;

export const PAUSED = "Mints are paused; redeeming goes on";

/** Whether the guardian has paused mints. */
export function isPaused({ pausedUntil }: IndexState, now: number): boolean {
  return now < pausedUntil;
}

/** What an amount of one asset comes to: PI, or in words why nothing. The quote is the fill in the same state. */
export function quoteByValue(
  state: IndexState,
  asset: Asset,
  quantity: Natural,
  now: number,
): Natural | string {
  if (isPaused(state, now)) return PAUSED;
  if (!asset.listed) return "The token is being sold down and can't be minted for";
  if (isZero(state.supply)) return "The index has not been started yet: its first PI is minted for yield";
  const price = provenPriceOf(asset, now);
  const value = valueOf(state, now);
  if ("missing" in value) return "There is no fresh price for every asset: deposit in kind instead";
  if (price === undefined) return "No two sources agree on the token's price: deposit in kind instead";
  if (compare(valueUp(quantity, price.high), windowRoom(asset.minted, state.caps.hour, now)) > 0)
    return "The asset's cap of this hour is reached; try again later";
  // What comes in counts at the least that it may be worth, what is there at the most.
  const worth = valueDown(quantity, price.low);
  const afterFee = divide(
    multiply(worth, natural(ALL_POINTS - state.parameters.fee)),
    natural(ALL_POINTS),
  ).quotient;
  const pi = divide(multiply(afterFee, state.supply), value.high).quotient;
  return isZero(pi) ? "The amount is too small for any PI" : pi;
}

/** Carries a quote out. */
export function mintByValue(
  state: IndexState,
  asset: Asset,
  quantity: Natural,
  pi: Natural,
  now: number,
): void {
  const price = provenPriceOf(asset, now)!;
  takeFromWindow(asset.minted, state.caps.hour, valueUp(quantity, price.high), now);
  addBacking(asset, quantity);
  mintPi(state, pi);
}

/**
 * PI for a period's yield: AO times the multiplier while the index is started, then AO · supply / value, rounded down. Undefined while a price is missing, or the
 * guardian has paused mints: the AO waits.
 */
export function piForYield(state: IndexState, ao: Natural, now: number): Natural | undefined {
  if (isPaused(state, now)) return undefined;
  const { bootstrapMultiplier, bootstrapUntil } = state.parameters;
  if (isZero(state.supply) || now < bootstrapUntil)
    return divide(multiply(ao, bootstrapMultiplier), power10(MULTIPLIER_PLACES)).quotient;
  const value = valueOf(state, now);
  return "missing" in value ? undefined : divide(multiply(ao, state.supply), value.high).quotient;
}
