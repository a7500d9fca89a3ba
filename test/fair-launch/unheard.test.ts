/** Funding of which the launch never heard: its token's word counts it. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { FaultRule } from "../../units/faults.ts";
import { tagValue } from "../../units/message.ts";
import { ForeignToken } from "./foreign-token.ts";
import { alice, createStage, day, minute, type Stage, stranger, team, treasury } from "./stage.ts";

const hour = 60 * minute;
const notices: FaultRule = { where: ({ Tags }) => tagValue(Tags, "Action") === "Credit-Notice" };

async function create(launch: Readonly<Record<string, string | undefined>> = {}): Promise<Stage> {
  const token = new ForeignToken({
    info: { Ticker: "FRN", Denomination: "6", "Numbered-Transfers": "true" },
  });
  return createStage({ token, launch: { Initializer: team, ...launch } });
}

/** Tokens come to a launch that hears of it late, or never. */
async function send(stage: Stage, quantity: bigint, late: number | undefined, tags = {}): Promise<void> {
  const { network, token } = stage;
  token.balances.set(alice, token.balance(alice) + quantity);
  network.faults.add(
    late === undefined ? { ...notices, drop: 1 } : { ...notices, delay: { chance: 1, time: late } },
  );
  await stage.fund(quantity, { "X-Action": "Initialize-FLP", ...tags }, alice);
  network.faults.clear();
}

describe("a funding whose notice was lost", () => {
  it("counts once it was there for an hour, as the initializer's", async () => {
    const stage = await create();
    await send(stage, 1_000_000n, undefined);
    await stage.minutes(115);
    assert.equal(await stage.figure("Status"), "Ready");
    await stage.minutes(10);
    assert.deepEqual(await stage.figures("Status", "Funded-By", "Token-Book-Balance"), [
      "Active",
      team,
      "1000000",
    ]);
    stage.ledger.contribute(alice, 1n);
    await stage.days(1);
    assert.equal(stage.token.balance(alice), 153_533n);
    await stage.assertBooks();
  });

  it("goes back to the initializer when the launch is cancelled", async () => {
    const stage = await create({ "Starts-At-Timestamp": `${1_900_000_000_000}` });
    await send(stage, 1_000_000n, undefined);
    await stage.minutes(180, 30);
    const before = stage.token.balance(team);
    await stage.send(team, stage.launch, { Action: "Cancel" });
    assert.equal(stage.token.balance(team) - before, 1_000_000n);
    await stage.assertBooks();
  });

  it("counts no dust, no allocation of nothing, and nothing after the end", async () => {
    const stage = await create();
    await send(stage, 999_999n, undefined);
    await stage.minutes(300, 30);
    assert.equal(await stage.figure("Status"), "Ready");
    await stage.network.advance(20 * day);
    await stage.tick();
    await send(stage, 1n, undefined);
    await stage.minutes(300, 30);
    assert.equal(await stage.figure("Status"), "Cancelled");
    const nothing = await create({ "Token-Supply": undefined, "Token-Share": "0.000000000000000001" });
    await nothing.minutes(300, 30);
    assert.equal(await nothing.figure("Status"), "Ready");
  });

  it("does not count while anything else comes", async () => {
    const stage = await create();
    await send(stage, 1_000_000n, undefined);
    for (let i = 0; i < 8; i++) {
      await stage.minutes(30, 30);
      await stage.fund(5n, { "X-Action": "Refund" });
    }
    assert.equal(await stage.figure("Status"), "Ready");
    await stage.minutes(180, 30);
    assert.deepEqual(await stage.figures("Status", "Token-Book-Balance"), ["Active", "1000040"]);
  });

  it("and a second one by notice: that counts, and the first is never found", async () => {
    const stage = await create();
    await send(stage, 1_000_000n, undefined);
    await stage.minutes(90, 30);
    await stage.fund();
    await stage.minutes(180, 30);
    assert.deepEqual(await stage.figures("Status", "Token-Book-Balance"), ["Active", "1000000"]);
  });
});

describe("what the token's word has counted", () => {
  for (const [what, parts, tags] of [
    ["funding", [1_000_000n], {}],
    ["no funding", [1_000_000n], { "X-Action": "Delegate" }],
    ["several transfers", [400_000n, 600_000n], { "X-Action": "" }],
  ] as const) {
    it(`does not go back when it comes out late that it was ${what}`, async () => {
      const stage = await create();
      for (const part of parts) await send(stage, part, 30 * hour, tags);
      await stage.minutes(180, 30);
      assert.equal(await stage.figure("Status"), "Active");
      await stage.network.advance(31 * hour);
      await stage.tick();
      assert.equal(stage.token.balance(alice), 0n, "nothing came back");
      assert.equal(stage.token.balance(stage.launch), 1_000_000n);
      await stage.assertBooks();
      await stage.days(17);
      assert.deepEqual([await stage.figure("Status"), stage.have(treasury)], ["Ended", [1_000_000n]]);
    });
  }

  it("covers no more than itself: what comes beside it goes back", async () => {
    const stage = await create();
    await send(stage, 1_000_000n, undefined);
    await stage.minutes(180, 30);
    stage.token.balances.set(stranger, 1_000_700n);
    await stage.fund(1_000_700n, {}, stranger);
    assert.equal(stage.token.balance(stranger), 700n);
    stage.token.balances.set(stranger, 50n);
    await stage.fund(50n, {}, stranger);
    assert.equal(stage.token.balance(stranger), 50n);
  });

  it("was there for an hour at each answer, before the end", async () => {
    const stage = await create();
    const { network } = stage;
    const say = async (Balance: string): Promise<string> => {
      const tags = { Balance, Account: stage.launch, "X-Reference": "balance-1-0" };
      await stage.send(stage.token.id, stage.launch, tags);
      return stage.figure("Status");
    };
    assert.equal(await say("1000000"), "Ready");
    await network.advance(hour - 1);
    assert.equal(await say("1000000"), "Ready");
    await network.advance(1);
    assert.equal(await say("999999"), "Ready", "gone");
    assert.equal(await say("1000000"), "Ready", "and there again");
    await network.advance(stage.start + 10 * day - network.now());
    assert.equal(await say("1000000"), "Ready", "too late, whether or not a tick has come since");
    const other = await create();
    const tags = { Balance: "1000007", Account: other.launch, "X-Reference": "balance-1-0" };
    await other.send(other.token.id, other.launch, tags);
    await other.network.advance(hour);
    await other.send(other.token.id, other.launch, tags);
    assert.deepEqual(await other.figures("Status", "Token-Book-Balance"), ["Active", "1000000"]);
  });

  it("is of the token's own answer only, to the question that stands", async () => {
    const stage = await create();
    const tags = { Balance: "1000000", Account: stage.launch, "X-Reference": "balance-1-0" };
    for (let i = 0; i < 4; i++) {
      await stage.network.advance(hour);
      await stage.send(stranger, stage.launch, tags);
      await stage.send(stage.ao.id, stage.launch, tags);
    }
    assert.equal(await stage.figure("Status"), "Ready");
  });
});
