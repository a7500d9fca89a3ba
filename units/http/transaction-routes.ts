/**
 * Arweave transactions, as arweave-js posts them: whole, or a head and then chunks. They cost nothing here, and are
 * there as soon as their data is complete.
 */
import type { Clock } from "../clock.ts";
import { blockId } from "../gateway/transactions.ts";
import {
  checkData,
  verifyTransaction,
  type Transaction,
  type TransactionFields,
} from "../items/transaction.ts";
import { Refusal } from "../items/refusal.ts";
import { decodeRecord } from "../scheduler/records.ts";
import type { Scheduler } from "../scheduler/scheduler.ts";
import type { Answer, Request, Route } from "./answers.ts";
import { longestUpload } from "./gateway-routes.ts";

/** A transaction whose data is on its way. */
interface Incoming {
  readonly transaction: Transaction;
  readonly data: Uint8Array;
  /** Where chunks begin that have come. */
  readonly starts: Set<number>;
  missing: number;
}

/** So many transactions may wait for their data; the oldest gives way. */
const mostIncoming = 100;

export function transactionRoutes(scheduler: Scheduler, clock: Clock): Route[] {
  /** By the root of their data. */
  const incoming = new Map<string, Incoming>();

  async function publish(transaction: Transaction, data: Uint8Array): Promise<void> {
    checkData(transaction, data);
    const { fields, address, tags } = transaction;
    const { data: _, ...head } = fields;
    await scheduler.publishTransaction(fields.id, { ...head, address, decoded: tags }, data);
  }

  async function post({ json }: Request): Promise<Answer> {
    const transaction = await verifyTransaction(await json(2 * longestUpload));
    const { fields, size } = transaction;
    if (scheduler.state.items.has(fields.id)) return { status: 208, body: "Transaction already processed." };
    if (size > longestUpload)
      throw new Refusal(`data of ${size} bytes; at most ${longestUpload} are taken`, 413);
    if (size === 0 || fields.data !== "") {
      await publish(transaction, Buffer.from(fields.data, "base64url"));
      return { body: "OK" };
    }
    const [oldest] = incoming.keys();
    if (incoming.size >= mostIncoming && oldest !== undefined) incoming.delete(oldest);
    const data = Buffer.alloc(size);
    incoming.set(fields.data_root, { transaction, data, starts: new Set(), missing: size });
    return { body: "OK" };
  }

  async function chunk({ json }: Request): Promise<Answer> {
    const { data_root: root, offset, chunk: text } = ((await json(1 << 20)) ?? {}) as Record<string, unknown>;
    const waiting = incoming.get(String(root));
    if (waiting === undefined) throw new Refusal("no transaction waits for this chunk");
    const bytes = Buffer.from(String(text as string), "base64url");
    // The offset is that of the chunk's last byte.
    const start = Number(offset) + 1 - bytes.length;
    if (!(start >= 0 && start + bytes.length <= waiting.data.length)) throw new Refusal("invalid_proof");
    if (!waiting.starts.has(start)) {
      waiting.starts.add(start);
      waiting.missing -= bytes.length;
      waiting.data.set(bytes, start);
    }
    if (waiting.missing <= 0) {
      incoming.delete(waiting.transaction.fields.data_root);
      await publish(waiting.transaction, waiting.data);
    }
    return { body: "OK" };
  }

  /** The transaction as it was posted, without its data. */
  async function read({ parts: [id = ""] }: Request): Promise<Answer> {
    const entry = scheduler.state.items.get(id);
    if (entry?.transaction !== true) throw new Refusal("Not Found.", 404);
    const { record } = decodeRecord(await scheduler.record(entry.place));
    if (record.kind !== "transaction") throw new Refusal("Not Found.", 404);
    const { address: _, decoded: __, ...fields } = record.head as TransactionFields & Record<string, unknown>;
    return { body: { ...fields, data: "" } };
  }

  const nothing = (): Answer => ({ body: "0" });
  return [
    { method: "POST", path: "/chunk", answer: chunk },
    { method: "GET", path: "/tx/*", answer: read },
    { method: "GET", path: "/tx_anchor", answer: () => ({ body: blockId(clock.time().height) }) },
    { method: "GET", path: "/price/*", answer: nothing },
    { method: "GET", path: "/price/*/*", answer: nothing },
    { method: "GET", path: "/wallet/*/balance", answer: nothing },
    { method: "GET", path: "/wallet/*/last_tx", answer: () => ({ body: "" }) },
    {
      method: "POST",
      path: "/tx",
      // Upload services take data items at the same place.
      takes: (headers) => headers["content-type"]?.startsWith("application/json") ?? false,
      answer: post,
    },
  ];
}
