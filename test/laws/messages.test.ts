/** Laws of messages, on the in-process network: repeated, forged, lost, late, malformed. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { walletAddress } from "../../units/address.ts";
import { tagsOf, tagValue } from "../../units/message.ts";
import { createScene, cycle, oracle, type Scene, type TagRecord } from "../scene/scene.ts";
import { assertBooks, balanceOf, figure, heal, vaultOf } from "./books.ts";
import { type Act, acts, createDay, gift, givers, initial, perform, traders, wallets } from "./days.ts";
import { runs, seed } from "./judge.ts";

const [alice, bob, mallory] = [wallets[0]!, wallets[1]!, walletAddress("mallory")];

/** Everything that can be seen of the three processes. */
async function picture(scene: Scene): Promise<readonly string[]> {
  const { ask, token, ledger, mint } = scene;
  const infos = await Promise.all([token, ledger, mint].map((process) => ask(process, { Action: "Info" })));
  const balances = await ask(token, { Action: "Balances" });
  const reads = ["Get-Yield", "Get-Weights", "Get-Delegations"].flatMap((action) =>
    wallets.map((wallet) => ask(ledger, { Action: action, Wallet: wallet })),
  );
  const answers = await Promise.all(reads);
  // What the ledger last heard of its balance depends on when it asked.
  const tags = infos.flatMap((info) =>
    info.tags.filter(({ name }) => !/^(Token-Balance|Reference)/.test(name)),
  );
  const map = Object.entries(JSON.parse(balances.data) as Record<string, string>).toSorted();
  return [JSON.stringify(tags), JSON.stringify(map), ...answers.map(({ data }) => data)];
}

const day = (length: number): fc.Arbitrary<Act[]> =>
  fc.array(
    acts.filter(({ act }) => act !== "weather"),
    { minLength: length, maxLength: length, size: "max" },
  );

/** What a wallet could withdraw, and the ledger's sequence. */
async function standing(scene: Scene, wallet: string): Promise<string> {
  const { data } = await scene.ask(scene.ledger, { Action: "Get-Yield", Wallet: wallet });
  return `${data} ${await figure(scene, scene.ledger, "Sequence")}`;
}

test("MS1 a repeated message has one effect", async () => {
  const property = fc.asyncProperty(day(30), async (drawn) => {
    const [once, twice] = [await createDay(), await createDay()];
    twice.network.faults.add({ repeat: 1 });
    for (const [number, act] of drawn.entries()) {
      await perform(once, act, number, []);
      await perform(twice, act, number, []);
    }
    assert.deepEqual(await picture(twice), await picture(once));
  });
  await fc.assert(property, { seed, numRuns: Math.ceil(runs / 8), endOnFailure: true });
});

test("MS2 forged notices are ignored", async () => {
  const scene = await createDay();
  const { network, token, ledger, mint, send } = scene;
  await scene.pass(1);
  const forgeries: readonly (readonly [string, string, TagRecord])[] = [
    [token, ledger, { Action: "Credit-Notice", Sender: mint, Quantity: "9", "X-Action": "Distribute" }],
    [token, ledger, { Action: "Debit-Notice", Recipient: alice, Quantity: "9", "X-Payout": "1" }],
    [token, ledger, { Action: "Transfer-Error", "X-Payout": "1", Error: "Insufficient Balance!" }],
    [mint, token, { Action: "Mint", Recipient: mallory, Quantity: "9" }],
    [ledger, token, { Action: "Transfer", Recipient: mallory, Quantity: "9" }],
    [alice, ledger, { Action: "Withdraw", Recipient: mallory }],
  ];
  await send(alice, ledger, { Action: "Withdraw", Recipient: vaultOf(alice), Quantity: "5" });
  const before = await picture(scene);
  for (const [fromProcess, target, tags] of forgeries) {
    const more = { ...tags, "X-Cycle": "99", "X-Cumulative": "99999999999999999999" };
    const id = network.forge({ signer: mallory, fromProcess, target, tags: tagsOf(more) });
    await network.settle();
    assert.match(network.result(id)?.Error ?? "", /^\[untrusted\]/, tags.Action);
  }
  // Honestly signed, but by somebody who has no say.
  for (const [, target, tags] of forgeries.slice(1, 4)) await send(mallory, target, tags);
  assert.deepEqual(await picture(scene), before);
});

