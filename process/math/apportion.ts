/**
 * Sharing by largest remainder (Hamilton's method): each part is its exact share rounded down, and the units left over
 * go one each to the shares that lost most by rounding; of equal ones, to the lower index.
 */
import { divide, dropLimbs } from "./division.ts";
import { quotient } from "./integer.ts";
import { multiply } from "./multiplication.ts";
import { type Natural, ONE, ZERO, add, compare, isZero, subtract, toNumber } from "./natural.ts";

/**
 * The amount in parts proportional to the weights. Parts sum to the amount exactly; each is the floor or the ceiling
 * of amount · weight / Σ weights; weight zero gets nothing. Undefined when there is an amount and no weight to give it
 * to. One multiplication and one division a weight, and n + k·log n comparisons for the k < n units left over,
 * whatever the weights: nobody can choose weights that make it slow.
 */
export function apportion(amount: Natural, weights: readonly Natural[]): Natural[] | undefined {
  const count = weights.length;
  let total = ZERO;
  for (const weight of weights) total = add(total, weight);
  if (isZero(total) && !isZero(amount)) return undefined;
  // Low limbs that are zero in all weights make no difference, not even to which remainder is larger.
  const zeros = commonZeroLimbs(weights);
  total = dropLimbs(total, zeros);
  const parts: Natural[] = [];
  const remainders: Natural[] = [];
  let left = amount;
  for (const weight of weights) {
    if (isZero(weight)) {
      parts.push(ZERO);
      remainders.push(ZERO);
      continue;
    }
    const share = divide(multiply(amount, dropLimbs(weight, zeros)), total);
    parts.push(share.quotient);
    remainders.push(share.remainder);
    left = subtract(left, share.quotient);
  }
  const isBefore = (i: number, j: number): boolean => {
    const order = compare(remainders[i]!, remainders[j]!);
    return order === 0 ? i < j : order > 0;
  };
  // Fewer units are left than there are weights, so that they fit a number.
  for (const i of firstIndices(count, toNumber(left)!, isBefore)) parts[i] = add(parts[i]!, ONE);
  return parts;
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

/** The `wanted` first of the indices 0 … count − 1 in a total order, by a binary heap: count + wanted·log count steps. */
function firstIndices(
  count: number,
  wanted: number,
  isBefore: (i: number, j: number) => boolean,
): readonly number[] {
  const first: number[] = [];
  if (wanted === 0) return first;
  const heap: number[] = [];
  for (let i = 0; i < count; i += 1) heap.push(i);
  for (let place = quotient(count, 2); place >= 1; place -= 1) sink(heap, place, count, isBefore);
  let size = count;
  while (first.length < wanted) {
    first.push(heap[0]!);
    heap[0] = heap[size - 1]!;
    size -= 1;
    sink(heap, 1, size, isBefore);
  }
  return first;
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
