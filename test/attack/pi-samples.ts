/** The indices of the battlefield, and a message of every action of an index. */
import { identifier, walletAddress } from "../../units/address.ts";
import { tagsOf, tagValue } from "../../units/message.ts";
import type { TagRecord } from "../scene/scene.ts";
import type { Observed } from "./observed.ts";
import type { PoolField } from "./pool-samples.ts";
import type { Sample } from "./samples.ts";
import { samplingOf } from "./sampling.ts";

const second = 1_000;
const one = 10n ** 30n;
/** Wallets that play the index's factory, a launch that pays its token, a feed and a guardian. */
const [lister, publisher, feed, guardian] = ["lister", "publisher", "feed", "guardian"].map((name) =>
  walletAddress(name),
) as [string, string, string, string];

export interface IndexField {
  /** The token of the publisher's launch. */
  readonly teamToken: string;
  /**
   * With AO by yield and the launch's token, prices, an open Dutch auction of AO for the coin (1) and another one due, Alice's
   * session with one leg, AO that is owed to her, and what Bob redeems and Alice has minted on its way, as it was lost.
   */
  readonly index: string;
  readonly pi: string;
  readonly session: string;
  /** Numbers of the lost payouts: of AO, of the launch's token, of PI. */
  readonly lost: readonly [string, string, string];
  /** All PI that was ever minted, of which the last is not confirmed. */
  readonly minted: string;
  /** With two tokens whose prices are too old, one of them in an open batch auction (1), and a token that tells nothing. */
  readonly stale: string;
  readonly staleTokens: readonly [string, string];
  readonly silentToken: string;
  /** Waits for its ledger and its factory. */
  readonly early: string;
}

/** Needs the pool of AO and a coin, which is the indices' AR; Bob holds what yields, and Alice has AO and the tokens. */
export async function spawnIndices(
  scene: Observed,
  { pool, coin, alice, bob }: PoolField,
): Promise<IndexField> {
  const { network, ask, token, ledger, owner } = scene;
  const send: Observed["send"] = async (...message) => {
    const result = await scene.send(...message);
    if (result.Error !== undefined) throw new Error(result.Error);
    return result;
  };
  const figure = async (name: string) => tagValue((await ask(index, { Action: "Info" })).tags, name)!;
  const spawn = (module: string, tags: TagRecord) => network.spawn({ module, owner, tags: tagsOf(tags) });
  const spawnToken = (Ticker: string, holder: string) =>
    spawn("token", {
      ...{ Name: Ticker, Ticker, Denomination: "6" },
      ...{ "Initial-Supply": "1000000", "Initial-Holder": holder },
    });
  const teamToken = await spawnToken("RIVER", publisher);
  const staleTokens = [await spawnToken("LAKE", launchOf(0)), await spawnToken("POND", launchOf(1))] as const;
  const silentToken = identifier("silent token");
  const pi = await spawn("token", { Name: "PI", Ticker: "PI", Denomination: "12" });
  const source = { life: 86_400_000, band: 100 };
  const Sources = JSON.stringify([
    { token: coin, kind: "feed", process: feed, ...source },
    { token: coin, kind: "pool", process: pool, ...source },
    { token: teamToken, kind: "feed", process: feed, ...source },
  ]);
  const spawnIndex = () =>
    spawn("pi", {
      ...{ "PI-Token-Process": pi, "AO-Token": token, "AR-Token": coin, Sources, Guardian: guardian },
      ...{ Ledgers: JSON.stringify([ledger]), "Flp-Factory": lister },
      ...{ "Numbered-Tokens": JSON.stringify([token, coin]), "Step-Milliseconds": `${second}` },
    });
  const [index, stale, early] = [await spawnIndex(), await spawnIndex(), await spawnIndex()];
  const tick = (target: string) => send(owner, target, { Action: "Tick" });
  const pay = (from: string, what: string, Quantity: string, tags: TagRecord, to = index) =>
    send(from, what, { Action: "Transfer", Recipient: to, Quantity, ...tags });
  const list = (target: string, tokens: readonly string[]) =>
    send(lister, target, { Action: "Get-FLPs-Response", "X-Reference": "basket-0" }, pageOf(tokens));
  const tell = (Asset: string, price: bigint) =>
    send(feed, index, { Action: "Set-Price", Asset, Price: `${price}` });

  // What the pool says of its price is lost, so that its next word is news.
  network.faults.add({ from: pool, to: index, drop: 1 });
  await send(owner, pi, { Action: "Set-Minter", Minter: index });
  const data = JSON.stringify({ walletFrom: bob, walletTo: index, factor: 10_000 });
  await send(bob, ledger, { Action: "Set-Delegation" }, data);
  await scene.pass(1);
  await tick(index);
  await list(index, [teamToken]);
  await pay(publisher, teamToken, "500000", {});
  await tell(coin, one / 4n);
  // As much as the AO is worth, so that both are above their thirds.
  await tell(teamToken, (BigInt(await figure("Supply")) * one) / 500_000n);
  await send(alice, index, { Action: "Open-Auction", Sell: token, Buy: coin });
  // Past the first phase.
  await network.advance(13 * second);

  network.faults.add({ from: early, to: ledger, drop: 1 });
  for (const target of [stale, early]) await tick(target);
  network.faults.clear();
  await list(stale, [...staleTokens, silentToken]);
  const row = { TokenPriceInAo: `${10n ** 18n}`, Timestamp: `${network.now() - 30 * 86_400_000}` };
  for (const [i, each] of staleTokens.entries()) {
    await pay(launchOf(i), each, "500000", {}, stale);
    await send(launchOf(i), stale, { Action: "Resp-Get-Yield-Tick-History" }, JSON.stringify([row]));
  }
  await send(alice, stale, { Action: "Open-Batch-Auction", Sell: staleTokens[0] });

  await pay(alice, token, "40", { "X-Action": "Refund" });
  const opened = await send(alice, index, { Action: "Open-Session" });
  const session = tagValue(opened.Messages[0]!.Tags!, "Session")!;
  await pay(alice, token, "5000", { "X-Action": "Deposit", "X-Session": session });
  for (const to of [token, teamToken, pi]) network.faults.add({ from: index, to, drop: 1 });
  await pay(bob, pi, "1000000000000", { "X-Action": "Redeem" });
  await pay(alice, token, "5000", { "X-Action": "Mint" });
  network.faults.clear();
  const minted = await figure("Minted");
  return {
    ...{ teamToken, index, pi, session, minted, stale, staleTokens, silentToken, early },
    lost: ["1", "1", "2"],
  };
}

