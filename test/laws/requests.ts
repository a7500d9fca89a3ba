/** What can be asked of a ledger in a history, as the model and the ledger both understand it. */

/** A row of a balance report: what an address has, and whose it is where that is another account. */
export interface Row {
  readonly source: string;
  readonly amount: bigint;
  readonly recipient: string | undefined;
}

export interface Share {
  readonly to: string;
  /** Basis points. */
  readonly factor: number;
}

export type Request =
  | {
      readonly kind: "page";
      readonly from: string;
      readonly token: number;
      readonly snapshot: number;
      readonly page: number;
      readonly pages: number;
      readonly mode: "full" | "delta";
      readonly rows: readonly Row[];
    }
  | {
      readonly kind: "multiplier";
      readonly from: string;
      readonly token: number;
      /** Times 10^18. */
      readonly multiplier: bigint;
      readonly version: number;
    }
  | { readonly kind: "delegation"; readonly from: string; readonly owner: string; readonly share: Share }
  | {
      readonly kind: "delegations";
      readonly from: string;
      readonly shares: readonly Share[];
      readonly version: number;
    }
  | {
      readonly kind: "withdrawal";
      readonly from: string;
      /** undefined is everything. */
      readonly quantity: bigint | undefined;
      readonly recipient: string | undefined;
    }
  /** AO from the mint; `cumulative` is what was minted to the ledger so far. */
  | { readonly kind: "minting"; readonly cycle: number; readonly cumulative: bigint }
  /** AO from anybody else. */
  | { readonly kind: "payment"; readonly sender: string; readonly quantity: bigint }
  /** The token's word on a payout. */
  | { readonly kind: "answer"; readonly payout: number; readonly paid: boolean }
  | { readonly kind: "tick"; readonly from: string };

/** What came of a request: the code of the refusal, or what was answered. */
export interface Outcome {
  readonly refused: string | undefined;
  /** The text of the error; "" when there was none. */
  readonly error: string;
  /** For a withdrawal: how much. */
  readonly quantity: bigint | undefined;
}

/** The account of an address: Ethereum addresses are compared in lower case. */
export function account(address: string): string {
  return address.startsWith("0x") ? address.toLowerCase() : address;
}
