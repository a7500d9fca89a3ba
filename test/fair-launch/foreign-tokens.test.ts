/** Tokens that are not ours: without batches, refusing, mute, unnumbered, or still being minted. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { tagValue } from "../../units/message.ts";
import { ForeignToken } from "./foreign-token.ts";
import { alice, bob, carol, createStage, day, type Stage, team } from "./stage.ts";

/** A funded launch with two delegators; alice contributes three times what bob does. */
async function funded(token: ForeignToken): Promise<Stage> {
  const stage = await createStage({ token });
  await stage.fund();
  contribute(stage);
  return stage;
}

function contribute({ ledger }: Stage): void {
  ledger.contribute(alice, 3n);
  ledger.contribute(bob, 1n);
}

function claim(stage: Stage, account: string): Promise<unknown> {
  return stage.send(carol, stage.launch, { Action: "Withdraw-FLP-Token", Recipient: account });
}

describe("a token without Batch-Transfer, whose terms say it has one", () => {
  it("gives everything back to claims once its balance tells, and is sent no batch again", async () => {
    const stage = await funded(new ForeignToken({ batches: "doesn't know" }));
    await stage.days(1);
    assert.deepEqual(await stage.figures("Under-Way", "Claimable"), ["153533", "0"]);
    await stage.minutes(20);
    assert.deepEqual(await stage.figures("Under-Way", "Claimable", "Are-Batch-Transfers-Possible"), [
      "0",
      "153533",
      "false",
    ]);
    contribute(stage);
    await stage.days(9);
    assert.equal(stage.token.count("Batch-Transfer"), 1);
    await claim(stage, alice);
    await claim(stage, bob);
    assert.deepEqual(
      stage.have(alice, bob).reduce((sum, one) => sum + one),
      291_714n,
    );
    await stage.assertBooks();
  });

  it("holds up one round at most, even when it tells no balance", async () => {
    const stage = await funded(new ForeignToken({ batches: "doesn't know", answers: false }));
    for (let i = 0; i < 10; i++) {
      contribute(stage);
      await stage.days(1);
    }
    assert.equal(stage.token.count("Batch-Transfer"), 1);
    assert.deepEqual(await stage.figures("Status", "Unconfirmed", "Claimable"), [
      "Ended",
      "153533",
      "846467",
    ]);
    await claim(stage, alice);
    assert.equal(stage.token.balance(alice), await creditedSince(stage, alice));
  });
});

/** What an account was credited with after the first round, in which alice got 115,150. */
async function creditedSince(stage: Stage, account: string): Promise<bigint> {
  const { items } = JSON.parse((await stage.ask({ Action: "Get-Contributions" })).data) as {
    items: { wallet: string; credited: string }[];
  };
  return BigInt(items.find(({ wallet }) => wallet === account)!.credited) - 115_150n;
}

describe("a token that answers Transfer-Error", () => {
  it("to a batch: everybody can claim, and no batch is tried again", async () => {
    const stage = await funded(new ForeignToken({ batches: "refuses" }));
    await stage.days(1);
    assert.deepEqual([await stage.claimable(alice), await stage.claimable(bob)], [115_150n, 38_383n]);
    contribute(stage);
    await stage.days(1);
    assert.equal(stage.token.count("Batch-Transfer"), 1);
    await claim(stage, bob);
    assert.equal(stage.token.balance(bob), 72_928n);
  });

  it("to a claim: its owner hears why, and can claim once more", async () => {
    const stage = await funded(new ForeignToken({ batches: "refuses" }));
    await stage.days(1);
    stage.token.transfers = "refuses";
    await claim(stage, alice);
    const told = stage.network.inbox(alice).map(({ Tags }) => tagValue(Tags, "Reason"));
    assert.deepEqual(told, ["Insufficient Balance!"]);
    assert.equal(await stage.claimable(alice), 115_150n);
    stage.token.transfers = "carries out";
    await claim(stage, alice);
    await claim(stage, alice);
    assert.deepEqual([stage.token.balance(alice), await stage.claimable(alice)], [115_150n, 0n]);
    await stage.assertBooks();
  });
});

describe("a token that never answers anything", () => {
  for (const manner of ["carries out", "doesn't know"] as const) {
    it(`and ${manner} what it is asked: the launch goes on, nothing is lost, nothing double`, async () => {
      const stage = await funded(new ForeignToken());
      Object.assign(stage.token, { notices: false, answers: false, batches: manner, transfers: manner });
      for (let i = 0; i < 9; i++) {
        contribute(stage);
        await stage.days(1);
      }
      await claim(stage, alice);
      await claim(stage, alice);
      await stage.days(1);
      await stage.minutes(60);
      const [distributed, aside, claimable] = await stage.figures(
        "Distributed-Quantity",
        "Unconfirmed",
        "Claimable",
      );
      assert.equal(BigInt(distributed!), BigInt(aside!) + BigInt(claimable!));
      assert.deepEqual([stage.token.count("Batch-Transfer"), stage.token.count("Transfer")], [1, 2]);
      const out = manner === "carries out" ? BigInt(aside!) : 0n;
      assert.equal(stage.token.balance(alice) + stage.token.balance(bob), out);
      assert.equal(stage.token.balance(stage.launch), 1_000_000n - out);
    });
  }
});

