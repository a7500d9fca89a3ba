/** Fair launches: one with an index from its first tick to its end, one that is cancelled, one with many delegators. */
import { ethereumAddress, identifier, walletAddress } from "../../../units/address.ts";
import { alice, bob, carol, Log, owner, type Step } from "../log.ts";

const [token, ao, ledger, second, index, pi] = ["OCN", "AO", "ledger", "second", "index", "PI"].map((name) =>
  identifier("launch", name),
) as [string, string, string, string, string, string];
const [team, treasury, factory] = ["team", "treasury", "factory"].map((name) => walletAddress(name)) as [
  string,
  string,
  string,
];
const dave = ethereumAddress("dave");
const day = 86_400_000;
const start = 1_750_003_600_000;

type Values = Readonly<Record<string, string>>;

/** Parameters that a launch starts with. */
export const launchParameters: Values = {
  Name: "Ocean launch",
  Deployer: team,
  Treasury: treasury,
  "Token-Process": token,
  "Token-Supply": "1000000",
  "Decay-Factor": "0.9",
  Duration: "3",
  "Starts-At-Timestamp": `${start}`,
  "AO-Token": ao,
  Ledgers: JSON.stringify([ledger]),
};

const tick = { Action: "Tick" };
const report = { to: factory, Action: "FLP-Report" };
const ticked = { to: alice, Action: "Tick-Response" };

class Launch extends Log {
  constructor(name: string, parameters: Values = {}) {
    super(name, "fair-launch", { ...launchParameters, "Flp-Factory": factory, ...parameters });
  }

  /** Tokens have come. */
  credit(from: string, sender: string, quantity: string, tags: Values = {}): Step {
    return this.push(from, { Action: "Credit-Notice", Sender: sender, Quantity: quantity, ...tags });
  }

  fund(quantity: string, sender = team): Step {
    return this.credit(token, sender, quantity, { "X-Action": "Initialize-FLP" });
  }

  report(round: number, rows: string, tags: Values = {}, from = ledger): Step {
    const pages = { Page: "1", Pages: "1", Cycle: `${288 * round}`, Paid: "0" };
    const all = { Action: "Contribution-Report", Reference: `${round}`, ...pages, ...tags };
    return this.push(from, all, rows);
  }

  /** Every read, as it stands. */
  reads(): void {
    this.dryRun({ Action: "Info" });
    for (const of of ["AO", "PI"]) {
      this.dryRun({ Action: `Get-Withdrawable-${of}` });
      this.dryRun({ Action: `Get-${of}-Proceeds` });
    }
    this.dryRun({ Action: "Get-Yield-Tick-History" });
    this.dryRun({ Action: "Get-Yield-Tick-History", Cursor: "1", Limit: "1" });
    this.dryRun({ Action: "Get-Emission-Schedule", Cursor: "1", Limit: "1" });
    this.dryRun({ Action: "Get-Contributions", Limit: "2" });
    for (const Recipient of [alice, bob, dave, treasury])
      this.dryRun({ Action: "Get-Claimable-Balance", Recipient });
  }
}

export function launchLogs(): Log[] {
  return [lifeLog(), claimsLog(), cancelledLog(), foundLog(), manyLog()];
}

