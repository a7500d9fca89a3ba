/** What an attacker of the index gains and the holders lose, at true prices. */
import assert from "node:assert/strict";
import { actors } from "../laws/index-history.ts";
import { assets, big, launched, one, places } from "../laws/index-subject.ts";
import type { World } from "../laws/index-world.ts";

export const mallory = actors[2]!;
/** All assets but AO. */
export const priced = [places.ar, ...launched] as const;

/** The true prices, which are those that the index is founded with. */
export const truth = new Map<string, bigint>([
  [places.ao, one],
  ...[2n * one, one / 2n, 5n * one].map((price, i) => [priced[i]!, price] as const),
]);

/** What the holders have, at the true prices, in AO times 10^30. */
export function valueOf(world: World, prices = truth): bigint {
  let value = 0n;
  for (const { token, backing } of world.subject.state().assets) value += big(backing) * prices.get(token)!;
  return value;
}

/** What Mallory has, at the true prices; without PI, of which nothing must be left. */
export function wealthOf(world: World, prices = truth): bigint {
  assert.equal(world.balance(places.pi, mallory), 0n);
  return assets.reduce((sum, token) => sum + world.balance(token, mallory) * prices.get(token)!, 0n);
}

/** What an attack has come to, and what it may. */
export interface Outcome {
  readonly gain: bigint;
  readonly bound: bigint;
  readonly before: { readonly value: bigint; readonly supply: bigint };
  readonly after: { readonly value: bigint; readonly supply: bigint };
}

/** The gain is within the bound, and the value of a PI has fallen by no more than that for all that there were. */
export function assertBounded({ gain, bound, before, after }: Outcome): void {
  assert.ok(gain <= bound, `gained ${gain / one}, at most ${bound / one} were to be had`);
  // value before / supply before − value after / supply after ≤ bound / supply before
  const fall = before.value * after.supply - after.value * before.supply;
  assert.ok(fall <= bound * after.supply, "a PI has lost more than that");
}

export const standing = (world: World, prices = truth) => ({
  value: valueOf(world, prices),
  supply: big(world.subject.state().supply),
});
