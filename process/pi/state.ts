/** What the index knows. */
import { emptyLine, type Line } from "../collections/line.ts";
import { emptyRecord } from "../collections/record.ts";
import { type Natural, ZERO } from "../math/natural.ts";
import type { Quote } from "../market/prices.ts";
import { type Bucket, emptyBucket } from "../market/bucket.ts";
import { emptyWindow, type HourWindow } from "../market/window.ts";
import { type Contributions, emptyContributions } from "../contributions/state.ts";
import { emptyTill, type Till } from "../payouts/till.ts";
import type { Auction, Discovery, Swap } from "./trades.ts";

export interface IndexParameters {
  readonly id: string;
  /** The PI token, whose minter the index is. */
  readonly token: string;
  readonly ao: string;
  readonly ar: string;
  readonly ledgers: readonly string[];
  /** Those of AO and AR that number transfers; other tokens say it themselves. */
  readonly numbered: readonly string[];
  /** The fair launch factory whose launches may be listed; "" for none. */
  readonly factory: string;
  /** Who may pause mints and tighten caps, and nothing else; "" for nobody. */
  readonly guardian: string;
  /** PI for one AO · 10^18 while the index is started, and until when; milliseconds. */
  readonly bootstrapMultiplier: Natural;
  readonly bootstrapUntil: number;
  /** Of what is minted for one asset by value, in basis points; it stays in the basket. */
  readonly fee: number;
  /** How long a session waits for its legs, in milliseconds. */
  readonly sessionPatience: number;
  /** Where prices come from, by token. */
  readonly sources: readonly Source[];
  /** How long a launch's own price is fresh (milliseconds), and its band in basis points. */
  readonly launchPrice: { readonly life: number; readonly band: number };
  readonly auctions: AuctionParameters;
  /** The most targets of a set of delegations, as the ledgers allow. */
  readonly fanOut: number;
}

export interface AuctionParameters {
  /** The length of a step in milliseconds, and steps of each of the four phases. */
  readonly stepLength: number;
  readonly steps: readonly [number, number, number, number];
  /** The price that an auction starts at, in basis points of the best. */
  readonly multiple: number;
  /** What each step of the first phase multiplies by, as it follows from them: `steepFactorUp`. */
  readonly factor: Natural;
  /** How long a pair pauses after a fill in the first phase; milliseconds. */
  readonly pause: number;
}

/** Somebody who tells the price of a token in AO. */
export interface Source {
  readonly token: string;
  readonly kind: "pool" | "feed";
  readonly process: string;
  readonly life: number;
  readonly band: number;
}

/** Bounds that a guardian may tighten, and nobody may loosen. */
export interface Caps {
  /** AO that may be minted by value in an hour, for each asset. */
  hour: Natural;
  /** AO that a lot may be worth. */
  lot: Natural;
  /** AO that swaps on pools may lose to slippage in a day. */
  slippage: Natural;
}

export type AssetClass = "AO" | "AR" | "launch";

/** One token of the basket, and where all of it is that has ever come: backing + deposits + escrow + waiting + committed. */
export interface Asset {
  readonly token: string;
  readonly kind: AssetClass;
  /** The launch that gives the token out; "" for AO and AR. */
  readonly launch: string;
  ticker: string;
  denomination: string;
  described: boolean;
  /** False when it is to be sold down. */
  listed: boolean;
  /** Of its class, in basis points. */
  weight: number;
  readonly till: Till;
  /** The holders', lots in open auctions included. */
  backing: Natural;
  /** Lots in open auctions. */
  reserved: Natural;
  /** Legs of open sessions. */
  deposits: Natural;
  /** Payments for bids that are not decided yet. */
  escrow: Natural;
  /** Yield that has not become PI yet: of AO only. */
  waiting: Natural;
  /** What the token says that the index has beside its books, and since when; it is counted if it is still there later. */
  surplus: Natural;
  surplusAt: number;
  /** All that was counted so: it is taken back where a notice turns up that it was for. */
  found: Natural;
  /** What each source last said, at the source's place; the price of AO is one. */
  readonly quotes: PriceReading[];
  /** The highest upper bound of its price lately, coming down since; zero before it has one. */
  ceiling: Natural;
  /** Since it left the basket: batches that nobody wanted, less those that sold something. */
  unsold: number;
  /** What was minted for it by value in the last hour, in AO. */
  readonly minted: HourWindow;
}

/** A source of a price, and what it last said. */
export interface PriceReading {
  readonly source: string;
  readonly kind: Quote["kind"];
  readonly life: number;
  readonly band: number;
  price: Natural;
  /** When it said so; 0 before. */
  at: number;
  /** Of a pool: its last sum of price · milliseconds, and as of when; -1 before. */
  sum: Natural;
  sumAt: number;
}

/** What legs of a deposit in kind are worth: leg · supply / (what the holders have of the asset · all) PI. */
export interface LegScale {
  readonly supply: Natural;
  readonly all: Natural;
}

