/** Histories of an index: what depositors, redeemers, bidders, donors, feed, pool, factory, tokens and time do. */
import fc from "fast-check";
import { walletAddress } from "../../units/address.ts";

export const actors = Array.from({ length: 5 }, (_, i) => walletAddress(`actor ${i}`));

/** How large an amount is: of a few units, in basis points of what it is measured by, or far beyond it. */
export type Size = readonly ["units" | "parts" | "beyond", number];

export type IndexStep =
  | { readonly kind: "session"; readonly by: number; readonly asks: bigint }
  | {
      readonly kind: "deposit" | "mint" | "give";
      readonly by: number;
      readonly asset: number;
      readonly size: Size;
    }
  | { readonly kind: "kind"; readonly by: number; readonly size: Size; readonly leaves: number }
  | {
      readonly kind: "stray";
      readonly by: number;
      readonly asset: number;
      readonly size: Size;
      readonly words: number;
    }
  | { readonly kind: "redeem" | "yield"; readonly by: number; readonly size: Size }
  | {
      readonly kind: "bid";
      readonly by: number;
      readonly which: number;
      readonly size: Size;
      readonly most: "any" | "exact" | "less";
    }
  | { readonly kind: "open"; readonly sell: number; readonly buy: number }
  | { readonly kind: "sync"; readonly asset: number }
  /** Late: once the token's price is too old, while the others are told again. */
  | { readonly kind: "discover"; readonly asset: number; readonly late: boolean }
  | {
      readonly kind: "batch";
      readonly by: number;
      readonly which: number;
      readonly size: Size;
      readonly limit: number;
    }
  | { readonly kind: "swap"; readonly which: number; readonly size: Size }
  | { readonly kind: "pool"; readonly outcome: "least" | "more" | "back" | "late" }
  | { readonly kind: "price"; readonly asset: number; readonly points: number }
  | { readonly kind: "answer"; readonly which: number; readonly paid: boolean }
  | { readonly kind: "claim"; readonly by: number; readonly asset: number }
  | { readonly kind: "basket"; readonly received: readonly [number, number] }
  | { readonly kind: "guardian" | "slippage"; readonly points: number }
  | { readonly kind: "tick" | "settle" }
  | { readonly kind: "wait"; readonly milliseconds: number };

/** How a step is sent: as it should be, the last one again, or in a name that its signer may not use. */
export type Sending = "plain" | "again" | "forged";

export interface IndexHistory {
  readonly fee: number;
  /** What swaps may lose in a day, in AO. */
  readonly slippage: bigint;
  /** Whether two feeds tell the prices of the launches' tokens. */
  readonly agreed: boolean;
  readonly steps: readonly { readonly step: IndexStep; readonly sending: Sending }[];
}

const by = fc.nat(actors.length - 1);
const asset = fc.nat(3);
const which = fc.nat(20);
const size: fc.Arbitrary<Size> = fc.oneof(
  { weight: 2, arbitrary: fc.tuple(fc.constant("units" as const), fc.integer({ min: 1, max: 30 })) },
  { weight: 7, arbitrary: fc.tuple(fc.constant("parts" as const), fc.integer({ min: 1, max: 6_000 })) },
  { weight: 1, arbitrary: fc.tuple(fc.constant("beyond" as const), fc.integer({ min: 1, max: 30 })) },
);
const kind = <Kind extends string>(...names: Kind[]) => fc.constantFrom(...names);
const drawn = <Step extends IndexStep>(weight: number, arbitrary: fc.Arbitrary<Step>) => ({
  weight,
  arbitrary,
});

const step: fc.Arbitrary<IndexStep> = fc.oneof(
  drawn(1, fc.record({ kind: kind("session"), by, asks: fc.constantFrom(0n, 1n, 10n ** 9n) })),
  drawn(3, fc.record({ kind: kind("deposit"), by, asset, size })),
  drawn(5, fc.record({ kind: kind("kind"), by, size, leaves: fc.constantFrom(0, 0, 0, 1, 2, 3) })),
  drawn(5, fc.record({ kind: kind("mint"), by, asset, size })),
  drawn(1, fc.record({ kind: kind("give"), by, asset, size })),
  drawn(1, fc.record({ kind: kind("stray"), by, asset, size, words: fc.nat(3) })),
  drawn(5, fc.record({ kind: kind("redeem"), by, size })),
  drawn(1, fc.record({ kind: kind("yield"), by, size })),
  drawn(
    8,
    fc.record({ kind: kind("bid"), by, which, size, most: kind("any", "any", "exact", "exact", "less") }),
  ),
  drawn(6, fc.record({ kind: kind("open"), sell: asset, buy: asset })),
  drawn(1, fc.record({ kind: kind("sync"), asset })),
  drawn(2, fc.record({ kind: kind("discover"), asset: fc.integer({ min: 1, max: 3 }), late: fc.boolean() })),
  drawn(5, fc.record({ kind: kind("batch"), by, which, size, limit: fc.integer({ min: 1, max: 40_000 }) })),
  drawn(4, fc.record({ kind: kind("swap"), which, size })),
  drawn(6, fc.record({ kind: kind("pool"), outcome: kind("least", "least", "more", "back", "late") })),
  drawn(
    6,
    fc.record({
      kind: kind("price"),
      asset: fc.integer({ min: 1, max: 3 }),
      points: fc.constantFrom(10_000, 10_000, 10_050, 9_950, 10_300, 9_700, 12_000, 8_000, 30_000, 3_000),
    }),
  ),
  drawn(6, fc.record({ kind: kind("answer"), which, paid: fc.constantFrom(true, true, true, false) })),
  drawn(1, fc.record({ kind: kind("claim"), by, asset: fc.nat(4) })),
  drawn(1, fc.record({ kind: kind("basket"), received: fc.tuple(fc.nat(3), fc.nat(3)) })),
  drawn(
    1,
    fc.record({
      kind: kind("guardian"),
      points: fc.constantFrom(0, ...Array.from({ length: 9 }, (_, i) => 2_000 + i * 900)),
    }),
  ),
  drawn(1, fc.record({ kind: kind("slippage"), points: fc.constantFrom(9_000, 9_900, 10_000) })),
  drawn(4, fc.record({ kind: kind("tick", "tick", "settle") })),
  drawn(
    7,
    fc.record({
      kind: kind("wait"),
      milliseconds: fc.constantFrom(1, 60_000, 600_000, 900_000, 1_200_000, 1_800_000, 3_600_000, 7_200_000),
    }),
  ),
);

const sending = fc.constantFrom<Sending>(...Array<Sending>(30).fill("plain"), "again", "forged");

export function indexHistories(length: number): fc.Arbitrary<IndexHistory> {
  return fc.record({
    fee: fc.constantFrom(0, 50, 500),
    agreed: fc.boolean(),
    slippage: fc.constantFrom(10n ** 14n, 3n * 10n ** 10n, 10n ** 9n),
    steps: fc.array(fc.record({ step, sending }), { minLength: length, maxLength: length + 10, size: "max" }),
  });
}

/** An amount of a size, measured by what there is. */
export function amountOf([scale, number]: Size, measure: bigint): bigint {
  const base = measure === 0n ? 1_000_000n : measure;
  if (scale === "units") return BigInt(number);
  if (scale === "beyond") return base * BigInt(number) * 2n;
  return (base * BigInt(number)) / 10_000n + 1n;
}
