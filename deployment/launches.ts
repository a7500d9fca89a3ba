/** The launches that a factory lists: whether each is what was asked for, and what the factory says of it is so. */
import { readRows, type RegistryRow } from "./laws/factory.ts";
import { keepers } from "./laws/keepers.ts";
import type { Finding } from "./laws/law.ts";
import type { DeployedProcess } from "./record.ts";
import { DeploymentError, type Answer, type Ask } from "./units.ts";

/** The bundle of launches, and what it calls itself. */
const bundle = "fair-launch";
const processName = "fair launch";

/** A launch, and what is wrong with it: in words, nothing where all is as it should be. */
export interface JudgedLaunch {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly wrong: readonly string[];
}

export interface JudgedLaunches {
  readonly launches: readonly JudgedLaunch[];
  /** How many the factory lists. */
  readonly total: number;
}

/** Judges the newest launches, at most so many. Rows are read first: what they say was so before. */
export async function judgeLaunches(
  ask: Ask,
  factory: DeployedProcess,
  most: number,
): Promise<JudgedLaunches> {
  const { rows, total } = await readRows(ask, factory.id, "Get-FLPs", most);
  const launches: JudgedLaunch[] = [];
  for (const row of rows) {
    const wrong = await judgeLaunch(ask, factory, row);
    launches.push({ id: row.flp_id, name: row.flp_name, status: row.status, wrong });
  }
  return { launches, total };
}

async function judgeLaunch(ask: Ask, factory: DeployedProcess, row: RegistryRow): Promise<readonly string[]> {
  const id = row.flp_id;
  try {
    const identity = await ask(id, { Action: "Identity" });
    const info = await ask(id, { Action: "Info" });
    const factoryInfo = await ask(factory.id, { Action: "Info" });
    const laws = await keepers[bundle]!(ask, id, {});
    return [
      ...wrongIdentity(identity, factory, row),
      ...wrongTerms(info, factory.id, factoryInfo, row),
      ...aheadOf(info, row),
      ...laws.filter(({ holds }) => !holds).map(({ law, detail }: Finding) => `${law}: ${detail}`),
    ];
  } catch (error) {
    if (error instanceof DeploymentError) return [error.message];
    throw error;
  }
}

/** It runs the code that the factory was deployed with, or one of its other versions, and nobody can change it. */
function wrongIdentity({ tag }: Answer, factory: DeployedProcess, row: RegistryRow): readonly string[] {
  const spawned = factory.spawns?.[bundle];
  const expected = {
    Process: processName,
    Module: String(row.module),
    Owner: factory.id,
    Ownership: "renounced",
    ...(spawned !== undefined && spawned.module === row.module && { "Code-Hash": spawned.codeHash }),
  };
  return differences(expected, tag);
}

/** What was fixed when it was spawned: the launch has it from its spawn, the row from the request. */
function wrongTerms(
  { tag }: Answer,
  factory: string,
  { tag: ofFactory }: Answer,
  row: RegistryRow,
): readonly string[] {
  const expected = {
    FLP_FACTORY: factory,
    "AO-Token": ofFactory("AO-Token"),
    Ledgers: ofFactory("Ledgers"),
    "Request-Id": String(row.request_id),
    "Flp-Name": row.flp_name,
    Deployer: String(row.deployer),
    Treasury: String(row.treasury),
    "Token-Process": String(row.flp_token_process),
    "Decay-Factor": String(row.decay_factor),
    "Starts-At-Timestamp": String(row.starts_at_ts),
    "Ends-At-Timestamp": String(row.ends_at_ts),
  };
  return differences(expected, tag);
}

function differences(expected: Readonly<Record<string, string>>, tag: Answer["tag"]): readonly string[] {
  return Object.entries(expected)
    .filter(([name, value]) => tag(name) !== value)
    .map(([name, value]) => `its ${name} is ${tag(name) || "missing"}, not ${value}`);
}

/** Totals of a row and of `Info`. They only grow, so an old report says less, never more. */
const totals = {
  distributed_qty: "Distributed-Quantity",
  accumulated_qty: "Accumulated-Quantity",
  withdrawn_qty: "Withdrawn-Quantity",
  exchanged_for_pi_qty: "Exchanged-For-Pi-Quantity",
  accumulated_pi_qty: "Accumulated-Pi-Quantity",
  withdrawn_pi_qty: "Withdrawn-Pi-Quantity",
} as const;

function aheadOf({ tag }: Answer, row: RegistryRow): readonly string[] {
  const wrong = Object.entries(totals)
    .filter(([field, name]) => BigInt(row[field]!) > BigInt(tag(name)))
    .map(([field, name]) => `its row says ${field} ${row[field]}, its ${name} is ${tag(name)}`);
  return isBefore(row.status, tag("Status"))
    ? wrong
    : [...wrong, `its row says ${row.status}, it says ${tag("Status")}`];
}

/** Whether a launch can have become what it is from what its row says: Ready, then Active, then Ended or Cancelled. */
function isBefore(row: string, present: string): boolean {
  return row === present || row === "Ready" || (row === "Active" && present !== "Ready");
}
