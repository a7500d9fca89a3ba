/** The scheduler unit's end points: writing, and reading what is scheduled. */
import type { Clock } from "../clock.ts";
import { parseDataItem, type DataItem } from "../items/data-item.ts";
import { Refusal } from "../items/refusal.ts";
import { tagsOf } from "../message.ts";
import type { MessageEntry, Schedule } from "../scheduler/schedule.ts";
import type { Scheduler } from "../scheduler/scheduler.ts";
import type { Answer, Request, Route } from "./answers.ts";
import { longestMessage } from "./messenger-routes.ts";

const usualLimit = 100;
const mostMessages = 1_000;

function describe(item: DataItem): object {
  const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64url");
  return {
    id: item.id,
    tags: item.tags,
    owner: { address: item.address, key: text(item.owner) },
    anchor: item.anchor.length > 0 ? Buffer.from(item.anchor).toString() : null,
    target: item.target,
    signature: text(item.signature),
    data: Buffer.from(item.data).toString(),
  };
}

/** A slot in the form of an assignment. Nobody has signed it. */
function assignmentOf({ id }: Schedule, { slot, item }: MessageEntry, address: string): object {
  const { nonce, hashChain, time } = slot;
  return {
    owner: { address, key: "" },
    signature: "",
    anchor: null,
    target: null,
    tags: tagsOf({
      "Data-Protocol": "ao",
      Variant: "ao.TN.1",
      Type: "Assignment",
      Process: id,
      Epoch: "0",
      Nonce: String(nonce),
      "Hash-Chain": hashChain,
      "Block-Height": String(time.height).padStart(12, "0"),
      Timestamp: String(time.timestamp),
      Message: item,
    }),
  };
}

export function schedulerRoutes(scheduler: Scheduler, clock: Clock, address: string): Route[] {
  function scheduleOf(process: string): Schedule {
    const schedule = scheduler.state.schedules.get(process);
    if (schedule === undefined) throw new Refusal(`no process has the id ${JSON.stringify(process)}`, 404);
    return schedule;
  }

  async function nodeOf(schedule: Schedule, entry: MessageEntry): Promise<object> {
    const bytes = await scheduler.bytes(entry.item);
    return { message: describe(parseDataItem(bytes!)), assignment: assignmentOf(schedule, entry, address) };
  }

  async function post({ bytes }: Request): Promise<Answer> {
    const { id, timestamp } = await scheduler.receive(await bytes(longestMessage));
    return { status: 201, body: { id, timestamp } };
  }

  function home({ query }: Request): Answer {
    const process = query.get("process-id");
    if (process !== null) scheduleOf(process);
    return { body: { Unit: "Scheduler", address, Timestamp: String(clock.now()) } };
  }

  function timestamp(): Answer {
    const time = clock.time();
    return { body: { timestamp: time.timestamp, block_height: String(time.height).padStart(12, "0") } };
  }

  /** One message of a process, or the messages of a process after one time and up to another. */
  async function read({ parts: [id = ""], query }: Request): Promise<Answer> {
    const process = query.get("process-id");
    if (process !== null && process !== id) {
      const schedule = scheduleOf(process);
      const entry = schedule.entries[schedule.find(id) ?? -1];
      if (entry?.kind !== "message") throw new Refusal(`process ${process} has no message ${id}`, 404);
      return { body: await nodeOf(schedule, entry) };
    }
    const schedule = scheduleOf(id);
    const number = (name: string, usual: number): number => {
      const text = query.get(name);
      const value = text === null || text === "" || text === "undefined" ? usual : Number(text);
      if (Number.isNaN(value)) throw new Refusal(`${name} is a number`);
      return value;
    };
    const [from, to] = [number("from", -1), number("to", Infinity)];
    const limit = Math.min(number("limit", usualLimit), mostMessages);
    const found = schedule.entries.filter((entry): entry is MessageEntry => {
      return entry.kind === "message" && entry.slot.time.timestamp > from && entry.slot.time.timestamp <= to;
    });
    const edges = await Promise.all(
      found.slice(0, limit).map(async (entry) => {
        return { cursor: String(entry.slot.time.timestamp), node: await nodeOf(schedule, entry) };
      }),
    );
    return { body: { page_info: { process: id, has_next_page: found.length > limit }, edges } };
  }

  async function process({ parts: [id = ""] }: Request): Promise<Answer> {
    const schedule = scheduleOf(id);
    const [first] = schedule.entries;
    const item = parseDataItem((await scheduler.bytes(id))!);
    const slot = first?.kind === "message" ? first.slot : undefined;
    return {
      body: {
        ...{ process_id: id, ...describe(item), epoch: 0, nonce: 0 },
        ...{ timestamp: slot?.time.timestamp, hash_chain: slot?.hashChain },
        block: String(slot?.time.height).padStart(12, "0"),
      },
    };
  }

  return [
    { method: "GET", path: "/su", answer: home },
    { method: "POST", path: "/su", answer: post },
    { method: "GET", path: "/su/timestamp", answer: timestamp },
    { method: "GET", path: "/su/processes/*", answer: process },
    { method: "GET", path: "/su/*", answer: read },
  ];
}
