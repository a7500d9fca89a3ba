/** The wallets that the ledger knows: enrolled when something is known of them, forgotten when nothing is. */
import { enrol, release } from "../collections/register.ts";
import { isZero, type Natural } from "../math/natural.ts";
import type { LedgerState } from "./state.ts";

/** The wallet's number; it is enrolled if it was not. */
export function enrolWallet(state: LedgerState, account: string): number {
  return enrol(state.wallets.register, account);
}

/**
 * Forgets a wallet that has nothing: no holdings, no delegations in or out, no yield ever, no word of its own. Names
 * are free to mention, and would otherwise fill the memory.
 */
export function forgetIfEmpty(state: LedgerState, wallet: number): void {
  const { wallets } = state;
  if (wallets.register.names[wallet] === "") return;
  if ((wallets.firstEdge[wallet] ?? 0) !== 0 || hasIncoming(state, wallet)) return;
  if (wallets.explicit[wallet] === true || (wallets.version[wallet] ?? 0) !== 0) return;
  if (isSomething(wallets.own[wallet]) || isSomething(wallets.income[wallet])) return;
  for (const token of state.tokens) {
    if (isSomething(token.quantity[wallet]) || isSomething(token.delegated[wallet])) return;
  }
  if (wallets.updated[wallet] !== undefined) wallets.updated[wallet] = 0;
  if (wallets.idle[wallet] !== undefined) wallets.idle[wallet] = false;
  release(wallets.register, wallet);
}

function hasIncoming(state: LedgerState, wallet: number): boolean {
  const incoming = state.wallets.incoming[wallet];
  if (incoming === undefined) return false;
  return incoming.length > (state.wallets.freeIncoming[wallet]?.length ?? 0);
}

function isSomething(amount: Natural | undefined): boolean {
  return amount !== undefined && !isZero(amount);
}
