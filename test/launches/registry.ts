/** A factory's history with real launches, in drafts of small numbers, and what must be so when it has healed. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { keepers } from "../../deployment/laws/keepers.ts";
import { findings } from "../../deployment/laws/law.ts";
import { launchAtRest, launchLaws, readLaunch } from "../../deployment/laws/launch.ts";
import { judgeLaunches } from "../../deployment/launches.ts";
import { identifier } from "../../units/address.ts";
import type { FaultRule } from "../../units/faults.ts";
import { type SignedItem, tagsOf, tagValue } from "../../units/message.ts";
import { askOf, assertLaws } from "../laws/books.ts";
import { createFactoryScene, type FactoryScene, type FactorySceneOptions } from "../scene/factory-scene.ts";
import { alice, bob, carol, day, team, treasury } from "../scene/launch-scene.ts";
import type { TagRecord } from "../scene/scene.ts";

const hour = 3_600_000;
const funding = 1_000_000n;

export type Act =
  | { readonly act: "create"; readonly batch: boolean }
  | { readonly act: "fund" | "tick" | "retry" | "claim" | "cancel"; readonly launch: number }
  | { readonly act: "delegate"; readonly launch: number; readonly who: number; readonly factor: number }
  | { readonly act: "forge"; readonly launch: number; readonly kind: number }
  | { readonly act: "pass"; readonly hours: number };

const launch = fc.nat(3);

export const acts: fc.Arbitrary<Act> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ act: fc.constant("create" as const), batch: fc.boolean() }) },
  { weight: 4, arbitrary: fc.record({ act: fc.constant("fund" as const), launch }) },
  { weight: 4, arbitrary: fc.record({ act: fc.constant("tick" as const), launch }) },
  { weight: 3, arbitrary: fc.record({ act: fc.constant("retry" as const), launch }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant("claim" as const), launch }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant("cancel" as const), launch }) },
  {
    weight: 4,
    arbitrary: fc.record({
      act: fc.constant("delegate" as const),
      launch,
      who: fc.nat(1),
      factor: fc.constantFrom(0, 2_500, 5_000),
    }),
  },
  { weight: 2, arbitrary: fc.record({ act: fc.constant("forge" as const), launch, kind: fc.nat(3) }) },
  {
    weight: 5,
    arbitrary: fc.record({ act: fc.constant("pass" as const), hours: fc.integer({ min: 1, max: 20 }) }),
  },
);

/** A factory, and the requests that it was sent: some may never have come. */
export interface Registry extends FactoryScene {
  readonly requests: string[];
}

export async function createRegistry(options: FactorySceneOptions): Promise<Registry> {
  const scene = await createFactoryScene({ factory: { "Spawn-Patience": `${hour}` }, ...options });
  return { ...scene, requests: [] };
}

/**
 * Faults of what processes send to each other; wallets' own messages arrive. A funding's notice may be late or doubled, but comes:
 * of one that never does, no launch could know (docs/fair-launch.md).
 */
export function weather({ network }: Registry, fault: Omit<FaultRule, "where">): void {
  const isFunding = (tags: SignedItem["Tags"]): boolean => tagValue(tags, "X-Action") === "Initialize-FLP";
  network.faults.add({ ...fault, where: ({ Tags }) => tagValue(Tags, "From-Process") !== undefined });
  network.faults.add({ ...fault, drop: 0, fail: 0, where: ({ Tags }) => isFunding(Tags) });
}

type Row = Readonly<Record<string, string | number>>;

async function rowsOf({ ask, factory }: Registry, action: string): Promise<readonly Row[]> {
  const { data } = await ask(factory, { Action: action, Cursor: "0", Limit: "1000" });
  return (JSON.parse(data) as { items: readonly Row[] }).items;
}

const idsOf = async (registry: Registry): Promise<readonly string[]> =>
  (await rowsOf(registry, "Get-FLPs")).map(({ flp_id: id }) => String(id)).toReversed();

export async function perform(registry: Registry, act: Act): Promise<void> {
  const { network, factory, teamToken, ledger, mint, owner, requests } = registry;
  const send = async (from: string, target: string, tags: TagRecord, data?: string): Promise<string> => {
    const id = network.send({ from, target, tags: tagsOf(tags), ...(data === undefined ? {} : { data }) });
    await network.settle();
    return id;
  };
  if (act.act === "create") {
    if (requests.length < 4) requests.push(await send(team, factory, requestTags(registry, act.batch)));
    return;
  }
  if (act.act === "pass") {
    await network.advance(act.hours * hour);
    await send(owner, mint, { Action: "Tick" });
    return;
  }
  if (act.act === "retry") {
    const request = requests[act.launch];
    if (request !== undefined) await send(carol, factory, { Action: "Retry-Spawn", "Request-Id": request });
    return;
  }
  if (act.act === "forge") return forge(registry, act.launch, act.kind);
  const target = (await idsOf(registry))[act.launch];
  if (target === undefined) return;
  if (act.act === "fund") {
    const transfer = { Action: "Transfer", Recipient: target, Quantity: `${funding}` };
    await send(team, teamToken, { ...transfer, "X-Action": "Initialize-FLP" });
  } else if (act.act === "delegate") {
    const from = [alice, bob][act.who]!;
    const data = JSON.stringify({ walletFrom: from, walletTo: target, factor: act.factor });
    await send(from, ledger, { Action: "Set-Delegation" }, data);
  } else if (act.act === "claim") {
    await send(carol, target, { Action: "Withdraw-FLP-Token", Recipient: alice });
  } else {
    await send(team, target, { Action: act.act === "tick" ? "Tick" : "Cancel" });
  }
}

