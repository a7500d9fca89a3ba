/** Faults that mutation testing planted in payouts and around them, and that no test saw. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { natural } from "../../process/math/natural.ts";
import {
  decideAside,
  emptyPayouts,
  openPayout,
  overdue,
  type Payouts,
  settlePayout,
  transferOf,
} from "../../process/payouts/payouts.ts";
import { isRefund } from "../../process/payouts/refund.ts";
import type { Message } from "../../process/protocol/message.ts";
import { limits } from "../../process/protocol/limits.ts";
import { walletAddress } from "../../units/address.ts";
import { actionsIn, createScene } from "../scene/scene.ts";

const [alice, bob, token] = ["alice", "bob", "token"].map((name) => walletAddress(name)) as [
  string,
  string,
  string,
];
const request = { owner: alice, notify: alice, recipient: alice, quantity: natural(5), tags: [] };

test("the window passes over everything that is settled, in whatever order", () => {
  const payouts = emptyPayouts(token, true);
  for (let i = 0; i < 3; i++) openPayout(payouts, request, 0);
  settlePayout(payouts, "2");
  assert.equal(payouts.oldest, 1);
  settlePayout(payouts, "1");
  assert.equal(payouts.oldest, 3);
});

test("a late answer makes room again", () => {
  const payouts = emptyPayouts(token, false);
  openPayout(payouts, request, 0);
  overdue(payouts, limits.payoutPatience);
  assert.equal(payouts.unconfirmedCount, 1);
  assert.ok(settlePayout(payouts, "1") !== undefined);
  assert.equal(payouts.unconfirmedCount, 0);
});

test("rows of one name add up", async () => {
  const { send, ask, token: id, owner } = await createScene({ token: { "Initial-Supply": "10" } });
  const result = await send(owner, id, { Action: "Batch-Transfer" }, `${bob},1\n${alice},2\n${bob},3`);
  assert.deepEqual(actionsIn(result), ["Batch-Debit-Notice", "Credit-Notice", "Credit-Notice"]);
  assert.equal((await ask(id, { Action: "Balance", Recipient: bob })).data, "4");
});

test("two eras can't begin at one time", async () => {
  const era = (from: number) => ({ from, shares: [{ ledger: alice, share: "1" }] });
  const scene = await createScene({ mint: { Ledgers: JSON.stringify([era(0), era(9), era(9)]) } });
  const result = await scene.send(bob, scene.mint, { Action: "Tick" });
  assert.match(result.Error ?? "", /^\[invalid-ledgers\]/);
});

test("a credit that says twice what it is, and one of it a refund, is not sent back", () => {
  const tag = (value: string) => ({ name: "X-Action", value, key: "x-action" });
  const message = (...tags: Message["tags"]) => ({ tags }) as unknown as Message;
  assert.equal(isRefund(message(tag("Refund"), tag("Deposit"))), true);
  assert.equal(isRefund(message(tag("Refund"))), true);
  assert.equal(isRefund(message(tag("Deposit"))), false);
});

function twoAside(): Payouts {
  const payouts = emptyPayouts(token, false);
  for (let i = 0; i < 3; i++) openPayout(payouts, request, 0);
  settlePayout(payouts, "2");
  overdue(payouts, limits.payoutPatience);
  assert.equal(payouts.unconfirmedCount, 2);
  return payouts;
}

test("a balance that still has all of it returns what was set aside", () => {
  const payouts = twoAside();
  const decision = decideAside(payouts, natural(95), natural(95));
  assert.equal(decision?.outcome, "returned");
  assert.deepEqual(
    decision.payouts.map(({ number }) => number),
    [3, 1],
  );
  assert.deepEqual([payouts.unconfirmedCount, payouts.aside, payouts.settled], [0, natural(0), natural(5)]);
});

test("a balance that has none of it any more settles what was set aside", () => {
  const payouts = twoAside();
  assert.equal(decideAside(payouts, natural(95), natural(85))?.outcome, "settled");
  assert.deepEqual([payouts.unconfirmedCount, payouts.settled], [0, natural(15)]);
});

test("a balance in between, or with a payout under way, decides nothing", () => {
  const payouts = twoAside();
  assert.equal(decideAside(payouts, natural(95), natural(90)), undefined);
  assert.equal(decideAside(payouts, natural(95), natural(96)), undefined);
  openPayout(payouts, request, 0);
  assert.equal(decideAside(payouts, natural(95), natural(95)), undefined);
  assert.equal(payouts.unconfirmedCount, 2);
});

test("a batch is one payout, sent as it is every time", () => {
  const payouts = emptyPayouts(token, true);
  const rows = `${alice},2\n${bob},3`;
  const batch = openPayout(payouts, { ...request, recipient: "", rows }, 0);
  const [again] = overdue(payouts, limits.payoutPatience);
  assert.deepEqual(again, transferOf(payouts, batch));
  assert.deepEqual([again.tags[0], again.data], [["Action", "Batch-Transfer"], rows]);
});
