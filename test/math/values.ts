/** Values to try arithmetic with: of every size, crowded around the places where limbs and halves overflow. */
import fc from "fast-check";
import { type Natural, formatNatural, parseNatural } from "../../process/math/natural.ts";

export const HALF_LIMB = 10n ** 7n;
export const LIMB = 10n ** 14n;

const turningPoints = [HALF_LIMB, LIMB, 2n ** 53n, 2n ** 63n, 2n ** 64n, 10n ** 28n, 10n ** 38n, 10n ** 62n];
export const edges = [0n, 1n, 2n, ...turningPoints.flatMap((point) => [point - 1n, point, point + 1n])];

const half = fc.oneof(
  fc.constantFrom(0n, 1n, HALF_LIMB / 2n - 1n, HALF_LIMB / 2n, HALF_LIMB - 2n, HALF_LIMB - 1n),
  fc.bigInt(0n, HALF_LIMB - 1n),
);

/** Up to so many halves of limbs, many of them all zeros or all nines. */
export function halves(most: number): fc.Arbitrary<bigint> {
  return fc
    .array(half, { minLength: 1, maxLength: most })
    .map((digits) => digits.reduce((value, digit) => value * HALF_LIMB + digit, 0n));
}

/** Mostly amounts of up to 5 limbs, sometimes of 200 digits. */
export const value: fc.Arbitrary<bigint> = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(...edges) },
  { weight: 6, arbitrary: halves(10) },
  { weight: 2, arbitrary: fc.bigInt(0n, 10n ** 38n - 1n) },
  { weight: 1, arbitrary: halves(29) },
);

export const positive: fc.Arbitrary<bigint> = value.filter((number) => number > 0n);

export const RUNS = { numRuns: 2000 };

/** The natural of a value; through text, which has tests of its own. */
export function toNatural(number: bigint): Natural {
  const result = parseNatural(number.toString());
  if (result === undefined) throw new Error(`not read: ${number}`);
  return result;
}

/** The value of a natural; fails when its limbs are not in the one form that a value has. */
export function toBigInt(number: Natural): bigint {
  let result = 0n;
  for (const limb of [...number].reverse()) {
    if (!Number.isInteger(limb) || limb < 0 || limb >= 1e14) throw new Error(`no limb: ${limb}`);
    result = result * LIMB + BigInt(limb);
  }
  if (number.at(-1) === 0) throw new Error("a leading zero");
  if (formatNatural(number) !== result.toString()) throw new Error("printed differently");
  return result;
}
