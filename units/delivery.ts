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
  readonly #waiting: Waiting[] = [];
  #taken = 0;

  get length(): number {
    return this.#waiting.length;
  }

  add(delivery: Delivery, placing: Placing = { place: 1, afterMessages: 0, atTime: 0 }): void {
    const waiting = { delivery, atCount: this.#taken + placing.afterMessages, atTime: placing.atTime };
    if (placing.place === 1) this.#waiting.push(waiting);
    else this.#waiting.splice(Math.floor(placing.place * (this.#waiting.length + 1)), 0, waiting);
  }

  /** Takes the first that may be delivered now. What only waits for other deliveries goes when there are none. */
  take(now: number): Delivery | undefined {
    const timely = (waiting: Waiting): boolean => waiting.atTime <= now;
    let index = this.#waiting.findIndex((waiting) => timely(waiting) && waiting.atCount <= this.#taken);
    if (index < 0) index = this.#waiting.findIndex(timely);
    if (index < 0) return undefined;
    this.#taken += 1;
    return (index === 0 ? this.#waiting.shift() : this.#waiting.splice(index, 1)[0])?.delivery;
  }

  /** When the next of those that wait for the clock may go; Infinity if none does. */
  nextTime(now: number): number {
    return this.#waiting.reduce(
      (next, { atTime }) => (atTime > now ? Math.min(next, atTime) : next),
      Infinity,
    );
  }

  /** Ends all delays. */
  release(): void {
    this.#waiting.forEach((waiting, index) => (this.#waiting[index] = { ...waiting, atCount: 0, atTime: 0 }));
  }
}
