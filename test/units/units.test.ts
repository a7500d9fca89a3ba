/** The units over HTTP: what they refuse, what they bound, and what they hand to processes. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { parseDataItem } from "../../units/items/data-item.ts";
import { createEd25519Wallet } from "../../units/items/wallet.ts";
import { startNetwork, type LocalNetwork } from "../../units/local-network.ts";
import { tagsOf, tagValue, type ComputeMessage, type ComputeResult } from "../../units/message.ts";
import * as world from "./world.ts";

const limit = 1_500;
const depth = 40;
const start = 1_795_200_000_000;
const keys = await world.testKeys();
const alice = await world.aliceWallet();
const fast = createEd25519Wallet();

let network: LocalNetwork;
let module: string;
before(async () => {
  network = await startNetwork({ keys, clock: start, evaluationLimit: limit, pushDepth: depth });
  module = await world.publishModule(network, await world.courierModule(), fast);
});
after(() => network.stop());

let spawned = 0;
const spawn = (tags: Readonly<Record<string, string>> = {}, wallet = fast): Promise<string> =>
  world.spawn(network, module, wallet, { Name: `process ${spawned++}`, ...tags });

let sent = 0;
const say = (target: string, tags: Readonly<Record<string, string>>, wallet = fast): Promise<string> =>
  world.send(network, { target, tags: { ...tags, Number: String(sent++) } }, wallet);

const resultOf = (process: string, message: string): Promise<ComputeResult> =>
  world.resultOf(network, process, message);

/** What the courier counts, from the output of its last evaluation. */
async function countOf(process: string): Promise<number> {
  const response = await fetch(`${network.units.CU_URL}/results/${process}?sort=DESC&limit=1`);
  const { edges } = (await response.json()) as { edges: { node: ComputeResult }[] };
  return Number.parseInt((edges[0]!.node.Output as { data?: string }).data ?? "NaN");
}

interface Received {
  readonly message: ComputeMessage;
  readonly environment: object;
}

/** What a process was handed, for each of its evaluations. */
async function receivedBy(process: string): Promise<Received[]> {
  const response = await fetch(`${network.units.CU_URL}/results/${process}?limit=1000`);
  const { edges } = (await response.json()) as { edges: { node: ComputeResult }[] };
  return edges.map(({ node }) => node.Output as Received);
}

test("replay: an item is taken once, by any door, and the refusal says where it is", async () => {
  const target = await spawn();
  const item = await world.signItem({ target, tags: { Action: "Inc" } }, alice);
  const id = parseDataItem(item).id;
  assert.equal((await world.post(network.units.MU_URL, item)).status, 202);
  for (const url of [network.units.MU_URL, network.schedulerUrl, `${network.url}/tx`]) {
    const { status, body } = await world.post(url, item);
    assert.deepEqual(
      [status, body.error],
      [409, `item ${id} is here already, slot 1 of process ${target}; sign a new one`],
    );
  }
  const together = await world.signItem({ target, tags: { Action: "Inc" } }, alice);
  const replies = await Promise.all(
    Array.from({ length: 8 }, () => world.post(network.units.MU_URL, together)),
  );
  assert.deepEqual(replies.map(({ status }) => status).sort(), [202, ...Array<number>(7).fill(409)]);
  assert.equal((await resultOf(target, id)).Error, undefined);
  assert.equal(await countOf(target), 2);
});

test("tamper: no changed item comes in", async () => {
  const target = await spawn();
  const item = await world.signItem({ target, tags: { Action: "Inc" }, data: "one" }, alice);
  for (const place of [0, 2, 600, 1030, 1070, item.length - 1]) {
    const changed = Uint8Array.from(item);
    changed[place]! ^= 1;
    const { status, body } = await world.post(network.units.MU_URL, changed);
    assert.equal(status, 400, `byte ${place}`);
    assert.match(String(body.error), /not valid|unknown type|cut off|flag/);
  }
  assert.equal((await world.post(network.units.MU_URL, Buffer.from("no item"))).status, 400);
  assert.equal((await world.post(network.units.MU_URL, Buffer.alloc(11 << 20))).status, 413);
  assert.equal(await countOf(target), 0);
});

test("what can't be scheduled is refused with the reason", async () => {
  const refused = async (item: world.Item, status: number, reason: RegExp): Promise<void> => {
    const reply = await world.post(network.units.MU_URL, await world.signItem(item, fast));
    assert.equal(reply.status, status);
    assert.match(String(reply.body.error), reason);
  };
  await refused({ target: alice.address, tags: {} }, 404, /no process has the id/);
  await refused({ tags: { Module: alice.address } }, 400, /no module has the id/);
  await refused({ tags: { Module: module, "Cron-Interval": "soon" } }, 400, /Cron-Interval soon/);
  const get = async (path: string): Promise<number> => (await fetch(`${network.url}${path}`)).status;
  assert.equal(await get(`/cu/result/${alice.address}?process-id=${module}`), 404);
  assert.equal(await get("/cu/results/nobody"), 404);
  assert.equal(await get("/su/nobody"), 404);
  assert.equal(await get("/raw/nothing"), 404);
  assert.equal(await get("/mu/nothing"), 404);
  const elsewhere = await fetch(`${network.url}/clock`, { headers: { Origin: "https://example.com" } });
  assert.equal(elsewhere.status, 403);
});

