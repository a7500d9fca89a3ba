/** The life of the index: started by yield, rebalanced by an auction, minted in kind and by value, redeemed. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { tagValue } from "../../units/message.ts";
import { actionsIn, sentBy } from "../scene/scene.ts";
import { alice, bob, carol, createIndexScene, type IndexScene, maker, one } from "../scene/index-scene.ts";

/** A day's yield of AO, delegated to the index by two wallets at three to one. */
const inflow = 9_960_647_908_748_593n;

async function started(): Promise<IndexScene> {
  const scene = await createIndexScene();
  await scene.delegate(alice);
  await scene.delegate(bob);
  await scene.days(1);
  return scene;
}

/** The same, with a third of it in AR at two AO each. */
async function balanced(): Promise<IndexScene> {
  const scene = await started();
  await scene.setPrice(2n * one);
  for (let auction = 1; auction <= 4; auction++) {
    await scene.setPrice(2n * one);
    const opened = await scene.send(carol, scene.index, {
      Action: "Open-Auction",
      Sell: scene.token,
      Buy: scene.ar,
    });
    assert.equal(opened.Error, undefined);
    await scene.network.advance(45 * 60_000);
    await scene.give(maker, scene.ar, 10n ** 17n, { "X-Action": "Bid", "X-Auction": `${auction}` });
  }
  await scene.setPrice(2n * one);
  return scene;
}

async function assertBooks({ holdings, balance, index, pi }: IndexScene): Promise<void> {
  const { assets, supply } = await holdings();
  for (const { asset, accountedFor, bookBalance, ticker } of assets) {
    assert.equal(accountedFor, bookBalance, ticker);
    assert.equal(BigInt(bookBalance), await balance(index, asset), ticker);
  }
  assert.equal(await balance(index, pi), 0n, "PI that came in is burned");
  assert.ok(supply >= 0n);
}

describe("the index", () => {
  it("mints PI for a day's yield to those who delegated it", async () => {
    const scene = await started();
    const { balance, pi, holdings } = scene;
    const [ofAlice, ofBob] = [await balance(alice, pi), await balance(bob, pi)];
    assert.equal(ofAlice + ofBob, inflow, "one PI for one AO, to the last unit");
    assert.ok(ofAlice === (inflow * 3n) / 4n || ofAlice === (inflow * 3n) / 4n + 1n);
    assert.equal((await holdings()).supply, inflow);
    await assertBooks(scene);
  });

  it("sells what it has too much of to whoever bids", async () => {
    const scene = await balanced();
    const { holdings, balance, token } = scene;
    const { assets } = await holdings();
    assert.ok(assets.every(({ reserved }) => reserved === "0"));
    assert.ok(Number(assets[1]!.share) > 0.3, assets[1]!.share);
    // What was sold is what the maker has; it paid for it in AR, at prices within one percent of two.
    const sold = inflow - BigInt(assets[0]!.backing);
    assert.equal(await balance(maker, token), sold);
    const paid = BigInt(assets[1]!.backing) * 2n;
    assert.ok(paid * 100n >= sold * 99n && paid * 100n <= sold * 300n);
    await assertBooks(scene);
  });

  it("gives a redeemer the share of everything, without a price", async () => {
    const scene = await balanced();
    const { holdings, balance, network, give, pi, token, ar } = scene;
    await network.advance(10 * 86_400_000);
    const refused = await scene.send(carol, scene.index, { Action: "Open-Auction", Sell: token, Buy: ar });
    assert.match(refused.Error ?? "", /^\[no-price\]/, "no price is fresh any more");
    const before = await holdings();
    const share = (backing: string): bigint => (BigInt(backing) * 10n ** 15n) / before.supply;
    const redeemed = await give(alice, pi, 10n ** 15n, { "X-Action": "Redeem" });
    assert.equal(redeemed.Error, undefined);
    assert.equal(await balance(alice, token), share(before.assets[0]!.backing));
    assert.equal(await balance(alice, ar), share(before.assets[1]!.backing));
    assert.equal((await holdings()).supply, before.supply - 10n ** 15n);
    await assertBooks(scene);
  });

  it("mints in kind when the last leg of a session is in, and sends the excess back", async () => {
    const scene = await balanced();
    const { holdings, balance, send, give, index, pi, token, ar, network } = scene;
    await network.advance(10 * 86_400_000);
    const before = await holdings();
    const opened = await send(maker, index, { Action: "Open-Session", "Min-Out": "1000" });
    const answer = sentBy(opened).find(({ Target }) => Target === maker)!;
    const session = tagValue(answer.Tags!, "Session")!;
    const [aoBefore, arBefore] = [await balance(maker, token), await balance(maker, ar)];
    const leg = { "X-Action": "Deposit", "X-Session": session };
    await give(maker, token, 10n ** 13n, leg);
    assert.equal(await balance(maker, pi), 0n);
    await give(maker, ar, 10n ** 14n, leg);
    const minted = await balance(maker, pi);
    assert.equal(minted, (10n ** 13n * before.supply) / BigInt(before.assets[0]!.backing));
    const spent = [aoBefore - (await balance(maker, token)), arBefore - (await balance(maker, ar))];
    const up = (backing: string): bigint => (BigInt(backing) * minted + before.supply - 1n) / before.supply;
    assert.deepEqual(
      spent,
      before.assets.map(({ backing }) => up(backing)),
    );
    await assertBooks(scene);
  });

  it("mints for one asset by value, less a fee, and not without fresh prices", async () => {
    const scene = await balanced();
    const { holdings, balance, give, pi, ar, network } = scene;
    const before = await holdings();
    await give(maker, ar, 10n ** 12n, { "X-Action": "Mint", "X-Min-Out": "1" });
    const minted = await balance(maker, pi);
    const fair = (2n * 10n ** 12n * before.supply) / BigInt(before.value);
    assert.ok(minted < fair && minted * 100n > fair * 97n, `${minted} of ${fair}`);
    await network.advance(10 * 86_400_000);
    const arBefore = await balance(maker, ar);
    await give(maker, ar, 10n ** 12n, { "X-Action": "Mint", "X-Min-Out": "1" });
    assert.equal(await balance(maker, ar), arBefore, "it went back");
    assert.equal(await balance(maker, pi), minted);
    await assertBooks(scene);
  });

  it("sends back what it has no use for, once, with the reason", async () => {
    const scene = await started();
    const { give, balance, ar } = scene;
    const before = await balance(maker, ar);
    const result = await give(maker, ar, 5n, { "X-Action": "Dance" });
    assert.deepEqual(actionsIn(result), ["Debit-Notice", "Credit-Notice"]);
    assert.equal(await balance(maker, ar), before);
    await assertBooks(scene);
  });
});
