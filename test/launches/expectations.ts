/** What a launch's row and its Info must say alike, and what its delegators must have. */
import assert from "node:assert/strict";
import { tagsOf } from "../../units/message.ts";
import { deployer, type LaunchStage, type Row } from "./stage.ts";

/** Fields of a row beside the tags of the launch's Info. */
const sameTexts = {
  status: "Status",
  flp_name: "Flp-Name",
  deployer: "Deployer",
  initializer: "Initializer",
  treasury: "Treasury",
  flp_token_process: "Token-Process",
  flp_token_name: "Token-Name",
  flp_token_ticker: "Token-Ticker",
  flp_token_denomination: "Token-Denomination",
  flp_token_logo: "Token-Logo",
  flp_token_disclaimer: "Token-Disclaimer",
  flp_short_description: "Flp-Short-Description",
  flp_long_description: "Flp-Long-Description",
  total_token_supply: "Total-Token-Supply-At-Creation",
  token_supply_to_use: "Token-Supply-To-Use",
  distributed_qty: "Distributed-Quantity",
  accumulated_qty: "Accumulated-Quantity",
  withdrawn_qty: "Withdrawn-Quantity",
  accumulated_pi_qty: "Accumulated-Pi-Quantity",
  exchanged_for_pi_qty: "Exchanged-For-Pi-Quantity",
  withdrawn_pi_qty: "Withdrawn-Pi-Quantity",
  latest_yield_cycle: "Yield-Cycle",
  request_id: "Request-Id",
  decay_factor: "Decay-Factor",
  starts_at_ts: "Starts-At-Timestamp",
  ends_at_ts: "Ends-At-Timestamp",
  token_unlock_at_ts: "Token-Unlock-Timestamp",
} as const;

interface Round {
  readonly Nonce: number;
  readonly TokensDistributed: string;
  readonly AoReceived: string;
}

interface Contribution {
  readonly wallet: string;
  readonly contributed: string;
  readonly credited: string;
  readonly claimable: string;
}

/** Has the launch report, and compares its row, its Info, its history and the state by path: every field has its value. */
export async function sameEverywhere(
  { ask, send, rowOf, at, ids, network }: LaunchStage,
  factory: keyof LaunchStage["ids"],
  launch: string,
): Promise<Row> {
  await send(deployer, launch, { Action: "Report-To-Factory" }, `${network.now()}`);
  const row = await rowOf(ids[factory], launch);
  const info = await ask(launch, { Action: "Info" });
  for (const [field, tag] of Object.entries(sameTexts)) {
    assert.equal(String(row[field]), info.tag(tag), `${field} and ${tag}`);
  }
  const history = await ask(launch, { Action: "Get-Yield-Tick-History" });
  const rounds = JSON.parse(history.data) as readonly Round[];
  assert.equal(row.total_yield_ticks, `${rounds.length}`);
  assert.equal(row.last_day_distribution, rounds.at(-1)?.TokensDistributed ?? "0");
  assert.deepEqual([row.id, row.flp_id], [launch, launch]);
  assert.equal(row.module, (await ask(launch, { Action: "Identity" })).tag("Module"));
  assert.deepEqual([row.failure_reason, row.creation_fee, row.module_deprecated], ["", "0", "false"]);
  const times = [row.created_at_ts, row.stats_updated_at, row.last_updated_at_ts].map(Number);
  assert.deepEqual(
    times,
    times.toSorted((a, b) => a - b),
  );
  assert.equal(times.at(-1), network.now());

  const published = await at(ids[factory], `flps/${launch}`);
  assert.deepEqual(JSON.parse(published), row, "the row by path");
  const listed = await ask(ids[factory], { Action: "Get-FLPs", Deployer: String(row.deployer) });
  assert.deepEqual(
    (JSON.parse(listed.data) as readonly Row[]).find(({ id }) => id === launch),
    row,
    "the row in the list",
  );
  const paths = JSON.parse(await at(launch, "info")) as Record<string, string>;
  for (const tag of [
    "Status",
    "Distributed-Quantity",
    "Rollover",
    "Claimable",
    "Paid",
    "Withdrawn-Quantity",
  ]) {
    assert.equal(paths[tag.toLowerCase()], info.tag(tag), `${tag} by path`);
  }
  return row;
}

/** Who has contributed what, and got what. */
export async function contributionsOf(
  { ask }: LaunchStage,
  launch: string,
): Promise<readonly Contribution[]> {
  const { data } = await ask(launch, { Action: "Get-Contributions", Limit: "1000" });
  return (JSON.parse(data) as { items: readonly Contribution[] }).items;
}

/**
 * Everything was given out, by what each has contributed: within one unit a round, as shares are whole. For delegators whose shares of
 * a round were the same each time.
 */
export function isProportional(items: readonly Contribution[], allocation: bigint, rounds: bigint): void {
  const sum = (name: "contributed" | "credited"): bigint =>
    items.reduce((total, item) => total + BigInt(item[name]), 0n);
  const [contributed, credited] = [sum("contributed"), sum("credited")];
  assert.equal(credited, allocation, "nothing is left over");
  for (const item of items) {
    const difference = BigInt(item.credited) * contributed - BigInt(item.contributed) * credited;
    const most = (rounds + 1n) * contributed;
    assert.ok(difference <= most && -difference <= most, `${item.wallet}: ${JSON.stringify(items)}`);
  }
}

/** The requests by status, and the launches, that a factory counts. */
export async function countsOf({ ask }: LaunchStage, factory: string): Promise<Row> {
  return JSON.parse((await ask(factory, { Action: "Get-Aggregated-Stats" })).data) as Row;
}

/** The ids of what a factory lists. */
export async function listedBy({ ao }: LaunchStage, process: string): Promise<readonly string[]> {
  const { Messages } = await ao.dryrun({ process, tags: tagsOf({ Action: "Get-FLPs", Cursor: "0" }) });
  return (JSON.parse(Messages[0]!.Data!) as { items: readonly Row[] }).items.map(({ id }) => String(id));
}
