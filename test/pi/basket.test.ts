/** The fair launches' third: listing, weights, delisting, and what the index delegates to. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { walletAddress } from "../../units/address.ts";
import { tagValue, type ComputeResult } from "../../units/message.ts";
import { type BasketScene, createBasketScene, factory } from "../scene/basket-scene.ts";
import { alice, carol, one } from "../scene/index-scene.ts";
import { actionsIn, sentBy } from "../scene/scene.ts";

const launch = (number: number): string => walletAddress(`launch ${number}`);
const token = (number: number): string => walletAddress(`token ${number}`);

interface Listed {
  readonly asset: string;
  readonly class: string;
  readonly ticker: string;
  readonly listed: boolean;
  readonly backing: string;
  readonly target: string;
  readonly denomination: string;
}

async function launchesOf({ ask, index }: BasketScene): Promise<readonly Listed[]> {
  const { data } = await ask(index, { Action: "Get-Holdings" });
  return (JSON.parse(data) as { assets: Listed[] }).assets.filter((asset) => asset.class === "launch");
}

/** The delegations that a result tells the ledger. */
function delegationsIn(result: ComputeResult) {
  const told = sentBy(result).find(({ Tags }) => tagValue(Tags ?? [], "Action") === "Set-Delegations");
  if (told === undefined) return undefined;
  return JSON.parse(told.Data!) as {
    version: number;
    delegations: { walletTo: string; factor: number }[];
  };
}

