/**
 * Who has contributed how much yield to this process, as the ledgers report it, and how something is shared out over it:
 * in rounds, of which each collects the reports page by page and then apportions slice by slice.
 */
import { emptyRegister, type Register } from "../collections/register.ts";
import type { Apportionment } from "../math/apportion.ts";
import { type Natural, ZERO } from "../math/natural.ts";
import { type Collection, emptyCollections } from "./pages.ts";

/** Columns by slot. */
export interface Delegators {
  readonly register: Register;
  /** The last figure of each ledger, by the ledger's position. */
  readonly seen: readonly Natural[][];
  /** AO contributed in all, and in this round. */
  readonly contributed: Natural[];
  readonly current: Natural[];
  /** What was shared out to each, in all. */
  readonly credited: Natural[];
}

export type Phase = "idle" | "collecting" | "parting" | "rounding" | "paying";

export interface Contributions {
  readonly ledgers: readonly string[];
  /** The token that is shared out: its own address can't contribute. */
  readonly token: string;
  readonly delegators: Delegators;
  /** The ledgers' cycle, as the last report told. */
  cycle: number;
  /** Rounds so far. */
  round: number;
  phase: Phase;
  began: number;
  asked: number;
  collections: readonly Collection[];
  /** The slots that have contributed, in the order in which they did, and Σ of what they have. */
  participants: number[];
  total: Natural;
  apportionment: Apportionment | undefined;
  /** The next participant to be looked at. */
  position: number;
  /** Messages that completed the reports. */
  reports: string[];
}

export function emptyContributions(ledgers: readonly string[], token: string): Contributions {
  return {
    ledgers,
    token,
    delegators: {
      register: emptyRegister(),
      seen: ledgers.map(() => []),
      contributed: [],
      current: [],
      credited: [],
    },
    cycle: 0,
    round: 0,
    phase: "idle",
    began: 0,
    asked: 0,
    collections: emptyCollections(ledgers),
    participants: [],
    total: ZERO,
    apportionment: undefined,
    position: 0,
    reports: [],
  };
}
