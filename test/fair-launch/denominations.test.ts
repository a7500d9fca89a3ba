/** Tokens of every denomination, and amounts of every size, on our own token with a real ledger and mint. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { alice, bob, createLaunchScene } from "../scene/launch-scene.ts";

async function run(denomination: string, supply: bigint, allocation: bigint): Promise<void> {
  const scene = await createLaunchScene({
    teamToken: { Denomination: denomination, "Initial-Supply": `${supply}` },
    launch: { "Token-Supply": `${allocation}`, Duration: "2" },
  });
  const { fund, delegate, days, tokensOf, figure, launch } = scene;
  await fund(`${allocation}`);
  assert.deepEqual(
    [await figure("Token-Denomination"), await figure("Total-Token-Supply-At-Creation")],
    [denomination, `${supply}`],
  );
  await delegate(alice, 10_000);
  await delegate(bob, 10_000);
  await days(1);
  const [ofAlice, ofBob] = [await tokensOf(alice), await tokensOf(bob)];
  const emission = (allocation * 10n) / 19n;
  assert.equal(ofAlice + ofBob, emission, "10/19 of the allocation in the first of two periods at 0.9");
  const quarter = emission / 4n;
  assert.ok(ofBob === quarter || ofBob === quarter + 1n, `${ofBob} of ${emission}`);
  await days(1);
  assert.equal((await tokensOf(alice)) + (await tokensOf(bob)), allocation);
  assert.deepEqual([await figure("Status"), await tokensOf(launch)], ["Ended", 0n]);
}

describe("a launch of a token with", () => {
  for (const places of [0n, 6n, 8n, 12n, 18n]) {
    const unit = 10n ** places;
    it(`${places} decimals`, () => run(`${places}`, 10_000_000n * unit, 1_000_003n * unit));
  }

  it("amounts of 38 digits", () => run("18", 10n ** 38n - 1n, 10n ** 38n - 1n));

  it("a few indivisible pieces", () => run("0", 7n, 7n));
});