describe("a token that numbers no transfers", () => {
  const lose = (stage: Stage, action: string): void =>
    stage.network.faults.add({
      where: ({ Tags }) => tagValue(Tags, "Action") === action,
      drop: 1,
    });

  it("and whose notice is lost: its balance settles the batch", async () => {
    const stage = await funded(new ForeignToken());
    lose(stage, "Batch-Debit-Notice");
    await stage.days(1);
    stage.network.faults.clear();
    await stage.minutes(20);
    assert.deepEqual(await stage.figures("Paid", "Under-Way", "Are-Batch-Transfers-Possible"), [
      "153533",
      "0",
      "true",
    ]);
    assert.deepEqual(stage.have(alice, bob), [115_150n, 38_383n]);
    await stage.assertBooks();
  });

  it("and to which the batch was lost: its balance gives it back, and it can be claimed", async () => {
    const stage = await funded(new ForeignToken());
    lose(stage, "Batch-Transfer");
    await stage.days(1);
    stage.network.faults.clear();
    await stage.minutes(20);
    assert.equal(await stage.figure("Claimable"), "153533");
    await claim(stage, alice);
    assert.equal(stage.token.balance(alice), 115_150n);
    await stage.assertBooks();
  });

  it("and whose answer about a balance comes after another payout began: it decides nothing", async () => {
    const stage = await funded(new ForeignToken());
    lose(stage, "Batch-Transfer");
    await stage.days(1);
    stage.network.faults.clear();
    const { token, network, launch } = stage;
    network.faults.add({
      from: token.id,
      to: launch,
      where: ({ Tags }) => tagValue(Tags, "Balance") !== undefined,
      delay: { chance: 1, time: 4 * 60_000 },
    });
    await stage.minutes(10, 10);
    stage.token.balances.set(carol, 5n);
    await stage.transfer(stage.token, carol, 5n, {});
    await network.advance(4 * 60_000);
    assert.equal(await stage.figure("Unconfirmed"), "153533", "the old figure is of another time");
    await stage.minutes(20);
    assert.deepEqual(await stage.figures("Unconfirmed", "Claimable"), ["0", "153533"]);
  });

  it("a late notice still settles what was set aside", async () => {
    const stage = await funded(new ForeignToken({ answers: false }));
    stage.network.faults.add({
      where: ({ Tags }) => tagValue(Tags, "Action") === "Batch-Debit-Notice",
      delay: { chance: 1, time: day / 2 },
    });
    await stage.days(1);
    await stage.minutes(20);
    assert.equal(await stage.figure("Unconfirmed"), "153533");
    await stage.network.advance(day / 2);
    assert.deepEqual(await stage.figures("Unconfirmed", "Paid"), ["0", "153533"]);
  });
});

describe("what a token says of itself", () => {
  const facts = ["Token-Name", "Token-Ticker", "Token-Denomination", "Token-Logo"];

  it("counts in two spellings that agree, as our own token and many others give it", async () => {
    const info = { Name: "Ocean", Ticker: "OCN", Denomination: "6", Logo: "logo" };
    const again = { name: "Ocean", ticker: "OCN", denomination: "6", logo: "logo" };
    const token = new ForeignToken({ info: { ...info, ...again } });
    const stage = await createStage({ token });
    assert.deepEqual(await stage.figures(...facts), Object.values(info));
  });

  it("counts for nothing where two spellings differ, or a text is too long", async () => {
    const info = { Name: "Ocean", name: "Sea", Ticker: "OCN", Denomination: "6", Logo: "l".repeat(201) };
    const stage = await createStage({
      token: new ForeignToken({ info }),
      launch: { "Token-Name": "claimed", "Token-Logo": "also claimed" },
    });
    assert.deepEqual(await stage.figures(...facts), ["claimed", "OCN", "6", "also claimed"]);
  });

  it("is what it said first, for good", async () => {
    const stage = await createStage();
    await stage.fund();
    stage.token.info = { Name: "Other", Ticker: "OTH", Denomination: "12", Logo: "other" };
    await stage.days(2);
    await stage.send(stage.token.id, stage.launch, { ...stage.token.info });
    assert.deepEqual(await stage.figures(...facts), ["Foreign", "FRN", "6", "logo"]);
  });
});

describe("a token whose owner mints more", () => {
  it("is shown with both supplies, and nothing else changes", async () => {
    const stage = await createStage({ launch: { "Token-Supply": undefined, "Token-Share": "10%" } });
    await stage.fund();
    stage.token.supply = 99_000_000n;
    stage.token.balances.set(team, 98_000_000n);
    await stage.days(1);
    assert.deepEqual(
      await stage.figures("Total-Token-Supply-At-Creation", "Latest-Token-Supply", "Token-Supply-To-Use"),
      ["10000000", "99000000", "1000000"],
    );
  });
});
