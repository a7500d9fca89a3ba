/** What the mint knows. */
import { type Natural, ZERO } from "../math/natural.ts";

export interface MintParameters {
  readonly owner: string;
  readonly token: string;
  /** When the first cycle begins, in milliseconds; it is due a cycle's length later. */
  readonly start: number;
  readonly cap: Natural;
  /** In order of time, the first from 0 on. */
  readonly eras: readonly Era[];
}

/** Who gets what part of each cycle from a time on. */
export interface Era {
  readonly from: number;
  readonly shares: readonly LedgerShare[];
}

export interface LedgerShare {
  readonly ledger: string;
  readonly share: Natural;
}

/** All that was ever minted to one ledger. */
export interface LedgerTotal {
  readonly ledger: string;
  minted: Natural;
}

export interface MintState {
  readonly parameters: MintParameters;
  /** The last cycle minted; 0 before the first. */
  cycle: number;
  minted: Natural;
  readonly ledgers: readonly LedgerTotal[];
  /** `minted` after every so many cycles, from cycle 0 on, so that old cycles can be recomputed. */
  readonly milestones: Natural[];
  /** What the token last complained of; "" when it never did. */
  lastError: string;
}

export function emptyMint(parameters: MintParameters): MintState {
  const ledgers: LedgerTotal[] = [];
  for (const { shares } of parameters.eras) {
    for (const { ledger } of shares) {
      if (!ledgers.some((known) => known.ledger === ledger)) ledgers.push({ ledger, minted: ZERO });
    }
  }
  return { parameters, cycle: 0, minted: ZERO, ledgers, milestones: [ZERO], lastError: "" };
}
