/** A part of the proceeds goes to the index first, and the PI for it to the treasury. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { tagValue } from "../../units/message.ts";
import { alice, createStage, type Stage, team, treasury } from "./stage.ts";
import type { Answering } from "./stand-in.ts";

/** An index that does one thing with AO that comes. */
function indexThat(act: (sender: string, quantity: string) => ReturnType<Answering>): Answering {
  return ({ action, tag }) =>
    action === "Credit-Notice" && tag("X-Action") === "Mint" ? act(tag("Sender"), tag("Quantity")) : [];
}

const keeps = indexThat(() => []);

async function pay(stage: Stage, quantity: bigint): Promise<void> {
  stage.ao.balances.set(stage.ledger.id, quantity);
  stage.ledger.owes = quantity;
  await stage.days(1);
}

describe("proceeds with an index", () => {
  it("go there in part, rounded down, with X-Action: Mint, and the rest to the treasury", async () => {
    const stage = await createStage({ index: keeps, launch: { "PI-Share": "12.5" } });
    await stage.fund();
    await pay(stage, 1_001n);
    assert.deepEqual(
      [stage.ao.balance(stage.index), stage.ao.balance(treasury), stage.ao.balance(stage.launch)],
      [125n, 876n, 0n],
    );
    assert.deepEqual(
      await stage.figures("Accumulated-Quantity", "Exchanged-For-Pi-Quantity", "Withdrawn-Quantity"),
      ["1001", "125", "876"],
    );
  });

  it("come back as PI, which goes on to the treasury, and is told by cycle", async () => {
    const stage: Stage = await createStage({
      index: indexThat((sender, quantity) => [
        { to: stage.pi.id, tags: { Action: "Transfer", Recipient: sender, Quantity: `${quantity}0` } },
      ]),
      launch: { "PI-Share": "100" },
    });
    stage.pi.balances.set(stage.index, 1_000_000n);
    await stage.fund();
    stage.ledger.contribute(alice, 9n);
    stage.ledger.cycle = 42;
    await pay(stage, 500n);
    assert.deepEqual([stage.ao.balance(stage.index), stage.pi.balance(treasury)], [500n, 5_000n]);
    assert.deepEqual(await stage.figures("Accumulated-Pi-Quantity", "Withdrawn-Pi-Quantity", "Pi-Waiting"), [
      "5000",
      "5000",
      "0",
    ]);
    const proceeds = JSON.parse((await stage.ask({ Action: "Get-PI-Proceeds" })).data) as object;
    assert.deepEqual(
      Object.values(proceeds).map(({ amount }: { amount: string }) => amount),
      ["5000"],
    );
  });

  it("that the index sends back go to the treasury whole, not to the index again", async () => {
    const stage: Stage = await createStage({
      index: indexThat((sender, quantity) => [
        {
          to: stage.ao.id,
          tags: { Action: "Transfer", Recipient: sender, Quantity: quantity, "X-Action": "Refund" },
        },
      ]),
      launch: { "PI-Share": "100" },
    });
    await stage.fund();
    await pay(stage, 500n);
    assert.equal(stage.ao.balance(treasury), 500n);
    const sent = stage.ao.heard.filter(({ tag }) => tag("Recipient") === stage.index);
    assert.equal(sent.length, 1, "the index is asked once");
    assert.deepEqual(await stage.figures("Came-Back", "Exchanged-For-Pi-Quantity", "Withdrawn-Quantity"), [
      "500",
      "500",
      "500",
    ]);
    await stage.assertBooks();
  });

  it("wait here while the token refuses, and go with the next period", async () => {
    const stage = await createStage({ index: keeps, launch: { "PI-Share": "50" } });
    await stage.fund();
    stage.ao.refused.add(stage.launch);
    await pay(stage, 100n);
    assert.deepEqual(await stage.figures("Waiting", "AO-Under-Way"), ["100", "0"]);
    stage.ao.refused.clear();
    await stage.days(1);
    assert.deepEqual([stage.ao.balance(stage.index), stage.ao.balance(treasury)], [50n, 50n]);
  });

  it("PI from anybody else goes back", async () => {
    const stage = await createStage({ index: keeps, launch: { "PI-Share": "50" } });
    stage.pi.balances.set(alice, 9n);
    await stage.transfer(stage.pi, alice, 9n, {});
    const [notice] = stage.network
      .inbox(alice)
      .filter(({ Tags }) => tagValue(Tags, "Action") === "Credit-Notice");
    assert.match(tagValue(notice!.Tags, "X-Reason")!, /PI comes from the index only/);
    assert.deepEqual([stage.pi.balance(alice), await stage.figure("Accumulated-Pi-Quantity")], [9n, "0"]);
  });

  it("without a share all go to the treasury, and PI is as foreign as any token", async () => {
    const stage = await createStage({ index: keeps });
    await stage.fund();
    await pay(stage, 100n);
    assert.deepEqual([stage.ao.balance(stage.index), stage.ao.balance(treasury)], [0n, 100n]);
  });
});

describe("withdrawing", () => {
  it("is the deployer's, pays the treasury what waits, and says how much", async () => {
    const stage = await createStage();
    await stage.fund();
    await stage.network.advance(stage.start + 1_000 - stage.network.now());
    await stage.contribute(alice, 70n);
    assert.equal((await stage.ask({ Action: "Get-Withdrawable-AO" })).data, "70");
    const refused = await stage.send(alice, stage.launch, { Action: "Withdraw-AO" });
    assert.match(refused.Error ?? "", /^\[not-deployer\]/);
    const { Messages } = await stage.send(team, stage.launch, { Action: "Withdraw-AO", Recipient: team });
    const answer = Messages.find(({ Target }) => Target === team)!.Tags!;
    assert.deepEqual(
      ["Action", "Status", "Quantity"].map((name) => tagValue(answer, name)),
      ["Withdraw-AO-Response", "Success", "70"],
    );
    assert.equal(stage.ao.balance(treasury), 70n);
    const again = await stage.send(team, stage.launch, { Action: "Withdraw-AO" });
    assert.match(again.Error ?? "", /^\[nothing-waiting\]/);
    const nothing = await stage.send(team, stage.launch, { Action: "Withdraw-PI" });
    assert.match(nothing.Error ?? "", /^\[nothing-waiting\]/);
  });
});
