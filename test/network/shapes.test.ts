/** What a process gets has the fields, types, tags and order of what the reference units hand over. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { walletAddress } from "../../units/address.ts";
import { directModule, type DirectHost } from "../../units/direct.ts";
import { tagsOf, type ComputeMessage } from "../../units/message.ts";
import { createNetwork, type Network } from "../../units/network.ts";
import { counterHost } from "./counter.ts";

const file = new URL("../data/message-shapes.json", import.meta.url);
const shapes = (JSON.parse(readFileSync(file, "utf8")) as { compute_unit: Record<string, object> })
  .compute_unit;
const alice = walletAddress("alice");

/** Keys in order, types, lengths of ids, names of tags. */
function shapeOf(value: unknown, key = ""): unknown {
  if (key === "Tags") return (value as { name: string }[]).map(({ name }) => name);
  if (typeof value === "object" && value !== null) {
    return Object.entries(value).map(([name, entry]) => [name, shapeOf(entry, name)]);
  }
  if (key === "Signature") return "683 characters";
  if (key === "Anchor" && value !== null) return "text";
  return typeof value === "string" && value.length === 43 ? "id" : value === null ? "null" : typeof value;
}

function assertShape(message: unknown, name: string): void {
  const shape = shapes[name];
  assert.ok(shape, name);
  assert.deepEqual(shapeOf(message), shapeOf(shape), name);
}

interface Scene {
  readonly network: Network;
  readonly process: string;
  readonly last: (of?: string) => ComputeMessage;
}

async function scene(tags: Readonly<Record<string, string>> = {}): Promise<Scene> {
  const network = createNetwork();
  network.module("counter", directModule(counterHost));
  const own = { Name: "a", "On-Boot": "Data", Authority: network.authority, ...tags };
  const process = await network.spawn({
    module: "counter",
    owner: alice,
    tags: tagsOf(own),
    data: "Boot = 1",
  });
  return { network, process, last: (of = process) => network.log(of).at(-1)!.message };
}

test("a spawn by a wallet, and its environment", async () => {
  const { network, process, last } = await scene();
  assertShape(last(), "spawn_by_wallet");
  assertShape(network.environment(process), "env_example");
  assert.equal(last().Id, process);
  assert.equal(last().Target, process);
});

test("messages by a wallet: with data, without, binary, forged tags, another's name", async () => {
  const { network, process, last } = await scene();
  const get = async (
    tags: readonly { name: string; value: string }[],
    data?: string | Uint8Array,
    anchor?: string,
  ) => {
    network.send({ from: alice, target: process, tags, ...(data && { data }), ...(anchor && { anchor }) });
    await network.settle();
    return last();
  };
  assertShape(await get(tagsOf({ Action: "Eval" }), "1+1"), "eval_by_wallet");
  const mixed = tagsOf({ Action: "Dump", "x-lower": "Y", "X-Num": "42", Quantity: "7" });
  assertShape(await get(mixed, "d"), "message_by_wallet_with_mixed_case_tags");
  const none = await get(tagsOf({ Action: "NoData", "Content-Type": "text/plain" }));
  assertShape(none, "message_no_data");
  assert.equal(none.Data, " ");
  const binary = await get(
    tagsOf({ Action: "Bin", "Content-Type": "application/octet-stream" }),
    Uint8Array.of(255, 254),
  );
  assertShape(binary, "message_binary_data");
  assert.equal(binary.Data, null);
  const forged = tagsOf({
    Data: "d",
    Id: "i",
    Timestamp: "9",
    "Block-Height": "8",
    Cron: "true",
    Nonce: "5",
  });
  const twice = [
    { name: "Action", value: "Dup" },
    { name: "K", value: "1" },
    { name: "K", value: "2" },
  ];
  const anchored = await get([...twice, ...forged], "x", "00000000000000000000000000000007");
  assertShape(anchored, "message_with_forged_and_duplicate_tags");
  network.forge({
    signer: alice,
    fromProcess: walletAddress("token"),
    target: process,
    tags: tagsOf({ Action: "Inc" }),
    data: "d",
  });
  await network.settle();
  assertShape(last(), "spoofed_from_process_by_wallet");
  assert.equal(last().From, walletAddress("token"));
});

