/**
 * Sends each item once. It is signed and recorded first; then the network is asked whether it has it, and only if not is
 * it sent. So a deployment can be stopped at any point, and the same item, never a second one, is sent again.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { parseDataItem, signDataItem, type UnsignedItem } from "../units/items/data-item.ts";
import type { Wallet } from "../units/items/wallet.ts";
import type { RecordFile, SentItem } from "./record.ts";
import { DeploymentError, type Units } from "./units.ts";

export type ItemKind = "upload" | "spawn" | "message" | "monitor";

export interface Draft extends UnsignedItem {
  /** The code that it carries, by its hash. */
  readonly codeHash?: string;
  /** What else is recorded with it, now that it has an id. */
  readonly note?: (id: string) => void;
}

/** Sends what `make` gives, unless the network has it; gives the record of it when it does. `key` is what it is for. */
export type Send = (key: string, kind: ItemKind, make: () => Draft) => Promise<SentItem>;

export interface SenderOptions {
  readonly units: Units;
  readonly file: RecordFile;
  readonly wallet: Wallet;
  /** Told before each item that the network may not have. */
  readonly say: (step: string) => void;
  /** Seconds for which the network is asked whether an item has arrived. Default: 60. */
  readonly patience?: number;
}

export function senderOf({ units, file, wallet, say, patience = 60 }: SenderOptions): Send {
  const { items } = file.record;

  async function sign(key: string, kind: ItemKind, draft: Draft): Promise<void> {
    const { codeHash, note, ...unsigned } = draft;
    const raw = await signDataItem(unsigned, wallet);
    const { id, target } = parseDataItem(raw);
    items[key] = {
      id,
      ...(kind === "upload" ? {} : { process: kind === "spawn" ? id : target }),
      ...(codeHash === undefined ? {} : { codeHash }),
      item: Buffer.from(raw).toString("base64"),
    };
    note?.(id);
    file.save();
  }

  async function arrives({ id, process }: SentItem): Promise<void> {
    for (let second = 0; second < patience; second++) {
      if (await units.knows(id, process)) return;
      await sleep(second < 5 ? 100 : 1000);
    }
    throw new DeploymentError(`the network has not got ${id} yet; run the same command again later`);
  }

  async function deliver(kind: ItemKind, sent: SentItem, raw: Uint8Array): Promise<void> {
    // A messenger keeps no item of a monitor, and answers to a second one that there is nothing to do.
    if (kind === "monitor") return units.monitor(sent.process!, raw);
    if (await units.knows(sent.id, sent.process)) return;
    await (kind === "upload" ? units.upload(raw) : units.send(raw));
    await arrives(sent);
  }

  return async (key, kind, make) => {
    if (items[key]?.item === undefined && items[key] !== undefined) return items[key];
    say(key);
    if (items[key] === undefined) await sign(key, kind, make());
    const sent = items[key]!;
    await deliver(kind, sent, Buffer.from(sent.item!, "base64"));
    delete sent.item;
    file.save();
    return sent;
  };
}
