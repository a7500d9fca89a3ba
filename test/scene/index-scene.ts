/** A small world with the index in it: the core, AR as a token, PI, and wallets that delegate to the index. */
import { walletAddress } from "../../units/address.ts";
import { tagsOf, tagValue, type ComputeResult } from "../../units/message.ts";
import { node } from "./runtimes.ts";
import { createScene, oracle, type Scene, type SceneOptions, type TagRecord } from "./scene.ts";

export const day = 86_400_000;
/** A price of one smallest unit for one. */
export const one = 10n ** 30n;
export const [maker, feed, guardian, alice, bob, carol] = [
  ...["maker", "feed", "guardian", "alice", "bob", "carol"],
].map((name) => walletAddress(name)) as [string, string, string, string, string, string];

export interface IndexSceneOptions extends SceneOptions {
  /** Further spawn tags of the index, which replace the defaults; or what makes them, where they name processes. */
  readonly index?: TagRecord | ((world: Scene & { readonly ar: string }) => Promise<TagRecord>);
}

export interface Holding {
  readonly asset: string;
  readonly launch: string;
  readonly listed: boolean;
  readonly ticker: string;
  readonly backing: string;
  readonly reserved: string;
  readonly accountedFor: string;
  readonly bookBalance: string;
  readonly share: string;
  readonly target: string;
}

export interface IndexScene extends Scene {
  readonly index: string;
  readonly pi: string;
  /** AR as a token; the maker has all of it. */
  readonly ar: string;
  /** Lets days pass, with ticks of mint and index at the end of each. */
  readonly days: (count: number) => Promise<void>;
  readonly delegate: (wallet: string, factor?: number) => Promise<void>;
  /** Sends a token to the index for a purpose. */
  readonly give: (
    from: string,
    token: string,
    quantity: bigint,
    tags: Readonly<Record<string, string>>,
  ) => Promise<ComputeResult>;
  readonly setPrice: (price: bigint) => Promise<void>;
  readonly holdings: () => Promise<{
    readonly supply: bigint;
    readonly value: string;
    readonly slippageRoom: string;
    readonly assets: readonly Holding[];
  }>;
  readonly balance: (account: string, token: string) => Promise<bigint>;
  readonly figure: (name: string) => Promise<string>;
}

/** Alice and Bob hold AR at three to one; a feed tells the price of AR; one PI for one AO to begin with. */
export async function createIndexScene(options: IndexSceneOptions = {}): Promise<IndexScene> {
  const scene = await createScene(options);
  const { network, owner, send, ask, ledger, token } = scene;
  const runtime = options.runtime ?? node;
  network.module("pi", await runtime.factory("pi"));
  const spawnToken = (holder: string, tags: Readonly<Record<string, string>>): Promise<string> =>
    network.spawn({ module: "token", owner: holder, tags: tagsOf(tags) });
  const ar = await spawnToken(maker, {
    Name: "AR",
    Ticker: "AR",
    Denomination: "12",
    "Initial-Supply": `${10n ** 20n}`,
  });
  const pi = await spawnToken(owner, { Name: "PI", Ticker: "PI", Denomination: "12" });
  const more = typeof options.index === "function" ? await options.index({ ...scene, ar }) : options.index;
  const sources = [{ token: ar, kind: "feed", process: feed, life: 3_600_000, band: 100 }];
  const index = await network.spawn({
    module: "pi",
    owner,
    tags: tagsOf({
      "PI-Token-Process": pi,
      "AO-Token": token,
      "AR-Token": ar,
      Ledgers: JSON.stringify([ledger]),
      "Numbered-Tokens": JSON.stringify([token, ar]),
      Guardian: guardian,
      Sources: JSON.stringify(sources),
      ...more,
    }),
  });
  await send(owner, pi, { Action: "Set-Minter", Minter: index });
  const snapshot = { Token: "AR", Snapshot: "1", Page: "1", Pages: "1", Mode: "full" };
  const rows = `${alice},3000000000000\n${bob},1000000000000`;
  await send(oracle, ledger, { Action: "Set-Balances", ...snapshot }, rows);
  await send(owner, ledger, { Action: "Tick" });

  return {
    ...scene,
    index,
    pi,
    ar,
    async days(count) {
      for (let i = 0; i < count; i++) {
        await network.advance(day);
        await send(owner, scene.mint, { Action: "Tick" });
        await send(owner, index, { Action: "Tick" });
      }
    },
    async delegate(wallet, factor = 10_000) {
      const data = JSON.stringify({ walletFrom: wallet, walletTo: index, factor });
      const { Error: error } = await send(wallet, ledger, { Action: "Set-Delegation" }, data);
      if (error !== undefined) throw new Error(error);
    },
    give: (from, asset, quantity, tags) =>
      send(from, asset, { Action: "Transfer", Recipient: index, Quantity: `${quantity}`, ...tags }),
    async setPrice(price) {
      const { Error: error } = await send(feed, index, { Action: "Set-Price", Asset: ar, Price: `${price}` });
      if (error !== undefined) throw new Error(error);
    },
    async holdings() {
      const { data } = await ask(index, { Action: "Get-Holdings" });
      const { supply, value, slippageRoom, assets } = JSON.parse(data) as {
        supply: string;
        value: string;
        slippageRoom: string;
        assets: Holding[];
      };
      return { supply: BigInt(supply), value, slippageRoom, assets };
    },
    async balance(account, asset) {
      return BigInt((await ask(asset, { Action: "Balance", Recipient: account })).data);
    },
    async figure(name) {
      return tagValue((await ask(index, { Action: "Info" })).tags, name)!;
    },
  };
}
