/**
 * What an attacker sends to an index: malformed words around good money, somebody else's auctions and sessions, notices nobody
 * vouches for, redemptions of too much and too little. Good money that can't be used comes back, once, with the reason.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { identifier } from "../../units/address.ts";
import { tagValue } from "../../units/message.ts";
import { founded, setPrice } from "../laws/index-founding.ts";
import { actors } from "../laws/index-history.ts";
import { big, hour, launched, launches, one, places, sent, type TagRecord } from "../laws/index-subject.ts";
import type { World } from "../laws/index-world.ts";
import { notAddresses, notAmounts } from "./odd-values.ts";

const [alice, bob, mallory] = actors as [string, string, string];

/** All that money changes, but for what goes back: the holders', deposits, bids, auctions, sessions, swaps. */
function books(world: World): string {
  const state = world.subject.state();
  const { supply, minted, auctions, discoveries, sessions, swaps, slippage } = state;
  const assets = state.assets.map(({ backing, reserved, deposits, escrow, waiting, minted: taken }) => [
    ...[backing, reserved, deposits, escrow, waiting],
    taken,
  ]);
  return JSON.stringify([supply, minted, auctions, discoveries, sessions, swaps, slippage, assets]);
}

/**
 * An index with Alice's session and an open auction of AO for AR, 13 minutes old. The second token has a price like all others, or none
 * and is in an open batch.
 */
function field(batch = true) {
  const { world, play } = founded();
  const opens = (tags: TagRecord) => assert.equal(world.post(alice, tags).Error, undefined);
  if (batch) {
    world.subject.wait(4 * hour);
    opens({ Action: "Open-Batch-Auction", Sell: launched[1] });
    setPrice(world, play, places.ar, 2n * one);
    setPrice(world, play, launched[0], one / 2n);
  }
  opens({ Action: "Open-Auction", Sell: places.ao, Buy: places.ar });
  world.subject.wait(13 * 60_000);
  const opened = sent(world.post(alice, { Action: "Open-Session" }), "Open-Session-Response")[0]!;
  const id = tagValue(opened, "Session")!;
  world.pay(alice, places.ao, 1_000n, { "X-Action": "Deposit", [session]: id });
  return { world, session: id };
}

/** Mallory's money goes back, whole and once, with a reason, and has changed nothing. */
function assertReturned(world: World, token: string, quantity: bigint, tags: TagRecord, what: string) {
  const [before, had] = [books(world), world.balance(token, mallory)];
  const result = world.pay(mallory, token, quantity, tags)!;
  assert.equal(result.Error, undefined, what);
  const back = sent(result, "Transfer");
  assert.equal(result.Messages.filter(({ Target }) => Target !== undefined).length, 1, what);
  assert.deepEqual(
    ["Recipient", "Quantity", "X-Action"].map((name) => tagValue(back[0]!, name)),
    [mallory, `${quantity}`, "Refund"],
    what,
  );
  assert.ok((tagValue(back[0]!, "X-Reason") ?? "").length > 10, what);
  assert.equal(books(world), before, what);
  world.settle();
  assert.equal(world.balance(token, mallory), had, what);
  assert.equal(books(world), before, what);
}

const missing = undefined;
const beside = ["0", "2", "3", "999999999999999", "9".repeat(16), "9007199254740993"];
const [session, auction] = ["X-Session", "X-Auction"];
/** A price of 39 digits and more is one: AO for a smallest unit, times 10^30. */
const notPrices = notAmounts.filter((text) => !/^[1-9]\d{0,67}$/.test(text));
const priced = { [auction]: "1" };

