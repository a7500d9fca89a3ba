/**
 * A batch auction: all bids for a lot pay one price, so that a token without a market finds one. A bid says what it
 * pays and the highest price it pays at; it is held in full until the auction is settled. The book is kept in order, best
 * first, as bids come. When it is full, a bid must be above the lowest limit, and displaces that bid.
 *
 * The price is the highest at which the bids that would pay it have the money for the whole lot (rounded up), or the
 * reserve price, if they never have, with the lot partly sold. What goes out never exceeds what came in (AU12):
 * docs/auctions.md.
 */
import { apportion } from "../math/apportion.ts";
import { formatDecimalExact } from "../math/decimal.ts";
import { multiplyDivideUp } from "../math/division.ts";
import { quotient } from "../math/integer.ts";
import {
  add,
  compare,
  formatNatural,
  isZero,
  type Natural,
  natural,
  ONE,
  subtract,
  ZERO,
} from "../math/natural.ts";
import { limits } from "../protocol/limits.ts";
import { type Refusal, refuse } from "../protocol/refusal.ts";
import { priceUp, PRICE_PLACES, quantityDown, valueUp } from "./price.ts";

export interface BatchBid {
  /** In the order of arrival. */
  readonly number: number;
  readonly bidder: string;
  readonly payment: Natural;
  /** The highest price that it pays. */
  readonly limit: Natural;
}

/** What clearing decided. */
export interface Clearing {
  readonly price: Natural;
  /** How many bids, from the best on, get all that their payment buys. */
  readonly whole: number;
  /** What the bids after them get; those after these get nothing. */
  readonly rationed: readonly Natural[];
}

export interface Batch {
  /** Of the asset that is sold. */
  readonly lot: Natural;
  /** The lowest price. */
  readonly reserve: Natural;
  /** The least that a bid pays. */
  readonly leastPayment: Natural;
  /** How many bids are kept. */
  readonly mostBids: number;
  /** By limit, the highest first, and of equal ones the earlier first. */
  readonly bids: BatchBid[];
  /** The number of the next bid. */
  next: number;
  clearing?: Clearing;
  /** How many bids are settled, in the order of the book; and what they got, cost and had sent back in all. */
  settled: number;
  sold: Natural;
  raised: Natural;
  refunded: Natural;
}

/**
 * Opens an auction. A bid must pay at least the given amount, and at least the part of the lot's value at the reserve
 * price that so many bids must each have to make up all of it (rounded up): a full book then always buys the whole lot,
 * and filling it with dust keeps nobody out. Undefined for a lot or reserve price of zero, or for a number of bids that is not 1 to
 * `limits.batchBids`.
 */
export function openBatch(
  lot: Natural,
  reserve: Natural,
  leastPayment: Natural,
  mostBids: number,
): Batch | undefined {
  if (isZero(lot) || isZero(reserve) || mostBids < 1 || mostBids > limits.batchBids) return undefined;
  const part = multiplyDivideUp(valueUp(lot, reserve), ONE, natural(mostBids));
  return {
    lot,
    reserve,
    leastPayment: compare(part, leastPayment) > 0 ? part : leastPayment,
    mostBids,
    bids: [],
    next: 1,
    settled: 0,
    sold: ZERO,
    raised: ZERO,
    refunded: ZERO,
  };
}

/** A bid that was taken in, and the one that had to go for it, whose payment goes back. */
export interface Placed {
  readonly bid: BatchBid;
  readonly displaced?: BatchBid;
}

/**
 * Takes a bid in. Refused, and nothing changed: `auction-closed`, `payment-too-small`, `below-reserve`, `book-full`. One
 * binary search, and the bids below it move one place.
 */
export function placeBid(batch: Batch, bidder: string, payment: Natural, limit: Natural): Placed | Refusal {
  const { bids, leastPayment, mostBids, reserve } = batch;
  if (batch.clearing !== undefined) return refuse("auction-closed", "The auction takes no more bids");
  if (compare(payment, leastPayment) < 0)
    return refuse("payment-too-small", `A bid must pay at least ${formatNatural(leastPayment)}`);
  if (compare(limit, reserve) < 0)
    return refuse("below-reserve", `A bid's price must be at least ${textOf(reserve)}`);
  const isFull = bids.length >= mostBids;
  const lowest = bids[bids.length - 1];
  if (isFull && lowest !== undefined && compare(limit, lowest.limit) <= 0)
    return refuse(
      "book-full",
      `All ${mostBids} places are taken: a bid's price must be above ${textOf(lowest.limit)}`,
    );
  const displaced = isFull ? bids.pop() : undefined;
  const bid = { number: batch.next, bidder, payment, limit };
  batch.next += 1;
  insert(bids, bid);
  return displaced === undefined ? { bid } : { bid, displaced };
}

