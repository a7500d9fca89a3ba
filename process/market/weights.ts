/**
 * Weights in basis points: of the fair launch tokens in their third, by AO delegated to each; and of an index's own
 * delegations. Shares are in proportion, raised to a floor and lowered to a cap: the clamped shares of the one scale at
 * which they sum to the whole. Nothing depends on the order of the names.
 */
import { apportion } from "../math/apportion.ts";
import { quotient } from "../math/integer.ts";
import { multiply } from "../math/multiplication.ts";
import {
  add,
  brokenPrecondition,
  compare,
  isZero,
  type Natural,
  natural,
  ONE,
  toNumber,
  ZERO,
} from "../math/natural.ts";
import { limits } from "../protocol/limits.ts";
import { ALL_POINTS } from "./basis-points.ts";

/** A name and what speaks for it, such as AO delegated to it in the last period. */
export interface Claim {
  readonly name: string;
  readonly amount: Natural;
}

/** A name's share in basis points. */
export interface Weight {
  readonly name: string;
  readonly points: number;
}

/**
 * The weights of names, each once, in the order of the names; they sum to 10000. Each keeps within floor and cap (basis
 * points), and is otherwise its proportion of what the clamped ones leave, by largest remainder; of equal remainders the
 * earlier name gains. Names with nothing share equally what the caps of the others leave. Where floor and cap can't be
 * kept by so many names, the shares are equal. No names, no weights; more than `limits.basketNames` end the message.
 */
export function weightsOf(claims: readonly Claim[], floor: number, cap: number): Weight[] {
  const count = claims.length;
  if (count > limits.basketNames) return brokenPrecondition();
  if (count === 0) return [];
  const sorted = inOrder(claims, (a, b) => a.name < b.name);
  const amounts = sorted.map(({ amount }) => amount);
  const possible = floor * count <= ALL_POINTS && cap * count >= ALL_POINTS;
  const points = possible ? clampedPoints(amounts, floor, cap) : shares(ALL_POINTS, amounts, true);
  return sorted.map(({ name }, i) => ({ name, points: points[i]! }));
}

/**
 * The delegations that follow weights, in the order of the names: at most `fanOut` targets, none with less than
 * `smallest` basis points (1 to 10000), in sum 10000. The largest weights are taken, of equal ones the earlier name, and
 * as many as can have the smallest share; what is below it is raised to it. No weight, no delegation.
 */
export function delegationsOf(weights: readonly Weight[], fanOut: number, smallest: number): Weight[] {
  const ranked = inOrder(
    weights.filter(({ points }) => points > 0),
    (a, b) => (a.points === b.points ? a.name < b.name : a.points > b.points),
  );
  const most = Math.min(fanOut, quotient(ALL_POINTS, smallest));
  const claims = ranked
    .filter((_, place) => place < most)
    .map(({ name, points }) => ({ name, amount: natural(points) }));
  return weightsOf(claims, smallest, ALL_POINTS);
}

/**
 * Clamped shares, floor · count ≤ 10000 ≤ cap · count. In each round those that break a clamp are held at it: those above the
 * cap when they are over by more than the others are under the floor, and else the latter. What is held then stays
 * right, since the scale of the others moves away from it. At most one round a name.
 */
function clampedPoints(amounts: readonly Natural[], floor: number, cap: number): number[] {
  const points = amounts.map(() => 0);
  let free = amounts.map((_, i) => i);
  let left = ALL_POINTS;
  while (free.length > 0) {
    const mine = free.map((i) => amounts[i]!);
    const { over, under, excess } = violations(mine, left, floor, cap);
    const clamp = excess ? cap : floor;
    const places = excess ? over : under;
    if (places.length === 0) {
      const parts = shares(left, mine, false);
      for (let place = 0; place < free.length; place++) points[free[place]!] = parts[place]!;
      return points;
    }
    for (const place of places) points[free[place]!] = clamp;
    left -= clamp * places.length;
    free = free.filter((_, place) => !places.includes(place));
  }
  return points;
}

interface Violations {
  /** Places of what is above the cap, and below the floor, in its exact proportion. */
  readonly over: readonly number[];
  readonly under: readonly number[];
  /** Whether more is above the cap than is missing to the floor, or as much. */
  readonly excess: boolean;
}

/** What breaks a clamp when so many points are shared in proportion. Exact: everything times the sum of the amounts. */
function violations(amounts: readonly Natural[], points: number, floor: number, cap: number): Violations {
  const weights = proportionsOf(amounts);
  let total = ZERO;
  for (const weight of weights) total = add(total, weight);
  const lowest = multiply(total, natural(floor));
  const highest = multiply(total, natural(cap));
  const over: number[] = [];
  const under: number[] = [];
  // Both sides of Σ (share − cap) ≥ Σ (floor − share), with what is taken away added to the other side.
  let aboveCap = ZERO;
  let belowFloor = ZERO;
  for (let place = 0; place < weights.length; place++) {
    const share = multiply(weights[place]!, natural(points));
    if (compare(share, highest) > 0) {
      over.push(place);
      aboveCap = add(aboveCap, share);
      belowFloor = add(belowFloor, highest);
    } else if (compare(share, lowest) < 0) {
      under.push(place);
      aboveCap = add(aboveCap, share);
      belowFloor = add(belowFloor, lowest);
    }
  }
  return { over, under, excess: over.length > 0 && compare(aboveCap, belowFloor) >= 0 };
}

/** Points in proportion to amounts, or equally, by largest remainder. */
function shares(points: number, amounts: readonly Natural[], equally: boolean): number[] {
  const weights = equally ? amounts.map(() => ONE) : proportionsOf(amounts);
  return apportion(natural(points), weights)!.map((part) => toNumber(part)!);
}

/** The amounts, or the same for all where there are none. */
function proportionsOf(amounts: readonly Natural[]): readonly Natural[] {
  return amounts.some((amount) => !isZero(amount)) ? amounts : amounts.map(() => ONE);
}

/** Which of two items comes first. */
type IsBefore<Item> = (a: Item, b: Item) => boolean;

/** The items in an order in which no two are equal. */
function inOrder<Item>(items: readonly Item[], isBefore: IsBefore<Item>): readonly Item[] {
  const sorted: Item[] = [];
  for (const item of items) {
    let position = sorted.length;
    sorted.push(item);
    while (position > 0 && isBefore(item, sorted[position - 1]!)) {
      sorted[position] = sorted[position - 1]!;
      position -= 1;
    }
    sorted[position] = item;
  }
  return sorted;
}
