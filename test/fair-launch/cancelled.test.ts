/** Launches that never begin: cancelled by their deployer, or never funded. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { tagValue } from "../../units/message.ts";
import { alice, createStage, day, team, treasury } from "./stage.ts";
import { ForeignToken } from "./foreign-token.ts";

const cancel = { Action: "Cancel" };

describe("a launch is cancelled", () => {
  it("by its deployer before the start, and its funder gets everything back", async () => {
    const stage = await createStage();
    stage.token.balances.set(alice, 1_000_000n);
    await stage.fund(1_000_000n, { "X-Action": "Initialize-FLP" }, alice);
    const { Messages } = await stage.send(team, stage.launch, cancel);
    const answer = Messages.find(({ Target }) => Target === team)!;
    assert.deepEqual(
      ["Action", "Status", "Quantity"].map((name) => tagValue(answer.Tags!, name)),
      ["Cancel-Response", "Success", "1000000"],
    );
    assert.deepEqual(stage.have(alice, stage.launch), [1_000_000n, 0n]);
    assert.deepEqual(await stage.figures("Status", "Returned", "Paid", "Token-Book-Balance"), [
      "Cancelled",
      "1000000",
      "1000000",
      "0",
    ]);
    await stage.assertBooks();
  });

  it("before it was funded, too", async () => {
    const stage = await createStage();
    const { Messages } = await stage.send(team, stage.launch, cancel);
    assert.equal(tagValue(Messages.find(({ Target }) => Target === team)!.Tags!, "Quantity"), "0");
    assert.equal(await stage.figure("Status"), "Cancelled");
    await stage.assertBooks();
  });

  it("by nobody else, not at the start or later, and once only", async () => {
    const stage = await createStage();
    await stage.fund();
    for (const other of [alice, treasury]) {
      const { Error: error } = await stage.send(other, stage.launch, cancel);
      assert.match(error ?? "", /^\[not-deployer\]/);
    }
    await stage.network.advance(stage.start - stage.network.now());
    assert.match((await stage.send(team, stage.launch, cancel)).Error ?? "", /^\[started\]/);
    assert.equal(await stage.figure("Status"), "Active");
    const early = await createStage();
    await early.send(team, early.launch, cancel);
    assert.match((await early.send(team, early.launch, cancel)).Error ?? "", /^\[over\] .*Cancelled already/);
  });

  it("and a refund that the token refuses can be claimed once more", async () => {
    const stage = await createStage();
    await stage.fund();
    stage.token.transfers = "refuses";
    await stage.send(team, stage.launch, cancel);
    assert.deepEqual(await stage.figures("Claimable", "Paid"), ["1000000", "0"]);
    stage.token.transfers = "carries out";
    await stage.send(alice, stage.launch, { Action: "Withdraw-FLP-Token", Recipient: team });
    assert.deepEqual(stage.have(team, stage.launch), [10_000_000n, 0n]);
    await stage.assertBooks();
  });

  it("and the AO that comes goes to the treasury still", async () => {
    const stage = await createStage();
    await stage.fund();
    await stage.send(team, stage.launch, cancel);
    stage.ao.balances.set(stage.ledger.id, 50n);
    stage.ledger.owes = 50n;
    await stage.days(1);
    assert.equal(stage.ao.balance(treasury), 50n);
    assert.deepEqual(await stage.figures("Round"), ["0"], "no round any more");
  });
});

describe("a launch that is never funded", () => {
  it("is cancelled when its last period has passed, and the factory hears of it", async () => {
    const stage = await createStage();
    stage.ledger.contribute(alice, 5n);
    await stage.days(9);
    assert.deepEqual(await stage.figures("Status", "Distribution-Tick"), ["Ready", "9"]);
    assert.deepEqual(await stage.figures("Round"), ["0"], "there is no round");
    await stage.network.advance(day - 1);
    await stage.send(alice, stage.launch, { Action: "Report-To-Factory" });
    await stage.network.advance(1);
    const { Messages } = await stage.tick();
    const report = Messages.find(({ Tags }) => tagValue(Tags ?? [], "Action") === "FLP-Report");
    assert.equal((JSON.parse(report!.Data!) as { status: string }).status, "Cancelled");
    assert.deepEqual(await stage.figures("Status", "Distributed-Quantity", "Returned", "Rollover"), [
      "Cancelled",
      "0",
      "1000000",
      "0",
    ]);
    assert.equal(await stage.claimable(team), 0n, "nobody can claim what never came");
    await stage.assertBooks();
  });
});

describe("a launch that is funded late", () => {
  it("gives what passed before to those who contribute next", async () => {
    const stage = await createStage();
    await stage.days(4);
    const rollover = BigInt(await stage.figure("Rollover"));
    // 1,000,000 · (1 − 0.9^4) / (1 − 0.9^10), rounded down.
    assert.equal(rollover, 528_003n);
    await stage.fund();
    stage.ledger.contribute(alice, 7n);
    await stage.days(1);
    assert.equal(stage.token.balance(alice), 628_737n, "five periods at once");
    await stage.days(5);
    assert.deepEqual(await stage.figures("Status", "Rollover"), ["Active", "371263"]);
  });

  it("in its last period gives out everything at its end", async () => {
    const stage = await createStage({ token: new ForeignToken() });
    await stage.days(9);
    await stage.fund();
    stage.ledger.contribute(alice, 1n);
    await stage.days(1);
    assert.deepEqual(stage.have(alice, stage.launch), [1_000_000n, 0n]);
    assert.equal(await stage.figure("Status"), "Ended");
  });
});
