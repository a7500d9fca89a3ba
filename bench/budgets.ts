/** What may not get worse: the bars of the design, and figures that are the same on every machine (budgets.json). */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Figures } from "./counts.ts";
import type { Row } from "./measures.ts";

export interface Budget {
  readonly name: string;
  readonly value: number;
  readonly atMost?: number | undefined;
  readonly atLeast?: number | undefined;
  readonly kept: boolean;
}

type Bounds = Readonly<Record<string, { readonly atMost?: number; readonly atLeast?: number }>>;

/** From so many wallets on, what a ledger has anyway does not count beside what each wallet adds. */
const many = 100_000;

/** The figures that budgets are about, from the rows of our own ledger. */
export function figuresOf(rows: readonly Row[]): Figures {
  const [fewest, most] = [rows[0]!, rows.at(-1)!];
  return {
    "cycle / no-op, fewest wallets": fewest.values.cycle! / fewest.values.noop!,
    "cycle / no-op, most wallets": most.values.cycle! / most.values.noop!,
    "Set-Delegation, most / fewest wallets": most.values.change! / fewest.values.change!,
    ...(most.wallets >= many ? figuresAWallet(most) : {}),
  };
}

function figuresAWallet(most: Row): Figures {
  return {
    "first snapshot, rows a second": most.values.firstSnapshot!,
    "full snapshot, rows a second": most.values.fullSnapshot!,
    "heap bytes a wallet, loaded": most.values.heap!,
    "heap bytes a wallet, settled": most.values.heapSettled!,
  };
}

/** Holds the figures against budgets.json. One without a budget is not kept: it would go unwatched. */
export function checkBudgets(figures: Figures): Budget[] {
  const text = readFileSync(join(import.meta.dirname, "budgets.json"), "utf8");
  const bounds = JSON.parse(text) as Bounds;
  return Object.entries(figures).map(([name, value]) => {
    const bound = bounds[name];
    if (bound === undefined) return { name, value, kept: false };
    const { atMost = Infinity, atLeast = -Infinity } = bound;
    return { name, value, ...bound, kept: value <= atMost && value >= atLeast };
  });
}
