/** What a launch knows. */
import { emptyRegister, type Register } from "../collections/register.ts";
import { type Collection, emptyCollections } from "../contributions/pages.ts";
import type { Apportionment } from "../math/apportion.ts";
import { type Natural, ZERO } from "../math/natural.ts";
import { emptyPayouts, type Payouts } from "../payouts/payouts.ts";
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

/** Columns by slot. */
export interface Delegators {
  readonly register: Register;
  /** The last figure of each ledger, by the ledger's position. */
  readonly seen: readonly Natural[][];
  /** AO contributed in all, and in this round. */
  readonly contributed: Natural[];
  readonly current: Natural[];
  /** Tokens in all, and those of them that nobody has sent yet. */
  readonly credited: Natural[];
  readonly claimable: Natural[];
}

export type Phase = "idle" | "collecting" | "parting" | "rounding" | "paying";

/** A round: contributions are collected, what is due is apportioned over them, tokens are sent. */
export interface Round {
  number: number;
  phase: Phase;
  /** How many periods had passed when it began. */
  elapsed: number;
  began: number;
  asked: number;
  collections: readonly Collection[];
  /** The slots that have contributed, in the order in which they did. */
  participants: number[];
  /** Σ contributions. */
  total: Natural;
  apportionment: Apportionment | undefined;
  /** The next participant to be looked at. */
  position: number;
  distributed: Natural;
  /** Messages that completed the reports. */
  reports: string[];
  /** AO sent in while shares are fixed: slots and quantities, for the next round. */
  lateSlots: number[];
  lateQuantities: Natural[];
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

/** One asset on its way from ledgers or index to the treasury. */
export interface Proceeds {
  readonly payouts: Payouts;
  /** All that ever came as proceeds, and what of it is still here and not on its way. */
  received: Natural;
  waiting: Natural;
  /** What reached the treasury, and the index. */
  forwarded: Natural;
  exchanged: Natural;
  /** What the index sent back. */
  cameBack: Natural;
  /** What came and was none: it is sent back. */
  foreign: Natural;
  readonly arrivals: Arrival[];
  balanceAsked: number;
}

export interface LaunchState {
  readonly parameters: LaunchParameters;
  status: Status;
  readonly token: TokenFacts;
  /** Who funded it; "" before. */
  funder: string;
  /** Periods whose emission has been taken up, and how many had passed at the last round. */
  period: number;
  elapsed: number;
  rollover: Natural;
  /** Σ credited to delegators, and what goes back to funder or treasury. */
  distributed: Natural;
  returned: Natural;
  /** Σ claimable, and what has been paid of distributed and returned. */
  claimable: Natural;
  paid: Natural;
  /** Tokens that came and were no funding, and those of them on their way back. */
  foreign: Natural;
  refunding: Natural;
  readonly delegators: Delegators;
  readonly round: Round;
  readonly history: PastRound[];
  readonly payouts: Payouts;
  balanceAsked: number;
  /** Whether the token has failed to carry out a batch: then tokens are claimed. */
  batchesFail: boolean;
  /** The ledgers' cycle, as the last report told. */
  cycle: number;
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
    period: 0,
    elapsed: 0,
    rollover: ZERO,
    distributed: ZERO,
    returned: ZERO,
    claimable: ZERO,
    paid: ZERO,
    foreign: ZERO,
    refunding: ZERO,
    delegators: {
      register: emptyRegister(),
      seen: ledgers.map(() => []),
      contributed: [],
      current: [],
      credited: [],
      claimable: [],
    },
    round: emptyRound(ledgers),
    history: [],
    payouts: emptyPayouts(terms.token, false),
    balanceAsked: -1,
    batchesFail: false,
    cycle: 0,
    ao: emptyProceeds(parameters.ao, aoNumbered),
    pi: emptyProceeds(parameters.indexToken, aoNumbered),
    payments: ledgers.map(() => ({ noticed: ZERO, told: ZERO })),
    proceedsAsked: -1,
    reportSequence: 0,
    reportedAt: -1,
    reported: "",
  };
}

function emptyRound(ledgers: readonly string[]): Round {
  return {
    number: 0,
    phase: "idle",
    elapsed: 0,
    began: 0,
    asked: 0,
    collections: emptyCollections(ledgers),
    participants: [],
    total: ZERO,
    apportionment: undefined,
    position: 0,
    distributed: ZERO,
    reports: [],
    lateSlots: [],
    lateQuantities: [],
  };
}

function emptyProceeds(token: string, numbered: boolean): Proceeds {
  return {
    payouts: emptyPayouts(token, numbered),
    received: ZERO,
    waiting: ZERO,
    forwarded: ZERO,
    exchanged: ZERO,
    cameBack: ZERO,
    foreign: ZERO,
    arrivals: [],
    balanceAsked: -1,
  };
}
