/**
 * Deliveries on their way, in the order in which they will be made.
 */
import type { OutgoingSpawn, SignedItem } from "./message.ts";

export interface Delivery {
  readonly kind: "message" | "assignment" | "spawn";
  readonly from: string;
  readonly to: string;
  readonly item: SignedItem;
  /** The id of the message that started it all; undefined if a cron tick did. */
  readonly pushedFor: string | undefined;
  /** For a spawn: what the parent asked for, and by which module it runs. */
  readonly spawn?: { readonly asked: OutgoingSpawn; readonly parentModule: string };
  /** A repetition that a fault made. */
  readonly repeated?: boolean;
  /** A fault makes the evaluation fail. */
  readonly fails?: boolean;
}

/** Where and when a delivery joins the queue. */
export interface Placing {
  /** From 0 (before all that wait) to 1 (after them). */
  readonly place: number;
  /** Not before this many other deliveries were taken. */
  readonly afterMessages: number;
  /** Not before the clock shows this. */
  readonly atTime: number;
}

interface Waiting {
  readonly delivery: Delivery;
  readonly atCount: number;
  readonly atTime: number;
}

/** First in, first out, except for what a fault moves or holds back. */
export class DeliveryQueue {
  /** What waits, from `#first` on: taking the first of a long array away costs as much as the array is long. */
  #waiting: Waiting[] = [];
  #first = 0;
  #taken = 0;

  get length(): number {
    return this.#waiting.length - this.#first;
  }

  add(delivery: Delivery, placing: Placing = { place: 1, afterMessages: 0, atTime: 0 }): void {
    const waiting = { delivery, atCount: this.#taken + placing.afterMessages, atTime: placing.atTime };
    if (placing.place === 1) this.#waiting.push(waiting);
    else this.#waiting.splice(this.#first + Math.floor(placing.place * (this.length + 1)), 0, waiting);
  }

  /** Takes the first that may be delivered now. What only waits for other deliveries goes when there are none. */
  take(now: number): Delivery | undefined {
    const ready = this.#find((waiting) => waiting.atTime <= now && waiting.atCount <= this.#taken);
    const index = ready ?? this.#find((waiting) => waiting.atTime <= now);
    if (index === undefined) return undefined;
    this.#taken += 1;
    const { delivery } = this.#waiting[index]!;
    if (index !== this.#first) this.#waiting.splice(index, 1);
    else if (++this.#first >= 1_024 && this.#first * 2 >= this.#waiting.length) this.#compact();
    return delivery;
  }

  /** When the next of those that wait for the clock may go; Infinity if none does. */
  nextTime(now: number): number {
    this.#compact();
    return this.#waiting.reduce(
      (next, { atTime }) => (atTime > now ? Math.min(next, atTime) : next),
      Infinity,
    );
  }

  /** Ends all delays. */
  release(): void {
    this.#compact();
    this.#waiting = this.#waiting.map(({ delivery }) => ({ delivery, atCount: 0, atTime: 0 }));
  }

  #find(may: (waiting: Waiting) => boolean): number | undefined {
    for (let index = this.#first; index < this.#waiting.length; index++) {
      if (may(this.#waiting[index]!)) return index;
    }
    return undefined;
  }

  #compact(): void {
    this.#waiting.splice(0, this.#first);
    this.#first = 0;
  }
}
