/** The index's basket, batches, swaps, claims, caps and reads: the second half of its log. */
import { alice, bob, carol, type Log, type Step } from "../log.ts";
import { ask, come, day, hour, ids, one, paid, setPrice, type TagRecord } from "./pi-words.ts";

const { ao, ar, pi, live, ledger, factory, launch, pool, other, guardian, stranger } = ids;

export function basket(log: Log): void {
  const row = (token: string, received: string, status = "Active") => ({
    ...{ flp_id: launch, flp_token_process: token, flp_token_ticker: "LIVE", status },
    accumulated_qty: received,
  });
  const answer = (cursor: string, rows: readonly object[], next: string | null): Step =>
    log.push(
      factory,
      { Action: "Get-FLPs-Response", "X-Reference": `basket-${cursor}` },
      JSON.stringify({ items: rows, nextCursor: next }),
    );
  answer("1", [], null).sends();
  answer("0", [row(live, "5"), { flp_id: 7 }], "more").sends({ to: factory, Cursor: "more" });
  answer("more", [row(pi, "9")], null).sends(
    { to: live, Action: "Info" },
    {
      ...{ to: ledger, Action: "Set-Delegations" },
      data: `{"delegations":[{"walletTo":"${launch}","factor":10000}],"version":1}`,
    },
  );
  answer("more", [], null).sends();
  log.push(live, { Action: "Info-Response", Ticker: "LIVE", Denomination: "6" }).sends();
  come(log, live, launch, 100_000).sends();
  const told = (price: string, timestamp: string): Step =>
    log.push(
      launch,
      { Action: "Resp-Get-Yield-Tick-History" },
      JSON.stringify([{ TokenPriceInAo: price, Timestamp: timestamp }]),
    );
  told("x", `${log.now}`).sends();
  told("1", "soon").sends();
  told(`${10n ** 17n}`, `${log.now}`).sends();
  log.cron({ Action: "Tick" });
  ask(log, "Open-Batch-Auction", { Sell: live }).refused("not-due", "The token has a fresh price");
}

/** Deposits in kind without the launch's token. */
export function leftOut(log: Log): void {
  const without = (...tokens: readonly string[]): TagRecord => ({ Without: JSON.stringify(tokens) });
  ask(log, "Open-Session", without(ao)).refused("unknown-asset");
  ask(log, "Open-Session", { Without: "live" }).refused("invalid-ids");
  ask(log, "Quote-Mint", { Quantity: "50", ...without(live, live) }).refused("invalid-ids");
  ask(log, "Quote-Mint", { Quantity: "50", ...without(ar) }).refused("unknown-asset");
  const session = log.nextId();
  ask(log, "Open-Session", without(live)).sends({ Session: session, Without: `["${live}"]` });
  const leg = (token: string, quantity: number): Step =>
    come(log, token, bob, quantity, { "X-Action": "Deposit", "X-Session": session });
  leg(live, 5).sends({
    to: live,
    "X-Reason": "The basket has nothing of this asset, or the session leaves it out",
  });
  setPrice(log, 2n * one);
  ask(log, "Quote-Mint", { Quantity: "50", ...without(live) }).sends({ PI: "50" });
  leg(ao, 1_000).sends();
  leg(ar, 1_000).sends(
    { to: pi, Action: "Mint" },
    { to: pi, Action: "Transfer", Recipient: bob, "X-Action": "Minted" },
    { to: ao, Recipient: bob, "X-Reason": "More than the smallest leg" },
    { to: ar, Recipient: bob },
  );
  paid(log, live, 1);
}

