/** The results as text: Markdown tables, which docs/benchmark.md can take as they are. */
import { cpus } from "node:os";
import type { Budget } from "./budgets.ts";
import { type Measure, measures, type Row } from "./measures.ts";

/** A figure with three digits that matter, or whole with separators. */
export function formatFigure(value: number): string {
  const rounded = Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3));
  return rounded.toLocaleString("en-US", { maximumFractionDigits: 3 });
}

/** What this was measured on. */
export function machine(): string {
  const [cpu] = cpus();
  return `${cpus().length} × ${cpu?.model.trim() ?? "unknown"}, Node ${process.versions.node}`;
}

/** One line a subject and measure, one column a number of wallets, and how the last compares with the first. */
export function formatRows(rows: readonly Row[]): string {
  const sizes = [...new Set(rows.map(({ wallets }) => wallets))]
    .filter((size) => size > 0)
    .sort((a, b) => a - b);
  const subjects = [...new Set(rows.map(({ subject }) => subject))];
  const lines = subjects.flatMap((subject) => {
    const own = rows.filter((row) => row.subject === subject);
    const present = (Object.keys(measures) as Measure[]).filter((measure) =>
      own.some(({ values }) => values[measure] !== undefined),
    );
    return present.map((measure) => formatLine(subject, measure, sizes, own));
  });
  const titles = ["", "", ...sizes.map((size) => size.toLocaleString("en-US")), "growth"];
  return alignTable([titles, ...lines]);
}

function formatLine(
  subject: string,
  measure: Measure,
  sizes: readonly number[],
  rows: readonly Row[],
): string[] {
  const { label, unit } = measures[measure];
  const find = (size: number) => rows.find(({ wallets }) => wallets === size)?.values[measure];
  const values = sizes.map(find);
  const present = values.filter((value) => value !== undefined);
  const fixed = rows.find(({ wallets }) => wallets === 0)?.values[measure];
  if (fixed !== undefined && present.length === 0) values[0] = fixed;
  const growth = present.length < 2 ? "" : `× ${formatFigure(present.at(-1)! / present[0]!)}`;
  const cells = values.map((value) => (value === undefined ? "—" : formatFigure(value)));
  return [subject, `${label}, ${unit}`, ...cells, growth];
}

/** Budgets, those that are exceeded marked. */
export function formatBudgets(budgets: readonly Budget[]): string {
  const lines = budgets.map(({ name, value, atMost, atLeast, kept }) => {
    return [name, formatFigure(value), formatBounds({ atMost, atLeast }), kept ? "kept" : "OVER"];
  });
  return alignTable([["budget", "measured", "allowed", ""], ...lines]);
}

/** What a budget allows, such as `≤ 700`. */
export function formatBounds({ atMost, atLeast }: Pick<Budget, "atMost" | "atLeast">): string {
  const least = atLeast === undefined ? [] : [`≥ ${formatFigure(atLeast)}`];
  const most = atMost === undefined ? [] : [`≤ ${formatFigure(atMost)}`];
  return [...least, ...most].join(", ") || "nothing stated";
}

function alignTable(lines: readonly (readonly string[])[]): string {
  const widths = lines[0]!.map((_, column) => Math.max(3, ...lines.map((line) => line[column]!.length)));
  const isText = (column: number): boolean => !/\d|—/.test(lines[1]?.[column] ?? "") || column < 2;
  const format = (line: readonly string[]): string => {
    const cells = line.map((cell, i) => (isText(i) ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!)));
    return `| ${cells.join(" | ")} |`;
  };
  const rule = widths.map((width, i) => (isText(i) ? "-".repeat(width) : `${"-".repeat(width - 1)}:`));
  return [format(lines[0]!), `| ${rule.join(" | ")} |`, ...lines.slice(1).map(format)].join("\n");
}
