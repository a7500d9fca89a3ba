/** Faults: each kind, that a seed repeats them, and that healing delivers what was merely late. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { walletAddress } from "../../units/address.ts";
import { directModule } from "../../units/direct.ts";
import type { FaultRule } from "../../units/faults.ts";
import { tagsOf, tagValue } from "../../units/message.ts";
import { createNetwork, type Network } from "../../units/network.ts";
import { counterHost } from "./counter.ts";

const alice = walletAddress("alice");
const bob = walletAddress("bob");

async function counter(seed: number, ...faults: FaultRule[]): Promise<[Network, string]> {
  const network = createNetwork({ seed, faults });
  network.module("counter", directModule(counterHost));
  return [network, await network.spawn({ module: "counter", owner: alice })];
}

function sendNumbered(network: Network, target: string, count: number, from = alice): void {
  for (let number = 0; number < count; number++) {
    network.send({ from, target, tags: tagsOf({ Action: "Inc", Number: String(number) }) });
  }
}

/** The numbers of the messages that a process evaluated. */
const arrived = (network: Network, process: string): number[] =>
  network
    .log(process)
    .slice(1)
    .map(({ message }) => Number(tagValue(message.Tags, "Number")));

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
const ascending = (numbers: readonly number[]): number[] => numbers.toSorted((left, right) => left - right);

test("one seed gives one run, another seed another", async () => {
  const run = async (seed: number): Promise<number[]> => {
    const rule = { drop: 0.2, repeat: 0.2, reorder: 0.3, delay: { chance: 0.2, messages: 3 } };
    const [network, process] = await counter(seed, rule);
    sendNumbered(network, process, 100);
    await network.settle();
    return arrived(network, process);
  };
  assert.deepEqual(await run(7), await run(7));
  assert.notDeepEqual(await run(7), await run(8));
});

test("dropped messages never arrive, about as many as asked", async () => {
  const [network, process] = await counter(1, { drop: 0.5 });
  sendNumbered(network, process, 1_000);
  await network.settle();
  const { length } = arrived(network, process);
  assert.ok(length > 430 && length < 570, String(length));
  assert.equal(network.losses().length, 1_000 - length);
  await network.heal();
  assert.equal(arrived(network, process).length, length);
});

test("a repeated message has the same Id and a new Nonce", async () => {
  const [network, process] = await counter(1, { repeat: 1 });
  sendNumbered(network, process, 1);
  await network.settle();
  const [first, second] = network
    .log(process)
    .slice(1)
    .map(({ message }) => message);
  assert.equal(first!.Id, second!.Id);
  assert.deepEqual([first!.Nonce, second!.Nonce], [1, 2]);
});

test("reordering loses nothing and repeats nothing", async () => {
  const [network, process] = await counter(3, { reorder: 1 });
  sendNumbered(network, process, 50);
  await network.settle();
  assert.notDeepEqual(arrived(network, process), upTo(50));
  assert.deepEqual(ascending(arrived(network, process)), upTo(50));
});

test("a delay by messages ends after them, or when there are no others", async () => {
  const late = (item: { Tags: readonly { name: string; value: string }[] }): boolean =>
    tagValue(item.Tags, "Number") === "0";
  const [network, process] = await counter(1, { where: late, delay: { chance: 1, messages: 2 } });
  sendNumbered(network, process, 4);
  await network.settle();
  assert.deepEqual(arrived(network, process), [1, 2, 0, 3]);
  const [lonely, other] = await counter(1, { where: late, delay: { chance: 1, messages: 9 } });
  sendNumbered(lonely, other, 1);
  await lonely.settle();
  assert.deepEqual(arrived(lonely, other), [0]);
});

test("a delay by time ends when the clock has moved, at that very time", async () => {
  const [network, process] = await counter(1, { delay: { chance: 1, time: 60_000 } });
  const start = network.now();
  sendNumbered(network, process, 1);
  assert.equal(await network.settle(), 0);
  await network.advance(59_999);
  assert.deepEqual(arrived(network, process), []);
  await network.advance(100_000);
  assert.deepEqual(arrived(network, process), [0]);
  assert.equal(network.log(process).at(-1)!.message.Timestamp, start + 60_000);
});

test("healing ends the faults and delivers what was held back", async () => {
  const [network, process] = await counter(1, { delay: { chance: 1, time: 1e9 } });
  sendNumbered(network, process, 5);
  await network.settle();
  assert.equal(network.waiting(), 5);
  assert.equal(await network.heal(), 5);
  assert.deepEqual(arrived(network, process), upTo(5));
  sendNumbered(network, process, 1);
  assert.equal(await network.settle(), 1);
});

test("a rule can be about one edge, one direction or one kind of message", async () => {
  const [network, process] = await counter(1, { from: bob, drop: 1 });
  network.faults.add({ between: [process, walletAddress("carol")], drop: 1 });
  for (const from of [alice, bob, walletAddress("carol")]) sendNumbered(network, process, 2, from);
  network.send({
    from: alice,
    target: process,
    tags: tagsOf({ Action: "Forward", To: walletAddress("carol") }),
  });
  await network.settle();
  assert.equal(network.log(process).length, 4);
  assert.deepEqual(network.inbox(walletAddress("carol")), []);
});

test("a silenced process is heard by nobody, and hears", async () => {
  const [network, process] = await counter(1);
  network.faults.silence(process);
  const ask = network.send({ from: alice, target: process, tags: tagsOf({ Action: "Ask" }) });
  await network.settle();
  assert.equal(network.result(ask)!.Messages.length, 1);
  assert.deepEqual(network.inbox(alice), []);
});

test("an evaluation can be made to fail: nothing changes, nothing goes out", async () => {
  const [network, process] = await counter(1, { where: ({ From: from }) => from === bob, fail: 1 });
  sendNumbered(network, process, 1);
  sendNumbered(network, process, 1, bob);
  await network.settle();
  const last = network.log(process).at(-1)!;
  assert.ok(last.injected);
  assert.match(last.result.Error!, /^\[fault\]/);
  const { Output: output } = await network.dryRun({ target: process, tags: [] });
  assert.deepEqual(output, { data: "1" });
});
