/**
 * What an attacker sends to a pool: malformed words around good money, notices nobody vouches for, tags that would take
 * the place of the pool's own; and what audits of other pools found. Good money that can't be used comes back, once.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { identifier, walletAddress } from "../../units/address.ts";
import { type Tag, tagsOf, tagValue } from "../../units/message.ts";
import { big, createPoolSubject, found, places, type PoolSubject, sent } from "../laws/pool-subject.ts";
import { createPoolScene } from "../scene/pool-scene.ts";
import { notAmounts } from "./odd-values.ts";

const [alice, bob, mallory] = [walletAddress("alice"), walletAddress("bob"), walletAddress("mallory")];

type TagRecord = Readonly<Record<string, string>>;

function foundedPool(): PoolSubject {
  const subject = createPoolSubject();
  found(subject, [10n ** 9n, 4n * 10n ** 9n], alice);
  return subject;
}

/** Reserves, supply, deposits: all that a swap or a deposit changes. */
function books(subject: PoolSubject): string {
  const { sides, supply, deposits, line } = subject.state();
  const reserves = sides.map(({ reserve, deposits: halves }) => [big(reserve), big(halves)].join(" "));
  return [...reserves, big(supply), JSON.stringify(deposits), line.size].join(", ");
}

for (const [action, name, rest] of [
  ["Burn", "Quantity", {}],
  ["Burn", "Min-Token-A", { Quantity: "5" }],
  ["Burn", "Min-Token-B", { Quantity: "5" }],
  ["Get-Price", "Quantity", { Token: places.tokens[0] }],
  ["Get-Swap-Output", "Quantity", { Token: places.tokens[0] }],
] as const) {
  test(`${action} ${name}, ${notAmounts.length} values that are no amount`, () => {
    const subject = foundedPool();
    const before = books(subject);
    for (const value of notAmounts) {
      const { Error: error, Messages } = subject.post(alice, { Action: action, ...rest, [name]: value });
      assert.match(error ?? "", /^\[invalid-quantity\]/, JSON.stringify(value));
      assert.deepEqual(Messages, []);
    }
    assert.equal(books(subject), before);
  });
}

for (const [action, name, values] of [
  ["Swap", "X-Expected-Min-Output", [...notAmounts, "", "0"]],
  ["Provide", "X-Min-Shares", [...notAmounts, ""]],
  ["Provide", "X-Slippage-Tolerance", notAmounts.filter((value) => !["1.5", "1.0"].includes(value))],
] as const) {
  test(`good money with ${values.length} values of ${name} that say nothing comes back, once`, () => {
    const subject = foundedPool();
    const before = books(subject);
    for (const value of values) {
      const result = subject.credit(0, mallory, 500n, { "X-Action": action, [name]: value });
      assert.equal(result.Error, undefined);
      const back = sent(result, "Transfer");
      assert.equal(back.length, 1, JSON.stringify(value));
      assert.deepEqual(
        ["Recipient", "Quantity", "X-Action"].map((tag) => tagValue(back[0]!, tag)),
        [mallory, "500", "Refund"],
      );
    }
    assert.equal(books(subject), before);
  });
}

/** A notice whose tags are given as a list, so that one can be there twice. */
async function twice(name: string, action: string) {
  const scene = await createPoolScene({ wallets: [alice, mallory], gift: 10n ** 9n });
  const { network, pool, tokens, pay, figure } = scene;
  for (const side of [0, 1] as const) await pay(side, alice, 10n ** 8n, { "X-Action": "Provide" });
  const reserve = await figure("Token-A-Reserve");
  const tags: Tag[] = [
    ...tagsOf({ Action: "Credit-Notice", Sender: mallory, Quantity: "500", "X-Action": action }),
    ...tagsOf({ "X-Expected-Min-Output": "1", "X-Min-Shares": "1", "X-Slippage-Tolerance": "1" }),
    { name: name.toLowerCase(), value: "1" },
  ];
  const id = network.forge({ signer: network.authority, fromProcess: tokens[0], target: pool, tags });
  await network.settle();
  assert.equal(await figure("Token-A-Reserve"), reserve);
  return { scene, result: network.result(id)! };
}

for (const [name, action] of [
  ["X-Expected-Min-Output", "Swap"],
  ["X-Min-Shares", "Provide"],
  ["X-Slippage-Tolerance", "Provide"],
] as const) {
  test(`the wrong one of two similar tags read: with ${name} twice the money goes back`, async () => {
    const { result } = await twice(name, action);
    const back = result.Messages.filter(({ Tags }) => tagValue(Tags ?? [], "Action") === "Transfer");
    assert.equal(back.length, 1);
    assert.match(tagValue(back[0]!.Tags!, "X-Reason")!, /given twice/);
  });
}

test("with X-Action twice nobody knows whether it is a refund: it stays, and can be claimed", async () => {
  const { scene, result } = await twice("X-Action", "Swap");
  assert.deepEqual(
    result.Messages.filter(({ Target }) => Target !== undefined),
    [],
  );
  assert.equal(await scene.figure("Token-A-Owed"), 500n);
});

