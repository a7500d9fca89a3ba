/** Whether what runs is what this checkout builds, the laws hold on the live state, and ticks are on time. */
import { setTimeout as sleep } from "node:timers/promises";
import { imbalances, readBooks } from "./books.ts";
import { spawnOrder } from "./config.ts";
import { buildBundles, type DeployOptions } from "./deploy.ts";
import { checkIdentity } from "./identity.ts";
import { deployed } from "./record.ts";
import { DeploymentError } from "./units.ts";

export interface Check {
  readonly name: string;
  readonly holds: boolean;
  /** What is wrong, or what was found. */
  readonly detail: string;
}

export interface VerifyOptions extends Omit<DeployOptions, "wallet" | "say" | "network"> {
  /** How often the books are read again while they don't balance, since mints may be on their way. Default: 5. */
  readonly attempts?: number;
  /** Milliseconds between. Default: 2000. */
  readonly pause?: number;
}

/** Every check, in order. Throws DeploymentError where the record or a unit gives no answer. */
export async function verify(options: VerifyOptions): Promise<readonly Check[]> {
  const { config, file, units } = options;
  const built = await buildBundles(config);
  const checks: Check[] = [];
  for (const name of spawnOrder(config.processes)) {
    const process = deployed(file, name);
    const expected = { ...process, codeHash: built.get(process.bundle)!.codeHash };
    const wrong = await checkIdentity(units.ask, expected, file.record.deployer);
    checks.push({ name: `${name} is what this checkout builds`, ...verdict(wrong, process.id) });
  }
  const unfinished = Object.entries(file.record.items)
    .filter(([, { item, outcome }]) => item !== undefined || outcome === "refused")
    .map(([key]) => key)
    // A refused upgrade has changed nothing; whether the code is the right one is said above.
    .filter((key) => !key.startsWith("upgrade "));
  checks.push({ name: "the deployment is complete", ...verdict(unfinished, "every step was taken") });
  return [...checks, await checkLaws(options), await checkTicks(options)];
}

async function checkLaws({ file, units, attempts = 5, pause = 2000 }: VerifyOptions): Promise<Check> {
  const [token, ledger, mint] = ["token", "ledger", "mint"].map((bundle) => idOfBundle(file, bundle));
  const ids = { token: token!, ledger: ledger!, mint: mint! };
  let wrong: readonly string[] = [];
  for (let attempt = 0; attempt < attempts; attempt++) {
    if (attempt > 0) await sleep(pause);
    wrong = imbalances(await readBooks(units.ask, ids));
    if (wrong.length === 0) break;
  }
  return { name: "the laws hold", ...verdict(wrong, "the books balance") };
}

/** A tick may be late by one cycle: ticks come with the network's pace, not with the clock's. */
async function checkTicks({ file, units }: VerifyOptions): Promise<Check> {
  const { tag } = await units.ask(idOfBundle(file, "mint"), { Action: "Info" });
  const [due, cycle] = [Number(tag("Next-Due")), Number(tag("Cycle-Milliseconds"))];
  const late = (await units.now()) - due;
  const wrong = late > cycle ? [`a mint cycle has been due for ${Math.round(late / 1000)} seconds`] : [];
  return { name: "ticks are on time", ...verdict(wrong, `${tag("Cycle")} mint cycles`) };
}

function idOfBundle({ record }: DeployOptions["file"], bundle: string): string {
  const found = Object.values(record.processes).find((process) => process.bundle === bundle);
  if (found === undefined) throw new DeploymentError(`no ${bundle} is deployed to ${record.network}`);
  return found.id;
}

function verdict(wrong: readonly string[], found: string): Omit<Check, "name"> {
  return { holds: wrong.length === 0, detail: wrong.length === 0 ? found : wrong.join("; ") };
}
