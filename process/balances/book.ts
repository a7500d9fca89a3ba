/**
 * Who has how much of a token: the part that every process shares whose own token others hold. Law: the balances add up
 * to the supply.
 */
import { emptyRecord } from "../collections/record.ts";
import { emptyRegister, enrol, type Register, release, slotOf } from "../collections/register.ts";
import { emptyTouched, touch, type Touched } from "../collections/touched.ts";
import { add, compare, isZero, type Natural, subtract, ZERO } from "../math/natural.ts";

export interface Book {
  readonly parameters: {
    readonly ticker: string;
    /** An account that can't be paid to, since what it had would be nobody's. */
    readonly closed?: string;
  };
  supply: Natural;
  /** The holders, and what each has by slot. A holder of nothing is not enrolled. */
  readonly holders: Register;
  readonly balances: Natural[];
  /** The accounts whose balances have changed since they were last published. */
  readonly touched: Touched;
  /** The numbered transfers that may still be repeated, by payer. */
  readonly numbered: Record<string, NumberedTransfers>;
}

/** What came of a payer's numbered transfers. Those below `floor` are settled, and never come again. */
export interface NumberedTransfers {
  floor: number;
  /** By number: true when it was paid, false when it was refused. */
  readonly paid: Record<string, boolean>;
  /** How many numbers are remembered. */
  open: number;
}

/** A book in which nobody has anything. */
export function emptyBook(): Omit<Book, "parameters"> {
  return {
    supply: ZERO,
    holders: emptyRegister(),
    balances: [],
    touched: emptyTouched(),
    numbered: emptyRecord(),
  };
}

/** What an account has, in smallest units; zero for one that is not enrolled. */
export function balanceOf(book: Book, account: string): Natural {
  const slot = slotOf(book.holders, account);
  return slot === undefined ? ZERO : book.balances[slot]!;
}

/** Whether an account has at least this much. */
export function covers(book: Book, account: string, quantity: Natural): boolean {
  return compare(balanceOf(book, account), quantity) >= 0;
}

/** Moves an amount that the payer has (`covers`). */
export function move(book: Book, payer: string, recipient: string, quantity: Natural): void {
  debit(book, payer, quantity);
  credit(book, recipient, quantity);
}

/** Creates an amount. */
export function mint(book: Book, recipient: string, quantity: Natural): void {
  book.supply = add(book.supply, quantity);
  credit(book, recipient, quantity);
}

/** Destroys an amount that the holder has (`covers`). */
export function burn(book: Book, holder: string, quantity: Natural): void {
  debit(book, holder, quantity);
  book.supply = subtract(book.supply, quantity);
}

function credit(book: Book, account: string, quantity: Natural): void {
  if (isZero(quantity)) return;
  touch(book.touched, account);
  const slot = enrol(book.holders, account);
  book.balances[slot] = add(book.balances[slot] ?? ZERO, quantity);
}

function debit(book: Book, account: string, quantity: Natural): void {
  const slot = slotOf(book.holders, account);
  if (slot === undefined) return;
  touch(book.touched, account);
  const rest = subtract(book.balances[slot]!, quantity);
  book.balances[slot] = rest;
  if (isZero(rest)) release(book.holders, slot);
}
