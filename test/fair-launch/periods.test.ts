/** Periods: with and without delegators, missed and caught up, and what comes after the last. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { accountOf } from "../../process/protocol/address.ts";
import { ethereumAddress, walletAddress } from "../../units/address.ts";
import { alice, bob, createStage, day, type Stage, treasury } from "./stage.ts";

async function funded(launch: Readonly<Record<string, string>> = {}): Promise<Stage> {
  const stage = await createStage({ launch });
  await stage.fund();
  return stage;
}

describe("without delegators", () => {
  it("a period's emission goes to those of the next", async () => {
    const stage = await funded();
    stage.ledger.contribute(alice, 1n);
    await stage.days(1);
    await stage.days(2);
    assert.equal(await stage.figure("Rollover"), "262544");
    stage.ledger.contribute(bob, 1n);
    await stage.days(1);
    assert.deepEqual(stage.have(alice, bob), [153_533n, 374_470n]);
    assert.equal(await stage.figure("Rollover"), "0");
  });

  it("in all periods: the grace time passes, then the treasury has everything", async () => {
    const stage = await funded();
    await stage.days(16);
    assert.deepEqual(await stage.figures("Status", "Rollover"), ["Active", "1000000"]);
    await stage.days(1);
    assert.deepEqual(await stage.figures("Status", "Returned", "Paid"), ["Ended", "1000000", "1000000"]);
    assert.deepEqual(stage.have(treasury, stage.launch), [1_000_000n, 0n]);
  });

  it("a treasury with an Ethereum address gets it under its account", async () => {
    const address = ethereumAddress("treasury");
    const stage = await funded({ Treasury: address, "Grace-Days": "0" });
    await stage.days(10);
    assert.equal(await stage.figure("Status"), "Ended");
    assert.equal(stage.token.balance(accountOf(address)), 1_000_000n);
  });

  it("but with some in the grace time, those get what was left", async () => {
    const stage = await funded();
    stage.ledger.contribute(alice, 1n);
    await stage.days(14);
    stage.ledger.contribute(bob, 1n);
    await stage.days(1);
    assert.deepEqual(stage.have(alice, bob, treasury), [153_533n, 846_467n, 0n]);
    assert.equal(await stage.figure("Status"), "Ended");
  });

  it("a grace time of no days ends with the last period", async () => {
    const stage = await funded({ "Grace-Days": "0" });
    stage.ledger.contribute(alice, 1n);
    await stage.days(9);
    assert.equal(await stage.figure("Status"), "Active");
    await stage.days(1);
    assert.deepEqual([await stage.figure("Status"), stage.have(treasury)], ["Ended", [846_467n]]);
  });

  it("and a treasury that can't be paid can claim", async () => {
    const stage = await funded({ "Grace-Days": "0" });
    stage.token.transfers = "refuses";
    await stage.days(10);
    assert.deepEqual([await stage.figure("Status"), await stage.claimable(treasury)], ["Ended", 1_000_000n]);
    const { data } = await stage.ask({ Action: "Get-Contributions" });
    assert.match(data, new RegExp(`"${treasury}".*"claimable":"1000000"`), "pages list who can claim");
    stage.token.transfers = "carries out";
    await stage.send(alice, stage.launch, { Action: "Withdraw-FLP-Token", Recipient: treasury });
    assert.equal(stage.token.balance(treasury), 1_000_000n);
  });
});

describe("periods that were missed", () => {
  /** Ten delegators who contribute alike in each period. */
  async function run(ticks: readonly number[]): Promise<readonly bigint[]> {
    const stage = await funded();
    const delegators = Array.from({ length: 10 }, (_, i) => walletAddress(`delegator ${i}`));
    let elapsed = 0;
    for (const period of ticks) {
      for (; elapsed < period; elapsed++) {
        delegators.forEach((delegator, i) => stage.ledger.contribute(delegator, BigInt(i + 1)));
      }
      await stage.network.advance(stage.start + period * day - stage.network.now());
      await stage.tick();
      await stage.assertBooks();
    }
    assert.deepEqual(await stage.figures("Status", "Distributed-Quantity"), ["Ended", "1000000"]);
    return stage.have(...delegators);
  }

  it("FL6: caught up at once they give what they give one by one, to the rounding of each round", async () => {
    const singly = await run([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    for (const ticks of [[1, 2, 5, 6, 7, 8, 9, 10], [3, 6, 10], [10]]) {
      const together = await run(ticks);
      together.forEach((quantity, i) => {
        const difference = quantity - singly[i]!;
        assert.ok(difference >= -10n && difference <= 10n, `delegator ${i}: ${difference}`);
      });
    }
  });

  it("FL6: and exactly that where nothing is rounded", async () => {
    const distributed: string[][] = [];
    for (const ticks of [[1, 2, 3, 4], [1, 4], [4]]) {
      const stage = await funded();
      let elapsed = 0;
      const seen: string[] = [];
      for (const period of ticks) {
        for (; elapsed < period; elapsed++) stage.ledger.contribute(alice, 5n);
        await stage.network.advance(stage.start + period * day - stage.network.now());
        await stage.tick();
      }
      seen.push(...(await stage.figures("Distributed-Quantity", "Rollover", "Not-Yet-Emitted")));
      distributed.push(seen);
    }
    assert.deepEqual(distributed, Array(3).fill(["528003", "0", "471997"]));
  });

  it("of which no tick came until long after the end are given out at once", async () => {
    const stage = await funded();
    stage.ledger.contribute(alice, 1n);
    await stage.network.advance(400 * day);
    await stage.tick();
    assert.deepEqual([await stage.figure("Status"), stage.have(alice)], ["Ended", [1_000_000n]]);
  });
});

