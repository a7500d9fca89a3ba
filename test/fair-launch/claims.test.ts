/** Claims: by anybody, always to the owner, once. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ethereumAddress } from "../../units/address.ts";
import { tagValue, type ComputeResult } from "../../units/message.ts";
import { alice, bob, createStage, type Stage, stranger, treasury } from "./stage.ts";

/** A launch whose delegators claim, after its first period. */
async function claiming(...delegators: string[]): Promise<Stage> {
  const stage = await createStage({ launch: { "Are-Batch-Transfers-Possible": "false" } });
  await stage.fund();
  for (const delegator of delegators) stage.ledger.contribute(delegator, 1n);
  await stage.days(1);
  return stage;
}

function answer({ Messages }: ComputeResult): readonly (string | undefined)[] {
  const { Tags } = Messages.find(
    (one) => tagValue(one.Tags ?? [], "Action") === "Withdraw-FLP-Token-Response",
  )!;
  return ["Status", "Reason", "Quantity"].map((name) => tagValue(Tags!, name));
}

describe("a claim", () => {
  it("pays all that has been credited, of several rounds together", async () => {
    const stage = await claiming(alice);
    stage.ledger.contribute(alice, 1n);
    await stage.days(1);
    const result = await stage.send(alice, stage.launch, { Action: "Withdraw-FLP-Token" });
    assert.deepEqual(answer(result), ["Success", "", "291714"]);
    assert.deepEqual([stage.token.balance(alice), await stage.claimable(alice)], [291_714n, 0n]);
    await stage.assertBooks();
  });

  it("by somebody else pays its owner all the same", async () => {
    const stage = await claiming(alice);
    await stage.send(stranger, stage.launch, { Action: "Withdraw-FLP-Token", Recipient: alice });
    assert.deepEqual(stage.have(alice, stranger), [153_533n, 0n]);
  });

  it("a second time, or by somebody with nothing, says so and sends nothing", async () => {
    const stage = await claiming(alice);
    await stage.send(alice, stage.launch, { Action: "Withdraw-FLP-Token" });
    for (const from of [alice, bob]) {
      const result = await stage.send(from, stage.launch, { Action: "Withdraw-FLP-Token" });
      assert.deepEqual(answer(result), ["Error", "There is nothing to claim", undefined]);
    }
    assert.equal(stage.token.count("Transfer"), 2, "funding and one claim");
    assert.equal(await stage.figure("Delegators"), "1", "an unknown claim leaves no trace");
  });

  it("sent twice before the token has answered pays once", async () => {
    const stage = await claiming(alice);
    for (let i = 0; i < 3; i++)
      stage.network.send({
        from: alice,
        target: stage.launch,
        tags: [{ name: "Action", value: "Withdraw-FLP-Token" }],
      });
    await stage.network.settle();
    assert.deepEqual(stage.have(alice), [153_533n]);
    await stage.assertBooks();
  });

  it("that the token refuses can be made once more, however often the refusal comes", async () => {
    const stage = await claiming(alice);
    stage.token.transfers = "refuses";
    stage.network.faults.add({ from: stage.token.id, repeat: 1 });
    await stage.send(alice, stage.launch, { Action: "Withdraw-FLP-Token" });
    assert.equal(await stage.claimable(alice), 153_533n);
    const forged = {
      Action: "Transfer-Error",
      "X-Payout": "1",
      "X-Reference": "payout-1",
      "From-Process": stage.token.id,
    };
    await stage.send(alice, stage.launch, forged);
    assert.equal(await stage.claimable(alice), 153_533n);
    stage.network.faults.clear();
    stage.token.transfers = "carries out";
    await stage.send(alice, stage.launch, { Action: "Withdraw-FLP-Token" });
    assert.deepEqual([stage.have(alice), await stage.claimable(alice)], [[153_533n], 0n]);
    await stage.assertBooks();
  });

  it("for an address that is none is refused", async () => {
    const stage = await claiming(alice);
    const result = await stage.send(alice, stage.launch, { Action: "Withdraw-FLP-Token", Recipient: "me" });
    assert.match(result.Error ?? "", /^\[invalid-address\] Recipient/);
  });

  it("of an Ethereum address is found in any case of its letters", async () => {
    const address = ethereumAddress("delegator");
    const stage = await claiming(address);
    assert.equal(await stage.claimable(address.toLowerCase()), 153_533n);
    await stage.send(stranger, stage.launch, { Action: "Withdraw-FLP-Token", Recipient: address });
    assert.equal(stage.token.balance(address.toLowerCase()), 153_533n);
  });

  it("when all are made, in any order, nothing is left of what was given out", async () => {
    const stage = await claiming(alice, bob, stranger);
    for (const one of [stranger, alice, bob])
      await stage.send(treasury, stage.launch, { Action: "Withdraw-FLP-Token", Recipient: one });
    assert.deepEqual(await stage.figures("Claimable", "Paid", "Token-Book-Balance"), [
      "0",
      "153533",
      "846467",
    ]);
  });
});
