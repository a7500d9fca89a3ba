/** A till: on whose behalf it pays, and what comes of what it can't pay. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { natural } from "../../process/math/natural.ts";
import {
  emptyTill,
  giveBack,
  isNobodys,
  owe,
  owedTo,
  pay,
  payAll,
  payBackOnce,
  payClaim,
  payMany,
  type Payment,
  takeOwed,
} from "../../process/payouts/till.ts";
import { limits } from "../../process/protocol/limits.ts";
import { identifier, walletAddress } from "../../units/address.ts";
import { big } from "../laws/index-subject.ts";

const [alice, bob] = [walletAddress("alice"), walletAddress("bob")];
const create = () => emptyTill(identifier("token"), true);
const payment = (quantity: number, more: Partial<Payment> = {}): Payment => ({
  ...{ recipient: alice, quantity: natural(quantity), tags: [] },
  ...more,
});

describe("what goes back once", () => {
  it("can be claimed by nobody when the token refuses it", () => {
    const till = create();
    assert.equal(payBackOnce(till, payment(5), 0).length, 1);
    assert.ok(isNobodys(till.payouts.open["1"]!));
    assert.equal(giveBack(till, "1")!.notify, "", "and nobody is told");
    assert.deepEqual([big(owedTo(till, alice)), big(till.owed), Object.keys(till.owedTo)], [0n, 0n, []]);
  });

  it("leaves half of the room to what is due, and stays beyond it", () => {
    const till = create();
    for (let i = 0; i < limits.pendingRefunds; i++) assert.equal(payBackOnce(till, payment(1), 0).length, 1);
    assert.deepEqual(payBackOnce(till, payment(1), 0), []);
    assert.equal(big(till.owed), 0n);
    assert.equal(pay(till, payment(1), 0).length, 1);
  });
});

describe("what is paid on another's behalf", () => {
  it("is the other's again when the token refuses it, and while there is no room", () => {
    const till = create();
    const [one, two] = [payment(5, { owner: bob }), payment(7, { owner: bob })];
    assert.equal(payAll(till, [one, two], 0).length, 2);
    giveBack(till, "1");
    assert.deepEqual([big(owedTo(till, bob)), big(owedTo(till, alice))], [5n, 0n]);
    till.payouts.next = till.payouts.oldest + limits.pendingPayouts;
    assert.deepEqual(pay(till, one, 0), []);
    assert.equal(big(owedTo(till, bob)), 10n);
  });
});

describe("what is owed", () => {
  it("is owed no more once it is taken, claimed or sent in a batch", () => {
    for (const take of [takeOwed, payClaim]) {
      const till = create();
      owe(till, alice, natural(5));
      owe(till, alice, natural(3));
      take(till, alice, 0);
      assert.deepEqual([big(till.owed), Object.keys(till.owedTo)], [0n, []]);
    }
    const till = create();
    owe(till, alice, natural(5));
    owe(till, bob, natural(0));
    const [batch, ...others] = payMany(till, [alice, bob], 0);
    assert.deepEqual([batch!.data, others], [`${alice},5`, []]);
    assert.deepEqual([big(till.owed), Object.keys(till.owedTo)], [0n, []]);
    giveBack(till, "1");
    assert.equal(big(owedTo(till, alice)), 5n);
  });
});
