/** The build's report, for people. */
import type { BuiltProcess } from "./build-all.ts";

const header = ["process", "bundle", "sha256", "module", "sha256", "state", "time"];
const alignedRight = new Set([1, 3, 6]);

const bytes = (size: number): string => size.toLocaleString("en-GB");

function row({ name, bundle, module, built, milliseconds }: BuiltProcess): string[] {
  const state = built ? "built" : "up to date";
  const time = `${milliseconds.toFixed(0)} ms`;
  return [name, bytes(bundle.size), bundle.sha256, bytes(module.size), module.sha256, state, time];
}

/** One line a process, sizes in bytes, columns aligned. */
export function formatTable(processes: readonly BuiltProcess[]): string {
  const rows = [header, ...processes.map(row)];
  const widths = header.map((_, column) => Math.max(...rows.map((cells) => (cells[column] ?? "").length)));
  const lines = rows.map((cells) =>
    cells.map((cell, column) => {
      const width = widths[column] ?? 0;
      return alignedRight.has(column) ? cell.padStart(width) : cell.padEnd(width);
    }),
  );
  return lines.map((cells) => cells.join("  ").trimEnd()).join("\n");
}
