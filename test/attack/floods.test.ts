/**
 * Many messages: what strangers can fill a memory with, and whether it is empty afterwards; windows that are full;
 * ticks by the thousand. Figures for docs/security.md are printed with ATTACK_FIGURES=1.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { limits } from "../../process/protocol/limits.ts";
import { identifier, walletAddress } from "../../units/address.ts";
import { tagsOf, tagValue } from "../../units/message.ts";
import { compact } from "../scene/runtimes.ts";
import { createScene, cycle, oracle, type Scene } from "../scene/scene.ts";
import { assertRefused, observedScene, patience } from "./observed.ts";
import { alice, bob, mallory } from "./samples.ts";

const print = (text: string): void => {
  if (process.env.ATTACK_FIGURES !== undefined) console.log(text);
};
const figure = async ({ ask }: Pick<Scene, "ask">, target: string, name: string) =>
  tagValue((await ask(target, { Action: "Info" })).tags, name);

/** Sends many messages and settles once. */
async function flood(
  { network }: Scene,
  count: number,
  message: (i: number) => Parameters<Scene["network"]["send"]>[0],
) {
  for (let i = 0; i < count; i++) network.send(message(i));
  await network.settle({ limit: 10 * count });
}

const setOf = (targets: readonly string[], version: number): string =>
  JSON.stringify({ delegations: targets.map((walletTo) => ({ walletTo, factor: 100 })), version });

test(
  "20,000 fresh names in delegations, then none: the memory is used again",
  { timeout: 60_000 },
  async () => {
    const scene = await createScene({ runtime: compact, ledger: { "Fan-Out": "100" } });
    const { network, ledger } = scene;
    const senders = Array.from({ length: 250 }, (_, i) => walletAddress(`stranger ${i}`));
    const empty = network.memory(ledger);
    const peaks: number[] = [];
    for (let round = 0; round < 2; round++) {
      for (const names of [80, 0]) {
        await flood(scene, senders.length, (i) => ({
          from: senders[i]!,
          target: ledger,
          tags: tagsOf({ Action: "Set-Delegations" }),
          data: setOf(
            Array.from({ length: names }, (_, n) => identifier(round, i, n)),
            2 * round + (names > 0 ? 1 : 2),
          ),
        }));
        assert.equal(await figure(scene, ledger, "Wallets"), names > 0 ? "20250" : "250");
        assert.equal(await figure(scene, ledger, "Edges"), names > 0 ? "20000" : "0");
      }
      peaks.push(network.memory(ledger));
    }
    const perName = Math.round((peaks[0]! - empty) / 20_000);
    print(
      `a name in a delegation: ${perName} bytes; peaks ${peaks.map((bytes) => bytes >> 20).join(", ")} MB`,
    );
    assert.ok(perName < 1_500, `${perName} bytes a name`);
    assert.ok(peaks[1]! <= 1.4 * peaks[0]!, "the memory of forgotten names is not used again");
  },
);

test("dust wallets of a token, then none: the memory is used again", { timeout: 60_000 }, async () => {
  const token = { "Initial-Supply": "1000000", "Initial-Holder": mallory };
  const scene = await createScene({ runtime: compact, token });
  const { network, send } = scene;
  const dust = Array.from({ length: 300 }, (_, i) => walletAddress(`dust ${i}`));
  const peaks: number[] = [];
  const empty = network.memory(scene.token);
  for (let round = 0; round < 3; round++) {
    await send(
      mallory,
      scene.token,
      { Action: "Batch-Transfer" },
      dust.map((name) => `${name},1`).join("\n"),
    );
    assert.equal(await figure(scene, scene.token, "Holders"), "301");
    await flood(scene, dust.length, (i) => ({
      from: dust[i]!,
      target: scene.token,
      tags: tagsOf({ Action: "Transfer", Recipient: mallory, Quantity: "1" }),
    }));
    assert.equal(await figure(scene, scene.token, "Holders"), "1");
    peaks.push(network.memory(scene.token));
  }
  print(
    `300 holders: ${(peaks[0]! - empty) >> 20} MB; peaks ${peaks.map((bytes) => bytes >> 20).join(", ")} MB`,
  );
  assert.ok(peaks[2]! <= 1.4 * peaks[0]!);
});

