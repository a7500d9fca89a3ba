/** The benchmark: everything in one run, on one machine, with one population. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Budget, checkBudgets, figuresOf } from "./budgets.ts";
import { drawChart } from "./chart.ts";
import { countInstructions, measureModules } from "./counts.ts";
import { measurePeriods } from "./launch.ts";
import type { Row } from "./measures.ts";
import { measureNetwork } from "./network.ts";
import type { BenchOptions } from "./options.ts";
import { measureBint, measureWalk } from "./peers/allocator.ts";
import { measureBasketBint, measureBasketWalk } from "./peers/basket.ts";
import { measureSet } from "./peers/set.ts";
import { measureSql } from "./peers/sql.ts";
import { measureIndex } from "./pi.ts";
import { measureRegistry } from "./registry.ts";
import { formatBounds, formatBudgets, formatFigure, formatRows, machine } from "./report.ts";
import {
  aosSubject,
  climb,
  ledgerSubject,
  measureAos,
  measureCopying,
  measureLedger,
  populationOf,
} from "./rows.ts";
import { createScene, type Scene } from "./scene.ts";

/** A peer gets so many milliseconds of processor time for all its rows. */
const peerTime = 60_000;

/** Measures, prints and, if asked, draws. Gives whether all budgets were kept. */
export async function runBench(options: BenchOptions): Promise<boolean> {
  const scene = await createScene(populationOf(1).tokens);
  if (options.index) {
    const index = await measureIndexAndPeers(scene, options.peers);
    const budgets = checkBudgets(index.figures);
    return report(options, { index: index.rows }, budgets, [index.rows]);
  }
  const constant = { ...(await countInstructions(scene)), ...(await measureModules()) };
  const own = await climb(ledgerSubject, options.wallets, Infinity, (each) => measureLedger(scene, each));
  const periods = await measurePeriods();
  const registry = await measureRegistry();
  const index = await measureIndexAndPeers(scene, options.peers);
  const network = await measureNetwork();
  const peers = options.peers ? await measurePeers(scene, options.wallets) : [];
  const rows = [...own, network.row, ...peers];
  const launches = [...periods.rows, ...registry.rows];
  const counted = { ...constant, ...periods.figures, ...registry.figures, ...index.figures };
  const budgets = checkBudgets({ ...figuresOf(own), ...network.figures, ...counted });
  if (options.chart) {
    const path = join(import.meta.dirname, "../docs/benchmark.svg");
    writeFileSync(path, drawChart(rows.filter(({ values }) => values.cycle !== undefined)));
  }
  const results = { rows, launches, index: index.rows };
  return report(options, results, budgets, [rows, periods.rows, registry.rows, index.rows]);
}

/** Prints everything, as JSON or as tables, and complains of budgets that were exceeded. Gives whether there are none. */
function report(
  { json }: BenchOptions,
  results: Readonly<Record<string, readonly Row[]>>,
  budgets: readonly Budget[],
  tables: readonly (readonly Row[])[],
): boolean {
  if (json) console.log(JSON.stringify({ machine: machine(), ...results, budgets }, undefined, 2));
  else {
    const texts = tables.map((each) => formatRows(each));
    console.log([machine(), ...texts, formatBudgets(budgets)].join("\n\n"));
  }
  const over = budgets.filter(({ kept }) => !kept);
  for (const budget of over)
    console.error(
      `over budget: ${budget.name}: ${formatFigure(budget.value)}, allowed ${formatBounds(budget)}`,
    );
  return over.length === 0;
}

async function measureIndexAndPeers(scene: Scene, withPeers: boolean) {
  const index = await measureIndex();
  const peers = withPeers
    ? [...(await measureBasketWalk(scene)), ...(await measureBasketBint(scene)), ...(await measureSet())]
    : [];
  return { rows: [...index.rows, ...peers], figures: index.figures };
}

async function measurePeers(scene: Scene, sizes: readonly number[]): Promise<Row[]> {
  const small = sizes.filter((size) => size <= 10_000);
  return [
    ...(await climb("specification's tables, SQLite", sizes, peerTime, measureSql)),
    ...(await climb("all wallets, our naturals", sizes, peerTime, (each) => measureWalk(scene, each))),
    ...(await climb("all wallets, bint in aos", sizes, peerTime, (each) => measureBint(scene, each))),
    ...(await climb(aosSubject, small, peerTime, (each) => measureAos(scene, each))),
    ...(await measureCopying(scene)),
  ];
}
