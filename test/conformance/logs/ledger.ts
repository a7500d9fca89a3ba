/** Every action of the ledger, and every way in which one can fail under the usual policies. */
import { ethereumAddress, identifier, walletAddress } from "../../../units/address.ts";
import { alice, bob, carol, Log, owner } from "../log.ts";

export const aoToken = identifier("AO token");
export const [oracle, governor, index, mint] = ["oracle", "governor", "index", "mint"].map((name) =>
  walletAddress(name),
) as [string, string, string, string];
export const tokens = JSON.stringify([
  { token: "AR", ticker: "AR", denomination: 12, multiplier: "0.2", oracle, class: "AR" },
  { token: "DAI", ticker: "DAI", denomination: 18, multiplier: "0.5", oracle, class: "bridged" },
]);
const classes = JSON.stringify([
  { name: "AR", share: "36" },
  { name: "bridged", share: "64" },
]);
const mixed = ethereumAddress("dave");
const dave = mixed.toLowerCase();
const project = walletAddress("project");

export const delegation = (walletFrom: string, walletTo: string, factor: number): string =>
  JSON.stringify({ walletFrom, walletTo, factor });

export function ledgerLog(): Log {
  const log = new Log("ledger", "ledger", {
    "AO-Token": aoToken,
    Tokens: tokens,
    Classes: classes,
    Governor: governor,
    "PI-Process": index,
    "Numbered-Transfers": "true",
  });
  holdings(log);
  delegations(log);
  money(log);
  reads(log);
  return log;
}

function holdings(log: Log): void {
  const balances = { Action: "Set-Balances", Token: "AR", Snapshot: "1" };
  const set = (tags: object, data: string | Uint8Array = "", from = oracle) =>
    log.send(from, { ...balances, ...tags }, data);
  set({}, `${alice},10000000000000\n${bob},15000000000000`, alice).refused("not-oracle");
  set({ Token: "" }).refused("missing-tag");
  set({ Token: "ETH" }).refused("unknown-token");
  set({ Snapshot: "0" }).refused("invalid-page");
  set({ Snapshot: "x" }).refused("invalid-number");
  set({ Page: "2", Pages: "1" }).refused("invalid-page");
  set({ Pages: "1001" }).refused("invalid-page");
  set({ Mode: "half" }).refused("invalid-mode");
  set({}, Uint8Array.of(255)).refused("invalid-csv");
  set({}, `${alice}`).refused("invalid-csv", "Line 1");
  set({}, "alice,1").refused("invalid-csv", "Line 1 has an address");
  set({}, `${alice},1\n\n${bob},1.5`).refused("invalid-csv", "Line 3 has an amount");
  set({}, `\n${bob},1`.repeat(20_001)).refused("invalid-csv", "at most 20000 rows");
  set({ Snapshot: "2", Mode: "delta" }).refused("snapshot-gap");
  set({ Page: "2", Pages: "2" }).refused("page-out-of-order");
  set({ Snapshot: "3", Page: "1", Pages: "2" }, `${carol},1`).sends({ "In-Effect": "0" });
  set({ Snapshot: "2" }).refused("stale-snapshot");
  set({ Snapshot: "3", Page: "1", Pages: "2" }).refused("page-out-of-order");
  set({ Snapshot: "3", Page: "2", Pages: "3" }).refused("page-out-of-order");
  const rows = `${alice},10000000000000\n${bob},15000000000000\r\n ${mixed} , 7`;
  set({ Snapshot: "4" }, rows).sends({
    to: oracle,
    data: '{"snapshot":4,"page":1,"rows":3}',
    "In-Effect": "4",
  });
  set({ Snapshot: "4" }, rows).refused("stale-snapshot");
  set({ Snapshot: "5", Mode: "delta" }, `${carol},3000000000000\n${bob},0,`).sends({ "In-Effect": "5" });
  set({ Snapshot: "6" }, `${alice},10000000000000\n${bob},15000000000000\n${dave},9`).sends({
    "In-Effect": "6",
  });
  const bridged = `${alice},5000000000000000000\n${mixed},1000000000000000000,${bob}\n${dave},2,${carol}`;
  set({ Token: "DAI" }, bridged).sends({ "In-Effect": "1" });
  set({ Token: "DAI", Snapshot: "2", Mode: "delta" }, `${dave},3`).sends({ "In-Effect": "2" });
  const multiplier = (tags: object, from = oracle) =>
    log.send(from, { Action: "Set-Multiplier", Token: "AR", Multiplier: "0.25", Version: "1", ...tags });
  multiplier({}, alice).refused("not-allowed");
  multiplier({ Multiplier: "" }).refused("missing-tag");
  multiplier({ Multiplier: "1e3" }).refused("invalid-multiplier");
  multiplier({ Version: "" }).refused("stale-version");
  multiplier({}).sends({ data: '{"token":"AR","multiplier":"0.25","version":1}' });
  multiplier({}).refused("stale-version");
  multiplier({ Version: "2", Multiplier: "0.2" }, governor).sends({ Action: "Set-Multiplier-Response" });
}

