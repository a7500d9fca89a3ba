/** A process's schedule: what it has to evaluate, in order, and where each entry's item stands in the log. */
import { createHash } from "node:crypto";
import { cronsOf, isDueSecond, nextDue, type Cron } from "../cron.ts";
import type { ComputeEnvironment, Slot, Time } from "../message.ts";
import type { Place } from "./log.ts";
import type { MessageRecord, Push } from "./records.ts";

export interface MessageEntry {
  readonly kind: "message";
  readonly item: string;
  readonly slot: Slot;
  /** The record in which the item stands; for an assignment that is not the one of this entry. */
  readonly place: Place;
  readonly push: Push | undefined;
  /** The compute unit passes over it: it is a repetition. */
  readonly repeats: boolean;
}

export interface TickEntry {
  readonly kind: "tick";
  readonly cron: Cron;
  readonly time: Time;
  /** Whether the messenger pushes what comes of it. */
  readonly monitored: boolean;
}

export type Entry = MessageEntry | TickEntry;

function hashOf(...ids: readonly string[]): string {
  const hash = createHash("sha256");
  for (const id of ids) hash.update(Buffer.from(id, "base64url"));
  return hash.digest("base64url");
}

export class Schedule {
  readonly environment: ComputeEnvironment;
  readonly crons: readonly Cron[];
  /** When it was spawned. */
  readonly origin: number;
  readonly entries: Entry[] = [];
  /** Why the evaluation of an entry was stopped. */
  readonly stopped = new Map<number, string>();
  monitored = false;
  readonly #places = new Map<string, number>();
  readonly #seen = new Set<string>();
  #nonce = 0;
  #chain: string;
  #lastItem: string | undefined;
  #lastTick: number;

  /** @throws Error if a cron can't be read. */
  constructor(environment: ComputeEnvironment, origin: number) {
    this.environment = environment;
    this.crons = cronsOf(environment.Process.Tags);
    this.origin = this.#lastTick = origin;
    this.#chain = environment.Process.Id;
  }

  get id(): string {
    return this.environment.Process.Id;
  }

  /** The nonce and the link of the next message. A link is the hash of the message before and of the link before. */
  nextSlot(time: Time): Slot {
    const link = this.#lastItem === undefined ? hashOf(this.#chain) : hashOf(this.#lastItem, this.#chain);
    return { nonce: this.#nonce, hashChain: link, time };
  }

  /** The first entry with this item. */
  find(item: string): number | undefined {
    return this.#places.get(item);
  }

  /**
   * Adds a message, known by its content (`contentKey`), whose item stands at a place.
   * @throws Error if the record does not continue the schedule.
   */
  add(record: MessageRecord, content: string, place: Place): number {
    const slot = this.nextSlot({ timestamp: record.timestamp, height: record.height });
    if (record.nonce !== slot.nonce || record.chain !== slot.hashChain) {
      throw new Error(`message ${record.item} does not continue the schedule of ${this.id}`);
    }
    this.#nonce += 1;
    this.#chain = slot.hashChain;
    this.#lastItem = record.item;
    const repeats = this.#seen.has(content) || this.#seen.has(record.item);
    this.#seen.add(content).add(record.item);
    const index = this.entries.push({
      kind: "message",
      item: record.item,
      slot,
      place,
      push: record.push,
      repeats,
    });
    if (!this.#places.has(record.item)) this.#places.set(record.item, index - 1);
    return index - 1;
  }

  addTick(cron: number, time: Time): number {
    const entry = this.crons[cron];
    if (entry === undefined) throw new Error(`${this.id} has no cron ${cron}`);
    this.#lastTick = time.timestamp;
    return this.entries.push({ kind: "tick", cron: entry, time, monitored: this.monitored }) - 1;
  }

  /** The crons that are due in this second, by their places. */
  dueCrons(timestamp: number): number[] {
    return this.crons.flatMap((cron, i) => (isDueSecond(cron, this.origin, timestamp) ? [i] : []));
  }

  /** When the next tick is due after the last one; Infinity without a cron. */
  nextTick(): { readonly timestamp: number; readonly crons: readonly number[] } {
    const dues = this.crons.map((cron) => nextDue(cron, this.origin, this.#lastTick));
    const timestamp = Math.min(Infinity, ...dues);
    return { timestamp, crons: dues.flatMap((due, i) => (due === timestamp ? [i] : [])) };
  }
}
