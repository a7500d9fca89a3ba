/** The one call of every bundle's entry: makes the process what the runtime around it evaluates. */
import { installAos } from "./aos.ts";
import { installCompact } from "./compact.ts";
import type { Process } from "./process.ts";

declare const ao: unknown;
declare const Handlers: unknown;

export function install<State>(process: Process<State>): void {
  const isAos = ao !== undefined && Handlers !== undefined;
  if (isAos) installAos(process as Process<unknown>);
  else installCompact(process as Process<unknown>);
}
