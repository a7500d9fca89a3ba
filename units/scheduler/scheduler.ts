/**
 * The scheduler unit: takes signed items, gives each message its slot, and acknowledges it when it is on the disk.
 * Between the check of a message and its place in the log nothing is waited for, so slots have neither gaps nor doubles.
 */
import type { Clock } from "../clock.ts";
import {
  cronMessage,
  scheduledMessage,
  tagValue,
  type ComputeMessage,
  type SignedItem,
  type Time,
} from "../message.ts";
import { parseDataItem, verifyDataItem, type DataItem } from "../items/data-item.ts";
import { Refusal } from "../items/refusal.ts";
import type { Log, Place } from "./log.ts";
import { decodeRecord, encodeRecord, type LogRecord, type Push } from "./records.ts";
import type { Schedule } from "./schedule.ts";
import { signedItemOf, type NetworkState } from "./state.ts";

/** Where an item has come to stand. */
export interface Scheduled {
  readonly id: string;
  readonly process: string;
  readonly nonce: number;
  readonly timestamp: number;
}

export interface SchedulerEvents {
  /** A process has a new entry, which can't be lost any more. */
  readonly onEntry: (schedule: Schedule, index: number) => void;
}

export class Scheduler {
  readonly state: NetworkState;
  readonly #log: Log;
  readonly #clock: Clock;
  readonly #events: SchedulerEvents;

  constructor(state: NetworkState, log: Log, clock: Clock, events: SchedulerEvents) {
    this.state = state;
    this.#log = log;
    this.#clock = clock;
    this.#events = events;
  }

  /** Takes an item as it came from a wallet: a message or a spawn. @throws Refusal */
  async receive(raw: Uint8Array): Promise<Scheduled> {
    return this.schedule(await verifyDataItem(raw));
  }

  /** Gives an item that was verified its slot. @throws Refusal when it may have none. */
  async schedule(item: DataItem, push?: Push): Promise<Scheduled> {
    this.#refuseRepetition(item.id);
    const type = tagValue(item.tags, "Type");
    if (tagValue(item.tags, "Data-Protocol") !== "ao")
      throw new Refusal(`item ${item.id} has no tag Data-Protocol=ao`);
    if (type === "Process") return this.#spawn(item, push);
    if (type !== "Message")
      throw new Refusal(`item ${item.id} is no message: its tag Type is ${type ?? "missing"}`);
    return this.#place(this.#known(item.target), item, item.id, push);
  }

  /** Puts an item that came in before, for anybody, into another schedule. @throws Refusal */
  async assign(process: string, item: string, push?: Push): Promise<Scheduled> {
    if (this.state.items.get(item)?.transaction !== false)
      throw new Refusal(`no message has the id ${item}`, 404);
    return this.#place(this.#known(process), undefined, item, push);
  }

  /** Keeps an item that is for nobody's schedule. @throws Refusal if it is known already. */
  async publish(item: DataItem, push?: Push): Promise<void> {
    this.#refuseRepetition(item.id);
    const record = {
      kind: "item",
      item: item.id,
      timestamp: this.#clock.now(),
      ...(push && { push }),
    } as const;
    await this.#append(record, item).durable;
  }

  /** Keeps an Arweave transaction. */
  async publishTransaction(id: string, head: object, data: Uint8Array): Promise<void> {
    this.#refuseRepetition(id);
    const record = { kind: "transaction", item: id, timestamp: this.#clock.now(), head } as const;
    const place = { position: this.#log.next, length: 0 };
    const body = encodeRecord(record, data);
    const durable = this.#log.append(body);
    this.state.apply(record, { ...place, length: body.length }, undefined, data.length);
    await durable;
  }

  /** Takes note of something else. */
  async note(record: LogRecord): Promise<void> {
    await this.#append(record).durable;
  }

  /** Schedules ticks of a process. */
  async tick(schedule: Schedule, crons: readonly number[], time: Time): Promise<void> {
    await Promise.all(crons.map((cron) => this.#tick(schedule, cron, time)));
  }

  /** The bytes of an item: a data item as it was signed, or a transaction's data. */
  async bytes(id: string): Promise<Uint8Array | undefined> {
    const entry = this.state.items.get(id);
    return entry && this.#bytesAt(entry.place);
  }

  /** The message that an entry of a schedule stands for. */
  async message(schedule: Schedule, index: number): Promise<ComputeMessage> {
    const entry = schedule.entries[index]!;
    if (entry.kind === "tick") return cronMessage(schedule.environment.Process, entry.cron.tags, entry.time);
    return scheduledMessage(await this.item(entry.place), entry.slot);
  }

  async item(place: Place): Promise<SignedItem> {
    return signedItemOf(parseDataItem(await this.#bytesAt(place)));
  }

  /** A record as it stands in the log. */
  record(place: Place): Promise<Uint8Array> {
    return this.#log.read(place);
  }

  async #bytesAt(place: Place): Promise<Uint8Array> {
    return decodeRecord(await this.record(place)).bytes;
  }

  #known(process: string): Schedule {
    const schedule = this.state.schedules.get(process);
    if (schedule === undefined) throw new Refusal(`no process has the id ${JSON.stringify(process)}`, 404);
    return schedule;
  }

  #refuseRepetition(id: string): void {
    const known = this.state.items.get(id);
    if (known === undefined) return;
    const schedule = this.state.schedules.get(known.target === "" ? id : known.target);
    const entry = schedule?.entries[schedule.find(id) ?? -1];
    const where = entry?.kind === "message" ? `, slot ${entry.slot.nonce} of process ${schedule!.id}` : "";
    throw new Refusal(`item ${id} is here already${where}; sign a new one`, 409);
  }

  async #spawn(item: DataItem, push?: Push): Promise<Scheduled> {
    let schedule;
    try {
      schedule = this.state.newSchedule(item, this.#clock.now());
    } catch (error) {
      throw new Refusal(`process ${item.id} can't be spawned: ${(error as Error).message}`);
    }
    return this.#place(schedule, item, item.id, push);
  }

  async #place(schedule: Schedule, item: DataItem | undefined, id: string, push?: Push): Promise<Scheduled> {
    const time = this.#clock.time();
    // The reference unit makes a tick once more for each message in a due second.
    const isSpawn = schedule.entries.length === 0;
    const overFires = this.state.cron === "over-firing" && !isSpawn;
    const due = overFires ? schedule.dueCrons(time.timestamp) : [];
    const ticked = this.tick(schedule, due, time);
    const { nonce, hashChain: chain } = schedule.nextSlot(time);
    const { timestamp, height } = time;
    const process = schedule.id;
    const slot = { nonce, timestamp, height, chain, ...(push && { push }) };
    const { index, durable } = this.#append({ kind: "message", process, item: id, ...slot }, item);
    await Promise.all([ticked, durable]);
    this.#events.onEntry(this.state.schedule(process), index!);
    return { id, process, nonce, timestamp };
  }

  async #tick({ id }: Schedule, cron: number, { timestamp, height }: Time): Promise<void> {
    const { index, durable } = this.#append({ kind: "tick", process: id, cron, timestamp, height });
    await durable;
    this.#events.onEntry(this.state.schedule(id), index!);
  }

  #append(record: LogRecord, item?: DataItem): { index: number | undefined; durable: Promise<void> } {
    const body = encodeRecord(record, item?.raw);
    const place = { position: this.#log.next, length: body.length };
    const durable = this.#log.append(body);
    return { index: this.state.apply(record, place, item), durable };
  }
}