test("numbered transfers of strangers without funds: each leaves a record, and no more", async () => {
  const scene = await createScene({ runtime: compact });
  const { network, token } = scene;
  const transfer = { Action: "Transfer", Recipient: alice, Quantity: "1", "X-Payouts-Settled": "0" };
  const empty = network.memory(token);
  const bytes: number[] = [];
  for (const [i, from] of [(n: number) => walletAddress(`poor ${n}`), () => mallory].entries()) {
    await flood(scene, 2_000, (n) => ({
      from: from(n),
      target: token,
      tags: tagsOf({ ...transfer, "X-Payout": `${i === 0 ? 0 : n}` }),
    }));
    bytes.push(network.memory(token));
  }
  const perMessage = Math.round((bytes[1]! - empty) / 4_000);
  print(`a refused numbered transfer: ${perMessage} bytes, with what is remembered of its id`);
  assert.ok(perMessage < 1_000, `${perMessage} bytes`);
});

test("a list of free positions is walked a part at a time", async () => {
  const scene = await observedScene({ token: { "Initial-Supply": "1000000", "Initial-Holder": mallory } });
  const { send, ask, token } = scene;
  const dust = Array.from({ length: 10_500 }, (_, i) => identifier("dust", i));
  await send(mallory, token, { Action: "Batch-Transfer" }, dust.map((name) => `${name},1`).join("\n"));
  for (const from of dust)
    scene.network.send({ from, target: token, tags: tagsOf({ Action: "Burn", Quantity: "1" }) });
  await scene.network.settle();
  const first = await ask(token, { Action: "Balances" });
  assert.equal(tagValue(first.tags, "Next-Cursor"), "10000");
  const second = await ask(token, { Action: "Balances", Cursor: "10000" });
  assert.equal(tagValue(second.tags, "Next-Cursor"), undefined);
});

/** Found here: with a default target, a wallet that took its words back stayed, with an edge to the default. */
test("a wallet that holds nothing and takes its words back is forgotten, default target or not", async () => {
  const scene = await observedScene({ ledger: { "Default-Target": bob } });
  const { send, ledger } = scene;
  const before = scene.picture(ledger).state;
  for (const factor of [1000, 0]) {
    const data = JSON.stringify({ walletFrom: mallory, walletTo: alice, factor });
    await send(mallory, ledger, { Action: "Set-Delegation" }, data);
    assert.equal(await figure(scene, ledger, "Wallets"), factor > 0 ? "2" : "0");
  }
  assert.equal(await figure(scene, ledger, "Edges"), "0");
  // What it holds later goes to the default all the same.
  await send(oracle, ledger, { Action: "Set-Balances", Token: "AR", Snapshot: "1" }, `${mallory},5`);
  assert.equal(await figure(scene, ledger, "Edges"), "1");
  assert.notEqual(scene.picture(ledger).state, before);
});

/** Found here: an edge that has contributed is remembered, and each change walked along all that a wallet ever had. */
test("a wallet can't make its past longer than a change can walk", async () => {
  const scene = await observedScene({ ledger: { "Fan-Out": "100" } });
  const { send, pass, attempt, ledger } = scene;
  await send(oracle, ledger, { Action: "Set-Balances", Token: "AR", Snapshot: "1" }, `${mallory},1000000`);
  const targets = (round: number) => Array.from({ length: 100 }, (_, i) => identifier("target", round, i));
  const tags = tagsOf({ Action: "Set-Delegations" });
  for (let round = 1; round <= 10; round++) {
    const { result } = await attempt({
      target: ledger,
      from: mallory,
      tags,
      data: setOf(targets(round), round),
    });
    assert.equal(result.Error, undefined);
    await pass(1);
  }
  const more = { target: ledger, from: mallory, tags, data: setOf([bob], 11) };
  assertRefused(await attempt(more), "too-many-delegations");
  // Who it has delegated to before can have more, and what is taken away can always be taken away.
  for (const [version, set] of [targets(1), targets(2).slice(0, 5), []].entries()) {
    const { result } = await attempt({ ...more, data: setOf(set, 11 + version) });
    assert.equal(result.Error, undefined);
  }
});