/** Pushed by batches, with an index; the last period has nobody, and what is left goes to the treasury. */
function lifeLog(): Log {
  const log = new Launch("launch", {
    "Are-Batch-Transfers-Possible": "true",
    "Numbered-Transfers": "true",
    "PI-Process": index,
    "PI-Token-Process": pi,
    "PI-Share": "12.5",
    "Grace-Days": "1",
    "Website-URL": "https://ocean.example",
    Socials: '{"Discord":"https://discord.example"}',
  });
  beforeTheStart(log);
  firstPeriod(log);
  log.now = start + 2 * day;
  const again = [ao, ao, pi, pi, token].map((to) => ({ to, Action: "Transfer" }));
  log
    .cron(tick)
    .sends(
      ...again,
      { to: token, Action: "Total-Supply" },
      { to: ledger, Action: "Report-Contributions", Reference: "2", Cursor: "0" },
      { to: ledger, Action: "Withdraw" },
      report,
    );
  log.now += 600_000;
  log.cron(tick);
  log.report(2, `${alice},30\n${bob},11\n${dave},9`, { Pages: "2", "Next-Cursor": "1", Paid: "95" }).sends({
    to: ledger,
    Action: "Report-Contributions",
    Cursor: "1",
  });
  log
    .report(2, `${carol},5\nnonsense\n,\n${bob},x`, { Page: "2", Pages: "2" })
    .sends({ to: token, Action: "Batch-Transfer" }, report);
  log.push(token, { Action: "Transfer-Error", "X-Payout": "5", Error: "no" });
  log.reads();
  lastPeriod(log);
  return log;
}

function beforeTheStart(log: Launch): void {
  log.dryRun({ Action: "Info" });
  log
    .cron(tick)
    .sends(
      { to: token, Action: "Info" },
      { to: token, Action: "Total-Supply" },
      { to: token, Action: "Balance", Recipient: log.id },
      { to: ledger, Action: "Withdraw" },
      { to: ledger, Action: "Report-Contributions", Reference: "0", Cursor: "0" },
      report,
    );
  const told = { Ticker: "OCN", ticker: "OCN", Denomination: "6", Name: "Ocean", Logo: "logo" };
  log.push(token, { Action: "Total-Supply", Ticker: "OCN" }, "10000000").sends();
  log.push(token, { ...told, "Numbered-Transfers": "true", "Total-Supply": "10000000" }).sends(report);
  log.push(token, { Action: "Info-Response", ...told, Name: "Other", Supply: "11000000" }).sends();
  log.push(token, { Action: "Total-Supply-Response" }, "x").sends();
  log.push(alice, { Action: "Info-Response", ...told }, undefined).sends();
  log.send(alice, { Ticker: "OCN" }).refused("unknown-action");
  log.fund("999999").sends({ to: token, Action: "Transfer", Recipient: team, Quantity: "999999" });
  log.credit(token, team, "1000000").sends({ to: token, "X-Action": "Refund" });
  log.credit(token, team, "5", { "X-Action": "Refund" }).sends();
  log.credit(token, "somebody", "5").sends();
  log.fund("1000000", dave).sends(report);
  log.fund("1000000").sends({ to: token, "X-Reason": "The launch is Active and takes no more tokens" });
  log.push(token, { Action: "Debit-Notice", "X-Payout": "1" }).sends();
  log.push(token, { Action: "Transfer-Error", "X-Reference": "payout-2", Error: "no" }).sends();
  log.push(token, { Action: "Debit-Notice" }).sends();
  log.credit(ao, alice, "7", { "X-Action": "Delegate" }).sends({ to: ao, Recipient: alice });
  log.credit(ao, alice, "7").sends({ to: ao, Recipient: alice, Quantity: "7" });
  log.credit(pi, alice, "7").sends({ to: pi, Recipient: alice });
  log.credit(identifier("other"), alice, "7").sends({ to: identifier("other"), Recipient: alice });
  log.send(alice, { Action: "Cancel" }).refused("not-deployer");
  log.send(team, { Action: "Withdraw-AO" }).refused("nothing-waiting");
  log.send(alice, { Action: "Withdraw-PI" }).refused("not-deployer");
  log.send(alice, { Action: "Get-Contributions", Limit: "0" }).refused("invalid-limit");
  log.send(alice, { Action: "Get-Claimable-Balance" }).sends({ to: alice, Balance: "0" });
  log.reads();
}