function delegations(log: Log): void {
  const one = (data: string | Uint8Array, from = bob) => log.send(from, { Action: "Set-Delegation" }, data);
  one("").refused("invalid-json");
  one(Uint8Array.of(255)).refused("invalid-json");
  one(`"${"x".repeat(65_536)}"`).refused("invalid-json", "at most 65536 bytes");
  one("[1]").refused("invalid-json", "must be a JSON object");
  one("[".repeat(17)).refused("invalid-json");
  one('{"walletFrom":}').refused("invalid-json");
  one(delegation(alice, carol, 1)).refused("not-yours");
  one(delegation(bob, "carol", 1)).refused("invalid-address");
  for (const factor of ["-1", "10001", "1.5", '"1"', "1e2", "true"]) {
    one(delegation(bob, alice, 1).replace(":1}", `:${factor}}`)).refused("invalid-factor");
  }
  one(delegation(bob, alice, 99)).refused("fraction-too-small");
  one(delegation(bob, alice, 2000)).sends({ to: bob, Action: "Set-Delegation-Response" });
  one(`{"walletFrom": "${bob}", "walletTo": "${mixed}", "factor": 110.00000000000001}`).sends({ to: bob });
  one(delegation(bob, dave, 9000)).sends({ Action: "Set-Delegation-Response" });
  one(delegation(alice, bob, 100), alice).refused("cycle");
  one(delegation(carol, carol, 10_000), carol).sends({ to: carol });
  one(delegation(mixed, carol, 5000), mixed).sends({ to: mixed });
  const set = (preferences: unknown, version: unknown, from = carol) =>
    log.send(from, { Action: "Set-Delegations" }, JSON.stringify({ delegations: preferences, version }));
  const to = (walletTo: string, factor: number) => ({ walletTo, factor });
  set([], 0).refused("invalid-version");
  set([], "1").refused("invalid-version");
  set({}, 1).refused("invalid-delegations");
  set(Array(201).fill(to(alice, 100)), 1).refused("invalid-delegations");
  set([to(alice, 100), to(alice, 200)], 1).refused("duplicate-target");
  set([to("alice", 100)], 1).refused("invalid-address");
  const others = Array.from({ length: 11 }, (_, i) => to(walletAddress(`other ${i}`), 100));
  set(others, 1).refused("too-many-delegations");
  set([to(alice, 4000), to(carol, 500), to(index, 3000)], 2).sends({ to: carol });
  set([to(alice, 4000)], 2).refused("stale-version");
  set([to(alice, 7000), to(index, 7000), to(owner, 7000)], 3).sends({ Action: "Set-Delegations-Response" });
  set([to(mixed, 10_000)], 1, index).refused("cycle");
  set([to(project, 10_000)], 1, index).sends({ to: index });
}

