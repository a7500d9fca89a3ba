/** An index whose factory and launches are played by wallets, and whose launches' tokens are real. */
import { walletAddress } from "../../units/address.ts";
import { tagsOf, type ComputeResult } from "../../units/message.ts";
import {
  alice,
  createIndexScene,
  feed,
  type IndexScene,
  type IndexSceneOptions,
  maker,
} from "./index-scene.ts";
import type { TagRecord } from "./scene.ts";

export const factory = walletAddress("factory");

/** A launch as the factory lists it. */
export interface ListedLaunch {
  readonly launch: string;
  readonly token: string;
  readonly received: bigint;
  readonly status?: string;
}

export interface BasketScene extends IndexScene {
  /** Begins a day, and answers the index's question with these launches, in pages of a hundred. */
  readonly list: (launches: readonly ListedLaunch[]) => Promise<readonly ComputeResult[]>;
  /** A token, all of it the launch's. */
  readonly spawnToken: (launch: string, ticker: string) => Promise<string>;
  /** The launch tells at what price its last round was, in AO for one of the token. */
  readonly tellPrice: (launch: string, price: bigint) => Promise<void>;
}

export async function createBasketScene(
  index: TagRecord = {},
  options: Pick<IndexSceneOptions, "runtime"> = {},
): Promise<BasketScene> {
  const scene = await createIndexScene({
    ...options,
    index: ({ ar }) =>
      Promise.resolve({
        "Flp-Factory": factory,
        Sources: JSON.stringify([{ token: ar, kind: "feed", process: feed, life: 10 ** 9, band: 100 }]),
        ...index,
      }),
  });
  await scene.delegate(alice);
  await scene.days(1);
  const page = (cursor: string, items: readonly object[], next: string | null): Promise<ComputeResult> =>
    scene.send(
      factory,
      scene.index,
      { Action: "Get-FLPs-Response", "X-Reference": `basket-${cursor}` },
      JSON.stringify({ items, nextCursor: next }),
    );
  return {
    ...scene,
    async list(launches) {
      await scene.days(1);
      const items = launches.map(({ launch, token, received, status = "Active" }, i) => ({
        flp_id: launch,
        flp_token_process: token,
        flp_token_ticker: `T${i}`,
        status,
        accumulated_qty: `${received}`,
      }));
      const results: ComputeResult[] = [];
      for (let from = 0; from === 0 || from < items.length; from += 100) {
        const next = from + 100 < items.length ? `after-${from + 100}` : null;
        const cursor = from === 0 ? "0" : `after-${from}`;
        results.push(await page(cursor, items.slice(from, from + 100), next));
      }
      return results;
    },
    spawnToken: (launch, Ticker) =>
      scene.network.spawn({
        module: "token",
        owner: maker,
        tags: tagsOf({
          ...{ Name: Ticker, Ticker, Denomination: "6" },
          ...{ "Initial-Supply": `${10n ** 18n}`, "Initial-Holder": launch },
        }),
      }),
    async tellPrice(launch, price) {
      const row = { TokenPriceInAo: `${price * 10n ** 18n}`, Timestamp: `${scene.network.now()}` };
      const answer = { Action: "Resp-Get-Yield-Tick-History" };
      await scene.send(launch, scene.index, answer, JSON.stringify([row]));
    },
  };
}
