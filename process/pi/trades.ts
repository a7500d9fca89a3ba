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
  readonly lot: Natural;
  /** What can still be sold, what was sold, what a redemption took away. */
  left: Natural;
  sold: Natural;
  shrunk: Natural;
  /** What was paid, and how much is wanted at most. */
  bought: Natural;
  readonly wanted: Natural;
  open: boolean;
}

/** A deposit in kind under way: a leg for each asset that has backing. */
export interface Session {
  readonly id: string;
  /** Whose it is, as spelled. */
  readonly owner: string;
  readonly leastOut: Natural;
  readonly deadline: number;
  /** By token. */
  readonly legs: Record<string, Natural>;
}

export interface IndexState {
  readonly parameters: IndexParameters;
  /** Whether the guardian has paused all mints. Redeeming in kind is never paused. */
  paused: boolean;
  /** PI: what the holders have by the index's own book; all that was ever minted, and what of it the token has confirmed. */
  supply: Natural;
  minted: Natural;
  confirmed: Natural;
  /** PI that was minted and is on its way to its owners, or owed to them. */
  readonly pi: Till;
  /** AO, AR, and the launches' tokens in the order in which they were listed. */
  assets: Asset[];
  readonly positions: Record<string, number>;
  /** By id, and in the order of their deadlines. */
  readonly sessions: Record<string, Session>;
  readonly line: Line;
  readonly caps: Caps;
  readonly slippage: Bucket;
  /** All auctions, the ids of those that are open, and until when pairs pause (`sell|buy`). */
  readonly auctions: Auction[];
  openAuctions: number[];
  readonly pauses: Record<string, number>;
  readonly discoveries: Discovery[];
  openDiscoveries: number[];
  /** By pool: one at a time. */
  readonly swaps: Record<string, Swap>;
  /** The pools that have one, in the order in which they were sent. */
  swapping: string[];
  readonly basket: BasketReading;
  readonly contributions: Contributions;
  readonly history: PastMint[];
  /** When the mint was last sent, prices and ledgers last asked; negative before. */
  mintSent: number;
  pricesAsked: number;
  proceedsAsked: number;
  elapsed: number;
  /** What the PI token last complained of; "" when it never did. */
  lastError: string;
}
