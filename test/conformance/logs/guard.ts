/** What no process's action sees: every shape that a unit hands over, adapted to a token, and everything forged. */
import { readFileSync } from "node:fs";
import { limits } from "../../../process/protocol/limits.ts";
import { identifier, walletAddress } from "../../../units/address.ts";
import { tagsOf, type ComputeMessage } from "../../../units/message.ts";
import { alice, authority, bob, carol, Log, owner, type Step, type Tags } from "../log.ts";

type Shapes = Readonly<Record<string, ComputeMessage>>;

const file = new URL("../../data/message-shapes.json", import.meta.url);
const shapes = (JSON.parse(readFileSync(file, "utf8")) as { compute_unit: Shapes }).compute_unit;
const wallet = shapes.message_no_data!.Owner;
const messenger = shapes.pushed_by_process!.Owner;
const peer = shapes.pushed_by_process!.From;
const parent = identifier("parent");

const parameters = {
  Name: "AO",
  Ticker: "AO",
  Denomination: "12",
  Cap: "21000000000000000000",
  "Initial-Supply": "1000000",
  "Initial-Holder": wallet,
};

/** The messages of test/data/message-shapes.json, field for field; only target and action are this process's. */
export function shapesLog(): Log {
  const log = new Log("shapes", "token", [...tagsOf({ ...parameters, Authority: messenger })]);
  const shaped = (name: string, tags: Tags, fields: Partial<ComputeMessage> = {}): Step => {
    const shape = shapes[name]!;
    const own = shape.Tags.filter((tag) => tag.name !== "Action");
    return log.raw({
      ...shape,
      Target: log.id,
      ...fields,
      Tags: [...tagsOf(tags as Record<string, string>), ...own],
    });
  };
  const pay = { Action: "Transfer", Recipient: bob };
  shaped("message_by_wallet_with_mixed_case_tags", pay).sends(
    { to: wallet, Action: "Debit-Notice", Quantity: "7", "x-lower": "Y", "X-Num": "42" },
    { to: bob, Action: "Credit-Notice", Sender: wallet, Quantity: "7", "x-lower": "Y", "X-Num": "42" },
  );
  shaped("message_by_wallet_with_mixed_case_tags", pay).refused("repeated");
  shaped("message_no_data", { Action: "Batch-Transfer" }).refused("invalid-csv", "No transfer entries");
  shaped("message_binary_data", { Action: "Batch-Transfer" }).refused("invalid-csv", "must be text");
  shaped("message_with_forged_and_duplicate_tags", { Action: "Info" }).refused("reserved-tag", "Data");
  const other = shapes.assignment_of_existing_message!.Target;
  shaped("assignment_of_existing_message", { Action: "Info" }, { Target: other }).refused("assignment");
  shaped("pushed_by_process", { Action: "Balance" }).sends({ to: peer, Balance: "0", "X-Reference": "4" });
  shaped("spoofed_from_process_by_wallet", { Action: "Info" }).refused("untrusted");
  shaped("pushed_from_cron", { Action: "Total-Supply" }).sends({ "X-Reference": "1", data: "1000000" });
  shaped("spawned_notice_to_parent", { Action: "Spawned" }, { From: log.id }).refused("unknown-action");
  shaped("eval_by_wallet", { Action: "Eval" }).refused("unknown-action");
  shaped("cron", { Action: "Balance" }, { Owner: owner, From: owner }).sends({ to: owner, Balance: "0" });
  shaped("dryrun_full", { Action: "Balance" }).sends({ to: wallet, data: "999993" });
  shaped("dryrun_defaults", { Action: "Balance" }).sends({ to: "1234", data: "0" });
  return log;
}

