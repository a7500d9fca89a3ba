/** What swaps on pools have lost, by plain BigInt: each swap from its sending to what comes of it, and a bucket that leaks. */
import { big, day, places } from "./index-subject.ts";
import { worthDown, worthUp } from "./index-model.ts";
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
  readonly #bucket: LeakyBucket;
  #sent: Sent | undefined;

  constructor(capacity: bigint) {
    this.capacity = capacity;
    this.#bucket = new LeakyBucket(capacity);
  }

  room(now: number): bigint {
    return this.#bucket.room(now);
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
      } else if (ticked && result.Error === undefined && sent.deadline <= later)
        this.#lose(sent.worth, later);
      else if (brought?.token === sent.sell || state.swaps[places.pool] === undefined) this.#sent = undefined;
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
    this.#sent = undefined;
  }
}
