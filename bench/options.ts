/** npm run bench -- [options]. */
import { parseArgs } from "node:util";

export interface BenchOptions {
  /** Numbers of wallets, from the fewest to the most. */
  readonly wallets: readonly number[];
  readonly json: boolean;
  readonly chart: boolean;
  /** Measure the peers, and the same bundle in aos, too. */
  readonly peers: boolean;
  /** Measure the index alone. */
  readonly index: boolean;
}

export const usage = `npm run bench -- [options]
  --quick            1,000 to 100,000 wallets only
  --wallets a,b,…    these numbers of wallets (1,000 to 2,000,000)
  --own              without the peers
  --index            the index and its peers alone
  --chart            also write docs/benchmark.svg
  --json             print JSON instead of tables
  --help             print this`;

/** A command line that can't be carried out; the message says why. */
export class UsageError extends Error {}

/** The options of a command line, or undefined where it asks for help. Throws a UsageError. */
export function readOptions(args: readonly string[]): BenchOptions | undefined {
  const values = parse(args);
  if (values.help) return undefined;
  if (values.quick && values.wallets !== undefined)
    throw new UsageError("--quick and --wallets do not go together");
  if (values.index && (values.quick || values.wallets !== undefined || values.chart))
    throw new UsageError("--index goes with --own and --json only");
  const full = values.quick ? [1_000, 10_000, 100_000] : [1_000, 10_000, 100_000, 1_000_000];
  const wallets = values.wallets === undefined ? full : readNumbers(values.wallets);
  return { wallets, json: values.json, chart: values.chart, peers: !values.own, index: values.index };
}

function parse(args: readonly string[]) {
  const flag = { type: "boolean", default: false } as const;
  try {
    return parseArgs({
      args: [...args],
      options: {
        quick: flag,
        json: flag,
        chart: flag,
        own: flag,
        index: flag,
        help: flag,
        wallets: { type: "string" },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function readNumbers(text: string): number[] {
  const numbers = text.split(",").map((each) => (/^\d{1,7}$/.test(each) ? Number(each) : NaN));
  if (!numbers.every((number) => number >= 1_000 && number <= 2_000_000))
    throw new UsageError(`--wallets takes whole numbers from 1000 to 2000000, not ${text}`);
  return [...new Set(numbers)].sort((a, b) => a - b);
}
