/** A factory's books: its totals beside what its rows come to, and the fees that it took in. */
import type { Answer, Ask } from "../units.ts";
import { findings, type Judge, type Law } from "./law.ts";

/** A row of the registry, as far as it is counted here. */
export interface RegistryRow {
  readonly flp_id: string;
  readonly flp_name: string;
  readonly status: string;
  readonly [name: string]: string | number;
}

/** What a factory adds up over the launches that it lists. */
const summed = [
  "total_yield_ticks",
  "accumulated_qty",
  "withdrawn_qty",
  "accumulated_pi_qty",
  "exchanged_for_pi_qty",
  "withdrawn_pi_qty",
] as const;

const listed = ["Ready", "Active", "Ended", "Cancelled"];
const unlisted = ["Awaiting-Approval", "Requested", "Spawned", "Failed"];

/** Rows of a page: each may have some kilobytes. */
const pageLimit = "100";

export interface FactoryBooks {
  /** A figure of `Info`. */
  readonly figure: (name: string) => bigint;
  readonly launches: readonly RegistryRow[];
  readonly requests: readonly RegistryRow[];
  /** Smallest units of AO that the token says the factory has. */
  readonly balance: bigint;
}

/** The rows of a list, the newest first: at most so many, and how many there are. */
export async function readRows(
  ask: Ask,
  factory: string,
  action: "Get-FLPs" | "Get-Requests",
  most: number,
): Promise<{ readonly rows: readonly RegistryRow[]; readonly total: number }> {
  const rows: RegistryRow[] = [];
  let total = 0;
  for (let cursor: string | null = "0"; cursor !== null && rows.length < most;) {
    const { data }: Answer = await ask(factory, { Action: action, Cursor: cursor, Limit: pageLimit });
    const page = JSON.parse(data) as Page;
    total = page.totalItems;
    rows.push(...page.items);
    cursor = page.nextCursor;
  }
  return { rows: rows.slice(0, most), total };
}

interface Page {
  readonly items: readonly RegistryRow[];
  readonly nextCursor: string | null;
  readonly totalItems: number;
}

/** Rows that are walked to compare totals with them; of a longer registry the fees are judged alone. */
const mostRows = 10_000;

/** Walks the registry page by page. Asks the factory's token, too. */
export const judgeFactory: Judge = async (ask, factory) => {
  const { tag } = await ask(factory, { Action: "Info" });
  const launches = await readRows(ask, factory, "Get-FLPs", mostRows);
  const requests = await readRows(ask, factory, "Get-Requests", mostRows);
  const { data } = await ask(tag("AO-Token"), { Action: "Balance", Recipient: factory });
  const books: FactoryBooks = {
    figure: (name) => BigInt(tag(name)),
    launches: launches.rows,
    requests: requests.rows,
    balance: BigInt(data),
  };
  const isAll = launches.total <= mostRows && requests.total <= mostRows;
  return findings(isAll ? [...feeLaws, ...totalLaws] : feeLaws, books);
};

function sumOf(rows: readonly RegistryRow[], field: string): bigint {
  return rows.reduce((sum, row) => sum + BigInt(row[field]!), 0n);
}

export const feeLaws: readonly Law<FactoryBooks>[] = [
  {
    name: "fees and other AO in = credited + held + surplus + under way + paid",
    left: ["AO that came", ({ figure }) => figure("Fees-Received") + figure("Foreign-AO")],
    is: "=",
    right: [
      "credited, held, surplus, under way, paid",
      ({ figure }) =>
        ["Fees-Credited", "Fees-Held", "Surplus-AO", "Pending", "Unconfirmed", "Paid"].reduce(
          (sum, name) => sum + figure(name),
          0n,
        ),
    ],
  },
  {
    // More may be there: AO that was sent with Cast, or whose notice is on its way.
    name: "the factory has the AO that it owes",
    left: [
      "credited, held, surplus",
      ({ figure }) => figure("Fees-Credited") + figure("Fees-Held") + figure("Surplus-AO"),
    ],
    is: "≤",
    right: ["the factory's balance", ({ balance }) => balance],
  },
];

/** RG5: every total is what the rows come to. */
export const totalLaws: readonly Law<FactoryBooks>[] = [
  {
    name: "RG5 launches are counted",
    left: ["the factory's count", ({ figure }) => figure("Launches")],
    is: "=",
    right: ["its rows", ({ launches }) => BigInt(launches.length)],
  },
  {
    name: "RG5 requests are counted",
    left: ["the factory's count", ({ figure }) => figure("Requests")],
    is: "=",
    right: ["rows of both lists", ({ launches, requests }) => BigInt(launches.length + requests.length)],
  },
  ...[...listed, ...unlisted].map((status): Law<FactoryBooks> => {
    return {
      name: `RG5 ${status} are counted`,
      left: ["the factory's count", ({ figure }) => figure(status)],
      is: "=",
      right: [
        "its rows",
        ({ launches, requests }) =>
          BigInt([...launches, ...requests].filter((row) => row.status === status).length),
      ],
    };
  }),
  ...summed.map((field): Law<FactoryBooks> => {
    return {
      name: `RG5 ${field} is that of the launches together`,
      left: ["the factory's total", ({ figure }) => figure(field)],
      is: "=",
      right: ["its rows added up", ({ launches }) => sumOf(launches, field)],
    };
  }),
  {
    name: "fees held are those of the requests",
    left: ["held", ({ figure }) => figure("Fees-Held")],
    is: "=",
    right: [
      "fees of the rows",
      ({ launches, requests }) => sumOf(launches, "creation_fee") + sumOf(requests, "creation_fee"),
    ],
  },
];
