/** Every action of the token, and every way in which one can fail. */
import { ethereumAddress, walletAddress } from "../../../units/address.ts";
import { alice, bob, carol, Log, owner } from "../log.ts";

const minter = walletAddress("minter");
const [upper, lower] = [ethereumAddress("eve"), ethereumAddress("eve").toLowerCase()];
const cap = "1000000000000000000000000000000000000";

export function tokenLog(): Log {
  const log = new Log("token", "token", {
    Name: "Token",
    Ticker: "TKN",
    Logo: "logo",
    Denomination: "12",
    Cap: cap,
    "Initial-Supply": "1000000000000000000000",
    "Initial-Holder": alice,
  });
  reads(log);
  transfers(log);
  numbered(log);
  batches(log);
  minting(log);
  reads(log);
  return log;
}

function reads(log: Log): void {
  log
    .send(bob, { Action: "Info" })
    .sends({ to: bob, Name: "Token", ticker: "TKN", Cap: cap, Denomination: "12" });
  log.send(bob, { Action: "Balance" }).sends({ to: bob, Ticker: "TKN", Account: bob });
  log.dryRun({ Action: "Balance", Recipient: upper }).sends({ Account: upper });
  log.send(bob, { Action: "Balance", Target: alice }).sends({ Account: alice });
  log.send(bob, { Action: "Balance", Recipient: "nobody" }).sends({ data: "0" });
  log.send(bob, { Action: "Balances" }).sends({ Ticker: "TKN" });
  log.send(bob, { Action: "Balances", Limit: "1" }).sends({ Action: "Balances-Response" });
  log.send(bob, { Action: "Balances", Limit: "1", Cursor: "1" }).sends({ Action: "Balances-Response" });
  log.send(bob, { Action: "Balances", Limit: "0" }).refused("invalid-limit");
  log.send(bob, { Action: "Balances", Limit: "1001" }).refused("invalid-limit");
  log.send(bob, { Action: "Balances", Cursor: "01" }).refused("invalid-number");
  log.send(bob, { Action: "Balances", Cursor: "1000000000000000" }).refused("invalid-number");
  log.send(bob, { Action: "Total-Supply" }).sends({ Action: "Total-Supply", Ticker: "TKN" });
}

function transfers(log: Log): void {
  const pay = { Action: "Transfer", Recipient: bob, Quantity: "1000" };
  log
    .send(alice, { ...pay, "X-Note": "n", "x-b": "" })
    .sends(
      { to: alice, Action: "Debit-Notice", Recipient: bob, Quantity: "1000", "X-Note": "n", "x-b": "" },
      { to: bob, Action: "Credit-Notice", Sender: alice, Quantity: "1000", "X-Note": "n", "x-b": "" },
    );
  log.send(alice, { ...pay, Recipient: upper }).sends({ Recipient: upper }, { to: upper, Sender: alice });
  log.send(upper, { ...pay, Quantity: "999" }).sends({ to: upper }, { Sender: upper });
  log.send(lower, { ...pay, Quantity: "1" }).sends({ to: lower }, { Sender: lower });
  log.send(alice, { ...pay, Cast: "true" }).sends();
  log.send(alice, { ...pay, Recipient: alice }).sends({ to: alice }, { to: alice });
  const failing = log.nextId();
  log.send(carol, { ...pay, "X-Payout": "1" }).sends({
    to: carol,
    Action: "Transfer-Error",
    Error: "Insufficient Balance!",
    "X-Payout": "1",
    "Message-Id": failing,
  });
  log.send(alice, { Action: "Transfer", Quantity: "1" }).refused("missing-tag", "Recipient is required!");
  log.send(alice, { Action: "Transfer", Recipient: bob }).refused("missing-tag", "Quantity is required!");
  log.send(alice, { ...pay, Recipient: "bob" }).refused("invalid-address");
  log.send(alice, { ...pay, Recipient: `${bob.slice(0, 42)}+` }).refused("invalid-address");
  log.send(alice, { ...pay, Quantity: "0" }).refused("zero-quantity", "Quantity must be greater than 0");
  const malformed = [
    "+1",
    "-1",
    " 1",
    "1 ",
    "01",
    "1e3",
    "0x10",
    "1.5",
    "1".repeat(39),
    "\u0661",
    "NaN",
    "inf",
  ];
  for (const Quantity of malformed) log.send(alice, { ...pay, Quantity }).refused("invalid-quantity");
  log.send(alice, { ...pay, Quantity: "9".repeat(38) }).sends({ Action: "Transfer-Error" });
  log
    .send(
      alice,
      [...Object.entries({ ...pay, "X-A": "1", "x-a": "2" })].map(([name, value]) => ({ name, value })),
    )
    .refused("duplicate-tag", "x-a");
  log
    .push(carol, { Action: "Credit-Notice", Sender: alice, Quantity: "5" })
    .sends({ to: carol, Action: "Transfer", Recipient: alice, Quantity: "5", "X-Action": "Refund" });
  log.push(carol, { Action: "Credit-Notice", Sender: alice, Quantity: "5", "X-Action": "Refund" }).sends();
  log.push(carol, { Action: "Credit-Notice", Sender: alice }).sends();
}