/** Found here: refunds shared the window with what wallets are owed, and anybody can cause a refund. */
test("payments that nobody asked for can't fill the window of payouts", { timeout: 30_000 }, async () => {
  const token = { "Initial-Supply": "1000000", "Initial-Holder": mallory };
  const scene = await observedScene({ token });
  const { network, send, pass, ledger, ask } = scene;
  await send(oracle, ledger, { Action: "Set-Balances", Token: "AR", Snapshot: "1" }, `${alice},10`);
  await pass(1);
  network.faults.add({
    from: ledger,
    to: scene.token,
    drop: 1,
    where: ({ Tags }) => tagValue(Tags, "Action") === "Transfer",
  });
  await flood(scene, 5_000, () => ({
    from: mallory,
    target: scene.token,
    tags: tagsOf({ Action: "Transfer", Recipient: ledger, Quantity: "1" }),
  }));
  assert.equal(await figure(scene, ledger, "Pending"), "4096");
  network.faults.clear();
  const result = await send(alice, ledger, { Action: "Withdraw", Quantity: "7" });
  assert.equal(result.Error, undefined);
  assert.equal((await ask(scene.token, { Action: "Balance", Recipient: alice })).data, "7");
  // Once transfers arrive again, ticks send what is overdue, a bounded number each, and all comes back.
  for (let i = 0; i < 60; i++) {
    await network.advance(cycle);
    await send(mallory, ledger, { Action: "Tick" });
  }
  assert.equal(await figure(scene, ledger, "Pending"), "0");
  assert.equal(
    (await ask(scene.token, { Action: "Balance", Recipient: mallory })).data,
    `${1_000_000 - 5_000 + 4_096}`,
  );
});

test(
  "the window of payouts is full: the next is refused, and changes nothing",
  { timeout: 30_000 },
  async () => {
    const scene = await observedScene();
    const { network, send, pass, attempt, ledger } = scene;
    await send(oracle, ledger, { Action: "Set-Balances", Token: "AR", Snapshot: "1" }, `${alice},10`);
    await pass(1);
    network.faults.add({ from: ledger, to: scene.token, drop: 1 });
    const tags = tagsOf({ Action: "Withdraw", Quantity: "1" });
    await flood(scene, 8_192, () => ({ from: alice, target: ledger, tags }));
    assertRefused(await attempt({ target: ledger, from: alice, tags }), "busy");
  },
);

test("a thousand ticks by strangers and the owner in one block mint nothing twice", async () => {
  const scene = await observedScene();
  const { network, send, pass, owner, mint, ledger } = scene;
  await send(oracle, ledger, { Action: "Set-Balances", Token: "AR", Snapshot: "1" }, `${alice},10`);
  await pass(1);
  const figures = async () => [
    scene.picture(mint).state,
    scene.picture(scene.token).state,
    await figure(scene, ledger, "Minted"),
  ];
  const before = await figures();
  const start = performance.now();
  for (const target of [mint, ledger])
    await flood(scene, 1_000, (i) => ({
      from: i % 2 === 0 ? owner : mallory,
      target,
      tags: tagsOf({ Action: "Tick" }),
    }));
  assert.ok(performance.now() - start < 2 * patience);
  assert.deepEqual(await figures(), before);
  await network.advance(cycle);
  await flood(scene, 1_000, () => ({ from: mallory, target: mint, tags: tagsOf({ Action: "Tick" }) }));
  assert.equal(await figure(scene, mint, "Cycle"), "2");
});

test("the ids that a process remembers, the numbers that a token remembers: bounded", async () => {
  const scene = await observedScene({ token: { "Initial-Supply": "100000", "Initial-Holder": mallory } });
  const { token } = scene;
  await flood(scene, 9_000, (i) => ({
    from: mallory,
    target: token,
    tags: tagsOf({
      Action: "Transfer",
      Recipient: mallory,
      Quantity: "1",
      "X-Payout": `${i}`,
      "X-Payouts-Settled": `${i < limits.pendingPayouts ? 0 : i}`,
    }),
  }));
  const { remembered, state } = JSON.parse(scene.picture(token).everything) as {
    remembered: { ids: string[]; known: object };
    state: { numbered: Record<string, { open: number; paid: object }> };
  };
  assert.equal(remembered.ids.length, limits.rememberedMessages);
  assert.equal(Object.keys(remembered.known).length, limits.rememberedMessages);
  assert.equal(Object.keys(state.numbered[mallory]!.paid).length, 1);
  assert.equal(state.numbered[mallory]!.open, 1);
});
