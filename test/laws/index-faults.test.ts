/**
 * The index among its tokens, ledger, pool, factory and a launch, with messages dropped, doubled, delayed and reordered, and
 * handlers that fail. Once the faults are over and the deadlines have passed, the books agree but for notices that were lost.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type SignedItem, tagValue } from "../../units/message.ts";
import { createIndexMarketScene } from "../scene/index-market-scene.ts";
import { node } from "../scene/runtimes.ts";
import { settleDown } from "./index-faulty-acts.ts";
import { assertDelegations } from "./index-faulty-books.ts";
import { hold, links, seen } from "./index-faulty-histories.ts";
import { runs } from "./index-judge.ts";

for (const link of links)
  test(`IX3 IX4 IX11 MS5 with faults between the index and ${link}, nothing is lost, doubled or pending for ever`, () =>
    hold(node, link, Math.ceil(runs / 50)));

test("these histories have swaps that are answered, sent back and lost, and sessions that come to PI", (context) => {
  context.diagnostic(JSON.stringify(seen));
  const rare = runs >= 200 ? (["back", "lost"] as const) : [];
  for (const name of ["completed", "answered", ...rare] as const) assert.ok(seen[name] > 0, name);
});

test("MS5 delegations that a ledger never heard of are told again at the next reading", async () => {
  const isTold = ({ Tags }: SignedItem) => tagValue(Tags, "Action") === "Set-Delegations";
  const scene = await createIndexMarketScene({ network: { faults: [{ where: isTold, drop: 1 }] }, days: 2 });
  await assert.rejects(assertDelegations(scene));
  scene.network.faults.clear();
  await settleDown(scene);
  await assertDelegations(scene);
});