test("an assignment is the message as it was, in another schedule", async () => {
  const { network, process, last } = await scene();
  const other = await network.spawn({ module: "counter", owner: alice });
  const message = network.send({ from: alice, target: process, tags: tagsOf({ Action: "Dup" }), data: "x" });
  await network.settle();
  network.assign({ process: other, message });
  await network.settle();
  const { Nonce, "Hash-Chain": chain, ...same } = last(other);
  const { Nonce: first, "Hash-Chain": firstChain, ...original } = last();
  assert.deepEqual(same, original);
  assert.deepEqual([Nonce, first], [1, 1]);
  assert.notEqual(chain, firstChain);
});

test("a message that a process sends, and what started it", async () => {
  const { network, process, last } = await scene();
  const other = await network.spawn({ module: "counter", owner: alice });
  const tags = tagsOf({ Action: "Forward", To: other, What: "Inc" });
  const start = network.send({ from: alice, target: process, tags });
  await network.settle();
  assertShape(last(other), "pushed_by_process");
  assert.equal(last(other).Owner, network.authority);
  assert.equal(last(other).From, process);
  assert.equal(last(other).Tags.at(-1)!.value, start);
});

test("a spawn by a process, and the notice that its parent gets", async () => {
  const { network, process, last } = await scene();
  network.send({
    from: alice,
    target: process,
    tags: tagsOf({ Action: "Spawn", Authority: network.authority }),
  });
  await network.settle();
  const child = network.processes().at(-1)!;
  assertShape(last(child), "spawn_by_process");
  assertShape(last(), "spawned_notice_to_parent");
  assert.equal(network.environment(child).Process.Owner, process);
  assert.deepEqual([last().From, last().Data], [process, " "]);
  assert.equal(last().Tags.find(({ name }) => name === "Process")?.value, child);
});

test("a cron tick, and what a process sends on one", async () => {
  const cron = { "Cron-Interval": "10-seconds", "Cron-Tag-Action": "Cron", "Cron-Tag-x-foo": "bar" };
  const { network, process, last } = await scene(cron);
  await network.advance(10_000);
  assertShape(last(), "cron");
  // The owner hears the answer to a tick: here a process, so that the answer has a place in a schedule.
  const asking = { "Cron-Interval": "10-seconds", "Cron-Tag-Action": "Ask" };
  await network.spawn({ module: "counter", owner: process, tags: tagsOf(asking) });
  network.cron = "none";
  await network.advance(1_000);
  network.cron = "exact";
  await network.advance(9_000);
  const answers = network.log(process).filter(({ message }) => message["Forwarded-By"] !== undefined);
  assertShape(answers[0]?.message, "pushed_from_cron");
});

test("dry runs, full and with the client's defaults", async () => {
  const { network } = await scene();
  const seen: ComputeMessage[] = [];
  const counter = counterHost();
  const dryRun: DirectHost["dryRun"] = (message, environment) => {
    seen.push(message);
    return counter.dryRun(message, environment);
  };
  network.module(
    "seer",
    directModule(() => ({ ...counter, dryRun })),
  );
  const target = await network.spawn({ module: "seer", owner: alice });
  await network.dryRun({
    target,
    from: alice,
    tags: tagsOf({ Action: "Dump" }),
    data: "return C",
    anchor: "1",
  });
  await network.dryRun({ target, tags: tagsOf({ Action: "Inc", I: "0" }) });
  assertShape(seen[0], "dryrun_full");
  assertShape(seen[1], "dryrun_defaults");
  const { Id, Data, Owner, Anchor } = seen[1]!;
  assert.deepEqual({ Id, Data, Owner, Anchor }, { Id: "1234", Data: "1234", Owner: "1234", Anchor: "0" });
});