function money(log: Log): void {
  const mints = (cycle: number, cumulative: string, tags = {}, sender = mint) =>
    log.push(aoToken, {
      Action: "Credit-Notice",
      Sender: sender,
      Quantity: "1000000",
      "X-Action": "Distribute",
      "X-Cycle": `${cycle}`,
      "X-Cumulative": cumulative,
      ...tags,
    });
  log.send(alice, { Action: "Set-Mint", "Mint-Process": mint }).refused("not-owner");
  mints(1, "1").sends();
  const refund = { to: aoToken, Action: "Transfer", Recipient: mint, "X-Action": "Refund", "X-Payout": "1" };
  mints(1, "1", { "X-Action": "Gift" }).sends(refund);
  log.send(owner, { Action: "Set-Mint", "Mint-Process": "" }).refused("missing-tag");
  log.send(owner, { Action: "Set-Mint", "Mint-Process": mint }).sends({ "Mint-Process": mint });
  log.send(owner, { Action: "Set-Mint", "Mint-Process": mint }).refused("already-set");
  log.send(alice, { Action: "Withdraw" }).refused("insufficient-yield", "There is nothing to withdraw");
  mints(1, "1000000").sends({ to: aoToken, Action: "Balance", Recipient: log.id });
  mints(1, "1000000").sends();
  log.now += 300_000;
  mints(3, "123456789012345678901234567890").sends({ Action: "Balance" });
  mints(2, "5000").sends();
  mints(4, "x").sends({ to: aoToken, Action: "Transfer", "X-Payout": "2" });
  log
    .push(alice, { Action: "Credit-Notice", Sender: mint, Quantity: "5", "X-Cumulative": "9" })
    .sends({ to: alice });
  log.send(aoToken, { Action: "Credit-Notice" }).sends();

  log.send(alice, { Action: "Withdraw", Quantity: "0" }).refused("zero-quantity");
  log.send(alice, { Action: "Withdraw", Recipient: "" }).refused("missing-tag");
  log.send(alice, { Action: "Withdraw", Recipient: log.id }).refused("invalid-address");
  log.send(alice, { Action: "Withdraw", Quantity: "9".repeat(38) }).refused("insufficient-yield", "Only");
  log.send(alice, { Action: "Withdraw", Quantity: "1000", Reference: "w" }).sends(
    { to: alice, Action: "Withdraw-Response", Reference: "3", Quantity: "1000", "X-Reference": "w" },
    {
      to: aoToken,
      Action: "Transfer",
      Recipient: alice,
      Quantity: "1000",
      "X-Payout": "3",
      Reference: "payout-3",
    },
  );
  log
    .send(mixed, { Action: "Withdraw", Recipient: carol })
    .sends({ to: mixed }, { to: aoToken, Recipient: carol });
  log.send(alice, { Action: "Withdraw", Quantity: "7" }).sends({ Reference: "5" }, { "X-Payout": "5" });
  log.push(alice, { Action: "Debit-Notice", "X-Payout": "3" }).sends();
  const settled = {
    to: alice,
    Action: "Withdraw-Settled",
    Reference: "3",
    Quantity: "1000",
    Recipient: alice,
  };
  log.push(aoToken, { Action: "Debit-Notice", "X-Payout": "3" }).sends(settled);
  log.push(aoToken, { Action: "Debit-Notice", "X-Payout": "3" }).sends();
  log.push(aoToken, { Action: "Debit-Notice" }).sends();
  const returned = { to: alice, Action: "Withdraw-Returned", Reference: "5", Reason: "No!" };
  log.push(aoToken, { Action: "Transfer-Error", "X-Reference": "payout-5", Error: "No!" }).sends(returned);
  log.push(aoToken, { Action: "Transfer-Error", "X-Payout": "99" }).sends();
  log.push(aoToken, { Action: "Debit-Notice", "X-Payout": "1" }).sends();
  log.now += 600_000;
  log
    .send(carol, { Action: "Tick" })
    .sends({ "X-Payout": "2" }, { "X-Payout": "4" }, { Action: "Balance" }, { to: carol });
  log.cron({ Action: "Tick" }).sends();
  log.push(aoToken, { Action: "Balance-Response", Account: log.id, Balance: "77" }).sends();
  log.push(aoToken, { Account: log.id, Balance: "78" }).sends();
  log.push(aoToken, { Account: alice, Balance: "79" }).refused("unknown-action");
  log.push(aoToken, { Action: "Balance-Response", Account: log.id, Balance: "-1" }).sends();
}

function reads(log: Log): void {
  const ask = (action: string, tags: object = {}, from = alice) =>
    log.send(from, { Action: action, ...tags }).sends({ to: from, Action: `${action}-Response` });
  ask("Info");
  log.dryRun({ Action: "Info" }).sends({ Cycle: "3", "Token-Balance": "78", "AO-Token": aoToken });
  for (const wallet of [alice, bob, carol, mixed, index, identifier("nobody")]) {
    for (const action of ["Get-Delegations", "Get-Weights", "Get-Yield"]) ask(action, { Wallet: wallet });
    ask("Get-Contributions", { Wallet: wallet });
    ask("Get-Delegators", { Target: wallet });
  }
  ask("Get-Delegations", {}, mixed);
  ask("Get-Contributions", { To: mixed });
  ask("Get-Contributions", { FROM: bob, To: mixed });
  ask("Get-Contributions", { To: mixed, Limit: "1", Cursor: "1" });
  log.send(alice, { Action: "Get-Contributions" }).refused("missing-tag");
  log.send(alice, { Action: "Get-Delegators", Target: dave, Limit: "2000" }).refused("invalid-limit");
  ask("Get-Delegation-Mappings");
  ask("Get-Delegation-Mappings", { Limit: "1" });
  ask("Get-Delegation-Mappings", { Limit: "1", Cursor: "2" });
  ask("Get-Total-Delegated-AO-By-Project");
  ask("Get-Cycles");
  ask("Get-Cycles", { Limit: "1" });
  ask("Audit");
  ask("Audit", { Limit: "2" });
  const report = { Action: "Report-Contributions", Reference: "r" };
  log
    .send(mixed, report)
    .sends({ to: mixed, Action: "Contribution-Report", Reference: "r", Page: "1", Pages: "1" });
  log.send(identifier("nobody"), report).sends({ Action: "Contribution-Report", data: "" });
  log.send(mixed, { ...report, Cursor: "1" }).sends();
  log.send(mixed, { ...report, Cursor: "x" }).refused("invalid-number");
}