function firstPeriod(log: Launch): void {
  log.now = start + 1_000;
  log.send(team, { Action: "Cancel" }).refused("started");
  log.credit(ao, alice, "10", { "X-Action": "Delegate" }).sends();
  log.credit(ao, ledger, "90").sends(
    { to: ao, Recipient: index, Quantity: "12", "X-Action": "Mint" },
    {
      to: ao,
      Recipient: treasury,
      Quantity: "88",
    },
  );
  log.credit(ao, index, "12", { "X-Action": "Refund" }).sends({ to: ao, Recipient: treasury });
  for (const payout of ["3", "4", "5"]) log.push(ao, { Action: "Debit-Notice", "X-Payout": payout }).sends();
  log.credit(pi, index, "40").sends({ to: pi, Recipient: treasury, Quantity: "40" });
  log.push(pi, { Action: "Transfer-Error", "X-Payout": "2", Error: "no" }).sends();
  log.push(ledger, { Action: "Withdraw-Settled" }).sends();
  log.push(ledger, { Action: "Withdraw-Returned" }).sends();
  log.now = start + day;
  log
    .send(alice, tick)
    .sends(
      { to: ao, Action: "Transfer", "X-Payout": "1" },
      { to: ao, Action: "Transfer", "X-Payout": "2" },
      { to: pi, Action: "Transfer", "X-Payout": "1" },
      { to: token, Action: "Transfer", "X-Payout": "3" },
      { to: token, Action: "Total-Supply" },
      { to: ledger, Action: "Report-Contributions", Reference: "1" },
      { to: pi, Action: "Transfer", "X-Payout": "3" },
      { to: ledger, Action: "Withdraw" },
      report,
      ticked,
    );
  log.report(2, `${alice},30`).sends();
  log.report(1, `${alice},30`, {}, second).sends();
  log.report(1, `${alice},30`, { Page: "0" }).sends();
  log
    .report(1, `${alice},20\n${dave},9\n${bob},11\nme,5`)
    .sends({ to: token, Action: "Batch-Transfer" }, report);
  log.report(1, `${alice},99`).sends();
  log.push(token, { Action: "Batch-Debit-Notice", "X-Payout": "4" }).sends();
  log.push(token, { Action: "Batch-Debit-Notice", "X-Payout": "4" }).sends();
  log.reads();
}

function lastPeriod(log: Launch): void {
  log.now = start + 3 * day;
  log.send(alice, tick);
  log.report(3, "").sends(report);
  log.now = start + 4 * day;
  log.send(alice, tick);
  log.report(4, `${alice},1\n${bob},1`).sends({ to: token, Action: "Transfer", Recipient: treasury }, report);
  log.send(alice, { Action: "Report-To-Factory", Reference: "9" }).sends(report, {
    to: alice,
    Action: "Report-To-Factory-Response",
    "X-Reference": "9",
  });
  log.credit(ao, alice, "7", { "X-Action": "Delegate" }).sends({ to: ao, Recipient: alice });
  log.credit(ao, ledger, "7").sends({ to: ao, Recipient: treasury });
  log.send(alice, tick).sends(ticked);
  log.reads();
}

/** Claimed, from a token that numbers nothing: overdue payouts are decided by its balance. */
function claimsLog(): Log {
  const log = new Launch("claims", { Ledgers: JSON.stringify([ledger, second]) });
  log.cron(tick);
  log.fund("1000000").sends(report);
  log.now = start + 2 * day;
  log.cron(tick);
  log.report(1, `${alice},5\n${bob},5\n${dave},5`).sends();
  log.now += 21_600_000;
  log.cron(tick);
  const claim = { Action: "Withdraw-FLP-Token" };
  const claimed = { Action: "Withdraw-FLP-Token-Response", Status: "Success" };
  log.send(alice, claim).sends({ to: alice, ...claimed }, { to: token, Recipient: alice });
  log.send(alice, claim).sends({ to: alice, Status: "Error", Reason: "There is nothing to claim" });
  log
    .send(carol, { ...claim, Recipient: bob })
    .sends({ to: carol, ...claimed }, { to: token, Action: "Transfer", Recipient: bob });
  log.send(carol, { ...claim, Recipient: "bob" }).refused("invalid-address");
  log
    .push(token, { Action: "Transfer-Error", "X-Reference": "payout-2", Error: "Insufficient Balance!" })
    .sends({ to: bob, Status: "Error", Reason: "Insufficient Balance!" });
  log.now += 600_000;
  log.cron(tick);
  const balance = { Account: log.id, Balance: "1000000", "X-Reference": "balance-3-1000000" };
  log.push(token, { ...balance, Account: alice }).sends();
  log.push(token, { ...balance, Balance: "999999" }).sends();
  log.push(token, { ...balance, Action: "Balance-Response" }, "1000000").sends();
  log.send(alice, claim).sends({ to: alice, ...claimed }, { to: token, "X-Payout": "3" });
  log.credit(ao, alice, "12", { "X-Action": "Delegate" }).sends();
  log.send(team, { Action: "Withdraw-AO" }).sends({ to: team, Quantity: "12" }, { to: ao });
  log.reads();
  return log;
}

