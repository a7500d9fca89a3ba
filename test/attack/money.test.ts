/**
 * Money from and to the wrong side: notices nobody vouches for, the wrong token, the right token with the wrong words,
 * refunds that meet refunds, payouts that nobody confirms. What can't be used goes back, once; the books stay true.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { findings } from "../../deployment/laws/law.ts";
import { ledgerAtRest, ledgerLaws, readLedger } from "../../deployment/laws/ledger.ts";
import { tagsOf, tagValue, type ComputeResult } from "../../units/message.ts";
import { oracle, sentBy, workedTokens, type TagRecord } from "../scene/scene.ts";
import { askOf, assertLaws } from "../laws/books.ts";
import { assertIgnored, assertRefused, observedScene, type Observed } from "./observed.ts";
import { alice, bob, mallory } from "./samples.ts";

const funds = { "Initial-Supply": "1000000", "Initial-Holder": mallory };

async function richScene(options: Parameters<typeof observedScene>[0] = {}): Promise<Observed> {
  const scene = await observedScene({ token: funds, ...options });
  await scene.send(
    oracle,
    scene.ledger,
    { Action: "Set-Balances", Token: "AR", Snapshot: "1" },
    `${alice},10`,
  );
  await scene.pass(1);
  return scene;
}

const balanceOf = async ({ ask, token }: Observed, Recipient: string) =>
  BigInt((await ask(token, { Action: "Balance", Recipient })).data);
const figure = async ({ ask, ledger }: Observed, name: string) =>
  tagValue((await ask(ledger, { Action: "Info" })).tags, name)!;
const sentTo = ({ Messages }: ComputeResult, target: string) =>
  Messages.filter(({ Target }) => Target === target).map(({ Tags = [] }) => Tags);
const actionsTo = (result: ComputeResult, target: string) =>
  sentTo(result, target).map((tags) => tagValue(tags, "Action"));

/** The ledger's laws, and: what the token says that it has is what its books say. */
async function assertBooks(scene: Observed): Promise<void> {
  const books = await readLedger(askOf(scene), scene.ledger, {});
  const law = ledgerAtRest.find(({ name }) => name === "ledger's book = ledger's balance")!;
  assertLaws(findings([...ledgerLaws, law], books));
}

const words: readonly [what: string, tags: TagRecord][] = [
  ["no words", {}],
  ["another action", { "X-Action": "Deposit" }],
  ["the mint's own words", { "X-Action": "Distribute", "X-Cycle": "9", "X-Cumulative": "9".repeat(20) }],
  ["a payout's number", { "X-Payout": "1", "X-Payouts-Settled": "0" }],
  ["tags like the notice's", { "X-Sender": "someone", "X-Quantity": "9999", "X-From": "someone" }],
];
for (const to of ["ledger", "mint", "token"] as const) {
  for (const [what, tags] of words) {
    test(`AO sent to the ${to} with ${what} goes back, once`, async () => {
      const scene = await richScene();
      const minted = await figure(scene, "Minted");
      const transfer = { Action: "Transfer", Recipient: scene[to], Quantity: "700", ...tags };
      await scene.send(mallory, scene.token, transfer);
      assert.equal(await balanceOf(scene, mallory), 1_000_000n);
      assert.equal(await figure(scene, "Minted"), minted);
      assert.equal(await figure(scene, "Pending"), "0");
      await assertBooks(scene);
    });
  }
  test(`AO sent to the ${to} as a refund stays there`, async () => {
    const scene = await richScene();
    const tags = { Action: "Transfer", Recipient: scene[to], Quantity: "700", "X-Action": "Refund" };
    await scene.send(mallory, scene.token, tags);
    assert.equal(await balanceOf(scene, mallory), 999_300n);
    if (to === "ledger") assert.equal(await figure(scene, "Foreign"), "700");
    await assertBooks(scene);
  });
}

test("AO sent with Cast is told to nobody and shows as surplus", async () => {
  const scene = await richScene();
  const before = scene.picture(scene.ledger).state;
  const tags = { Action: "Transfer", Recipient: scene.ledger, Quantity: "700", Cast: "" };
  const result = await scene.send(mallory, scene.token, tags);
  assert.deepEqual(sentBy(result), []);
  assert.equal(scene.picture(scene.ledger).state, before);
  const surplus = (await balanceOf(scene, scene.ledger)) - BigInt(await figure(scene, "Book-Balance"));
  assert.equal(surplus, 700n);
});

test("another token goes back, once, and is on no books", async () => {
  const scene = await richScene();
  const { network, owner, ledger, mint, token } = scene;
  const tags = { Name: "Other", Ticker: "AO", Denomination: "12", ...funds };
  const other = await network.spawn({ module: "token", owner, tags: tagsOf(tags) });
  for (const Recipient of [ledger, mint, token]) {
    const before = scene.picture(Recipient).state;
    const forged = { "X-Action": "Distribute", "X-Cycle": "9", "X-Cumulative": "9".repeat(20) };
    await scene.send(mallory, other, { Action: "Transfer", Recipient, Quantity: "700", ...forged });
    const { data } = await scene.ask(other, { Action: "Balances" });
    assert.deepEqual(JSON.parse(data), { [mallory]: "1000000" });
    assert.equal(scene.picture(Recipient).state, before);
  }
});

