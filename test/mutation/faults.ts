/** Every deliberate fault, and which tests are asked about it. */
import { actionFaults } from "./action-faults.ts";
import type { Fault } from "./fault.ts";
import { indexFaults } from "./index-faults.ts";
import { launchFaults } from "./launch-faults.ts";
import { ledgerFaults } from "./ledger-faults.ts";
import { marketFaults } from "./market-faults.ts";
import { mathFaults } from "./math-faults.ts";
import { poolFaults } from "./pool-faults.ts";

export const faults: readonly Fault[] = [
  ...mathFaults,
  ...ledgerFaults,
  ...actionFaults,
  ...poolFaults,
  ...marketFaults,
  ...launchFaults,
  ...indexFaults,
];

/** Test files that are run together, and how many histories of how many steps they play where they play any. */
export interface Trial {
  readonly tests: readonly string[];
  readonly runs: number;
  readonly steps: number;
}

const few = { runs: 5, steps: 60 };
const many = { runs: 60, steps: 100 };

const arithmetic = [
  "natural",
  "multiplication",
  "division",
  "apportion",
  "decimal",
  "decay",
  "sha256",
  "square-root",
];
const emission = [
  "payouts/payouts",
  "mint/emission",
  "mint/shares",
  "mint/boundaries",
  "laws/minting",
  "attack/time",
];
const network = [
  "payouts/payouts",
  "attack/money",
  "laws/found",
  "laws/bounds",
  "attack/audits",
  "laws/messages",
  "laws/faults",
];
const token = ["token/boundaries", "laws/minting", ...network, "attack/forgery"];
const pool = [
  "laws/pool",
  "pool/edges",
  "pool/price",
  "pool/line",
  "pool/published",
  "attack/pool",
  "laws/pool-faults",
];
const shares = [
  "ledger/boundaries",
  "ledger/survivors",
  "laws/delegations",
  "laws/snapshots",
  "laws/claims",
  "ledger/audit",
];
const ledger = [...shares, ...network, "laws/minting", "attack/time", "attack/forgery"];

const launch = [
  ...["collection", "direct", "funding", "cancelled", "claims", "periods", "index", "foreign-tokens"].map(
    (name) => `fair-launch/${name}`,
  ),
  "attack/forgery",
];

const launches: readonly Trial[] = [
  {
    tests: ["fair-launch/found", "laws/launch-funding", "attack/launch", "laws/launches"],
    runs: 60,
    steps: 100,
  },
  { tests: [...launch, "fair-launch/unheard", "pi/reports"], ...few },
];

const index = [
  ...["found", "minting", "life", "pools", "discovery", "basket", "refused", "entry", "sync"].map(
    (name) => `pi/${name}`,
  ),
  ...["laws/index-edges", "laws/index-spoiled", "laws/index-alone", "attack/pumped-launch"],
];

/** The tests of each mechanism, the likeliest first: the Node host only, so that no fault gets into a bundle. */
export function trialsOf({ file }: Fault): readonly Trial[] {
  const histories = ["laws/histories"];
  switch (file.endsWith("/till.ts") ? "till" : file.split("/")[1]) {
    case "math": {
      const own = arithmetic.filter((name) => file.endsWith(`/${name}.ts`));
      const others = arithmetic.filter((name) => !own.includes(name));
      return [own, others].map((names) => ({ tests: names.map((name) => `math/${name}`), ...few }));
    }
    case "market":
      return [{ tests: [marketTest(file)], ...few }];
    case "mint":
      return [{ tests: [...emission, "attack/money", "laws/messages", "laws/faults"], ...few }];
    case "terms":
      return [{ tests: ["terms/terms", "fair-launch/emission"], ...few }];
    case "contributions":
    case "fair-launch":
      return launches;
    case "till":
      return [{ tests: ["payouts/till", ...pool], ...few }, ...launches];
    case "pi":
      return [
        { tests: ["laws/index"], runs: 40, steps: 60 },
        { tests: index, runs: 20, steps: 60 },
        { tests: ["laws/index-faults"], runs: 100, steps: 60 },
      ];
    case "pool":
    case "collections":
      return [
        { tests: pool, ...few },
        { tests: [...pool, "attack/forgery"], ...many },
      ];
    case "balances":
    case "token":
      return [{ tests: token, ...few }];
    default:
      return [
        { tests: histories, ...few },
        { tests: ledger, ...few },
        { tests: histories, ...many },
      ];
  }
}

/** The test of a file of process/market/. */
function marketTest(file: string): string {
  const name = file.split("/")[2]!.replace(".ts", "");
  return `market/${name === "bucket" || name === "window" ? "caps" : name}`;
}
