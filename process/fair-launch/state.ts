/** What a launch knows. */
import { type Contributions, emptyContributions } from "../contributions/state.ts";
import { type Natural, ZERO } from "../math/natural.ts";
import { emptyTill, type Till } from "../payouts/till.ts";
import type { Terms } from "../terms/terms.ts";

export interface LaunchParameters {
  readonly id: string;
  /** The factory that spawned it, and the request that it was spawned for; "" where there is none. */
  readonly factory: string;
  readonly request: string;
  readonly terms: Terms;
  readonly ao: string;
  /** The delegation ledgers whose reports count. */
  readonly ledgers: readonly string[];
  /** The index that a part of the proceeds goes to first, its token, and percent · 10^18; "" and zero without. */
  readonly index: string;
  readonly indexToken: string;
  readonly indexShare: Natural;
  /** Periods after the last in which what is left over waits for contributors. */
  readonly grace: number;
}

/** In order: a launch never goes back. Ready: not funded yet. */
export type Status = "Ready" | "Active" | "Ended" | "Cancelled";

/** What the token says of itself. Fixed by its first answers, but for the latest supply. */
export interface TokenFacts {
  name: string;
  ticker: string;
  denomination: string;
  logo: string;
  described: boolean;
  /** At creation; undefined until the token has answered. */
  supply: Natural | undefined;
  latestSupply: Natural | undefined;
  /** When it was last asked; negative before. */
  asked: number;
}

/** Since when the token has said that the launch has its allocation, and what notices had told of by then. */
export interface Sighting {
  readonly at: number;
  readonly received: Natural;
}

/** AO sent in while shares are worked out, for the next round. */
export interface LateContribution {
  readonly slot: number;
  readonly quantity: Natural;
}

/** A round that is over. */
export interface PastRound {
  readonly number: number;
  /** The last period that it gave out. */
  readonly period: number;
  readonly cycle: number;
  readonly timestamp: number;
  readonly contributed: Natural;
  readonly kept: Natural;
  /** PI that had come by then, in all. */
  readonly indexReceived: Natural;
  readonly distributed: Natural;
  readonly reports: readonly string[];
}

/** What came in in one of the ledger's cycles. */
export interface Arrival {
  readonly cycle: number;
  readonly timestamp: number;
  amount: Natural;
}

/** What a ledger has paid in all: by the notices of its payments, and by its own reports, as a notice can get lost. */
export interface LedgerPayments {
  noticed: Natural;
  told: Natural;
}

/** One asset on its way from ledgers or index to the treasury: what its till owes, it owes to the treasury, and that waits. */
export interface Proceeds {
  readonly till: Till;
  /** All that ever came as proceeds. */
  received: Natural;
  /** What reached the treasury, and the index. */
  forwarded: Natural;
  exchanged: Natural;
  /** What the index sent back. */
  cameBack: Natural;
  readonly arrivals: Arrival[];
}

export interface LaunchState {
  readonly parameters: LaunchParameters;
  status: Status;
  readonly token: TokenFacts;
  /** Who funded it; "" before. */
  funder: string;
  /** The token's word on a funding without a notice; and what of one that was counted no notice has told of. */
  sighting: Sighting | undefined;
  unheard: Natural;
  /** Periods whose emission has been taken up, and how many had passed at the last round. */
  period: number;
  elapsed: number;
  rollover: Natural;
  /** Σ credited to delegators, and what goes back to funder or treasury. */
  distributed: Natural;
  returned: Natural;
  /** What has been paid of distributed and returned; the till owes what can be claimed. */
  paid: Natural;
  /** Tokens that came and were no funding, on their way back. */
  refunding: Natural;
  /** The launch's own token. */
  readonly till: Till;
  readonly contributions: Contributions;
  /** What this round has given out so far. */
  sharedOut: Natural;
  late: LateContribution[];
  readonly history: PastRound[];
  /** Whether the token has failed to carry out a batch: then tokens are claimed. */
  batchesFail: boolean;
  readonly ao: Proceeds;
  readonly pi: Proceeds;
  /** By the ledger's position. */
  readonly payments: readonly LedgerPayments[];
  /** When the ledgers were last asked to pay; negative before. */
  proceedsAsked: number;
  /** Reports to the factory: the last number, when, and what was said. */
  reportSequence: number;
  reportedAt: number;
  reported: string;
}

export function emptyLaunch(parameters: LaunchParameters, aoNumbered: boolean): LaunchState {
  const { terms, ledgers } = parameters;
  return {
    parameters,
    status: "Ready",
    token: {
      ...terms.claimed,
      described: false,
      supply: undefined,
      latestSupply: undefined,
      asked: -1,
    },
    funder: "",
    sighting: undefined,
    unheard: ZERO,
    period: 0,
    elapsed: 0,
    rollover: ZERO,
    distributed: ZERO,
    returned: ZERO,
    paid: ZERO,
    refunding: ZERO,
    till: emptyTill(terms.token, false),
    contributions: emptyContributions(ledgers, terms.token),
    sharedOut: ZERO,
    late: [],
    history: [],
    batchesFail: false,
    ao: emptyProceeds(parameters.ao, aoNumbered),
    pi: emptyProceeds(parameters.indexToken, aoNumbered),
    payments: ledgers.map(() => ({ noticed: ZERO, told: ZERO })),
    proceedsAsked: -1,
    reportSequence: 0,
    reportedAt: -1,
    reported: "",
  };
}

function emptyProceeds(token: string, numbered: boolean): Proceeds {
  return {
    till: emptyTill(token, numbered),
    received: ZERO,
    forwarded: ZERO,
    exchanged: ZERO,
    cameBack: ZERO,
    arrivals: [],
  };
}