/** Tags that are forged, doubled or too many; senders who are not who they say; dry runs; notices nobody asked for. */
export function guardLog(): Log {
  const log = new Log("guard", "token", { ...parameters, "Initial-Holder": alice });
  const names =
    "Id,OWNER,Anchor,Data,Tags,TagArray,Timestamp,block-height,Nonce,Epoch,Hash-Chain,Cron,Read-Only,"
      .concat("Signature,Forwarded-By,Module")
      .split(",");
  // Units take the tags From and Owner away by themselves, in that spelling.
  for (const name of names) log.send(alice, { Action: "Info", [name]: "1" }).refused("reserved-tag", name);
  log.send(alice, { Action: "Balance", Target: bob }).sends({ Account: bob, Balance: "0" });
  log.send(alice, { action: "Balance", FROM: bob, Reference: "r" }).sends({ to: alice, "X-Reference": "r" });
  log.send(alice, [...tagsOf({ Action: "Info" }), ...tagsOf({ action: "Info" })]).refused("duplicate-tag");
  log
    .send(alice, [...tagsOf({ Action: "Balance", Recipient: alice }), ...tagsOf({ recipient: bob })])
    .refused("duplicate-tag");
  const many = Array.from({ length: 125 }, (_, i) => ({ name: `T${i}`, value: "" }));
  log.send(alice, [{ name: "Action", value: "Balance" }, ...many.slice(1)]).refused("too-many-tags");
  log.send(alice, [{ name: "Action", value: "Balance" }, ...many.slice(2)]).sends({ to: alice });
  const large = "x".repeat(limits.messageBytes);
  log.send(alice, { Action: "Balance" }, large).refused("message-too-large");
  log.send(alice, {}).refused("unknown-action", "needs the tag Action");
  log.send(alice, { Action: "info" }).refused("unknown-action", "info is not an action of the token");
  log.send(alice, { Action: "constructor" }).refused("unknown-action");
  for (const action of ["Debit-Notice", "Transfer-Error", "Info-Response"])
    log.send(alice, { Action: action }).sends();

  log.push(bob, { Action: "Balance", Reference: "9" }).sends({ to: bob, "X-Reference": "9" });
  log.push(bob, { Action: "Balance" }, " ", carol).refused("untrusted");
  log.push(authority, { Action: "Balance" }, " ", carol).refused("untrusted");
  log.push(alice, { Action: "Transfer", Recipient: bob, Quantity: "1" }, " ", bob).refused("untrusted");
  log.assign(alice, { Action: "Transfer", Recipient: bob, Quantity: "1" }, bob).refused("assignment");
  log.spawned({ Module: "m", "From-Process": log.id, "On-Boot": "Data" }).refused("unknown-action");
  log.spawned({ Module: "m", "From-Process": log.id, Timestamp: "1" }).refused("reserved-tag");
  log.send(carol, { Action: "Eval" }, "Tributary = nil").refused("unknown-action");
  log.send(carol, { Action: "Upgrade" }, "handle = nil").refused("not-owner");
  log.send(carol, { Action: "Renounce-Ownership" }).refused("not-owner");
  log.push(owner, { Action: "Renounce-Ownership" }, " ", carol).refused("untrusted");
  log.send(owner, { Action: "Upgrade" }).refused("missing-code");

  const pay = { Action: "Transfer", Recipient: bob, Quantity: "5" };
  log.dryRun(pay, { from: alice }).sends({ Action: "Debit-Notice" }, { Action: "Credit-Notice" });
  log.dryRun({ ...pay, "From-Process": alice }, { from: carol }).refused("untrusted");
  log.dryRun(pay).sends({ Action: "Transfer-Error" });
  log
    .send(alice, pay, undefined, identifier("once"))
    .sends({ Action: "Debit-Notice" }, { Action: "Credit-Notice" });
  log.send(alice, pay, undefined, identifier("once")).refused("repeated");
  log.now -= 1_000_000;
  log.send(alice, pay, 'text that nobody reads \u0000 \u{1F30A} "\\\n').sends({ to: alice }, { to: bob });
  log
    .send(alice, { ...pay, "Content-Type": "application/json" }, "{not JSON")
    .sends({ to: alice }, { to: bob });
  log.send(alice, { ...pay, "Content-Type": "application/json" }).sends({ to: alice }, { to: bob });
  log
    .send(alice, { ...pay, 'x-ünïcode \u{1F30A}"\\': "\u0000\u001F\u007F\u2028" })
    .sends({ to: alice }, { to: bob });
  log.cron({ Action: "Info" }).sends({ to: owner, Action: "Info-Response" });
  log.cron({ Action: "No-Such" }).refused("unknown-action");
  log
    .send(owner, { Action: "Renounce-Ownership", Reference: "1" })
    .sends({ to: owner, "X-Reference": "1", Version: "1" });
  log.send(owner, { Action: "Renounce-Ownership" }).refused("renounced");
  log.send(owner, { Action: "Upgrade" }, "handle = nil").refused("renounced");
  return log;
}

/** A process that a process spawned: the parent owns it, and no wallet does. */
export function childLog(): Log {
  const log = new Log(
    "child",
    "token",
    { Name: "Kid", Ticker: "K", Denomination: "0", "Initial-Supply": "5" },
    parent,
  );
  log.push(parent, { Action: "Balance" }).sends({ to: parent, Balance: "5", Ticker: "K" });
  log.push(parent, { Action: "Set-Minter", Minter: walletAddress("minter") }).sends({ to: parent });
  log.send(owner, { Action: "Renounce-Ownership" }).refused("not-owner");
  log
    .push(parent, { Action: "Renounce-Ownership" })
    .sends({ to: parent, Action: "Renounce-Ownership-Response" });
  return log;
}
