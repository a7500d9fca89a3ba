/** Every action of the pool, and every way in which one can fail. */
import { ethereumAddress, identifier } from "../../../units/address.ts";
import { alice, bob, carol, Log, type Tags } from "../log.ts";

const [first, second, stranger] = ["first token", "second token", "another token"].map((name) =>
  identifier(name),
) as [string, string, string];
const [upper, lower] = [ethereumAddress("eve"), ethereumAddress("eve").toLowerCase()];
const hour = 3_600_000;

type TagRecord = Readonly<Record<string, string>>;

export function poolLogs(): readonly Log[] {
  const log = poolLog("pool", {});
  empty(log);
  deposits(log);
  swaps(log);
  odd(log);
  tokens(log);
  removals(log);
  payouts(log);
  reads(log);
  const plain = poolLog("pool with tokens that number nothing", {
    ...{ "Fee-Bps": "0", "Numbered-Transfers-A": "false", "Numbered-Transfers-B": "false" },
  });
  unnumbered(plain);
  return [log, plain];
}

function poolLog(name: string, more: TagRecord): Log {
  return new Log(name, "pool", {
    ...{ "Token-A": first, "Token-B": second, Name: "First and second", Ticker: "F-S", Logo: "logo" },
    ...{ "Numbered-Transfers-A": "true", "Numbered-Transfers-B": "true", ...more },
  });
}

const notice = (Sender: string, Quantity: string, more: TagRecord): TagRecord => ({
  ...{ Action: "Credit-Notice", Sender, Quantity },
  ...more,
});
const provide = (log: Log, token: string, sender: string, quantity: string, more: TagRecord = {}) =>
  log.push(token, notice(sender, quantity, { "X-Action": "Provide", ...more }));
const swap = (
  log: Log,
  token: string,
  sender: string,
  quantity: string,
  least: string,
  more: TagRecord = {},
) =>
  log.push(token, notice(sender, quantity, { "X-Action": "Swap", "X-Expected-Min-Output": least, ...more }));
const ask = (log: Log, Action: string, more: TagRecord = {}) => log.send(bob, { Action, ...more });

function empty(log: Log): void {
  ask(log, "Info").sends({
    ...{ Action: "Info-Response", Ticker: "F-S", Supply: "0", "Fee-Bps": "25", "Last-Change": "never" },
    ...{ "Token-A-Accounted-For": "0", "Token-A-Book-Balance": "0", TokenB: second },
  });
  ask(log, "Get-Price", { Token: first }).refused("no-liquidity");
  ask(log, "Get-Swap-Output", { Token: first, Quantity: "1" }).refused("no-liquidity");
  ask(log, "Get-Cumulative-Price").refused("no-liquidity");
  swap(log, first, alice, "5", "1").sends(
    { to: first, Action: "Transfer", Recipient: alice, Quantity: "5", "X-Action": "Refund" },
    { to: alice, Action: "Order-Error", Result: "The pool has no liquidity yet", "To-Token": second },
  );
  answer(log, first, 1);
}

/** The token has paid a payout. */
function answer(log: Log, token: string, number: number) {
  return log.push(token, { Action: "Debit-Notice", "X-Payout": `${number}` }).sends();
}

function deposits(log: Log): void {
  provide(log, first, alice, "1000").sends();
  ask(log, "Get-Pending-Provides", { Recipient: alice }).sends({
    ...{ "Provide-Found": "true", Token: first, Quantity: "1000", Deadline: `${log.now + hour}` },
  });
  provide(log, second, alice, "1000").sends(
    { to: first, Recipient: alice, Quantity: "1000", "X-Action": "Refund" },
    { to: second, Recipient: alice, Quantity: "1000", "X-Reason": "Too little liquidity provided" },
    { to: alice, Action: "Provide-Error", "Token-A-Quantity": "1000", "Token-B-Quantity": "1000" },
  );
  provide(log, second, alice, "1000000000000").sends();
  provide(log, second, alice, "3000000000000", { "X-Nonce": "n" }).sends();
  const id = log.nextId();
  provide(log, first, alice, "1000000000000", { "X-Nonce": "n" }).sends(
    {
      ...{ to: alice, Action: "Provide-Confirmation", "Received-Pool-Tokens": "1999999999000" },
      ...{ "Provide-Id": id, [`Provided-${first}`]: "1000000000000", "X-Nonce": "n" },
    },
    { to: alice, Action: "Credit-Notice", Sender: log.id, Quantity: "1999999999000", "X-Nonce": "n" },
  );
  ask(log, "Balance", { Recipient: log.id }).sends({ data: "1000" });
  // The wrong ratio: what is too much of the second token goes back.
  provide(log, second, bob, "1000", { "X-Slippage-Tolerance": "80" }).sends();
  provide(log, first, bob, "100").sends(
    { to: second, Action: "Transfer", Recipient: bob, Quantity: "600", "X-Action": "Refund" },
    { to: bob, Action: "Provide-Confirmation", "Received-Pool-Tokens": "200", "Token-B-Quantity": "400" },
    { to: bob, Action: "Credit-Notice", Quantity: "200" },
  );
  const tolerance = "Could not provide liquidity within the given slippage tolerance";
  provide(log, second, bob, "1000").sends();
  provide(log, first, bob, "100", { "X-Slippage-Tolerance": "59.9" }).sends(
    { to: first, Quantity: "100" },
    { to: second, Quantity: "1000" },
    { to: bob, Action: "Provide-Error", Result: tolerance },
  );
  provide(log, second, bob, "400", { "X-Min-Shares": "201" }).sends();
  provide(log, first, bob, "100", { "X-Min-Shares": "199" }).sends(
    { to: first },
    { to: second },
    { to: bob, Result: "Could not provide with X-Min-Shares: it would be 200" },
  );
  malformedTerms(log);
  waiting(log);
}

