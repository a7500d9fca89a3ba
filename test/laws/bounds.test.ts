/** Laws of messages at their edges: sizes, numbers, clocks, and what a process keeps. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { nodeHost } from "../../process/host/node.ts";
import { limits } from "../../process/protocol/limits.ts";
import { token } from "../../process/token/actions.ts";
import { identifier, walletAddress } from "../../units/address.ts";
import { tagsOf, tagValue } from "../../units/message.ts";
import { histories } from "./history.ts";
import { play, runs, seed } from "./judge.ts";
import { plainRules } from "./plain-rules.ts";
import { addresses, big, createSubject, type Subject, type TagRecord } from "./subject.ts";
import { sentBy } from "../scene/scene.ts";

const [alice, bob] = [walletAddress("alice"), walletAddress("bob")];

/** A ledger in which Alice has all the weight, and has earned so much. */
function withYield(minted: bigint): Subject {
  const subject = createSubject(plainRules);
  const report = { Action: "Set-Balances", Token: "AR", Snapshot: "1" };
  assert.equal(subject.post(addresses.oracle, report, `${alice},1000`).Error, undefined);
  assert.equal(subject.request({ kind: "minting", cycle: 1, cumulative: minted }).error, "");
  return subject;
}

test("MS9 payouts under way are bounded: one too many is refused, and there is room again once some are settled", () => {
  const subject = withYield(10_000n);
  const withdraw = () => subject.post(alice, { Action: "Withdraw", Quantity: "1" }).Error;
  for (let i = 0; i < limits.pendingPayouts; i++) assert.equal(withdraw(), undefined, `payout ${i}`);
  assert.match(withdraw() ?? "", /^\[busy\]/);
  assert.equal(Object.keys(subject.state().payouts.open).length, limits.pendingPayouts);
  // A gift can't be sent back now, and is booked all the same.
  const { result } = subject.request({ kind: "payment", sender: bob, quantity: 5n });
  assert.equal(sentBy(result).length, 0);
  assert.equal(big(subject.state().foreign), 5n);
  subject.request({ kind: "answer", payout: 1, paid: true });
  assert.equal(withdraw(), undefined);
});

test("MS9 overdue payouts are sent again some at a time, until each has been", () => {
  const subject = withYield(1_000n);
  const count = limits.payoutsPerTick * 2 + 50;
  for (let i = 0; i < count; i++) subject.post(alice, { Action: "Withdraw", Quantity: "1" });
  subject.wait(limits.payoutPatience);
  const sent = [0, 1, 2, 3].map(() => {
    const { Messages } = subject.post(bob, { Action: "Tick" });
    return Messages.filter(({ Tags }) => tagValue(Tags, "Action") === "Transfer").length;
  });
  assert.deepEqual(sent, [limits.payoutsPerTick, limits.payoutsPerTick, 50, 0]);
});

test("MS9 a token remembers no more of a payer's numbered transfers than the payer has open", () => {
  const property = fc.property(fc.array(fc.nat(20), { minLength: 50, maxLength: 80 }), (settling) => {
    const host = nodeHost(token);
    const own = {
      Name: "AO",
      Ticker: "AO",
      Denomination: "12",
      "Initial-Supply": "1000000",
      "Initial-Holder": alice,
    };
    const environment = {
      Process: { Id: identifier("token"), Owner: bob, Tags: tagsOf(own) },
      Module: { Id: identifier("module") },
    };
    let oldest = 1;
    for (const [index, settled] of settling.entries()) {
      const number = index + 1;
      oldest = Math.min(number, oldest + (settled > 15 ? 8 : settled > 5 ? 1 : 0));
      const tags = { Action: "Transfer", Recipient: bob, Quantity: "1", "X-Payout": `${number}` };
      const message = {
        Id: identifier("m", index),
        Owner: alice,
        From: alice,
        Target: environment.Process.Id,
      };
      const all = tagsOf({ ...tags, "X-Payouts-Settled": `${oldest}` });
      assert.equal(host.handle({ ...message, Tags: all, Timestamp: index }, environment).Error, undefined);
      const { open, paid } = host.kept()!.state.numbered[alice]!;
      assert.equal(open, Object.keys(paid).length);
      assert.ok(open <= number - oldest + 1, `${open} remembered, ${number - oldest + 1} open`);
    }
  });
  fc.assert(property, { seed, numRuns: Math.ceil(runs / 4) });
});

test("MS9 message ids are remembered up to a bound, the latest of them", () => {
  const subject = withYield(1n);
  const id = identifier("the first");
  const tick = (own?: string) => subject.post(bob, { Action: "Tick" }, "", { id: own }).Error ?? "";
  assert.equal(tick(id), "");
  assert.match(tick(id), /^\[repeated\]/);
  for (let i = 1; i < limits.rememberedMessages; i++) assert.equal(tick(), "");
  assert.match(tick(id), /^\[repeated\]/);
  assert.equal(tick(), "");
  assert.equal(tick(id), "", "forgotten after so many others");
});

