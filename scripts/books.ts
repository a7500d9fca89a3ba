/** The books of a day: both sides of every law, each read for itself, in BigInt. */
import { info, read, type Day } from "./day.ts";

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

/** Reads the books: the ledger's wallets page by page, and every process's Info. */
export async function readBooks({ network, core }: Day): Promise<Books> {
  let accrued = 0n;
  let wallets = 0;
  let cursor: string | null = "0";
  while (cursor !== null) {
    const page: Record<string, unknown> = await read(network, core.ledger, "Audit", {
      Cursor: cursor,
      Limit: "1000",
    });
    accrued += BigInt(page.accrued as string);
    wallets += page.wallets as number;
    cursor = page.nextCursor as string | null;
  }
  const [ledger, token, mint] = [
    await info(network, core.ledger),
    await info(network, core.token),
    await info(network, core.mint),
  ];
  const balance = await network.dryRun({
    target: core.token,
    tags: [
      { name: "Action", value: "Balance" },
      { name: "Recipient", value: core.ledger },
    ],
  });
  return {
    accrued,
    wallets,
    rest: BigInt(ledger("Rest")),
    waiting: BigInt(ledger("Waiting")),
    fees: BigInt(ledger("Fees-Scaled")),
    minted: BigInt(ledger("Minted")) * unit,
    supply: BigInt(token("Supply")),
    mintTotal: BigInt(mint("Minted")),
    ledgerBalance: BigInt(balance.Messages[0]!.Data!),
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