const notices: readonly TagRecord[] = [
  {
    Action: "Credit-Notice",
    Sender: mallory,
    Quantity: "5",
    "X-Action": "Distribute",
    "X-Cumulative": "9".repeat(20),
    "X-Cycle": "9",
  },
  { Action: "Debit-Notice", "X-Payout": "1", Quantity: "5", Recipient: alice },
  { Action: "Transfer-Error", "X-Payout": "1", Error: "Insufficient Balance!" },
  { Action: "Transfer-Error", "X-Reference": "payout-1" },
  { Action: "Mint-Error", Error: "x" },
  { Action: "Balance-Response", Account: "", Balance: "999999" },
];
test("notices that nobody vouches for", async () => {
  const scene = await richScene();
  const { attempt, ledger, mint, token, network, owner } = scene;
  network.faults.add({ from: ledger, to: token, drop: 1 });
  await scene.send(alice, ledger, { Action: "Withdraw", Quantity: "100" });
  for (const target of [ledger, mint, token]) {
    for (const tags of notices) {
      const named = tags.Account === "" ? { ...tags, Account: ledger } : tags;
      const message = { target, tags: tagsOf({ Sender: scene.mint, ...named }) };
      for (const from of [mallory, network.authority, owner, target]) {
        if (from === target) assertRefused(await attempt({ ...message, from, signer: mallory }), "untrusted");
        const { before, after, result } = await attempt({ ...message, from: from === target ? alice : from });
        assert.equal(after.state, before.state);
        // At most a transfer of what it says it has sent, back to the liar itself.
        for (const action of result.Messages.map(({ Tags = [] }) => tagValue(Tags, "Action")))
          assert.equal(action, "Transfer");
      }
    }
  }
});

const unusable: readonly [what: string, tags: TagRecord][] = [
  ["no sender", { Quantity: "5" }],
  ["no quantity", { Sender: mallory }],
  ["a quantity of nothing", { Sender: mallory, Quantity: "0" }],
  ["a negative quantity", { Sender: mallory, Quantity: "-5" }],
  ["a quantity with a sign", { Sender: mallory, Quantity: "+-123" }],
  ["an infinite quantity", { Sender: mallory, Quantity: "Infinity" }],
  ["a quantity of 39 digits", { Sender: mallory, Quantity: "1".repeat(39) }],
  ["a sender that is none", { Sender: "constructor", Quantity: "5" }],
];
for (const [what, tags] of unusable) {
  test(`a Credit-Notice of the token with ${what} changes nothing`, async () => {
    const { attempt, ledger, mint, token, network } = await observedScene();
    for (const target of [ledger, mint]) {
      const message = {
        from: token,
        signer: network.authority,
        tags: tagsOf({ Action: "Credit-Notice", ...tags }),
      };
      assertIgnored(await attempt({ target, ...message }));
    }
  });
}

const halfTrue: readonly [what: string, tags: TagRecord][] = [
  ["no X-Cumulative", { "X-Action": "Distribute", "X-Cycle": "2" }],
  ["a malformed X-Cumulative", { "X-Action": "Distribute", "X-Cycle": "2", "X-Cumulative": "1e20" }],
  ["no X-Cycle", { "X-Action": "Distribute", "X-Cumulative": "9".repeat(19) }],
  ["another X-Action", { "X-Action": "distribute", "X-Cycle": "2", "X-Cumulative": "9".repeat(19) }],
];
for (const [what, tags] of halfTrue) {
  test(`AO from the mint with ${what} is not distributed`, async () => {
    const scene = await richScene();
    const { mint, ledger, token, network } = scene;
    const minted = await figure(scene, "Minted");
    const message = { Action: "Credit-Notice", Sender: mint, Quantity: "5", ...tags };
    const content = { target: ledger, from: token, signer: network.authority, tags: tagsOf(message) };
    const { result } = await scene.attempt(content);
    assert.equal(await figure(scene, "Minted"), minted);
    assert.deepEqual(actionsTo(result, token), ["Transfer"]);
    assert.equal(tagValue(sentTo(result, token)[0]!, "X-Action"), "Refund");
  });
}

test("an old or repeated figure of the mint distributes nothing", async () => {
  const scene = await richScene();
  const { mint, ledger, token, network } = scene;
  const minted = await figure(scene, "Minted");
  for (const cumulative of [minted, `${BigInt(minted) - 1n}`, "0", "1"]) {
    const tags = {
      Action: "Credit-Notice",
      Sender: mint,
      Quantity: "5",
      "X-Action": "Distribute",
      "X-Cycle": "99",
      "X-Cumulative": cumulative,
    };
    assertIgnored(
      await scene.attempt({ target: ledger, from: token, signer: network.authority, tags: tagsOf(tags) }),
    );
  }
});

