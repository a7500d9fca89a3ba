/** Every deliberate fault, and which tests are asked about it. */
import { actionFaults } from "./action-faults.ts";
import type { Fault } from "./fault.ts";
import { ledgerFaults } from "./ledger-faults.ts";
import { mathFaults } from "./math-faults.ts";

export const faults: readonly Fault[] = [...mathFaults, ...ledgerFaults, ...actionFaults];

/** A test file, and how many histories of how many steps it plays where it plays any. */
export interface Trial {
  readonly test: string;
  readonly runs: number;
  readonly steps: number;
}

const few = { runs: 10, steps: 60 };
const many = { runs: 80, steps: 100 };

const arithmetic = ["natural", "multiplication", "division", "apportion", "decimal", "decay", "sha256"];
const emission = ["mint/emission", "mint/shares", "laws/minting"];
const network = [
  "attack/money",
  "laws/found",
  "laws/bounds",
  "laws/faults",
  "attack/audits",
  "laws/messages",
];
const shares = ["laws/delegations", "laws/snapshots", "laws/claims", "ledger/audit"];

/** The tests of each mechanism, the likeliest first: the Node host only, so that no fault gets into a bundle. */
const MECHANISMS: readonly (readonly [folder: string, tests: readonly string[]])[] = [
  ["process/math/", arithmetic.map((name) => `math/${name}`)],
  ["process/mint/", [...emission, "attack/time", "attack/money", "laws/messages", "laws/faults"]],
  ["process/token/", [...network, "laws/minting", "attack/forgery", "attack/time"]],
  ["process/payouts/", ["laws/histories", ...network, "laws/claims", "attack/forgery"]],
  [
    "process/ledger/",
    ["laws/histories", ...shares, ...network, "laws/minting", "attack/forgery", "attack/time"],
  ],
];

/** The trials of a fault, in order; the last one plays many histories. */
export function trialsOf({ file }: Fault): readonly Trial[] {
  const [folder, tests] = MECHANISMS.find(([start]) => file.startsWith(start))!;
  const own = tests.findIndex((test) => file === `process/${test}.ts`);
  const first = own < 0 ? tests : [tests[own]!, ...tests.filter((_, i) => i !== own)];
  const trials = first.map((test) => ({ test: `test/${test}.test.ts`, ...few }));
  if (folder !== "process/ledger/") return trials;
  return [...trials, { test: "test/laws/histories.test.ts", ...many }];
}
