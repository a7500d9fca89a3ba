/** Random histories of a launch: who does what, in drafts of small numbers, mostly sensible. */
import fc from "fast-check";
import { day, hour, type Setup, setups } from "./launch-setup.ts";
import { type Asset, assets } from "./launch-world.ts";

/** What becomes of an order: carried out, refused, lost; and whether the launch hears of it. */
export type Fate = "paid" | "refused" | "paid unheard" | "lost" | "paid, told twice";

export type LaunchDraft =
  | { act: "tick"; by: "stranger" | "cron" | "itself" }
  | {
      act: "fund";
      quantity: "exact" | "over" | "under" | "dust" | "huge";
      words: string | undefined;
      by: number;
    }
  | { act: "foreign"; quantity: bigint; words: string | undefined; by: number }
  | { act: "send AO"; quantity: bigint; words: string | undefined; by: number }
  | { act: "proceeds"; ledger: number; quantity: bigint; lost: boolean }
  | { act: "AO back"; quantity: bigint }
  | { act: "PI"; quantity: bigint; by: "index" | "stranger" }
  | { act: "contribute"; ledger: number; by: number; quantity: bigint }
  | { act: "report"; ledger: number; turn: "next" | "last" | "lost" | "again" | "all" }
  | {
      act: "false report";
      ledger: number;
      kind: "stranger" | "other round" | "less" | "malformed" | "no page";
    }
  | { act: "answer"; asset: Asset; which: number; fate: Fate }
  | { act: "old answer"; asset: Asset; number: number; paid: boolean }
  | { act: "balance"; asset: Asset; which: number; stale: boolean }
  | { act: "facts"; kind: "supply" | "info" | "lie" | "stranger" }
  | { act: "claim"; for: number; by: number }
  | { act: "withdraw"; asset: "ao" | "pi"; by: "deployer" | "stranger" }
  | { act: "cancel"; by: "deployer" | "stranger" }
  /** All that a whole round needs, as it ought to be. */
  | { act: "round" };

export interface LaunchStep {
  readonly draft: LaunchDraft;
  readonly wait: number;
  readonly sending: "plain" | "repeated" | "forged";
}

export interface LaunchHistory {
  readonly setup: Setup;
  /** How many people there are. */
  readonly crowd: number;
  /** What happens before the first step. */
  readonly prelude: "nothing" | "facts" | "facts and funding";
  readonly steps: readonly LaunchStep[];
}

const quantity = fc.oneof(
  fc.bigInt(1n, 3n),
  fc.bigInt(1n, 1_000n),
  fc.bigInt(1n, 10n ** 15n),
  fc.constantFrom(10n ** 30n, 10n ** 35n),
);
const anybody = fc.nat(8);
const ledger = fc.nat(1);
const asset = fc.constantFrom<Asset>("token", "token", "token", ...assets);
const fate = fc.constantFrom<Fate>(
  ...Array<Fate>(6).fill("paid"),
  ...(["refused", "paid unheard", "lost", "paid, told twice"] as const),
);
/** The right word and its neighbours. */
const words = (right: string) =>
  fc.constantFrom(right, right, right, right, right, undefined, "", "Refund", right.toLowerCase(), "Mint");

const draft: fc.Arbitrary<LaunchDraft> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      act: fc.constant("tick" as const),
      by: fc.constantFrom("stranger" as const, "cron" as const, "itself" as const, "itself" as const),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      act: fc.constant("fund" as const),
      quantity: fc.constantFrom(...(["exact", "exact", "exact", "over", "under", "dust", "huge"] as const)),
      words: words("Initialize-FLP"),
      by: anybody,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      act: fc.constant("foreign" as const),
      quantity,
      words: words("Initialize-FLP"),
      by: anybody,
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      act: fc.constant("send AO" as const),
      quantity,
      words: words("Delegate"),
      by: anybody,
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      act: fc.constant("proceeds" as const),
      ledger,
      quantity,
      lost: fc.constantFrom(false, false, true),
    }),
  },
  { weight: 1, arbitrary: fc.record({ act: fc.constant("AO back" as const), quantity }) },
  {
    weight: 2,
    arbitrary: fc.record({
      act: fc.constant("PI" as const),
      quantity,
      by: fc.constantFrom("index" as const, "index" as const, "stranger" as const),
    }),
  },
  {
    weight: 14,
    arbitrary: fc.record({ act: fc.constant("contribute" as const), ledger, by: anybody, quantity }),
  },
  {
    weight: 14,
    arbitrary: fc.record({
      act: fc.constant("report" as const),
      ledger,
      turn: fc.constantFrom(...(["next", "next", "next", "last", "lost", "again", "all", "all"] as const)),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      act: fc.constant("false report" as const),
      ledger,
      kind: fc.constantFrom(...(["stranger", "other round", "less", "malformed", "no page"] as const)),
    }),
  },
  {
    weight: 14,
    arbitrary: fc.record({ act: fc.constant("answer" as const), asset, which: fc.nat(5), fate }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      act: fc.constant("old answer" as const),
      asset,
      number: fc.nat(12),
      paid: fc.boolean(),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      act: fc.constant("balance" as const),
      asset,
      which: fc.nat(3),
      stale: fc.boolean(),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      act: fc.constant("facts" as const),
      kind: fc.constantFrom(...(["supply", "info", "supply", "info", "lie", "stranger"] as const)),
    }),
  },
  { weight: 10, arbitrary: fc.record({ act: fc.constant("claim" as const), for: fc.nat(10), by: anybody }) },
  {
    weight: 2,
    arbitrary: fc.record({
      act: fc.constant("withdraw" as const),
      asset: fc.constantFrom("ao" as const, "pi" as const),
      by: fc.constantFrom("deployer" as const, "deployer" as const, "stranger" as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      act: fc.constant("cancel" as const),
      by: fc.constantFrom("deployer" as const, "stranger" as const),
    }),
  },
  { weight: 16, arbitrary: fc.constant<LaunchDraft>({ act: "round" }) },
);

/** Histories of at least `length` steps. */
export function launchHistories(length: number): fc.Arbitrary<LaunchHistory> {
  const step = fc.record<LaunchStep>({
    draft,
    wait: fc.constantFrom(
      ...Array<number>(9).fill(0),
      60_000,
      601_000,
      hour,
      7 * hour,
      day / 2,
      day,
      day,
      3 * day,
    ),
    sending: fc.constantFrom(...Array<"plain">(24).fill("plain"), "repeated" as const, "forged" as const),
  });
  return fc.record<LaunchHistory>({
    setup: setups,
    crowd: fc.constantFrom(1, 2, 3, 5, 9),
    prelude: fc.constantFrom(
      ...(["nothing", "facts", "facts and funding", "facts and funding", "facts and funding"] as const),
    ),
    steps: fc.array(step, { minLength: length, maxLength: length + 10, size: "max" }),
  });
}
