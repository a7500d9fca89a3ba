/** Where messages go, what is lost on the way, and what a run can be asked for afterwards. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ethereumAddress, walletAddress } from "../../units/address.ts";
import { directModule } from "../../units/direct.ts";
import { tagsOf, tagValue } from "../../units/message.ts";
import { createNetwork, type Network } from "../../units/network.ts";
import type { NetworkOptions } from "../../units/requests.ts";
import { counterHost } from "./counter.ts";

const alice = walletAddress("alice");

async function counters(count: number, options: NetworkOptions = {}): Promise<[Network, ...string[]]> {
  const network = createNetwork(options);
  network.module("counter", directModule(counterHost));
  const ids: string[] = [];
  for (let index = 0; index < count; index++)
    ids.push(await network.spawn({ module: "counter", owner: alice }));
  return [network, ...ids];
}

async function countOf(network: Network, target: string): Promise<string> {
  const { Output: output } = await network.dryRun({ target, tags: tagsOf({ Action: "Read" }) });
  return (output as { data: string }).data;
}

const to = (target: string | undefined, values: Readonly<Record<string, string>>) => {
  return { from: alice, target: target!, tags: tagsOf(values) };
};

test("addresses have their form, and are the same each time", () => {
  assert.match(alice, /^[\w-]{43}$/);
  assert.equal(alice, walletAddress("alice"));
  assert.notEqual(alice, walletAddress("bob"));
  assert.match(ethereumAddress("alice"), /^0x(?=.*[a-f])(?=.*[A-F])[0-9a-fA-F]{40}$/);
});

test("a chain of messages runs until quiet; wallets find their answers in an inbox", async () => {
  const [network, first, second] = await counters(2);
  network.send(to(first, { Action: "Forward", To: second!, What: "Ask" }));
  const ask = network.send(to(first, { Action: "Ask" }));
  assert.equal(network.result(ask), undefined);
  assert.equal(await network.settle(), 5);
  assert.equal(network.result(ask)!.Messages.length, 1);
  const answers = network.inbox(alice);
  assert.deepEqual(
    answers.map(({ From, Owner }) => [From, Owner]),
    [[first, network.authority]],
  );
  assert.equal(tagValue(network.log(first!).at(-1)!.message.Tags, "Action"), "Answer");
  assert.equal(await network.deliver(), false);
});

test("a process gets messages in the order in which they were sent", async () => {
  const [network, process] = await counters(1);
  const sent = Array.from({ length: 20 }, () => network.send(to(process, { Action: "Inc" })));
  await network.settle();
  const log = network.log(process!).slice(1);
  assert.deepEqual(
    log.map(({ message }) => message.Id),
    sent,
  );
  assert.deepEqual(
    log.map(({ message }) => message.Nonce),
    sent.map((_, index) => index + 1),
  );
});

test("a failed evaluation sends nothing and changes nothing", async () => {
  const [network, process] = await counters(1);
  network.send(to(process, { Action: "Inc" }));
  const refused = network.send(to(process, { Action: "Fail" }));
  await network.settle();
  const { Error: error, Messages: messages } = network.result(refused)!;
  assert.deepEqual([error, messages], ["[refused] as asked", []]);
  assert.equal(await countOf(network, process!), "1");
});

test("a dry run keeps nothing", async () => {
  const [network, process] = await counters(1);
  const { Output: output } = await network.dryRun({ target: process!, tags: tagsOf({ Action: "Inc" }) });
  assert.deepEqual(output, { data: "1" });
  assert.equal(await countOf(network, process!), "0");
  assert.equal(network.log(process!).length, 1);
});

test("two pushed messages with equal data, tags, target and anchor are evaluated once", async () => {
  const [network, first, second] = await counters(2);
  network.send(to(first, { Action: "Twice", To: second! }));
  await network.settle();
  assert.equal(await countOf(network, second!), "1");
  assert.deepEqual(
    network.losses().map(({ reason }) => reason),
    ["known to the process already"],
  );
});

test("a wallet's equal messages are all evaluated", async () => {
  const [network, process] = await counters(1);
  for (let count = 0; count < 3; count++) network.send(to(process, { Action: "Inc" }));
  await network.settle();
  assert.equal(await countOf(network, process!), "3");
});

test("a message without Target, Anchor or Tags is dropped without a word", async () => {
  const [network, first, second] = await counters(2);
  network.send(to(first, { Action: "Incomplete", To: second! }));
  await network.settle();
  assert.equal(await countOf(network, second!), "0");
  assert.equal(network.losses().length, 3);
});

test("a process can assign a message to another, once", async () => {
  const [network, first, second] = await counters(2);
  const message = network.send(to(first, { Action: "Inc" }));
  for (let count = 0; count < 2; count++)
    network.send(to(first, { Action: "Assign", To: second!, What: message }));
  await network.settle();
  assert.equal(await countOf(network, second!), "1");
  assert.equal(network.log(second!).at(-1)!.message.Target, first);
});

test("tags named From and Owner do not arrive", async () => {
  const [network, process] = await counters(1);
  network.send(to(process, { Action: "Inc", From: "x", Owner: "y" }));
  await network.settle();
  const names = network
    .log(process!)
    .at(-1)!
    .message.Tags.map(({ name }) => name);
  assert.deepEqual(names, ["Action", "SDK", "Data-Protocol", "Variant", "Type"]);
});

test("a spawn without a module, or with an unknown one, brings no process and no notice", async () => {
  const network = createNetwork();
  const spawns = [{ Tags: tagsOf({ Name: "none" }) }, { Tags: tagsOf({ Module: "unknown" }) }];
  const handle = () => ({ Output: "", Messages: [], Spawns: spawns, Assignments: [] });
  network.module(
    "parent",
    directModule(() => ({ handle, dryRun: handle })),
  );
  const parent = await network.spawn({ module: "parent", owner: alice });
  network.send({ from: alice, target: parent });
  await network.settle();
  assert.deepEqual(network.processes(), [parent]);
  assert.deepEqual(
    network.losses().map(({ reason }) => reason),
    ["a spawn without Module", "a spawn with an unknown module"],
  );
  await assert.rejects(network.spawn({ module: "missing", owner: alice }), /no module is called missing/);
});

test("two processes that answer each other for ever are stopped", async () => {
  const network = createNetwork();
  const echo = { Output: "", Spawns: [], Assignments: [] };
  let reference = 0;
  const handle = ({ From: target }: { From: string }) => {
    const Anchor = String(++reference);
    return { ...echo, Messages: [{ Target: target, Anchor, Tags: tagsOf({ Action: "Echo" }) }] };
  };
  network.module(
    "echo",
    directModule(() => ({ handle, dryRun: handle })),
  );
  const [first, second] = [
    await network.spawn({ module: "echo", owner: alice }),
    await network.spawn({ module: "echo", owner: alice }),
  ];
  network.forge({ signer: alice, fromProcess: first, target: second });
  await assert.rejects(network.settle({ limit: 50 }), /no end after 50 deliveries; the last: Echo from /);
});

test("the first message's outbox is pushed only if the network is told so", async () => {
  for (const pushFirst of [false, true]) {
    const network = createNetwork({ pushFirst });
    network.module("counter", directModule(counterHost));
    await network.spawn({ module: "counter", owner: alice, tags: tagsOf({ Action: "Ask" }) });
    await network.settle();
    assert.equal(network.inbox(alice).length, pushFirst ? 1 : 0);
  }
});

test("networks with one seed give the same ids, with another seed others", async () => {
  const run = async (seed: number) => {
    const [network, first, second] = await counters(2, { seed });
    network.send(to(first, { Action: "Forward", To: second!, What: "Inc" }));
    await network.settle();
    return network.log(second!);
  };
  assert.deepEqual(await run(1), await run(1));
  assert.notDeepEqual(await run(1), await run(2));
});

test("a log can be replayed on another evaluator", async () => {
  const [network, process] = await counters(1);
  for (const action of ["Inc", "Fail", "Ask", "Inc"]) network.send(to(process, { Action: action }));
  await network.settle();
  const evaluator = await directModule(counterHost)();
  for (const { message, result } of network.log(process!)) {
    assert.deepEqual(await evaluator.evaluate(message, network.environment(process!)), result);
  }
});

test("the clock moves only when it is told, and blocks with it", async () => {
  const [network, process] = await counters(1, { clock: 1_000_000 });
  network.send(to(process, { Action: "Inc" }));
  await network.advance(240_000);
  network.send(to(process, { Action: "Inc" }));
  await network.settle();
  const times = network.log(process!).map(({ message }) => [message.Timestamp, message["Block-Height"]]);
  const start = [1_000_000, 1_600_000];
  assert.deepEqual(times, [start, start, [1_240_000, 1_600_002]]);
  assert.equal(network.now(), 1_240_000);
});
