/** The books of a day at rest: token, ledger and mint together, and what of them does not balance. */
import { askedOnce, type Finding, findings, type Known } from "./laws/law.ts";
import { ledgerAtRest, type LedgerBooks, ledgerLaws, readLedger } from "./laws/ledger.ts";
import { mintAtRest, type MintBooks, mintLaws, readMint } from "./laws/mint.ts";
import { readToken, type TokenBooks, tokenLaws } from "./laws/token.ts";
import type { Ask } from "./units.ts";

export interface Books extends TokenBooks, LedgerBooks, MintBooks {}

/** The ids of the processes whose books these are. */
export interface Keepers {
  readonly token: string;
  readonly ledger: string;
  readonly mint: string;
}

/** Reads the books: wallets and balances page by page, and every process's Info. */
export async function readBooks(ask: Ask, ids: Keepers, known: Known = {}): Promise<Books> {
  const once = askedOnce(ask);
  return {
    ...(await readToken(once, ids.token, known)),
    ...(await readLedger(once, ids.ledger, known)),
    ...(await readMint(once, ids.mint, known)),
  };
}

/** Every law of these books, those of live processes and those at rest. */
export function judgeBooks(books: Books): readonly Finding[] {
  return findings<Books>([...tokenLaws, ...ledgerLaws, ...ledgerAtRest, ...mintLaws, ...mintAtRest], books);
}

/** What does not balance, in words; empty when all does. */
export function imbalances(books: Books): readonly string[] {
  return judgeBooks(books)
    .filter(({ holds }) => !holds)
    .map(({ law, detail }) => `${law}: ${detail}`);
}
