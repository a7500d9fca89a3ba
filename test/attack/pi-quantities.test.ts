/** Numbers and addresses that are none, wherever an index reads one, on every runtime that is ours; and the largest numbers. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { tagsOf, tagValue } from "../../units/message.ts";
import { alice, createIndexScene, feed, guardian, maker, one } from "../scene/index-scene.ts";
import { compact, node, type Runtime } from "../scene/runtimes.ts";
import type { TagRecord } from "../scene/scene.ts";
import { notAddresses, notAmounts } from "./odd-values.ts";
import { assertRefusal } from "./observed.ts";

/** What has up to 68 digits is a price, leading zeros or not excepted. */
const notPrices = [...notAmounts.filter((text) => !/^[1-9]\d{0,67}$/.test(text)), "1".repeat(69)];
/** Where a whole number below 10^15 is read; more digits are refused there too. */
const notWhole = [...notAmounts, "9".repeat(16), "9007199254740993"];

interface Place {
  readonly from?: string;
  readonly tags: TagRecord;
  readonly name: string;
  readonly values: readonly string[];
  readonly code: string | RegExp;
}

const amount = /^(invalid-quantity|missing-tag)$/;
const number = /^(invalid-number|invalid-page|invalid-limit)$/;

/** An index with AO by yield and an open auction of it for AR. */
async function auctioning(runtime: Runtime) {
  const scene = await createIndexScene({ runtime });
  await scene.delegate(alice);
  await scene.days(1);
  await scene.setPrice(2n * one);
  const { send, index, token, ar } = scene;
  const opened = await send(alice, index, { Action: "Open-Auction", Sell: token, Buy: ar });
  assert.equal(opened.Error, undefined);
  return scene;
}