test("two ledgers don't send a payment to and fro", async () => {
  const scene = await richScene();
  const { network, owner, ledger, token } = scene;
  const tags = { "AO-Token": token, Tokens: JSON.stringify(workedTokens) };
  const other = await network.spawn({ module: "ledger", owner, tags: tagsOf(tags) });
  const id = network.send({
    from: alice,
    target: ledger,
    tags: tagsOf({ Action: "Withdraw", Recipient: other }),
  });
  assert.ok((await network.settle({ limit: 20 })) < 12);
  assert.equal(network.result(id)?.Error, undefined);
  await assertBooks(scene);
  assert.equal(await balanceOf(scene, other), 0n);
});

for (const [who, Recipient] of [
  ["ledger", "ledger"],
  ["mint", "mint"],
  ["AO token", "token"],
] as const) {
  test(`yield can't be withdrawn to the ${who}, where it would be lost`, async () => {
    const scene = await richScene();
    const tags = tagsOf({ Action: "Withdraw", Recipient: scene[Recipient] });
    assertRefused(await scene.attempt({ target: scene.ledger, from: alice, tags }), "invalid-address");
  });
}

for (const numbered of ["true", "false"]) {
  test(`payouts that nobody confirms, token with${numbered === "true" ? "" : "out"} numbered transfers`, async () => {
    const scene = await richScene({ ledger: { "Numbered-Transfers": numbered } });
    const { network, send, ledger, token } = scene;
    network.faults.add({
      from: token,
      to: ledger,
      drop: 1,
      where: ({ Tags }) => tagValue(Tags, "Action") === "Debit-Notice",
    });
    const before = await scene.ask(ledger, { Action: "Get-Yield", Wallet: alice });
    const { withdrawable } = JSON.parse(before.data) as { withdrawable: string };
    await send(alice, ledger, { Action: "Withdraw", Quantity: "100" });
    for (let i = 0; i < 5; i++) {
      await network.advance(600_000);
      await send(mallory, ledger, { Action: "Tick" });
    }
    assert.equal(await balanceOf(scene, alice), 100n);
    assert.equal(await figure(scene, numbered === "true" ? "Pending" : "Unconfirmed"), "100");
    const { data } = await scene.ask(ledger, { Action: "Get-Yield", Wallet: alice });
    assert.equal(
      (JSON.parse(data) as typeof before & { withdrawable: string }).withdrawable,
      `${BigInt(withdrawable) - 100n}`,
    );
    // A late answer still decides it, and only the first of them.
    network.faults.clear();
    const late = tagsOf({ Action: "Debit-Notice", "X-Payout": "1" });
    const message = { target: ledger, from: token, signer: network.authority, tags: late };
    assert.deepEqual(actionsTo((await scene.attempt(message)).result, alice), ["Withdraw-Settled"]);
    assertIgnored(await scene.attempt(message));
    assertIgnored(
      await scene.attempt({ ...message, tags: tagsOf({ Action: "Transfer-Error", "X-Payout": "1" }) }),
    );
    await assertBooks(scene);
  });
}

const numbers = ["0", "2", "01", "1.0", "", " 1", "payout-2", "constructor", "__proto__", "-1", "1e0"];
test(`an answer about a payout that is not open, ${numbers.length} numbers`, async () => {
  const { attempt, ledger, token, network, send } = await richScene();
  network.faults.add({ from: ledger, to: token, drop: 1 });
  await send(alice, ledger, { Action: "Withdraw", Quantity: "100" });
  for (const Action of ["Debit-Notice", "Transfer-Error"])
    for (const number of numbers)
      for (const name of ["X-Payout", "X-Reference"])
        assertIgnored(
          await attempt({
            target: ledger,
            from: token,
            signer: network.authority,
            tags: tagsOf({ Action, [name]: number }),
          }),
        );
});

test("a payer that repeats a number is not debited twice, and nobody else's numbers count", async () => {
  const scene = await richScene();
  const { send, token } = scene;
  const transfer = {
    Action: "Transfer",
    Recipient: bob,
    Quantity: "10",
    "X-Payout": "5",
    "X-Payouts-Settled": "3",
  };
  for (let i = 0; i < 3; i++)
    await send(mallory, token, { ...transfer, Quantity: `${10 + i}`, Recipient: i === 0 ? bob : alice });
  assert.deepEqual([await balanceOf(scene, bob), await balanceOf(scene, alice)], [10n, 0n]);
  await send(bob, token, { ...transfer, Recipient: alice, Quantity: "1" });
  assert.equal(await balanceOf(scene, alice), 1n);
  for (const number of ["2", "9000"]) await send(mallory, token, { ...transfer, "X-Payout": number });
  assert.equal(await balanceOf(scene, bob), 9n);
});
