/** The options of `npm run deploy`, `upgrade` and `verify`, and what they name: network, record, key. */
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import type { JsonWebKey } from "node:crypto";
import { join } from "node:path";
import { parseArgs } from "node:util";
import config from "../ao.config.ts";
import type { Config } from "../deployment/config.ts";
import { openRecord, type RecordFile } from "../deployment/record.ts";
import { DeploymentError } from "../deployment/units.ts";
import { lockFolder } from "../units/folder-lock.ts";
import { arweaveWallet, type Wallet } from "../units/items/wallet.ts";
import { UsageError } from "./options.ts";

export interface DeploymentOptions {
  readonly network: string;
  readonly key: string | undefined;
  readonly dryRun: boolean;
  readonly json: boolean;
  /** How many launches of a factory are judged. */
  readonly launches: number;
}

const defaultLaunches = 100;

const usages = {
  deploy: `Usage: npm run deploy -- --network NAME [--key FILE] [--dry-run]

Builds, uploads, spawns and wires the processes of ao.config.ts, and goes on where it was stopped.

  --dry-run       list the steps that are still to be taken, and send nothing`,
  upgrade: `Usage: npm run upgrade -- --network NAME [--key FILE] [--dry-run]

Sends this checkout's bundles to the running processes, which keep their state.

  --dry-run       list the processes that would be upgraded, and send nothing`,
  verify: `Usage: npm run verify -- --network NAME [--launches N] [--json]

Checks that what runs is what this checkout builds, that the laws hold, and that ticks are on time.
Ends with 0 if all holds, with 1 if something does not, with 2 if it can't be told.

  --launches N    of each factory, judge the newest N launches (default ${defaultLaunches})
  --json          one line of JSON`,
};

const common = `
  --network NAME  a network of ao.config.ts
  --key FILE      the Arweave key that signs (or TRIBUTARY_KEY=FILE)
  --help          this text`;

/** The options that the arguments spell; undefined when help was asked for and shown. Throws UsageError. */
export function readDeploymentOptions(
  script: keyof typeof usages,
  args: readonly string[],
): DeploymentOptions | undefined {
  const { network, key, "dry-run": dryRun = false, json = false, launches, help = false } = parse(args);
  if (help) {
    console.log(usages[script] + common);
    return undefined;
  }
  if (network === undefined) throw new UsageError("--network must name a network of ao.config.ts");
  if (dryRun && script === "verify") throw new UsageError("verify sends nothing: it has no --dry-run");
  if (json && script !== "verify") throw new UsageError("--json is for verify only");
  if (config.networks[network] === undefined) {
    const known = Object.keys(config.networks).join(", ");
    throw new UsageError(`ao.config.ts has no network ${JSON.stringify(network)}, but: ${known}`);
  }
  if (launches !== undefined && script !== "verify") throw new UsageError("--launches is for verify only");
  return { network, key: key ?? process.env.TRIBUTARY_KEY, dryRun, json, launches: countOf(launches) };
}

function countOf(text: string | undefined): number {
  if (text === undefined) return defaultLaunches;
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new UsageError("--launches must be a whole number of at most 6 digits");
}

function parse(args: readonly string[]) {
  const [text, flag] = [{ type: "string" }, { type: "boolean" }] as const;
  const options = {
    network: text,
    key: text,
    "dry-run": flag,
    json: flag,
    launches: text,
    help: { ...flag, short: "h" },
  } as const;
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message.split("\n")[0]! : String(error));
  }
}

/** The wallet of a key file. No error tells any of its content. Throws UsageError. */
export function readWallet(path: string | undefined): Wallet {
  if (path === undefined || path === "") {
    throw new UsageError("name the file of the key that signs: --key FILE, or TRIBUTARY_KEY");
  }
  if (!existsSync(path)) throw new UsageError(`there is no key file ${path}`);
  try {
    return arweaveWallet(JSON.parse(readFileSync(path, "utf8")) as JsonWebKey);
  } catch {
    throw new UsageError(`${path} is no Arweave key file`);
  }
}

/** The configuration, and the record of a network. */
export function deploymentOf(network: string): { readonly config: Config; readonly file: RecordFile } {
  return { config, file: openRecord(join("deployments", `${network}.json`), network) };
}

/** Runs an action while no other script of this checkout changes the records. */
export async function exclusively<Value>(action: () => Promise<Value>): Promise<Value> {
  mkdirSync("deployments", { recursive: true });
  const unlock = lockFolder("deployments");
  try {
    return await action();
  } finally {
    unlock();
  }
}

/** Runs a script: what a person can do something about is one line, and exit code 2. */
export async function runScript(
  script: keyof typeof usages,
  run: (options: DeploymentOptions) => Promise<number>,
): Promise<void> {
  try {
    const options = readDeploymentOptions(script, process.argv.slice(2));
    if (options !== undefined) process.exitCode = await run(options);
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof DeploymentError)) throw error;
    if (process.argv.includes("--json")) console.log(JSON.stringify({ holds: false, error: error.message }));
    console.error(`${script}: ${error.message}`);
    process.exitCode = 2;
  }
}
