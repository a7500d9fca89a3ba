/** Reports of the ledgers: several, in pages, lost, repeated, out of order, or never. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { limits } from "../../process/protocol/limits.ts";
import { walletAddress } from "../../units/address.ts";
import type { FaultRule } from "../../units/faults.ts";
import { tagValue } from "../../units/message.ts";
import { alice, bob, carol, createStage, day, minute, type Stage, type StageOptions } from "./stage.ts";

async function funded(options: StageOptions = {}): Promise<Stage> {
  const stage = await createStage(options);
  await stage.fund();
  return stage;
}

/** Thirty delegators in pages of two, four pages an answer. */
async function inPages(): Promise<Stage> {
  const stage = await funded();
  Object.assign(stage.ledger, { pageRows: 2, pagesAtOnce: 4 });
  for (let i = 0; i < 30; i++) stage.ledger.contribute(walletAddress(`delegator ${i}`), BigInt(i + 1));
  return stage;
}

function pages(...numbers: number[]): Pick<FaultRule, "where"> {
  return { where: ({ Tags }) => numbers.some((number) => tagValue(Tags, "Page") === `${number}`) };
}

async function assertComplete(stage: Stage): Promise<void> {
  const expected = 153_533n;
  const sum = [...stage.ledger.contributed.keys()].reduce((all, one) => all + stage.token.balance(one), 0n);
  assert.equal(sum, expected);
  assert.equal(await stage.figure("Delegators"), "30");
  // 30 of 465 parts.
  assert.equal(stage.token.balance(walletAddress("delegator 29")), 9_905n);
  await stage.assertBooks();
}

describe("a report in pages", () => {
  it("is asked for group by group", async () => {
    const stage = await inPages();
    await stage.days(1);
    assert.deepEqual(stage.ledger.questions(), ["1:0", "1:4", "1:8", "1:12"]);
    await assertComplete(stage);
  });

  for (const [what, lost] of [
    ["the first page", [1]],
    ["a page in the middle", [6]],
    ["the last page of a group", [8]],
    ["the last page", [15]],
    ["several pages", [2, 3, 8, 14]],
  ] as const) {
    it(`of which ${what} got lost is asked for again, from there on`, async () => {
      const stage = await inPages();
      stage.network.faults.add({ ...pages(...lost), drop: 1 });
      await stage.days(1);
      assert.equal(await stage.figure("Round-Phase"), "collecting");
      stage.network.faults.clear();
      await stage.minutes(20);
      assert.equal(await stage.figure("Round-Phase"), "idle");
      assert.ok(stage.ledger.questions().includes(`1:${lost[0] - 1}`), stage.ledger.questions().join(" "));
      await assertComplete(stage);
    });
  }

  it("of which every page comes twice counts once", async () => {
    const stage = await inPages();
    stage.network.faults.add({ from: stage.ledger.id, repeat: 1 });
    await stage.days(1);
    await assertComplete(stage);
  });

  it("that comes in any order counts once", async () => {
    const stage = await inPages();
    stage.network.faults.add({ from: stage.ledger.id, reorder: 1, repeat: 0.5 });
    await stage.days(1);
    await stage.minutes(20);
    await assertComplete(stage);
  });

  it("whose question was lost is asked for again after a while, not before", async () => {
    const stage = await inPages();
    stage.network.faults.add({ to: stage.ledger.id, drop: 1 });
    await stage.days(1);
    stage.network.faults.clear();
    await stage.network.advance(limits.askAgain - 1);
    await stage.tick();
    assert.deepEqual(stage.ledger.questions(), []);
    await stage.network.advance(1);
    await stage.tick();
    await assertComplete(stage);
  });

  it("of an earlier round, late, says nothing in a later one", async () => {
    const stage = await inPages();
    stage.network.faults.add({ ...pages(15), delay: { chance: 1, time: day + minute } });
    await stage.days(1);
    await stage.minutes(limits.collectionPatience / minute + 5, 60);
    assert.equal(await stage.figure("Round-Phase"), "idle");
    stage.network.faults.clear();
    await stage.network.advance(stage.start + 2 * day - stage.network.now());
    await stage.tick();
    await stage.network.advance(2 * minute);
    assert.equal(await stage.figure("Round"), "2");
    assert.equal(await stage.figure("Delegators"), "30", "the second report says what the first did");
    await stage.assertBooks();
  });

  it("names the message that completed it, once, in the history", async () => {
    const stage = await funded({ ledgers: 2 });
    stage.ledgers[0]!.contribute(alice, 1n);
    const { network, ledgers } = stage;
    network.faults.add({ to: ledgers[1]!.id, drop: 1 });
    // Late, so that it is asked twice and answers twice.
    network.faults.add({ from: ledgers[0]!.id, delay: { chance: 1, time: 11 * minute } });
    await stage.days(1);
    await stage.minutes(25);
    network.faults.clear();
    await stage.minutes(20);
    assert.equal(ledgers[0]!.questions().length, 2);
    const [round] = JSON.parse((await stage.ask({ Action: "Get-Yield-Tick-History" })).data) as {
      TriggerMintReportIds: string[];
    }[];
    assert.equal(round!.TriggerMintReportIds.length, 2);
    assert.equal(new Set(round!.TriggerMintReportIds).size, 2);
  });
});

