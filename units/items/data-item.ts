/**
 * Data items (ANS-104): what wallets sign, what the messenger signs, and what modules are published as. Layout:
 *
 *     type u16 | signature | owner | target flag, 32 bytes | anchor flag, 32 bytes | tags u64, bytes u64, tags | data
 *
 * Numbers are little-endian, and lengths of signature and owner follow from the type.
 */
import { createHash } from "node:crypto";
import type { Tag } from "../message.ts";
import { deepHash, leaf } from "./deep-hash.ts";
import { Refusal } from "./refusal.ts";
import { signatureKinds } from "./signatures.ts";
import { decodeTags, encodeTags } from "./tag-list.ts";
import type { Wallet } from "./wallet.ts";

export interface DataItem {
  /** The hash of the signature. */
  readonly id: string;
  readonly signatureType: number;
  readonly signature: Uint8Array;
  /** The signer's public key. */
  readonly owner: Uint8Array;
  /** The signer's address. */
  readonly address: string;
  /** 43 characters of base64url, or nothing. */
  readonly target: string;
  /** 32 bytes, or none. */
  readonly anchor: Uint8Array;
  readonly tags: readonly Tag[];
  readonly data: Uint8Array;
  /** All of it, as signed. */
  readonly raw: Uint8Array;
  /** What the signature is over; worked out only when it is asked for. */
  readonly content: () => Uint8Array;
}

class FieldReader {
  readonly #raw: Uint8Array;
  #position = 0;

  constructor(raw: Uint8Array) {
    this.#raw = raw;
  }

  bytes(length: number): Uint8Array {
    const field = this.#raw.subarray(this.#position, this.#position + length);
    if (field.length < length) throw new Refusal("the data item is cut off");
    this.#position += length;
    return field;
  }

  number(length: number): number {
    const value = this.bytes(length).reduceRight((sum, byte) => sum * 256 + byte, 0);
    if (!Number.isSafeInteger(value)) throw new Refusal("a length in the data item is out of range");
    return value;
  }

  optional(name: string): Uint8Array {
    const flag = this.number(1);
    if (flag > 1) throw new Refusal(`the data item's ${name} has the flag ${flag}; it is 0 or 1`);
    return this.bytes(flag === 1 ? 32 : 0);
  }

  rest(): Uint8Array {
    return this.#raw.subarray(this.#position);
  }
}

/** Reads a data item. Says nothing of its signature. @throws Refusal when it has another form. */
export function parseDataItem(raw: Uint8Array): DataItem {
  const reader = new FieldReader(raw);
  const signatureType = reader.number(2);
  const kind = signatureKinds.get(signatureType);
  if (kind === undefined)
    throw new Refusal(`the data item has a signature of the unknown type ${signatureType}`);
  const signature = reader.bytes(kind.signatureLength);
  const owner = reader.bytes(kind.ownerLength);
  const target = reader.optional("target");
  const anchor = reader.optional("anchor");
  const count = reader.number(8);
  const tagBytes = reader.bytes(reader.number(8));
  const tags = decodeTags(tagBytes, count);
  const data = reader.rest();
  const id = createHash("sha256").update(signature).digest("base64url");
  const content = (): Uint8Array => signedContent(signatureType, owner, target, anchor, tagBytes, data);
  const address = kind.address(owner);
  const encodedTarget = Buffer.from(target).toString("base64url");
  return {
    id,
    signatureType,
    signature,
    owner,
    address,
    target: encodedTarget,
    anchor,
    tags,
    data,
    raw,
    content,
  };
}

function signedContent(type: number, ...fields: readonly Uint8Array[]): Uint8Array {
  return deepHash([leaf("dataitem"), leaf("1"), leaf(String(type)), ...fields]);
}

/** Reads a data item and checks its signature. @throws Refusal if either is wrong. */
export async function verifyDataItem(raw: Uint8Array): Promise<DataItem> {
  const item = parseDataItem(raw);
  const { signatureType, owner, content, signature } = item;
  const kind = signatureKinds.get(signatureType)!;
  if (await kind.verify(owner, content(), signature)) return item;
  throw new Refusal(`the ${kind.name} signature of data item ${item.id} is not valid`);
}

export interface UnsignedItem {
  readonly target?: string | undefined;
  /** 32 bytes of UTF-8. */
  readonly anchor?: string | undefined;
  readonly tags?: readonly Tag[];
  readonly data?: string | Uint8Array | undefined;
}

function optionalField(name: string, bytes: Uint8Array): Uint8Array[] {
  if (bytes.length === 0) return [Uint8Array.of(0)];
  if (bytes.length !== 32) throw new Refusal(`the ${name} has ${bytes.length} bytes; it has 32`);
  return [Uint8Array.of(1), bytes];
}

function lengthField(length: number): Uint8Array {
  const field = Buffer.alloc(8);
  field.writeBigUInt64LE(BigInt(length));
  return field;
}

/** A data item, signed. @throws Refusal when a field does not fit. */
export async function signDataItem(item: UnsignedItem, wallet: Wallet): Promise<Uint8Array> {
  const { signatureType, publicKey } = wallet;
  const target = Buffer.from(item.target ?? "", "base64url");
  // Buffer passes over what is no base64url, so a target must also read back as it was given.
  if (target.toString("base64url") !== (item.target ?? "")) throw new Refusal(`${item.target} is no target`);
  const anchor = Buffer.from(item.anchor ?? "");
  const tags = encodeTags(item.tags ?? []);
  const data = typeof item.data === "string" ? Buffer.from(item.data) : (item.data ?? Buffer.alloc(0));
  const [targetField, anchorField] = [optionalField("target", target), optionalField("anchor", anchor)];
  const content = signedContent(signatureType, publicKey, target, anchor, tags, data);
  return Buffer.concat([
    Uint8Array.of(signatureType, 0),
    ...[await wallet.sign(content), publicKey, ...targetField, ...anchorField],
    ...[lengthField(item.tags?.length ?? 0), lengthField(tags.length), tags, data],
  ]);
}
