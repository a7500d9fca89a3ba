/**
 * The little of the WebAssembly binary format that embedding needs: sections, LEB128 numbers, exports and globals.
 * https://webassembly.github.io/spec/core/binary/modules.html
 */

export const sectionId = { memory: 5, global: 6, export: 7, data: 11, dataCount: 12 } as const;
export const exportKind = { function: 0, table: 1, memory: 2, global: 3 } as const;

/** A section: its number in the format and its content. */
export interface Section {
  readonly id: number;
  readonly content: Uint8Array;
}

const header = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];

/** Reads numbers and byte vectors one after the other; throws a RangeError behind the end. */
export class Reader {
  position = 0;
  private readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  get atEnd(): boolean {
    return this.position >= this.bytes.length;
  }

  byte(): number {
    const value = this.bytes[this.position++];
    if (value === undefined) throw new RangeError("WebAssembly module: unexpected end");
    return value;
  }

  take(length: number): Uint8Array {
    const start = this.position;
    if (start + length > this.bytes.length) throw new RangeError("WebAssembly module: unexpected end");
    this.position += length;
    return this.bytes.subarray(start, start + length);
  }

  rest(): Uint8Array {
    return this.take(this.bytes.length - this.position);
  }

  /** An unsigned LEB128 number of at most 32 bits. */
  unsigned(): number {
    let value = 0;
    for (let factor = 1; factor <= 2 ** 28; factor *= 128) {
      const byte = this.byte();
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
    }
    throw new RangeError("WebAssembly module: a number has more than 32 bits");
  }

  /** A signed LEB128 number of 32 bits, as the unsigned number with the same bits: an address. */
  address(): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.byte();
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return ((byte & 0x40) !== 0 && shift < 28 ? value | (-1 << (shift + 7)) : value) >>> 0;
    }
    throw new RangeError("WebAssembly module: an address has more than 32 bits");
  }
}

/** An unsigned LEB128 number. */
export function unsigned(value: number): number[] {
  const bytes = [];
  for (; value >= 128; value = Math.floor(value / 128)) bytes.push((value % 128) | 0x80);
  return [...bytes, value];
}

/** An address, as the signed LEB128 number that `i32.const` takes. */
export function address(value: number): number[] {
  const bytes = [];
  let rest = value | 0;
  while (rest < -64 || rest > 63) {
    bytes.push((rest & 0x7f) | 0x80);
    rest >>= 7;
  }
  return [...bytes, rest & 0x7f];
}

/** The byte arrays in one. */
export function concatenate(...parts: readonly (Uint8Array | readonly number[])[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let position = 0;
  for (const part of parts) {
    whole.set(part, position);
    position += part.length;
  }
  return whole;
}

/** A module's sections in order. Throws if the bytes are no WebAssembly module of version 1, or end too early. */
export function readSections(wasm: Uint8Array): Section[] {
  if (wasm.length < 8 || header.some((byte, index) => wasm[index] !== byte)) {
    throw new Error("not a WebAssembly module");
  }
  const reader = new Reader(wasm);
  reader.take(header.length);
  const sections = [];
  while (!reader.atEnd) sections.push({ id: reader.byte(), content: reader.take(reader.unsigned()) });
  return sections;
}

/** The inverse of `readSections`. */
export function writeSections(sections: readonly Section[]): Uint8Array {
  const parts = sections.flatMap(({ id, content }) => [[id, ...unsigned(content.length)], content]);
  return concatenate(header, ...parts);
}

/** The index of an export, by its kind and name. Throws if the export section has none such. */
export function exportIndex(content: Uint8Array, kind: number, name: string): number {
  const reader = new Reader(content);
  for (let left = reader.unsigned(); left > 0; left--) {
    const found = new TextDecoder().decode(reader.take(reader.unsigned()));
    const foundKind = reader.byte();
    const index = reader.unsigned();
    if (found === name && foundKind === kind) return index;
  }
  throw new Error(`the WebAssembly module exports no ${name}`);
}

/** The value of a constant i32 global, by its index among the module's own globals. Throws on any other global. */
export function constantGlobal(content: Uint8Array, index: number): number {
  const [i32, i32Const, end] = [0x7f, 0x41, 0x0b];
  const reader = new Reader(content);
  const count = reader.unsigned();
  for (let current = 0; current < count; current++) {
    const type = reader.byte();
    reader.byte();
    if (type !== i32 || reader.byte() !== i32Const) break;
    const value = reader.address();
    if (reader.byte() !== end) break;
    if (current === index) return value;
  }
  throw new Error(`global ${index} of the WebAssembly module is not a constant address`);
}
