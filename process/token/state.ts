/** What a token knows. */
import { type Book, emptyBook } from "../balances/book.ts";
import { emptyRecord } from "../collections/record.ts";
import type { Natural } from "../math/natural.ts";

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

export interface TokenState extends Book {
  readonly parameters: TokenParameters;
  /** Who may mint; "" until the owner has said so, once. */
  minter: string;
  /** All that a minter's cumulative figures have come to, by recipient. */
  readonly mintedTo: Record<string, Natural>;
}

export function emptyToken(parameters: TokenParameters): TokenState {
  return { ...emptyBook(), parameters, minter: "", mintedTo: emptyRecord() };
}