function malformedTerms(log: Log): void {
  for (const tags of [
    ...["100.01", "-1", "0.001", "1e1", "", "1000000"].map((tolerance) => ({
      "X-Slippage-Tolerance": tolerance,
    })),
    { "X-Min-Shares": "1.5" },
    { "X-Note": "x".repeat(1_019) },
  ])
    provide(log, first, bob, "7", tags).sends({ to: first, Quantity: "7" }, { Action: "Provide-Error" });
  provide(log, first, bob, "7", { "X-Note": "x".repeat(1_018) }).sends();
  log.send(bob, { Action: "Cancel", Transfer: "another" }).refused("unknown-deposit");
  log.send(alice, { Action: "Cancel" }).refused("unknown-deposit");
  log
    .send(bob, { Action: "Cancel" })
    .sends(
      { to: first, Recipient: bob, Quantity: "7", "X-Reason": "Cancelled" },
      { to: bob, Action: "Refund-Notice", Token: first, Quantity: "7" },
    );
  log.send(bob, { Action: "Cancel" }).refused("unknown-deposit");
}

function waiting(log: Log): void {
  const late = "The other half of the deposit did not come in time";
  for (let number = 2; number <= 13; number++) answer(log, first, number);
  for (let number = 1; number <= 4; number++) answer(log, second, number);
  provide(log, first, upper, "70").sends();
  log.now += 1_000;
  provide(log, second, bob, "80").sends();
  provide(log, second, carol, "90").sends();
  log.now += hour - 1_001;
  log.send(carol, { Action: "Tick" }).sends({ data: '{"deposits":0,"payouts":0}' });
  log.now += 1;
  // Too late for the other half: both begin anew.
  provide(log, second, lower, "5").sends({ to: first, Recipient: upper, Quantity: "70", "X-Reason": late });
  log.now += 1_000;
  log
    .cron({ Action: "Tick" })
    .sends(
      { to: second, Recipient: bob, Quantity: "80", "X-Reason": late },
      { to: second, Recipient: carol, Quantity: "90" },
    );
  log.cron({ Action: "Tick" }).sends();
  ask(log, "Get-Pending-Provides").sends({ "Provide-Found": "false", "Provide-Id": "0", Deadline: "0" });
  ask(log, "Get-Pending-Provides", { Recipient: upper }).sends({ Token: second, Quantity: "5" });
  log.send(upper, { Action: "Cancel" }).sends({ to: second, Recipient: lower }, { Action: "Refund-Notice" });
}

function swaps(log: Log): void {
  ask(log, "Get-Swap-Output", { Token: first, Quantity: "1000000000", Swapper: bob }).sends({
    ...{ Output: "3986023941", "Quantity-After-Fees": "997500000", "LP-Fee-Quantity": "2500000" },
    "Has-Fee-Discount": "false",
  });
  const id = log.nextId();
  swap(log, first, bob, "1000000000", "3986023941", { "X-Swap-Nonce": "s", "X-Payout": "1" }).sends(
    {
      ...{ to: second, Action: "Transfer", Recipient: bob, Quantity: "3986023941", "X-Swap-Nonce": "s" },
      ...{ "X-Action": "Swap-Output", "X-Token-A": first, "X-Fee-Bps": "25" },
    },
    {
      ...{ to: bob, Action: "Order-Confirmation", "Order-Id": id, "From-Token": first },
      ...{ "From-Quantity": "1000000000", "To-Token": second, "To-Quantity": "3986023941" },
      ...{ "Fee-Percentage": "0.25", "Total-Fee": "2500000", "Protocol-Fee": "0", User: bob },
      "X-Swap-Nonce": "s",
    },
  );
  const declined = (quantity: string, least: string, result: string, more: TagRecord = {}) =>
    swap(log, second, bob, quantity, least, more).sends(
      { to: second, Action: "Transfer", Recipient: bob, Quantity: quantity, "X-Action": "Refund" },
      { to: bob, Action: "Order-Error", "Response-For": "Swap", Result: result, "To-Quantity": least },
    );
  declined("1000", "251", "Could not swap with expected min output: it would be 249");
  declined("1", "1", "The output would be nothing");
  declined("1000", "", "X-Expected-Min-Output is required!");
  declined("1000", "0", "X-Expected-Min-Output must be greater than 0");
  declined("1000", "1", "The tags that travel on must have at most 1024 characters together", {
    "X-Note": "x".repeat(1_019),
  });
  const digits =
    "X-Expected-Min-Output must be a whole number of smallest units: digits only, no sign, no leading zero, at most 38 digits";
  declined("1000", "1.5", digits);
  swap(log, second, carol, "4000000000", "1").sends({ to: first, Quantity: "998496507" }, { to: carol });
}

