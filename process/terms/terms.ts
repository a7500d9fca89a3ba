/** The terms of a fair launch: what its creator asked for, and what can't change once it is spawned. */
import { divide } from "../math/division.ts";
import { multiply, power10 } from "../math/multiplication.ts";
import { formatDecimalExact } from "../math/decimal.ts";
import { formatNatural, type Natural } from "../math/natural.ts";
import type { TagPair } from "../protocol/message.ts";

/** A period of 24 hours, in milliseconds. */
export const PERIOD_MILLISECONDS = 86_400_000;

/** Decimal places of a share in percent. */
export const SHARE_PLACES = 18;

/** How much is given out: an amount of smallest units, or percent · 10^18 of the token's supply at creation. */
export type Size =
  | { readonly kind: "amount"; readonly amount: Natural }
  | { readonly kind: "share"; readonly percent: Natural };

/** What a launch tells about itself, and no rule reads; "" where nothing was said. */
export interface Description {
  readonly shortText: string;
  readonly longText: string;
  readonly website: string;
  readonly twitter: string;
  readonly telegram: string;
  /** JSON. */
  readonly socials: string;
  readonly disclaimer: string;
}

/** What the creator says of the token, which counts until the token itself has answered. */
export interface ClaimedToken {
  readonly name: string;
  readonly ticker: string;
  readonly denomination: string;
  readonly logo: string;
}

export interface Terms {
  readonly name: string;
  /** Who may cancel before the start, and have the proceeds sent on. */
  readonly deployer: string;
  /** Who sent the request. */
  readonly initializer: string;
  /** Where proceeds go. */
  readonly treasury: string;
  readonly token: string;
  readonly size: Size;
  /** r: a decimal of at most 18 places, 0 < r < 1. */
  readonly decayFactor: string;
  /** N, periods of 24 hours. */
  readonly periods: number;
  /** Milliseconds. */
  readonly start: number;
  /** Whether tokens are pushed by Batch-Transfer; else they are claimed. */
  readonly batchTransfers: boolean;
  readonly description: Description;
  readonly claimed: ClaimedToken;
}

/** When the last period ends, in milliseconds. */
export function endOf({ start, periods }: Terms): number {
  return start + periods * PERIOD_MILLISECONDS;
}

/** What a launch of this size gives out, of a token with this supply: a share rounds down to a smallest unit. */
export function allocationDown(size: Size, supply: Natural): Natural {
  if (size.kind === "amount") return size.amount;
  return divide(multiply(supply, size.percent), power10(SHARE_PLACES + 2)).quotient;
}

/** The terms as spawn tags, which `readTerms` reads as the same terms. */
export function termsTags(terms: Terms): readonly TagPair[] {
  const { size, description, claimed } = terms;
  const tags: TagPair[] = [
    ["Name", terms.name],
    ["Deployer", terms.deployer],
    ["Initializer", terms.initializer],
    ["Treasury", terms.treasury],
    ["Token-Process", terms.token],
    size.kind === "amount"
      ? ["Token-Supply", formatNatural(size.amount)]
      : ["Token-Share", formatDecimalExact(size.percent, SHARE_PLACES)],
    ["Decay-Factor", terms.decayFactor],
    ["Duration", `${terms.periods}`],
    ["Starts-At-Timestamp", `${terms.start}`],
    ["Are-Batch-Transfers-Possible", terms.batchTransfers ? "true" : "false"],
  ];
  const texts: readonly TagPair[] = [
    ["Short-Description", description.shortText],
    ["Long-Description", description.longText],
    ["Website-URL", description.website],
    ["Twitter-Handle", description.twitter],
    ["Telegram-Handle", description.telegram],
    ["Socials", description.socials],
    ["Token-Disclaimer", description.disclaimer],
    ["Token-Name", claimed.name],
    ["Token-Ticker", claimed.ticker],
    ["Token-Denomination", claimed.denomination],
    ["Token-Logo", claimed.logo],
  ];
  return [...tags, ...texts.filter(([, text]) => text !== "")];
}
