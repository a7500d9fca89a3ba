/** Balances and supply. Law: the balances add up to the supply; the supply never passes the cap. */
import { enrol, release, slotOf } from "../collections/register.ts";
import { touch } from "../collections/touched.ts";
import { add, compare, isZero, type Natural, subtract, ZERO } from "../math/natural.ts";
import type { TokenState } from "./state.ts";

/** What an account has, in smallest units; zero for one that is not enrolled. */
export function balanceOf(state: TokenState, account: string): Natural {
  const slot = slotOf(state.holders, account);
  return slot === undefined ? ZERO : state.balances[slot]!;
}

/** Whether an account has at least this much. */
export function covers(state: TokenState, account: string, quantity: Natural): boolean {
  return compare(balanceOf(state, account), quantity) >= 0;
}

/** Moves an amount that the payer has (`covers`). */
export function move(state: TokenState, payer: string, recipient: string, quantity: Natural): void {
  debit(state, payer, quantity);
  credit(state, recipient, quantity);
}

/** Whether so much more may be in supply. */
export function mayMint(state: TokenState, quantity: Natural): boolean {
  const { cap } = state.parameters;
  return cap === undefined || compare(add(state.supply, quantity), cap) <= 0;
}

/** Creates an amount that the cap allows (`mayMint`). */
export function mint(state: TokenState, recipient: string, quantity: Natural): void {
  state.supply = add(state.supply, quantity);
  credit(state, recipient, quantity);
}

/** Destroys an amount that the holder has (`covers`). */
export function burn(state: TokenState, holder: string, quantity: Natural): void {
  debit(state, holder, quantity);
  state.supply = subtract(state.supply, quantity);
}

/**
 * How much a cumulative figure ("minted to this recipient so far") adds to what is known of it; zero for one that is
 * late or repeated.
 */
export function notYetMinted(state: TokenState, recipient: string, cumulative: Natural): Natural {
  const known = state.mintedTo[recipient] ?? ZERO;
  return compare(cumulative, known) > 0 ? subtract(cumulative, known) : ZERO;
}

function credit(state: TokenState, account: string, quantity: Natural): void {
  if (isZero(quantity)) return;
  touch(state.touched, account);
  const slot = enrol(state.holders, account);
  state.balances[slot] = add(state.balances[slot] ?? ZERO, quantity);
}

function debit(state: TokenState, account: string, quantity: Natural): void {
  const slot = slotOf(state.holders, account);
  if (slot === undefined) return;
  touch(state.touched, account);
  const rest = subtract(state.balances[slot]!, quantity);
  state.balances[slot] = rest;
  if (isZero(rest)) release(state.holders, slot);
}