function odd(log: Log): void {
  for (const tags of [{}, { "X-Action": "swap" }, { "X-Action": "Deposit" }])
    log
      .push(first, notice(bob, "9", { ...tags, "Pushed-For": identifier("pushed") }))
      .sends({ to: first, Recipient: bob, Quantity: "9", "X-Reason": "X-Action must be Swap or Provide" });
  log.push(first, notice(bob, "9", { "X-Action": "Refund" })).sends();
  const twice: Tags = [...Object.entries(notice(bob, "3", { "X-Action": "Swap" })), ["x-action", "Swap"]].map(
    ([name, value]) => ({ name: name!, value: value! }),
  );
  log.push(second, twice).sends();
  ask(log, "Get-Claimable").sends({ "Token-A-Quantity": "9", "Token-B-Quantity": "3" });
  ask(log, "Get-Claimable", { Recipient: alice }).sends({ "Token-A-Quantity": "0" });
  log.push(first, notice(log.id, "2", { "X-Action": "Swap" })).sends();
  log.push(log.id, notice(bob, "2", { "X-Action": "Swap" })).sends();
  log
    .push(stranger, notice(bob, "9", { "X-Action": "Swap" }))
    .sends({ to: stranger, Recipient: bob, Quantity: "9", "X-Action": "Refund" });
  for (const tags of [{ Sender: "" }, { Quantity: "-1" }, { Quantity: "0" }, { Sender: "me" }])
    log.push(first, notice(bob, "9", { "X-Action": "Swap", ...tags })).sends();
  swap(log, first, upper, "1000000", "1").sends({ to: second, Recipient: upper }, { to: upper });
  log.push(first, notice(bob, "9", { "X-Action": "Swap" }), undefined, carol).refused("untrusted");
}

function tokens(log: Log): void {
  const pay = { Action: "Transfer", Recipient: carol, Quantity: "100" };
  log.send(bob, pay).sends({ Action: "Debit-Notice" }, { to: carol, Action: "Credit-Notice" });
  log.send(bob, { ...pay, Recipient: log.id }).refused("invalid-address", "must not be the process itself");
  log.send(bob, { Action: "Batch-Transfer" }, `${carol},1\n${log.id},1`).refused("invalid-address");
  log.send(bob, { Action: "Batch-Transfer" }, `${carol},1`).sends({}, { to: carol, Quantity: "1" });
  log.send(bob, { ...pay, Quantity: "9".repeat(38) }).sends({ Action: "Transfer-Error" });
  ask(log, "Balances").sends({ Ticker: "F-S" });
  ask(log, "Total-Supply").sends({ data: "2000000000200" });
}

function removals(log: Log): void {
  const burn = (from: string, Quantity: string, more: TagRecord = {}) =>
    log.send(from, { Action: "Burn", Quantity, ...more });
  burn(bob, "").refused("missing-tag");
  burn(bob, "0").refused("zero-quantity");
  burn(bob, "1", { "Min-Token-A": "x" }).refused("invalid-quantity");
  burn(bob, "1", { "Min-Token-B": "-1" }).refused("invalid-quantity");
  burn(bob, "1", { "X-Note": "x".repeat(1_019) }).refused("invalid-tags");
  burn(bob, "100").sends({ to: bob, Action: "Burn-Error", Error: "Insufficient Balance!" });
  burn(bob, "99", { "Min-Token-A": "50" }).sends({
    ...{ Action: "Burn-Error", Result: "Less than was asked for: it would be 49 and 198" },
  });
  burn(bob, "99", { "Min-Token-B": "199" }).sends({ Action: "Burn-Error" });
  burn(bob, "99", { "Min-Token-A": "49", "Min-Token-B": "198", "X-Note": "n" }).sends(
    { to: first, Recipient: bob, Quantity: "49", "X-Action": "Burn-LP-Output", "X-Note": "n" },
    { to: second, Recipient: bob, Quantity: "198" },
    { to: bob, Action: "Burn-Confirmation", "Burned-Pool-Tokens": "99", [`Withdrawn-${second}`]: "198" },
    { to: bob, Action: "Debit-Notice", Recipient: log.id, Quantity: "99" },
  );
  burn(carol, "1").sends({ to: second, Quantity: "2" }, { "Token-A-Quantity": "0" }, { to: carol });
}

