/** Ledgers with other policies, and one that is full. */
import { walletAddress } from "../../../units/address.ts";
import { alice, bob, carol, Log, owner } from "../log.ts";
import { aoToken, delegation, mint, oracle, tokens } from "./ledger.ts";

const plainTokens = tokens.replaceAll(/,"class":"[^"]*"/g, "");

function ledgerWith(name: string, policies: Readonly<Record<string, string>>): Log {
  return new Log(name, "ledger", {
    "AO-Token": aoToken,
    Tokens: plainTokens,
    "Mint-Process": mint,
    ...policies,
  });
}

function delegate(log: Log, from: string, to: string, factor: number) {
  return log.send(from, { Action: "Set-Delegation" }, delegation(from, to, factor));
}

function credit(log: Log, cumulative: string) {
  const tags = { "X-Action": "Distribute", "X-Cycle": "1", "X-Cumulative": cumulative };
  return log.push(aoToken, { Action: "Credit-Notice", Sender: mint, Quantity: cumulative, ...tags });
}

/** Sums above all are refused, chains are short, changes cost, small holdings don't count, the default is not self. */
function strictLog(): Log {
  const log = ledgerWith("strict", {
    "Over-Delegation": "reject",
    "Deepest-Chain": "2",
    "Change-Fee": "10",
    "Smallest-Base-Weight": "1",
    "Default-Target": carol,
    "Fan-Out": "2",
  });
  const balances = { Action: "Set-Balances", Token: "AR", Snapshot: "1" };
  log
    .send(oracle, balances, `${alice},10000000000000\n${bob},15000000000000\n${owner},1`)
    .sends({ to: oracle });
  log.send(alice, { Action: "Get-Delegations" }).sends({ Action: "Get-Delegations-Response" });
  delegate(log, alice, bob, 5000).refused("fee");
  credit(log, "1000000").sends({ to: aoToken, Action: "Balance" });
  credit(log, "1000000").sends();
  delegate(log, alice, alice, 10_000).sends({ to: alice });
  credit(log, "3000000").sends();
  delegate(log, alice, bob, 5000).sends({ to: alice });
  delegate(log, alice, owner, 6000).refused("over-delegation");
  delegate(log, alice, owner, 1000).sends({ to: alice });
  delegate(log, alice, carol, 1000).refused("too-many-delegations");
  delegate(log, bob, walletAddress("project"), 5000).refused("fee");
  delegate(log, bob, bob, 10_000).sends({ to: bob });
  credit(log, "9000000").sends();
  delegate(log, bob, walletAddress("project"), 5000).sends({ to: bob });
  delegate(log, carol, alice, 5000).refused("chain-too-deep");
  for (const wallet of [alice, bob, carol, owner]) {
    log.send(wallet, { Action: "Get-Yield" }).sends({ Action: "Get-Yield-Response" });
    log.send(wallet, { Action: "Get-Weights" }).sends({ Action: "Get-Weights-Response" });
  }
  delegate(log, alice, bob, 0).sends({ to: alice });
  log
    .send(alice, { Action: "Info" })
    .sends({ "Change-Fee": "10", "Default-Target": carol, "Deepest-Chain": "2" });
  return log;
}

/** A graph that is too large to check in one message. */
function wideLog(): Log {
  const log = ledgerWith("wide", { "Fan-Out": "100" });
  const others = Array.from({ length: 100 }, (_, i) => walletAddress(`other ${i}`));
  const all = (targets: readonly string[]) =>
    JSON.stringify({ delegations: targets.map((walletTo) => ({ walletTo, factor: 100 })), version: 1 });
  const leaves = Array.from({ length: 100 }, (_, i) => walletAddress(`leaf ${i}`));
  for (const wallet of others.slice(90)) {
    log.send(wallet, { Action: "Set-Delegations" }, all(leaves)).sends({ to: wallet });
  }
  log.send(alice, { Action: "Set-Delegations" }, all(others)).sends({ to: alice });
  delegate(log, bob, others[0]!, 100).sends({ to: bob });
  delegate(log, bob, alice, 100).refused("graph-too-large");
  return log;
}

/** A snapshot that takes more than one message to come into effect. */
function largeSnapshotLog(): Log {
  const log = ledgerWith("large snapshot", {});
  const rows = `${alice},0\n`.repeat(20_000);
  const page = (number: number, text: string) =>
    log.send(
      oracle,
      { Action: "Set-Balances", Token: "AR", Snapshot: "1", Page: `${number}`, Pages: "4" },
      text,
    );
  for (const number of [1, 2, 3]) page(number, rows).sends({ "In-Effect": "0" });
  page(4, `${bob},5`).sends({ "In-Effect": "coming" });
  page(1, rows).refused("busy");
  credit(log, "1000").sends({ to: aoToken, Action: "Balance" });
  log.send(alice, { Action: "Tick" }).sends({ to: alice, data: '{"messages":0,"snapshotsComing":0}' });
  log.send(alice, { Action: "Get-Cycles" }).sends({ to: alice });
  credit(log, "2000").sends();
  return log;
}

export function policyLogs(): Log[] {
  return [strictLog(), wideLog(), largeSnapshotLog()];
}