function numbered(log: Log): void {
  const pay = (number: number, settled: number, payer = alice, Quantity = "7") =>
    log.send(payer, {
      Action: "Transfer",
      Recipient: bob,
      Quantity,
      "X-Payout": `${number}`,
      "X-Payouts-Settled": `${settled}`,
    });
  pay(1, 1).sends({ Action: "Debit-Notice", "X-Payout": "1" }, { Action: "Credit-Notice" });
  pay(1, 1).sends({ Action: "Debit-Notice", "X-Payout": "1" });
  pay(2, 1, alice, "9".repeat(38)).sends({ Action: "Transfer-Error", "X-Payout": "2" });
  pay(2, 1).sends({ Action: "Transfer-Error", "X-Payout": "2" });
  pay(4, 3).sends({ Action: "Debit-Notice" }, { Action: "Credit-Notice" });
  pay(1, 3).refused("invalid-payout");
  pay(3, 3).sends({ Action: "Debit-Notice" }, { Action: "Credit-Notice" });
  pay(2, 1).sends();
  pay(8195, 3).refused("invalid-payout");
  pay(1, 1, carol).sends({ Action: "Transfer-Error" });
  log
    .send(alice, { Action: "Transfer", Recipient: bob, Quantity: "1", "X-Payout": "x" })
    .refused("invalid-number");
  const batch = (number: number, quantity: string) =>
    log.send(
      alice,
      { Action: "Batch-Transfer", "X-Payout": `${number}`, "X-Payouts-Settled": "3" },
      `${bob},${quantity}\n${carol},1`,
    );
  batch(5, "2").sends(
    { Action: "Batch-Debit-Notice", Total: "3", "X-Payout": "5" },
    { Action: "Credit-Notice", Quantity: "2" },
    { Action: "Credit-Notice", Quantity: "1" },
  );
  batch(5, "2").sends({ Action: "Batch-Debit-Notice", Total: "3", "X-Payout": "5" });
  batch(6, "9".repeat(37)).sends({ Action: "Transfer-Error", "X-Payout": "6" });
  batch(6, "2").sends({ Action: "Transfer-Error", "X-Payout": "6" });
  batch(2, "2").refused("invalid-payout");
  const destroy = (number: number, Quantity: string) =>
    log.send(alice, {
      ...{ Action: "Burn", Quantity },
      ...{ "X-Payout": `${number}`, "X-Payouts-Settled": "3" },
    });
  destroy(7, "2").sends({ Action: "Burn-Response", Quantity: "2", "X-Payout": "7" });
  destroy(7, "2").sends({ Action: "Burn-Response", Quantity: "2", "X-Payout": "7" });
  destroy(8, "9".repeat(38)).sends({ Action: "Burn-Error", "X-Payout": "8" });
  destroy(8, "2").sends({ Action: "Burn-Error", "X-Payout": "8" });
  destroy(1, "2").refused("invalid-payout");
}

