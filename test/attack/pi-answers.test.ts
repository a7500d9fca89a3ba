/**
 * What those around an index may say: a token of its basket, a pool, a launch, its factory. None of them can stop the others, have more paid
 * than there is, or have the index keep what they make up.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { identifier } from "../../units/address.ts";
import { founded } from "../laws/index-founding.ts";
import { actors } from "../laws/index-history.ts";
import { big, day, hour, launched, launches, one, places, type TagRecord } from "../laws/index-subject.ts";
import { World } from "../laws/index-world.ts";
import { createIndexScene } from "../scene/index-scene.ts";
import { compact } from "../scene/runtimes.ts";
import { sentBy } from "../scene/scene.ts";
import { notAmounts } from "./odd-values.ts";

const [alice, bob, mallory] = actors as [string, string, string];
const most = "9".repeat(38);
const [liar] = launched;

const same = (world: World, act: () => void): void => {
  const before = JSON.stringify(world.subject.state());
  act();
  assert.equal(JSON.stringify(world.subject.state()), before);
};

const assetOf = (world: World, token: string) =>
  world.subject.state().assets.find((asset) => asset.token === token)!;

/** Alice redeems a thousandth: exactly her share of every asset comes, ticks go on, and holdings can be read. */
function assertGoesOn(world: World, but: readonly string[] = []): void {
  const { assets, supply } = world.subject.state();
  const pi = big(supply) / 1_000n;
  const shares = assets.map(({ token, backing }) => [token, (big(backing) * pi) / big(supply)] as const);
  const had = new Map(shares.map(([token]) => [token, world.balance(token, alice)]));
  for (const action of ["Tick", "Get-Holdings", "Get-Auctions", "Info"])
    assert.equal(world.post(bob, { Action: action }).Error, undefined, action);
  assert.equal(world.pay(alice, places.pi, pi, { "X-Action": "Redeem" })!.Error, undefined);
  world.settle();
  for (const [token, share] of shares)
    if (!but.includes(token)) assert.equal(world.balance(token, alice) - had.get(token)!, share);
}

const facts: readonly [what: string, tags: TagRecord][] = [
  ["a ticker of 5,000 bytes", { Ticker: "T".repeat(5_000), Denomination: "6" }],
  ["a denomination that is none", { Ticker: "T", Denomination: "1e9" }],
  ["two tickers", { Ticker: "T", TICKER: "U", Denomination: "6" }],
  ["a balance of another", { Balance: "5", Account: mallory }],
  ["a balance of an old question", { Balance: "5", Account: places.index, "X-Reference": "balance-1-0" }],
  ["a balance of 39 digits", { Balance: "1".repeat(39), Account: places.index }],
  ["a negative balance", { Balance: "-5", Account: places.index }],
  ["two balances", { Balance: "5", balance: "6", Account: places.index }],
];
for (const [what, tags] of facts) {
  test(`a token that tells ${what} is not believed`, () => {
    const { world } = founded();
    const token = identifier("undescribed");
    // As it was before it said what it is.
    assetOf(world, liar).described = false;
    same(world, () => {
      for (const Action of ["Info-Response", "Balance-Response", ""])
        for (const from of [liar, token]) {
          const named = Action === "" ? tags : { Action, ...tags };
          const { Error: error, Messages } = world.subject.post(from, named);
          if (from === liar) assert.equal(error, undefined);
          assert.deepEqual(
            Messages.filter(({ Target }) => Target !== undefined),
            [],
          );
        }
    });
    assertGoesOn(world);
  });
}

const numbers = ["0", "2", "01", "1.0", "", " 1", "payout-2", "constructor", "__proto__", "-1", "1e0", most];
test(`answers about payouts that are not open, ${numbers.length} numbers`, () => {
  const { world } = founded();
  world.pay(mallory, liar, 5n, {});
  assert.equal(world.orders.length, 1);
  same(world, () => {
    for (const Action of [
      "Debit-Notice",
      "Batch-Debit-Notice",
      "Transfer-Error",
      "Burn-Response",
      "Burn-Error",
    ])
      for (const number of numbers)
        for (const name of ["X-Payout", "X-Reference"])
          for (const from of [liar, places.pi])
            assert.deepEqual(world.subject.post(from, { Action, [name]: number }).Messages, []);
  });
  assertGoesOn(world);
});

