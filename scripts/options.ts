/** The options of `npm start`, checked: a wrong one is one clear line and exit code 2. */
import { parseArgs } from "node:util";

export const usage = `Usage: npm start -- [options]

Builds what is stale, spawns token, ledger and mint, loads a population, runs a day of mint
cycles and shows what came of it.

  --wallets N         a generated population of N wallets (1 to 1000000; default 1000)
  --delegations FILE  real preferences, in the format of delegations-2025-02-17.json
  --cycles N          mint cycles of five minutes (1 to 100000; default 288, a day)
  --json              end with one line of JSON
  --help              this text`;

export interface StartOptions {
  readonly wallets: number;
  readonly delegations: string | undefined;
  readonly cycles: number;
  readonly json: boolean;
  readonly help: boolean;
}

/** What a person got wrong, in one line. */
export class UsageError extends Error {}

/** The options that the arguments spell. Throws UsageError. */
export function readOptions(args: readonly string[]): StartOptions {
  const values = parse(args);
  if (values.delegations !== undefined && values.wallets !== undefined) {
    throw new UsageError("--wallets and --delegations exclude each other: a file brings its own wallets");
  }
  return {
    wallets: wholeNumber("--wallets", values.wallets ?? "1000", 1_000_000),
    delegations: values.delegations,
    cycles: wholeNumber("--cycles", values.cycles ?? "288", 100_000),
    json: values.json ?? false,
    help: values.help ?? false,
  };
}

function parse(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        wallets: { type: "string" },
        delegations: { type: "string" },
        cycles: { type: "string" },
        json: { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    });
    return values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message.split("\n")[0]! : String(error));
  }
}

function wholeNumber(option: string, text: string, most: number): number {
  const number = /^[1-9]\d{0,9}$/.test(text) ? Number(text) : 0;
  if (number >= 1 && number <= most) return number;
  throw new UsageError(`${option} must be a whole number from 1 to ${most}, not ${JSON.stringify(text)}`);
}