const words: readonly [
  action: string,
  token: string,
  name: string,
  values: readonly (string | undefined)[],
  rest?: TagRecord,
][] = [
  ["Mint", places.ao, "X-Min-Out", [...notAmounts, "9".repeat(38)]],
  ["Deposit", places.ao, session, [missing, "", "1", ...notAddresses, identifier("no session")]],
  ["Bid", places.ar, auction, [missing, "", ...notAmounts, ...beside]],
  ["Bid", places.ar, "X-Max-Price", ["", "0", "1", ...notPrices, "1".repeat(69)], priced],
  ["Batch-Bid", places.ao, auction, [missing, "", ...notAmounts, ...beside], { "X-Limit-Price": `${one}` }],
  ["Batch-Bid", places.ao, "X-Limit-Price", [missing, "", "0", "1", ...notPrices, "1".repeat(69)], priced],
  ["", places.ao, "X-Action", [missing, "", "mint", "Mint ", "Мint", "deposit", "Redeem", "Withdraw"]],
  ["", places.pi, "X-Action", [missing, "", "redeem", "Redeem ", "Mint", "Deposit", "Bid"]],
];
for (const [action, token, name, values, rest = {}] of words) {
  const what = token === places.pi ? "PI" : action === "" ? "AO" : `money for a ${action}`;
  test(`good ${what} with ${values.length} values of ${name} that say nothing comes back, once`, () => {
    const { world } = field(action !== "Mint");
    if (token === places.pi) world.add(places.pi, mallory, 10n ** 6n);
    for (const value of values) {
      const named: TagRecord = value === undefined ? {} : { [name]: value };
      const tags = { ...(action === "" ? {} : { "X-Action": action }), ...rest, ...named };
      assertReturned(world, token, 500n, tags, JSON.stringify(value));
    }
  });
}

const good: readonly [action: string, token: string, names: readonly string[], tags: TagRecord][] = [
  ["Mint", places.ao, ["X-Min-Out"], { "X-Min-Out": "1" }],
  ["Bid", places.ar, [auction, "X-Max-Price"], { ...priced, "X-Max-Price": `${100n * one}` }],
  ["Batch-Bid", places.ao, [auction, "X-Limit-Price"], { ...priced, "X-Limit-Price": `${100n * one}` }],
];
for (const [action, token, names, tags] of good) {
  for (const name of names) {
    test(`the wrong one of two similar tags read: money for a ${action} with ${name} twice goes back`, () => {
      const { world } = field(action !== "Mint");
      for (const value of [tags[name]!, `${tags[name]}0`, ""])
        assertReturned(
          world,
          token,
          10n ** 9n,
          { "X-Action": action, ...tags, [name.toLowerCase()]: value },
          value,
        );
    });
  }
  test(`without the repetition the same money for a ${action} is taken`, () => {
    const { world } = field(action !== "Mint");
    const before = books(world);
    world.pay(mallory, token, 10n ** 9n, { "X-Action": action, ...tags });
    assert.notEqual(books(world), before);
  });
}

test("with X-Action twice nobody knows whether it is a refund: it stays, and can be claimed", () => {
  const { world } = field();
  const had = world.balance(places.ao, mallory);
  const before = books(world);
  const result = world.pay(mallory, places.ao, 500n, { "X-Action": "Mint", "x-action": "Mint" })!;
  assert.deepEqual(sent(result, "Transfer"), []);
  assert.equal(books(world), before);
  world.post(bob, { Action: "Claim", Asset: places.ao, Recipient: mallory });
  world.settle();
  assert.equal(world.balance(places.ao, mallory), had);
});

test("a bid with somebody else's auction, of another index or another kind, and legs of somebody else's session", () => {
  const { world, session: alices } = field();
  const bid = { "X-Action": "Bid", "X-Max-Price": `${100n * one}` };
  // The auction is paid in AR; the batch in AO. A bid for the one does not buy in the other.
  assertReturned(world, places.ao, 500n, { ...bid, [auction]: "1" }, "paid in AO");
  assertReturned(world, launched[0], 500n, { ...bid, [auction]: "1" }, "paid in a launch's token");
  const batch = { "X-Action": "Batch-Bid", [auction]: "1", "X-Limit-Price": `${100n * one}` };
  assertReturned(world, places.ar, 10n ** 12n, batch, "a batch is paid in AO");
  assertReturned(world, places.ar, 500n, { ...bid, [auction]: "2" }, "the next auction");
  const leg = { "X-Action": "Deposit", [session]: alices };
  assertReturned(world, launched[0], 500n, leg, "Alice's session");
  world.subject.wait(hour);
  world.post(bob, { Action: "Tick" });
  world.settle();
  assertReturned(world, launched[0], 500n, leg, "a session that is over");
});