/** A price as a decimal of smallest units. */
function textOf(price: Natural): string {
  return formatDecimalExact(price, PRICE_PLACES);
}

/** Puts a bid behind all with the same limit or a higher one. */
function insert(bids: BatchBid[], bid: BatchBid): void {
  let first = 0;
  let last = bids.length;
  while (first < last) {
    const middle = quotient(first + last, 2);
    if (compare(bids[middle]!.limit, bid.limit) < 0) last = middle;
    else first = middle + 1;
  }
  bids.push(bid);
  for (let place = bids.length - 1; place > first; place--) bids[place] = bids[place - 1]!;
  bids[first] = bid;
}

/**
 * Decides the price and who gets what. False, and nothing changed, where that was done before. One walk along the book, which
 * is bounded by `limits.batchBids`.
 */
export function clearBatch(batch: Batch): boolean {
  if (batch.clearing !== undefined) return false;
  batch.clearing = clearingOf(batch);
  return true;
}

/**
 * Level by level from the highest limit down: `money` is what the bids above the level pay. Where that is
 * the lot's value at the level or more, the price lies not below the level, at money / lot, rounded up; it is not above
 * the level before, or the walk had ended there. Where it takes the level's own bids, the price is the level, and they
 * are rationed.
 */
function clearingOf({ bids, lot, reserve }: Batch): Clearing {
  let money = ZERO;
  let place = 0;
  while (place < bids.length) {
    const level = bids[place]!.limit;
    const worth = valueUp(lot, level);
    if (compare(money, worth) >= 0) return { price: priceUp(money, lot), whole: place, rationed: [] };
    let through = place;
    let withLevel = money;
    while (through < bids.length && compare(bids[through]!.limit, level) === 0) {
      withLevel = add(withLevel, bids[through]!.payment);
      through += 1;
    }
    if (compare(withLevel, worth) >= 0) {
      return { price: level, whole: place, rationed: rationedAt(bids, place, through, lot, level) };
    }
    money = withLevel;
    place = through;
  }
  const price = priceUp(money, lot);
  return { price: compare(price, reserve) < 0 ? reserve : price, whole: place, rationed: [] };
}

/**
 * What the bids of a level get: what the whole ones leave of the lot, but not more than their payments buy, in proportion to
 * that, by largest remainder; of equal remainders the earlier bid gains. Neither bids nor lot are exceeded.
 */
function rationedAt(
  bids: readonly BatchBid[],
  first: number,
  end: number,
  lot: Natural,
  price: Natural,
): readonly Natural[] {
  let left = lot;
  for (let place = 0; place < first; place++)
    left = subtract(left, quantityDown(bids[place]!.payment, price));
  const wanted: Natural[] = [];
  let demand = ZERO;
  for (let place = first; place < end; place++) {
    const quantity = quantityDown(bids[place]!.payment, price);
    wanted.push(quantity);
    demand = add(demand, quantity);
  }
  return compare(demand, left) <= 0 ? wanted : apportion(left, wanted)!;
}

/** What comes of one bid: quantity to the bidder, cost to the seller, refund = payment − cost to the bidder. */
export interface Settlement {
  readonly bid: BatchBid;
  readonly quantity: Natural;
  /** quantity · price, rounded up. */
  readonly cost: Natural;
  readonly refund: Natural;
}

/**
 * Settles the next bids of a cleared auction, at most `limits.batchBidsPerMessage`, each once; none before it is cleared
 * or when all are settled.
 */
export function settlePage(batch: Batch): readonly Settlement[] {
  const { bids, clearing } = batch;
  const page: Settlement[] = [];
  if (clearing === undefined) return page;
  const end = Math.min(bids.length, batch.settled + limits.batchBidsPerMessage);
  for (let place = batch.settled; place < end; place++) {
    const bid = bids[place]!;
    const quantity = quantityAt(clearing, place, bid);
    const cost = valueUp(quantity, clearing.price);
    const refund = subtract(bid.payment, cost);
    page.push({ bid, quantity, cost, refund });
    batch.sold = add(batch.sold, quantity);
    batch.raised = add(batch.raised, cost);
    batch.refunded = add(batch.refunded, refund);
  }
  batch.settled = end;
  return page;
}

/** Whether an auction is cleared and every bid settled: what is unsold is lot − sold. */
export function isSettled(batch: Batch): boolean {
  return batch.clearing !== undefined && batch.settled === batch.bids.length;
}

function quantityAt({ price, whole, rationed }: Clearing, place: number, { payment }: BatchBid): Natural {
  if (place < whole) return quantityDown(payment, price);
  return rationed[place - whole] ?? ZERO;
}
