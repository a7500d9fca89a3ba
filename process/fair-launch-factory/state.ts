/** What the factory knows. */
import { emptyRecord } from "../collections/record.ts";
import { emptyTouched, type Touched } from "../collections/touched.ts";
import { type Natural, ZERO } from "../math/natural.ts";
import { emptyPayouts, type Payouts } from "../payouts/payouts.ts";
import type { Terms } from "../terms/terms.ts";

export interface FactoryParameters {
  readonly id: string;
  readonly owner: string;
  readonly ao: string;
  /** The delegation ledgers of its launches. */
  readonly ledgers: readonly string[];
  /** Periods of a launch that names no duration. */
  readonly periods: number;
  /** AO for one launch; zero where none is asked for. */
  readonly fee: Natural;
  /** Whose the fees are, as spelled; "" without a fee. */
  readonly feeRecipient: string;
  /** The account that approves requests; "" where none need it. */
  readonly approver: string;
  /** Milliseconds after which a spawn without an answer may be retried. */
  readonly patience: number;
  /** Parameters that are passed on to launches as they are; "" where there is none. */
  readonly cronInterval: string;
  readonly index: string;
  readonly indexToken: string;
  readonly indexShare: string;
  readonly grace: string;
  readonly numbered: boolean;
}

/** A module that launches can be spawned from, in order of preference. */
export interface ModuleVersion {
  readonly module: string;
  /** The hash of the bundle that a spawn brings along; "" where the module holds the code. */
  readonly code: string;
  deprecated: boolean;
}

/**
 * Awaiting-Approval → Requested → Spawned → Ready → Active → Ended or Cancelled; or, before Ready, Failed. From Ready on
 * a launch is listed, and the status is its own.
 */
export type Status = "Awaiting-Approval" | "Requested" | "Spawned" | "Failed" | ListedStatus;
export type ListedStatus = "Ready" | "Active" | "Ended" | "Cancelled";

/** What a launch reports of itself, by the row's names; amounts are decimal texts. */
export type Figures = Record<string, string>;

export interface Row {
  /** From 1 on, in the order of the requests. */
  readonly number: number;
  /** The id of the request. */
  readonly request: string;
  /** Who asked: the account, and where it hears of the launch, as spelled. */
  readonly requester: string;
  readonly notify: string;
  readonly terms: Terms;
  readonly created: number;
  status: Status;
  updated: number;
  /** Why it failed; "" when it didn't. */
  failure: string;
  /** The fee that is held until the launch is listed. */
  fee: Natural;
  /** How often it was spawned, and asked who it is since; when last. */
  spawns: number;
  questions: number;
  tried: number;
  /** Of the last spawn: the version, and what the child must say of itself. */
  module: string;
  code: string;
  parametersHash: string;
  /** The child; "" until it is known. */
  process: string;
  /** What the deployer may change. */
  website: string;
  twitter: string;
  telegram: string;
  socials: string;
  /** The number of the last report; 0 before the first. */
  sequence: number;
  readonly figures: Figures;
  statsUpdated: number;
}

/** Sums over the listed rows, and how many rows have each status. */
export interface Totals {
  listed: number;
  readonly byStatus: Record<string, number>;
  readonly sums: Record<string, Natural>;
}

/** AO of fees. received + foreign = credited + held + surplus + what payouts have under way, set aside and settled. */
export interface Fees {
  readonly payouts: Payouts;
  /** By account: paid and not yet used, or earned. */
  readonly credits: Record<string, Natural>;
  credited: Natural;
  /** Of requests that are not listed yet. */
  held: Natural;
  received: Natural;
  /** AO that came and was no fee; and what of it could not be sent back. */
  foreign: Natural;
  surplus: Natural;
  /** What launches have cost so far. */
  earned: Natural;
  balanceAsked: number;
}

export interface FactoryState {
  readonly parameters: FactoryParameters;
  readonly modules: readonly ModuleVersion[];
  /** Bundles by hash, as far as they have been provided. */
  readonly codes: Record<string, string>;
  paused: boolean;
  /** By number − 1. */
  readonly rows: Row[];
  /** Numbers of rows by request and by child. */
  readonly byRequest: Record<string, number>;
  readonly byProcess: Record<string, number>;
  readonly totals: Totals;
  readonly fees: Fees;
  /** Requests whose rows are to be published. */
  readonly touched: Touched;
}

/** The figures that are added up over all launches. */
export const SUMMED = [
  "total_yield_ticks",
  "accumulated_qty",
  "withdrawn_qty",
  "accumulated_pi_qty",
  "exchanged_for_pi_qty",
  "withdrawn_pi_qty",
] as const;

export function emptyFactory(parameters: FactoryParameters, modules: readonly ModuleVersion[]): FactoryState {
  return {
    parameters,
    modules,
    codes: emptyRecord(),
    paused: false,
    rows: [],
    byRequest: emptyRecord(),
    byProcess: emptyRecord(),
    totals: emptyTotals(),
    fees: {
      payouts: emptyPayouts(parameters.ao, parameters.numbered),
      credits: emptyRecord(),
      credited: ZERO,
      held: ZERO,
      received: ZERO,
      foreign: ZERO,
      surplus: ZERO,
      earned: ZERO,
      balanceAsked: -1,
    },
    touched: emptyTouched(),
  };
}

export function emptyTotals(): Totals {
  const sums = emptyRecord<Natural>();
  for (const name of SUMMED) sums[name] = ZERO;
  return { listed: 0, byStatus: emptyRecord(), sums };
}
