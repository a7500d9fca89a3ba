/** Every action of the fair launch factory. */
import { nodeHost } from "../../../process/host/node.ts";
import { parametersHash } from "../../../process/protocol/parameters-hash.ts";
import { limits } from "../../../process/protocol/limits.ts";
import { identifier } from "../../../units/address.ts";
import type { Tag } from "../../../units/message.ts";
import {
  approver,
  ao,
  bundleOf,
  deployer,
  factoryTags,
  feeRecipient,
  firstModule,
  ledgers,
  reportData,
  requestTags,
  secondModule,
  teamToken,
} from "../../scene/launch-requests.ts";
import { definitions } from "../../scene/runtimes.ts";
import { alice, authority, bob, carol, Log, owner } from "../log.ts";

const day = 86_400_000;

/** The tags of the last spawn that a log's messages bring about. */
function lastSpawn(log: Log): readonly Tag[] {
  const host = nodeHost(definitions[log.process]);
  let last: readonly Tag[] = [];
  for (const { message, dry } of log.steps) {
    if (dry) continue;
    for (const { Tags } of host.handle(message, log.environment).Spawns) last = Tags;
  }
  return last;
}

/** The child's own word, as it should be. */
function identityTags(log: Log, spawn: readonly Tag[], more: Readonly<Record<string, string>> = {}) {
  return {
    Action: "Identity-Response",
    Process: "fair launch",
    "State-Version": "1",
    "Code-Hash": "0".repeat(64),
    "Parameters-Hash": parametersHash(spawn),
    Module: spawn.find(({ name }) => name === "Module")!.value,
    Owner: log.id,
    Ownership: "renounced",
    ...more,
  };
}

/** The messenger takes a tag named Owner away; a process's word has it, in host/'s spelling. */
function sayIdentity(log: Log, child: string, spawn: readonly Tag[], more = {}) {
  return log.push(child, identityTags(log, spawn, more));
}

/** Spawns the last request's launch and has it listed. */
function list(log: Log, child: string): void {
  const spawn = lastSpawn(log);
  log.spawned(spawn, child).sends({ to: child, Action: "Identity" }, { to: child, Action: "Tick" });
  sayIdentity(log, child, spawn).sends(
    { Action: "FLP-Ready-Notice", "FLP-Id": child },
    { to: child, Action: "Report-To-Factory" },
  );
}

