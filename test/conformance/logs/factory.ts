/** A fair launch factory that is free and open to all. */
import { identifier } from "../../../units/address.ts";
import {
  ao,
  deployer,
  factoryTags,
  ledgers,
  reportData,
  requestTags,
  teamToken,
} from "../../scene/launch-requests.ts";
import { alice, authority, bob, carol, Log, owner } from "../log.ts";
import { identityTags, lastSpawn, list, sayIdentity } from "./children.ts";

const day = 86_400_000;

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
