/** Tags as a data item carries them: an Avro array of records of two strings. */
import type { Tag } from "../message.ts";
import { Refusal } from "./refusal.ts";

/** The limits of ANS-104 and of the reference library: tags, and bytes of all tags together. */
export const mostTags = 128;
export const mostTagBytes = 4096;

/** A whole number in Avro's form: zigzag, seven bits a byte, the lowest first. */
function encodeNumber(value: number): number[] {
  const bytes = [];
  let rest = value >= 0 ? value * 2 : -value * 2 - 1;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  return [...bytes, rest];
}

/** @throws Refusal when there are more tags, or longer ones, than a data item may have. */
export function encodeTags(tags: readonly Tag[]): Uint8Array {
  if (tags.length === 0) return new Uint8Array(0);
  if (tags.length > mostTags) throw new Refusal(`${tags.length} tags; a data item has at most ${mostTags}`);
  const parts = [Buffer.from(encodeNumber(tags.length))];
  for (const text of tags.flatMap(({ name, value }) => [name, value])) {
    const bytes = Buffer.from(text);
    parts.push(Buffer.from(encodeNumber(bytes.length)), bytes);
  }
  const encoded = Buffer.concat([...parts, Buffer.of(0)]);
  if (encoded.length <= mostTagBytes) return encoded;
  throw new Refusal(`tags of ${encoded.length} bytes; a data item has at most ${mostTagBytes}`);
}

class TagReader {
  readonly #bytes: Uint8Array;
  readonly #text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  #position = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get ended(): boolean {
    return this.#position === this.#bytes.length;
  }

  number(): number {
    let value = 0;
    for (let weight = 1; ; weight *= 128) {
      const byte = this.#bytes[this.#position++];
      if (byte === undefined || weight > 2 ** 35) throw new Refusal("the tags are cut off, or are no Avro");
      value += (byte & 127) * weight;
      if (byte < 128) return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
    }
  }

  string(): string {
    const length = this.number();
    const end = this.#position + length;
    if (length < 0 || end > this.#bytes.length) throw new Refusal("a tag is longer than all tags");
    const bytes = this.#bytes.subarray(this.#position, end);
    this.#position = end;
    try {
      return this.#text.decode(bytes);
    } catch {
      throw new Refusal("a tag is not UTF-8");
    }
  }
}

/** @throws Refusal unless the bytes are exactly so many tags. */
export function decodeTags(bytes: Uint8Array, count: number): Tag[] {
  if (bytes.length > mostTagBytes) {
    throw new Refusal(`tags of ${bytes.length} bytes; a data item has at most ${mostTagBytes}`);
  }
  if (count > mostTags) throw new Refusal(`${count} tags; a data item has at most ${mostTags}`);
  const tags: Tag[] = [];
  const reader = new TagReader(bytes);
  if (count === 0 && bytes.length === 0) return tags;
  for (let block = reader.number(); block !== 0; block = reader.number()) {
    // A negative count is followed by the block's size in bytes.
    if (block < 0) reader.number();
    if (tags.length + Math.abs(block) > count) break;
    for (let left = Math.abs(block); left > 0; left--) {
      const name = reader.string();
      if (name === "") throw new Refusal("a tag has no name");
      tags.push({ name, value: reader.string() });
    }
  }
  if (tags.length !== count || !reader.ended)
    throw new Refusal(`the tags are not the ${count} that they say`);
  return tags;
}