/** A share of a supply that is not known, cancelled; and what comes after that. */
function cancelledLog(): Log {
  const log = new Launch("cancelled", { "Token-Supply": "", "Token-Share": "12.5" });
  log.cron(tick);
  log.dryRun({ Action: "Get-Emission-Schedule" }).refused("unknown-supply");
  log
    .fund("5")
    .sends({ to: token, "X-Reason": "The token has not told its supply yet; try again after the next Tick" });
  log.push(token, { Ticker: "OCN", Denomination: "6" }).sends(report);
  log.push(token, { Action: "Total-Supply" }, "80000").sends();
  log.fund("10000").sends(report);
  log.send(owner, { Action: "Cancel" }).refused("not-deployer");
  log
    .send(team, { Action: "Cancel" })
    .sends({ to: team, Status: "Success", Quantity: "10000" }, report, { to: token, Recipient: team });
  log.send(team, { Action: "Cancel" }).refused("over");
  log.fund("10000").sends({ to: token, "X-Reason": "The launch is Cancelled and takes no more tokens" });
  log.reads();
  return log;
}

/** Funded by the token's word, as the notice was lost: what comes later may be what was counted. */
function foundLog(): Log {
  const log = new Launch("found", { Initializer: team });
  const balance = { Account: log.id, Balance: "1000007", "X-Reference": "balance-1-0" };
  log.cron(tick);
  log.push(token, balance).sends();
  log.now += 3_600_000;
  log.cron(tick);
  log.push(alice, balance).refused("unknown-action");
  log.push(token, { ...balance, Balance: "999999" }).sends();
  log.push(token, balance).sends();
  log.now += 3_600_000;
  log.push(token, balance).sends(report);
  log.push(token, balance).sends();
  log.credit(token, bob, "400000").sends();
  log.fund("600007").sends({ to: token, Action: "Transfer", Recipient: team, Quantity: "7" });
  log
    .fund("5")
    .sends({ to: token, Quantity: "5", "X-Reason": "The launch is Active and takes no more tokens" });
  log.reads();
  return log;
}

/** More delegators than one message shares out to, in pages out of order. */
function manyLog(): Log {
  const log = new Launch("many delegators", { "Are-Batch-Transfers-Possible": "true" });
  const count = 5_500;
  log.fund("1000000").sends(report);
  log.now = start + day;
  log.cron(tick);
  const pages = Array.from({ length: 6 }, (_, page) => {
    const rows = Array.from({ length: Math.min(1_000, count - page * 1_000) }, (_row, i) => page * 1_000 + i);
    return rows.map((i) => `${walletAddress(`delegator ${i}`)},${i % 97}`).join("\n");
  });
  for (const page of [0, 2, 1, 5, 3, 4])
    log.report(1, pages[page]!, { Page: `${page + 1}`, Pages: `${pages.length}` });
  for (let i = 0; i < 2; i++) log.push(log.id, tick);
  log.dryRun({ Action: "Info" });
  log.dryRun({ Action: "Get-Contributions", Cursor: "5400" });
  return log;
}
