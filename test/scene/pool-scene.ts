/** A pool between two tokens on a network, and wallets that have both. */
import { walletAddress } from "../../units/address.ts";
import { tagsOf, tagValue, type ComputeResult } from "../../units/message.ts";
import { createNetwork, type Network } from "../../units/network.ts";
import type { NetworkOptions } from "../../units/requests.ts";
import { node, type Runtime } from "./runtimes.ts";
import type { TagRecord } from "./scene.ts";

export interface PoolSceneOptions {
  readonly runtime?: Runtime;
  readonly network?: NetworkOptions;
  /** Further tags of the pool. */
  readonly pool?: TagRecord;
  /** Who has so much of each token at the beginning. */
  readonly wallets: readonly string[];
  readonly gift: bigint;
}

export interface PoolScene {
  readonly network: Network;
  readonly tokens: readonly [string, string];
  readonly pool: string;
  readonly owner: string;
  readonly send: (from: string, target: string, tags: TagRecord, data?: string) => Promise<ComputeResult>;
  /** Sends a side's token to the pool. */
  readonly pay: (side: 0 | 1, from: string, quantity: bigint, tags: TagRecord) => Promise<ComputeResult>;
  /** A tag of a read's answer. */
  readonly read: (target: string, tags: TagRecord, name: string) => Promise<string>;
  readonly balanceOf: (target: string, account: string) => Promise<bigint>;
  /** A figure of the pool's Info. */
  readonly figure: (name: string) => Promise<bigint>;
}

export async function createPoolScene(options: PoolSceneOptions): Promise<PoolScene> {
  const { runtime = node, wallets, gift } = options;
  const network = createNetwork(options.network);
  for (const name of ["token", "pool"] as const) network.module(name, await runtime.factory(name));
  const owner = walletAddress("owner");

  async function send(from: string, target: string, tags: TagRecord, data?: string) {
    const content = data === undefined ? {} : { data };
    const id = network.send({ from, target, tags: tagsOf(tags), ...content });
    await network.settle();
    const result = network.result(id);
    if (result === undefined) throw new Error(`${tags.Action} was not evaluated`);
    return result;
  }

  async function spawnToken(Name: string): Promise<string> {
    const supply = { "Initial-Supply": `${gift * BigInt(wallets.length)}`, "Initial-Holder": owner };
    const tags = tagsOf({ Name, Ticker: Name, Denomination: "12", ...supply });
    const id = await network.spawn({ module: "token", owner, tags });
    const rows = wallets.map((wallet) => `${wallet},${gift}`).join("\n");
    await send(owner, id, { Action: "Batch-Transfer" }, rows);
    return id;
  }

  const tokens = [await spawnToken("ONE"), await spawnToken("TWO")] as const;
  const pool = await network.spawn({
    module: "pool",
    owner,
    tags: tagsOf({
      ...{ Name: "ONE-TWO", Ticker: "ONE-TWO", "Token-A": tokens[0], "Token-B": tokens[1] },
      ...{ "Numbered-Transfers-A": "true", "Numbered-Transfers-B": "true", ...options.pool },
    }),
  });

  async function read(target: string, tags: TagRecord, name: string): Promise<string> {
    const { Error: error, Messages } = await network.dryRun({ target, tags: tagsOf(tags) });
    if (error !== undefined) throw new Error(error);
    return tagValue(Messages[0]!.Tags ?? [], name)!;
  }

  return {
    ...{ network, tokens, pool, owner, send, read },
    pay: (side, from, quantity, tags) =>
      send(from, tokens[side], { Action: "Transfer", Recipient: pool, Quantity: `${quantity}`, ...tags }),
    balanceOf: async (target, Recipient) =>
      BigInt(await read(target, { Action: "Balance", Recipient }, "Balance")),
    figure: async (name) => BigInt(await read(pool, { Action: "Info" }, name)),
  };
}