for (const runtime of [node, compact]) {
  const scene = await auctioning(runtime);
  const { send, index, token, ar, pi, ask, give, balance, network } = scene;
  const swap = { Action: "Swap-On-Pool", Auction: "1", Pool: feed, Quantity: "5" };
  const price = { tags: { Action: "Set-Price", Asset: ar }, name: "Price" };
  const places: readonly Place[] = [
    ...["Quote-Mint", "Quote-Redeem"].map((Action) => ({
      ...{ tags: { Action }, name: "Quantity", values: [...notAmounts, ""], code: amount },
    })),
    {
      ...{ tags: { Action: "Quote-Mint", Asset: token }, name: "Quantity" },
      ...{ values: [...notAmounts, ""], code: amount },
    },
    // Absent and empty mean the least.
    { tags: { Action: "Open-Session" }, name: "Min-Out", values: notAmounts, code: "invalid-quantity" },
    { tags: swap, name: "Quantity", values: [...notAmounts, ""], code: amount },
    { tags: swap, name: "Auction", values: notWhole, code: number },
    { tags: swap, name: "Pool", values: [...notAddresses, ""], code: /^(invalid-address|missing-tag)$/ },
    {
      ...{ from: guardian, tags: { Action: "Tighten-Cap", Cap: "Lot-Cap" }, name: "Value" },
      ...{ values: [...notAmounts, ""], code: amount },
    },
    { from: feed, ...price, values: [...notPrices, ""], code: /^(invalid-price|missing-tag)$/ },
    ...["Get-Auction", "Get-Batch-Auction"].map((Action) => ({
      ...{ tags: { Action }, name: "Auction-Id", values: notWhole, code: number },
    })),
    ...["Get-Auctions", "Get-Yield-Tick-History"].flatMap((Action) =>
      ["Cursor", "Limit"].map((name) => ({ tags: { Action }, name, values: notWhole, code: number })),
    ),
    {
      ...{ tags: { Action: "Claim", Asset: token }, name: "Recipient" },
      ...{ values: notAddresses, code: "invalid-address" },
    },
    ...["Open-Auction", "Open-Batch-Auction", "Sync", "Get-Session", "Claim"].map((Action) => ({
      ...{ tags: { Action, Buy: ar, Sell: "x" }, name: Action === "Get-Session" ? "Session" : "Asset" },
      ...{ values: notAddresses, code: /^(unknown-(asset|session)|no-price)$/ },
    })),
  ];
  const books = async (): Promise<unknown> => {
    const { data } = await ask(index, { Action: "Get-Holdings" });
    const auction = await ask(index, { Action: "Get-Auction", "Auction-Id": "1" });
    const info = await ask(index, { Action: "Info" });
    return [data, auction.tags, info.tags].map((each) =>
      JSON.stringify(each).replace(/"Reference".*?\}/, ""),
    );
  };

  for (const { from = alice, tags, name, values, code } of places) {
    test(`${runtime.name}: ${tags.Action} ${name}, ${values.length} values`, async () => {
      const before = await books();
      for (const value of values) assertRefusal(await send(from, index, { ...tags, [name]: value }), code);
      assert.deepEqual(await books(), before);
    });
  }

  const words: readonly [action: string, name: string, values: readonly string[], more?: TagRecord][] = [
    ["Mint", "X-Min-Out", notAmounts],
    ["Deposit", "X-Session", notAddresses],
    ["Bid", "X-Auction", [...notWhole, ""]],
    ["Bid", "X-Max-Price", [...notPrices, ""], { "X-Auction": "1" }],
    ["Batch-Bid", "X-Limit-Price", [...notPrices, ""], { "X-Auction": "1" }],
  ];
  for (const [action, name, values, more = {}] of words) {
    test(`${runtime.name}: AR with X-Action=${action} comes back, ${values.length} values of ${name}`, async () => {
      const [had, before] = [await balance(maker, ar), (await scene.holdings()).assets[1]!.backing];
      for (const value of values) {
        const { Error: error } = await give(maker, ar, 10n ** 9n, {
          "X-Action": action,
          ...more,
          [name]: value,
        });
        assert.equal(error, undefined);
        assert.equal(await balance(maker, ar), had, JSON.stringify(value));
      }
      const { backing, accountedFor, bookBalance } = (await scene.holdings()).assets[1]!;
      assert.equal(backing, before);
      assert.equal(accountedFor, bookBalance);
    });
  }

  test(`${runtime.name}: the largest numbers`, async () => {
    const most = "9".repeat(38);
    for (const tags of [
      { Action: "Quote-Mint", Quantity: most },
      { Action: "Open-Session", "Min-Out": most },
    ])
      assert.equal((await send(alice, index, tags)).Error, undefined);
    const refused = [
      { Action: "Quote-Mint", Quantity: most, Asset: token },
      { Action: "Quote-Redeem", Quantity: most },
      { ...swap, Quantity: most },
    ];
    for (const tags of refused) assertRefusal(await send(alice, index, tags), /^no-/);
    const asked = { Action: "Set-Price", Asset: ar };
    for (const Price of ["9".repeat(68), "1"]) {
      assert.equal((await send(feed, index, { ...asked, Price })).Error, undefined);
      const { data } = await ask(index, { Action: "Get-Holdings" });
      JSON.parse(data);
      const { Error: error } = await send(alice, index, { Action: "Open-Auction", Sell: ar, Buy: token });
      assert.match(error ?? "", /^\[[a-z-]+\]/);
    }
    // A token that tells of more than there can be.
    const tags = tagsOf({ Action: "Credit-Notice", Sender: maker, Quantity: most, "X-Action": "Refund" });
    for (let i = 0; i < 3; i++) {
      network.forge({
        signer: network.authority,
        fromProcess: ar,
        target: index,
        tags: [...tags, { name: "N", value: `${i}` }],
      });
      await network.settle();
    }
    const redeemed = await give(alice, pi, 1_000_000n, { "X-Action": "Redeem" });
    assert.equal(redeemed.Error, undefined);
    assert.equal(await balance(alice, token), 1_000_000n, "one PI is one AO");
    const { data } = await ask(index, { Action: "Get-Holdings" });
    const [, held] = (JSON.parse(data) as { assets: { owed: string; received: string }[] }).assets;
    assert.equal(BigInt(held!.owed), 3n * BigInt(most));
    assert.equal(tagValue((await ask(index, { Action: "Info" })).tags, "Open-Auctions"), "1");
  });
}