describe("the basket", () => {
  it("lists what received most, at most fifty, over all pages of the factory's list", async () => {
    const scene = await createBasketScene();
    const rows = Array.from({ length: 230 }, (_, i) => ({
      launch: launch(i),
      token: token(i),
      received: BigInt((i * 97) % 230) * 10n ** 12n,
    }));
    const results = await scene.list(rows);
    assert.equal(results.length, 3);
    const best = [...rows].sort((a, b) => (a.received < b.received ? 1 : -1)).slice(0, 50);
    const found = (await launchesOf(scene)).map(({ asset }) => asset);
    assert.deepEqual([...found].sort(), best.map((row) => row.token).sort());
    const [told] = [delegationsIn(results[2]!)!];
    assert.equal(told.delegations.length, 10, "the fan-out of ledgers");
    assert.equal(
      told.delegations.reduce((sum, { factor }) => sum + factor, 0),
      10_000,
    );
    assert.deepEqual(
      told.delegations.map(({ walletTo }) => walletTo).sort(),
      best
        .slice(0, 10)
        .map((row) => row.launch)
        .sort(),
    );
  });

  it("weighs by what each received since the last reading, between floor and cap", async () => {
    const scene = await createBasketScene();
    const rows = [1000n, 10n, 400n, 300n, 200n, 100n, 50n].map((received, i) => ({
      ...{ launch: launch(i), token: token(i), received },
    }));
    const [first] = await scene.list(rows);
    const factors = (result: ComputeResult) =>
      Object.fromEntries(
        delegationsIn(result)!.delegations.map(({ walletTo, factor }) => [walletTo, factor]),
      );
    assert.equal(delegationsIn(first!)!.version, 1);
    assert.equal(factors(first!)[launch(0)], 2_000, "the cap");
    assert.ok(factors(first!)[launch(1)]! >= 100, "the floor");
    // The ledger has taken it: the index is a delegator like any other.
    const { data } = await scene.ask(scene.ledger, { Action: "Get-Delegations", Wallet: scene.index });
    assert.ok(data.includes(launch(0)), data);
    const [same] = await scene.list(rows.map((row) => ({ ...row, received: row.received * 2n })));
    assert.deepEqual(
      delegationsIn(same!),
      delegationsIn(first!),
      "nothing has changed, but it may have been lost",
    );
    const more = rows.map((row) => ({ ...row, received: row.received * 2n + 100n }));
    const [second] = await scene.list(more);
    assert.equal(delegationsIn(second!)!.version, 2);
    const factor = factors(second!)[launch(1)]!;
    assert.ok(factor === 1_428 || factor === 1_429, "as much for each");
  });

  it("delists what has ended or receives nothing, and lists it again", async () => {
    const scene = await createBasketScene();
    const live = await scene.spawnToken(launch(0), "LIVE");
    const rows = [
      { launch: launch(0), token: live, received: 200n },
      { launch: launch(1), token: token(1), received: 100n },
    ];
    await scene.list(rows);
    await scene.give(launch(0), live, 5_000n, {});
    const held = (await launchesOf(scene))[0]!;
    assert.equal(held.backing, "5000", "what a launch pays is the holders'");
    assert.equal(held.ticker, "LIVE");
    assert.equal(held.denomination, "6");
    await scene.list([
      { ...rows[0]!, status: "Completed", received: 500n },
      { ...rows[1]!, received: 100n },
    ]);
    const after = await launchesOf(scene);
    assert.deepEqual(
      after.map(({ asset, listed }) => [asset, listed]),
      [
        [live, false],
        [token(1), false],
      ],
    );
    await scene.list([]);
    assert.deepEqual(
      (await launchesOf(scene)).map(({ asset }) => asset),
      [live],
      "one that is empty leaves; the other is still to be sold down",
    );
    await scene.list(rows.map((row) => ({ ...row, received: 1_000n + row.received })));
    const again = await launchesOf(scene);
    assert.deepEqual(
      again.map(({ asset, listed, backing }) => [asset, listed, backing]),
      [
        [live, true, "5000"],
        [token(1), true, "0"],
      ],
    );
  });

  it("takes no launch for PI, AO, AR, or another launch's token", async () => {
    const scene = await createBasketScene();
    await scene.list([
      { launch: launch(0), token: scene.pi, received: 9n },
      { launch: launch(1), token: scene.token, received: 9n },
      { launch: launch(2), token: scene.ar, received: 9n },
      { launch: launch(3), token: token(3), received: 9n },
      { launch: launch(4), token: token(3), received: 8n },
    ]);
    assert.deepEqual(
      (await launchesOf(scene)).map(({ asset }) => asset),
      [token(3)],
    );
  });

  it("is not held up by a token that never says what it is", async () => {
    const scene = await createBasketScene();
    await scene.list([{ launch: launch(0), token: token(0), received: 9n }]);
    await scene.setPrice(2n * one);
    const tick = await scene.send(carol, scene.index, { Action: "Tick" });
    assert.equal(tick.Error, undefined);
    const opened = await scene.send(carol, scene.index, {
      Action: "Open-Auction",
      Sell: scene.token,
      Buy: scene.ar,
    });
    assert.equal(opened.Error, undefined);
    const redeemed = await scene.give(alice, scene.pi, 1_000n, { "X-Action": "Redeem" });
    assert.equal(redeemed.Error, undefined);
    assert.ok((await scene.balance(alice, scene.token)) > 0n);
  });

  it("asks again for a page that has not come, and reads no other's answer", async () => {
    const scene = await createBasketScene();
    const answer = { Action: "Get-FLPs-Response", "X-Reference": "basket-0" };
    const row = { flp_id: launch(0), flp_token_process: token(0), status: "Active", accumulated_qty: "9" };
    const data = JSON.stringify({ items: [row], nextCursor: null });
    await scene.send(carol, scene.index, answer, data);
    await scene.send(factory, scene.index, { ...answer, "X-Reference": "basket-1" }, data);
    await scene.send(factory, scene.index, answer, "[");
    await scene.send(factory, scene.index, answer, JSON.stringify({ items: 5 }));
    assert.deepEqual(await launchesOf(scene), []);
    const soon = await scene.send(carol, scene.index, { Action: "Tick" });
    assert.ok(!actionsIn(soon).includes("Get-FLPs"));
    await scene.network.advance(600_000);
    const later = await scene.send(carol, scene.index, { Action: "Tick" });
    assert.ok(actionsIn(later).includes("Get-FLPs"));
    const odd = { items: [5, { flp_id: "x" }, { ...row, flp_id: "me" }, row], nextCursor: null };
    await scene.send(factory, scene.index, answer, JSON.stringify(odd));
    assert.deepEqual(
      (await launchesOf(scene)).map(({ asset }) => asset),
      [token(0)],
    );
  });

  it("keeps a delisted token while an auction names it, even when all of it was redeemed", async () => {
    const scene = await createBasketScene();
    const live = await scene.spawnToken(launch(0), "LIVE");
    await scene.list([{ launch: launch(0), token: live, received: 100n }]);
    await scene.give(launch(0), live, 10n ** 18n, {});
    await scene.tellPrice(launch(0), 1n);
    await scene.setPrice(2n * one);
    const opened = await scene.send(carol, scene.index, {
      Action: "Open-Auction",
      Sell: live,
      Buy: scene.ar,
    });
    assert.equal(opened.Error, undefined);
    const all = await scene.balance(alice, scene.pi);
    assert.equal((await scene.give(alice, scene.pi, all, { "X-Action": "Redeem" })).Error, undefined);
    assert.equal(await scene.figure("Supply"), "0");
    assert.equal(await scene.figure("Open-Auctions"), "0", "nothing is left of the lot");
    await scene.list([]);
    await scene.list([]);
    const { Error: error } = await scene.send(carol, scene.index, { Action: "Tick" });
    assert.equal(error, undefined);
    const swap = { Action: "Swap-On-Pool", Auction: "1", Pool: carol, Quantity: "1" };
    assert.match(
      (await scene.send(carol, scene.index, swap)).Error ?? "",
      /^\[no-swap\] The auction is closed/,
    );
  });
});
