/**
 * Histories on the in-process network with messages dropped, doubled, delayed and reordered, handlers that fail, and a
 * token that is mute for a while. Once the faults are over, the deadlines have passed, and one more cycle and one more
 * Tick have come, all books agree: nothing is lost, nothing doubled, nothing left hanging.
 */
import { test } from "node:test";
import assert from "node:assert/strict";
import fc from "fast-check";
import type { FaultRule } from "../../units/faults.ts";
import type { Scene } from "../scene/scene.ts";
import { assertBooks, balanceOf, heal } from "./books.ts";
import { type Act, acts, createDay, gift, givers, initial, perform, setWeather, wallets } from "./days.ts";
import { runs, steps } from "./judge.ts";

const chance = fc.constantFrom(0, 0.05, 0.2, 0.5);

const faults: fc.Arbitrary<FaultRule> = fc.record({
  drop: chance,
  repeat: chance,
  reorder: chance,
  fail: chance,
  delay: fc.record({
    chance,
    messages: fc.integer({ min: 0, max: 6 }),
    time: fc.constantFrom(0, 1_000, 400_000, 900_000),
  }),
});

/** Which deliveries have the faults: all, or those between two of the three processes. */
const links = ["all", "token and ledger", "mint and token"] as const;

function ruleOf(scene: Scene, link: (typeof links)[number], fault: FaultRule): FaultRule {
  const { token, ledger, mint } = scene;
  if (link === "all") return fault;
  return { ...fault, between: link === "token and ledger" ? [token, ledger] : [mint, token] };
}

async function live(scene: Scene, day: readonly Act[], rules: readonly FaultRule[]): Promise<void> {
  setWeather(scene, 0, rules);
  for (const [number, act] of day.entries()) await perform(scene, act, number, rules);
  await heal(scene);
  await assertBooks(scene, wallets, { initial });
  for (const giver of givers)
    assert.equal(await balanceOf(scene, giver), gift, "what was given came back, once");
}

for (const link of links) {
  test(`with faults between ${link}, nothing is lost and nothing doubled`, async () => {
    const day = fc.array(acts, { minLength: steps, maxLength: steps + 10, size: "max" });
    const property = fc.asyncProperty(day, faults, fc.nat(), async (drawn, fault, seed) => {
      const scene = await createDay({ network: { seed } });
      await live(scene, drawn, [ruleOf(scene, link, fault)]);
    });
    await fc.assert(property, { seed: 17, numRuns: Math.ceil(runs / 4), endOnFailure: true });
  });
}
