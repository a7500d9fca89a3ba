/**
 * What a deposit in kind leaves out. A launch's token that can't be had or sent must not keep anybody out, so that a session may
 * name such tokens, and the legs that it brings make up for them by value: at the low ends of the prices of what is brought and
 * the high ends (or the ceilings) of what is not, with the fee, and within the hour's caps, as a mint by value is.
 *
 * Brought assets are worth R, those left out Q. Who brings the share ρ of each of the former is due PI = ρ · supply · R / (R + Q): with
 * more, what the holders have of the latter would fall by more than the former rise.
 */
import { ALL_POINTS, pointsUp } from "../market/basis-points.ts";
import { valueDown, valueUp } from "../market/price.ts";
import { takeFromWindow, windowRoom } from "../market/window.ts";
import { add, compare, isZero, type Natural, ONE, ZERO } from "../math/natural.ts";
import { multiplyDivideUp } from "../math/division.ts";
import { multiply } from "../math/multiplication.ts";
import { assetOf, wholeOf } from "./shares.ts";
import type { IndexState, LegScale } from "./state.ts";
import { leftOutPriceOf, provenPriceOf } from "./valuation.ts";

/** How legs are measured of a deposit that leaves these tokens out; in words why that can't be said: a price is missing. */
export function legScale(state: IndexState, without: readonly string[], now: number): LegScale | string {
  if (without.length === 0) return { supply: state.supply, all: ONE };
  let brought = ZERO;
  let leftOut = ZERO;
  for (const asset of state.assets) {
    const quantity = wholeOf(state, asset);
    if (!isZero(quantity)) {
      const price = leftOutPriceOf(asset, now);
      if (price === undefined) return "Without a fresh price for every asset no token can be left out";
      if (without.includes(asset.token)) leftOut = add(leftOut, valueUp(quantity, price));
      else brought = add(brought, valueDown(quantity, provenPriceOf(asset, now)?.low ?? ZERO));
    }
  }
  if (isZero(brought)) return "What is brought has no value";
  const charged = pointsUp(leftOut, ALL_POINTS + state.parameters.fee);
  return { supply: multiply(state.supply, brought), all: add(brought, charged) };
}

/** Counts what is left out of a mint as minted by value, for each token. False, and nothing changed, where that passes a cap. */
export function chargeLeftOut(
  state: IndexState,
  without: readonly string[],
  pi: Natural,
  now: number,
): boolean {
  const charges = without.flatMap((token) => {
    const asset = assetOf(state, token);
    const price = asset === undefined ? undefined : leftOutPriceOf(asset, now);
    if (asset === undefined || price === undefined) return [];
    const share = multiplyDivideUp(wholeOf(state, asset), pi, state.supply);
    return [{ window: asset.minted, worth: valueUp(share, price) }];
  });
  for (const { window, worth } of charges)
    if (compare(worth, windowRoom(window, state.caps.hour, now)) > 0) return false;
  for (const { window, worth } of charges) takeFromWindow(window, state.caps.hour, worth, now);
  return true;
}
