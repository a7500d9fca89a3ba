/** The client library, unmodified, in legacy mode: with the types that it lacks, and signers of any wallet. */
import * as library from "@permaweb/aoconnect";
import { parseDataItem, signDataItem, type UnsignedItem } from "./items/data-item.ts";
import type { Wallet } from "./items/wallet.ts";
import type { LocalNetwork } from "./local-network.ts";
import type { ComputeResult, Tag } from "./message.ts";

/** What signs for aoconnect: of a key under Node, of a wallet extension in a page. */
export type Signer = (create: (values: object) => Promise<unknown>, kind: string) => Promise<object>;

interface Addressed {
  readonly process: string;
  readonly signer?: Signer;
  readonly tags?: readonly Tag[];
  readonly data?: string;
  readonly anchor?: string;
}

export interface Aoconnect {
  spawn(options: Omit<Addressed, "process"> & { module: string; scheduler: string }): Promise<string>;
  message(options: Addressed): Promise<string>;
  result(options: { process: string; message: string }): Promise<ComputeResult>;
  results(options: {
    process: string;
    from?: string;
    to?: string;
    sort?: "ASC" | "DESC";
    limit?: number;
  }): Promise<{ edges: { cursor: string; node: ComputeResult }[] }>;
  dryrun(options: Omit<Addressed, "signer"> & { Owner?: string }): Promise<ComputeResult>;
  monitor(options: Addressed): Promise<string>;
  unmonitor(options: Addressed): Promise<string>;
  assign(options: { process: string; message: string }): Promise<string>;
}

/** aoconnect, connected to a network in legacy mode. */
export function aoconnectTo({ units }: Pick<LocalNetwork, "units">): Aoconnect {
  return connectLegacy({ MODE: "legacy", ...units });
}

/** The package's own types know only what both modes have in common. */
const connectLegacy = library.connect as unknown as (options: object) => Aoconnect;

/** A signer of an Arweave key, as the library makes it. */
export const createDataItemSigner = library.createDataItemSigner as unknown as (wallet: object) => Signer;

/** A signer of a wallet of any kind: the library hands over what is to be signed, and sends what comes back. */
export function signerOf(wallet: Wallet): Signer {
  return async (create) => {
    const raw = await signDataItem((await create({ passthrough: true })) as UnsignedItem, wallet);
    return { id: parseDataItem(raw).id, raw };
  };
}