test("tags that would take the place of the pool's own don't travel on", () => {
  const subject = foundedPool();
  const taken: TagRecord = {
    ...{ "X-Payout": "77", "x-payouts-settled": "99", "X-Reference": "payout-1" },
    ...{ "X-Token-A": mallory, "X-Fee-Bps": "0", "x-reason": "r", "X-Refunded-Order": "o" },
  };
  const result = subject.credit(0, mallory, 5_000n, {
    ...{ "X-Action": "Swap", "X-Expected-Min-Output": "1", "X-Note": "n" },
    ...taken,
  });
  const [transfer] = sent(result, "Transfer");
  const names = transfer!.map(({ name }) => name.toLowerCase());
  assert.equal(new Set(names).size, names.length, "each tag once");
  assert.equal(tagValue(transfer!, "X-Payout"), "1");
  assert.equal(tagValue(transfer!, "X-Token-A"), places.tokens[0]);
  assert.equal(tagValue(transfer!, "X-Note"), "n");
  for (const name of ["x-reference", "x-reason", "x-refunded-order"]) assert.ok(!names.includes(name));
});

test("notices of payments and payouts that nobody vouches for", () => {
  const subject = foundedPool();
  subject.credit(0, alice, 77n, {});
  const before = JSON.stringify(subject.state());
  const forged: readonly TagRecord[] = [
    { Action: "Credit-Notice", Sender: mallory, Quantity: "500", "X-Action": "Provide" },
    {
      ...{ Action: "Credit-Notice", Sender: mallory, Quantity: "500", "X-Action": "Swap" },
      "X-Expected-Min-Output": "1",
    },
    { Action: "Debit-Notice", "X-Payout": "1" },
    { Action: "Transfer-Error", "X-Payout": "1" },
  ];
  for (const tags of forged) {
    for (const from of [mallory, identifier("another token"), places.owner, places.stranger]) {
      const result = subject.post(from, tags);
      // At most a transfer of what it says it has sent, back to the liar itself.
      for (const { Target } of result.Messages) assert.ok(Target === undefined || Target === from);
    }
    for (const from of [...places.tokens, places.pool])
      assert.match(subject.post(from, tags, { signer: mallory }).Error ?? "", /^\[untrusted\]/);
    // The authority's word that the pool itself has sent it.
    assert.deepEqual(subject.post(places.pool, tags, { signer: places.authority }).Messages, []);
  }
  assert.equal(JSON.stringify(subject.state()), before);
});

test("a token that is none of the two: back once, and on no books", () => {
  const subject = foundedPool();
  const before = JSON.stringify(subject.state());
  const tags = { Action: "Credit-Notice", Sender: mallory, Quantity: "9", "X-Action": "Provide" };
  const other = identifier("another token");
  assert.deepEqual(
    subject.post(other, tags).Messages.map(({ Target, Tags }) => [Target, tagValue(Tags, "Recipient")]),
    [[other, mallory]],
  );
  assert.equal(JSON.stringify(subject.state()), before);
});

test("a one-unit donation, swap or deposit in front of it does not spoil a swap that leaves room for it", async () => {
  const scene = await createPoolScene({ wallets: [alice, bob, mallory], gift: 10n ** 12n });
  const { pay, read, pool, tokens, balanceOf } = scene;
  for (const side of [0, 1] as const) await pay(side, alice, 10n ** 11n, { "X-Action": "Provide" });
  const question = { Action: "Get-Swap-Output", Token: tokens[0], Quantity: "1000000" };
  const quote = BigInt(await read(pool, question, "Output"));
  await pay(0, mallory, 1n, { Cast: "1" });
  await pay(0, mallory, 1n, {});
  await pay(0, mallory, 1n, { "X-Action": "Provide" });
  assert.equal(BigInt(await read(pool, question, "Output")), quote);
  const before = await balanceOf(tokens[1], bob);
  await pay(0, bob, 1_000_000n, { "X-Action": "Swap", "X-Expected-Min-Output": `${quote}` });
  assert.equal((await balanceOf(tokens[1], bob)) - before, quote);
});

test("a swap that is overtaken gives its least output or goes back whole: never less", () => {
  for (const push of [1n, 10n ** 6n, 10n ** 9n]) {
    const subject = foundedPool();
    const swapOf = (side: 0 | 1, by: string, quantity: bigint, least: bigint) =>
      subject.credit(side, by, quantity, { "X-Action": "Swap", "X-Expected-Min-Output": `${least}` });
    const question = { Action: "Get-Swap-Output", Token: places.tokens[0], Quantity: "1000000" };
    const quote = BigInt(tagValue(subject.ask(question), "Output")!);
    swapOf(0, mallory, push, 1n);
    const result = swapOf(0, bob, 1_000_000n, (quote * 99n) / 100n);
    const [transfer] = sent(result, "Transfer");
    const got = BigInt(tagValue(transfer!, "Quantity")!);
    if (tagValue(transfer!, "X-Action") === "Refund") assert.equal(got, 1_000_000n);
    else assert.ok(got >= (quote * 99n) / 100n);
  }
});
