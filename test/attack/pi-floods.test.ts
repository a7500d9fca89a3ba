/** Many messages to an index: windows that are full, books that are full, ticks by the thousand, reports of nonsense. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { limits } from "../../process/protocol/limits.ts";
import { identifier } from "../../units/address.ts";
import { tagValue } from "../../units/message.ts";
import { founded, setPrice } from "../laws/index-founding.ts";
import { actors } from "../laws/index-history.ts";
import { big, day, hour, launched, one, places, sent, type TagRecord } from "../laws/index-subject.ts";
import type { World } from "../laws/index-world.ts";

const [alice, bob, mallory] = actors as [string, string, string];
const till = (world: World) => world.subject.state().assets[0]!.till;

test("payments that nobody asked for can't fill the window of payouts: a redemption is paid beside them", () => {
  const { world } = founded();
  const had = world.balance(places.ao, mallory);
  const flood = limits.pendingRefunds + 1_000;
  for (let i = 0; i < flood; i++) world.pay(mallory, places.ao, 1n, {});
  assert.equal(big(till(world).payouts.pending), BigInt(limits.pendingRefunds));
  assert.equal(big(till(world).owed), 1_000n);
  const before = world.balance(places.ao, alice);
  world.pay(alice, places.pi, 10n ** 12n, { "X-Action": "Redeem" });
  const redeemed = world.orders.filter(({ tags }) => tags["X-Action"] === "Redeemed");
  assert.equal(redeemed.length, 3, "AO and both launches' tokens");
  world.settle();
  assert.ok(world.balance(places.ao, alice) > before);
  world.post(bob, { Action: "Claim", Asset: places.ao, Recipient: mallory });
  world.settle();
  assert.equal(world.balance(places.ao, mallory), had);
});

test("when no payout has room any more, what is redeemed is owed, and can be claimed later", () => {
  const { world } = founded();
  const { payouts } = till(world);
  const before = payouts.next;
  for (let i = 0; payouts.next - payouts.oldest < limits.pendingPayouts; i++)
    world.pay(alice, places.pi, 10n ** 6n, { "X-Action": "Redeem" });
  assert.equal(payouts.next - before, limits.pendingPayouts);
  const held = big(world.subject.state().assets[0]!.backing);
  const supply = big(world.subject.state().supply);
  world.pay(alice, places.pi, 10n ** 9n, { "X-Action": "Redeem" });
  const share = (held * 10n ** 9n) / supply;
  assert.equal(big(till(world).owed), share);
  assert.match(world.post(alice, { Action: "Claim", Asset: places.ao }).Error ?? "", /^\[nothing-owed\]/);
  for (const { token, number } of world.orders)
    if (token === places.ao) world.subject.post(token, { Action: "Debit-Notice", "X-Payout": `${number}` });
  world.orders = [];
  world.post(alice, { Action: "Claim", Asset: places.ao });
  const [claimed] = world.orders;
  assert.deepEqual(claimed!.rows, [[alice, share]]);
});

test("a batch's book holds so many bids; whom a higher one displaces gets all back, once", () => {
  const { world } = founded();
  world.subject.wait(4 * hour);
  const opened = world.post(mallory, { Action: "Open-Batch-Auction", Sell: launched[0] });
  assert.equal(opened.Error, undefined);
  const { batch } = world.subject.state().discoveries[0]!;
  const payment = big(batch.leastPayment) + 5n;
  const had = world.balance(places.ao, mallory);
  const bid = (i: number) => {
    const limit = { "X-Limit-Price": `${big(batch.reserve) + BigInt(i)}` };
    return world.pay(mallory, places.ao, payment, { "X-Action": "Batch-Bid", "X-Auction": "1", ...limit })!;
  };
  const more = 200;
  for (let i = 0; i < limits.batchBids + more; i++) {
    const back = sent(bid(i), "Transfer");
    assert.equal(back.length, i < limits.batchBids ? 0 : 1);
  }
  assert.equal(world.subject.state().discoveries[0]!.batch.bids.length, limits.batchBids);
  assert.equal(big(world.subject.state().assets[0]!.escrow), payment * BigInt(limits.batchBids));
  // One that is too low has no place.
  assert.equal(tagValue(sent(bid(1), "Transfer")[0]!, "X-Action"), "Refund");
  world.settle();
  assert.equal(had - world.balance(places.ao, mallory), payment * BigInt(limits.batchBids));
  world.subject.wait(hour);
  for (let page = 0; page < limits.batchBids / limits.batchBidsPerMessage; page++) {
    assert.equal(world.subject.state().openDiscoveries.length, 1);
    world.post(bob, { Action: "Tick" });
  }
  world.settle();
  assert.deepEqual(world.subject.state().openDiscoveries, []);
  assert.equal(big(world.subject.state().assets[0]!.escrow), 0n);
});

test("a thousand ticks by anybody send nothing twice", () => {
  const { world } = founded();
  world.pay(mallory, places.ao, 5n, {});
  const waiting = world.orders.length;
  world.subject.wait(day);
  const counts: Record<string, number> = {};
  for (let i = 0; i < 1_000; i++)
    for (const { Target, Tags } of world.post(i % 2 === 0 ? mallory : alice, { Action: "Tick" }).Messages)
      if (Target !== mallory && Target !== alice)
        counts[tagValue(Tags, "Action") ?? ""] = (counts[tagValue(Tags, "Action") ?? ""] ?? 0) + 1;
  const { "Report-Contributions": questions, Withdraw: withdrawals, Transfer: again } = counts;
  assert.deepEqual([questions, withdrawals, counts["Get-FLPs"]], [1, 1, 1]);
  // The payout that was not answered is sent again a bounded number of times: once in its patience.
  assert.equal(again, 1);
  assert.equal(world.orders.length, waiting + 1);
});

test("auctions that anybody may open: no more than there are assets that have too much", () => {
  const { world, play } = founded();
  const tokens = world.subject.state().assets.map(({ token }) => token);
  setPrice(world, play, launched[0], 50n * one);
  for (let round = 0; round < 20; round++)
    for (const Sell of tokens)
      for (const Buy of tokens) world.post(mallory, { Action: "Open-Auction", Sell, Buy });
  const { openAuctions, auctions } = world.subject.state();
  assert.ok(openAuctions.length > 0 && openAuctions.length <= 3 && auctions.length === openAuctions.length);
  const sold = openAuctions.map((id) => auctions[id - 1]!.sell);
  assert.equal(new Set(sold).size, sold.length);
});

const lies: readonly [what: string, rows: string, tags?: TagRecord][] = [
  [
    "negative, fractional and oversized figures",
    `${mallory},-9\n${mallory},9.5\n${mallory},${"9".repeat(39)}`,
  ],
  ["rows that are none", `${mallory}\n,\n${mallory};99\n"${mallory}","99"\nnobody,99\n,99`],
  ["page nought", `${mallory},99`, { Page: "0" }],
  ["no pages", `${mallory},99`, { Pages: "0" }],
  ["another round's", `${mallory},99`, { Reference: "1" }],
  ["a contradiction", `${mallory},99`, { pages: "2" }],
  ["two megabytes of nothing", "x,\n".repeat(600_000)],
];
for (const [what, rows, tags] of lies) {
  test(`a ledger's report with ${what} mints no PI for the liar, and for nobody more than the yield`, () => {
    const { world, play } = founded();
    world.subject.wait(day);
    world.post(bob, { Action: "Tick" });
    for (const [token, { price }] of play.quotes) setPrice(world, play, token, price);
    const told = (data: string, more: TagRecord = {}) => {
      const round = `${world.subject.state().contributions.round}`;
      const named = { Action: "Contribution-Report", Reference: round, Page: "1", Pages: "1", Cycle: "1" };
      return world.subject.post(places.ledger, { ...named, ...more }, data);
    };
    assert.equal(told(rows, tags).Error, undefined);
    told(`${alice},6000\n${bob},1000`);
    const minted = big(world.subject.state().minted);
    world.pay(places.ledger, places.ao, 10n ** 12n, {});
    for (let i = 0; i < 5; i++) world.post(places.index, { Action: "Tick" });
    const paid = world.orders
      .filter(({ action }) => action === "Batch-Transfer")
      .flatMap((order) => order.rows);
    const { minted: after, pi } = world.subject.state();
    const together = paid.reduce((sum, [, quantity]) => sum + quantity, 0n) + big(pi.owed);
    assert.equal(big(after) - minted, together);
    assert.equal(
      paid.find(([account]) => account === mallory),
      undefined,
    );
    for (const stranger of [mallory, places.ao, identifier("another ledger")]) {
      const before = JSON.stringify(world.subject.state());
      world.subject.post(
        stranger,
        { Action: "Contribution-Report", Reference: "3", Page: "1", Pages: "1" },
        `${mallory},99`,
      );
      assert.equal(JSON.stringify(world.subject.state()), before);
    }
  });
}
