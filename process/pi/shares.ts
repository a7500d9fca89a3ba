/**
 * What holders have, and what enters and leaves in kind. Law: units of every asset per PI never fall, so that every division is
 * rounded in favour of those who stay.
 */
import { divide, multiplyDivideDown, multiplyDivideUp } from "../math/division.ts";
import { multiply } from "../math/multiplication.ts";
import { add, compare, isZero, type Natural, subtract, ZERO } from "../math/natural.ts";
import type { Asset, IndexState, LegScale, Session } from "./state.ts";

/** The asset of a token; undefined when the basket has none. */
export function assetOf(state: IndexState, token: string): Asset | undefined {
  const position = state.positions[token];
  return position === undefined ? undefined : state.assets[position];
}

/** What a redemption of so much PI gives of an asset: the share of all that is the holders', lots included, rounded down. */
export function shareDown({ backing }: Asset, pi: Natural, supply: Natural): Natural {
  return divide(multiply(backing, pi), supply).quotient;
}

/**
 * What is the holders' of an asset for those who come in: with what is on its way through a pool, or cleared in a batch and not settled yet. Who came in by what
 * is at hand alone would have a share of what comes back, unpaid.
 */
export function wholeOf({ swapping, swaps }: IndexState, { token, kind, backing, escrow }: Asset): Natural {
  let whole = kind === "launch" ? add(backing, escrow) : backing;
  for (const pool of swapping) {
    const { sell, quantity } = swaps[pool]!;
    if (sell === token) whole = add(whole, quantity);
  }
  return whole;
}

/** What an amount of an asset is of all that the holders have of it, in PI, rounded down. Zero of an asset without backing. */
export function worthInPiDown(state: IndexState, asset: Asset, quantity: Natural): Natural {
  const whole = wholeOf(state, asset);
  return isZero(whole) ? ZERO : multiplyDivideDown(quantity, state.supply, whole);
}

/** The leg of an asset that so much PI takes, rounded up. */
export function legUp(state: IndexState, asset: Asset, pi: Natural, { supply, all }: LegScale): Natural {
  return multiplyDivideUp(wholeOf(state, asset), multiply(pi, all), supply);
}

/**
 * What a deposit in kind is worth: the least that any of the legs is, rounded down. Zero while a leg is missing of an asset that has backing
 * and is not left out, or nobody has PI yet.
 */
export function inKindDown(
  state: IndexState,
  { legs, without }: Pick<Session, "legs" | "without">,
  { supply, all }: LegScale,
): Natural {
  let least: Natural | undefined;
  for (const asset of state.assets) {
    const whole = wholeOf(state, asset);
    if (!isZero(whole) && !without.includes(asset.token)) {
      const share = multiply(legs[asset.token] ?? ZERO, supply);
      const pi = divide(share, multiply(whole, all)).quotient;
      if (least === undefined || compare(pi, least) < 0) least = pi;
    }
  }
  return least ?? ZERO;
}

/** Takes an amount out of what is the holders'. A lot that is larger than what is left then is shrunk by the caller. */
export function takeBacking(asset: Asset, quantity: Natural): void {
  asset.backing = subtract(asset.backing, quantity);
}

export function addBacking(asset: Asset, quantity: Natural): void {
  asset.backing = add(asset.backing, quantity);
}

/** PI has come into being: whoever it is for gets it by the caller. */
export function mintPi(state: IndexState, quantity: Natural): void {
  state.supply = add(state.supply, quantity);
  state.minted = add(state.minted, quantity);
}

export function burnPi(state: IndexState, quantity: Natural): void {
  state.supply = subtract(state.supply, quantity);
}