test("MS11 time never goes back", () => {
  const property = fc.property(histories(30), fc.integer({ min: 1, max: 10_000_000 }), (history, back) => {
    const { subject } = play(history, () => {});
    const update = (version: number): number => {
      const data = JSON.stringify({ delegations: [{ walletTo: bob, factor: 2_000 + version }], version });
      const { Error: error } = subject.post(addresses.stranger, { Action: "Set-Delegations" }, data);
      // Some policies ask for a fee, or for more than this.
      if (error !== undefined) return 0;
      const { data: text } = subject.ask({ Action: "Get-Delegations", Wallet: addresses.stranger });
      return (JSON.parse(text) as { lastUpdate: number }).lastUpdate;
    };
    const before = update(1);
    subject.wait(-back);
    assert.ok(update(2) >= before);
  });
  fc.assert(property, { seed, numRuns: Math.ceil(runs / 4) });
});

const strange = [
  "+1",
  " 1",
  "1 ",
  "-1",
  "01",
  "1e3",
  "0x10",
  "1.5",
  "١",
  "Infinity",
  "NaN",
  "null",
  `1${"0".repeat(38)}`,
];

/** Every tag of the ledger that is a number, in a message that is right but for it. */
const numbered: readonly (readonly [string, string, TagRecord, string])[] = [
  ["Withdraw", alice, { Quantity: "1" }, "Quantity"],
  ["Set-Balances", addresses.oracle, { Token: "AR", Snapshot: "2", Page: "1", Pages: "1" }, "Snapshot"],
  ["Set-Balances", addresses.oracle, { Token: "AR", Snapshot: "2", Page: "1", Pages: "1" }, "Page"],
  ["Set-Balances", addresses.oracle, { Token: "AR", Snapshot: "2", Page: "1", Pages: "1" }, "Pages"],
  ["Set-Multiplier", addresses.oracle, { Token: "AR", Multiplier: "1", Version: "1" }, "Version"],
  ["Get-Cycles", bob, { Cursor: "0" }, "Cursor"],
  ["Get-Cycles", bob, { Limit: "1" }, "Limit"],
];

test("MS12 numbers in tags are canonical", () => {
  const subject = withYield(100n);
  const before = JSON.stringify(subject.state());
  for (const [action, from, tags, name] of numbered) {
    for (const text of strange) {
      const { Error: error, Messages } = subject.post(from, { Action: action, ...tags, [name]: text });
      assert.match(error ?? "", /^\[(invalid|zero)-[a-z]+\] /, `${action} with ${name} ${text}`);
      assert.equal(Messages.length, 0);
    }
  }
  for (const text of ["+1", " 1", "-1", "01", "1e3", "0x10", ".5", "1.", "0.1234567890123456789"]) {
    const tags = { Action: "Set-Multiplier", Token: "AR", Multiplier: text, Version: "1" };
    assert.match(subject.post(addresses.oracle, tags).Error ?? "", /^\[invalid-multiplier\]/, text);
  }
  assert.equal(JSON.stringify(subject.state()), before);
});

test("MS10 malformed JSON gives one clear error", () => {
  const subject = withYield(100n);
  const before = JSON.stringify(subject.state());
  const right = JSON.stringify({ walletFrom: alice, walletTo: bob, factor: 1_000 });
  const texts = fc.oneof(
    fc.string(),
    fc.json(),
    fc.nat(right.length - 1).map((length) => right.substring(0, length)),
    fc.tuple(fc.nat(right.length), fc.string({ minLength: 1 })).map(([at, noise]) => {
      return right.substring(0, at) + noise + right.substring(at);
    }),
    fc.constantFrom("[".repeat(10_000), '{"a":'.repeat(5_000), `{"x":"${"y".repeat(limits.jsonBytes)}"}`),
  );
  const property = fc.property(
    texts,
    fc.constantFrom("Set-Delegation", "Set-Delegations"),
    (text, action) => {
      const { Error: error, Messages } = subject.post(alice, { Action: action }, text);
      // Noise in a place where it does no harm leaves a message that is right.
      if (error === undefined) return fc.pre(false);
      assert.match(error, /^\[[a-z-]+\] [A-Za-z]/);
      assert.equal(Messages.length, 0);
      assert.equal(JSON.stringify(subject.state()), before);
    },
  );
  fc.assert(property, { seed, numRuns: runs });
});

test("MS10 a malformed row is refused with its line, and nothing of the page is kept", () => {
  const subject = withYield(100n);
  const before = JSON.stringify(subject.state());
  const rows = [
    `${alice}`,
    `${alice},`,
    `,5`,
    `${alice},5,${bob},6`,
    `${alice},-5`,
    `${alice},5.0`,
    `${alice},1${"0".repeat(38)}`,
    `${alice.slice(1)},5`,
    `${alice},5,somebody`,
  ];
  for (const row of rows) {
    const report = { Action: "Set-Balances", Token: "AR", Snapshot: "2" };
    const { Error: error } = subject.post(addresses.oracle, report, `${bob},7\n${row}\n${bob},8`);
    assert.match(error ?? "", /^\[invalid-csv\] Line 2 /, row);
  }
  assert.equal(JSON.stringify(subject.state()), before);
});
