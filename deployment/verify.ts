/** Whether what runs is what this checkout builds, the laws hold on the live state, and ticks are on time. */
import { setTimeout as sleep } from "node:timers/promises";
import { type Config, spawnOrder } from "./config.ts";
import { buildBundles, type DeployOptions } from "./deploy.ts";
import { checkIdentity } from "./identity.ts";
import { keepers } from "./laws/keepers.ts";
import { askedOnce } from "./laws/law.ts";
import { judgeLaunches } from "./launches.ts";
import { deployed, type DeployedProcess, type RecordFile } from "./record.ts";
import { type Ask, DeploymentError } from "./units.ts";

export interface Check {
  readonly name: string;
  readonly holds: boolean;
  /** What is wrong, or what was found. */
  readonly detail: string;
}

export interface VerifyOptions extends Omit<DeployOptions, "wallet" | "say" | "network"> {
  /** How often the books are read while a law does not hold, since messages may be on their way. Default: 5. */
  readonly attempts?: number;
  /** Milliseconds between. Default: 2000. */
  readonly pause?: number;
  /** How many launches of a factory are judged, the newest first. Default: 100. */
  readonly launches?: number;
}

/** Every check, in order. Throws DeploymentError where the record or a unit gives no answer. */
export async function verify(options: VerifyOptions): Promise<readonly Check[]> {
  const { config, file, units } = options;
  const built = await buildBundles(config);
  const checks: Check[] = [];
  for (const name of spawnOrder(config.processes)) {
    const process = deployed(file, name);
    const { unchangeable = false } = config.processes[name]!;
    // What nobody can change stays what it was when this checkout was another.
    const expected = unchangeable ? process : { ...process, codeHash: built.get(process.bundle)!.codeHash };
    const wrong = await checkIdentity(units.ask, expected, file.record.deployer, unchangeable);
    const should = unchangeable ? "what was deployed, and can't be changed" : "what this checkout builds";
    checks.push({ name: `${name} is ${should}`, ...verdict(wrong, process.id) });
  }
  const unfinished = Object.entries(file.record.items)
    .filter(([, { item, outcome }]) => item !== undefined || outcome === "refused")
    .map(([key]) => key)
    // A refused upgrade has changed nothing; whether the code is the right one is said above.
    .filter((key) => !key.startsWith("upgrade "));
  checks.push({ name: "the deployment is complete", ...verdict(unfinished, "every step was taken") });
  return [...checks, ...(await checkLaws(options)), await checkTicks(options)];
}

/** The laws of every process whose bundle keeps books, until all hold or patience ends. */
async function checkLaws(options: VerifyOptions): Promise<readonly Check[]> {
  const { attempts = 5, pause = 2000 } = options;
  let checks: readonly Check[] = [];
  for (let attempt = 0; attempt < attempts; attempt++) {
    if (attempt > 0) await sleep(pause);
    checks = await judgeAll(options);
    if (checks.every(({ holds }) => holds)) break;
  }
  return checks;
}

async function judgeAll({ config, file, units, launches = 100 }: VerifyOptions): Promise<readonly Check[]> {
  const ask = askedOnce(units.ask);
  const known = { initial: (token: string) => initialSupply(config, file, token) };
  const checks: Check[] = [];
  for (const name of spawnOrder(config.processes)) {
    const process = deployed(file, name);
    const { bundle, id } = process;
    const findings = (await keepers[bundle]?.(ask, id, known)) ?? [];
    checks.push(
      ...findings.map(({ law, holds, detail }) => ({ name: `law of ${name}: ${law}`, holds, detail })),
    );
    if (bundle === "fair-launch-factory") checks.push(...(await checkLaunches(ask, name, process, launches)));
  }
  return checks;
}

/** One check for each launch, and one that says how many of them were judged. */
async function checkLaunches(
  ask: Ask,
  name: string,
  factory: DeployedProcess,
  most: number,
): Promise<readonly Check[]> {
  const { launches, total } = await judgeLaunches(ask, factory, most);
  const checks = launches.map(({ id, name: title, status, wrong }) => {
    return { name: `launch ${id} of ${name}`, ...verdict(wrong, `${title}: ${status}, all its laws hold`) };
  });
  const left = total > launches.length ? `, the newest of ${total}; --launches N takes more` : "";
  const found = `${launches.length} judged${left}`;
  return [...checks, { name: `launches of ${name}`, ...verdict([], found) }];
}

/** What a token of this configuration was spawned with; nothing is known of another one. */
function initialSupply(config: Config, { record }: RecordFile, token: string): bigint {
  const name = Object.keys(record.processes).find((one) => record.processes[one]!.id === token);
  const initial = name === undefined ? undefined : config.processes[name]?.tags["Initial-Supply"];
  return typeof initial === "string" ? BigInt(initial) : 0n;
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