describe("two ledgers", () => {
  it("are added up, each by its own figures", async () => {
    const stage = await funded({ ledgers: 2 });
    const [first, second] = stage.ledgers as [Stage["ledger"], Stage["ledger"]];
    first.contribute(alice, 5n);
    second.contribute(alice, 10n);
    second.contribute(bob, 15n);
    first.cycle = 7;
    second.cycle = 4;
    await stage.days(1);
    assert.deepEqual(
      stage.have(alice, bob),
      alice < bob ? [76_767n, 76_766n] : [76_766n, 76_767n],
      "of equal ones the lower address",
    );
    assert.equal(await stage.figure("Yield-Cycle"), "7");
  });

  it("of which one never answers: the other's delegators get theirs when patience ends", async () => {
    const stage = await funded({ ledgers: 2 });
    const [first, second] = stage.ledgers as [Stage["ledger"], Stage["ledger"]];
    first.contribute(alice, 1n);
    second.contribute(bob, 3n);
    second.answers = false;
    await stage.days(1);
    await stage.minutes(limits.collectionPatience / minute - 5);
    assert.deepEqual(stage.have(alice, bob), [0n, 0n]);
    assert.ok(second.questions().length > 10, "asked again and again");
    assert.equal(first.questions().length, 1, "but not the one that has answered");
    await stage.minutes(5);
    assert.deepEqual(stage.have(alice, bob), [153_533n, 0n]);
    second.answers = true;
    await stage.days(1);
    assert.deepEqual(stage.have(alice, bob), [153_533n, 138_181n], "what it says later counts later");
  });

  it("of which one is silent for good: the launch goes on and ends", async () => {
    const stage = await funded({ ledgers: 2 });
    stage.ledgers[1]!.answers = false;
    for (let i = 0; i < 10; i++) {
      stage.ledger.contribute(alice, 1n);
      await stage.days(1);
      await stage.minutes(limits.collectionPatience / minute, 60);
    }
    assert.deepEqual([await stage.figure("Status"), stage.have(alice)], ["Ended", [1_000_000n]]);
  });
});

describe("what a ledger says", () => {
  it("counts only as far as it is more than before", async () => {
    const stage = await funded();
    stage.ledger.contribute(alice, 10n);
    stage.ledger.contribute(bob, 10n);
    await stage.days(1);
    stage.ledger.contributed.set(alice, 4n);
    stage.ledger.contribute(bob, 1n);
    await stage.days(1);
    stage.ledger.contributed.set(alice, 11n);
    stage.ledger.contribute(bob, 1n);
    await stage.days(1);
    // Half of the first, none of the second, half of the third period.
    const third = 416_077n - 291_714n;
    const [ofAlice] = stage.have(alice);
    assert.ok(ofAlice! >= 76_766n + third / 2n && ofAlice! <= 76_767n + third / 2n + 1n, `${ofAlice}`);
    await stage.assertBooks();
  });

  it("to anybody but the round that asked is passed over", async () => {
    const stage = await funded();
    const report = { Action: "Contribution-Report", Page: "1", Pages: "1", Cycle: "1" };
    const data = `${carol},1000`;
    const forge = (Reference: string): string =>
      stage.network.send({
        from: carol,
        target: stage.launch,
        tags: Object.entries({ ...report, Reference }).map(([name, value]) => ({ name, value })),
        data,
      });
    stage.ledger.answers = false;
    await stage.days(1);
    forge("1");
    await stage.network.settle();
    assert.equal(await stage.figure("Delegators"), "0");
  });
});
