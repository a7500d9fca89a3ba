/** The token's edges: the last that is allowed, the first that is not, and what is remembered no longer. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { nodeHost } from "../../process/host/node.ts";
import { formatNatural } from "../../process/math/natural.ts";
import { limits } from "../../process/protocol/limits.ts";
import { token } from "../../process/token/actions.ts";
import { identifier, walletAddress } from "../../units/address.ts";
import { tagsOf } from "../../units/message.ts";
import { actionsIn } from "../scene/scene.ts";

const [minter, alice, bob] = [walletAddress("minter"), walletAddress("alice"), walletAddress("bob")];

function tokenHost(tags: Readonly<Record<string, string>> = {}) {
  const host = nodeHost(token);
  const id = identifier("token");
  const spawn = { Name: "Token", Ticker: "T", Denomination: "12", Minter: minter, ...tags };
  const environment = {
    Process: { Id: id, Owner: minter, Tags: tagsOf(spawn) },
    Module: { Id: identifier("module") },
  };
  let count = 0;
  return {
    state: () => host.kept()!.state,
    post: (from: string, of: Readonly<Record<string, string>>, data = "") => {
      count += 1;
      const message = { Id: identifier("message", count), Owner: from, From: from, Target: id };
      const result = host.handle(
        { ...message, Tags: tagsOf(of), Data: data, Timestamp: 1_800_000_000_000 },
        environment,
      );
      return { error: result.Error ?? "", actions: actionsIn(result) };
    },
  };
}

const paid = ["Debit-Notice", "Credit-Notice"];

test("a repeated mint that adds nothing enrols no holder of nothing", () => {
  const { post, state } = tokenHost();
  const figure = { Action: "Mint", Recipient: alice, Quantity: "5", "X-Cumulative": "5" };
  assert.deepEqual(post(minter, figure).actions, ["Mint-Response", "Credit-Notice"]);
  post(alice, { Action: "Transfer", Recipient: bob, Quantity: "5" });
  assert.equal(state().holders.size, 1);
  assert.deepEqual(post(minter, figure).actions, ["Mint-Response"]);
  assert.equal(state().holders.size, 1);
});

test("exactly the cap can be minted, and not a unit more", () => {
  const { post, state } = tokenHost({ Cap: "100", "Initial-Supply": "60" });
  assert.deepEqual(post(minter, { Action: "Mint", Recipient: alice, Quantity: "41" }).actions, [
    "Mint-Error",
  ]);
  const rest = { Action: "Mint", Recipient: alice, Quantity: "40" };
  assert.deepEqual(post(minter, rest).actions, ["Mint-Response", "Credit-Notice"]);
  assert.equal(formatNatural(state().supply), "100");
});

test("the minter is named once", () => {
  const { post } = tokenHost();
  assert.match(post(minter, { Action: "Set-Minter", Minter: bob }).error, /^\[already-set\]/);
});

test("a payer's window has exactly as many numbers as payouts may be open", () => {
  const { post } = tokenHost({ "Initial-Supply": "100", "Initial-Holder": alice });
  const pay = (number: number) =>
    post(alice, {
      ...{ Action: "Transfer", Recipient: bob, Quantity: "1" },
      ...{ "X-Payout": `${number}`, "X-Payouts-Settled": "1" },
    });
  assert.match(pay(limits.pendingPayouts + 1).error, /^\[invalid-payout\]/);
  assert.deepEqual(pay(limits.pendingPayouts).actions, paid);
  assert.deepEqual(pay(1).actions, paid);
});

test("numbers that are settled are remembered no longer, and are not paid again", () => {
  const { post, state } = tokenHost({ "Initial-Supply": "100", "Initial-Holder": alice });
  const pay = (number: number, settled: number) =>
    post(alice, {
      ...{ Action: "Transfer", Recipient: bob, Quantity: "1" },
      ...{ "X-Payout": `${number}`, "X-Payouts-Settled": `${settled}` },
    });
  for (let number = 1; number <= 5; number++) assert.deepEqual(pay(number, 1).actions, paid);
  assert.equal(state().numbered[alice]!.open, 5);
  assert.deepEqual(pay(9, 9).actions, paid);
  const { floor, open, paid: remembered } = state().numbered[alice]!;
  assert.deepEqual([floor, open, Object.keys(remembered)], [9, 1, ["9"]]);
  for (const late of [1, 5, 7]) assert.deepEqual(pay(late, 1).actions, []);
  assert.deepEqual(pay(9, 1).actions, ["Debit-Notice"]);
});

test("a batch may have exactly 20,000 rows", () => {
  const { post } = tokenHost({ "Initial-Supply": "100000", "Initial-Holder": alice });
  const rows = Array<string>(limits.csvRows).fill(`${bob},1`);
  const batch = { Action: "Batch-Transfer" };
  assert.match(post(alice, batch, [...rows, `${bob},1`].join("\n")).error, /^\[invalid-csv\]/);
  assert.deepEqual(post(alice, batch, rows.join("\n")).actions, ["Batch-Debit-Notice", "Credit-Notice"]);
});