export function batches(log: Log): void {
  log.now += 7 * day;
  const stale = { Quantity: "50", Without: JSON.stringify([live]) };
  ask(log, "Quote-Mint", stale).refused("no-mint", "Without a fresh price");
  ask(log, "Open-Batch-Auction").refused("missing-tag");
  ask(log, "Open-Batch-Auction", { Sell: ao }).refused("unknown-asset");
  ask(log, "Get-Batch-Auction", { "Auction-Id": "1" }).refused("unknown-auction");
  ask(log, "Open-Batch-Auction", { Sell: live }).sends({
    ...{
      Action: "Open-Batch-Auction-Response",
      "Auctioned-Amount": "1000",
      "Auctioned-Asset-Ticker": "LIVE",
    },
    ...{ "Reserve-Price": `${one / 20n}`, Status: "Open" },
  });
  ask(log, "Open-Batch-Auction", { Sell: live }).refused("busy");
  const bid = (from: string, quantity: number, more: TagRecord = {}, token = ao): Step =>
    come(log, token, from, quantity, {
      ...{ "X-Action": "Batch-Bid", "X-Auction": "1", "X-Limit-Price": `${one}` },
      ...more,
    });
  const back = (reason: string) => ({ "X-Action": "Refund", "X-Reason": reason });
  bid(alice, 5, { "X-Auction": "2" }).sends(back("X-Auction names no batch auction"));
  bid(alice, 5, {}, ar).sends(back("Batch auctions are paid in AO"));
  bid(alice, 5, { "X-Limit-Price": "" }).sends(back("X-Limit-Price must be a price: digits only"));
  bid(alice, 5, { "X-Limit-Price": "1" }).sends({ "X-Action": "Refund" });
  bid(alice, 60).sends();
  bid(carol, 40, { "X-Limit-Price": `${one / 11n}` }).sends();
  log.now += hour;
  bid(carol, 40).sends(back("The auction is closed"));
  log.cron({ Action: "Tick" });
  ask(log, "Get-Batch-Auction", { "Auction-Id": "1" }).sends({ Status: "Closed", "Bids-Settled": "2" });
  ask(log, "Get-Batch-Auctions", { Limit: "1" }).sends({ Action: "Get-Batch-Auctions-Response" });
  ask(log, "Get-Batch-Auctions", { Limit: "0" }).refused("invalid-limit");
}

export function swaps(log: Log): void {
  const swap = (Quantity: string, more: TagRecord = {}): Step =>
    ask(log, "Swap-On-Pool", { Auction: "2", Pool: pool, Quantity, ...more });
  come(log, ao, ledger, 5_000_000).sends();
  // A refund is owed to its sender; a pool's is the holders'.
  come(log, ao, pool, 1_000_000).sends();
  setPrice(log, 2n * one);
  ask(log, "Open-Auction", { Sell: ao, Buy: ar }).sends({ "Auction-Id": "2" });
  swap("1", { Auction: "9" }).refused("unknown-auction");
  swap("1", { Pool: "me" }).refused("invalid-address");
  swap("0").refused("zero-quantity");
  swap("1", { Pool: other }).refused("no-swap", "Pool must be a price source");
  swap("9".repeat(20)).refused("no-swap", "a part of what is left");
  const sent = (): Step =>
    swap("1000").sends(
      { Action: "Swap-On-Pool-Response", Auction: "2" },
      { to: ao, Action: "Transfer", Recipient: pool, Quantity: "1000", "X-Action": "Swap" },
    );
  sent();
  swap("1000").refused("no-swap", "is under way");
  log.push(pool, { Action: "Order-Confirmation" }).sends();
  come(log, ar, pool, 1_400, { "X-Action": "Swap-Output" }).sends();
  sent();
  come(log, ao, pool, 1_000, { "X-Action": "Refund" }).sends();
  sent();
  log.now += 600_000;
  log.cron({ Action: "Tick" });
  ask(log, "Get-Auction", { "Auction-Id": "2" }).sends({ "Amount-Withdrawn": "1000", "Amount-Sold": "2000" });
  const bid = (): Step => come(log, ar, carol, 30_000, { "X-Action": "Bid", "X-Auction": "2" });
  bid().sends({ to: ar, Recipient: carol, Quantity: "30000", "X-Action": "Refund" });
  log.now += hour / 2;
  bid().sends({
    ...{ to: ao, Recipient: carol, "X-Cost": "30000" },
  });
}

