/**
 * A cap over every window of an hour, wherever it begins (IX8). Amounts are added up in slots of five minutes. A window of
 * an hour touches at most thirteen slots, so that the last thirteen never coming to more than the cap keeps every window
 * within it; what was taken counts for between 60 and 65 minutes. Plain data.
 */
import { quotient } from "../math/integer.ts";
import { add, compare, type Natural, subtract, ZERO } from "../math/natural.ts";

const SLOT_LENGTH = 300_000;
const SLOTS = 13;

/** The hour, in milliseconds. */
export const WINDOW_LENGTH = SLOT_LENGTH * (SLOTS - 1);

export interface HourWindow {
  /** What each of the last slots took: slot n is at n modulo 13. */
  readonly amounts: Natural[];
  /** The latest slot, in five minutes since 1970. */
  slot: number;
}

export function emptyWindow(): HourWindow {
  const amounts: Natural[] = [];
  for (let i = 0; i < SLOTS; i++) amounts.push(ZERO);
  return { amounts, slot: 0 };
}

/** What may still be taken now; nothing where the cap was lowered below what was taken. */
export function windowRoom(window: HourWindow, cap: Natural, now: number): Natural {
  const slot = slotAt(window, now);
  let taken = ZERO;
  for (let past = Math.max(0, slot - SLOTS + 1); past <= window.slot; past++)
    taken = add(taken, window.amounts[past % SLOTS]!);
  return compare(taken, cap) < 0 ? subtract(cap, taken) : ZERO;
}

/** Takes an amount. False, and nothing changed, where it passes the cap. Time never goes back. */
export function takeFromWindow(window: HourWindow, cap: Natural, amount: Natural, now: number): boolean {
  if (compare(amount, windowRoom(window, cap, now)) > 0) return false;
  const slot = slotAt(window, now);
  // Slots in which nothing was taken; what was in their place is more than an hour old.
  for (let empty = Math.max(window.slot + 1, slot - SLOTS + 1); empty <= slot; empty++)
    window.amounts[empty % SLOTS] = ZERO;
  window.slot = slot;
  window.amounts[slot % SLOTS] = add(window.amounts[slot % SLOTS]!, amount);
  return true;
}

function slotAt(window: HourWindow, now: number): number {
  return Math.max(window.slot, quotient(now, SLOT_LENGTH));
}
