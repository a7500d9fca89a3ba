/** The three processes that everything else rests on, spawned and wired: AO token, ledger, mint. */
import { walletAddress } from "./address.ts";
import { tagsOf } from "./message.ts";
import type { Network } from "./network.ts";

/** A token whose holders earn yield, as the ledger's parameter `Tokens` describes it. */
export interface YieldToken {
  readonly token: string;
  readonly ticker: string;
  readonly denomination: number;
  readonly multiplier: string;
  readonly oracle: string;
  readonly class?: string;
}

export interface CoreOptions {
  readonly tokens: readonly YieldToken[];
  /** Further tags of the ledger: policies, classes, governor. They replace the defaults. */
  readonly ledger?: Readonly<Record<string, string>>;
  /** Further tags of the token and of the mint. */
  readonly token?: Readonly<Record<string, string>>;
  readonly mint?: Readonly<Record<string, string>>;
}

export interface Core {
  readonly owner: string;
  readonly token: string;
  readonly ledger: string;
  readonly mint: string;
}

/**
 * Spawns token, ledger and mint from the modules of these names, and tells the first two who mints. The mint starts at
 * the network's present time. The network is settled afterwards.
 */
export async function spawnCore(network: Network, options: CoreOptions): Promise<Core> {
  const owner = walletAddress("owner");
  const spawn = (module: string, tags: Readonly<Record<string, string>>) =>
    network.spawn({ module, owner, tags: tagsOf(tags) });
  const token = await spawn("token", {
    Name: "AO",
    Ticker: "AO",
    Denomination: "12",
    Cap: "21000000000000000000",
    ...options.token,
  });
  const ledger = await spawn("ledger", {
    "AO-Token": token,
    Tokens: JSON.stringify(options.tokens),
    "Numbered-Transfers": "true",
    ...options.ledger,
  });
  const mint = await spawn("mint", {
    "Token-Process": token,
    "Start-Timestamp": `${network.now()}`,
    Ledgers: JSON.stringify([{ from: 0, shares: [{ ledger, share: "1" }] }]),
    ...options.mint,
  });
  network.send({ from: owner, target: token, tags: tagsOf({ Action: "Set-Minter", Minter: mint }) });
  network.send({ from: owner, target: ledger, tags: tagsOf({ Action: "Set-Mint", "Mint-Process": mint }) });
  await network.settle();
  return { owner, token, ledger, mint };
}
