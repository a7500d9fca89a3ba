/** The laws of what the index sells (AU), each judged after every step. */
import assert from "node:assert/strict";
import { crossOf, priceWithin, STEPS, stepOf, up, worthDown, worthUp } from "./index-model.ts";
import type { Moment } from "./index-play.ts";
import { big, day, one, places } from "./index-subject.ts";
import { dueOf } from "./index-due.ts";
import type { IndexLaw } from "./index-judge.ts";

interface Shown {
  readonly begin: number;
  readonly best: bigint;
  readonly worst: bigint;
  readonly price: bigint | undefined;
}

function shown({ world }: Moment, id: number): Shown {
  const tags = new Map(
    world.subject
      .ask({ Action: "Get-Auction", "Auction-Id": `${id}` })
      .tags.map((tag) => [tag.name, tag.value]),
  );
  const price = tags.get("Dutch-Current-Price")!;
  return {
    begin: Number(tags.get("Starts-At-Timestamp")),
    best: BigInt(tags.get("Dutch-Best-Price")!),
    worst: BigInt(tags.get("Dutch-Min-Price")!),
    price: price === "" ? undefined : BigInt(price),
  };
}

/** The auction that a bid is for, before it. */
function bidOf(moment: Moment) {
  const { step, payment, before, world, now } = moment;
  if (step.kind !== "bid" || payment === undefined) return undefined;
  const id = Number(payment.tags["X-Auction"]);
  const auction = world.subject.state().auctions[id - 1]!;
  const { begin, best, worst } = shown(moment, id);
  const terms = { begin, best, worst };
  const at = before.auctions[id - 1]!.open ? stepOf(terms, now) : undefined;
  return { id, auction, terms, at, payment, was: before.auctions[id - 1]! };
}

