/** What the index has under way on the market: auctions, price discovery, swaps. */
import type { Natural } from "../math/natural.ts";
import type { Batch } from "../market/batch.ts";
import type { DutchTerms } from "../market/dutch.ts";

/** A batch auction of an asset for AO, in which a token without a market finds a price. */
export interface Discovery {
  readonly id: number;
  readonly sell: string;
  readonly ends: number;
  /** Its lot shrinks when somebody redeems before it is cleared. */
  batch: Batch;
  open: boolean;
}

/** A lot's part on its way through a pool; what counts is what comes back. */
export interface Swap {
  /** Travels with it, and comes back with what comes of it. */
  readonly number: number;
  readonly auction: number;
  readonly pool: string;
  readonly sell: string;
  readonly buy: string;
  readonly quantity: Natural;
  readonly leastOut: Natural;
  /** What the quantity is worth in AO by the prices when it was sent, and one unit of what is bought. */
  readonly worth: Natural;
  readonly buyPrice: Natural;
  readonly deadline: number;
}

/** A Dutch auction of one asset for another. */
export interface Auction {
  readonly id: number;
  readonly sell: string;
  readonly buy: string;
  readonly terms: DutchTerms;
  readonly begin: number;
  /** What a unit of the lot is worth in AO, where one source alone tells the price of what is bought: all of it may be lost. Zero elsewhere. */
  readonly risk: Natural;
  readonly lot: Natural;
  /** What can still be sold, what was sold, what a redemption took away. */
  left: Natural;
  sold: Natural;
  shrunk: Natural;
  /** What was paid, and how much is wanted at most. */
  bought: Natural;
  wanted: Natural;
  open: boolean;
}
