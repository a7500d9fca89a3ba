/** What the steps of a day share: a network with everything deployed, a client, and who shows how far it is. */
import type { Keepers } from "../../deployment/books.ts";
import type { Ask } from "../../deployment/units.ts";
import type { Wallet } from "../../units/items/wallet.ts";
import type { LocalNetwork } from "../../units/local-network.ts";
import type { Client } from "./client.ts";

/** What a day tells while it goes on: what is being done, and how far it has come. */
export type Progress = (stage: string, done: number, total: number) => void;

export interface Day {
  readonly network: LocalNetwork;
  /** The processes of ao.config.ts by name: their ids. */
  readonly processes: Readonly<Record<string, string>> & Keepers & { readonly factory: string };
  /** Their modules: bytes and hash. */
  readonly modules: readonly { readonly name: string; readonly size: number; readonly sha256: string }[];
  /** Who deployed, and reports the balances. */
  readonly deployer: Wallet;
  readonly client: Client;
  readonly ask: Ask;
  readonly progress: Progress;
}
