/** Ticks: when they come, how often, and that they can be too many or missing. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { walletAddress } from "../../units/address.ts";
import { cronsOf } from "../../units/cron.ts";
import { directModule } from "../../units/direct.ts";
import { tagsOf } from "../../units/message.ts";
import { createNetwork, type Network } from "../../units/network.ts";
import type { CronMode } from "../../units/requests.ts";
import { counterHost } from "./counter.ts";

const alice = walletAddress("alice");
const minutes = { "Cron-Interval": "5-minutes", "Cron-Tag-Action": "Inc" };

async function ticking(
  cron: CronMode,
  tags: Readonly<Record<string, string>> = minutes,
): Promise<[Network, string]> {
  const network = createNetwork({ clock: 0, cron });
  network.module("counter", directModule(counterHost));
  return [network, await network.spawn({ module: "counter", owner: alice, tags: tagsOf(tags) })];
}

const tickTimes = (network: Network, process: string): number[] =>
  network.log(process).flatMap(({ message }) => (message.Cron ? [message.Timestamp] : []));

test("a tick comes at each interval since the spawn, each at its own time", async () => {
  const [network, process] = await ticking("exact");
  await network.advance(299_999);
  assert.deepEqual(tickTimes(network, process), []);
  await network.advance(600_001);
  assert.deepEqual(tickTimes(network, process), [300_000, 600_000, 900_000]);
});

test("blocks count too, and several crons keep their own tags", async () => {
  const tags = [...tagsOf({ "Cron-Interval": "1-block", "Cron-Tag-Action": "Ask" }), ...tagsOf(minutes)];
  const [network, process] = await ticking("exact", {});
  assert.deepEqual(tickTimes(network, process), []);
  const both = await network.spawn({ module: "counter", owner: alice, tags });
  await network.advance(300_000);
  assert.deepEqual(tickTimes(network, both), [120_000, 240_000, 300_000]);
  assert.equal(network.inbox(alice).length, 2);
});

test("over-firing: one more tick for each message in a due second", async () => {
  const [network, process] = await ticking("over-firing");
  await network.advance(300_000);
  for (let count = 0; count < 3; count++) {
    network.send({ from: alice, target: process, tags: tagsOf({ Action: "Read" }) });
  }
  await network.settle();
  assert.deepEqual(tickTimes(network, process), [300_000, 300_000, 300_000, 300_000]);
  await network.advance(1_000);
  network.send({ from: alice, target: process });
  await network.settle();
  assert.equal(tickTimes(network, process).length, 4);
});

test("ticks can be missing", async () => {
  const [network, process] = await ticking("none");
  await network.advance(3_600_000);
  assert.deepEqual(tickTimes(network, process), []);
});

test("an interval that can't be read is refused", () => {
  for (const interval of ["5 minutes", "0-minutes", "-1-seconds", "5-fortnights", ""]) {
    assert.throws(() => cronsOf(tagsOf({ "Cron-Interval": interval })), /write it as 5-minutes/);
  }
  assert.throws(() => cronsOf(tagsOf({ "Cron-Tag-Action": "x" })), /stands before any Cron-Interval/);
});
