/** Every action of the index, and every way in which one can fail. */
import { alice, bob, carol, Log, type Step } from "../log.ts";
import { basket, batches, caps, claims, leftOut, reads, swaps } from "./pi-market.ts";
import {
  ask,
  come,
  day,
  hour,
  ids,
  indexParameters,
  one,
  paid,
  setPrice,
  type TagRecord,
} from "./pi-words.ts";

const { pi, ao, ar, ledger, factory, pool, feed, guardian, stranger } = ids;

export function indexLogs(): readonly Log[] {
  const log = new Log("pi", "pi", indexParameters);
  empty(log);
  yields(log);
  prices(log);
  auctions(log);
  sessions(log);
  byValue(log);
  redemptions(log);
  basket(log);
  leftOut(log);
  batches(log);
  swaps(log);
  claims(log);
  caps(log);
  reads(log);
  const few = new Log("an index without sources", "pi", { ...indexParameters, Sources: "", Guardian: "" });
  few.send(alice, { Action: "Pause-Mints" }).refused("not-guardian");
  few.send(alice, { Action: "Get-Holdings" }).sends({ Action: "Get-Holdings-Response" });
  return [log, few];
}

function empty(log: Log): void {
  ask(log, "Info").sends({ Action: "Info-Response", Supply: "0", "Last-Error": "none", "Fee-Bps": "50" });
  ask(log, "Open-Session").refused("not-started");
  ask(log, "Quote-Mint", { Quantity: "5" }).refused("not-started");
  ask(log, "Quote-Mint", { Quantity: "5", Asset: ao }).refused("no-mint", "not been started");
  ask(log, "Quote-Redeem", { Quantity: "5" }).refused("not-started");
  come(log, ao, alice, 50, { "X-Action": "Mint" }).sends({ to: ao, Recipient: alice, "X-Action": "Refund" });
  paid(log, ao, 1);
}

/** 600 AO of two delegators, at one PI for one AO. */
function yields(log: Log): void {
  log
    .send(bob, { Action: "Tick" })
    .sends(
      { to: ao, Action: "Info" },
      { to: ar, Action: "Info" },
      { to: pool, Action: "Get-Cumulative-Price" },
      { to: ledger, Action: "Withdraw" },
      { to: ledger, Action: "Report-Contributions", Reference: "1" },
      { to: factory, Action: "Get-FLPs", Cursor: "0" },
      { to: bob, Action: "Tick-Response", data: '{"round":1,"phase":"collecting","messages":6}' },
    );
  log.push(ledger, { Action: "Withdraw-Settled" }).sends();
  log.push(ledger, { Action: "Withdraw-Returned" }).sends();
  come(log, ao, ledger, 600).sends();
  const page = { Action: "Contribution-Report", Reference: "1", Page: "1", Pages: "1", Cycle: "7" };
  log.push(stranger, page, `${alice},600`).sends();
  const completed = log.nextId();
  log
    .push(ledger, page, `${alice},400\n${bob},200`)
    .sends(
      { to: pi, Action: "Mint", Quantity: "600", "X-Cumulative": "600" },
      { to: pi, Action: "Batch-Transfer", data: `${alice},400\n${bob},200` },
    );
  come(log, pi, log.id, 600, { "X-Cumulative": "600" }).sends();
  log.push(pi, { Action: "Batch-Debit-Notice", "X-Payout": "1" }).sends();
  log.push(pi, { Action: "Mint-Error", Error: "Above the cap" }).sends();
  log.push(stranger, { Action: "Mint-Error", Error: "Believe me" }).sends();
  log.push(pi, { Action: "Mint-Response", "X-Reference": "mint-600" }).sends();
  log.push(stranger, { Action: "Mint-Response", "X-Reference": "mint-900" }).sends();
  ask(log, "Info").sends({ Supply: "600", "Minted-Confirmed": "600", "Last-Error": "Above the cap" });
  const row = { DistributionTick: 1, YieldCycle: 7, TotalMintedInTick: "600", TotalInflowInTick: "600" };
  const text = JSON.stringify(row).slice(0, -1);
  log.dryRun({ Action: "Get-Yield-Tick-History" }).sends({ Action: "Get-Yield-Tick-History-Response" });
  ask(log, "Tick-History", { Cursor: "0", Limit: "1" }).sends({
    Action: "Tick-History-Response",
    data: `[${text},"Timestamp":"${log.now}","TriggerMintReportIds":["${completed}"]}]`,
  });
  ask(log, "Tick-History", { Cursor: "x" }).refused("invalid-number");
}

