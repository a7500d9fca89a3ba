/** Histories of a factory: what teams, messengers, children, approver, owner, payers and time do. */
import fc from "fast-check";
import { walletAddress } from "../../units/address.ts";
import type { Listed } from "./registry-model.ts";
import { listedStatuses, PATIENCE } from "./registry-model.ts";

export const people = ["alice", "bob", "owner", "approver", "fee recipient"].map((name) =>
  walletAddress(name),
);
export const [, , owner, approver, feeRecipient] = people as [string, string, string, string, string];

export type RegistryStep =
  | { readonly kind: "create"; readonly by: number; readonly deployer: number; readonly after: number }
  | { readonly kind: "again"; readonly which: number }
  /** The messenger's notice of a spawn, whose child is a new one each time; or a forged one. */
  | { readonly kind: "spawned"; readonly which: number; readonly forged: boolean }
  | {
      readonly kind: "identity";
      readonly which: number;
      readonly wrong: "" | "Module" | "Parameters-Hash" | "Ownership";
      readonly stranger: boolean;
    }
  | { readonly kind: "retry" | "approve" | "reject"; readonly which: number; readonly by: number }
  | {
      readonly kind: "report";
      readonly which: number;
      readonly sequence: number;
      readonly status: Listed;
      readonly accumulated: bigint;
      readonly ticks: bigint;
    }
  | { readonly kind: "pay"; readonly by: number; readonly quantity: bigint; readonly isFee: boolean }
  | { readonly kind: "withdraw"; readonly by: number; readonly account: number }
  | { readonly kind: "answer"; readonly which: number; readonly settled: boolean; readonly forged: boolean }
  | { readonly kind: "pause" | "resume"; readonly by: number }
  | { readonly kind: "deprecate"; readonly by: number; readonly module: number }
  | { readonly kind: "wait"; readonly milliseconds: number };

export interface RegistryHistory {
  /** With a fee and an approver, or without both. */
  readonly guarded: boolean;
  readonly steps: readonly RegistryStep[];
}

/** The last one (-1), or any. */
const which = fc.oneof(fc.constant(-1), fc.nat(30));
const by = fc.nat(people.length - 1);
const of = <Kind extends string>(...kinds: readonly Kind[]) => fc.constantFrom(...kinds);

const report = fc.record({
  ...{ kind: of("report"), which, sequence: fc.nat(8), status: of(...listedStatuses) },
  ...{
    accumulated: fc.oneof(fc.bigInt(0n, 10n ** 38n - 1n), fc.bigInt(0n, 20n)),
    ticks: fc.bigInt(0n, 3_650n),
  },
});

const step: fc.Arbitrary<RegistryStep> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      ...{ kind: of("create"), by: fc.nat(1), deployer: by },
      after: fc.oneof(fc.integer({ min: 0, max: 6_000 }), fc.integer({ min: 50_000, max: 90_000 })),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: of("again"), which }) },
  { weight: 6, arbitrary: fc.record({ kind: of("spawned"), which, forged: fc.nat(4).map((n) => n === 0) }) },
  {
    weight: 6,
    arbitrary: fc.record({
      ...{ kind: of("identity"), which, stranger: fc.nat(6).map((n) => n === 0) },
      wrong: fc.oneof(
        { weight: 6, arbitrary: of("") },
        { weight: 1, arbitrary: of("Module", "Parameters-Hash", "Ownership") },
      ),
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: of("retry"), which, by }) },
  {
    weight: 4,
    arbitrary: fc.record({ kind: of("approve"), which, by: fc.oneof(fc.constant(3), fc.constant(3), by) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: of("reject"), which, by }) },
  { weight: 5, arbitrary: report },
  {
    weight: 3,
    arbitrary: fc.record({
      ...{ kind: of("pay"), by, quantity: fc.bigInt(1n, 350n) },
      isFee: fc.nat(3).map((n) => n > 0),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: of("withdraw"), by, account: by }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: of("answer"),
      which,
      settled: fc.boolean(),
      forged: fc.nat(4).map((n) => n === 0),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: of("pause", "resume", "resume"), by: fc.oneof(fc.constant(2), by) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      ...{ kind: of("deprecate"), by: fc.oneof(fc.constant(2), by) },
      module: fc.oneof({ weight: 8, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(2) }),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: of("wait"),
      milliseconds: fc.oneof(fc.constant(PATIENCE), fc.nat(1_500)),
    }),
  },
);

/** What belongs together, as otherwise few requests would come far: asking, and what may follow. */
const asking: fc.Arbitrary<readonly RegistryStep[]> = fc.integer({ min: 3_500, max: 60_000 }).map((after) => [
  { kind: "pay", by: 0, quantity: 100n, isFee: true },
  { kind: "create", by: 0, deployer: 0, after },
  { kind: "approve", which: -1, by: 3 },
]);
const birth: readonly RegistryStep[] = [
  { kind: "spawned", which: -1, forged: false },
  { kind: "identity", which: -1, wrong: "", stranger: false },
];
const retried: readonly RegistryStep[] = [
  { kind: "wait", milliseconds: PATIENCE },
  { kind: "retry", which: -1, by: 1 },
];
const told: fc.Arbitrary<readonly RegistryStep[]> = fc
  .array(report, { minLength: 2, maxLength: 4 })
  .map((reports) => reports.map((one, i) => ({ ...one, which: -1, sequence: i + 1 })));
const mistaken = of("Module", "Parameters-Hash", "Ownership").map((wrong): readonly RegistryStep[] => [
  birth[0]!,
  { kind: "identity", which: -1, wrong, stranger: false },
]);
/** The first version is deprecated while a spawn of it is under way, whose notice comes late. */
const overtaken: readonly RegistryStep[] = [
  { kind: "deprecate", by: 2, module: 0 },
  ...retried,
  { kind: "spawned", which: -2, forged: false },
];
const stretch: fc.Arbitrary<readonly RegistryStep[]> = fc.oneof(
  { weight: 5, arbitrary: step.map((one) => [one]) },
  { weight: 1, arbitrary: asking },
  { weight: 2, arbitrary: asking.map((steps) => [...steps, ...birth]) },
  { weight: 1, arbitrary: asking.map((steps) => [...steps, birth[0]!, ...retried, ...retried, ...retried]) },
  { weight: 1, arbitrary: asking.map((steps) => [...steps, ...retried]) },
  {
    weight: 3,
    arbitrary: fc.tuple(asking, told).map(([steps, reports]) => [...steps, ...birth, ...reports]),
  },
  { weight: 2, arbitrary: fc.tuple(asking, mistaken).map(([steps, wrong]) => [...steps, ...wrong]) },
  { weight: 1, arbitrary: asking.map((steps) => [...steps, ...overtaken]) },
  { weight: 1, arbitrary: fc.constant(birth) },
  { weight: 1, arbitrary: fc.constant(retried) },
);

export const histories: fc.Arbitrary<RegistryHistory> = fc.record({
  guarded: fc.boolean(),
  steps: fc.array(stretch, { maxLength: 25, size: "max" }).map((stretches) => stretches.flat()),
});