test("MS3 assignments and untrusted senders are refused", async () => {
  const scene = await createDay();
  const { network, ledger, token, mint } = scene;
  const withdrawal = network.send({ from: alice, target: mint, tags: tagsOf({ Action: "Withdraw" }) });
  await network.settle();
  const before = await picture(scene);
  for (const process of [ledger, token]) {
    network.assign({ process, message: withdrawal });
    await network.settle();
    assert.match(network.result(withdrawal, process)?.Error ?? "", /^\[assignment\]/);
  }
  assert.deepEqual(await picture(scene), before);
});

test("MS4 any order of independent messages gives the same state", async () => {
  const order = fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 6, maxLength: 6 });
  const property = fc.asyncProperty(order, fc.nat(1_000), async (turns, seed) => {
    const scene = await createDay({ network: { seed } });
    const plain = await createDay({ network: { seed } });
    const trade = (one: Scene, i: number) => {
      const tags = { Action: "Transfer", Recipient: traders[i % 3]!, Quantity: `${1_000 + i}` };
      return one.send(givers[i % 2]!, one.token, tags);
    };
    const delegate = (one: Scene, i: number) => {
      const data = JSON.stringify({
        walletFrom: wallets[i],
        walletTo: traders[i % 3],
        factor: 1_000 * (i + 1),
      });
      return one.send(wallets[i]!, one.ledger, { Action: "Set-Delegation" }, data);
    };
    for (const i of [0, 1, 2, 3, 4, 5]) {
      await trade(plain, i);
      await delegate(plain, i);
    }
    for (const i of turns) {
      await delegate(scene, i);
      await trade(scene, i);
    }
    for (const one of [scene, plain]) await one.pass(3);
    assert.deepEqual(await picture(scene), await picture(plain));
  });
  await fc.assert(property, { seed, numRuns: Math.ceil(runs / 8), endOnFailure: true });
});

/** What there is to lose: cycles, withdrawals, a gift that goes back. */
async function story(scene: Scene): Promise<void> {
  const { send, pass, ledger, token } = scene;
  await pass(2);
  await send(alice, ledger, { Action: "Withdraw", Recipient: vaultOf(alice), Quantity: "1000" });
  await send(bob, ledger, { Action: "Withdraw", Recipient: vaultOf(bob) });
  await send(givers[0]!, token, { Action: "Transfer", Recipient: ledger, Quantity: "77" });
  await pass(1);
  await send(alice, ledger, { Action: "Withdraw", Recipient: vaultOf(alice) });
}

test("MS5 any single loss heals with a later message", async () => {
  const between = (scene: Scene, lost: number): (() => number) => {
    let count = 0;
    const processes = [scene.token, scene.ledger, scene.mint];
    const where = ({
      From,
      Target,
      Tags,
    }: {
      From: string;
      Target: string;
      Tags: readonly { name: string; value: string }[];
    }) => {
      if (!processes.includes(From) || !processes.includes(Target)) return false;
      // Nobody can make up for a notice of AO that is not yield: then the ledger has more than its books say.
      if (tagValue(Tags, "Action") === "Credit-Notice" && tagValue(Tags, "X-Action") === undefined)
        return false;
      return count++ === lost;
    };
    scene.network.faults.add({ where, drop: 1 });
    return () => count;
  };
  const whole = await createDay();
  const counted = between(whole, -1);
  await story(whole);
  const messages = counted();
  assert.ok(messages >= 20, `${messages} messages between processes`);
  for (let lost = 0; lost < messages; lost++) {
    const scene = await createDay();
    between(scene, lost);
    await story(scene);
    assert.equal(scene.network.losses().length, 1);
    await heal(scene);
    await assertBooks(scene, wallets, { initial });
    assert.equal(await balanceOf(scene, givers[0]!), gift);
  }
});