/** Free and open to all. */
export function factoryLog(): Log {
  const cron = { "Launch-Cron-Interval": "5-minutes", "Grace-Days": "3", "Numbered-Transfers": "true" };
  const index = { "PI-Process": carol, "PI-Token-Process": bob, "PI-Share": "12.5" };
  const log = new Log("factory", "fair-launch-factory", factoryTags({ ...cron, ...index }));
  const start = log.now + day;
  const [one, two, three] = ["one", "two", "three"].map((name) => identifier("launch", name)) as [
    string,
    string,
    string,
  ];
  const ask = (tags: Readonly<Record<string, string>>) => log.send(alice, tags);
  const create = (more: Readonly<Record<string, string>>, from = alice) =>
    log.send(from, requestTags(start, more));

  ask({ Action: "Info" }).sends({ Launches: "0", "Delegation-Oracle": ledgers[0], Owner: owner });
  ask({ Action: "Get-FLPs" }).sends({ data: "[]" });
  const request = log.nextId();
  create({ Reference: "7" }).sends({
    to: alice,
    "Request-Id": request,
    Status: "Requested",
    "X-Reference": "7",
  });
  ask({ Action: "Get-FLP-Id", "Request-Id": request }).sends({
    data: '{"FLP-Id":"","Status":"Requested","Failure-Reason":""}',
  });
  ask({ Action: "Get-Requests" }).sends({ Action: "Get-Requests-Response" });
  ask({ Action: "Get-FLPs" }).sends({ data: "[]" });
  const spawn = lastSpawn(log);
  const forged = { Action: "Spawned", Process: bob, "Request-Id": request };
  log.send(bob, forged).refused("forged-notice");
  log.push(bob, forged).refused("forged-notice");
  log
    .spawned([...spawn.filter(({ name }) => name !== "Module"), { name: "Module", value: bob }], bob)
    .sends();
  log.push(one, { ...identityTags(log, spawn) }).sends();
  log.spawned(spawn, one).sends({ to: one, Action: "Identity" }, { to: one, Action: "Tick" });
  log.spawned(spawn, two).sends();
  log.push(one, { Action: "FLP-Report", Sequence: "1" }, reportData()).refused("not-listed");
  log.push(one, { Action: "Tick-Response" }).sends();
  ask({ Action: "Retry-Spawn", "Request-Id": request }).refused("too-early");
  log.push(two, identityTags(log, spawn)).sends();
  sayIdentity(log, one, spawn).sends(
    { to: alice, Action: "FLP-Ready-Notice", "Request-Id": request, "FLP-Id": one },
    { to: one, Action: "Report-To-Factory" },
  );
  sayIdentity(log, one, spawn).sends();
  ask({ Action: "Retry-Spawn", "Request-Id": request }).refused("not-pending");
  ask({ Action: "Get-FLP", Id: one }).sends({ Action: "Get-FLP-Response" });
  ask({ Action: "Get-FLP", Id: request }).sends({ Action: "Get-FLP-Response" });
  ask({ Action: "Get-FLP", Id: two }).refused("unknown-launch");

  const report = (sequence: string, more: object, from = one) =>
    log.push(from, { Action: "FLP-Report", Sequence: sequence }, reportData({ ...more }));
  report("2", { status: "Active", accumulated_qty: "500", total_yield_ticks: "1" }).sends();
  report("2", { status: "Ended" }).sends();
  report("1", { status: "Ended" }).sends();
  report("3", { status: "Ready" }).refused("invalid-report", "never Ready");
  report("3", { status: "Lost" }).refused("invalid-report");
  report("3", { accumulated_qty: "01", status: "Active" }).refused("invalid-report", "accumulated_qty");
  report("3", { flp_token_name: 5, status: "Active" }).refused("invalid-report", "flp_token_name");
  report("3", { status: "Active", stats_updated_at: "x" }).refused("invalid-report");
  log.push(one, { Action: "FLP-Report", Sequence: "4" }, "[]").refused("invalid-report");
  log.push(one, { Action: "FLP-Report" }, reportData()).refused("missing-tag");
  log.send(bob, { Action: "FLP-Report", Sequence: "9" }, reportData()).refused("not-listed");

  const socials = { Action: "Update-Socials", "FLP-Id": one };
  log
    .send(deployer, { ...socials, "Website-URL": "https://a.example", Socials: '{"a":"ü"}' })
    .sends({ "FLP-Id": one });
  log.send(deployer, { ...socials, "Telegaram-Handle": "tele" }).sends({ "FLP-Id": one });
  log.send(deployer, { ...socials, "Twitter-Handle": "" }).sends({ "FLP-Id": one });
  log.send(deployer, socials).refused("missing-tag");
  log.send(deployer, { ...socials, Socials: "{" }).refused("invalid-socials");
  log.send(deployer, { ...socials, "Website-URL": "x".repeat(2_001) }).refused("too-long");
  log.send(deployer, { ...socials, "FLP-Id": two, Socials: "" }).refused("unknown-launch");
  log.send(alice, { ...socials, Socials: "" }).refused("not-deployer");

  create({ Name: "Two", "Token-Supply": "", "Token-Share": "10%", Duration: "30" }, bob).sends({ to: bob });
  list(log, two);
  log.push(carol, requestTags(start, { Name: "By a process", "Decay-Factor": "0.9" })).sends({ to: carol });
  list(log, three);
  report("1", { status: "Active", accumulated_qty: "70", accumulated_pi_qty: "9" }, two).sends();
  report("1", { status: "Cancelled", total_token_supply: "", latest_yield_cycle: "12" }, three).sends();
  for (const tags of [{}, { Limit: "2" }, { Cursor: "0", Limit: "2" }, { Cursor: "2" }, { Cursor: "" }])
    ask({ Action: "Get-FLPs", ...tags }).sends({ Action: "Get-FLPs-Response" });
  for (const tags of [
    { "Status-Filter": "active" },
    { "Status-Filter": "Ended,Cancelled" },
    { "Status-Filter": "All" },
  ])
    ask({ Action: "Get-FLPs", ...tags }).sends({ Action: "Get-FLPs-Response" });
  ask({ Action: "Get-FLPs", Deployer: bob }).sends({ data: "[]" });
  ask({ Action: "Get-FLPs", "Token-Process": teamToken, Cursor: "0", Limit: "1" }).sends({ to: alice });
  ask({ Action: "Get-FLPs", "Status-Filter": "Failed" }).refused("invalid-status", "Ready,Active");
  ask({ Action: "Get-FLPs", Limit: "0" }).refused("invalid-limit");
  ask({ Action: "Get-FLPs", Cursor: "x" }).refused("invalid-number");
  const rank = { Action: "Get-Ranked-FLPs" };
  for (const field of [
    "accumulated_qty",
    "decay_factor",
    "ends_at_ts",
    "total_token_supply",
    "created_at_ts",
  ]) {
    ask({ ...rank, "Sort-By": field }).sends({ "Sort-By": field });
    ask({ ...rank, "Sort-By": field, Order: "asc", Limit: "1", Cursor: "0" }).sends({ "Sort-By": field });
  }
  for (const field of ["last_updated_at_ts", "stats_updated_at", "token_unlock_at_ts", "starts_at_ts"])
    ask({ ...rank, "Sort-By": field }).sends({ "Sort-By": field });
  ask({ ...rank, Cursor: "70:2", Limit: "5" }).sends({ "Sort-By": "accumulated_qty" });
  ask({ ...rank, Cursor: "70" }).refused("invalid-cursor");
  ask({ ...rank, "Sort-By": "flp_name" }).refused("invalid-sort");
  ask({ ...rank, Order: "up" }).refused("invalid-sort");
  ask({ Action: "Get-Aggregated-Stats" }).sends({ Action: "Get-Aggregated-Stats-Response" });

  const preview = {
    Action: "Preview-Schedule",
    "Token-Supply": "1000",
    "Decay-Factor": "moderate",
    Limit: "3",
  };
  ask(preview).sends({ "Decay-Factor": "0.95" });
  ask({ ...preview, "Decay-Factor": "linear-like", Duration: "5", Cursor: "3" }).sends({
    "Decay-Factor": "0.75",
  });
  ask({ ...preview, "Token-Supply": "10%", "Total-Supply": "500" }).sends({ "Decay-Factor": "0.95" });
  ask({ ...preview, "Token-Supply": "10%" }).refused("missing-tag", "Total-Supply");
  ask({ ...preview, "Token-Supply": "10%", "Total-Supply": "9" }).refused("zero-quantity");
  ask({ ...preview, Duration: "3651" }).refused("invalid-duration");
  ask({ ...preview, "Decay-Factor": "1" }).refused("invalid-decay-factor", "between 0 and 1");
  ask({ ...preview, "Token-Share": "x%", "Token-Supply": "" }).refused("invalid-share");

  create({ Name: "" }).refused("missing-tag", "Name is required!");
  create({ Treasury: "me" }).refused("invalid-address");
  create({ "Token-Supply": "1e3" }).refused("invalid-quantity", "10%");
  create({ "Token-Share": "5" }).refused("contradiction");
  create({ "Starts-At-Timestamp": "soon" }).refused("invalid-date", "YYYY-MM-DD");
  create({ "Start-Date": "2030-01-01" }).refused("contradiction");
  create({ "Starts-At-Timestamp": `${log.now}` }).refused("start-passed");
  create({ "Starts-At-Timestamp": "2035-12-31" }).refused("start-too-far", "ten years");
  create({ "Are-Batch-Transfers-Possible": "yes" }).refused("invalid-flag");
  create({ "Token-Process": ao }).refused("invalid-address", "neither AO nor PI");
  create({ "Token-Process": bob }).refused("invalid-address", "neither AO nor PI");
  create({ "Long-Description": "x".repeat(2_001) }).refused("too-long");
  create({ Socials: "[]" }).refused("invalid-socials");
  create({ "Token-Denomination": "a" }).refused("invalid-number");
  log.cron(requestTags(start)).refused("missing-id");
  log.send(alice, requestTags(start), undefined, request).refused("repeated");
  log.send(alice, { Action: "Pause-Creation" }).refused("not-owner");
  log.send(owner, { Action: "Pause-Creation" }).sends({ Paused: "true" });
  log.send(owner, { Action: "Pause-Creation" }).refused("already-set");
  create({}).refused("paused");
  log
    .send(owner, { Action: "Resume-Creation" })
    .sends({ Action: "Resume-Creation-Response", Paused: "false" });
  log.send(owner, { Action: "Upgrade" }, "handle = nil").refused("renounced");
  log.push(ao, { Action: "Credit-Notice", Sender: alice, Quantity: "5", "X-Action": "Creation-Fee" }).sends({
    to: ao,
    Recipient: alice,
    "X-Reason": "Launches are free here",
  });
  log
    .push(teamToken, { Action: "Credit-Notice", Sender: alice, Quantity: "5" })
    .sends({ to: teamToken, "X-Action": "Refund" });
  for (const one of [ao, authority])
    log.push(one, { Action: "Balance-Response", Balance: "1", Account: log.id }).sends();
  log.send(alice, {}).refused("unknown-action");
  ask({ Action: "Info" }).sends({ Launches: "3", Active: "2", Cancelled: "1", accumulated_qty: "570" });
  return log;
}

/** With fee, approver, and a bundle that spawns bring along. */
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
  log.cron({ Action: "Tick" }).sends();
  log.cron({ Action: "Tick" }).sends();
  log.now += limits.balanceInterval;
  log.send(alice, { Action: "Tick" }).sends({ to: alice, data: '{"messages":0}' });
  return log;
}
