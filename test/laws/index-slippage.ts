/**
 * What the index may have lost, by plain BigInt: each swap on a pool from its sending to what comes of it, what bids have bought for a token whose price one
 * feed alone tells, and a bucket that leaks.
 */
import { big, day, launched, places } from "./index-subject.ts";
import { stepOf, worthDown, worthUp } from "./index-model.ts";
import type { Moment } from "./index-play.ts";

const DAY = BigInt(day);
const PATIENCE = 600_000;

interface Sent {
  readonly sell: string;
  readonly buy: string;
  /** In AO by the prices at sending: what was sent, and a unit of what is bought. */
  readonly worth: bigint;
  readonly price: bigint;
  readonly deadline: number;
}

export interface Loss {
  readonly at: number;
  readonly quantity: bigint;
}

/** A bucket that leaks its capacity in a day; the level is held times the milliseconds of one. */
export class LeakyBucket {
  capacity: bigint;
  #level = 0n;
  #at = 0;

  constructor(capacity: bigint) {
    this.capacity = capacity;
  }

  /** What it still holds, rounded down. */
  room(now: number): bigint {
    const free = this.capacity * DAY - this.#levelAt(now);
    return free > 0n ? free / DAY : 0n;
  }

  /** Takes as much of a loss as there is room for. */
  add(loss: bigint, now: number): void {
    const room = this.room(now);
    [this.#level, this.#at] = [this.#levelAt(now) + (loss < room ? loss : room) * DAY, now];
  }

  tighten(capacity: bigint, now: number): void {
    [this.#level, this.#at] = [this.#levelAt(now), now];
    this.capacity = capacity;
  }

  #levelAt(now: number): bigint {
    const leaked = this.capacity * BigInt(now - this.#at);
    return leaked < this.#level ? this.#level - leaked : 0n;
  }
}

export class Slippage {
  readonly losses: Loss[] = [];
  /** Whether the cap was lowered: then the index may count a leak by the lower one that was by the higher. */
  tightened = false;
  readonly capacity: bigint;
  readonly #agreed: boolean;
  readonly #bucket: LeakyBucket;
  /** By auction, in AO: a unit of a lot that is sold for a token of one feed. */
  readonly #risks = new Map<number, bigint>();
  #sent: Sent | undefined;

  /** `agreed`: whether two feeds tell the prices of launches' tokens. */
  constructor(capacity: bigint, agreed: boolean) {
    this.capacity = capacity;
    this.#agreed = agreed;
    this.#bucket = new LeakyBucket(capacity);
  }

  room(now: number): bigint {
    return this.#bucket.room(now);
  }

  /** Whether an auction for such a token puts its lot at risk. */
  isRisky(buy: string): boolean {
    return !this.#agreed && launched.some((token) => token === buy);
  }

  /** What the bucket holds beside what is at risk already. */
  free({ before, world, now }: Pick<Moment, "before" | "world" | "now">): bigint {
    const room = this.tightened ? before.room : this.room(now);
    let free = room - (this.#sent?.worth ?? 0n);
    for (const [id, risk] of this.#risks) {
      // One that was opened by this very step is not at risk before it.
      const { open, left } = before.auctions[id - 1] ?? { open: false, left: 0n };
      const { begin } = world.subject.state().auctions[id - 1]!;
      if (open && stepOf({ begin, best: 0n, worst: 0n }, now) !== undefined) free -= worthUp(left, risk);
    }
    return free > 0n ? free : 0n;
  }

  /** Takes note of what a step has done. */
  watch({ world, step, before, orders, result, brought, now }: Omit<Moment, "after" | "play">): void {
    const [state, later] = [world.subject.state(), world.subject.now()];
    const cap = big(state.caps.slippage);
    if (cap < this.#bucket.capacity) {
      this.#bucket.tighten(cap, later);
      this.tightened = true;
    }
    const sent = this.#sent;
    if (sent !== undefined) {
      const ticked = step.kind === "tick" || step.kind === "yield" || step.kind === "basket";
      if (brought?.token === sent.buy) {
        const got = worthDown(brought.quantity, sent.price);
        this.#lose(sent.worth > got ? sent.worth - got : 0n, later);
        this.#sent = undefined;
      } else if (ticked && result.Error === undefined && sent.deadline <= later) {
        this.#lose(sent.worth, later);
        this.#sent = undefined;
      } else if (brought?.token === sent.sell || state.swaps[places.pool] === undefined)
        this.#sent = undefined;
    }
    const opened = state.auctions.length;
    if (step.kind === "open" && opened > before.auctions.length) {
      const { sell, buy } = state.auctions[opened - 1]!;
      if (this.isRisky(buy)) this.#risks.set(opened, before.bounds.get(sell)!.price);
    }
    const filled = orders.find(({ tags }) => tags["X-Action"] === "Bid-Filled");
    if (step.kind === "bid" && filled !== undefined) {
      const risk = this.#risks.get(Number(filled.tags["X-Auction"]));
      if (risk !== undefined) this.#lose(worthUp(filled.rows[0]![1], risk), later);
    }
    if (step.kind !== "swap" || result.Error !== undefined) return;
    const order = orders.find(({ tags }) => tags["X-Action"] === "Swap");
    if (order === undefined) return;
    const auction = state.auctions[state.swaps[places.pool]!.auction - 1]!;
    const [sold, bought] = [before.bounds.get(auction.sell)!, before.bounds.get(auction.buy)!];
    const worth = worthUp(order.rows[0]![1], sold.price);
    this.#sent = { ...auction, worth, price: bought.price, deadline: now + PATIENCE };
  }

  #lose(quantity: bigint, at: number): void {
    this.#bucket.add(quantity, at);
    this.losses.push({ at, quantity });
  }
}
