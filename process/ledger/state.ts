/**
 * What the ledger knows. Wallets and edges are numbered (slots), and everything known of them is kept in columns:
 * arrays by slot, sparse where few have a value. A million wallets fit into memory that way, and no action touches more
 * of them than it names.
 */
import { emptyRegister, type Register } from "../collections/register.ts";
import { emptyTouched, type Touched } from "../collections/touched.ts";
import { type Natural, ZERO } from "../math/natural.ts";
import { emptyPayouts, type Payouts } from "../payouts/payouts.ts";

/** What happens when a wallet's fractions add up to more than all. */
export type OverDelegation = "normalise" | "reject";

export interface LedgerParameters {
  /** The ledger's own address. */
  readonly id: string;
  readonly owner: string;
  /** The AO token. */
  readonly token: string;
  /** Who may change multipliers beside each token's oracle; "" where nobody else may. */
  readonly governor: string;
  /** The index, whose delegations are counted apart; "" where there is none. */
  readonly index: string;
  readonly classes: readonly TokenClass[];
  readonly policies: Policies;
}

/** Tokens that share a fixed part of each cycle, in proportion to `share`. */
export interface TokenClass {
  readonly name: string;
  readonly share: Natural;
}

export interface Policies {
  readonly overDelegation: OverDelegation;
  /** Where the yield of a wallet without delegations goes; "" is the wallet itself. */
  readonly defaultTarget: string;
  readonly fanOut: number;
  /** In basis points. */
  readonly smallestFraction: number;
  readonly allowCycles: boolean;
  /** The most edges in a chain of delegations; 0 is no such bound. */
  readonly deepestChain: number;
  /** The base weight (18 places) below which a wallet's holdings don't count; zero is off. */
  readonly smallestBaseWeight: Natural;
  /** What a change of delegations costs, in smallest units of AO; zero is off. */
  readonly changeFee: Natural;
}

/** One token whose holders earn yield. */
export interface Holdings {
  readonly id: string;
  readonly ticker: string;
  readonly denomination: number;
  readonly oracle: string;
  /** Which of the classes. */
  readonly tokenClass: number;
  /** Weight of one whole token, times 10^18. */
  multiplier: Natural;
  multiplierVersion: number;
  /** What counts of all wallets together, in smallest units. */
  total: Natural;
  /** AO ever paid per smallest unit and basis point, times 10^42; and what the last division left over. */
  index: Natural;
  rest: Natural;
  /** By wallet: what the oracle reported, in smallest units. */
  readonly quantity: Natural[];
  /** By wallet: what others delegate to it, in smallest units times basis points. */
  readonly delegated: Natural[];
  /** By wallet: the index up to which its yield has been counted. */
  readonly seen: Natural[];
  readonly snapshot: Snapshot;
}

/** The reports of one oracle. */
export interface Snapshot {
  /** The last one in effect or coming into effect. */
  complete: number;
  /** The one whose pages are arriving; 0 when there is none. */
  arriving: number;
  mode: "full" | "delta";
  pages: number;
  /** The pages of `arriving` so far, as text; once complete, those not yet in effect. */
  readonly texts: string[];
  /** Where a complete snapshot stands: rows first, then, of a full one, the wallets that it does not name. */
  phase: "idle" | "rows" | "sweep";
  position: number;
  /** By wallet: the full snapshot that named it last. */
  readonly named: number[];
  /** Amounts reported under another address than the account's own: the addresses, what each has, and whose it is. */
  readonly bridged: Register;
  readonly bridgedQuantity: Natural[];
  readonly bridgedAccount: string[];
  readonly bridgedNamed: number[];
  /** By wallet: the sum of those. */
  readonly bridgedTotal: Natural[];
}

export interface Wallets {
  readonly register: Register;
  /** Own yield ever, for one basis point of its base weight, times 10^42. */
  readonly own: Natural[];
  /** Yield from others' delegations ever, times 10^42. */
  readonly income: Natural[];
  /** Own yield kept up to the last change of its delegations, and `own` at that time. */
  readonly kept: Natural[];
  readonly keptSince: Natural[];
  /** Basis points delegated to others. */
  readonly outgoing: number[];
  /** AO that has left, in smallest units: withdrawn or on its way; of that, on its way; and paid in fees. */
  readonly withdrawn: Natural[];
  readonly pending: Natural[];
  readonly fees: Natural[];
  /** When its delegations last changed, in milliseconds, and the version it gave them. */
  readonly updated: number[];
  readonly version: number[];
  /** Whether it has said where its yield goes. */
  readonly explicit: boolean[];
  /** Whether its holdings are below the smallest base weight, and don't count. */
  readonly idle: boolean[];
  /** The first of its edges; the others follow by `next`. */
  readonly firstEdge: number[];
  /** The edges to it, by position, 0 where a position is free; and the free positions. */
  readonly incoming: number[][];
  readonly freeIncoming: number[][];
  /** How many edges to it are in force. */
  readonly delegators: number[];
  /** The longest chain of delegations that ends in it, kept only where chains are bounded: edges by chain length. */
  readonly chains: number[][];
}

