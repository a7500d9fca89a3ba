/**
 * Sharing by largest remainder (Hamilton's method): each part is its exact share rounded down, and the units left over
 * go one each to the shares that lost most by rounding; of equal ones, to the lower index.
 */
import { divide, dropLimbs } from "./division.ts";
import { quotient } from "./integer.ts";
import { multiply } from "./multiplication.ts";
import { type Natural, ONE, ZERO, add, compare, isZero, natural, subtract, toNumber } from "./natural.ts";

/**
 * The amount in parts proportional to the weights. Parts sum to the amount exactly; each is the floor or the ceiling
 * of amount · weight / Σ weights; weight zero gets nothing. Undefined when there is an amount and no weight to give it
 * to. One multiplication and one division a weight, and n + k·log n comparisons for the k < n units left over,
 * whatever the weights: nobody can choose weights that make it slow.
 */
export function apportion(amount: Natural, weights: readonly Natural[]): Natural[] | undefined {
  let total = ZERO;
  for (const weight of weights) total = add(total, weight);
  if (isZero(total) && !isZero(amount)) return undefined;
  // Low limbs that are zero in all weights make no difference, not even to which remainder is larger.
  const zeros = commonZeroLimbs(weights);
  const apportionment = beginApportionment(amount, dropLimbs(total, zeros));
  const parts = weights.map((weight) => partDown(apportionment, dropLimbs(weight, zeros)));
  giveRemainders(
    apportionment,
    weights.length,
    (i, j) => i < j,
    (i) => {
      parts[i] = add(parts[i]!, ONE);
    },
  );
  return parts;
}

/**
 * An apportionment under way, as plain data: for more weights than one message can take. `partDown` for each weight, then `giveRemainders`
 * until it is done.
 */
export interface Apportionment {
  readonly amount: Natural;
  /** Σ weights. */
  readonly total: Natural;
  /** What rounding down took from each weight, by its index; times the total. */
  readonly remainders: Natural[];
  /** What nobody has been given yet. */
  left: Natural;
  /** The indices of all weights so far; in the end with the largest remainder at the root. */
  readonly heap: number[];
  /** The place, counted from 1, from which on the heap is in order; 0 until all weights are known. */
  ordered: number;
  size: number;
}

/** The order of two indices whose remainders are equal. */
export type IsEarlier = (i: number, j: number) => boolean;

/** What is done with the index that gets one more unit. */
export type GiveUnit = (index: number) => void;

export function beginApportionment(amount: Natural, total: Natural): Apportionment {
  return { amount, total, remainders: [], left: amount, heap: [], ordered: 0, size: 0 };
}

/** The part of the next weight, rounded down: its index is how many came before it. */
export function partDown(apportionment: Apportionment, weight: Natural): Natural {
  const { remainders, heap } = apportionment;
  heap.push(remainders.length);
  if (isZero(weight)) {
    remainders.push(ZERO);
    return ZERO;
  }
  const share = divide(multiply(apportionment.amount, weight), apportionment.total);
  remainders.push(share.remainder);
  apportionment.left = subtract(apportionment.left, share.quotient);
  return share.quotient;
}

/**
 * Gives at most so many of the units that are left to the largest remainders, one each; before that, puts at most so many of them in
 * order, which takes calls of its own when there are more. All weights must have had their `partDown`. True when nothing is left.
 */
export function giveRemainders(
  apportionment: Apportionment,
  most: number,
  isEarlier: IsEarlier,
  give: GiveUnit,
): boolean {
  const { remainders, heap } = apportionment;
  // Fewer units are left than there are weights, so that they fit a number.
  const left = toNumber(apportionment.left)!;
  if (left === 0) return true;
  const isBefore = (i: number, j: number): boolean => {
    const order = compare(remainders[i]!, remainders[j]!);
    return order === 0 ? isEarlier(i, j) : order > 0;
  };
  if (!orderHeap(apportionment, most, isBefore)) return false;
  const count = left < most ? left : most;
  for (let i = 0; i < count; i++) {
    give(heap[0]!);
    apportionment.size -= 1;
    removeRoot(heap, apportionment.size, isBefore);
  }
  apportionment.left = natural(left - count);
  return count === left;
}

