/** A key of this machine for each wallet of a population. */
import { createHash } from "node:crypto";
import { createEd25519Wallet, type Wallet } from "../../units/items/wallet.ts";
import type { Population } from "../../units/population.ts";

export interface SigningPopulation extends Population {
  /** Who signs for an address. */
  readonly signers: ReadonlyMap<string, Wallet>;
}

/**
 * A key that belongs to a name: the same each time, so a day with the same wallets has the same addresses. Anybody can
 * make it; it is worth nothing. Ed25519, as an Arweave key takes a second or more to make.
 */
export function walletOf(name: string): Wallet {
  return createEd25519Wallet(createHash("sha256").update(`tributary, local key of ${name}`).digest());
}

/**
 * The population with other addresses: those of keys that can sign, for all wallets that delegate. What a wallet had
 * for a name stays; whom nobody signs for, a project, keeps its address.
 */
export function withKeys({ tokens, balances, delegations, names }: Population): SigningPopulation {
  const keys = new Map(delegations.map(({ wallet }) => [wallet, walletOf(wallet)]));
  const moved = (address: string): string => keys.get(address)?.address ?? address;
  return {
    tokens,
    balances: new Map(
      [...balances].map(([token, rows]) => [
        token,
        rows.map(({ wallet, amount }) => ({ wallet: moved(wallet), amount })),
      ]),
    ),
    delegations: delegations.map(({ wallet, preferences }) => ({
      wallet: moved(wallet),
      preferences: preferences.map(({ walletTo, factor }) => ({ walletTo: moved(walletTo), factor })),
    })),
    names: new Map([...names].map(([address, name]) => [moved(address), name])),
    signers: new Map([...keys.values()].map((wallet) => [wallet.address, wallet])),
  };
}