function batches(log: Log): void {
  const batch = (data: string | Uint8Array, from = alice) =>
    log.send(from, { Action: "Batch-Transfer", "X-Batch": "b" }, data);
  const id = log.nextId();
  batch(`${bob},5\r\n\n ${carol} , 6\n${bob},7`).sends(
    {
      to: alice,
      Action: "Batch-Debit-Notice",
      Count: "3",
      Total: "18",
      "Batch-Transfer-Init-Id": id,
      "X-Batch": "b",
    },
    {
      to: bob,
      Action: "Credit-Notice",
      Sender: alice,
      Quantity: "12",
      "Batch-Transfer-Init-Id": id,
      "X-Batch": "b",
    },
    { to: carol, Action: "Credit-Notice", Quantity: "6" },
  );
  batch(`\uFEFF${upper},1`).sends({ Action: "Batch-Debit-Notice" }, { to: upper });
  log.send(alice, { Action: "Batch-Transfer", Cast: "" }, `${bob},1`).sends();
  batch(`${bob},5\n${carol},${"9".repeat(37)}`).sends({
    Action: "Transfer-Error",
    Error: "Insufficient Balance!",
  });
  batch("").refused("invalid-csv", "No transfer entries found in CSV");
  batch("\n \n").refused("invalid-csv", "No transfer entries found in CSV");
  batch(`${bob},5\n${bob}`).refused(
    "invalid-csv",
    "Invalid entry at line 2: recipient and quantity required",
  );
  batch(`${bob},5,6`).refused("invalid-csv", "Invalid entry at line 1");
  batch(`\n${bob},-5`).refused("invalid-csv", "Invalid quantity format at line 2: must contain only digits");
  batch(`${bob},0`).refused("invalid-csv", "Quantity must be greater than 0 at line 1");
  batch("bob,5").refused("invalid-csv", "not an address");
  batch(Uint8Array.of(255, 254)).refused("invalid-csv", "must be text");
  batch("x".repeat(2_097_153)).refused("invalid-csv", "at most 2097152 bytes");
  batch("\n1,1".repeat(20_001)).refused("invalid-csv", "More than 20000 entries");
}

function minting(log: Log): void {
  const mint = { Action: "Mint", Recipient: bob, Quantity: "100" };
  const error = "Only the minter can mint!";
  log.send(owner, mint).sends({ to: owner, Action: "Mint-Error", Error: error });
  log.send(alice, { Action: "Set-Minter", Minter: minter }).refused("not-owner");
  log.send(owner, { Action: "Set-Minter" }).refused("missing-tag");
  log.send(owner, { Action: "Set-Minter", Minter: "m" }).refused("invalid-address");
  log.send(owner, { Action: "Set-Minter", Minter: minter }).sends({ Minter: minter });
  log.send(owner, { Action: "Set-Minter", Minter: minter }).refused("already-set");
  log
    .send(minter, mint)
    .sends(
      { to: minter, Action: "Mint-Response", Quantity: "100" },
      { to: bob, Action: "Credit-Notice", Sender: minter, Quantity: "100" },
    );
  log
    .send(minter, { ...mint, "X-Cumulative": "250", "X-Cycle": "1" })
    .sends(
      { Action: "Mint-Response", Quantity: "250" },
      { to: bob, Quantity: "250", "X-Cycle": "1", "X-Cumulative": "250" },
    );
  log.send(minter, { ...mint, "X-Cumulative": "250" }).sends({ Action: "Mint-Response", Quantity: "0" });
  log.send(minter, { ...mint, "X-Cumulative": "240" }).sends({ Action: "Mint-Response", Quantity: "0" });
  log.send(minter, { ...mint, "X-Cumulative": "25x" }).refused("invalid-quantity");
  log
    .send(minter, { ...mint, Quantity: cap })
    .sends({ Action: "Mint-Error", Error: "The cap would be exceeded!" });
  log.send(minter, { Action: "Mint", Recipient: bob }).refused("missing-tag");
  log
    .send(minter, { Action: "Mint" }, `${bob},1\n${carol},2`)
    .sends(
      { Action: "Mint-Response", Quantity: "3" },
      { to: bob, Quantity: "1" },
      { to: carol, Quantity: "2" },
    );
  log.send(minter, { Action: "Mint" }, `${bob},${cap}`).sends({ Action: "Mint-Error" });
  log.send(minter, { Action: "Mint" }).refused("invalid-csv");
  log
    .send(bob, { Action: "Burn", Quantity: "100" })
    .sends({ to: bob, Action: "Burn-Response", Quantity: "100" });
  log
    .send(bob, { Action: "Burn", Quantity: cap })
    .sends({ Action: "Burn-Error", Error: "Insufficient Balance!" });
  log.send(bob, { Action: "Burn" }).refused("missing-tag");
  log.send(bob, { Action: "Burn", Quantity: "0" }).refused("zero-quantity");
}
