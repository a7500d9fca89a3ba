/** The pool's edges: the first shares, the last room, deadlines, and tokens that never answer. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { limits } from "../../process/protocol/limits.ts";
import { walletAddress } from "../../units/address.ts";
import { tagValue } from "../../units/message.ts";
import { big, createPoolSubject, found, places, type PoolSubject, sent } from "../laws/pool-subject.ts";

const [alice, bob, mallory] = [walletAddress("alice"), walletAddress("bob"), walletAddress("mallory")];
const swapping = (least: bigint | string = 1n) => ({
  "X-Action": "Swap",
  "X-Expected-Min-Output": `${least}`,
});
const providing = { "X-Action": "Provide" };
const sharesOf = (subject: PoolSubject, Recipient: string) =>
  BigInt(tagValue(subject.ask({ Action: "Balance", Recipient }), "Balance")!);
const paidTo = (result: Parameters<typeof sent>[0], Recipient: string) =>
  sent(result, "Transfer").filter((tags) => tagValue(tags, "Recipient") === Recipient).length;

test("the first deposit leaves 1,000 shares behind, and is too small when nothing more is left", () => {
  const subject = createPoolSubject();
  const errors = sent(found(subject, [1_000n, 1_000n], alice), "Provide-Error");
  assert.equal(tagValue(errors[0]!, "Result"), "Too little liquidity provided");
  assert.equal(big(subject.state().supply), 0n);
  found(subject, [1_001n, 1_001n], alice);
  assert.deepEqual([sharesOf(subject, alice), sharesOf(subject, places.pool)], [1n, 1_000n]);
});

test("all shares can be burned but the first 1,000, and then the pool goes on", () => {
  const subject = createPoolSubject();
  found(subject, [10_000n, 40_000n], alice);
  const all = sharesOf(subject, alice);
  assert.equal(sent(subject.post(alice, { Action: "Burn", Quantity: `${all}` }), "Transfer").length, 2);
  assert.deepEqual(
    subject.state().sides.map(({ reserve }) => big(reserve)),
    [500n, 2_000n],
  );
  assert.equal(sent(subject.credit(0, bob, 100n, swapping()), "Order-Confirmation").length, 1);
  assert.equal(sent(found(subject, [6_000n, 20_000n], bob), "Provide-Confirmation").length, 1);
});

test("a first depositor can't inflate the share: what would round to nothing goes back, what does not is worth its cost", () => {
  const amounts = fc.tuple(fc.bigInt(1n, 10n ** 6n), fc.bigInt(1n, 10n ** 12n));
  const property = fc.property(amounts, ([push, victim]) => {
    const subject = createPoolSubject();
    found(subject, [1_001n, 1_001n], mallory);
    // By swaps to and fro, whose fees stay in the reserves; a payment without words comes back.
    for (let i = 0; i < 6; i++) {
      const side = (i % 2) as 0 | 1;
      subject.credit(side, mallory, push * 10n ** 6n, swapping());
    }
    const reserves = subject.state().sides.map(({ reserve }) => big(reserve)) as [bigint, bigint];
    const supply = big(subject.state().supply);
    // Of all that swaps have left there, a thousandth is the inflator's own.
    assert.deepEqual([supply, sharesOf(subject, mallory)], [1_001n, 1n]);
    const given: [bigint, bigint] = [victim, (victim * reserves[1]) / reserves[0] + 1n];
    const result = found(subject, given, alice);
    const shares = sharesOf(subject, alice);
    if (shares === 0n) {
      // All of it goes back.
      assert.equal(sent(result, "Provide-Error").length, 1);
      const back = sent(result, "Transfer").map((tags) => BigInt(tagValue(tags, "Quantity")!));
      assert.deepEqual(back, given);
      return;
    }
    // What the shares are worth is what they cost, but for less than one unit of each token.
    const now = subject.state().sides.map(({ reserve }) => big(reserve)) as [bigint, bigint];
    for (const side of [0, 1] as const) {
      const cost = now[side] - reserves[side];
      assert.ok((shares * now[side]) / (supply + shares) + 1n >= cost);
    }
  });
  fc.assert(property, { numRuns: 200 });
});

test("to add and remove, or to swap there and back, never profits", () => {
  const amount = fc.bigInt(1n, 10n ** 14n);
  const property = fc.property(amount, amount, fc.constantFrom(0, 25, 1_000), (first, second, fee) => {
    const subject = createPoolSubject({ fee });
    found(subject, [10n ** 9n + 7n, 10n ** 11n + 1n]);
    const added = sent(found(subject, [first, second], alice), "Provide-Confirmation")[0];
    if (added !== undefined) {
      const Quantity = `${sharesOf(subject, alice)}`;
      const removed = sent(subject.post(alice, { Action: "Burn", Quantity }), "Burn-Confirmation")[0]!;
      for (const name of ["Token-A-Quantity", "Token-B-Quantity"])
        assert.ok(BigInt(tagValue(removed, name)!) <= BigInt(tagValue(added, name)!));
    }
    const there = sent(subject.credit(0, alice, first, swapping()), "Order-Confirmation")[0];
    if (there === undefined) return;
    const got = BigInt(tagValue(there, "To-Quantity")!);
    const back = sent(subject.credit(1, alice, got, swapping()), "Order-Confirmation")[0];
    if (back !== undefined) assert.ok(BigInt(tagValue(back, "To-Quantity")!) <= first);
  });
  fc.assert(property, { numRuns: 300 });
});

test("the largest amounts there are, in every action", () => {
  const subject = createPoolSubject();
  const most = 10n ** 38n - 1n;
  found(subject, [most, most], alice);
  assert.equal(sharesOf(subject, alice), most - 1_000n);
  assert.equal(sent(subject.credit(0, bob, most, swapping()), "Order-Confirmation").length, 1);
  subject.wait(10 ** 12);
  assert.ok(BigInt(tagValue(subject.ask({ Action: "Get-Cumulative-Price" }), "Price-A-Cumulative")!) > 0n);
  const result = subject.post(alice, { Action: "Burn", Quantity: `${most - 1_000n}` });
  assert.equal(sent(result, "Burn-Confirmation").length, 1);
});

test("a deposit ends in the millisecond of its deadline, not before", () => {
  const subject = createPoolSubject({ tags: { "Deposit-Patience": "60000" } });
  found(subject, [10n ** 9n, 10n ** 9n]);
  for (const [wait, taken] of [
    [59_999, true],
    [60_000, false],
  ] as const) {
    subject.credit(0, alice, 5_000n, providing);
    subject.wait(wait);
    const result = subject.credit(1, alice, 5_000n, providing);
    assert.equal(sent(result, "Provide-Confirmation").length, taken ? 1 : 0);
    assert.equal(paidTo(result, alice), taken ? 0 : 1);
  }
  // The half that came too late has begun anew.
  assert.equal(subject.figure("Deposits-Waiting"), 1n);
  subject.wait(60_000);
  assert.equal(paidTo(subject.post(bob, { Action: "Tick" }), alice), 1);
  assert.equal(paidTo(subject.post(bob, { Action: "Tick" }), alice), 0);
});

test("further transfers of the same token don't put the deadline off", () => {
  const subject = createPoolSubject();
  subject.credit(0, alice, 5n, providing);
  subject.wait(3_599_999);
  subject.credit(0, alice, 7n, providing);
  subject.wait(1);
  const [back] = sent(subject.post(bob, { Action: "Tick" }), "Transfer");
  assert.equal(tagValue(back!, "Quantity"), "12");
});

test("MS9 halves that wait are bounded: one too many goes back, the others' time runs out, and swaps go on", () => {
  const subject = createPoolSubject();
  found(subject, [10n ** 9n, 10n ** 9n]);
  for (let i = 0; i < limits.pendingDeposits; i++)
    subject.credit(0, walletAddress(`stranger ${i}`), 10n, providing);
  assert.equal(subject.figure("Deposits-Waiting"), BigInt(limits.pendingDeposits));
  const refused = subject.credit(0, alice, 9n, providing);
  assert.match(tagValue(sent(refused, "Provide-Error")[0]!, "Result")!, /try again later/);
  assert.equal(paidTo(refused, alice), 1);
  assert.equal(sent(subject.credit(0, bob, 100n, swapping()), "Order-Confirmation").length, 1);
  // Who waits already can still add the other half.
  const stranger = walletAddress("stranger 9");
  assert.equal(sent(subject.credit(1, stranger, 10n, providing), "Provide-Confirmation").length, 1);
  assert.equal(sent(subject.credit(0, alice, 9n, providing), "Provide-Error").length, 0);
  subject.wait(3_600_000);
  const count = sent(subject.post(mallory, { Action: "Tick" }), "Transfer").length;
  // The refund, the output and an excess, that nobody has answered for an hour, are sent again as well.
  assert.equal(count, limits.depositsPerTick + 3);
  for (let i = 1; i * limits.depositsPerTick < limits.pendingDeposits; i++)
    subject.post(mallory, { Action: "Tick" });
  assert.equal(subject.figure("Deposits-Waiting"), 0n);
  assert.equal(subject.figure("Token-A-Deposits"), 0n);
});

test("a token that never answers stops its own payouts, and nothing of the other token: shares can be burned", () => {
  const subject = createPoolSubject();
  found(subject, [10n ** 15n, 10n ** 15n], alice);
  for (let i = 0; i < limits.pendingPayouts; i++) subject.credit(0, bob, 1_000n, swapping());
  const refused = subject.credit(0, bob, 1_000n, swapping());
  assert.match(tagValue(sent(refused, "Order-Error")[0]!, "Result")!, /Too many payouts/);
  assert.equal(paidTo(refused, bob), 1);
  assert.equal(sent(subject.credit(1, bob, 1_000n, swapping()), "Order-Confirmation").length, 1);
  const burned = subject.post(alice, { Action: "Burn", Quantity: "1000000" });
  assert.equal(sent(burned, "Burn-Confirmation").length, 1);
  assert.equal(paidTo(burned, alice), 1);
  const owed = subject.figure("Token-B-Owed");
  assert.ok(owed > 0n);
  assert.match(subject.post(alice, { Action: "Claim" }).Error!, /^\[busy\]/);
  // What can't even be sent back can be claimed as well.
  const stray = subject.credit(1, mallory, 77n, {});
  assert.equal(sent(stray, "Transfer").length, 0);
  assert.equal(subject.figure("Token-B-Owed"), owed + 77n);
  subject.post(places.tokens[1], { Action: "Debit-Notice", "X-Payout": "1" });
  const claimed = subject.post(alice, { Action: "Claim" });
  assert.equal(tagValue(sent(claimed, "Claim-Response")[0]!, "Token-B-Quantity"), `${owed}`);
  assert.equal(subject.figure("Token-B-Accounted-For"), subject.figure("Token-B-Book-Balance"));
});

test("a claim of both tokens pays the one that has room, and leaves the other", () => {
  const subject = createPoolSubject();
  found(subject, [10n ** 15n, 10n ** 15n]);
  for (let i = 0; i < limits.pendingPayouts; i++) subject.credit(0, bob, 1_000n, swapping());
  for (const side of [0, 1] as const) subject.credit(side, alice, 5n, { "X-Action": "Refund" });
  const [answer] = sent(subject.post(alice, { Action: "Claim" }), "Claim-Response");
  assert.equal(tagValue(answer!, "Token-A-Quantity"), "5");
  assert.equal(tagValue(answer!, "Token-B-Quantity"), "0");
  const left = subject.ask({ Action: "Get-Claimable", Recipient: alice });
  assert.deepEqual(
    ["Token-A-Quantity", "Token-B-Quantity"].map((name) => tagValue(left, name)),
    ["0", "5"],
  );
});

test("a returned payout is restored exactly once, to its owner", () => {
  const subject = createPoolSubject();
  subject.credit(0, alice, 77n, {});
  const refuse = () =>
    subject.post(places.tokens[0], { Action: "Transfer-Error", "X-Payout": "1", Error: "no" });
  assert.equal(sent(refuse(), "Payout-Returned").length, 1);
  assert.equal(sent(refuse(), "Payout-Returned").length, 0);
  subject.post(places.tokens[0], { Action: "Debit-Notice", "X-Payout": "1" });
  assert.equal(subject.figure("Token-A-Owed"), 77n);
  assert.equal(subject.figure("Token-A-Settled"), 0n);
  assert.match(subject.post(bob, { Action: "Claim" }).Error!, /^\[nothing-owed\]/);
  assert.equal(paidTo(subject.post(alice, { Action: "Claim" }), alice), 1);
});

test("the two halves may come in any order, with the same result", () => {
  const orders: readonly (readonly (0 | 1)[])[] = [
    [0, 1],
    [1, 0],
  ];
  const results = orders.map((order) => {
    const subject = createPoolSubject();
    found(subject, [10n ** 9n, 3n * 10n ** 9n]);
    const tags = { ...providing, "X-Slippage-Tolerance": "70" };
    const last = order.map((side) => subject.credit(side, alice, 10_000n, tags))[1]!;
    const [confirmation] = sent(last, "Provide-Confirmation");
    return confirmation!.filter(({ name }) => /Token|Provided/.test(name));
  });
  assert.deepEqual(results[0], results[1]);
});

test("of two halves' terms the stricter counts, whichever came first", () => {
  for (const strict of [{ "X-Slippage-Tolerance": "1" }, { "X-Min-Shares": "999999999" }])
    for (const order of [
      [strict, {}],
      [{}, strict],
    ]) {
      const subject = createPoolSubject();
      found(subject, [10n ** 9n, 10n ** 9n]);
      subject.credit(0, alice, 10_000n, { ...providing, ...order[0] });
      const last = subject.credit(1, alice, 20_000n, { ...providing, ...order[1] });
      assert.equal(sent(last, "Provide-Error").length, 1);
      assert.equal(paidTo(last, alice), 2);
    }
});

test("refunds leave half of the room to what swaps are due: beyond it they are owed", () => {
  const subject = createPoolSubject();
  found(subject, [10n ** 15n, 10n ** 15n]);
  for (let i = 0; i < limits.pendingRefunds; i++) subject.credit(1, mallory, 1n, {});
  assert.equal(subject.figure("Token-B-Owed"), 0n);
  assert.equal(paidTo(subject.credit(1, mallory, 7n, {}), mallory), 0);
  assert.equal(subject.figure("Token-B-Owed"), 7n);
  const published = JSON.parse(subject.published.claims![mallory]!) as Record<string, string>;
  assert.equal(published[places.tokens[1]], "7");
  assert.equal(paidTo(subject.credit(0, bob, 1_000n, swapping()), bob), 1);
});

test("a swap that would give nothing goes back, and says so", () => {
  const subject = createPoolSubject();
  found(subject, [10n ** 9n, 10n ** 6n]);
  const [error] = sent(subject.credit(0, bob, 500n, swapping()), "Order-Error");
  assert.equal(tagValue(error!, "Result"), "The output would be nothing");
});

test("a burn pays at least what is asked of each token, or nothing is burned", () => {
  const subject = createPoolSubject();
  found(subject, [10n ** 9n, 4n * 10n ** 9n], alice);
  const burn = (tags: Readonly<Record<string, string>>) =>
    subject.post(alice, { Action: "Burn", Quantity: "1000", ...tags });
  for (const tags of [{ "Min-Token-A": "501" }, { "Min-Token-B": "2001" }])
    assert.equal(sent(burn(tags), "Burn-Error").length, 1, JSON.stringify(tags));
  assert.equal(sent(burn({ "Min-Token-A": "500", "Min-Token-B": "2000" }), "Burn-Confirmation").length, 1);
});

test("Cancel of another deposit than the one that waits is refused", () => {
  const subject = createPoolSubject();
  subject.credit(0, alice, 5n, providing);
  const id = tagValue(subject.ask({ Action: "Get-Pending-Provides", Recipient: alice }), "Provide-Id")!;
  for (const Transfer of [`${id}x`, "constructor", alice])
    assert.match(subject.post(alice, { Action: "Cancel", Transfer }).Error!, /^\[unknown-deposit\]/);
  assert.equal(paidTo(subject.post(alice, { Action: "Cancel", Transfer: id }), alice), 1);
});

test("shares can't be sent to the pool, and one token is no pair", () => {
  const subject = createPoolSubject();
  found(subject, [10n ** 9n, 10n ** 9n], alice);
  const tags = { Action: "Transfer", Recipient: places.pool, Quantity: "1" };
  assert.match(subject.post(alice, tags).Error!, /^\[invalid-address\]/);
  assert.equal(sharesOf(subject, places.pool), 1_000n);
  for (const token of [places.tokens[0], places.pool])
    assert.throws(() => createPoolSubject({ tags: { "Token-B": token } }), /\[invalid-pair\]/);
});
