/** The life of a launch, from funding to the end, on a network with a real ledger, mint and token. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { alice, bob, carol, createLaunchScene, treasury } from "../scene/launch-scene.ts";
import { compact, node } from "../scene/runtimes.ts";

describe("a launch", () => {
  for (const runtime of [node, compact]) {
    it(`pays its delegators by what they contributed, and the treasury the AO (${runtime.name})`, async () => {
      const scene = await createLaunchScene({ runtime });
      const { days, fund, delegate, figure, tokensOf, token, launch } = scene;
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
  }

  it("whose tokens are claimed pays everybody who asks, or is asked for", async () => {
    const scene = await createLaunchScene({ launch: { "Are-Batch-Transfers-Possible": "false" } });
    const { days, fund, delegate, figure, tokensOf, launch, send } = scene;
    await fund();
    await delegate(alice, 5000);
    await delegate(bob, 10000);
    await days(10);
    assert.deepEqual([await figure("Status"), await figure("Claimable")], ["Ended", "1000000"]);
    await send(alice, launch, { Action: "Withdraw-FLP-Token" });
    await send(carol, launch, { Action: "Withdraw-FLP-Token", Recipient: bob });
    // Half of three quarters beside one quarter.
    const [ofAlice, ofBob] = [await tokensOf(alice), await tokensOf(bob)];
    assert.ok(ofAlice >= 599_990n && ofAlice <= 600_010n, `${ofAlice}`);
    assert.deepEqual([ofAlice + ofBob, await tokensOf(launch)], [1_000_000n, 0n]);
  });

  it("gives who leaves mid-way nothing for the time after", async () => {
    const { days, fund, delegate, tokensOf } = await createLaunchScene();
    await fund();
    await delegate(alice, 10000);
    await delegate(bob, 10000);
    await days(3);
    await delegate(alice, 0);
    const before = await tokensOf(alice);
    await days(7);
    assert.equal(await tokensOf(alice), before);
    assert.equal(await tokensOf(bob), 1_000_000n - before);
  });

  it("whose token is minted more of shows it, and gives out what it was funded with", async () => {
    const { days, fund, delegate, figure, tokensOf, teamToken, send } = await createLaunchScene({
      teamToken: { Minter: carol },
    });
    await fund();
    await delegate(alice, 10000);
    await days(5);
    await send(carol, teamToken, { Action: "Mint", Recipient: carol, Quantity: "5000000" });
    await days(5);
    assert.deepEqual(
      [await figure("Total-Token-Supply-At-Creation"), await figure("Latest-Token-Supply")],
      ["10000000", "15000000"],
    );
    assert.equal(await tokensOf(alice), 1_000_000n);
  });
});