/** A deposit in kind under way: a leg for each asset that has backing, but for those that it leaves out. */
export interface Session {
  readonly id: string;
  /** Whose it is, as spelled. */
  readonly owner: string;
  readonly leastOut: Natural;
  readonly without: readonly string[];
  deadline: number;
  /** Whether a leg has come, and what its largest is worth in PI. */
  funded: boolean;
  size: Natural;
  /** By token. */
  readonly legs: Record<string, Natural>;
}

export interface IndexState {
  readonly parameters: IndexParameters;
  /** Until when the guardian has paused all mints; milliseconds. Redeeming in kind is never paused. */
  pausedUntil: number;
  /** PI: what the holders have by the index's own book; all that was ever minted, and what of it the token has confirmed. */
  supply: Natural;
  minted: Natural;
  confirmed: Natural;
  /** PI that was minted and is on its way to its owners, or owed to them. */
  readonly pi: Till;
  /** AO, AR, and the launches' tokens in the order in which they were listed. */
  assets: Asset[];
  readonly positions: Record<string, number>;
  /** By id, and in the order of their deadlines: those with legs, and those that were only opened. */
  readonly sessions: Record<string, Session>;
  readonly line: Line;
  readonly openings: Line;
  readonly caps: Caps;
  readonly slippage: Bucket;
  /** All auctions, the ids of those that are open, and until when pairs pause (`sell|buy`). */
  readonly auctions: Auction[];
  openAuctions: number[];
  readonly pauses: Record<string, number>;
  readonly discoveries: Discovery[];
  openDiscoveries: number[];
  /** How many swaps were sent, and those under way by pool: one at a time. */
  swapsSent: number;
  readonly swaps: Record<string, Swap>;
  /** The pools that have one, in the order in which they were sent. */
  swapping: string[];
  readonly basket: BasketReading;
  readonly contributions: Contributions;
  readonly history: PastMint[];
  /** When the mint was last sent and prices were last asked; negative before. */
  mintSent: number;
  pricesAsked: number;
  elapsed: number;
  /** What the PI token last complained of; "" when it never did. */
  lastError: string;
}

/** The launches as the factory lists them, read page by page. */
export interface BasketReading {
  /** The cursor that was asked for; "" when nothing is being read. */
  cursor: string;
  asked: number;
  /** When the last reading was complete; negative before. */
  at: number;
  /** What is being collected. */
  found: LaunchRow[];
  /** AO that each launch had received at the last complete reading, by launch. */
  readonly received: Record<string, Natural>;
  /** Of tokens that have left: the number of the next payout, should they come back. */
  readonly numbers: Record<string, number>;
  /** The delegations that were last sent to the ledgers. */
  delegations: string;
  version: number;
}

/** A launch in the factory's list. */
export interface LaunchRow {
  readonly launch: string;
  readonly token: string;
  readonly ticker: string;
  readonly status: string;
  readonly received: Natural;
}

/** PI minted for a period's yield. */
export interface PastMint {
  readonly round: number;
  readonly cycle: number;
  readonly timestamp: number;
  readonly minted: Natural;
  readonly inflow: Natural;
  readonly reports: readonly string[];
}

export function emptyAsset(token: string, kind: AssetClass, launch: string, numbered: boolean): Asset {
  return {
    token,
    kind,
    launch,
    ticker: kind === "launch" ? "" : kind,
    denomination: "",
    described: false,
    listed: true,
    weight: kind === "launch" ? 0 : 10_000,
    till: emptyTill(token, numbered),
    backing: ZERO,
    reserved: ZERO,
    deposits: ZERO,
    escrow: ZERO,
    waiting: ZERO,
    surplus: ZERO,
    surplusAt: -1,
    found: ZERO,
    quotes: [],
    ceiling: ZERO,
    unsold: 0,
    minted: emptyWindow(),
  };
}

export function emptyIndex(parameters: IndexParameters, caps: Caps): IndexState {
  const state: IndexState = {
    parameters,
    pausedUntil: 0,
    supply: ZERO,
    minted: ZERO,
    confirmed: ZERO,
    pi: emptyTill(parameters.token, true),
    assets: [],
    positions: emptyRecord(),
    sessions: emptyRecord(),
    line: emptyLine(),
    openings: emptyLine(),
    caps,
    slippage: emptyBucket(),
    auctions: [],
    openAuctions: [],
    pauses: emptyRecord(),
    discoveries: [],
    openDiscoveries: [],
    swapsSent: 0,
    swaps: emptyRecord(),
    swapping: [],
    basket: {
      cursor: "",
      asked: -1,
      at: -1,
      found: [],
      received: emptyRecord(),
      numbers: emptyRecord(),
      delegations: "",
      version: 0,
    },
    contributions: emptyContributions(parameters.ledgers, parameters.token),
    history: [],
    mintSent: -1,
    pricesAsked: -1,
    elapsed: 0,
    lastError: "",
  };
  for (const [token, kind] of [
    [parameters.ao, "AO"],
    [parameters.ar, "AR"],
  ] as const) {
    state.positions[token] = state.assets.length;
    state.assets.push(emptyAsset(token, kind, "", parameters.numbered.includes(token)));
  }
  return state;
}
