/**
 * Puts a bundle into the virtual machine by editing the WebAssembly binary: no compiler, a few milliseconds.
 *
 * The linker lays out memory as stack, data, first piece of heap, up to a page border. Behind that border this file
 * puts the bundle's text, and behind the text goes on the heap (memory.c). Two data segments are added: the text, and
 * its address and length, which overwrite the machine's `struct bundle`.
 */
import {
  address,
  concatenate,
  constantGlobal,
  exportIndex,
  exportKind,
  Reader,
  readSections,
  type Section,
  sectionId,
  unsigned,
  writeSections,
} from "./wasm.ts";

export interface MemoryLimits {
  /** Bytes of memory that a new process starts with; more if the bundle needs it. Default 2 MiB. */
  readonly initial?: number;
  /** Bytes of memory that it can never exceed. Default 4 GiB, of which the loader can use all but one page. */
  readonly maximum?: number;
}

const page = 65536;
const largestMemory = 65536 * page;

function contentOf(sections: readonly Section[], id: number): Uint8Array {
  const section = sections.find((candidate) => candidate.id === id);
  if (section === undefined) throw new Error(`the WebAssembly module has no section ${id}`);
  return section.content;
}

/** Pages of the machine's only memory. Throws unless it is one memory with a 32-bit minimum and maximum. */
function memoryPages(content: Uint8Array): number {
  const reader = new Reader(content);
  const [count, kind] = [reader.unsigned(), reader.byte()];
  if (count !== 1 || kind !== 1) throw new Error("the WebAssembly module's memory has an unknown form");
  return reader.unsigned();
}

/** An active data segment: the bytes are at the address when the module starts. */
function segment(start: number, bytes: Uint8Array): Uint8Array {
  return concatenate([0x00, 0x41, ...address(start), 0x0b, ...unsigned(bytes.length)], bytes);
}

/** A data section with further segments; they are written in order, so a later one overwrites an earlier one. */
function addSegments(
  content: Uint8Array,
  segments: readonly Uint8Array[],
): { content: Uint8Array; count: number } {
  const reader = new Reader(content);
  const count = reader.unsigned() + segments.length;
  return { content: concatenate(unsigned(count), reader.rest(), ...segments), count };
}

/**
 * The virtual machine (`buildVirtualMachine`) with a Lua bundle inside. Same input, same bytes.
 * @throws Error if `machine` is not such a module, the bundle is empty, or memory limits leave no room for it.
 */
export function embedBundle(machine: Uint8Array, lua: string, memory: MemoryLimits = {}): Uint8Array {
  const sections = readSections(machine);
  const text = new TextEncoder().encode(lua);
  if (text.length === 0) throw new Error("the bundle is empty");

  const bundleIndex = exportIndex(contentOf(sections, sectionId.export), exportKind.global, "bundle");
  const bundleStruct = constantGlobal(contentOf(sections, sectionId.global), bundleIndex);
  const textStart = memoryPages(contentOf(sections, sectionId.memory)) * page;
  const maximumPages = Math.floor((memory.maximum ?? largestMemory) / page);
  const initialPages = Math.ceil(Math.max(textStart + text.length, memory.initial ?? 2 * 1024 * 1024) / page);
  if (!(initialPages <= maximumPages && maximumPages <= largestMemory / page)) {
    throw new RangeError(
      `memory of ${initialPages} pages at first does not fit a maximum of ${maximumPages} pages`,
    );
  }

  const location = new Uint8Array(Uint32Array.of(textStart, text.length).buffer);
  const data = addSegments(contentOf(sections, sectionId.data), [
    segment(textStart, text),
    segment(bundleStruct, location),
  ]);
  const replaced = new Map<number, Uint8Array>([
    [sectionId.memory, Uint8Array.of(1, 1, ...unsigned(initialPages), ...unsigned(maximumPages))],
    [sectionId.dataCount, Uint8Array.from(unsigned(data.count))],
    [sectionId.data, data.content],
  ]);
  return writeSections(sections.map(({ id, content }) => ({ id, content: replaced.get(id) ?? content })));
}
