/** The life of a launch, from funding to the end, on a network with a real ledger, mint and token. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { alice, bob, createLaunchScene, treasury } from "../scene/launch-scene.ts";

describe("a launch", () => {
  it("pays its delegators by what they contributed, and the treasury the AO", async () => {
    const { days, fund, delegate, figure, tokensOf, token, launch } = await createLaunchScene();
    await fund();
    assert.equal(await figure("Status"), "Active");
    await delegate(alice, 10000);
    await delegate(bob, 10000);
    await days(1);
    // 1,000,000 · (1 − 0.9) / (1 − 0.9^10), of which the holder of three quarters gets three.
    assert.deepEqual([await tokensOf(alice), await tokensOf(bob)], [115_150n, 38_383n]);
    await days(9);
    const [ofAlice, ofBob] = [await tokensOf(alice), await tokensOf(bob)];
    assert.equal(ofAlice + ofBob, 1_000_000n, "the allocation, to the last unit");
    assert.equal(await figure("Status"), "Ended");
    assert.equal(await tokensOf(launch), 0n, "nothing left over");
    assert.equal(await tokensOf(treasury, token), BigInt(await figure("Accumulated-Quantity")));
  });
});