test("messages, spawns and assignments are pushed, and have the shapes of the reference units", async () => {
  const target = await spawn({ "On-Boot": "Data" }, alice);
  const other = await spawn({}, alice);
  const forward = await say(target, { Action: "Forward", To: other, What: "Inc" }, alice);
  await say(target, { Action: "Spawn", With: module, Authority: network.authority }, alice);
  const mine = await say(other, { Action: "Inc", "From-Process": target }, alice);
  await say(target, { Action: "Assign", To: other, What: forward }, alice);
  assert.ok(await network.settle());

  const at = await receivedBy(target);
  const received = await receivedBy(other);
  const [boot] = at;
  const notice = at.find(({ message }) => tagValue(message.Tags, "Action") === "Spawned");
  const pushed = received.find(({ message }) => tagValue(message.Tags, "Pushed-For") === forward);
  assert.equal(pushed!.message.Owner, network.authority);
  assert.equal(pushed!.message.From, target);
  assert.equal(tagValue(pushed!.message.Tags, "Pushed-For"), forward);
  const spoofed = received.find(({ message }) => message.Id === mine)!;
  assert.deepEqual([spoofed.message.From, spoofed.message["Forwarded-By"]], [target, alice.address]);
  const assigned = received.find(({ message }) => message.Id === forward)!;
  assert.equal(assigned.message.Target, target);
  const kid = tagValue(notice!.message.Tags, "Process")!;
  assert.deepEqual([notice!.message.From, tagValue(notice!.message.Tags, "Action")], [target, "Spawned"]);
  const [birth] = await receivedBy(kid);
  assert.equal((birth!.environment as { Process: { Owner: string } }).Process.Owner, target);

  assertShape(boot!.message, "spawn_by_wallet");
  assertShape(pushed!.message, "pushed_by_process");
  assertShape(spoofed.message, "spoofed_from_process_by_wallet");
  assertShape(assigned.message, "message_no_data");
  assertShape(birth!.message, "spawn_by_process");
  assertShape(notice!.message, "spawned_notice_to_parent");
  const dryRun = await world
    .aoconnectTo(network)
    .dryrun({ process: target, tags: tagsOf({ Action: "Inc" }) });
  assertShape((dryRun.Output as Received).message, "dryrun_defaults");
});

const file = new URL("../data/message-shapes.json", import.meta.url);
const shapes = (JSON.parse(readFileSync(file, "utf8")) as { compute_unit: Record<string, object> })
  .compute_unit;

/** Keys in order, and the types of values. Tags differ with the process and are looked at above. */
function shapeOf(message: object): unknown {
  return Object.entries(message).map(([name, value]: [string, unknown]) => {
    if (name === "Anchor") return [name, value === null ? "null" : "text"];
    if (name === "Signature") return [name, "683 characters"];
    return [name, Array.isArray(value) ? "list" : typeof value];
  });
}

function assertShape(message: object, name: string): void {
  assert.deepEqual(shapeOf(message), shapeOf(shapes[name]!), name);
}

test("forged tags reach the process as they are; From and Owner are taken away", async () => {
  const target = await spawn();
  const tags = [
    ...tagsOf({
      Action: "Inc",
      Timestamp: "9",
      Nonce: "5",
      Cron: "true",
      Id: "forged",
      From: "x",
      Owner: "y",
    }),
    ...tagsOf({ Action: "Fail" }),
  ];
  const id = await world.send(network, { target, tags }, alice);
  const { message } = (await resultOf(target, id)).Output as Received;
  const names = message.Tags.map(({ name }) => name);
  assert.deepEqual(names.slice(0, 6), ["Action", "Timestamp", "Nonce", "Cron", "Id", "Action"]);
  assert.deepEqual([message.Id, message.Nonce, message.Timestamp, message.Cron], [id, 1, start, false]);
});

test("two processes that message each other for ever are bounded, and others go on", async () => {
  const [one, two, other] = [await spawn(), await spawn(), await spawn()];
  const message = await say(one, { Action: "Ping", To: two });
  for (let i = 0; i < 5; i++) {
    const id = await say(other, { Action: "Inc" });
    assert.equal((await resultOf(other, id)).Error, undefined);
  }
  await resultOf(one, message);
  assert.ok(await network.settle(60_000));
  assert.equal((await countOf(one)) + (await countOf(two)), depth + 1);
});

