/** Histories of a pool: what traders, providers, tokens and time do, in drafts of small numbers. */
import fc from "fast-check";
import { walletAddress } from "../../units/address.ts";
import type { Index, PoolModel } from "./pool-model.ts";

export const actors = Array.from({ length: 5 }, (_, i) => walletAddress(`actor ${i}`));

/** How large an amount is: of a few units, in parts of what it is measured by, or far beyond it. */
export type Size = readonly ["units" | "parts" | "beyond", number];

export type PoolStep =
  | {
      readonly kind: "swap";
      readonly side: Index;
      readonly by: number;
      readonly size: Size;
      readonly asks: "anything" | "quote" | "more" | "nothing" | "no tag";
    }
  | {
      readonly kind: "provide";
      readonly side: Index;
      readonly by: number;
      readonly size: Size;
      /** Basis points; -1 is malformed, 10001 is none. */
      readonly tolerance: number;
      readonly asks: number;
    }
  | {
      readonly kind: "stray";
      readonly side: Index;
      readonly by: number;
      readonly size: Size;
      readonly words: number;
    }
  | {
      readonly kind: "burn";
      readonly by: number;
      readonly size: Size;
      readonly asks: "anything" | "all" | "more";
    }
  | { readonly kind: "give"; readonly by: number; readonly to: number; readonly size: Size }
  | { readonly kind: "cancel" | "claim" | "tick"; readonly by: number }
  | { readonly kind: "answer"; readonly side: Index; readonly which: number; readonly paid: boolean }
  | { readonly kind: "wait"; readonly milliseconds: number };

/** How a step is sent: as it should be, the last one again, or in a name that its signer may not use. */
export type Sending = "plain" | "again" | "forged";

export interface PoolHistory {
  readonly fee: number;
  readonly numbered: readonly [boolean, boolean];
  /** What the first deposits are, by the first two actors, one after the other; none where it is undefined. */
  readonly founding: readonly [bigint, bigint] | undefined;
  readonly steps: readonly { readonly step: PoolStep; readonly sending: Sending }[];
}

const side = fc.constantFrom<Index>(0, 1);
const by = fc.nat(actors.length - 1);
const size: fc.Arbitrary<Size> = fc.oneof(
  { weight: 2, arbitrary: fc.tuple(fc.constant("units" as const), fc.integer({ min: 1, max: 3_000 })) },
  { weight: 6, arbitrary: fc.tuple(fc.constant("parts" as const), fc.integer({ min: 1, max: 12_000 })) },
  { weight: 1, arbitrary: fc.tuple(fc.constant("beyond" as const), fc.integer({ min: 1, max: 30 })) },
);
const kind = <Kind extends string>(name: Kind) => fc.constant(name);

const step: fc.Arbitrary<PoolStep> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      ...{ kind: kind("swap"), side, by, size },
      asks: fc.constantFrom<"anything" | "quote" | "more" | "nothing" | "no tag">(
        ...(["anything", "anything", "anything", "quote", "quote", "quote"] as const),
        ...(["more", "nothing", "no tag"] as const),
      ),
    }),
  },
  {
    weight: 9,
    arbitrary: fc.record({
      ...{ kind: kind("provide"), side, by: fc.constantFrom(0, 0, 0, 1, 1, 2, 3, 4), size },
      tolerance: fc.constantFrom(...Array<number>(8).fill(10_001), 10_000, 9_000, 500, 0, -1),
      asks: fc.constantFrom(...Array<number>(8).fill(0), 1, 1_000, 1_000_000),
    }),
  },
  { weight: 2, arbitrary: fc.record({ ...{ kind: kind("stray"), side, by, size }, words: fc.nat(3) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      ...{ kind: kind("burn"), by, size },
      asks: fc.constantFrom("anything" as const, "all" as const, "more" as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: kind("give"), by, to: by, size }) },
  { weight: 1, arbitrary: fc.record({ kind: kind("cancel"), by }) },
  { weight: 2, arbitrary: fc.record({ kind: kind("claim"), by }) },
  { weight: 2, arbitrary: fc.record({ kind: kind("tick"), by }) },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: kind("answer"),
      side,
      which: fc.nat(20),
      paid: fc.constantFrom(true, true, false),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: kind("wait"),
      milliseconds: fc.constantFrom(1, 999, 60_000, 600_000, 3_600_000),
    }),
  },
);

const sending = fc.constantFrom<Sending>(...Array<Sending>(18).fill("plain"), "again", "forged");

const founding = fc.oneof(
  fc.bigInt(900n, 10_000n),
  fc.bigInt(10_000n, 10n ** 15n),
  fc.bigInt(10n ** 15n, 10n ** 30n),
);

/** A history of so many steps, that begins with a first deposit more often than not. */
export function poolHistories(length: number): fc.Arbitrary<PoolHistory> {
  return fc.record({
    fee: fc.constantFrom(0, 25, 30, 1_000),
    numbered: fc.tuple(fc.boolean(), fc.boolean()),
    founding: fc.option(fc.tuple(founding, founding), { nil: undefined, freq: 6 }),
    steps: fc.array(fc.record({ step, sending }), { minLength: length, maxLength: length + 10, size: "max" }),
  });
}

/** An amount of a size, measured by what there is. */
export function amountOf([scale, number]: Size, measure: bigint): bigint {
  const base = measure === 0n ? 1_000_000n : measure;
  if (scale === "units") return BigInt(number);
  if (scale === "beyond") return base * BigInt(number) * 1_000_000n;
  return (base * BigInt(number)) / 10_000n + 1n;
}

/** Open payouts of a side, oldest first. */
export function openNumber(model: PoolModel, of: Index, which: number): number {
  const open = model.payouts[of];
  return open.length === 0 ? which : open[which % open.length]!.number;
}
