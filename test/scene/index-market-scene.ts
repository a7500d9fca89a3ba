/** An index among real processes only: a pool of AO and AR, a factory, and a launch of its that the basket has. */
import assert from "node:assert/strict";
import { walletAddress } from "../../units/address.ts";
import { tagsOf, tagValue } from "../../units/message.ts";
import { alice, bob, createIndexScene, day, feed, type IndexScene, maker, one } from "./index-scene.ts";
import { node } from "./runtimes.ts";
import { oracle, type SceneOptions, type TagRecord } from "./scene.ts";

/** These only open sessions and send their legs. */
export const depositors = [walletAddress("depositor 0"), walletAddress("depositor 1")] as const;
export const team = walletAddress("team");
/** What each depositor has of AO, of AR and of the launch's token. */
export const gift = 10n ** 16n;
/** What swaps may lose in a day, in AO: a few hundred of them, or one that is lost. */
export const slippageCap = 10n ** 13n;
const depth = 10n ** 16n;
const allocation = 10n ** 15n;

export interface IndexMarketScene extends IndexScene {
  readonly pool: string;
  readonly factory: string;
  readonly launch: string;
  readonly launchToken: string;
  /** A Tick to everyone who has something to do when time has passed. */
  readonly tickAll: () => Promise<void>;
}

type Options = Pick<SceneOptions, "runtime" | "network"> & {
  /** How many have passed: the index has PI after one, lists the launch after two, has its tokens after four. */
  readonly days?: number;
};

/** PI of Alice, AO and tokens of the launch in the basket, AR at two AO, which never changes. */
export async function createIndexMarketScene({
  runtime = node,
  network: conditions,
  days = 4,
}: Options): Promise<IndexMarketScene> {
  const ids = { pool: "", factory: "" };
  const scene = await createIndexScene({
    ...{ runtime, modules: ["pool", "fair-launch-factory"], ledger: { "Change-Fee": "0" } },
    ...(conditions !== undefined && { network: conditions }),
    token: { "Initial-Supply": `${10n ** 18n}`, "Initial-Holder": maker },
    index: async ({ network, owner, token, ar, ledger }) => {
      const module = network.module("fair-launch", await runtime.factory("fair-launch"));
      const spawn = (name: string, tags: TagRecord) =>
        network.spawn({ module: name, owner, tags: tagsOf(tags) });
      ids.pool = await spawn("pool", {
        ...{ Name: "AO-AR", Ticker: "AO-AR", "Token-A": token, "Token-B": ar },
        ...{ "Numbered-Transfers-A": "true", "Numbered-Transfers-B": "true" },
      });
      ids.factory = await spawn("fair-launch-factory", {
        ...{ "AO-Token": token, Ledgers: JSON.stringify([ledger]), "Numbered-Transfers": "true" },
        "Launch-Modules": JSON.stringify([{ module, code: "" }]),
      });
      return {
        "Flp-Factory": ids.factory,
        "Slippage-Cap": `${slippageCap}`,
        // At its worst price after three minutes and for an hour, so that swaps find one that a pool pays.
        ...{ "Steep-Steps": "1", "To-Best-Steps": "1", "To-Worst-Steps": "1", "Flat-Steps": "60" },
        "Pair-Pause": "60000",
        Sources: JSON.stringify([
          { token: ar, kind: "feed", process: feed, life: 40 * day, band: 100 },
          // For three milliseconds only, so that all prices are known.
          { token: ar, kind: "pool", process: ids.pool, life: 1, band: 100 },
        ]),
      };
    },
  });
  const { network, owner, send, ask, token, ar, ledger, mint, index } = scene;
  const { pool, factory } = ids;
  const launchToken = await network.spawn({
    module: "token",
    owner: team,
    tags: tagsOf({ Name: "Ocean", Ticker: "OCN", Denomination: "6", "Initial-Supply": `${10n ** 18n}` }),
  });
  const ok = async (from: string, target: string, tags: TagRecord, data?: string) => {
    const result = await send(from, target, tags, data);
    assert.equal(result.Error, undefined);
    return result;
  };
  for (const [asset, quantity] of [
    [token, depth],
    [ar, depth / 2n],
  ] as const)
    await ok(maker, asset, {
      ...{ Action: "Transfer", Recipient: pool, Quantity: `${quantity}`, "X-Action": "Provide" },
    });
  const gifts = depositors.map((wallet) => `${wallet},${gift}`).join("\n");
  for (const [from, asset] of [
    [maker, token],
    [maker, ar],
    [team, launchToken],
  ] as const)
    await ok(from, asset, { Action: "Batch-Transfer" }, gifts);

  const created = await ok(team, factory, {
    ...{ Action: "Create-FLP", Name: "Ocean launch", Treasury: team, "Token-Process": launchToken },
    ...{ "Token-Supply": `${allocation}`, "Decay-Factor": "0.9", Duration: "30" },
    ...{ "Starts-At-Timestamp": `${network.now() + day}`, "Are-Batch-Transfers-Possible": "true" },
  });
  const request = tagValue(created.Messages[0]!.Tags!, "Request-Id")!;
  const { data } = await ask(factory, { Action: "Get-FLP-Id", "Request-Id": request });
  const launch = (JSON.parse(data) as Readonly<Record<string, string>>)["FLP-Id"]!;
  await ok(team, launchToken, {
    ...{ Action: "Transfer", Recipient: launch, Quantity: `${allocation}`, "X-Action": "Initialize-FLP" },
  });
  // The index has AR by the oracle's word, whose yield it can delegate to launches.
  const rows = `${alice},3000000000000\n${bob},1000000000000\n${index},1000000000000`;
  const snapshot = { Token: "AR", Snapshot: "2", Page: "1", Pages: "1", Mode: "full" };
  await ok(oracle, ledger, { Action: "Set-Balances", ...snapshot }, rows);
  await scene.delegate(alice);
  const half = JSON.stringify({ walletFrom: bob, walletTo: launch, factor: 5_000 });
  await ok(bob, ledger, { Action: "Set-Delegation" }, half);

  async function tickAll(): Promise<void> {
    for (const target of [mint, ledger, launch, factory, pool, index])
      await send(owner, target, { Action: "Tick" }).catch(() => undefined);
  }
  for (let i = 0; i < days; i++) {
    await network.advance(day);
    await tickAll();
    await send(team, launch, { Action: "Report-To-Factory" });
  }
  await scene.setPrice(2n * one);
  return { ...scene, pool, factory, launch, launchToken, tickAll };
}