test("MS6 AO that is not yield goes back once, and a refund is not sent back", async () => {
  const scene = await createDay();
  const { network, send, token, ledger, mint } = scene;
  network.faults.add({ from: token, to: ledger, repeat: 1 });
  const transfer = (tags: TagRecord) =>
    send(givers[0]!, token, { Action: "Transfer", Quantity: "500", ...tags });
  await transfer({ Recipient: ledger });
  await transfer({ Recipient: ledger, "X-Action": "Distribute", "X-Cycle": "7", "X-Cumulative": "500" });
  await transfer({ Recipient: mint });
  assert.equal(await balanceOf(scene, givers[0]!), gift);
  await transfer({ Recipient: ledger, "X-Action": "Refund" });
  await heal(scene);
  assert.equal(await balanceOf(scene, givers[0]!), gift - 500n);
  assert.equal(await figure(scene, ledger, "Book-Balance"), await balanceOf(scene, ledger));
});

test("MS6 a token that is not AO goes back once", async () => {
  const scene = await createScene();
  const { network, send, ledger, owner } = scene;
  const parameters = { Name: "Other", Ticker: "OTHER", Denomination: "0", "Initial-Supply": "100" };
  const other = await network.spawn({ module: "token", owner, tags: tagsOf(parameters) });
  await send(owner, other, {
    Action: "Transfer",
    Recipient: ledger,
    Quantity: "40",
    "X-Action": "Distribute",
  });
  const balance = await scene.ask(other, { Action: "Balance", Recipient: owner });
  assert.equal(tagValue(balance.tags, "Balance"), "100");
  assert.equal(await figure(scene, ledger, "Minted"), 0n);
});

test("MS7 a transfer with Cast is credited to nobody and shows as surplus", async () => {
  const scene = await createDay();
  const { send, token, ledger } = scene;
  await scene.pass(1);
  const before = await standing(scene, alice);
  await send(givers[0]!, token, { Action: "Transfer", Recipient: ledger, Quantity: "321", Cast: "true" });
  assert.equal(await standing(scene, alice), before);
  await heal(scene);
  await assertBooks(scene, wallets, { initial, surplus: 321n });
  assert.equal(
    await figure(scene, ledger, "Token-Balance"),
    (await figure(scene, ledger, "Book-Balance")) + 321n,
  );
});

test("MS13 Transfer-Error for an unknown reference is ignored", async () => {
  const scene = await createDay();
  const { network, token, ledger, send } = scene;
  await scene.pass(1);
  await send(alice, ledger, { Action: "Withdraw", Recipient: vaultOf(alice), Quantity: "10" });
  const before = await picture(scene);
  // The messenger speaks for the token here, so that the notice is believed.
  for (const reference of ["payout-1", "payout-99", "99", ""]) {
    const tags = {
      Action: "Transfer-Error",
      "X-Reference": reference,
      "Message-Id": "x",
      Error: "Insufficient Balance!",
    };
    const id = network.forge({
      signer: network.authority,
      fromProcess: token,
      target: ledger,
      tags: tagsOf(tags),
    });
    await network.settle();
    assert.deepEqual([network.result(id)!.Error, network.result(id)!.Messages.length], [undefined, 0]);
  }
  assert.deepEqual(await picture(scene), before);
});

test("MS14 a token that never answers blocks nobody else, and pays when it speaks again", async () => {
  const scene = await createDay();
  const { network, send, pass, token, ledger } = scene;
  await pass(2);
  network.faults.silence(token);
  for (const wallet of [alice, bob]) {
    const { Error: error } = await send(wallet, ledger, {
      Action: "Withdraw",
      Recipient: vaultOf(wallet),
      Quantity: "9",
    });
    assert.equal(error, undefined);
  }
  const share = JSON.stringify({ walletFrom: alice, walletTo: bob, factor: 500 });
  assert.equal((await send(alice, ledger, { Action: "Set-Delegation" }, share)).Error, undefined);
  const balances = { Action: "Set-Balances", Token: "AR", Snapshot: "2" };
  assert.equal((await send(oracle, ledger, balances, `${bob},1`)).Error, undefined);
  for (let i = 0; i < 5; i++) {
    await network.advance(3 * cycle);
    assert.equal((await send(bob, ledger, { Action: "Tick" })).Error, undefined);
  }
  assert.equal(await figure(scene, ledger, "Pending"), 18n);
  await heal(scene);
  await assertBooks(scene, wallets, { initial });
  assert.equal(await balanceOf(scene, vaultOf(bob)), 9n);
});