function prices(log: Log): void {
  const set = (from: string, tags: TagRecord): Step => log.push(from, { Action: "Set-Price", ...tags });
  set(stranger, { Asset: ar, Price: "1" }).refused("not-feed");
  set(feed, { Asset: ao, Price: "1" }).refused("not-feed");
  set(feed, {}).refused("missing-tag");
  set(feed, { Asset: ar, Price: "0.5" }).refused("invalid-price");
  set(feed, { Asset: ar, Price: "9".repeat(69) }).refused("invalid-price");
  setPrice(log, 2n * one);
  const sums = { Action: "Get-Cumulative-Price-Response", "Token-A": ao, "Token-B": ar };
  const read = (sum: bigint, more: TagRecord = {}): Step =>
    log.push(pool, {
      ...{ ...sums, "Price-B-Cumulative": `${sum}`, "As-Of-Timestamp": `${log.now}` },
      ...more,
    });
  read(5n).sends();
  read(6n, { "As-Of-Timestamp": `${log.now + 1}` }).sends();
  read(6n, { "Token-A": stranger }).sends();
  log.now += 600_000;
  read(5n + 2n * 10n ** 42n * 600_000n).sends();
  setPrice(log, 2n * one);
  const token = { Action: "Info-Response", Ticker: "AR", ticker: "AR", Denomination: "12" };
  log.push(ar, { ...token, "Numbered-Transfers": "true" }).sends();
  log.push(ar, { ...token, Ticker: "RA" }).sends();
  log.push(ao, { Ticker: "AO", Denomination: "12" }).sends();
  log.push(stranger, { Ticker: "X" }).refused("unknown-action");
  log.push(pi, { Ticker: "PI" }).sends();
}

const openAuction = (log: Log, Sell: string, Buy: string): Step => ask(log, "Open-Auction", { Sell, Buy });

function auctions(log: Log): void {
  openAuction(log, ao, "").refused("missing-tag");
  openAuction(log, ao, ao).refused("invalid-pair");
  openAuction(log, ao, stranger).refused("no-price");
  openAuction(log, ar, ao).refused("not-due");
  openAuction(log, ao, ar).sends({
    ...{ Action: "Open-Auction-Response", "Auction-Id": "1", "Auction-Type": "Dutch", Status: "Open" },
    ...{ "Auctioned-Asset-Ticker": "AO", "Payment-Asset-Id": ar, "Auctioned-Amount": "300" },
    ...{ "Dutch-Tick-Count": "0", "Dutch-Total-Ticks": "72", "Duration-Minutes": "72" },
  });
  openAuction(log, ao, ar).refused("busy");
  ask(log, "Get-Auction", { "Auction-Id": "2" }).refused("unknown-auction");
  const bid = (token: string, quantity: number, more: TagRecord): Step =>
    come(log, token, carol, quantity, { "X-Action": "Bid", ...more });
  const back = (token: string, reason: string) => ({ to: token, "X-Reason": reason });
  bid(ar, 5, {}).sends(back(ar, "X-Auction names no auction"));
  bid(ao, 5, { "X-Auction": "1" }).sends(back(ao, "The auction is paid in another asset"));
  bid(ar, 5, { "X-Auction": "1", "X-Max-Price": "-" }).sends(
    back(ar, "X-Max-Price must be a price: digits only"),
  );
  bid(ar, 5, { "X-Auction": "1", "X-Max-Price": "1" }).sends(
    back(ar, "The price is above X-Max-Price, or the payment buys nothing"),
  );
  log.now += 45 * 60_000;
  bid(ar, 1_000, { "X-Auction": "1" }).sends(
    { to: ao, Recipient: carol, "X-Action": "Bid-Filled", "X-Auction": "1" },
    back(ar, "More than the bid cost"),
  );
  bid(ar, 5, { "X-Auction": "1" }).sends(back(ar, "The auction is closed"));
  log.dryRun({ Action: "Get-Auction", "Auction-Id": "1" }).sends({ Status: "Closed" });
  ask(log, "Get-Auctions", { Limit: "1" }).sends({ Action: "Get-Auctions-Response" });
  for (let number = 2; number <= 3; number++) paid(log, ao, number);
  for (let number = 1; number <= 5; number++) paid(log, ar, number);
}

