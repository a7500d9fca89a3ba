/** The ledger's books: yield, wallet by wallet; and AO, beside what the token and the mint say of it. */
import type { Law, Read } from "./law.ts";
import { mintedTo } from "./mint.ts";

/** What one smallest unit of AO is in the figures of yield. */
const UNIT = 10n ** 42n;

export interface LedgerBooks {
  /** Parts of 10^-42 smallest units: what wallets have accrued, added up wallet by wallet; and what is with nobody. */
  readonly accrued: bigint;
  readonly rest: bigint;
  readonly waiting: bigint;
  /** What fees took back from wallets and gave to all. */
  readonly fees: bigint;
  readonly minted: bigint;
  /** The ledger's own running total of what wallets have accrued. */
  readonly distributed: bigint;
  /** How many wallets were added up. */
  readonly wallets: number;
  readonly edges: number;
  /** Smallest units of AO: what the token says that the ledger has, and what the ledger's books say. */
  readonly ledgerBalance: bigint;
  readonly ledgerBook: bigint;
  /** Payouts under way, and those that the token never answered. */
  readonly pending: bigint;
  readonly unconfirmed: bigint;
  /** What its mint says to have minted to it. */
  readonly mintedToLedger: bigint;
  readonly surplus: bigint;
}

/** Reads the wallets page by page. Asks the ledger's token and its mint, too. */
export const readLedger: Read<LedgerBooks> = async (ask, ledger, { surplus = 0n }) => {
  let accrued = 0n;
  let wallets = 0;
  for (let cursor: string | null = "0"; cursor !== null;) {
    const { data }: { data: string } = await ask(ledger, { Action: "Audit", Cursor: cursor, Limit: "1000" });
    const page = JSON.parse(data) as { accrued: string; wallets: number; nextCursor: string | null };
    accrued += BigInt(page.accrued);
    wallets += page.wallets;
    cursor = page.nextCursor;
  }
  const { tag } = await ask(ledger, { Action: "Info" });
  const balance = await ask(tag("AO-Token"), { Action: "Balance", Recipient: ledger });
  return {
    accrued,
    wallets,
    rest: BigInt(tag("Rest")),
    waiting: BigInt(tag("Waiting")),
    fees: BigInt(tag("Fees-Scaled")),
    minted: BigInt(tag("Minted")) * UNIT,
    distributed: BigInt(tag("Distributed")),
    edges: Number(tag("Edges")),
    ledgerBalance: BigInt(balance.data),
    ledgerBook: BigInt(tag("Book-Balance")),
    pending: BigInt(tag("Pending")),
    unconfirmed: BigInt(tag("Unconfirmed")),
    mintedToLedger: await mintedTo(ask, tag("Mint-Process"), ledger),
    surplus,
  };
};

export const ledgerLaws: readonly Law<LedgerBooks>[] = [
  {
    name: "MT1 Σ accrued + Σ rest + waiting = Σ minted",
    left: ["accrued + rest + waiting", ({ accrued, rest, waiting }) => accrued + rest + waiting],
    is: "=",
    right: ["minted + fees", ({ minted, fees }) => minted + fees],
  },
  {
    name: "the running total is that of the wallets",
    left: ["Distributed", ({ distributed }) => distributed],
    is: "=",
    right: ["accrued", ({ accrued }) => accrued],
  },
  {
    name: "all that was minted has reached the ledger",
    left: ["what the mint says", ({ mintedToLedger }) => mintedToLedger],
    is: "=",
    right: ["what the ledger says", ({ minted }) => minted / UNIT],
  },
  {
    // The token may have carried out a payout of which the ledger does not know yet.
    name: "the ledger has what its book says, but for payouts under way",
    left: [
      "the ledger's book without them",
      ({ ledgerBook, pending, unconfirmed }) => ledgerBook - pending - unconfirmed,
    ],
    is: "≤",
    right: ["the ledger's balance", ({ ledgerBalance }) => ledgerBalance],
  },
];

/**
 * Laws of a ledger of which every deadline has passed, and whose notices have all arrived. On a live one somebody may
 * withdraw at any time; and AO that was sent with Cast, or whose notice was lost, is on no books.
 */
export const ledgerAtRest: readonly Law<LedgerBooks>[] = [
  {
    name: "MS5 nothing stays pending",
    left: ["pending", ({ pending }) => pending],
    is: "=",
    right: ["what should be", () => 0n],
  },
  {
    name: "MS5 nothing stays unconfirmed",
    left: ["unconfirmed", ({ unconfirmed }) => unconfirmed],
    is: "=",
    right: ["what should be", () => 0n],
  },
  {
    name: "ledger's book = ledger's balance",
    left: ["the ledger's book, with surplus", ({ ledgerBook, surplus }) => ledgerBook + surplus],
    is: "=",
    right: ["what the token says that the ledger has", ({ ledgerBalance }) => ledgerBalance],
  },
];
