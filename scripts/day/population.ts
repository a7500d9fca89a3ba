/** Whom a day is about: wallets that are made up, or those of a file; each with a key that signs for it. */
import { generatePopulation, type Population } from "../../units/population.ts";
import { readDelegations } from "./delegations-file.ts";
import { type SigningPopulation, withKeys } from "./wallets.ts";

export interface PopulationChoice {
  /** How many wallets are made up, when there is no file. */
  readonly wallets: number;
  /** A file of preferences, in the format of `delegations-2025-02-17.json`. */
  readonly delegations: string | undefined;
}

/** Throws UsageError: the file is missing, or not of that format. */
export function choosePopulation({ wallets, delegations }: PopulationChoice): SigningPopulation {
  if (delegations === undefined) return withKeys(generatePopulation({ wallets }));
  return withKeys(populationOfFile(delegations));
}

/** The file's wallets and preferences, and generated holdings. A wallet that the file gives no name shows as it does there. */
function populationOfFile(path: string): Population {
  const { delegations, names } = readDelegations(path);
  const generated = generatePopulation({ wallets: delegations.length });
  const actual = new Map(generated.delegations.map(({ wallet }, i) => [wallet, delegations[i]!.wallet]));
  const balances = [...generated.balances].map(([token, rows]) => {
    return [token, rows.map(({ wallet, amount }) => ({ wallet: actual.get(wallet)!, amount }))] as const;
  });
  const own = delegations.map(({ wallet }) => [wallet, wallet] as const);
  return { ...generated, balances: new Map(balances), delegations, names: new Map([...own, ...names]) };
}
