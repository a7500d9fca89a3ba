/** What a token knows. */
import { emptyRegister, type Register } from "../collections/register.ts";
import { emptyRecord } from "../collections/record.ts";
import { emptyTouched, type Touched } from "../collections/touched.ts";
import { type Natural, ZERO } from "../math/natural.ts";

export interface TokenParameters {
  /** The account of the process's owner, who may name the minter, once. */
  readonly owner: string;
  readonly name: string;
  readonly ticker: string;
  readonly logo: string;
  readonly denomination: number;
  /** The most that may ever be in supply; undefined where there is no such bound. */
  readonly cap: Natural | undefined;
}

export interface TokenState {
  readonly parameters: TokenParameters;
  /** Who may mint; "" until the owner has said so, once. */
  minter: string;
  supply: Natural;
  /** The holders, and what each has by slot. A holder of nothing is not enrolled. */
  readonly holders: Register;
  readonly balances: Natural[];
  /** All that a minter's cumulative figures have come to, by recipient. */
  readonly mintedTo: Record<string, Natural>;
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

export function emptyToken(parameters: TokenParameters): TokenState {
  return {
    parameters,
    minter: "",
    supply: ZERO,
    holders: emptyRegister(),
    balances: [],
    mintedTo: emptyRecord(),
    touched: emptyTouched(),
    numbered: emptyRecord(),
  };
}
