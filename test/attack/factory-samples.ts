/** The factories' part of the battlefield, and a message of every action of them. */
import { limits } from "../../process/protocol/limits.ts";
import { identifier, walletAddress } from "../../units/address.ts";
import { tagsOf, tagValue } from "../../units/message.ts";
import { bundleOf, reportData, requestTags } from "../scene/launch-requests.ts";
import type { TagRecord } from "../scene/scene.ts";
import type { Observed } from "./observed.ts";
import type { Sample } from "./samples.ts";
import { samplingOf } from "./sampling.ts";

const approver = walletAddress("approver");
const { bundle, hash } = bundleOf("print('a version that nobody has brought yet')\n");
const bareModule = identifier("another version");

export interface Factories {
  /** Free: with a listed launch, a request whose spawn was lost, and one whose child has not answered. */
  readonly factory: string;
  readonly launch: string;
  readonly lost: string;
  readonly unanswered: string;
  readonly launchModule: string;
  readonly parametersHash: string;
  readonly start: number;
  /** With a fee and an approver: a request that waits, and a payout that nobody knows the end of. */
  readonly guarded: string;
  readonly waiting: string;
  /** Paused. */
  readonly paused: string;
}

/** Three factories; what they spawn from now on gets lost, so that they stay as they are. */
export async function spawnFactories(scene: Observed, alice: string): Promise<Factories> {
  const { network, send, token, ledger, owner } = scene;
  const launchModule = identifier("module", "fair-launch");
  const start = network.now() + 30 * 86_400_000;
  const version = { module: launchModule, code: "" };
  const spawn = (more: TagRecord) =>
    network.spawn({
      module: "fair-launch-factory",
      owner,
      tags: tagsOf({
        ...{ "AO-Token": token, Ledgers: JSON.stringify([ledger]), "Spawn-Patience": "0" },
        ...{ "Launch-Modules": JSON.stringify([version, { module: bareModule, code: hash }]), ...more },
      }),
    });
  const factory = await spawn({});
  const guards = { "Creation-Fee": "100", "Fee-Recipient": owner, Approver: approver };
  const guarded = await spawn(guards);
  const paused = await spawn({});
  const create = async (target: string) => {
    const { Messages } = await send(alice, target, requestTags(start, { Deployer: alice }));
    return tagValue(Messages[0]!.Tags!, "Request-Id")!;
  };
  const listed = await create(factory);
  const launch = await idOf(scene, factory, listed);
  network.faults.add({ to: factory, where: ({ Tags }) => isAction(Tags, "Identity-Response"), drop: 1 });
  await create(factory);
  const unanswered = network.processes().at(-1)!;
  const identity = await scene.ask(unanswered, { Action: "Identity" });
  const parametersHash = tagValue(identity.tags, "Parameters-Hash")!;
  network.faults.clear();

  const pay = { Action: "Transfer", Recipient: guarded, "X-Action": "Creation-Fee" };
  await send(alice, token, { ...pay, Quantity: "500" });
  const waiting = await create(guarded);
  network.faults.add({ from: guarded, to: token, drop: 1 });
  await send(alice, guarded, { Action: "Withdraw-Creation-Fee" });
  await network.advance(limits.payoutPatience);
  await send(alice, guarded, { Action: "Tick" });
  network.faults.clear();
  await send(alice, token, { ...pay, Quantity: "50" });
  await send(owner, paused, { Action: "Pause-Creation" });
  loseSpawns(scene, [factory, guarded]);
  const lost = await create(factory);
  return {
    ...{ factory, launch, lost, unanswered, launchModule, parametersHash, start },
    ...{ guarded, waiting, paused },
  };
}

/** Nothing comes of what these spawn. */
export function loseSpawns({ network }: Observed, factories: readonly string[]): void {
  for (const from of factories) {
    network.faults.add({ from, where: ({ Tags }) => tagValue(Tags, "Type") === "Process", drop: 1 });
  }
}