/** The publisher is the first token's launch; the others have one each. */
function launchOf(i: number): string {
  return i === 0 ? publisher : walletAddress(`publisher ${i}`);
}

function pageOf(tokens: readonly string[]): string {
  const items = tokens.map((token, i) => ({
    ...{ flp_id: launchOf(i), flp_token_process: token, flp_token_ticker: "T", status: "Active" },
    accumulated_qty: "100",
  }));
  return JSON.stringify({ items, nextCursor: null });
}

export function indexSamples(scene: Observed, field: IndexField, around: PoolField): readonly Sample[] {
  const { token, ledger, network } = scene;
  const { teamToken, index, pi, session, minted, stale, staleTokens, silentToken, early } = field;
  const { pool, coin, alice, bob } = around;
  const [ofAo, , ofPi] = field.lost;
  const sampleOf = samplingOf("pi");
  const signer = network.authority;
  const byAlice = sampleOf("refuses", index, alice);
  const ofStale = sampleOf("refuses", stale, alice);
  const byGuardian = sampleOf("refuses", index, guardian);
  const from = (process: string, target = index) => sampleOf("ignores", target, process, signer);
  const credit = (variant: string, of: string, tags: TagRecord, target = index) =>
    from(of, target)(
      "Credit-Notice",
      { Sender: alice, Quantity: "5000", ...tags },
      { variant, reads: ["Sender", "Quantity"] },
    );
  const page = { Cursor: "0", Limit: "10" };
  // A token may say the same in two spellings.
  const facts = { reads: ["Action"] };
  const described = { Ticker: "S", Denomination: "6" };
  const bid = { "X-Action": "Bid", "X-Auction": "1", "X-Max-Price": `${10n ** 40n}` };
  const report = { Reference: "1", Page: "1", Pages: "2", "Next-Cursor": "1" };
  const row = { TokenPriceInAo: "5", Timestamp: `${network.now()}` };

  return [
    byAlice("Info"),
    byAlice("Get-Holdings"),
    byAlice("Get-Yield-Tick-History", page),
    byAlice("Tick-History", page),
    byAlice("Quote-Mint", { Quantity: "5000", Asset: token }),
    byAlice("Quote-Redeem", { Quantity: "5000" }),
    byAlice("Get-Session", { Session: session }),
    byAlice("Get-Auction", { "Auction-Id": "1" }),
    byAlice("Get-Auctions", page),
    ofStale("Get-Batch-Auction", { "Auction-Id": "1" }),
    ofStale("Get-Batch-Auctions", page),
    byAlice("Tick", {}, { open: true }),
    byAlice("Open-Session", { "Min-Out": "1", Without: JSON.stringify([teamToken]) }, { open: true }),
    byAlice("Open-Auction", { Sell: teamToken, Buy: coin }, { open: true }),
    ofStale("Open-Batch-Auction", { Sell: staleTokens[1] }, { open: true }),
    byAlice("Swap-On-Pool", { Auction: "1", Pool: pool, Quantity: "500" }, { open: true, tells: true }),
    byAlice("Sync", { Asset: coin }, { open: true, tells: true }),
    byAlice("Claim", { Asset: token }),
    sampleOf("refuses", index, feed)("Set-Price", { Asset: coin, Price: `${one / 5n}` }),
    byGuardian("Pause-Mints"),
    byGuardian("Tighten-Cap", { Cap: "Hour-Cap", Value: "5" }),
    credit("a leg of a session", teamToken, { "X-Action": "Deposit", "X-Session": session }),
    credit("to mint", token, { "X-Action": "Mint", "X-Min-Out": "1" }),
    credit("a bid", coin, bid),
    credit(
      "a bid in a batch",
      token,
      { ...bid, "X-Action": "Batch-Bid", "X-Limit-Price": `${9n * one}` },
      stale,
    ),
    credit("to redeem", pi, { Sender: bob, "X-Action": "Redeem" }),
    credit("for nothing", token, {}),
    credit("yield", token, { Sender: ledger }),
    credit("a launch's", teamToken, { Sender: publisher }),
    credit("a pool's", coin, { Sender: pool }),
    from(ledger, early)(
      "Contribution-Report",
      { Cycle: "9", ...report },
      // A cycle that is told twice is none; the page counts all the same.
      { reads: Object.keys(report), data: `${alice},500\n${bob},600` },
    ),
    from(token)("Debit-Notice", { "X-Payout": ofAo }),
    from(token)("Batch-Debit-Notice", { "X-Payout": ofAo }),
    from(token)("Transfer-Error", { "X-Payout": ofAo }),
    from(pi)("Burn-Response", { "X-Payout": ofPi }),
    from(pi)("Burn-Error", { "X-Payout": ofPi }),
    from(pi)("Mint-Error", { Error: "The cap would be exceeded!" }),
    from(pi)("Mint-Response", { "X-Reference": `mint-${minted}` }),
    from(pool)("Get-Cumulative-Price-Response", {
      ...{ "Token-A": token, "Token-B": coin, "As-Of-Timestamp": `${network.now()}` },
      "Price-B-Cumulative": `${one * 10n ** 20n}`,
    }),
    sampleOf("ignores", index, publisher)("Resp-Get-Yield-Tick-History", {}, { data: JSON.stringify([row]) }),
    sampleOf("ignores", early, lister)(
      "Get-FLPs-Response",
      { "X-Reference": "basket-0" },
      { data: pageOf([teamToken]) },
    ),
    from(silentToken, stale)("Info-Response", described, facts),
    from(coin)("Balance-Response", { Account: index, Balance: "5", "X-Reference": "balance-1-0" }, facts),
    { ...from(silentToken, stale)("", described), otherwise: "refuses", reads: [] },
    from(ledger)("Withdraw-Settled", {}, { idle: true }),
    from(ledger)("Withdraw-Returned", {}, { idle: true }),
    from(pool)("Order-Confirmation", {}, { idle: true }),
  ];
}
