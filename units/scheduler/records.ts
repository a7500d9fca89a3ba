/**
 * What the network's log holds: everything that can't be derived. A body is the length of a JSON head (u32,
 * little-endian), the head, and the bytes of a signed item where one came in.
 */
import type { CronMode } from "../requests.ts";

/** Why the messenger made an item: its place in the outbox of an evaluation, and what started it all. */
export interface Push {
  /** `<process>:<entry>:<place in the outbox>`, by which a push is known not to be made twice. */
  readonly origin: string;
  /** The id of the message that started it all; absent if a cron tick did. */
  readonly root?: string;
  /** How many pushes lie between the start and this one, itself included. */
  readonly depth: number;
}

/** A slot in a process's schedule. Its item follows, unless it is an assignment of one that is in the log already. */
export interface MessageRecord {
  readonly kind: "message";
  readonly process: string;
  /** The id of the item. */
  readonly item: string;
  readonly nonce: number;
  readonly timestamp: number;
  readonly height: number;
  readonly chain: string;
  readonly push?: Push;
}

export type LogRecord =
  | MessageRecord
  /** The first record. `start` is the time of the first block. */
  | { readonly kind: "start"; readonly version: 1; readonly start: number; readonly cron: CronMode }
  /** A tick of the process's so manieth cron. */
  | {
      readonly kind: "tick";
      readonly process: string;
      readonly cron: number;
      readonly timestamp: number;
      readonly height: number;
    }
  /** The evaluation of the process's so manieth entry took too long and was stopped: no replay tries it again. */
  | { readonly kind: "stopped"; readonly process: string; readonly entry: number; readonly reason: string }
  /** An item for nobody's schedule: an upload, or a message to a wallet. */
  | { readonly kind: "item"; readonly item: string; readonly timestamp: number; readonly push?: Push }
  /** An Arweave transaction: its JSON head, then its data. */
  | { readonly kind: "transaction"; readonly item: string; readonly timestamp: number; readonly head: object }
  /** The messenger gave a push up. */
  | { readonly kind: "lost"; readonly push: Push; readonly reason: string }
  /** The messenger pushes what the process's ticks send, or no longer does. */
  | { readonly kind: "monitor"; readonly process: string; readonly on: boolean; readonly item: string }
  /** The clock was moved: milliseconds ahead of the system's, or the time at which it stands. */
  | { readonly kind: "clock"; readonly ahead?: number; readonly standing?: number };

export interface StoredRecord {
  readonly record: LogRecord;
  readonly bytes: Uint8Array;
}

const none = new Uint8Array(0);

export function encodeRecord(record: LogRecord, bytes: Uint8Array = none): Uint8Array {
  const head = Buffer.from(JSON.stringify(record));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(head.length);
  return Buffer.concat([length, head, bytes]);
}

export function decodeRecord(body: Uint8Array): StoredRecord {
  const buffer = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const end = 4 + buffer.readUInt32LE(0);
  const record = JSON.parse(buffer.toString("utf8", 4, end)) as LogRecord;
  return { record, bytes: body.subarray(end) };
}
