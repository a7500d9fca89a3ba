/** Periods with very many delegators: in pages, slices and batches, each message bounded, whatever gets lost on the way. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { limits } from "../../process/protocol/limits.ts";
import { identifier } from "../../units/address.ts";
import { tagValue } from "../../units/message.ts";
import { sentBy } from "../scene/scene.ts";
import { ForeignToken } from "./foreign-token.ts";
import { createStage, day, type Stage } from "./stage.ts";

/** A funded launch at the end of its first period, with so many delegators in its ledger; the n-th has given n units. */
async function withDelegators(
  count: number,
  allocation: bigint,
  info: Readonly<Record<string, string>> = {},
): Promise<Stage> {
  const token = new ForeignToken({ supply: allocation * 10n, batchCredits: false });
  Object.assign(token.info, info);
  const stage = await createStage({ token, launch: { "Token-Supply": `${allocation}` } });
  await stage.fund(allocation);
  for (let i = 1; i <= count; i++) stage.ledger.contributed.set(identifier("delegator", i), BigInt(i));
  await stage.network.advance(stage.start + day - stage.network.now());
  return stage;
}

/** That every delegator has its share, by largest remainder counted anew. */
async function assertShared(stage: Stage, allocation: bigint): Promise<void> {
  const delegators = [...stage.ledger.contributed];
  const total = delegators.reduce((sum, [, weight]) => sum + weight, 0n);
  const emitted = BigInt(await stage.figure("Distributed-Quantity"));
  assert.equal(emitted, (allocation * 1_000_000_000n) / 6_513_215_599n, "1 − 0.9 of 1 − 0.9^10");
  const rows = delegators.map(([name, weight]) => ({
    name,
    part: (emitted * weight) / total,
    rest: (emitted * weight) % total,
  }));
  const left = Number(emitted - rows.reduce((sum, { part }) => sum + part, 0n));
  const first = [...rows].sort((a, b) =>
    a.rest === b.rest ? (a.name < b.name ? -1 : 1) : a.rest > b.rest ? -1 : 1,
  );
  const lucky = new Set(first.slice(0, left));
  for (const row of rows)
    assert.equal(stage.token.balance(row.name), row.part + (lucky.has(row) ? 1n : 0n), row.name);
}

/** No message of the launch does or sends more than its limits say. */
function assertBounded({ network, launch }: Stage): void {
  for (const { result } of network.log(launch)) {
    const sent = sentBy(result);
    const batches = sent.filter(({ Tags }) => tagValue(Tags!, "Action") === "Batch-Transfer");
    assert.ok(batches.length <= limits.batchesPerMessage, `${batches.length} batches`);
    for (const { Tags: tags = [], Data: data = "" } of sent) {
      assert.ok(tags.length <= limits.tags);
      assert.ok(data.split("\n").length <= limits.batchRows);
      const size = tags.reduce((sum, { name, value }) => sum + name.length + value.length, data.length);
      assert.ok(size <= limits.messageBytes / 10, `${size} bytes`);
    }
  }
}

test("7,000 delegators, as many as the live network has, have their tokens after one tick", async () => {
  const stage = await withDelegators(7_000, 1_000_000_000n);
  await stage.tick();
  assert.equal(await stage.figure("Round-Phase"), "idle");
  assert.equal(stage.token.count("Batch-Transfer"), 7);
  await assertShared(stage, 1_000_000_000n);
  assertBounded(stage);
  await stage.assertBooks();
});

test("100,000 delegators are paid though every message of the launch to itself is lost: anyone's Tick goes on", async () => {
  const stage = await withDelegators(100_000, 10n ** 24n);
  stage.network.faults.add({ from: stage.launch, to: stage.launch, drop: 1 });
  await stage.tick();
  let ticks = 0;
  const phases = new Set<string>();
  for (let phase = ""; phase !== "idle"; ticks++) {
    const { Messages } = await stage.tick();
    const answer = Messages.find(({ Tags }) => tagValue(Tags ?? [], "Action") === "Tick-Response");
    ({ phase } = JSON.parse(answer!.Data!) as { phase: string });
    phases.add(phase);
    assert.ok(ticks < 100, "there is an end");
  }
  // A slice of 5,000 a tick while parting, then at most as many remainders, then ten batches of 1,000.
  assert.ok(ticks >= 20, `${ticks}`);
  assert.ok(phases.has("parting") && phases.has("paying"), [...phases].join());
  assert.equal(stage.token.count("Batch-Transfer"), 100);
  await assertShared(stage, 10n ** 24n);
  assertBounded(stage);
  await stage.assertBooks();
});

test("7,000 delegators while a fifth of all messages is lost", async () => {
  const stage = await withDelegators(7_000, 1_000_000_000n);
  stage.network.faults.add({ to: stage.ledger.id, drop: 0.2 });
  stage.network.faults.add({ from: stage.ledger.id, drop: 0.2 });
  stage.network.faults.add({ from: stage.launch, to: stage.launch, drop: 0.2 });
  await stage.tick();
  for (let i = 0; i < 100 && (await stage.figure("Round-Phase")) !== "idle"; i++) await stage.minutes(5);
  stage.network.faults.clear();
  await stage.minutes(10);
  await assertShared(stage, 1_000_000_000n);
  assert.equal(stage.token.count("Batch-Transfer"), 7);
});

test("of thirty batches without an answer a tick repeats ten, so that its messages stay few", async () => {
  const stage = await withDelegators(30_000, 10n ** 24n, { "Numbered-Transfers": "true" });
  stage.token.batches = "doesn't know";
  await stage.tick();
  assert.equal(stage.token.count("Batch-Transfer"), 30);
  await stage.network.advance(limits.payoutPatience);
  for (let ticks = 1; ticks <= 3; ticks++) {
    await stage.tick();
    assert.equal(stage.token.count("Batch-Transfer"), 30 + 10 * ticks);
  }
  await stage.tick();
  assert.equal(stage.token.count("Batch-Transfer"), 60, "each once in ten minutes");
});

test("of more delegators than a claim-only launch could push to, each can claim", async () => {
  const stage = await createStage({ launch: { "Are-Batch-Transfers-Possible": "false" } });
  await stage.fund();
  for (let i = 1; i <= 12_000; i++) stage.ledger.contributed.set(identifier("delegator", i), BigInt(i));
  await stage.days(1);
  assert.deepEqual(await stage.figures("Round-Phase", "Claimable", "Distributed-Quantity"), [
    "idle",
    "153533",
    "153533",
  ]);
  assert.equal(stage.token.count("Batch-Transfer"), 0);
  assert.equal(await stage.claimable(identifier("delegator", 12_000)), 26n);
});
