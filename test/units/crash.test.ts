/** kill -9 at any moment, under load: nothing that was acknowledged is lost, nothing is done twice. */
import assert from "node:assert/strict";
import { spawn as start, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { createEd25519Wallet } from "../../units/items/wallet.ts";
import type { LocalNetwork } from "../../units/local-network.ts";
import { tagValue, type ComputeResult, type Tag } from "../../units/message.ts";
import { randomNumbers } from "../../units/random.ts";
import { compiledCopy } from "./compiled-copy.ts";
import * as world from "./world.ts";

const kills = 50;
const wallet = createEd25519Wallet();

interface Child {
  readonly process: ChildProcess;
  readonly network: LocalNetwork;
}

async function startChild(program: string, data: string, keys: string): Promise<Child> {
  const process = start("node", [program, data, keys], { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = (await Promise.race([
    once(createInterface(process.stdout), "line"),
    once(process, "exit").then(([code]) => {
      throw new Error(`the network did not start: ${String(code)}`);
    }),
  ])) as [string];
  return { process, network: JSON.parse(line) as LocalNetwork };
}

async function end({ process }: Child, signal: "SIGKILL" | "SIGTERM"): Promise<void> {
  process.kill(signal);
  if (process.exitCode === null && process.signalCode === null) await once(process, "exit");
}

async function settle(network: LocalNetwork): Promise<void> {
  const { body } = await world.post(`${network.url}/settle`, { patience: 60_000 });
  assert.deepEqual(body, { settled: true });
}

interface Slot {
  readonly id: string;
  readonly nonce: number;
  readonly tags: readonly Tag[];
}

/** A process's schedule, in pages as the scheduler gives them. */
async function scheduleOf(network: LocalNetwork, process: string): Promise<Slot[]> {
  const slots = new Map<string, Slot>();
  for (let from = -1; ;) {
    const response = await fetch(`${network.schedulerUrl}/${process}?limit=1000&from=${from}`);
    const page = (await response.json()) as {
      page_info: { has_next_page: boolean };
      edges: {
        cursor: string;
        node: { message: { id: string; tags: Tag[] }; assignment: { tags: Tag[] } };
      }[];
    };
    for (const { node } of page.edges) {
      const nonce = Number(tagValue(node.assignment.tags, "Nonce"));
      slots.set(node.message.id, { id: node.message.id, nonce, tags: node.message.tags });
    }
    if (!page.page_info.has_next_page) return [...slots.values()];
    // Messages of one millisecond may be on both sides of a page's end.
    from = Number(page.edges.at(-1)!.cursor) - 1;
  }
}

async function resultsOf(network: LocalNetwork, process: string): Promise<ComputeResult[]> {
  const results: ComputeResult[] = [];
  for (let from = ""; ;) {
    const response = await fetch(`${network.units.CU_URL}/results/${process}?limit=1000&from=${from}`);
    const { edges } = (await response.json()) as { edges: { cursor: string; node: ComputeResult }[] };
    if (edges.length === 0) return results;
    results.push(...edges.map(({ node }) => node));
    from = edges.at(-1)!.cursor;
  }
}

test(`${kills} kills under load`, async (context) => {
  const folder = world.temporaryFolder(context);
  const program = compiledCopy(join(folder, "program"), "test/units/crash-child.ts");
  const [data, keys] = [join(folder, "data"), join(folder, "keys.json")];
  writeFileSync(keys, JSON.stringify(await world.testKeys()));
  const random = randomNumbers(4);
  let child = await startChild(program, data, keys);
  context.after(() => void child.process.kill("SIGKILL"));
  // The description of a child has no scheduler's URL, which follows from its address.
  const described = (): LocalNetwork => ({ ...child.network, schedulerUrl: `${child.network.url}/su` });

  const module = await world.publishModule(described(), await world.courierModule(), wallet);
  const target = await world.spawn(described(), module, wallet, { Name: "target" });
  const sender = await world.spawn(described(), module, wallet, { Name: "sender" });

  const acknowledged = new Map<string, string>();
  /** Kills a network while it still reads its log, or takes up what was left. */
  const killAtStart = async (milliseconds: number): Promise<void> => {
    const process = start("node", [program, data, keys], { stdio: "ignore" });
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    await end({ process, network: child.network }, "SIGKILL");
  };
  let number = 0;
  const load = async (alive: () => boolean): Promise<void> => {
    while (alive()) {
      const count = number++;
      const forwards = count % 8 === 0;
      const process = forwards ? sender : target;
      const tags = forwards
        ? { Action: "Forward", To: target, What: "Inc", Number: String(count) }
        : { Action: "Note", Number: String(count) };
      try {
        acknowledged.set(await world.send(child.network, { target: process, tags }, wallet), process);
      } catch (error) {
        // The connection ended with the process: nobody has promised anything.
        if (!(error instanceof TypeError)) throw error;
      }
    }
  };
  for (let kill = 0; kill < kills; kill++) {
    let alive = true;
    const loads = Promise.all(Array.from({ length: 6 }, () => load(() => alive)));
    await new Promise((resolve) => setTimeout(resolve, 60 + random() * 200));
    alive = false;
    await end(child, "SIGKILL");
    await loads;
    if (kill % 4 === 0) await killAtStart(random() * 250);
    child = await startChild(program, data, keys);
  }
  const network = described();
  await settle(network);
  context.diagnostic(`${acknowledged.size} acknowledged`);
  assert.ok(acknowledged.size > kills);

  const [received, sent] = [await scheduleOf(network, target), await scheduleOf(network, sender)];
  for (const slots of [received, sent]) {
    assert.deepEqual(
      slots.map(({ nonce }) => nonce),
      slots.map((_, i) => i),
    );
  }
  const ids = new Map([received, sent].map((slots) => [slots[0]!.id, new Set(slots.map(({ id }) => id))]));
  for (const [id, process] of acknowledged) assert.ok(ids.get(process)!.has(id), `${id} is lost`);

  // Each message that forwards was pushed once: those too that were in the log, but not acknowledged.
  const pushed = received.map(({ tags }) => tagValue(tags, "Pushed-For")).filter((id) => id !== undefined);
  assert.deepEqual(
    [...pushed].sort(),
    sent
      .slice(1)
      .map(({ id }) => id)
      .sort(),
  );

  const state = async (of: LocalNetwork) => [
    await world.digestOf(of, target),
    await world.digestOf(of, sender),
    await resultsOf(of, target),
    await resultsOf(of, sender),
  ];
  const before = await state(network);
  assert.equal((before[2] as ComputeResult[]).length, received.length);
  await end(child, "SIGTERM");
  rmSync(join(data, "derived"), { recursive: true });
  child = await startChild(program, data, keys);
  assert.deepEqual(await state(described()), before);
  await end(child, "SIGTERM");
});