describe("delegators", () => {
  it("who leave mid-way keep what they have got, and get no more", async () => {
    const stage = await funded();
    stage.ledger.contribute(alice, 1n);
    stage.ledger.contribute(bob, 1n);
    await stage.days(1);
    const before = stage.have(alice);
    for (let i = 0; i < 9; i++) {
      stage.ledger.contribute(bob, 1n);
      await stage.days(1);
    }
    assert.deepEqual(stage.have(alice), before);
    assert.equal(
      stage.have(alice, bob).reduce((sum, one) => sum + one),
      1_000_000n,
    );
  });

  it("get their first round's tokens for all that they contributed before it", async () => {
    const stage = await funded();
    stage.ledger.contribute(alice, 9n);
    await stage.network.advance(stage.start - stage.network.now());
    stage.ledger.contribute(bob, 1n);
    await stage.days(1);
    assert.deepEqual(stage.have(alice, bob), [138_180n, 15_353n]);
  });

  it("are named as often as ticks come, and get it once", async () => {
    const stage = await funded();
    stage.ledger.contribute(alice, 1n);
    await stage.days(1);
    for (let i = 0; i < 5; i++) await stage.tick();
    await stage.minutes(60, 15);
    assert.deepEqual(stage.have(alice), [153_533n]);
    assert.equal(stage.ledger.questions().length, 1);
  });
});

describe("nothing is given out", () => {
  it("before the start, whoever ticks", async () => {
    const stage = await funded();
    stage.ledger.contribute(alice, 1n);
    await stage.network.advance(stage.start - stage.network.now() - 1);
    await stage.tick();
    assert.deepEqual(await stage.figures("Distributed-Quantity", "Round"), ["0", "0"]);
  });

  it("before the first period is over", async () => {
    const stage = await funded();
    stage.ledger.contribute(alice, 1n);
    await stage.network.advance(stage.start + day - 1 - stage.network.now());
    await stage.tick();
    assert.equal(await stage.figure("Distributed-Quantity"), "0");
    await stage.network.advance(1);
    await stage.tick();
    assert.equal(await stage.figure("Distributed-Quantity"), "153533");
  });
});