test("a Transfer-Error twice, and a Debit-Notice after it: the amount is owed once", () => {
  const { world } = founded();
  world.pay(mallory, liar, 5n, {});
  const [order] = world.orders;
  const number = { "X-Payout": `${order!.number}` };
  const till = () => assetOf(world, liar).till;
  for (let i = 0; i < 3; i++) {
    world.post(liar, { Action: "Transfer-Error", ...number });
    assert.equal(big(till().owed), 5n);
  }
  same(world, () => world.post(liar, { Action: "Debit-Notice", ...number }));
  for (let i = 0; i < 2; i++) world.post(mallory, { Action: "Claim", Asset: liar });
  assert.deepEqual([big(till().owed), big(till().payouts.pending)], [0n, 5n]);
});

test("a token that makes up what it has sent spoils no other asset's share", () => {
  const { world } = founded();
  for (const Sender of [launches[0], mallory, places.pool, places.index])
    for (const action of ["Deposit", "Mint", "Bid", "Batch-Bid", "Redeem", ""]) {
      const tags = { Action: "Credit-Notice", Sender, Quantity: most, "X-Action": action, "X-Auction": "1" };
      assert.equal(world.post(liar, tags).Error, undefined);
    }
  // The launch's own word is believed: what it makes up is worth what others give for it.
  assert.ok(big(assetOf(world, liar).backing) >= BigInt(most));
  world.orders = world.orders.filter(({ token }) => token !== liar);
  world.subject.wait(hour);
  assertGoesOn(world, [liar]);
});

const now = new World().subject.now();
const sums: readonly [what: string, tags: TagRecord][] = [
  ["no numbers", { "Price-A-Cumulative": "x", "As-Of-Timestamp": `${now}` }],
  ["a sum of 151 digits", { "Price-A-Cumulative": "9".repeat(151), "As-Of-Timestamp": `${now}` }],
  ["a time of the future", { "Price-A-Cumulative": most, "As-Of-Timestamp": `${now + 9_000 * day}` }],
  ["a time that is none", { "Price-A-Cumulative": most, "As-Of-Timestamp": "1e3" }],
  ["no time", { "Price-A-Cumulative": most }],
  ["a sum twice", { "Price-A-Cumulative": "5", "price-a-cumulative": "6", "As-Of-Timestamp": `${now}` }],
];
for (const [what, tags] of sums) {
  test(`a pool that tells ${what} tells nothing`, () => {
    const { world } = founded();
    const told = { Action: "Get-Cumulative-Price-Response", "Token-A": places.ar, "Token-B": places.ao };
    for (const wait of [0, 2 * hour]) {
      world.subject.wait(wait);
      same(world, () => assert.deepEqual(world.subject.post(places.pool, { ...told, ...tags }).Messages, []));
    }
    assertGoesOn(world);
  });
}

/** The pool's sum after an hour each. */
function tellSums(world: World, ...amounts: bigint[]): void {
  for (const sum of amounts) {
    world.subject.wait(hour);
    const tags = { "Token-A": places.ar, "Token-B": places.ao, "As-Of-Timestamp": `${world.subject.now()}` };
    const told = { ...tags, Action: "Get-Cumulative-Price-Response", "Price-A-Cumulative": `${sum}` };
    assert.equal(world.post(places.pool, told).Error, undefined);
  }
}

test("a pool whose sums fall, or stand still, tells no price", () => {
  const { world } = founded();
  const sum = 10n ** 60n;
  tellSums(world, sum, sum - 1n, sum - 2n, 0n, 0n);
  assert.equal(big(world.subject.state().assets[1]!.quotes[1]!.price), 0n);
  assertGoesOn(world);
});

