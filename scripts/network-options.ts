/** The options of `npm run network`, checked: a wrong one is one clear line and exit code 2. */
import { parseArgs } from "node:util";
import { UsageError } from "./options.ts";

export const usage = `Usage: npm run network -- [options]

Starts a local AO network on 127.0.0.1: scheduler, messenger, compute unit and gateway.
docs/units.md says what it answers and how to point aoconnect at it. Ctrl-C ends it.

  --port N    the port (1 to 65535; default 4000)
  --data DIR  where log, keys and snapshots are kept (default .network)
  --help      this text`;

export interface NetworkOptions {
  readonly port: number;
  readonly data: string;
  readonly help: boolean;
}

/** The options that the arguments spell. Throws UsageError. */
export function readNetworkOptions(args: readonly string[]): NetworkOptions {
  const { port = "4000", data = ".network", help = false } = parse(args);
  const number = /^[1-9]\d{0,4}$/.test(port) ? Number(port) : 0;
  if (number < 1 || number > 65_535) {
    throw new UsageError(`--port must be a whole number from 1 to 65535, not ${JSON.stringify(port)}`);
  }
  if (data === "") throw new UsageError("--data must name a folder");
  return { port: number, data, help };
}

function parse(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        port: { type: "string" },
        data: { type: "string" },
        help: { type: "boolean", short: "h" },
      },
    });
    return values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message.split("\n")[0]! : String(error));
  }
}
