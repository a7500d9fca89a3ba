/**
 * How wallets and the messenger make messages. A signature is a string of the right form: nobody signs or verifies
 * one here.
 */
import { identifier } from "./address.ts";
import { tagsOf, tagsWithout, tagValue } from "./message.ts";
import type { Data, OutgoingMessage, OutgoingSpawn, SignedItem, Tag } from "./message.ts";

export interface ItemFields {
  readonly id: string;
  readonly signer: string;
  readonly target: string;
  readonly tags: readonly Tag[];
  readonly data?: Data | undefined;
  readonly anchor?: string | undefined;
  /** Default: a string of the right form. */
  readonly signature?: string | undefined;
}

function dataOf(data: Data | undefined): string | null {
  if (data === undefined || data.length === 0) return " ";
  if (typeof data === "string") return data;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(data);
  } catch {
    return null;
  }
}

/** A message as signed, with no tags but those given. */
export function signedItem(fields: ItemFields): SignedItem {
  const fromProcess = tagValue(fields.tags, "From-Process");
  return {
    Id: fields.id,
    Signature: fields.signature ?? identifier("signature", fields.id).repeat(16).slice(0, 683),
    Data: dataOf(fields.data),
    Owner: fields.signer,
    Target: fields.target,
    Anchor: fields.anchor ?? null,
    From: fromProcess ?? fields.signer,
    ...(fromProcess === undefined ? {} : { "Forwarded-By": fields.signer }),
    Tags: fields.tags,
  };
}

/** A wallet's message: the sender's tags, then those that the client library adds. */
export function walletItem(fields: ItemFields): SignedItem {
  const client = tagsOf({ SDK: "aoconnect", "Data-Protocol": "ao", Variant: "ao.TN.1", Type: "Message" });
  return signedItem({ ...fields, tags: [...fields.tags, ...client] });
}

export interface SpawnFields extends Omit<ItemFields, "target" | "anchor"> {
  readonly module: string;
  readonly scheduler: string;
  readonly timestamp: number;
}

/** A spawn by a wallet. It is the new process's first message, and its id is the process's. */
export function walletSpawnItem(fields: SpawnFields): SignedItem {
  const client = tagsOf({
    SDK: "aoconnect",
    "Data-Protocol": "ao",
    Variant: "ao.TN.1",
    Type: "Process",
    Module: fields.module,
    Scheduler: fields.scheduler,
    Timestamp: String(fields.timestamp),
  });
  return signedItem({ ...fields, target: fields.id, tags: [...fields.tags, ...client] });
}

/** Who pushes: the messenger that signs, the process that spoke, and what started it all (nothing, for cron). */
export interface Pusher {
  readonly authority: string;
  readonly process: string;
  readonly module: string;
  readonly pushedFor: string | undefined;
}

function pushedForTag(pusher: Pusher): Tag[] {
  return pusher.pushedFor === undefined ? [] : [{ name: "Pushed-For", value: pusher.pushedFor }];
}

/** The tags of a message out of a process's outbox, as the messenger signs it. */
export function pushedTags(message: OutgoingMessage, pusher: Pusher): Tag[] {
  const own = tagsWithout(
    message.Tags ?? [],
    "Data-Protocol",
    "Type",
    "From-Process",
    "From-Module",
    "Assignments",
  );
  return [
    ...own,
    ...tagsOf({ "Data-Protocol": "ao", Type: "Message" }),
    ...tagsOf({ "From-Process": pusher.process, "From-Module": pusher.module }),
    ...pushedForTag(pusher),
  ];
}

export function pushedItem(id: string, message: OutgoingMessage, pusher: Pusher): SignedItem {
  const tags = pushedTags(message, pusher);
  const { Data: data, Anchor: anchor, Target: target = "" } = message;
  return signedItem({ id, signer: pusher.authority, target, tags, data, anchor });
}

/** A spawn out of a process's outbox: `Variant` and `From-Process` stand in it twice if the process set them. */
export function pushedSpawnTags(spawn: OutgoingSpawn, pusher: Pusher): Tag[] {
  return [
    ...tagsWithout(spawn.Tags ?? [], "Data-Protocol", "Type"),
    ...tagsOf({ Variant: "ao.TN.1", "Data-Protocol": "ao", Type: "Process", "From-Process": pusher.process }),
    ...pushedForTag(pusher),
  ];
}

export function pushedSpawnItem(id: string, spawn: OutgoingSpawn, pusher: Pusher): SignedItem {
  const tags = pushedSpawnTags(spawn, pusher);
  return signedItem({ id, signer: pusher.authority, target: id, tags, data: spawn.Data });
}

/**
 * The notice to the parent. The messenger adds no `From-Process`: the notice is `From` the parent only because the
 * spawn's own tags say so, as those of aos do.
 */
export function spawnedTags(spawn: OutgoingSpawn, child: string): Tag[] {
  const own = spawn.Tags ?? [];
  return [
    ...tagsWithout(own, "Data-Protocol", "Variant", "Type"),
    ...tagsOf({ "Data-Protocol": "ao", Type: "Message", Process: child, Action: "Spawned" }),
    ...tagsOf({ Variant: tagValue(own, "Variant") ?? "ao.TN.1" }),
  ];
}

export function spawnedItem(id: string, spawn: OutgoingSpawn, child: string, pusher: Pusher): SignedItem {
  const tags = spawnedTags(spawn, child);
  return signedItem({ id, signer: pusher.authority, target: pusher.process, tags });
}
