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
  ed25519: { label: "signed with Ed25519, to the result", unit: "messages/s" },
  ed25519Network: { label: "Ed25519, signed before", unit: "messages/s" },
  ed25519Cpu: { label: "Ed25519, signed before, processor time", unit: "ms" },
  ed25519Signing: { label: "an Ed25519 signature, the client's processor time", unit: "ms" },
  ethereum: { label: "signed by an Ethereum wallet, to the result", unit: "messages/s" },
  ethereumNetwork: { label: "Ethereum, signed before", unit: "messages/s" },
  ethereumCpu: { label: "Ethereum, signed before, processor time", unit: "ms" },
  ethereumSigning: { label: "an Ethereum signature, the client's processor time", unit: "ms" },
  arweave: { label: "signed by an Arweave wallet, to the result", unit: "messages/s" },
  arweaveNetwork: { label: "Arweave, signed before", unit: "messages/s" },
  arweaveCpu: { label: "Arweave, signed before, processor time", unit: "ms" },
  arweaveSigning: { label: "an Arweave signature, the client's processor time", unit: "ms" },
  answered: { label: "signed with Ed25519, the answer pushed", unit: "messages/s" },
  messageMedian: { label: "a message with its result, Ed25519, p50", unit: "ms" },
  messageSlow: { label: "a message with its result, Ed25519, p95", unit: "ms" },
  arweaveMedian: { label: "a message with its result, Arweave, p50", unit: "ms" },
  arweaveSlow: { label: "a message with its result, Arweave, p95", unit: "ms" },
  dryRunMedian: { label: "a dry run, p50", unit: "ms" },
  dryRunSlow: { label: "a dry run, p95", unit: "ms" },
  firstPeriod: { label: "the first period, all its messages", unit: "ms" },
  period: { label: "a later period, all its messages", unit: "ms" },
  periodMessages: { label: "a later period", unit: "messages" },
  longestFirst: { label: "the longest message of the first", unit: "ms" },
  longestLater: { label: "the longest message of a later one", unit: "ms" },
  delegatorMemory: { label: "WebAssembly memory", unit: "B/delegator" },
  spawn: { label: "a spawn, the factory's messages", unit: "µs" },
  spawnMessages: { label: "a spawn, the factory's", unit: "messages" },
  flpPage: { label: "a page of Get-FLPs, 100 rows", unit: "µs" },
  rankedPage: { label: "a page of Get-Ranked-FLPs, 100 rows", unit: "µs" },
  copied: { label: "no-op, memory copied in and out", unit: "µs" },
} as const;

export type Measure = keyof typeof measures;

/** What one subject came to at one number of wallets. */
export interface Row {
  readonly subject: string;
  readonly wallets: number;
  readonly values: Readonly<Partial<Record<Measure, number>>>;
}
