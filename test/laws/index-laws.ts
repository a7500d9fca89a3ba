/** The index's laws for the ways in and out and its books (IX), each judged after every step. */
import assert from "node:assert/strict";
import { up, worthDown, worthUp } from "./index-model.ts";
import type { Moment } from "./index-play.ts";
import { assets, big, hour, one, places } from "./index-subject.ts";
import type { IndexLaw } from "./index-judge.ts";

/** What market steps take out of the basket, they sell: AU judges them. */
const sales: readonly string[] = [
  "bid",
  "swap",
  "pool",
  "tick",
  "settle",
  "yield",
  "answer",
  "basket",
  "batch",
];

function perPi({ before, after, leftOut }: Moment): void {
  for (const [token, was] of before.books)
    if (!leftOut.includes(token))
      assert.ok(was.backing * after.supply <= (after.books.get(token)?.backing ?? 0n) * before.supply, token);
}

/** PI that a session or a mint by value has come to. */
function mintedIn({ before, after }: Moment): bigint {
  return after.minted - before.minted;
}

/** What the basket is worth at the upper bounds of all prices, without what is under way to a pool. */
function highValue({ before }: Moment): bigint {
  return [...before.books].reduce((sum, [token, { backing }]) => {
    return backing === 0n
      ? sum
      : sum + worthUp(backing, before.bounds.get(token)?.high ?? before.ceilings.get(token)!);
  }, 0n);
}

const isLeg = ({ step }: Moment): boolean => step.kind === "deposit" || step.kind === "kind";

