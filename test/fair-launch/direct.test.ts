/** AO that is sent to the launch itself (X-Action: Delegate): a contribution of the period in which it comes. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { limits } from "../../process/protocol/limits.ts";
import { walletAddress } from "../../units/address.ts";
import { tagValue } from "../../units/message.ts";
import { alice, bob, carol, createStage, day, type Stage, treasury } from "./stage.ts";

/** Why AO came back to somebody. */
function returned({ network }: Stage, account: string): readonly (string | undefined)[] {
  return network
    .inbox(account)
    .filter(
      ({ Tags }) => tagValue(Tags, "Action") === "Credit-Notice" && tagValue(Tags, "X-Action") === "Refund",
    )
    .map(({ Tags }) => tagValue(Tags, "X-Reason"));
}

async function begin(stage: Stage): Promise<void> {
  await stage.network.advance(stage.start - stage.network.now());
}

/** More participants than a message shares out to, so that the round of this period stops half way; the launch's own ticks are lost. */
async function stopInSharing(stage: Stage, periods = 1): Promise<void> {
  for (let i = 0; i <= limits.apportionedPerMessage; i++)
    stage.ledger.contribute(walletAddress(`delegator ${i}`), 1n);
  stage.ledger.pagesAtOnce = 100;
  stage.network.faults.add({ from: stage.launch, to: stage.launch, drop: 1 });
  await stage.network.advance(stage.start + periods * day - stage.network.now());
  await stage.tick();
  assert.equal(await stage.figure("Round-Phase"), "parting");
}

describe("AO sent with X-Action: Delegate", () => {
  it("counts as the ledgers' contributions do, and goes to the treasury", async () => {
    const stage = await createStage();
    await stage.fund();
    await begin(stage);
    await stage.contribute(alice, 30n);
    await stage.contribute(alice, 10n);
    stage.ledger.contribute(bob, 60n);
    assert.equal(await stage.figure("Waiting"), "40");
    await stage.days(1);
    // 153,533 in parts of 4 to 6.
    assert.deepEqual(stage.have(alice, bob), [61_413n, 92_120n]);
    assert.equal(stage.ao.balance(treasury), 40n);
  });

  it("before the start, and before funding, goes back", async () => {
    const stage = await createStage();
    await stage.contribute(alice, 5n);
    await stage.fund();
    await stage.contribute(alice, 6n);
    assert.equal(returned(stage, alice).length, 2);
    assert.match(returned(stage, alice)[0]!, /while it is under way only/);
    assert.equal(stage.ao.balance(alice), 11n);
    await stage.assertBooks();
  });

  it("while shares are worked out counts in the next round", async () => {
    const stage = await createStage();
    await stage.fund();
    await stopInSharing(stage);
    await stage.contribute(carol, 5n);
    await stage.contribute(carol, 6n);
    stage.network.faults.clear();
    await stage.tick();
    assert.equal(await stage.figure("Round-Phase"), "idle");
    assert.equal(await stage.claimable(carol), 0n);
    assert.equal(stage.token.balance(carol), 0n);
    await stage.days(1);
    assert.equal(stage.token.balance(carol), 138_181n, "all of the second period");
    stage.ledger.contribute(bob, 1n);
    await stage.days(1);
    assert.equal(stage.token.balance(carol), 138_181n, "and nothing of the third");
  });

  it("while the last shares are worked out goes back: nothing is left to earn", async () => {
    const stage = await createStage({ launch: { Duration: "1" } });
    await stage.fund();
    await stopInSharing(stage);
    await stage.contribute(carol, 5n);
    assert.match(returned(stage, carol)[0] ?? "", /while it is under way only/);
    stage.network.faults.clear();
    await stage.tick();
    assert.equal(await stage.figure("Status"), "Ended");
    assert.equal(stage.ao.balance(carol), 5n);
  });

  it("after the end goes back", async () => {
    const stage = await createStage();
    await stage.fund();
    await begin(stage);
    await stage.contribute(alice, 1n);
    await stage.days(10);
    assert.equal(await stage.figure("Status"), "Active", "what nobody came for waits");
    await stage.contribute(bob, 1n);
    await stage.days(1);
    assert.deepEqual([await stage.figure("Status"), stage.have(alice, bob)], ["Ended", [153_533n, 846_467n]]);
    await stage.contribute(bob, 1n);
    assert.equal(returned(stage, bob).length, 1);
  });

  it("with another X-Action, or none, goes back", async () => {
    const stage = await createStage();
    await stage.fund();
    await begin(stage);
    await stage.contribute(alice, 5n, {});
    await stage.contribute(alice, 5n, { "X-Action": "Donate" });
    assert.deepEqual(returned(stage, alice), Array(2).fill("A contribution needs X-Action: Delegate"));
    assert.equal(await stage.figure("Accumulated-Quantity"), "0");
  });
});
