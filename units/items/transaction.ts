/** Arweave transactions of format 2: their signature, and the root hash that binds the data to it. */
import { createHash } from "node:crypto";
import type { Tag } from "../message.ts";
import { deepHash, leaf } from "./deep-hash.ts";
import { Refusal } from "./refusal.ts";
import { signatureKinds } from "./signatures.ts";

/** As Arweave's libraries post it: bytes in base64url, numbers as decimal strings. */
export interface TransactionFields {
  readonly format: number;
  readonly id: string;
  readonly last_tx: string;
  readonly owner: string;
  readonly tags: readonly Tag[];
  readonly target: string;
  readonly quantity: string;
  readonly reward: string;
  readonly signature: string;
  readonly data_size: string;
  readonly data_root: string;
  /** Empty if it comes in chunks. */
  readonly data: string;
}

const largestChunk = 256 << 10;
const smallestChunk = 32 << 10;

const bytesOf = (text: string): Uint8Array => Buffer.from(text, "base64url");

function sha256(...parts: readonly Uint8Array[]): Uint8Array {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/** A position in the data as the tree notes it: 32 bytes, the highest first. */
function note(position: number): Uint8Array {
  return Buffer.from(position.toString(16).padStart(64, "0"), "hex");
}

interface Node {
  readonly id: Uint8Array;
  readonly end: number;
}

function leavesOf(data: Uint8Array): Node[] {
  const leaves: Node[] = [];
  const add = (start: number, end: number): number => {
    const id = sha256(sha256(sha256(data.subarray(start, end))), sha256(note(end)));
    leaves.push({ id, end });
    return end;
  };
  let start = 0;
  for (let left = data.length; left >= largestChunk; left = data.length - start) {
    const after = left - largestChunk;
    // A last chunk that would be too small shares with the one before.
    start = add(start, start + (after > 0 && after < smallestChunk ? Math.ceil(left / 2) : largestChunk));
  }
  add(start, data.length);
  return leaves;
}

/** The root of the tree over the data's chunks. */
export function dataRoot(data: Uint8Array): string {
  let layer = leavesOf(data);
  while (layer.length > 1) {
    const next: Node[] = [];
    for (let i = 0; i < layer.length; i += 2) {
      const [left, right] = [layer[i]!, layer[i + 1]];
      if (right === undefined) next.push(left);
      else
        next.push({ id: sha256(sha256(left.id), sha256(right.id), sha256(note(left.end))), end: right.end });
    }
    layer = next;
  }
  return Buffer.from(layer[0]!.id).toString("base64url");
}

/** What a transaction says of itself, once its signature is checked. */
export interface Transaction {
  readonly fields: TransactionFields;
  readonly address: string;
  readonly tags: readonly Tag[];
  readonly size: number;
}

const textFields = [
  ...["id", "last_tx", "owner", "target", "quantity", "reward", "signature", "data_size", "data_root"],
] as const;

/** Reads a transaction as it was posted. @throws Refusal unless it is of format 2 and its signature is valid. */
export async function verifyTransaction(posted: unknown): Promise<Transaction> {
  const fields = (posted ?? {}) as TransactionFields;
  const record = fields as unknown as Record<string, unknown>;
  const missing = textFields.filter((name) => typeof record[name] !== "string");
  if (missing.length > 0) throw new Refusal(`the transaction has no ${missing.join(", no ")}`);
  if (fields.format !== 2) throw new Refusal("only transactions of format 2 are taken");
  if (!Array.isArray(fields.tags)) throw new Refusal("the transaction has no tags");
  const [owner, signature] = [bytesOf(fields.owner), bytesOf(fields.signature)];
  const tagBytes = (fields.tags as readonly Tag[]).map(({ name, value }) => [bytesOf(name), bytesOf(value)]);
  const content = deepHash([
    ...[leaf("2"), owner, bytesOf(fields.target), leaf(fields.quantity), leaf(fields.reward)],
    ...[bytesOf(fields.last_tx), tagBytes, leaf(fields.data_size), bytesOf(fields.data_root)],
  ]);
  const { verify, address } = signatureKinds.get(1)!;
  const id = Buffer.from(sha256(signature)).toString("base64url");
  if (fields.id !== id || owner.length !== 512 || !(await verify(owner, content, signature))) {
    throw new Refusal(`the signature of transaction ${fields.id} is not valid`);
  }
  const size = Number(fields.data_size);
  if (!Number.isSafeInteger(size) || size < 0) throw new Refusal(`${fields.data_size} is no size`);
  const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString();
  const tags = tagBytes.map(([name, value]) => ({ name: text(name!), value: text(value!) }));
  return { fields, address: address(owner), tags, size };
}

/** @throws Refusal unless these are the bytes that the transaction was signed for. */
export function checkData({ fields, size }: Transaction, data: Uint8Array): void {
  const root = size === 0 ? "" : dataRoot(data);
  if (data.length === size && fields.data_root === root) return;
  throw new Refusal(`the data of transaction ${fields.id} is not what it was signed for`);
}