/** Who delegates to whom. Edges are numbered from 1. An edge out of force stays for what it has contributed. */
export interface Edges {
  readonly from: number[];
  readonly to: number[];
  /** Basis points in force; 0 for an edge that only has a past. */
  readonly factor: number[];
  /** Basis points as the wallet stated them, where normalising made them less. */
  readonly stated: number[];
  /** AO contributed up to the last change, times 10^42, and the delegator's `own` at that time. */
  readonly contributed: Natural[];
  readonly since: Natural[];
  readonly next: number[];
  /** The position among the edges to its target. */
  readonly place: number[];
  readonly free: number[];
  extent: number;
  /** How many are in force. */
  count: number;
}

/** One distribution, for the record. */
export interface Cycle {
  readonly cycle: number;
  readonly timestamp: number;
  readonly minted: Natural;
  /** By token, in smallest units of AO, rounded down. */
  readonly perToken: readonly Natural[];
}

export interface LedgerState {
  readonly parameters: LedgerParameters;
  /** The mint process; "" until the owner has named it, once. */
  mint: string;
  readonly tokens: readonly Holdings[];
  readonly wallets: Wallets;
  readonly edges: Edges;
  /** The accounts whose statements have changed since they were last published. */
  readonly touched: Touched;
  /** Grows by one at every change. */
  sequence: number;
  /** The last cycle, and all that was ever minted to this ledger, in smallest units of AO. */
  cycle: number;
  minted: Natural;
  /** By class: what waits for somebody with weight, times 10^42. */
  readonly waiting: Natural[];
  /** What the indices have paid out to wallets, times 10^42. */
  distributed: Natural;
  /** What fees have taken back from wallets, and what of it waits for the next cycle, in smallest units. */
  feesTaken: Natural;
  feesWaiting: Natural;
  /** The latest cycles, as a ring, and how many there have ever been. */
  readonly cycles: Cycle[];
  cycleCount: number;
  readonly payouts: Payouts;
  /** AO that ever arrived without being yield; it is sent back. */
  foreign: Natural;
  /** What the token said this ledger has, and when; when it was last asked. -1 is never. */
  tokenBalance: Natural;
  tokenBalanceAt: number;
  tokenBalanceAsked: number;
}

/** A token as the parameters describe it. */
export type TokenDescription = Pick<
  Holdings,
  "id" | "ticker" | "denomination" | "oracle" | "tokenClass" | "multiplier"
>;

export function emptyLedger(
  parameters: LedgerParameters,
  mint: string,
  tokens: readonly TokenDescription[],
  numberedTransfers: boolean,
): LedgerState {
  return {
    parameters,
    mint,
    tokens: tokens.map((token) => emptyHoldings(token)),
    wallets: emptyWallets(),
    edges: emptyEdges(),
    touched: emptyTouched(),
    sequence: 0,
    cycle: 0,
    minted: ZERO,
    waiting: parameters.classes.map(() => ZERO),
    distributed: ZERO,
    feesTaken: ZERO,
    feesWaiting: ZERO,
    cycles: [],
    cycleCount: 0,
    payouts: emptyPayouts(parameters.token, numberedTransfers),
    foreign: ZERO,
    tokenBalance: ZERO,
    tokenBalanceAt: -1,
    tokenBalanceAsked: -1,
  };
}

function emptyHoldings(token: TokenDescription): Holdings {
  return {
    ...token,
    multiplierVersion: 0,
    total: ZERO,
    index: ZERO,
    rest: ZERO,
    quantity: [],
    delegated: [],
    seen: [],
    snapshot: emptySnapshot(),
  };
}

function emptySnapshot(): Snapshot {
  return {
    complete: 0,
    arriving: 0,
    mode: "full",
    pages: 0,
    texts: [],
    phase: "idle",
    position: 0,
    named: [],
    bridged: emptyRegister(),
    bridgedQuantity: [],
    bridgedAccount: [],
    bridgedNamed: [],
    bridgedTotal: [],
  };
}

function emptyWallets(): Wallets {
  return {
    register: emptyRegister(),
    own: [],
    income: [],
    kept: [],
    keptSince: [],
    outgoing: [],
    withdrawn: [],
    pending: [],
    fees: [],
    updated: [],
    version: [],
    explicit: [],
    idle: [],
    firstEdge: [],
    incoming: [],
    freeIncoming: [],
    delegators: [],
    chains: [],
  };
}

function emptyEdges(): Edges {
  return {
    from: [],
    to: [],
    factor: [],
    stated: [],
    contributed: [],
    since: [],
    next: [],
    place: [],
    free: [],
    extent: 0,
    count: 0,
  };
}
