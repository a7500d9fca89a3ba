/** All that follows from the log. It changes only by `apply`, in operation as at the start. */
import { tagValue, type SignedItem, type Tag, type Time } from "../message.ts";
import type { CronMode } from "../requests.ts";
import { parseDataItem, type DataItem } from "../items/data-item.ts";
import { contentKey } from "../process.ts";
import { signedItem } from "../signing.ts";
import type { Place } from "./log.ts";
import { decodeRecord, type LogRecord, type MessageRecord } from "./records.ts";
import { Schedule } from "./schedule.ts";

/** The formats of modules that can be evaluated. */
export const moduleFormats: readonly string[] = [
  "wasm32-unknown-emscripten4",
  "wasm64-unknown-emscripten-draft_2024_02_15",
];

/** What is known of an item without reading it. */
export interface ItemEntry {
  readonly id: string;
  /** The signer. */
  readonly address: string;
  readonly target: string;
  readonly tags: readonly Tag[];
  /** Bytes of its data. */
  readonly size: number;
  readonly time: Time;
  readonly place: Place;
  readonly transaction: boolean;
  /** By what a repetition is known. */
  readonly content: string;
}

/** A signed item in the form that processes get. A spawn's target is the process it makes. */
export function signedItemOf(item: DataItem): SignedItem {
  const spawns = tagValue(item.tags, "Type") === "Process";
  return signedItem({
    id: item.id,
    signature: Buffer.from(item.signature).toString("base64url"),
    signer: item.address,
    target: spawns ? item.id : item.target,
    tags: item.tags,
    data: item.data,
    ...(item.anchor.length > 0 && { anchor: new TextDecoder().decode(item.anchor) }),
  });
}

/** What the log's record of a transaction must have for the gateway; the rest is as it was posted. */
interface TransactionHead {
  readonly address: string;
  readonly target: string;
  /** Its tags, no more in base64url. */
  readonly decoded: readonly Tag[];
}

export class NetworkState {
  readonly schedules = new Map<string, Schedule>();
  /** In the order in which they came. */
  readonly items = new Map<string, ItemEntry>();
  /** What the messenger has pushed: the item by its origin, or nothing if it was given up. */
  readonly pushed = new Map<string, string | undefined>();
  /** The latest time in the log. */
  latest = 0;
  start = 0;
  cron: CronMode = "over-firing";
  clock: { readonly ahead?: number; readonly standing?: number } = {};
  readonly #timeAt: (timestamp: number) => Time;

  constructor(timeAt: (timestamp: number) => Time) {
    this.#timeAt = timeAt;
  }

  /** Takes in a record as it stands in the log. */
  load(body: Uint8Array, place: Place): void {
    const { record, bytes } = decodeRecord(body);
    const item = bytes.length > 0 && record.kind !== "transaction" ? parseDataItem(bytes) : undefined;
    this.apply(record, place, item, bytes.length);
  }

  /** Takes in a record; gives the place in the schedule, if it has one. `item` is what stands in the record. */
  apply(record: LogRecord, place: Place, item?: DataItem, size = 0): number | undefined {
    if ("timestamp" in record) this.latest = Math.max(this.latest, record.timestamp);
    if ("push" in record && record.push !== undefined) {
      this.pushed.set(record.push.origin, "item" in record ? record.item : undefined);
    }
    switch (record.kind) {
      case "start":
        this.start = record.start;
        this.cron = record.cron;
        return undefined;
      case "message":
        return this.#applyMessage(record, place, item);
      case "tick":
        return this.schedule(record.process).addTick(record.cron, record);
      case "stopped":
        this.schedule(record.process).stopped.set(record.entry, record.reason);
        return undefined;
      case "item":
        if (item !== undefined) this.#keep(item, this.#timeAt(record.timestamp), place);
        return undefined;
      case "transaction": {
        const { address, target, decoded: tags } = record.head as TransactionHead;
        const time = this.#timeAt(record.timestamp);
        const entry = {
          id: record.item,
          address,
          target,
          tags,
          size,
          time,
          place,
          transaction: true,
          content: record.item,
        };
        this.items.set(record.item, entry);
        return undefined;
      }
      case "monitor":
        this.schedule(record.process).monitored = record.on;
        return undefined;
      case "clock":
        this.clock = record;
        return undefined;
      case "lost":
        return undefined;
    }
  }

  schedule(process: string): Schedule {
    const schedule = this.schedules.get(process);
    if (schedule === undefined) throw new Error(`the log has no process ${process}`);
    return schedule;
  }

  /** A new process by its spawn message. @throws Error if its module or a cron can't be read. */
  newSchedule(item: DataItem, timestamp: number): Schedule {
    const moduleId = tagValue(item.tags, "Module") ?? "";
    const module = this.items.get(moduleId);
    if (module === undefined || tagValue(module.tags, "Type") !== "Module") {
      throw new Error(`no module has the id ${JSON.stringify(moduleId)}`);
    }
    const format = tagValue(module.tags, "Module-Format") ?? "";
    if (!moduleFormats.includes(format)) throw new Error(`modules of the format ${format} don't run here`);
    const { Id, From, Tags } = signedItemOf(item);
    const environment = {
      Process: { Id, Owner: From, Tags },
      Module: { Id: module.id, Owner: module.address, Tags: module.tags },
    };
    return new Schedule(environment, timestamp);
  }

  #keep(item: DataItem, time: Time, place: Place): void {
    const { id, address, target, tags } = item;
    const size = item.data.length;
    const content = contentKey(signedItemOf(item));
    this.items.set(id, { id, address, target, tags, size, time, place, transaction: false, content });
  }

  #applyMessage(record: MessageRecord, place: Place, item: DataItem | undefined): number {
    if (item === undefined) {
      // An assignment: the item came in before, for somebody else.
      const known = this.items.get(record.item);
      if (known === undefined) throw new Error(`the log has no item ${record.item}`);
      return this.schedule(record.process).add(record, known.content, known.place);
    }
    if (tagValue(item.tags, "Type") === "Process") {
      this.schedules.set(record.process, this.newSchedule(item, record.timestamp));
    }
    this.#keep(item, record, place);
    return this.schedule(record.process).add(record, this.items.get(item.id)!.content, place);
  }
}