test("redemptions of more than the supply come back, of nothing are none, of one unit give its share or come back", () => {
  const { world } = field();
  const { supply, assets } = world.subject.state();
  world.add(places.pi, mallory, 10n ** 30n);
  const redeem = { "X-Action": "Redeem" };
  for (const quantity of [big(supply) + 1n, 10n ** 30n])
    assertReturned(world, places.pi, quantity, redeem, "more than there is");
  const before = JSON.stringify(world.subject.state());
  for (const Quantity of ["0", "-1", "", "1e3", "1".repeat(39)])
    assert.deepEqual(
      world.post(places.pi, { Action: "Credit-Notice", Sender: mallory, Quantity, ...redeem }).Messages,
      [],
    );
  assert.equal(JSON.stringify(world.subject.state()), before);
  const share = assets.map(({ backing }) => big(backing) / big(supply));
  const paid = sent(world.pay(mallory, places.pi, 1n, redeem)!, "Transfer");
  assert.deepEqual(
    paid.map((tags) => tagValue(tags, "Quantity")),
    share.filter((quantity) => quantity > 0n).map(String),
  );
  // With a thousand PI for one AO a unit is less than one of any asset.
  const { world: fine } = founded({ "Bootstrap-Multiplier": "1000" });
  fine.add(places.pi, mallory, 1n);
  assertReturned(fine, places.pi, 1n, redeem, "too small for any asset");
});

test("notices of payments, payouts and reports that nobody vouches for, and of the wrong one of those around", () => {
  const { world } = field();
  // AO has a payout under way; AR, the launches' tokens and PI have none.
  world.pay(alice, places.ao, 77n, {});
  const before = JSON.stringify(world.subject.state());
  const payment = { Action: "Credit-Notice", Sender: mallory, Quantity: "500" };
  const numbers = { "X-Payout": "1", "X-Reference": "payout-1" };
  const forged: readonly TagRecord[] = [
    ...["Mint", "Deposit", "Bid", "Batch-Bid", "Redeem"].map((action) => ({
      ...{ ...payment, "X-Action": action, "X-Min-Out": "1", "X-Limit-Price": `${100n * one}` },
      [auction]: "1",
    })),
    { ...payment, Sender: places.ledger },
    { ...payment, Sender: places.pool },
    { ...payment, Sender: launches[0] },
    ...["Debit-Notice", "Batch-Debit-Notice", "Burn-Response", "Transfer-Error", "Burn-Error"].map(
      (Action) => ({ Action, ...numbers }),
    ),
    { Action: "Mint-Response", "X-Reference": "mint-99" },
    { Action: "Mint-Error", Error: "x" },
    { Action: "Balance-Response", Account: places.index, Balance: "999999", "X-Reference": "balance-1-0" },
    { Action: "Info-Response", Ticker: "AO", Denomination: "3" },
  ];
  for (const tags of forged) {
    for (const from of [mallory, identifier("another token"), places.owner, places.guardian]) {
      const result = world.subject.post(from, tags);
      // At most a transfer of what it says it has sent, back to the liar itself.
      for (const { Target } of result.Messages) assert.ok(Target === undefined || Target === from);
    }
    for (const from of [places.ao, places.pi, places.index])
      assert.match(world.subject.post(from, tags, " ", { signer: mallory }).Error ?? "", /^\[untrusted\]/);
    // Processes that the index knows, but not for this.
    for (const from of [places.ledger, places.pool, launches[0]])
      for (const { Target } of world.subject.post(from, tags).Messages)
        assert.ok(Target === undefined || Target === from);
    if (!("Sender" in tags) && "X-Payout" in tags)
      for (const from of [places.ar, launched[0], places.pi]) world.subject.post(from, tags);
  }
  assert.equal(JSON.stringify(world.subject.state()), before);
});
