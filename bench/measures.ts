/** What is measured, and what it is called in the table. */

export const measures = {
  notice: { label: "a notice that is ignored", unit: "µs" },
  noop: { label: "no-op: a Credit-Notice that is known", unit: "µs" },
  read: { label: "Get-Yield", unit: "µs" },
  cycle: { label: "a cycle", unit: "µs" },
  cycleMean: { label: "a cycle, mean", unit: "µs" },
  change: { label: "Set-Delegation, cycles unsettled", unit: "µs" },
  changeSettled: { label: "Set-Delegation, settled", unit: "µs" },
  newEdge: { label: "Set-Delegation, a new edge", unit: "µs" },
  withdraw: { label: "Withdraw", unit: "µs" },
  longest: { label: "the longest message of all these", unit: "µs" },
  firstSnapshot: { label: "first snapshot", unit: "rows/s" },
  fullSnapshot: { label: "a snapshot that changes everything", unit: "rows/s" },
  heap: { label: "Lua heap, loaded", unit: "B/wallet" },
  heapSettled: { label: "Lua heap, everybody settled", unit: "B/wallet" },
  memory: { label: "WebAssembly memory, loaded", unit: "B/wallet" },
  memorySettled: { label: "WebAssembly memory, everybody settled", unit: "B/wallet" },
  copied: { label: "no-op, memory copied in and out", unit: "µs" },
} as const;

export type Measure = keyof typeof measures;

/** What one subject came to at one number of wallets. */
export interface Row {
  readonly subject: string;
  readonly wallets: number;
  readonly values: Readonly<Partial<Record<Measure, number>>>;
}