async function idOf(scene: Observed, factory: string, request: string): Promise<string> {
  const { data } = await scene.ask(factory, { Action: "Get-FLP-Id", "Request-Id": request });
  return (JSON.parse(data) as Readonly<Record<string, string>>)["FLP-Id"]!;
}

function isAction(tags: Parameters<typeof tagValue>[0], action: string): boolean {
  return tagValue(tags, "Action") === action;
}

export function factorySamples(scene: Observed, field: Factories, alice: string): readonly Sample[] {
  const { token, owner, network } = scene;
  const { factory, guarded, launch } = field;
  const sampleOf = samplingOf("fair-launch-factory");
  const byAlice = sampleOf("refuses", factory, alice);
  const byOwner = (target: string) => sampleOf("refuses", target, owner);
  const byApprover = sampleOf("refuses", guarded, approver);
  const from = (process: string, target = factory) => sampleOf("ignores", target, process, network.authority);
  const filter = { "Status-Filter": "All", Deployer: alice, "Token-Process": token, Cursor: "0", Limit: "9" };
  const { Action: _, ...terms } = requestTags(field.start);
  const preview = { "Token-Supply": "1000", "Decay-Factor": "0.9", Duration: "9", Cursor: "0", Limit: "9" };
  const spawned = { Process: identifier("late child"), "Request-Id": field.lost, Module: field.launchModule };
  const word = {
    Module: field.launchModule,
    "Parameters-Hash": field.parametersHash,
    Ownership: "renounced",
  };
  const balance = { Account: guarded, Balance: "550", "X-Reference": "balance-2-550" };

  return [
    byAlice("Info"),
    byAlice("Preview-Schedule", preview),
    byAlice("Get-FLP", { Id: launch }, { named: ["id"] }),
    byAlice("Get-FLP-Id", { "Request-Id": field.lost }),
    byAlice("Get-FLPs", filter),
    byAlice("Get-Ranked-FLPs", { ...filter, "Sort-By": "accumulated_qty", Order: "asc" }),
    byAlice("Get-Requests", filter),
    byAlice("Get-Aggregated-Stats"),
    byAlice("Create-FLP", terms, { open: true }),
    byApprover("Approve-FLP", { "Request-Id": field.waiting }),
    byApprover("Reject-FLP", { "Request-Id": field.waiting, Reason: "no" }),
    byAlice("Retry-Spawn", { "Request-Id": field.lost }, { open: true }),
    from(factory)("Spawned", spawned, { named: ["module"] }),
    from(field.unanswered)("Identity-Response", word, { named: ["module"] }),
    sampleOf(
      "refuses",
      factory,
      launch,
      network.authority,
    )("FLP-Report", { Sequence: "99" }, { data: reportData({ accumulated_qty: "5" }) }),
    byAlice("Update-Socials", { "FLP-Id": launch, "Website-URL": "https://a.example", Socials: "{}" }),
    sampleOf("refuses", guarded, alice)("Provide-Launch-Code", {}, { data: bundle, open: true }),
    byOwner(factory)("Pause-Creation"),
    byOwner(field.paused)("Resume-Creation"),
    byOwner(field.paused)("Deprecate-Module", { "Launch-Module": bareModule, "Launch-Code": hash }),
    sampleOf("refuses", guarded, alice)("Withdraw-Creation-Fee", { Account: alice }),
    byAlice("Tick"),
    from(token, guarded)(
      "Credit-Notice",
      { Sender: alice, Quantity: "5", "X-Action": "Creation-Fee" },
      { reads: ["Sender", "Quantity"] },
    ),
    from(token, guarded)("Debit-Notice", { "X-Payout": "1" }),
    from(token, guarded)("Transfer-Error", { "X-Payout": "1" }),
    from(token, guarded)("Balance-Response", balance),
    sampleOf("refuses", guarded, token, network.authority)("", balance, { reads: ["Account"] }),
  ];
}
