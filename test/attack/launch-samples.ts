/** The launches of the battlefield, and a message of every action of a launch. */
import { identifier } from "../../units/address.ts";
import { tagsOf, tagValue } from "../../units/message.ts";
import type { TagRecord } from "../scene/scene.ts";
import type { Observed } from "./observed.ts";
import type { Sample } from "./samples.ts";
import { samplingOf } from "./sampling.ts";

const day = 86_400_000;

export interface LaunchField {
  readonly teamToken: string;
  /** One that has shared out, with claims, a payout under way (1) whose transfer was lost, and AO and PI that wait. */
  readonly launch: string;
  /** One that collects reports. */
  readonly collecting: string;
  /** One that has not started, and knows nothing of its token. */
  readonly early: string;
  /** One that has asked AO for its balance, by this reference, as nobody can say what came of a payout. */
  readonly unsure: string;
  readonly question: string;
  readonly alice: string;
  readonly bob: string;
}

/** Alice is the deployer of all of them, and their factory is whoever attacks: anybody may have the factory told. */
export async function spawnLaunches(
  scene: Observed,
  alice: string,
  bob: string,
  mallory: string,
): Promise<LaunchField> {
  const { network, send, token, ledger, owner } = scene;
  const spawn = (module: string, tags: TagRecord) => network.spawn({ module, owner, tags: tagsOf(tags) });
  const holder = { "Initial-Supply": "1000000", "Initial-Holder": alice };
  const teamToken = await spawn("token", { Name: "Ocean", Ticker: "OCN", Denomination: "6", ...holder });
  const piToken = await spawn("token", { Name: "PI", Ticker: "PI", Denomination: "6" });
  const index = identifier("index");
  const began = network.now() - day;
  const spawnLaunch = (start: number, more: TagRecord = {}) =>
    spawn("fair-launch", {
      ...{ Name: "Ocean launch", Deployer: alice, Treasury: identifier("treasury"), "Decay-Factor": "0.9" },
      ...{ "Token-Process": teamToken, "Token-Supply": "1000", Duration: "10", "AO-Token": token },
      ...{ "Starts-At-Timestamp": `${start}`, Ledgers: JSON.stringify([ledger]), "Flp-Factory": mallory },
      ...{ "PI-Process": index, "PI-Token-Process": piToken, "Numbered-Transfers": "true" },
      ...more,
    });
  const launch = await spawnLaunch(began);
  const collecting = await spawnLaunch(began);
  const unsure = await spawnLaunch(began, { "Numbered-Transfers": "false" });
  const early = await spawnLaunch(began + 100 * day);
  const pay = (from: string, of: string, to: string, Quantity: string, action: string) =>
    send(from, of, { Action: "Transfer", Recipient: to, Quantity, "X-Action": action });
  const tick = (to: string) => send(alice, to, { Action: "Tick" });

  await pay(alice, token, bob, "1000", "Gift");
  for (const one of [launch, collecting, unsure]) await pay(alice, teamToken, one, "1000", "Initialize-FLP");
  await tick(unsure);
  await pay(alice, token, unsure, "30", "Delegate");
  network.faults.add({ from: unsure, to: token, drop: 1 });
  await send(alice, unsure, { Action: "Withdraw-AO" });
  await network.advance(600_000);
  const { Messages } = await tick(unsure);
  network.faults.clear();

  for (const from of [alice, bob]) await pay(from, token, launch, "100", "Delegate");
  await tick(launch);
  network.faults.add({ from: launch, to: teamToken, drop: 1 });
  await send(bob, launch, { Action: "Withdraw-FLP-Token" });
  network.faults.clear();
  await pay(alice, token, launch, "70", "Delegate");
  // The PI is not really there: sending it on fails, and it waits.
  const credit = tagsOf({ Action: "Credit-Notice", Sender: index, Quantity: "50" });
  network.forge({ signer: network.authority, fromProcess: piToken, target: launch, tags: credit });
  await network.settle();

  network.faults.add({ from: collecting, to: ledger, drop: 1 });
  await tick(collecting);
  network.faults.clear();

  const question = Messages.find(({ Tags }) => tagValue(Tags ?? [], "Action") === "Balance")!;
  const reference = tagValue(question.Tags!, "Reference")!;
  return { teamToken, launch, collecting, early, unsure, question: reference, alice, bob };
}

export function launchSamples(scene: Observed, field: LaunchField): readonly Sample[] {
  const { token, ledger, network } = scene;
  const { teamToken, launch, collecting, early, unsure, question, alice, bob } = field;
  const sampleOf = samplingOf("fair-launch");
  const signer = network.authority;
  const ofAlice = sampleOf("refuses", launch, alice);
  const ofTeamToken = sampleOf("ignores", launch, teamToken, signer);
  const ofUnknownToken = sampleOf("ignores", early, teamToken, signer);
  const ofAo = sampleOf("ignores", unsure, token, signer);
  const ofLedger = sampleOf("ignores", launch, ledger, signer);
  const page = { Cursor: "0", Limit: "10" };
  const money = ["Sender", "Quantity"];
  const balance = { Account: unsure, Balance: "30", "X-Reference": question };
  // A token may say the same in two spellings.
  const facts = { reads: ["Action"] };

  return [
    ofAlice("Info"),
    ofAlice("Get-Claimable-Balance", { Recipient: alice }),
    ofAlice("Get-Yield-Tick-History", page),
    ofAlice("Get-Emission-Schedule", page),
    ofAlice("Get-Withdrawable-AO"),
    ofAlice("Get-Withdrawable-PI"),
    ofAlice("Get-AO-Proceeds"),
    ofAlice("Get-PI-Proceeds"),
    ofAlice("Get-Contributions", page),
    ofAlice("Tick", {}, { open: true }),
    sampleOf("refuses", early, alice)("Cancel"),
    ofAlice("Withdraw-FLP-Token"),
    ofAlice("Withdraw-AO"),
    ofAlice("Withdraw-PI"),
    ofAlice("Report-To-Factory", {}, { open: true }),
    sampleOf(
      "ignores",
      collecting,
      ledger,
      signer,
    )(
      "Contribution-Report",
      { Reference: "1", Page: "1", Pages: "2", "Next-Cursor": "1", Cycle: "9", Paid: "7" },
      { data: `${alice},500\n${bob},600` },
    ),
    sampleOf(
      "ignores",
      launch,
      token,
      signer,
    )("Credit-Notice", { Sender: bob, Quantity: "5", "X-Action": "Delegate" }, { reads: money }),
    sampleOf(
      "ignores",
      early,
      teamToken,
      signer,
    )(
      "Credit-Notice",
      { Sender: bob, Quantity: "1000", "X-Action": "Initialize-FLP" },
      { reads: money, variant: "funding" },
    ),
    ofTeamToken("Debit-Notice", { "X-Payout": "1" }),
    ofTeamToken("Batch-Debit-Notice", { "X-Payout": "1" }),
    ofTeamToken("Transfer-Error", { "X-Payout": "1" }),
    ofUnknownToken("Info-Response", { Ticker: "OCN", Denomination: "6" }, facts),
    ofUnknownToken("Total-Supply", { Ticker: "OCN" }, { data: "1000000", ...facts }),
    ofUnknownToken("Total-Supply-Response", { Ticker: "OCN" }, { data: "1000000", ...facts }),
    ofAo("Balance-Response", balance),
    { ...ofAo("", balance), otherwise: "refuses", reads: [] },
    ofLedger("Withdraw-Settled", {}, { idle: true }),
    ofLedger("Withdraw-Returned", {}, { idle: true }),
  ];
}
