/** The options of `npm start`, checked: a wrong one is one clear line and exit code 2. */
import { parseArgs } from "node:util";
import config from "../ao.config.ts";

/** That of ao.config.ts, so that its network `local` is this one. */
const { local } = config.networks;
const localPort = (local !== undefined && "url" in local && new URL(local.url).port) || "4000";

export const usage = `Usage: npm start -- [options]

Starts an AO network on 127.0.0.1, deploys the processes of ao.config.ts, loads a population by signed
messages, runs a day of mint cycles and three periods of two fair launches, and shows what came of them.
Then it serves until Ctrl-C.

  --wallets N         a generated population of N wallets (1 to 100000; default 1000)
  --delegations FILE  real preferences, in the format of delegations-2025-02-17.json
  --cycles N          mint cycles of five minutes (1 to 100000; default 288, a day)
  --port N            the port (0 to 65535, 0 being any that is free; default ${localPort})
  --data DIR          an empty folder for log, keys and snapshots (default: one that is removed at the end)
  --once              end after the day
  --json              end the day with one line of JSON
  --help              this text

Ends with 0; with 1 if the books do not balance; with 2 and one line if the day could not be run.`;

export interface StartOptions {
  readonly wallets: number;
  readonly delegations: string | undefined;
  readonly cycles: number;
  readonly port: number;
  readonly data: string | undefined;
  readonly once: boolean;
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
  if (values.data === "") throw new UsageError("--data must name a folder");
  return {
    wallets: wholeNumber("--wallets", values.wallets ?? "1000", 1, 100_000),
    delegations: values.delegations,
    cycles: wholeNumber("--cycles", values.cycles ?? "288", 1, 100_000),
    port: wholeNumber("--port", values.port ?? localPort, 0, 65_535),
    data: values.data,
    once: values.once ?? false,
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
        port: { type: "string" },
        data: { type: "string" },
        once: { type: "boolean" },
        json: { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    });
    return values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message.split("\n")[0]! : String(error));
  }
}

function wholeNumber(option: string, text: string, least: number, most: number): number {
  const number = /^(0|[1-9]\d{0,9})$/.test(text) ? Number(text) : -1;
  if (number >= least && number <= most) return number;
  throw new UsageError(
    `${option} must be a whole number from ${least} to ${most}, not ${JSON.stringify(text)}`,
  );
}
