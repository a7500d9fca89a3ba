/** The books of a day: both sides of every law, each read for itself, in BigInt. */
import type { Answer, Ask } from "./units.ts";

const unit = 10n ** 42n;

export interface Books {
  /** Parts of 10^-42 smallest units: what wallets have accrued, added up wallet by wallet; and what is with nobody. */
  readonly accrued: bigint;
  readonly rest: bigint;
  readonly waiting: bigint;
  /** What fees took back from wallets and gave to all. */
  readonly fees: bigint;
  readonly minted: bigint;
  /** How many wallets were added up. */
  readonly wallets: number;
  /** Smallest units of AO. */
  readonly supply: bigint;
  readonly mintTotal: bigint;
  readonly ledgerBalance: bigint;
  readonly ledgerBook: bigint;
  readonly edges: number;
  readonly cycles: number;
}

/** The ids of the processes whose books these are. */
export interface Keepers {
  readonly token: string;
  readonly ledger: string;
  readonly mint: string;
}

/** Reads the books: the ledger's wallets page by page, and every process's Info. */
export async function readBooks(ask: Ask, ids: Keepers): Promise<Books> {
  let accrued = 0n;
  let wallets = 0;
  let cursor: string | null = "0";
  while (cursor !== null) {
    const { data }: Answer = await ask(ids.ledger, { Action: "Audit", Cursor: cursor, Limit: "1000" });
    const page = JSON.parse(data) as { accrued: string; wallets: number; nextCursor: string | null };
    accrued += BigInt(page.accrued);
    wallets += page.wallets;
    cursor = page.nextCursor;
  }
  const ledger = (await ask(ids.ledger, { Action: "Info" })).tag;
  const token = (await ask(ids.token, { Action: "Info" })).tag;
  const mint = (await ask(ids.mint, { Action: "Info" })).tag;
  const balance = await ask(ids.token, { Action: "Balance", Recipient: ids.ledger });
  return {
    accrued,
    wallets,
    rest: BigInt(ledger("Rest")),
    waiting: BigInt(ledger("Waiting")),
    fees: BigInt(ledger("Fees-Scaled")),
    minted: BigInt(ledger("Minted")) * unit,
    supply: BigInt(token("Supply")),
    mintTotal: BigInt(mint("Minted")),
    ledgerBalance: BigInt(balance.data),
    ledgerBook: BigInt(ledger("Book-Balance")),
    edges: Number(ledger("Edges")),
    cycles: Number(mint("Cycle")),
  };
}

/** What does not balance, in words; empty when all does. */
export function imbalances(books: Books): readonly string[] {
  const { accrued, rest, waiting, fees, minted, supply, mintTotal, ledgerBalance, ledgerBook } = books;
  const wrong: string[] = [];
  if (accrued + rest + waiting !== minted + fees) {
    wrong.push(`accrued + rest + waiting is ${accrued + rest + waiting}, minted + fees is ${minted + fees}`);
  }
  if (supply !== mintTotal) wrong.push(`the token's supply is ${supply}, the mint's total is ${mintTotal}`);
  if (ledgerBalance !== ledgerBook) {
    wrong.push(`the token says that the ledger has ${ledgerBalance}, the ledger's books say ${ledgerBook}`);
  }
  return wrong;
}