export const auctionLaws: readonly IndexLaw[] = [
  {
    name: "AU1 a price lies within its bounds, is the model's at every step, and never rises",
    check(moment) {
      const { world, now } = moment;
      for (const id of world.subject.state().openAuctions) {
        const { price, ...terms } = shown(moment, id);
        const at = stepOf(terms, world.subject.now());
        assert.equal(price === undefined, at === undefined);
        if (price === undefined || at === undefined) continue;
        const [least, most] = priceWithin(terms, at);
        assert.ok(price >= least && price <= most, `step ${at}: ${price} of ${least} to ${most}`);
        assert.ok(price >= terms.worst && price <= 3n * terms.best);
        const earlier = stepOf(terms, now);
        if (earlier !== undefined && now >= terms.begin) assert.ok(price <= priceWithin(terms, earlier)[1]);
      }
    },
  },
  {
    name: "AU2 sold + left + withdrawn = lot; a bid never buys more than is wanted; a lot is the model's, what is too much, and shrinks with the basket",
    check(moment) {
      const { world, before, after, step } = moment;
      for (const auction of world.subject.state().auctions) {
        const [lot, left, sold, shrunk] = [auction.lot, auction.left, auction.sold, auction.shrunk].map(big);
        assert.equal(lot, left! + sold! + shrunk!);
        if (step.kind === "bid" && auction.open) assert.ok(big(auction.bought) <= big(auction.wanted));
      }
      // A lot, and what it is still to bring, shrink as the basket does.
      const stays = (amount: bigint) => (amount * after.supply) / before.supply;
      if (step.kind === "redeem")
        for (const [i, { left, bought, wanted, open }] of before.auctions.entries())
          if (open && after.supply < before.supply)
            assert.deepEqual(
              [after.auctions[i]!.left, after.auctions[i]!.wanted],
              [stays(left), bought + stays(wanted > bought ? wanted - bought : 0n)],
            );
      if (step.kind !== "open" || after.auctions.length === before.auctions.length) return;
      const opened = world.subject.state().auctions[after.auctions.length - 1]!;
      const { lot, wanted } = dueOf(moment, opened.sell, opened.buy);
      assert.deepEqual([big(opened.lot), big(opened.wanted)], [lot, wanted]);
      const { worst, best } = crossOf(before.bounds.get(opened.sell)!, before.bounds.get(opened.buy)!);
      assert.deepEqual([big(opened.terms.worst), big(opened.terms.best)], [worst, best]);
    },
  },
  {
    name: "AU3 a bid pays ceil(quantity · price), never above its limit, and all else goes back at once, to the last unit",
    check(moment) {
      const bid = bidOf(moment);
      if (bid === undefined) return;
      const { auction, payment, was, at, terms } = bid;
      const { orders, before } = moment;
      const given = orders.filter(({ tags }) => tags["X-Action"] === "Bid-Filled");
      const refunds = orders.filter(({ tags }) => tags["X-Action"] === "Refund");
      const back = refunds.reduce((sum, { rows }) => sum + rows[0]![1], 0n);
      assert.ok([...given, ...refunds].every(({ rows }) => rows[0]![0] === payment.by));
      if (given.length === 0) return assert.equal(back, payment.quantity);
      assert.equal(given.length, 1);
      const [quantity, cost] = [given[0]!.rows[0]![1], BigInt(given[0]!.tags["X-Cost"]!)];
      assert.equal(back, payment.quantity - cost);
      assert.ok(at !== undefined);
      const [least, most] = priceWithin(terms, at);
      assert.ok(cost >= up(quantity * least, one) && cost <= up(quantity * most, one));
      if (payment.tags["X-Max-Price"] !== undefined)
        assert.ok(cost <= up(quantity * BigInt(payment.tags["X-Max-Price"]), one));
      assert.ok(quantity <= was.left && quantity <= before.books.get(auction.sell)!.backing);
      if (least === most) {
        const free = big(auction.wanted) - was.bought;
        const affordable = ((payment.quantity < free ? payment.quantity : free) * one) / least;
        // What is under way to a pool counts as bought: a bid may then get less.
        const underWay = Object.values(moment.world.subject.state().swaps).length > 0;
        const expected = affordable < was.left ? affordable : was.left;
        assert.ok(underWay ? quantity <= expected : quantity === expected, `${quantity} of ${expected}`);
      }
    },
  },
  {
    name: "AU4 nothing is sold before, after or when closed; a bid within its limit in an open auction is filled (AU8)",
    check(moment) {
      const bid = bidOf(moment);
      if (bid === undefined) return;
      const { at, payment, was, terms, auction } = bid;
      const filled = moment.orders.some(({ tags }) => tags["X-Action"] === "Bid-Filled");
      if (at === undefined) return assert.ok(!filled);
      const { worst } = crossOf(
        moment.before.bounds.get(auction.sell) ?? { price: one, low: 0n, high: one },
        moment.before.bounds.get(auction.buy) ?? { price: one, low: one, high: one },
      );
      const [least, most] = priceWithin(terms, at);
      const limit = BigInt(payment.tags["X-Max-Price"] ?? most);
      const enough = payment.quantity >= worthUp(1n, most) && was.left > 0n;
      const underWay = Object.values(moment.world.subject.state().swaps).length > 0;
      const inPart = at >= STEPS.steep && !underWay;
      const wanted = big(auction.wanted) - was.bought >= worthUp(1n, most);
      const priced =
        moment.before.bounds.get(auction.sell) !== undefined &&
        moment.before.bounds.get(auction.buy) !== undefined;
      if (limit >= most && enough && wanted && least >= worst && inPart && priced) assert.ok(filled);
    },
  },
  {
    name: "AU5 no asset is sold in one auction and bought in another, nor sold in two at a time",
    check({ world }) {
      const { openAuctions, auctions, openDiscoveries, discoveries } = world.subject.state();
      const open = openAuctions.map((id) => auctions[id - 1]!);
      const selling = [...open, ...openDiscoveries.map((id) => discoveries[id - 1]!)].map(({ sell }) => sell);
      assert.equal(new Set(selling).size, selling.length);
      for (const { buy } of open) assert.ok(!selling.includes(buy));
    },
  },
  {
    name: "AU6 dust closes: no auction is open of which nothing can be sold",
    check({ world }) {
      const { openAuctions, auctions } = world.subject.state();
      for (const id of openAuctions) {
        const { left, terms, bought, wanted } = auctions[id - 1]!;
        assert.ok(worthDown(big(left), big(terms.worst)) >= 1n && big(bought) < big(wanted));
      }
    },
  },
  {
    name: "AU7 bounds only narrow: neither a bid nor a swap gets any of a lot below what prices allow when it comes",
    check(moment) {
      const { step, before, orders, world } = moment;
      const bid = bidOf(moment);
      // A Tick sends an overdue one again.
      const swapped =
        step.kind === "swap" ? orders.find(({ tags }) => tags["X-Action"] === "Swap") : undefined;
      const given = orders.find(({ tags }) => tags["X-Action"] === "Bid-Filled");
      const swap = swapped && world.subject.state().swaps[places.pool];
      const auction = swap ? world.subject.state().auctions[swap.auction - 1] : bid?.auction;
      if (auction === undefined) return;
      const [sold, paid] = [before.bounds.get(auction.sell), before.bounds.get(auction.buy)];
      if (sold === undefined || paid === undefined) return assert.equal(swap, undefined);
      const { worst } = crossOf(sold, paid);
      if (swap !== undefined) assert.ok(big(swap.leastOut) >= worthUp(swapped!.rows[0]![1], worst), "a swap");
      if (step.kind !== "bid" || bid?.at === undefined) return;
      if (given !== undefined)
        assert.ok(BigInt(given.tags["X-Cost"]!) >= worthUp(given.rows[0]![1], worst), "a bid");
      const [least, most] = priceWithin(bid.terms, bid.at);
      if (least === most && least < worst) assert.equal(given, undefined);
    },
  },
  {
    name: "AU9 anyone opens what is due by the model's targets and bands, and nothing that is not, for the model's reason",
    check(moment) {
      const { step, before, after, refused, untouched, pair } = moment;
      if (step.kind !== "open" || untouched !== undefined || pair === undefined) return;
      const { reasons } = dueOf(moment, pair.Sell, pair.Buy);
      const opened = after.auctions.length > before.auctions.length;
      assert.equal(opened, refused === undefined);
      if (!opened) return assert.ok(reasons.has(refused!), `${refused} of ${[...reasons].join(" ")}`);
      assert.deepEqual([...reasons], []);
    },
  },
  {
    name: "AU10 a fill in the first phase closes the auction, and the pair pauses for a day",
    check(moment) {
      const bid = bidOf(moment);
      if (bid === undefined || bid.at === undefined || bid.at >= STEPS.steep) return;
      if (!moment.orders.some(({ tags }) => tags["X-Action"] === "Bid-Filled")) return;
      const { auction } = bid;
      assert.ok(!auction.open);
      const again = moment.world.subject.post(places.stranger, {
        Action: "Open-Auction",
        Sell: auction.sell,
        Buy: auction.buy,
      });
      assert.match(again.Error ?? "", /^\[paused\]/);
      assert.equal(moment.world.subject.state().pauses[`${auction.sell}|${auction.buy}`], moment.now + day);
    },
  },
  {
    name: "AU11 what swaps lose, those that nobody answers too, keeps within the model's bucket over any stretch of time",
    check({ play, after, world }) {
      const { slippage } = play;
      const room = slippage.room(world.subject.now());
      if (slippage.tightened) assert.ok(after.room <= room, `${after.room} of ${room}`);
      else assert.equal(after.room, room);
      const { losses, capacity } = slippage;
      const last = losses[losses.length - 1];
      let sum = 0n;
      for (const { at, quantity } of [...losses].reverse()) {
        sum += quantity;
        assert.ok(sum * BigInt(day) <= capacity * BigInt(day + last!.at - at), `${sum}`);
      }
    },
  },
  {
    name: "AU12 batch: what bidders pay is raised or goes back, and what is sold keeps within the lot",
    check({ world, after, play }) {
      const { discoveries } = world.subject.state();
      let held = 0n;
      for (const { id, batch, open } of discoveries) {
        const paid = play.paid.get(id)!;
        assert.ok(big(batch.sold) <= big(batch.lot));
        assert.ok(big(batch.raised) + big(batch.refunded) <= paid);
        if (!open) assert.equal(big(batch.raised) + big(batch.refunded), paid);
        else held += paid - big(batch.raised) - big(batch.refunded);
      }
      assert.equal(after.books.get(places.ao)!.escrow, held);
    },
  },
  {
    name: "IX12 an auction loses at most its bands: what is paid, at the feed's price and its band, is worth what is sold",
    check(moment) {
      const bid = bidOf(moment);
      if (bid === undefined) return;
      const { before, after } = moment;
      const { id, auction, terms } = bid;
      const [was, is] = [before.auctions[id - 1]!, after.auctions[id - 1]!];
      const [sold, cost] = [is.sold - was.sold, is.bought - was.bought];
      const [of, paid] = [before.bounds.get(auction.sell), before.bounds.get(auction.buy)];
      // Without a price the lot goes on by the bounds that it was opened with.
      if (of === undefined || paid === undefined) assert.ok(cost >= worthUp(sold, terms.worst));
      else assert.ok((cost + 1n) * paid.high >= sold * of.low, `${sold} for ${cost}`);
      assert.equal(after.supply, before.supply);
      const gained = (token: string): bigint =>
        after.books.get(token)!.backing - before.books.get(token)!.backing;
      assert.deepEqual([gained(auction.sell), gained(auction.buy)], [-sold, cost]);
    },
  },
];
