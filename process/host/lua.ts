/** The one call of every bundle's entry: makes the process what the runtime around it evaluates. */
import { installCompact } from "./compact.ts";
import type { Process } from "./process.ts";

export function install<State>(process: Process<State>): void {
  installCompact(process as Process<unknown>);
}