export const basketLaws: readonly IndexLaw[] = [
  {
    name: "IX1 units of every asset per PI never fall by a deposit in kind, a redemption or anything but a sale",
    check(moment) {
      if (!sales.includes(moment.step.kind) && moment.step.kind !== "mint") perPi(moment);
    },
  },
  {
    name: "IX1 left out: what a deposit brings, at the low end, makes up for what it leaves out, at the high end with the fee",
    check(moment) {
      const { step, before, after, leftOut, play, world } = moment;
      const pi = mintedIn(moment);
      if (step.kind !== "kind" || leftOut.length === 0 || pi === 0n) return;
      let [brought, missing, paid] = [0n, 0n, 0n];
      for (const [token, { backing }] of before.books) {
        const { low, high } = before.bounds.get(token) ?? { low: 0n, high: before.ceilings.get(token)! };
        const isProven = play.agreed || token === places.ao || token === places.ar;
        if (leftOut.includes(token)) missing += worthUp(backing, high);
        else if (isProven) {
          brought += worthDown(backing, low);
          paid += (after.books.get(token)!.backing - backing) * low;
        }
      }
      const fee = BigInt(world.subject.state().parameters.fee);
      const charged = up(missing * (10_000n + fee), 10_000n);
      assert.ok(paid * before.supply >= pi * (brought + charged) * one);
    },
  },
  {
    name: "IX1 by value: what comes in, at the low end, is worth what its PI was, at the high end; and is the model's",
    check(moment) {
      const { step, before, payment } = moment;
      if (step.kind !== "mint" || payment === undefined || mintedIn(moment) === 0n) return;
      const value = highValue(moment);
      const { low } = before.bounds.get(payment.token)!;
      const worth = worthDown(payment.quantity, low);
      const fee = BigInt(moment.world.subject.state().parameters.fee);
      const underWay = Object.values(moment.world.subject.state().swaps).length > 0;
      const expected = (((worth * (10_000n - fee)) / 10_000n) * before.supply) / value;
      if (underWay) assert.ok(mintedIn(moment) <= expected);
      else assert.equal(mintedIn(moment), expected);
      assert.ok((value + worth) * before.supply >= value * (before.supply + mintedIn(moment)));
    },
  },
  {
    name: "IX2 there and back never profits: what a session took would come back, or less, at once",
    check(moment) {
      const { before, after, payment } = moment;
      const pi = mintedIn(moment);
      if (pi === 0n || payment === undefined || (!isLeg(moment) && moment.step.kind !== "mint")) return;
      let [paid, back] = [0n, 0n];
      for (const [token, { backing }] of after.books) {
        const used = backing - (before.books.get(token)?.backing ?? 0n);
        const returned = (backing * pi) / after.supply;
        if (isLeg(moment)) {
          if (moment.leftOut.includes(token)) continue;
          assert.ok(returned <= used, token);
          assert.ok(used >= up((before.books.get(token)?.backing ?? 0n) * pi, before.supply));
        } else {
          // All that comes back at the high end but what was paid, which is worth its low end either way.
          const { low, high } = before.bounds.get(token) ?? { low: 0n, high: 0n };
          if (token === payment.token) paid += worthDown(used, low);
          back += token === payment.token ? worthDown(returned, low) : worthDown(returned, high);
        }
      }
      assert.ok(back <= paid + 1n || isLeg(moment), `${back} for ${paid}`);
    },
  },
  {
    name: "IX3 what is reserved is there, nothing is spent that there is not, and both sides of the books agree",
    check({ after, world, result }) {
      assert.equal(
        result.Error?.startsWith("["),
        result.Error === undefined ? undefined : true,
        result.Error,
      );
      for (const [token, { backing, reserved, accounted, balance }] of after.books) {
        assert.ok(backing >= reserved, token);
        assert.equal(accounted, balance);
        const surplus = world.balance(token, places.index) - balance;
        assert.equal(surplus, world.given.get(token) ?? 0n, "all but donations is in the books");
      }
    },
  },
  {
    name: "IX3 reserved is what open lots add up to",
    check({ after, world }) {
      const { openAuctions, auctions, openDiscoveries, discoveries } = world.subject.state();
      for (const [token, { reserved }] of after.books) {
        let lots = 0n;
        for (const id of openAuctions)
          if (auctions[id - 1]!.sell === token) lots += big(auctions[id - 1]!.left);
        for (const id of openDiscoveries) {
          const { sell, batch } = discoveries[id - 1]!;
          if (sell === token && batch.clearing === undefined) lots += big(batch.lot);
        }
        assert.equal(reserved, lots, token);
      }
    },
  },
  {
    name: "IX5 a redemption gives the share of every asset, rounded down, in every state",
    check({ step, payment, before, after, orders, result, play }) {
      if (step.kind !== "redeem" || payment === undefined) return;
      const parts = [...before.books]
        .map(([token, { backing }]) => [token, (backing * payment.quantity) / before.supply] as const)
        .filter(([, quantity]) => quantity > 0n);
      if (parts.length === 0)
        return assert.equal(after.supply, before.supply, "nothing is burned for nothing");
      assert.equal(result.Error, undefined);
      assert.equal(after.supply, before.supply - payment.quantity);
      play.redeemed += payment.quantity;
      const paid = orders.filter(({ action }) => action === "Transfer");
      assert.deepEqual(
        paid.map(({ token, rows }) => `${token} ${rows[0]![0]} ${rows[0]![1]}`).sort(),
        parts.map(([token, quantity]) => `${token} ${payment.by} ${quantity}`).sort(),
      );
    },
  },
  {
    name: "IX6 without a fresh price of every asset nothing is minted by value; paused, nothing is minted at all",
    check(moment) {
      const { step, before, after, payment } = moment;
      if (step.kind === "mint" || isLeg(moment)) {
        if (before.paused) assert.equal(mintedIn(moment), 0n);
        if (step.kind !== "mint" || payment === undefined) return;
        const held = [...before.books].filter(([, { backing }]) => backing > 0n);
        if (held.some(([token]) => before.bounds.get(token) === undefined && !before.ceilings.has(token))) {
          assert.equal(after.supply, before.supply);
          assert.equal(moment.orders[0]!.rows[0]![1], payment.quantity);
        }
        const isLaunched = payment.token !== places.ao && payment.token !== places.ar;
        if (isLaunched && !moment.play.agreed) assert.equal(mintedIn(moment), 0n, "two sources must agree");
      }
    },
  },
  {
    name: "IX7 a donation changes nothing until Sync, an hour later, and then only upward",
    check({ step, before, after }) {
      if (step.kind === "give") assert.deepEqual(after, before);
      if (step.kind !== "sync") return;
      assert.equal(after.supply, before.supply);
      for (const [token, { backing, received }] of after.books) {
        const was = before.books.get(token)!;
        assert.equal(
          backing - was.backing,
          received - was.received,
          "only what was found, or was lost and came back",
        );
        assert.ok(backing >= was.backing);
      }
    },
  },
  {
    name: "IX8 what is minted by value keeps within the cap in every hour, and within a lower one once it is tightened",
    check(moment) {
      const { step, play, now, world, payment } = moment;
      if (step.kind !== "mint") return;
      for (const token of assets) {
        const sum = play.minted.get(token)!.sum(now, hour);
        assert.ok(sum <= 2n * 10n ** 13n, `${sum}`);
        const minted = payment?.token === token && mintedIn(moment) > 0n;
        if (minted) assert.ok(sum <= big(world.subject.state().caps.hour), `${sum}`);
      }
    },
  },
  {
    name: "IX9 fees keep within five percent, and with all rounding stay in the basket: PI and parts are never more than due",
    check(moment) {
      const { step, before, after, payment, world } = moment;
      const fee = BigInt(world.subject.state().parameters.fee);
      assert.ok(fee <= 500n);
      if (payment === undefined) return;
      if (step.kind === "mint" && mintedIn(moment) > 0n) {
        for (const [token, { backing }] of after.books)
          assert.ok(backing >= before.books.get(token)!.backing);
        const worth = worthDown(payment.quantity, before.bounds.get(payment.token)!.low);
        const due = worth * (10_000n - fee) * before.supply;
        assert.ok(mintedIn(moment) * highValue(moment) * 10_000n <= due);
      }
      if (step.kind === "redeem" && after.supply < before.supply)
        for (const [token, { backing }] of before.books) {
          const out = backing - after.books.get(token)!.backing;
          assert.ok(out * before.supply <= backing * payment.quantity, token);
        }
    },
  },
  {
    name: "IX10 zero results are refused: no PI for nothing, nothing for PI",
    check(moment) {
      const { payment, before, after, orders, step } = moment;
      assert.ok(orders.every(({ rows }) => rows.every(([, quantity]) => quantity > 0n)));
      if (payment === undefined || payment.tags.Cast !== undefined) return;
      if (step.kind === "redeem" && orders.length === 0)
        assert.equal(after.supply, before.supply - payment.quantity);
      if (step.kind === "stray") {
        assert.equal(orders[0]!.rows[0]![1], payment.quantity, "it goes back, whole");
        assert.equal(orders.length, 1);
      }
    },
  },
  {
    name: "IX11 a session over its deadline returns each leg once, and none is there after a Tick",
    check({ step, before, after, orders, world, now, untouched }) {
      if (step.kind !== "tick" || untouched !== undefined) return;
      for (const { deadline } of Object.values(world.subject.state().sessions)) assert.ok(deadline > now);
      const returned = orders.filter(
        ({ tags }) => tags["X-Session"] !== undefined && tags["X-Payouts-Settled"] !== undefined,
      );
      for (const [id, legs] of Object.entries(before.legs)) {
        if (after.legs[id] !== undefined) continue;
        for (const [token, leg] of legs) {
          const back = returned.filter((order) => order.tags["X-Session"] === id && order.token === token);
          assert.ok(
            back.some(({ rows }) => rows[0]![1] === leg),
            "the leg came back",
          );
        }
      }
    },
  },
  {
    name: "MS1 MS2 a repeated or forged message is refused, and changes nothing",
    check({ untouched, refused }) {
      if (untouched === undefined) return;
      assert.ok(refused === "repeated" || refused === "untrusted", refused);
      assert.ok(untouched);
    },
  },
];
