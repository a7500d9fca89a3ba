/** Exact shares: rationals over one common denominator, and whole numbers by largest remainder. */

/** What each key has received so far, exactly. Nothing is ever rounded. */
export class Portions {
  #denominator = 1n;
  readonly #numerators = new Map<string, bigint>();

  /** Gives each key amount · weight / total. The weights need not add up to the total. */
  share(amount: bigint, weights: ReadonlyMap<string, bigint>, total: bigint): void {
    const scale = amount * this.#denominator;
    for (const [key, numerator] of this.#numerators) this.#numerators.set(key, numerator * total);
    for (const [key, weight] of weights) {
      if (weight > 0n) this.#numerators.set(key, (this.#numerators.get(key) ?? 0n) + scale * weight);
    }
    this.#denominator *= total;
  }

  /** Rounded down. */
  floor(key: string): bigint {
    return (this.#numerators.get(key) ?? 0n) / this.#denominator;
  }

  /** Whether `value / scale` differs from what the key has by at most `tolerance / scale`. */
  isWithin(key: string, value: bigint, scale: bigint, tolerance: bigint): boolean {
    const difference = value * this.#denominator - (this.#numerators.get(key) ?? 0n) * scale;
    const bound = tolerance * this.#denominator;
    return difference <= bound && -difference <= bound;
  }

  keys(): Iterable<string> {
    return this.#numerators.keys();
  }
}

/** The amount in whole parts proportional to the weights: rounded down, what is left to the largest remainders. */
export function largestRemainder(amount: bigint, weights: readonly bigint[]): bigint[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0n);
  const parts = weights.map((weight) => (amount * weight) / total);
  let left = amount - parts.reduce((sum, part) => sum + part, 0n);
  const order = weights
    .map((weight, index) => ({ index, remainder: (amount * weight) % total }))
    .toSorted((a, b) =>
      a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1,
    );
  for (const { index } of order) {
    if (left === 0n) break;
    parts[index]! += 1n;
    left -= 1n;
  }
  return parts;
}