/** Puts at most so many more of the indices in their places. True when all are. */
function orderHeap(
  apportionment: Apportionment,
  most: number,
  isBefore: (i: number, j: number) => boolean,
): boolean {
  const { heap, remainders } = apportionment;
  if (apportionment.ordered === 1) return true;
  const count = remainders.length;
  if (apportionment.ordered === 0) {
    apportionment.size = count;
    // The lower half has nothing below it.
    apportionment.ordered = quotient(count, 2) + 1;
  }
  const end = apportionment.ordered > most ? apportionment.ordered - most : 1;
  for (let place = apportionment.ordered - 1; place >= end; place -= 1) sink(heap, place, count, isBefore);
  apportionment.ordered = end;
  return end === 1;
}

/** How many of the lowest limbs are zero in all of the naturals that are not zero. */
function commonZeroLimbs(values: readonly Natural[]): number {
  let common: number | undefined;
  for (const value of values) {
    if (!isZero(value)) {
      let zeros = 0;
      while (zeros !== common && value[zeros] === 0) zeros += 1;
      common = zeros;
    }
  }
  return common ?? 0;
}

/**
 * Factors that sum above the total, scaled down in proportion so that they sum to exactly the total; factors that do
 * not are given back as they are. A factor that is small beside the others can become 0. Whole, ≥ 0, and
 * factor · total and the sum of all below 2^53.
 */
export function apportionBasisPoints(factors: readonly number[], total = 10_000): number[] {
  let sum = 0;
  for (const factor of factors) sum += factor;
  if (sum <= total) return [...factors];
  const parts: number[] = [];
  const remainders: number[] = [];
  let left = total;
  for (const factor of factors) {
    const product = factor * total;
    const part = quotient(product, sum);
    parts.push(part);
    remainders.push(product - part * sum);
    left -= part;
  }
  const isBefore = (i: number, j: number): boolean => {
    const a = remainders[i]!;
    const b = remainders[j]!;
    return a === b ? i < j : a > b;
  };
  for (const i of firstIndices(factors.length, left, isBefore)) parts[i] = parts[i]! + 1;
  return parts;
}

/** The `wanted` first of the indices 0 … count − 1 in a total order: count + wanted·log count steps. */
function firstIndices(
  count: number,
  wanted: number,
  isBefore: (i: number, j: number) => boolean,
): readonly number[] {
  const first: number[] = [];
  if (wanted === 0) return first;
  const heap = heapOf(count, isBefore);
  while (first.length < wanted) {
    first.push(heap[0]!);
    removeRoot(heap, count - first.length, isBefore);
  }
  return first;
}

/** The indices 0 … count − 1 as a binary heap: none comes before the one above it. */
function heapOf(count: number, isBefore: (i: number, j: number) => boolean): number[] {
  const heap: number[] = [];
  for (let i = 0; i < count; i += 1) heap.push(i);
  for (let place = quotient(count, 2); place >= 1; place -= 1) sink(heap, place, count, isBefore);
  return heap;
}

/** Takes the root away, which leaves so many. */
function removeRoot(heap: number[], size: number, isBefore: (i: number, j: number) => boolean): void {
  heap[0] = heap[size]!;
  sink(heap, 1, size, isBefore);
}

/** Restores the heap below a place, counted from 1: no index comes before the one above it. */
function sink(
  heap: number[],
  start: number,
  size: number,
  isBefore: (i: number, j: number) => boolean,
): void {
  const moving = heap[start - 1]!;
  let place = start;
  let child = place * 2;
  while (child <= size) {
    if (child < size && isBefore(heap[child]!, heap[child - 1]!)) child += 1;
    if (isBefore(moving, heap[child - 1]!)) break;
    heap[place - 1] = heap[child - 1]!;
    place = child;
    child = place * 2;
  }
  heap[place - 1] = moving;
}
