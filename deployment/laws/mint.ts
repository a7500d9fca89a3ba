/** The mint's books: what it has emitted, cycle by cycle and ledger by ledger, beside what its token says. */
import type { Ask } from "../units.ts";
import type { Law, Read } from "./law.ts";

/** Smallest units of AO. */
export interface MintBooks {
  readonly cycles: number;
  readonly mintTotal: bigint;
  /** What so many cycles emit, computed here. */
  readonly emission: bigint;
  /** What the ledgers got, added up. */
  readonly toLedgers: bigint;
  /** What the token was spawned with, what it has, and what was burned. */
  readonly initial: bigint;
  readonly tokenSupply: bigint;
  readonly burned: bigint;
}

/** Asks the mint's token, too. */
export const readMint: Read<MintBooks> = async (ask, mint, { initial, burned = 0n }) => {
  const { tag } = await ask(mint, { Action: "Info" });
  const token = tag("Token-Process");
  const ledgers = ledgersOf(tag("Ledgers"));
  const cycles = Number(tag("Cycle"));
  return {
    cycles,
    mintTotal: BigInt(tag("Minted")),
    emission: emissionOf(BigInt(tag("Cap")), cycles),
    toLedgers: ledgers.reduce((sum, { minted }) => sum + BigInt(minted), 0n),
    initial: initial?.(token) ?? 0n,
    tokenSupply: BigInt((await ask(token, { Action: "Info" })).tag("Supply")),
    burned,
  };
};

export const mintLaws: readonly Law<MintBooks>[] = [
  {
    name: "MT3 a cycle is minted once",
    left: ["the mint's total", ({ mintTotal }) => mintTotal],
    is: "=",
    right: ["what its cycles emit", ({ emission }) => emission],
  },
  {
    name: "all that is minted is a ledger's",
    left: ["the mint's total", ({ mintTotal }) => mintTotal],
    is: "=",
    right: ["what its ledgers got", ({ toLedgers }) => toLedgers],
  },
  {
    // Anybody may burn.
    name: "MT5 supply grows by what is minted alone",
    left: ["the token's supply", ({ tokenSupply }) => tokenSupply],
    is: "≤",
    right: ["what was there and what was minted", ({ initial, mintTotal }) => initial + mintTotal],
  },
];

/** Laws of a mint whose messages have all arrived, where it is known what was burned. */
export const mintAtRest: readonly Law<MintBooks>[] = [
  {
    name: "minted = supply + burned",
    left: ["what was there and what was minted", ({ initial, mintTotal }) => initial + mintTotal],
    is: "=",
    right: ["the token's supply and what was burned", ({ tokenSupply, burned }) => tokenSupply + burned],
  },
];

/** What a mint says to have minted to a ledger; nothing where there is no mint yet. */
export async function mintedTo(ask: Ask, mint: string, ledger: string): Promise<bigint> {
  if (mint === "none") return 0n;
  const ledgers = ledgersOf((await ask(mint, { Action: "Info" })).tag("Ledgers"));
  return BigInt(ledgers.find((one) => one.ledger === ledger)?.minted ?? 0);
}

/** Each cycle emits (cap − minted) · 1647321875 / 10^15, rounded down. */
function emissionOf(cap: bigint, cycles: number): bigint {
  let minted = 0n;
  for (let i = 0; i < cycles; i++) minted += ((cap - minted) * 1_647_321_875n) / 10n ** 15n;
  return minted;
}

function ledgersOf(text: string): readonly { readonly ledger: string; readonly minted: string }[] {
  return JSON.parse(text) as { ledger: string; minted: string }[];
}
