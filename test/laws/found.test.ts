/** What these laws have found, each as the shortest story of it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { walletAddress } from "../../units/address.ts";
import { tagValue } from "../../units/message.ts";
import { createScene, oracle } from "../scene/scene.ts";
import { plainRules } from "./plain-rules.ts";
import { addresses, createSubject, type Subject, type TagRecord } from "./subject.ts";

const [alice, bob] = [walletAddress("alice"), walletAddress("bob")];
const unit = 10n ** 18n;

function report(subject: Subject, snapshot: number, csv: string): void {
  const tags = { Action: "Set-Balances", Token: "AR", Snapshot: `${snapshot}` };
  assert.equal(subject.post(addresses.oracle, tags, csv).Error, undefined);
}

function read(subject: Subject, action: string, wallet: string): TagRecord {
  return JSON.parse(subject.ask({ Action: action, Wallet: wallet }).data) as TagRecord;
}

test("a wallet too small to count is judged at every report, though its amount is as it was", () => {
  const subject = createSubject({
    ...plainRules,
    policies: { ...plainRules.policies, smallestBaseWeight: unit },
  });
  report(subject, 1, `${alice},1000000000000`);
  assert.equal(read(subject, "Get-Weights", alice).finalWeight, "1.000000000000000000");
  const lower = { Action: "Set-Multiplier", Token: "AR", Multiplier: "0.5", Version: "1" };
  assert.equal(subject.post(addresses.oracle, lower).Error, undefined);
  report(subject, 2, `${alice},1000000000000`);
  assert.equal(read(subject, "Get-Weights", alice).finalWeight, "0.000000000000000000");
  assert.equal(read(subject, "Get-Weights", alice).totalFinalWeight, "0.000000000000000000");
});

for (const [order, factors] of [
  ["first", [0, 500]],
  ["last", [500, 0]],
] as const) {
  test(`a set that names a target twice is refused, even if ${order} with zero`, () => {
    const subject = createSubject(plainRules);
    const delegations = factors.map((factor) => ({ walletTo: bob, factor }));
    const data = JSON.stringify({ delegations, version: 1 });
    const { Error: error } = subject.post(alice, { Action: "Set-Delegations" }, data);
    assert.match(error ?? "", /^\[duplicate-target\]/);
  });
}

test("yield that arrives before the mint is named stays, and is shared out with the next cycle", async () => {
  const minter = walletAddress("minter");
  const scene = await createScene({ token: { Minter: minter }, ledger: { "Mint-Process": "" } });
  const { send, ask, token, ledger, owner, network } = scene;
  // The scene names its own mint at the end: this ledger has none yet.
  const bare = await network.spawn({
    module: "ledger",
    owner,
    tags: network
      .environment(ledger)
      .Process.Tags.filter(({ name }) =>
        ["Authority", "AO-Token", "Tokens", "Numbered-Transfers"].includes(name),
      ),
  });
  const yields = { Action: "Mint", Recipient: bare, "X-Action": "Distribute" };
  const cycle = (number: number, cumulative: number) =>
    send(minter, token, {
      ...{ ...yields, Quantity: "75", "X-Cycle": `${number}` },
      "X-Cumulative": `${cumulative}`,
    });
  const balances = { Action: "Set-Balances", Token: "AR", Snapshot: "1" };
  await send(oracle, bare, balances, `${alice},1000000000000`);
  await cycle(1, 75);
  await send(owner, bare, { Action: "Set-Mint", "Mint-Process": minter });
  await cycle(2, 150);
  await send(alice, bare, { Action: "Withdraw" });

  const balance = await ask(token, { Action: "Balance", Recipient: alice });
  assert.equal(tagValue(balance.tags, "Balance"), "150");
  assert.equal(tagValue((await ask(bare, { Action: "Info" })).tags, "Book-Balance"), "0");
});

test("a numbered transfer that was refused is not paid by a late copy, even if its payer held nothing then", async () => {
  const payer = walletAddress("payer");
  const scene = await createScene({ token: { "Initial-Supply": "100", "Initial-Holder": bob } });
  const { send, ask, token } = scene;
  const numbers = { "X-Payout": "1", "X-Payouts-Settled": "1" };
  const pay = () => send(payer, token, { Action: "Transfer", Recipient: alice, Quantity: "30", ...numbers });
  const answer = async () => tagValue((await pay()).Messages[0]!.Tags!, "Action");
  assert.equal(await answer(), "Transfer-Error");
  await send(bob, token, { Action: "Transfer", Recipient: payer, Quantity: "100" });
  assert.equal(await answer(), "Transfer-Error");
  assert.equal(tagValue((await ask(token, { Action: "Balance", Recipient: alice })).tags, "Balance"), "0");
});
