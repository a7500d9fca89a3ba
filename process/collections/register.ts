/**
 * Names and their slots. A slot is a small whole number that stands for a name for as long as the name is enrolled, so
 * that what is known of it can be kept in columns (arrays by slot) instead of a record each. Released slots are used
 * again; slots run from 0 without gaps at the end, and a walk by slot meets every name that stays exactly once.
 */
import { emptyRecord } from "./record.ts";

export interface Register {
  /** The name in each slot, "" where the slot is free. */
  readonly names: string[];
  readonly slots: Record<string, number>;
  readonly free: number[];
  /** How many names are enrolled. */
  size: number;
  /** How many slots there are, free ones included. */
  extent: number;
}

export function emptyRegister(): Register {
  return { names: [], slots: emptyRecord(), free: [], size: 0, extent: 0 };
}

/** The slot of a name, or undefined when it is not enrolled. */
export function slotOf(register: Register, name: string): number | undefined {
  return register.slots[name];
}

/** The slot of a name, which is enrolled if it was not. */
export function enrol(register: Register, name: string): number {
  const known = register.slots[name];
  if (known !== undefined) return known;
  let slot = register.free.pop();
  if (slot === undefined) {
    slot = register.extent;
    register.extent += 1;
  }
  register.names[slot] = name;
  register.slots[name] = slot;
  register.size += 1;
  return slot;
}

/** Frees the slot of an enrolled name. The caller has emptied its columns. */
export function release(register: Register, slot: number): void {
  delete register.slots[register.names[slot]!];
  register.names[slot] = "";
  register.free.push(slot);
  register.size -= 1;
}