test("an evaluation that loops for ever is stopped, and others go on", async () => {
  const [stuck, other] = [await spawn(), await spawn()];
  await resultOf(stuck, await say(stuck, { Action: "Inc" }));
  const loop = await say(stuck, { Action: "Loop" });
  const later = await say(stuck, { Action: "Inc" });
  const begin = performance.now();
  await resultOf(other, await say(other, { Action: "Inc" }));
  assert.ok(performance.now() - begin < limit, "another process has waited");
  const stopped = await resultOf(stuck, loop);
  assert.equal(stopped.Error, `the evaluation took more than ${limit} ms`);
  assert.equal((await resultOf(stuck, later)).Error, undefined);
  assert.equal(await countOf(stuck), 2);
  const dryRun = await world
    .aoconnectTo(network)
    .dryrun({ process: stuck, tags: tagsOf({ Action: "Loop" }) });
  assert.match(String(dryRun.Error), /dry run took more than/);
  assert.equal(await countOf(stuck), 2);
});

test("10,000 queued messages are evaluated in order, each once", async (context) => {
  const [target, other] = [await spawn(), await spawn()];
  const count = 10_000;
  let next = 0;
  const begin = performance.now();
  const sender = async (): Promise<void> => {
    for (let i = next++; i < count; i = next++) {
      await world.send(network, { target, tags: { Action: "Note", Number: String(i) } }, fast);
    }
  };
  await Promise.all(Array.from({ length: 16 }, sender));
  const queued = performance.now();
  await resultOf(other, await say(other, { Action: "Inc" }));
  assert.ok(await network.settle(60_000));
  const times = [queued - begin, performance.now() - queued].map((time) => `${Math.round(time)} ms`);
  context.diagnostic(`sent in ${times[0]}, evaluated ${times[1]} later`);

  const numbers: number[] = [];
  const nonces: number[] = [];
  let last = "";
  for (let from = ""; ;) {
    const url = `${network.units.CU_URL}/results/${target}?limit=1000&from=${from}`;
    const { edges } = (await (await fetch(url)).json()) as {
      edges: { cursor: string; node: ComputeResult }[];
    };
    if (edges.length === 0) break;
    for (const { node } of edges) {
      const { message, data } = node.Output as Received & { data: string };
      nonces.push(message.Nonce!);
      numbers.push(Number(tagValue(message.Tags, "Number") ?? -1));
      last = data;
    }
    from = edges.at(-1)!.cursor;
  }
  assert.deepEqual(
    nonces,
    nonces.map((_, i) => i),
  );
  const [, ...noted] = numbers;
  assert.deepEqual(
    [...new Set(noted)].sort((a, b) => a - b),
    [...Array(count).keys()],
  );
  const hash = noted.reduce((sum, number) => (sum * 31 + number) % 1_000_003, 0);
  assert.equal(last, `${count} ${hash}`);
});

test("more processes than threads: the idle ones give way and come back as they were", async () => {
  const few = await startNetwork({ keys, clock: start, threads: 2, snapshotAfter: 1 });
  try {
    const id = await world.publishModule(few, await world.courierModule(), fast);
    const names = Array.from({ length: 6 }, (_, i) => ({ Name: `few ${i}` }));
    const processes = await Promise.all(names.map((name) => world.spawn(few, id, fast, name)));
    for (let round = 0; round < 3; round++) {
      const rounds = processes.map(async (target) => {
        const tags = { Action: "Inc", Number: String(round) };
        const result = await world.resultOf(few, target, await world.send(few, { target, tags }, fast));
        assert.equal((result.Output as { data: string }).data, `${round + 1} `);
      });
      await Promise.all(rounds);
    }
  } finally {
    await few.stop();
  }
});

test("cron: a tick when it is due, and once more for each message in a due second", async () => {
  const target = await spawn({
    "Cron-Interval": "10-seconds",
    "Cron-Tag-Action": "Tick",
    "Cron-Tag-x-foo": "bar",
  });
  await network.advance(35_000);
  const ticks = async (): Promise<ComputeMessage[]> =>
    (await receivedBy(target)).map(({ message }) => message).filter(({ Cron }) => Cron);
  const made = await ticks();
  assert.deepEqual(
    made.map(({ Timestamp }) => (Timestamp - network.now()) / 1_000),
    [-25, -15, -5],
  );
  assertShape(made[0]!, "cron");
  assert.deepEqual([made[0]!.Owner, made[0]!.From, made[0]!.Id], [fast.address, fast.address, undefined]);
  await say(target, { Action: "Inc" });
  assert.equal((await ticks()).length, 3);
  await network.advance(5_000);
  for (let i = 0; i < 3; i++) await say(target, { Action: "Inc" });
  assert.equal((await ticks()).length, 7);
});

test("cron in steps: one tick for all that were due in a step, none at the other times", async () => {
  const target = await spawn({ "Cron-Interval": "10-seconds", "Cron-Tag-Action": "Tick" });
  await network.advance(100_000, 30_000);
  const ticks = (await receivedBy(target)).map(({ message }) => message).filter(({ Cron }) => Cron);
  assert.deepEqual(
    ticks.map(({ Timestamp }) => (Timestamp - network.now()) / 1_000),
    [-70, -40, -10, 0],
  );
});