test("a pool whose price overflows everything contradicts the others, and what needs no price goes on", () => {
  const { world } = founded();
  tellSums(world, 1n, BigInt("9".repeat(150)));
  assert.ok(big(world.subject.state().assets[1]!.quotes[1]!.price) > 10n ** 100n);
  world.post(places.feed, { Action: "Set-Price", Asset: places.ar, Price: `${2n * one}` });
  const opened = world.post(bob, { Action: "Open-Auction", Sell: places.ao, Buy: places.ar });
  assert.match(opened.Error ?? "", /^\[no-price\]/);
  assertGoesOn(world);
  // Alone it is believed, and still nothing fails.
  world.subject.wait(3 * hour);
  tellSums(world, BigInt("9".repeat(150)));
  assertGoesOn(world);
});

const rows: readonly [what: string, data: string][] = [
  ["nothing", ""],
  ["no rows", "[]"],
  ["rows that are none", '[1,null,"x",[]]'],
  ["arrays in arrays", "[".repeat(60_000)],
  ["a price of 39 digits", row("1".repeat(39), `${now}`)],
  ["a negative price", row("-5", `${now}`)],
  ["a fraction", row("1.5", `${now}`)],
  ["nothing for it", row("0", `${now}`)],
  ["a time of the future", row(most, `${now + 9_000 * day}`)],
  ["a time of 16 digits", row(most, "9".repeat(16))],
  ["a price that is a number", `[{"TokenPriceInAo":5,"Timestamp":"${now}"}]`],
  ["a price twice", `[{"TokenPriceInAo":"5","TokenPriceInAo":"6","Timestamp":"${now}"}]`],
  ...notAmounts.slice(0, 20).map((text): [string, string] => [JSON.stringify(text), row(text, `${now}`)]),
];
function row(price: string, time: string): string {
  return JSON.stringify([{ TokenPriceInAo: price, Timestamp: time }]);
}
test(`a launch that tells no price, ${rows.length} times`, () => {
  const { world } = founded();
  for (const [what, data] of rows)
    same(world, () => {
      const { Error: error } = world.subject.post(
        launches[0],
        { Action: "Resp-Get-Yield-Tick-History" },
        data,
      );
      assert.equal(error, undefined, what);
    });
  assertGoesOn(world);
});

test("a launch that tells absurd prices stops what needs its price, and nothing else", () => {
  for (const price of ["1", most]) {
    const { world } = founded();
    const tell = () =>
      world.post(
        launches[0],
        { Action: "Resp-Get-Yield-Tick-History" },
        row(price, `${world.subject.now()}`),
      );
    tell();
    const mint = { Action: "Quote-Mint", Asset: places.ao, Quantity: "1000000000" };
    assert.match(world.post(bob, mint).Error ?? "", /^\[no-mint\] There is no fresh price/, "two contradict");
    const opened = world.post(bob, { Action: "Open-Auction", Sell: places.ao, Buy: places.ar });
    assert.equal(opened.Error, undefined, "the others are balanced among themselves");
    assertGoesOn(world);
    // Alone it is believed: who mints gets little for what seems little worth, and nobody pays the lie out.
    world.subject.wait(4 * hour);
    tell();
    for (const buy of [places.ao, places.ar])
      for (const [Sell, Buy] of [
        [liar, buy],
        [buy, liar],
      ] as const)
        assert.match(world.post(bob, { Action: "Open-Auction", Sell, Buy }).Error ?? "[due]", /^\[[a-z-]+\]/);
    assertGoesOn(world);
  }
});

const listed = (token: string, more: object = {}) => ({
  ...{ flp_id: identifier("launch of", token), flp_token_process: token, flp_token_ticker: "X" },
  ...{ status: "Active", accumulated_qty: most, ...more },
});
/** A day later the index asks its factory, which answers. */
function answerList(world: World, page: string): void {
  world.subject.wait(day);
  world.post(bob, { Action: "Tick" });
  const reference = { "X-Reference": `basket-${world.subject.state().basket.cursor}` };
  const { Error: error } = world.post(places.factory, { Action: "Get-FLPs-Response", ...reference }, page);
  assert.equal(error, undefined);
}