function requestTags({ teamToken, network, start }: Registry, batch: boolean): TagRecord {
  const begins = Math.max(start, network.now() + day);
  return {
    ...{ Action: "Create-FLP", Name: "Ocean launch", Treasury: treasury, "Token-Process": teamToken },
    ...{ "Token-Supply": `${funding}`, "Decay-Factor": "0.9", Duration: "3" },
    ...{ "Starts-At-Timestamp": `${begins}`, "Are-Batch-Transfers-Possible": `${batch}` },
  };
}

/** A stranger says to have been spawned, to be a launch, to be the launch of a request, or to report for one. */
async function forge(
  { network, factory, requests, ...scene }: Registry,
  which: number,
  kind: number,
): Promise<void> {
  const stranger = identifier("stranger");
  const request = requests[which] ?? "none";
  const { Module } = network.environment(factory);
  const forged: readonly TagRecord[] = [
    { Action: "Spawned", Process: stranger, "Request-Id": request, Module: Module.Id },
    { Action: "Identity-Response", Process: "fair launch", Ownership: "renounced" },
    { Action: "FLP-Ready-Notice", "Request-Id": request, "FLP-Id": stranger },
    { Action: "FLP-Report", Sequence: "99" },
  ];
  const tags = tagsOf(forged[kind]!);
  // A wallet that signs for a process, and a wallet in its own name.
  network.forge({ signer: carol, fromProcess: stranger, target: factory, tags, data: "{}" });
  network.send({ from: scene.owner, target: factory, tags, data: "{}" });
  await network.settle();
}

/** Ends all faults, and lets everything pass that is due: deadlines, periods, the grace time; anyone's ticks all along. */
export async function heal(registry: Registry): Promise<void> {
  const { network, factory, mint, ledger, owner, requests } = registry;
  await network.heal();
  const say = async (target: string, tags: TagRecord): Promise<void> => {
    network.send({ from: carol, target, tags: tagsOf(tags) });
    await network.settle();
  };
  for (let step = 0; step < 60; step++) {
    await network.advance(step < 10 ? 700_000 : day / 4);
    network.send({ from: owner, target: mint, tags: tagsOf({ Action: "Tick" }) });
    await network.settle();
    for (const target of [ledger, factory]) await say(target, { Action: "Tick" });
    for (const request of requests) await say(factory, { Action: "Retry-Spawn", "Request-Id": request });
    const ids = await idsOf(registry);
    for (const id of ids) await say(id, { Action: "Tick" });
    const rows = await rowsOf(registry, "Get-FLPs");
    const isOver = rows.every(({ status }) => status === "Ended" || status === "Cancelled");
    if (isOver && step > 20) break;
  }
  for (const id of await idsOf(registry)) {
    for (const account of [alice, bob, team, treasury])
      await say(id, { Action: "Withdraw-FLP-Token", Recipient: account });
    await say(id, { Action: "Report-To-Factory" });
  }
}

/** RG1 to RG5, the laws of every launch, at rest, and the team's token to the last unit. */
export async function assertRegistry(registry: Registry): Promise<void> {
  const { network, factory, teamToken, ask, requests } = registry;
  const asked = askOf(registry);
  const listed = await rowsOf(registry, "Get-FLPs");
  const others = await rowsOf(registry, "Get-Requests");

  // RG1 and RG3: what is listed is a child of the factory, which answers for the request that it was spawned for.
  for (const row of listed) {
    const id = String(row.flp_id);
    assert.equal(network.environment(id).Process.Owner, factory);
    assert.equal((await asked(id, { Action: "Info" })).tag("Request-Id"), row.request_id);
  }
  // RG2: a request is one row, and one launch at most; RG4: none is stuck.
  const told = [...listed, ...others].map(({ request_id: request }) => String(request));
  assert.deepEqual(told.toSorted(), requests.toSorted());
  const ids = listed.map(({ flp_id: id }) => id);
  assert.equal(new Set(ids).size, ids.length);
  assert.deepEqual(
    others.filter(({ status }) => status !== "Failed"),
    [],
  );
  // RG5, and the fees.
  assertLaws(await keepers["fair-launch-factory"]!(asked, factory, {}));

  const module = listed.length === 0 ? "" : String(listed[0]!.module);
  const spawns = {
    "fair-launch": {
      module,
      codeHash: (await asked(String(ids[0] ?? factory), { Action: "Identity" })).tag("Code-Hash"),
    },
  };
  const record = {
    id: factory,
    bundle: "",
    module: "",
    codeHash: "",
    parametersHash: "",
    upgrades: 0,
    spawns,
  };
  for (const { wrong } of (await judgeLaunches(asked, record, 100)).launches) assert.deepEqual(wrong, []);
  for (const row of listed) await assertOver(registry, row);

  const accounts = [...new Set([team, treasury, alice, bob, carol, ...network.processes()])];
  let sum = 0n;
  for (const account of accounts)
    sum += BigInt((await ask(teamToken, { Action: "Balance", Recipient: account })).data);
  assert.equal(sum, 10_000_000n, "every unit of the team's token is somebody's");
}

/** A launch that is over has nothing left, and its row says what it says. */
async function assertOver(registry: Registry, row: Row): Promise<void> {
  const id = String(row.flp_id);
  const books = await readLaunch(askOf(registry), id, {});
  assertLaws(findings([...launchLaws, ...launchAtRest], books));
  assert.ok(["Ended", "Cancelled"].includes(books.status), books.status);
  assert.equal(books.tokenBalance, 0n, "nothing is left over");
  assert.equal(row.status, books.status);
  const figures = [row.distributed_qty, row.accumulated_qty, row.withdrawn_qty].map(String);
  assert.deepEqual(figures, [books.distributed, books.received, books.forwarded].map(String));
}