function payouts(log: Log): void {
  log.push(first, { Action: "Transfer-Error", "X-Payout": "14", Error: "Insufficient Balance!" }).sends({
    ...{ to: upper, Action: "Payout-Returned", Token: first, Quantity: "70" },
    Reason: "Insufficient Balance!",
  });
  log.push(first, { Action: "Transfer-Error", "X-Payout": "14" }).sends();
  log
    .push(second, { Action: "Transfer-Error", "X-Reference": "payout-5" })
    .sends({ to: bob, Quantity: "80", Reason: "" });
  log.push(second, { Action: "Transfer-Error", "X-Reference": "payment-6" }).sends();
  log.push(stranger, { Action: "Transfer-Error", "X-Payout": "15" }).sends();
  log.push(stranger, { Action: "Debit-Notice", "X-Payout": "15" }).sends();
  log.push(first, { Action: "Debit-Notice" }).sends();
  log.send(carol, { Action: "Claim" }).refused("nothing-owed");
  log
    .send(bob, { Action: "Claim" })
    .sends(
      { to: bob, Action: "Claim-Response", "Token-A-Quantity": "9", "Token-B-Quantity": "83" },
      { to: first, Recipient: bob, Quantity: "9" },
      { to: second, Recipient: bob, Quantity: "83" },
    );
  log.send(bob, { Action: "Claim" }).refused("nothing-owed");
  log
    .send(lower, { Action: "Claim" })
    .sends({ "Token-B-Quantity": "0" }, { to: first, Recipient: lower, Quantity: "70" });
  log.now += 600_000;
  log.send(alice, { Action: "Tick" });
}

function reads(log: Log): void {
  ask(log, "Get-Pair").sends({ "Token-A": first, "Token-B": second });
  ask(log, "Get-Reserves").sends({ Action: "Get-Reserves-Response", "Token-A": first });
  ask(log, "Get-K").sends({ Action: "Get-K-Response" });
  ask(log, "Get-Fee-Percentage").sends({ "Fee-Percentage": "0.25", "Protocol-Fee-Percentage": "0" });
  ask(log, "Get-Price", { Token: first }).sends({ Price: "3", "Expected-Output": "0" });
  ask(log, "Get-Price", { Token: second, Quantity: "1000000000000" }).sends({ Action: "Get-Price-Response" });
  ask(log, "Get-Price", { Token: stranger }).refused("unknown-token");
  ask(log, "Get-Price").refused("missing-tag");
  ask(log, "Get-Price", { Token: first, Quantity: "-1" }).refused("invalid-quantity");
  ask(log, "Get-Swap-Output", { Token: first }).refused("missing-tag");
  ask(log, "Get-Cumulative-Price").sends({ Places: "42", "As-Of-Timestamp": `${log.now}` });
  log.now += 1;
  log.dryRun({ Action: "Get-Cumulative-Price" }).sends({ "As-Of-Timestamp": `${log.now}` });
  ask(log, "Info").sends({
    "Pool-Type": "constant-product",
    "Deposits-Waiting": "0",
    "Locked-Shares": "1000",
  });
}

function unnumbered(log: Log): void {
  provide(log, first, alice, "5000").sends();
  provide(log, second, alice, "5000").sends({ "Received-Pool-Tokens": "4000" }, { to: alice });
  swap(log, first, bob, "1000", "833").sends({ to: second, Quantity: "833" }, { "Total-Fee": "0" });
  log.now += 600_000;
  log.send(alice, { Action: "Tick" }).sends({ data: '{"deposits":0,"payouts":0}' });
  ask(log, "Info").sends({ "Token-B-Unconfirmed": "833", "Token-B-Pending": "0" });
  log.push(second, { Action: "Transfer-Error", "X-Payout": "1" }).sends({ Action: "Payout-Returned" });
  ask(log, "Info").sends({ "Token-B-Unconfirmed": "0", "Token-B-Owed": "833" });
  log.send(bob, { Action: "Claim" }).sends({ "Token-B-Quantity": "833" }, { to: second });
  answer(log, second, 2);
  ask(log, "Info").sends({ "Token-B-Settled": "833", "Token-B-Book-Balance": "4167" });
}