export function claims(log: Log): void {
  ask(log, "Claim").refused("missing-tag");
  ask(log, "Claim", { Asset: stranger }).refused("unknown-asset");
  ask(log, "Claim", { Asset: ar }).refused("nothing-owed");
  ask(log, "Claim", { Asset: ar, Recipient: "me" }).refused("invalid-address");
  ask(log, "Claim", { Asset: ar, Recipient: log.id }).refused("nothing-owed");
  come(log, ar, bob, 77, { "X-Action": "Refund" }).sends();
  log
    .send(carol, { Action: "Claim", Asset: ar, Recipient: bob })
    .sends({ to: ar, Recipient: bob, Quantity: "77" }, { to: carol, Action: "Claim-Response" });
  log.send(alice, { Action: "Claim", Asset: pi }).sends({ to: pi, Quantity: "5" }, { Asset: pi });
  log.push(pi, { Action: "Burn-Error", "X-Reference": "payout-5" }).sends();
  log.push(ar, { Action: "Transfer-Error" }).sends();
  log.push(stranger, { Action: "Transfer-Error", "X-Payout": "1" }).sends();
  log.push(pi, { Action: "Burn-Response", "X-Payout": "4" }).sends();
  come(log, stranger, bob, 5).sends({ to: stranger, Recipient: bob, Quantity: "5", "X-Action": "Refund" });
  come(log, ar, bob, 5).sends({ "X-Reason": "X-Action must be Deposit, Mint, Bid or Batch-Bid" });
  come(log, ar, "nobody", 5).sends();
  ask(log, "Sync").refused("missing-tag");
  ask(log, "Sync", { Asset: stranger }).refused("unknown-asset");
  ask(log, "Sync", { Asset: ar }).refused("busy");
  const sync = (balance: number): void => {
    ask(log, "Sync", { Asset: live }).sends({ to: live, Action: "Balance" }, { Action: "Sync-Response" });
    const reference = "balance-3-100000";
    log.push(live, { Balance: `${balance}`, Account: log.id, "X-Reference": reference }).sends();
  };
  paid(log, live, 1);
  paid(log, live, 2);
  sync(99_500);
  log.push(live, { Action: "Balance-Response", Balance: "5", Account: log.id }).sends();
  log.now += hour;
  sync(99_600);
  ask(log, "Get-Holdings").sends({ Action: "Get-Holdings-Response" });
}

export function caps(log: Log): void {
  const tighten = (tags: TagRecord): Step => log.send(guardian, { Action: "Tighten-Cap", ...tags });
  ask(log, "Tighten-Cap", { Cap: "Lot-Cap", Value: "5" }).refused("not-guardian");
  tighten({ Cap: "Fee-Cap", Value: "5" }).refused("unknown-cap");
  tighten({ Value: "5" }).refused("missing-tag");
  tighten({ Cap: "Lot-Cap" }).refused("missing-tag");
  tighten({ Cap: "Lot-Cap", Value: "-5" }).refused("invalid-quantity");
  tighten({ Cap: "Hour-Cap", Value: "9".repeat(30) }).refused("not-tighter");
  for (const Cap of ["Hour-Cap", "Lot-Cap", "Slippage-Cap"])
    tighten({ Cap, Value: "40" }).sends({ Action: "Tighten-Cap-Response", [Cap]: "40" });
  tighten({ Cap: "Lot-Cap", Value: "40" }).refused("not-tighter");
  come(log, ao, bob, 41, { "X-Action": "Mint" }).sends({ to: ao, "X-Action": "Refund" });
}

export function reads(log: Log): void {
  log.dryRun({ Action: "Get-Holdings" }).sends({ Action: "Get-Holdings-Response" });
  log.dryRun({ Action: "Info" }).sends({ Auctions: "2", "Open-Batch-Auctions": "0", "Hour-Cap": "40" });
  log.now += day;
  log.cron({ Action: "Tick" });
}
