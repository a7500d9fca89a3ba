/** What a pool knows: two sides, who has which shares of them, and deposits of which only one half has come. */
import { type Book, emptyBook } from "../balances/book.ts";
import { emptyLine, type Line } from "../collections/line.ts";
import { emptyRecord } from "../collections/record.ts";
import { emptyTouched, type Touched } from "../collections/touched.ts";
import { type Natural, ZERO } from "../math/natural.ts";
import { emptyTill, type Till } from "../payouts/till.ts";

export interface PoolParameters {
  /** The pool's own address, which is the token id of its shares. */
  readonly id: string;
  /** The same: shares sent to the pool would be nobody's. */
  readonly closed: string;
  readonly owner: string;
  readonly name: string;
  readonly ticker: string;
  readonly logo: string;
  readonly denomination: number;
  /** Of what is swapped in, in basis points; it stays in the reserves. */
  readonly fee: number;
  /** How long half a deposit waits for the other half, in milliseconds. */
  readonly patience: number;
}

/** Which of the two sides. */
export type SideIndex = 0 | 1;

/** An amount of each token, in the order of the sides. */
export type Pair = readonly [Natural, Natural];

/** One token of the pair, and where all of it is that has ever come. */
export interface Side extends Till {
  readonly token: string;
  /** What swaps and shares count with. */
  reserve: Natural;
  /** What waits as half a deposit. */
  deposits: Natural;
  /** The sum of price · milliseconds up to the last change, times 10^42; the price is one unit's, in the other token. */
  cumulative: Natural;
}

/** The first half of a deposit. */
export interface Deposit {
  /** The message that began it. */
  readonly id: string;
  /** The provider's address, as spelled. */
  readonly provider: string;
  readonly side: SideIndex;
  quantity: Natural;
  terms: Terms;
  readonly deadline: number;
}

/** What a provider asks of a deposit. */
export interface Terms {
  readonly leastShares: Natural;
  /** How much of a half may come back at most, in basis points. */
  readonly tolerance: number;
}

export interface PoolState extends Book {
  readonly parameters: PoolParameters;
  readonly sides: readonly [Side, Side];
  /** By the provider's account, and in the order of their deadlines. */
  readonly deposits: Record<string, Deposit>;
  readonly line: Line;
  /** When the reserves last changed, in milliseconds; -1 is never. */
  changed: number;
  /** The accounts whose deposits, or whose claims, have changed since they were last published. */
  readonly touchedDeposits: Touched;
  readonly touchedClaims: Touched;
}

/** A token as the parameters name it. */
export interface SideParameters {
  readonly token: string;
  /** Whether it numbers transfers. */
  readonly numbered: boolean;
}

export function emptyPool(
  parameters: PoolParameters,
  first: SideParameters,
  second: SideParameters,
): PoolState {
  return {
    ...emptyBook(),
    parameters,
    sides: [emptySide(first), emptySide(second)],
    deposits: emptyRecord(),
    line: emptyLine(),
    changed: -1,
    touchedDeposits: emptyTouched(),
    touchedClaims: emptyTouched(),
  };
}

function emptySide({ token, numbered }: SideParameters): Side {
  return { ...emptyTill(token, numbered), token, reserve: ZERO, deposits: ZERO, cumulative: ZERO };
}
