/** The token's books: its supply, and its balances one by one. */
import type { Law, Read } from "./law.ts";

/** Smallest units. */
export interface TokenBooks {
  readonly supply: bigint;
  /** All balances together, and how many they are. */
  readonly balances: bigint;
  readonly holders: number;
  /** What the token says of the number of its holders. */
  readonly holdersTold: number;
  readonly cap: bigint | undefined;
}

/** Reads the balances page by page. */
export const readToken: Read<TokenBooks> = async (ask, token) => {
  let balances = 0n;
  let holders = 0;
  for (let cursor = "0"; cursor !== "";) {
    const { data, tag } = await ask(token, { Action: "Balances", Cursor: cursor, Limit: "1000" });
    const page = Object.values(JSON.parse(data) as Record<string, string>);
    balances = page.reduce((sum, balance) => sum + BigInt(balance), balances);
    holders += page.length;
    cursor = tag("Next-Cursor");
  }
  const { tag } = await ask(token, { Action: "Info" });
  const cap = tag("Cap");
  return {
    supply: BigInt(tag("Supply")),
    balances,
    holders,
    holdersTold: Number(tag("Holders")),
    cap: cap === "none" ? undefined : BigInt(cap),
  };
};

export const tokenLaws: readonly Law<TokenBooks>[] = [
  {
    name: "supply = Σ balances",
    left: ["the supply", ({ supply }) => supply],
    is: "=",
    right: ["the sum of the balances", ({ balances }) => balances],
  },
  {
    name: "holders are counted",
    left: ["the token's count", ({ holdersTold }) => BigInt(holdersTold)],
    is: "=",
    right: ["the number of balances", ({ holders }) => BigInt(holders)],
  },
  {
    name: "MT5 never past the cap",
    left: ["the supply", ({ supply }) => supply],
    is: "≤",
    right: ["the cap", ({ supply, cap }) => cap ?? supply],
  },
];