test("a factory's page of rows that are none lists nothing", () => {
  const { world } = founded();
  const token = identifier("made up");
  const nonsense: readonly unknown[] = [
    ...[null, 5, "x", [], {}, listed("x"), listed(token, { flp_id: "me" }), listed(token, { status: 5 })],
    ...[listed(token, { accumulated_qty: "1".repeat(39) }), listed(token, { accumulated_qty: 5 })],
    ...[listed(token, { status: "active" }), listed(token, { accumulated_qty: "0" }), listed(places.pi)],
    ...[places.ao, places.ar, liar].map((known) => listed(known)),
  ];
  answerList(world, JSON.stringify({ items: nonsense, nextCursor: null }));
  const tokens = world.subject.state().assets.map(({ token: each }) => each);
  assert.deepEqual(tokens.sort(), [places.ao, places.ar, ...launched].sort());
  assertGoesOn(world);
});

/** Found here: the ticker of a row was kept whatever its length, and came back with every answer. */
test("a ticker of a megabyte in the factory's list is none", () => {
  const { world } = founded();
  const token = identifier("new");
  answerList(world, JSON.stringify({ items: [listed(token, { flp_token_ticker: "T".repeat(1 << 20) })] }));
  assert.equal(world.subject.state().assets.at(-1)!.token, token);
  assert.equal(world.subject.state().assets.at(-1)!.ticker, "");
});

/** Found here: a cursor of any length was taken and sent back, and pages without a row could go on for ever. */
test("a factory whose pages never end, or whose cursor is a book, is read no further", () => {
  const { world } = founded();
  answerList(world, JSON.stringify({ items: [], nextCursor: "c".repeat(1 << 20) }));
  assert.equal(world.subject.state().basket.cursor, "");
  world.subject.wait(day);
  world.post(bob, { Action: "Tick" });
  let pages = 0;
  for (; world.subject.state().basket.cursor !== "" && pages < 1_000; pages++) {
    const reference = { "X-Reference": `basket-${world.subject.state().basket.cursor}` };
    const page = JSON.stringify({ items: [], nextCursor: `${pages}a` });
    world.post(places.factory, { Action: "Get-FLPs-Response", ...reference }, page);
  }
  assert.ok(pages < 200, `${pages} pages`);
  assertGoesOn(world);
});

const megabyte = 1 << 20;
const objects = `[${"{},".repeat(megabyte / 3)}{}]`;

/** Found here: rows of anybody were read before it was asked whose they were; two megabytes took 5 s, and 150 MB for good. */
test("a stranger's rows are not read, nor a book of a launch's, in the compact module", async () => {
  const { send, index, network } = await createIndexScene({ runtime: compact });
  const before = network.memory(index);
  const start = performance.now();
  for (let i = 0; i < 3; i++) {
    const answer = { Action: "Resp-Get-Yield-Tick-History", Count: `${i}` };
    const result = await send(mallory, index, answer, objects);
    assert.deepEqual([result.Error, sentBy(result)], [undefined, []]);
  }
  assert.ok(performance.now() - start < 3_000, `${Math.round(performance.now() - start)} ms`);
  assert.ok(network.memory(index) - before < 16 * megabyte, `${network.memory(index) / megabyte} MB`);
});

test("a factory's page of as many rows of nonsense as a megabyte holds is read, in the compact module", async () => {
  const { send, index, network, figure } = await createIndexScene({
    runtime: compact,
    index: () => Promise.resolve({ "Flp-Factory": mallory }),
  });
  await send(bob, index, { Action: "Tick" });
  const start = performance.now();
  const answer = { Action: "Get-FLPs-Response", "X-Reference": "basket-0" };
  const { Error: error } = await send(mallory, index, answer, `{"items":${objects}}`);
  assert.equal(error, undefined);
  assert.ok(performance.now() - start < 10_000, `${Math.round(performance.now() - start)} ms`);
  assert.equal(await figure("Assets"), "2");
  assert.ok(network.memory(index) < 128 * megabyte, `${network.memory(index) / megabyte} MB`);
});
