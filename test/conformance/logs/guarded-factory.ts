/** A fair launch factory with fee, approver, and a bundle that spawns bring along. */
import { limits } from "../../../process/protocol/limits.ts";
import { identifier } from "../../../units/address.ts";
import {
  ao,
  approver,
  bundleOf,
  factoryTags,
  feeRecipient,
  firstModule,
  requestTags,
  secondModule,
} from "../../scene/launch-requests.ts";
import { alice, bob, carol, Log, owner } from "../log.ts";
import { lastSpawn, sayIdentity } from "./children.ts";

const day = 86_400_000;

export function guardedFactoryLog(): Log {
  const { bundle, hash } = bundleOf('print("é")\n');
  const modules = [
    { module: firstModule, code: hash },
    { module: secondModule, code: "" },
  ];
  const log = new Log(
    "guarded factory",
    "fair-launch-factory",
    factoryTags({
      "Launch-Modules": JSON.stringify(modules),
      "Creation-Fee": "100",
      "Fee-Recipient": feeRecipient,
      Approver: approver,
      "Spawn-Patience": "1000",
    }),
  );
  const start = log.now + day;
  const child = (name: string) => identifier("guarded launch", name);
  const create = (from = alice) => log.send(from, requestTags(start));
  const pay = (from: string, quantity: string, action = "Creation-Fee") =>
    log.push(ao, { Action: "Credit-Notice", Sender: from, Quantity: quantity, "X-Action": action });
  const approve = (request: string, from = approver) =>
    log.send(from, { Action: "Approve-FLP", "Request-Id": request });
  const reject = (request: string, from = approver, reason = "") =>
    log.send(from, { Action: "Reject-FLP", "Request-Id": request, Reason: reason });
  const retry = (request: string) => log.send(bob, { Action: "Retry-Spawn", "Request-Id": request });

  create().refused("fee-required", "costs 100 smallest units of AO, and you have paid 0");
  pay(alice, "250").sends();
  create().refused("code-missing");
  const provide = (data: string) => log.send(bob, { Action: "Provide-Launch-Code" }, data);
  provide("print(1)").refused("unknown-code");
  provide(`${bundle} `).refused("invalid-code");
  provide("").refused("invalid-code");
  provide(bundle).sends({ "Code-Hash": hash });
  provide(`${bundle} `).sends({ "Code-Hash": hash });
  const first = log.nextId();
  create().sends({ to: alice, Status: "Awaiting-Approval", "Request-Id": first });
  create(bob).refused("fee-required");
  log
    .send(alice, { Action: "Info" })
    .sends({ "Fees-Credited": "150", "Fees-Held": "100", "Awaiting-Approval": "1" });
  retry(first).refused("not-approved");
  approve(first, alice).refused("not-approver");
  approve(bob).refused("unknown-request");
  log.send(owner, { Action: "Pause-Creation" }).sends({ Paused: "true" });
  approve(first).refused("paused");
  log.send(owner, { Action: "Resume-Creation" }).sends({ Paused: "false" });
  approve(first).sends({ to: approver, Status: "Requested" });
  reject(first).refused("not-pending");
  const spawn = lastSpawn(log);
  log.now += 999;
  retry(first).refused("too-early");
  log.now += 1;
  retry(first).sends({ to: bob, Status: "Requested" });
  log.spawned(spawn, child("a")).sends({ to: child("a"), Action: "Identity" }, { Action: "Tick" });
  log.spawned(lastSpawn(log), child("b")).sends();
  for (let i = 1; i < limits.identityQuestions; i++) {
    log.now += 1_000;
    retry(first).sends({ Status: "Spawned" }, { to: child("a"), Action: "Identity" }, { Action: "Tick" });
  }
  log.now += 1_000;
  log.send(owner, { Action: "Pause-Creation" });
  retry(first).refused("paused");
  log.send(owner, { Action: "Resume-Creation" });
  retry(first).sends({ to: bob, Status: "Requested" });
  sayIdentity(log, child("a"), spawn, { "Code-Hash": hash }).sends();
  log.spawned(lastSpawn(log), child("c")).sends({ to: child("c") }, { to: child("c") });
  sayIdentity(log, child("c"), spawn, { "Code-Hash": hash }).sends(
    { to: alice, Action: "FLP-Ready-Notice", "FLP-Id": child("c") },
    { to: child("c"), Action: "Report-To-Factory" },
  );
  log
    .send(alice, { Action: "Info" })
    .sends({ "Fees-Credited": "250", "Fees-Held": "0", "Fees-Earned": "100" });

  pay(bob, "300").sends();
  for (const [wrong, value] of [
    ["Code-Hash", "f".repeat(64)],
    ["Ownership", "held"],
    ["Module", secondModule],
  ] as const) {
    const request = log.nextId();
    create(bob).sends({ to: bob, Status: "Awaiting-Approval" });
    approve(request).sends({ to: approver });
    const own = lastSpawn(log);
    log.spawned(own, child(wrong)).sends({ to: child(wrong) }, { to: child(wrong) });
    sayIdentity(log, child(wrong), own, { "Code-Hash": hash, [wrong]: value }).sends({
      to: bob,
      Action: "FLP-Failed-Notice",
      Reason: `The process that was spawned has another ${wrong} than it should have`,
    });
    log.send(bob, { Action: "Get-FLP-Id", "Request-Id": request }).sends({ Status: "Failed" });
    retry(request).refused("not-pending");
  }
  log.send(bob, { Action: "Get-Requests", "Status-Filter": "Failed", Limit: "2" }).sends({ to: bob });
  log.send(bob, { Action: "Get-Requests", "Status-Filter": "Ready" }).refused("invalid-status");

  const rejected = log.nextId();
  create(bob).sends({ to: bob });
  reject(rejected, carol).refused("not-approver");
  reject(rejected, approver, "x".repeat(501)).refused("too-long");
  reject(rejected, approver, "not now").sends(
    { to: approver, Status: "Failed" },
    { to: bob, Action: "FLP-Failed-Notice", Reason: "Rejected by the approver: not now" },
  );
  const withdrawn = log.nextId();
  create(bob).sends({ to: bob });
  reject(withdrawn, bob).sends({ to: bob }, { to: bob, Reason: "Withdrawn by who made it" });

  const deprecate = (tags: Readonly<Record<string, string>>, from = owner) =>
    log.send(from, { Action: "Deprecate-Module", ...tags });
  deprecate({ "Launch-Module": firstModule }, alice).refused("not-owner");
  deprecate({ "Launch-Module": bob }).refused("unknown-module");
  deprecate({ "Launch-Module": firstModule, "Launch-Code": hash }).sends({
    Action: "Deprecate-Module-Response",
  });
  deprecate({ "Launch-Module": firstModule }).refused("already-set");
  const late = log.nextId();
  create(bob).sends({ to: bob });
  const lost = log.nextId();
  create(bob).sends({ to: bob });
  approve(lost).sends({ to: approver });
  deprecate({ "Launch-Module": secondModule }).sends({ Action: "Deprecate-Module-Response" });
  create(bob).refused("no-module");
  log.now = start;
  approve(late).refused("start-passed");
  retry(late).sends(
    { to: bob, Status: "Failed" },
    { to: bob, Reason: "It was not approved before its start" },
  );
  retry(lost).sends({ to: bob, Status: "Failed" }, { to: bob, Reason: "It was not there before its start" });
  retry(alice).refused("unknown-request");
  log.send(bob, { Action: "Get-FLP-Id", "Request-Id": alice }).refused("unknown-request");

  const withdraw = (from: string, tags: Readonly<Record<string, string>> = {}) =>
    log.send(from, { Action: "Withdraw-Creation-Fee", ...tags });
  withdraw(carol).refused("no-credit");
  withdraw(carol, { Account: bob }).refused("not-owner");
  withdraw(bob).sends(
    { to: bob, Quantity: "300" },
    { to: ao, Action: "Transfer", Recipient: bob, Quantity: "300" },
  );
  log
    .push(ao, { Action: "Transfer-Error", "X-Payout": "1", Error: "No" })
    .sends({ to: bob, Reason: "No", Quantity: "300" });
  log.push(ao, { Action: "Transfer-Error", "X-Payout": "1" }).sends();
  withdraw(bob).sends({ to: bob, Reference: "2" }, { to: ao, Recipient: bob });
  log.push(bob, { Action: "Debit-Notice", "X-Payout": "2" }).sends();
  log.push(ao, { Action: "Debit-Notice", "X-Payout": "2" }).sends({ to: bob, Action: "Withdraw-Settled" });
  withdraw(carol, { Account: feeRecipient }).sends(
    { to: carol },
    { to: ao, Recipient: feeRecipient, Quantity: "100" },
  );
  pay(carol, "7", "Gift").sends({ to: ao, Recipient: carol, "X-Action": "Refund" });
  pay(carol, "7", "Refund").sends();
  log.now += limits.payoutPatience;
  log.cron({ Action: "Tick" }).sends({ to: ao, Action: "Balance", Reference: "balance-5-564" });
  log.cron({ Action: "Tick" }).sends();
  log.now += limits.balanceInterval;
  log
    .send(alice, { Action: "Tick" })
    .sends({ to: ao, Action: "Balance" }, { to: alice, data: '{"messages":1}' });
  const balance = { Balance: "264", Account: log.id };
  log.push(ao, { Action: "Balance-Response", ...balance, "X-Reference": "balance-4-564" }).sends();
  log
    .send(alice, { Action: "Info" })
    .sends({ Unconfirmed: "107", "Fees-Credited": "150", "Surplus-AO": "7" });
  log.push(ao, { ...balance, "X-Reference": "balance-5-564" }).sends();
  log
    .send(alice, { Action: "Info" })
    .sends({ Unconfirmed: "0", Pending: "0", Paid: "300", "Fees-Credited": "250", "Surplus-AO": "14" });
  return log;
}