function sessions(log: Log): void {
  ask(log, "Open-Session", { "Min-Out": "x" }).refused("invalid-quantity");
  const open = (more: TagRecord = {}): string => {
    const session = log.nextId();
    ask(log, "Open-Session", more).sends({ Action: "Open-Session-Response", Session: session, Owner: bob });
    return session;
  };
  const leg = (token: string, sender: string, quantity: number, session: string): Step =>
    come(log, token, sender, quantity, { "X-Action": "Deposit", "X-Session": session });
  const back = (reason: string) => ({ "X-Action": "Refund", "X-Reason": reason });
  const [first, second] = [open(), open({ "Min-Out": "1000000" })];
  leg(ao, bob, 7, stranger).sends(back("X-Session names no open session"));
  leg(ao, carol, 7, first).sends(back("The session is somebody else's"));
  leg(ao, bob, 100, first).sends();
  leg(ar, bob, 100, first).sends(
    { to: pi, Action: "Mint" },
    { to: pi, Action: "Transfer", Recipient: bob, "X-Action": "Minted", "X-Session": first },
    { to: ar, ...back("More than the smallest leg") },
  );
  ask(log, "Get-Session", { Session: first }).refused("unknown-session");
  ask(log, "Get-Session").refused("missing-tag");
  leg(ao, bob, 100, second).sends();
  ask(log, "Get-Session", { Session: second }).sends({ "Min-Out": "1000000" });
  leg(ar, bob, 100, second).sends(
    { to: ao, Quantity: "100", ...back("The smallest leg is worth less than Min-Out") },
    { to: ar, Quantity: "100" },
  );
  const third = open();
  leg(ar, bob, 30, third).sends();
  log.now += hour;
  leg(ao, bob, 30, third).sends(
    { to: ar, Quantity: "30", ...back("The session was not complete by its deadline") },
    { to: ao, Quantity: "30", ...back("The session was not complete by its deadline") },
  );
  const fourth = open();
  leg(ar, bob, 31, fourth).sends();
  log.now += hour;
  log.cron({ Action: "Tick" });
  ask(log, "Get-Session", { Session: fourth }).refused("unknown-session");
  log.send(guardian, { Action: "Pause-Mints" }).sends({ "Paused-Until": `${log.now + 7 * day}` });
  ask(log, "Pause-Mints").refused("not-guardian");
  ask(log, "Open-Session").refused("paused");
  log.now += 7 * day;
  const fifth = open();
  log.send(guardian, { Action: "Pause-Mints" }).sends({ to: guardian });
  leg(ar, bob, 31, fifth).sends(back("Mints are paused; redeeming goes on"));
  come(log, ar, bob, 5, { "X-Action": "Mint" }).sends(back("Mints are paused; redeeming goes on"));
  log.now += 7 * day;
}

function byValue(log: Log): void {
  ask(log, "Quote-Mint").refused("missing-tag");
  ask(log, "Quote-Mint", { Quantity: "7" }).sends({ Action: "Quote-Mint-Response", PI: "7" });
  ask(log, "Quote-Mint", { Quantity: "7", Asset: stranger }).refused("unknown-asset");
  ask(log, "Quote-Mint", { Quantity: "7", Asset: ao }).refused("no-mint", "There is no fresh price");
  setPrice(log, 2n * one);
  ask(log, "Quote-Mint", { Quantity: "100", Asset: ao }).sends({ Action: "Quote-Mint-Response" });
  const mint = (quantity: number, more: TagRecord = {}): Step =>
    come(log, ao, carol, quantity, { "X-Action": "Mint", ...more });
  mint(100, { "X-Min-Out": "100" }).sends({ to: ao, Quantity: "100", "X-Action": "Refund" });
  mint(100, { "X-Min-Out": "x" }).sends({ to: ao, Quantity: "100", "X-Action": "Refund" });
  mint(1).sends({ to: ao, "X-Reason": "The amount is too small for any PI" });
  mint(100, { "X-Min-Out": "50" }).sends(
    { to: pi, Action: "Mint" },
    { to: pi, Recipient: carol, "X-Action": "Minted" },
  );
}

function redemptions(log: Log): void {
  const redeem = (quantity: string, more: TagRecord = { "X-Action": "Redeem" }): Step =>
    come(log, pi, alice, quantity, more);
  redeem("5", {}).sends({ to: pi, Recipient: alice, "X-Reason": "PI is taken with X-Action: Redeem only" });
  redeem("999999").sends({ to: pi, "X-Reason": "That is more PI than there is" });
  redeem("5", { "X-Action": "Refund" }).sends();
  ask(log, "Quote-Redeem", { Quantity: "999999" }).refused("no-redeem");
  ask(log, "Quote-Redeem", { Quantity: "60" }).sends({ Action: "Quote-Redeem-Response", PI: "60" });
  redeem("60").sends(
    { to: alice, Action: "Redeem-Confirmation", Quantity: "60" },
    { to: ao, Recipient: alice, "X-Action": "Redeemed" },
    { to: ar, Recipient: alice },
    { to: pi, Action: "Burn", Quantity: "60" },
  );
  // What was sent and burned, and 999999 on their way back.
  ask(log, "Info").sends({ "Pending-Pi": "1000359" });
}
