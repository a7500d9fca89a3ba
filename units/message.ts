/**
 * What a compute unit hands to a process and gets back, field for field and in the order of the reference units
 * (test/data/message-shapes.json).
 */
export interface Tag {
  readonly name: string;
  readonly value: string;
}

/** A message as its signer made it: everything that scheduling does not add. */
export interface SignedItem {
  readonly Id: string;
  readonly Signature: string;
  /** One space when there was none, null when it was not UTF-8. */
  readonly Data: string | null;
  /** The signer. */
  readonly Owner: string;
  readonly Target: string;
  readonly Anchor: string | null;
  /** The `From-Process` tag if there is one, else the signer. */
  readonly From: string;
  /** The signer, if there is a `From-Process` tag. */
  readonly "Forwarded-By"?: string;
  readonly Tags: readonly Tag[];
}

/** A message as a process gets it. Cron ticks and dry runs have fewer fields, hence the optional ones. */
export interface ComputeMessage extends Omit<SignedItem, "Id" | "Signature" | "Data" | "Anchor"> {
  readonly Id?: string;
  readonly Signature?: string;
  readonly Data?: string | null;
  readonly Anchor?: string | null;
  readonly Epoch?: number;
  readonly Nonce?: number;
  /** Milliseconds. */
  readonly Timestamp: number;
  readonly "Block-Height": number;
  readonly "Hash-Chain"?: string;
  readonly Cron: boolean;
  readonly "Read-Only": boolean;
}

interface Described {
  readonly Id: string;
  readonly Owner: string;
  readonly Tags: readonly Tag[];
}

export interface ComputeEnvironment {
  readonly Process: Described;
  readonly Module: Described;
}

/** What a process wants sent. The messenger drops it silently if `Target`, `Anchor` or `Tags` is missing. */
export interface OutgoingMessage {
  readonly Target?: string;
  readonly Anchor?: string;
  readonly Tags?: readonly Tag[];
  readonly Data?: string;
}

export interface OutgoingSpawn {
  readonly Anchor?: string;
  readonly Tags?: readonly Tag[];
  readonly Data?: string;
}

/** Asks that these processes evaluate a message that already exists. */
export interface OutgoingAssignment {
  readonly Processes: readonly string[];
  readonly Message: string;
}

export interface ComputeResult {
  readonly Output: unknown;
  readonly Messages: readonly OutgoingMessage[];
  readonly Spawns: readonly OutgoingSpawn[];
  readonly Assignments: readonly OutgoingAssignment[];
  /** Present if the evaluation failed; then the other lists are empty. */
  readonly Error?: string;
}

/** Data as a caller gives it. */
export type Data = string | Uint8Array;

/** When and where in a process's schedule a message stands. */
export interface Slot {
  readonly nonce: number;
  readonly hashChain: string;
  readonly time: Time;
}

export interface Time {
  readonly timestamp: number;
  readonly height: number;
}

export function tagValue(tags: readonly Tag[], name: string): string | undefined {
  return tags.find((tag) => tag.name === name)?.value;
}

/** The tags with none of these names. */
export function tagsWithout(tags: readonly Tag[], ...names: readonly string[]): Tag[] {
  return tags.filter((tag) => !names.includes(tag.name));
}

/** Tags from a record, in its order: `{ Action: "Transfer", Quantity: "1" }`. */
export function tagsOf(values: Readonly<Record<string, string>>): Tag[] {
  return Object.entries(values).map(([name, value]) => ({ name, value }));
}

/** The message that a process gets for a signed one. As the reference unit does, tags named From or Owner go. */
export function scheduledMessage(item: SignedItem, slot: Slot): ComputeMessage {
  return {
    ...item,
    Tags: tagsWithout(item.Tags, "From", "Owner"),
    Epoch: 0,
    Nonce: slot.nonce,
    Timestamp: slot.time.timestamp,
    "Block-Height": slot.time.height,
    "Hash-Chain": slot.hashChain,
    Cron: false,
    "Read-Only": false,
  };
}

/** A tick that the compute unit makes by itself: no id, no data, no place in the schedule. */
export function cronMessage(process: Described, tags: readonly Tag[], time: Time): ComputeMessage {
  return {
    Owner: process.Owner,
    Target: process.Id,
    From: process.Owner,
    Tags: tags,
    Timestamp: time.timestamp,
    "Block-Height": time.height,
    Cron: true,
    "Read-Only": false,
  };
}

export interface DryRunFields {
  readonly target: string;
  readonly tags: readonly Tag[];
  readonly from?: string;
  readonly id?: string;
  readonly data?: string;
  readonly anchor?: string;
}

/** A dry run: whoever asks chooses every field, and what is left out has the client library's default. */
export function dryRunMessage(fields: DryRunFields, time: Time): ComputeMessage {
  const owner = fields.from ?? "1234";
  return {
    Id: fields.id ?? "1234",
    Data: fields.data ?? "1234",
    Owner: owner,
    Target: fields.target,
    Anchor: fields.anchor ?? "0",
    From: tagValue(fields.tags, "From-Process") ?? owner,
    Tags: [...fields.tags, ...tagsOf({ "Data-Protocol": "ao", Type: "Message", Variant: "ao.TN.1" })],
    Timestamp: time.timestamp,
    "Block-Height": time.height,
    Cron: false,
    "Read-Only": true,
  };
}
