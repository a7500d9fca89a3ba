/** Funding: exactly the allocation, once, in time; anything else goes back. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { tagValue } from "../../units/message.ts";
import { ForeignToken } from "./foreign-token.ts";
import { createStage, day, type Stage, team, alice } from "./stage.ts";

/** What came back to the team, and why. */
function refusals({ network }: Stage): readonly (string | undefined)[] {
  return network
    .inbox(team)
    .filter(({ Tags }) => tagValue(Tags, "Action") === "Credit-Notice")
    .map(({ Tags }) => tagValue(Tags, "X-Reason"));
}

async function assertSentBack(stage: Stage, reason: RegExp, status = "Ready"): Promise<void> {
  assert.equal(await stage.figure("Status"), status);
  assert.equal(refusals(stage).length, 1, "once");
  assert.match(refusals(stage)[0]!, reason);
  await stage.assertBooks();
}

describe("funding", () => {
  it("is exactly the allocation", async () => {
    const stage = await createStage();
    await stage.fund();
    assert.deepEqual(await stage.figures("Status", "Funded-By", "Token-Book-Balance"), [
      "Active",
      team,
      "1000000",
    ]);
    assert.deepEqual(refusals(stage), []);
  });

  for (const [what, quantity] of [
    ["more", 1_000_001n],
    ["less", 999_999n],
  ] as const) {
    it(`of one unit ${what} goes back whole`, async () => {
      const stage = await createStage();
      await stage.fund(quantity);
      await assertSentBack(stage, /exactly 1000000 smallest units/);
      assert.equal(stage.token.balance(team), 10_000_000n);
    });
  }

  for (const action of ["", "Initialize", "Delegate"]) {
    it(`with X-Action ${action === "" ? "left out" : action} goes back`, async () => {
      const stage = await createStage();
      await stage.fund(1_000_000n, action === "" ? {} : { "X-Action": action });
      await assertSentBack(stage, /Funding needs X-Action: Initialize-FLP/);
    });
  }

  it("in another token goes back", async () => {
    const stage = await createStage();
    const other = new ForeignToken();
    other.id = await stage.spawn("other", other.answering);
    other.balances.set(team, 1_000_000n);
    await stage.transfer(other, team, 1_000_000n, { "X-Action": "Initialize-FLP" });
    await assertSentBack(stage, /own token and AO only/);
    assert.equal(other.balance(team), 1_000_000n);
  });

  it("in AO goes back", async () => {
    const stage = await createStage();
    await stage.contribute(team, 1_000_000n, { "X-Action": "Initialize-FLP" });
    await assertSentBack(stage, /X-Action: Delegate/);
    assert.equal(stage.ao.balance(team), 1_000_000n);
  });

  it("a second time goes back, whoever it is from", async () => {
    const stage = await createStage();
    await stage.fund();
    await stage.fund();
    await assertSentBack(stage, /Active and takes no more/, "Active");
    stage.token.balances.set(alice, 1_000_000n);
    await stage.fund(1_000_000n, { "X-Action": "Initialize-FLP" }, alice);
    assert.equal(stage.token.balance(alice), 1_000_000n);
    assert.equal(await stage.figure("Funded-By"), team);
  });

  it("after it was cancelled goes back", async () => {
    const stage = await createStage();
    await stage.send(team, stage.launch, { Action: "Cancel" });
    await stage.fund();
    await assertSentBack(stage, /Cancelled and takes no more/, "Cancelled");
  });

  it("after the end goes back, whether or not a tick has come since", async () => {
    const stage = await createStage();
    await stage.network.advance(stage.start + 10 * day - stage.network.now());
    await stage.fund();
    await assertSentBack(stage, /is over/);
    await stage.tick();
    assert.equal(await stage.figure("Status"), "Cancelled");
    await stage.fund();
    assert.equal(refusals(stage).length, 2);
    assert.equal(stage.token.balance(team), 10_000_000n);
  });

  it("that is itself a refund is kept and shown, not sent to and fro", async () => {
    const stage = await createStage();
    await stage.fund(5n, { "X-Action": "Refund" });
    assert.deepEqual(refusals(stage), []);
    assert.equal(await stage.figure("Token-Book-Balance"), "5");
    await stage.assertBooks();
  });

  it("with Cast makes no notice, counts for nothing, and takes nothing from funding", async () => {
    const stage = await createStage();
    stage.token.balances.set(stage.launch, 7n);
    await stage.fund();
    assert.deepEqual(await stage.figures("Status", "Token-Book-Balance"), ["Active", "1000000"]);
  });
});

describe("a share of the supply", () => {
  const share = { "Token-Supply": undefined, "Token-Share": "12.5" };

  it("is taken of the supply that the token tells first", async () => {
    const stage = await createStage({ launch: share });
    assert.equal(await stage.figure("Token-Supply-To-Use"), "1250000");
    await stage.fund(1_250_000n);
    assert.equal(await stage.figure("Status"), "Active");
  });

  it("can't be funded before the token has told it; then it can", async () => {
    const stage = await createStage({ launch: share, token: new ForeignToken({ answers: false }) });
    await stage.fund(1_250_000n);
    await assertSentBack(stage, /has not told its supply yet/);
    stage.token.answers = true;
    await stage.minutes(10);
    await stage.fund(1_250_000n);
    assert.equal(await stage.figure("Status"), "Active");
    await stage.assertBooks();
  });

  it("of a token that tells its supply after the start gives out all that passed", async () => {
    const stage = await createStage({ launch: share, token: new ForeignToken({ answers: false }) });
    await stage.days(3);
    stage.token.answers = true;
    await stage.minutes(10);
    await stage.fund(1_250_000n);
    stage.ledger.contribute(alice, 5n);
    await stage.days(1);
    const [distributed, rest] = await stage.figures("Distributed-Quantity", "Not-Yet-Emitted");
    assert.equal(BigInt(distributed!) + BigInt(rest!), 1_250_000n);
    assert.equal(await stage.figure("Distribution-Tick"), "4");
  });

  it("that becomes known only once the launch is cancelled stays unknown", async () => {
    const stage = await createStage({ launch: share, token: new ForeignToken({ answers: false }) });
    stage.token.answers = true;
    stage.network.faults.add({ from: stage.token.id, delay: { chance: 1, time: 3_600_000 } });
    await stage.minutes(10);
    await stage.send(team, stage.launch, { Action: "Cancel" });
    await stage.minutes(70);
    assert.deepEqual(await stage.figures("Status", "Token-Ticker", "Token-Supply-To-Use"), [
      "Cancelled",
      "FRN",
      "",
    ]);
    await stage.assertBooks();
  });
});
