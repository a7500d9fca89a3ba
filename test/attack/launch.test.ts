/**
 * What an attacker sends to a launch, or one of its own token, ledger or index does against it; and what audits of other launches
 * found, one named test each.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { limits } from "../../process/protocol/limits.ts";
import { identifier, walletAddress } from "../../units/address.ts";
import { day, places, type Setup } from "../laws/launch-setup.ts";
import { createSubject, type Subject, tagIn, type TagRecord } from "../laws/launch-subject.ts";

const setup: Setup = {
  ...{ amount: 1_000n, percent: "10", supply: 10_000n, factor: "0.5", periods: 3, grace: 1, delay: day },
  ...{ batches: false, numbered: true, aoNumbered: true, ledgers: 2, indexPercent: "" },
  slices: { parts: 5_000, rows: 1_000, batches: 10 },
};
const [alice, bob, mallory] = ["alice", "bob", "mallory"].map((name) => walletAddress(name)) as [
  string,
  string,
  string,
];
const [ledger, other] = places.ledgers as [string, string];

const figure = (subject: Subject, name: string): string => subject.info().get(name)!;
const figures = (subject: Subject, ...names: string[]): readonly string[] =>
  names.map((name) => figure(subject, name));
const tick = (subject: Subject, from = mallory) => subject.post({ from, tags: { Action: "Tick" } });
const credit = (subject: Subject, from: string, Sender: string, Quantity: string, more: TagRecord = {}) =>
  subject.post({ from, tags: { Action: "Credit-Notice", Sender, Quantity, ...more } });
const fund = (subject: Subject, quantity = "1000") =>
  credit(subject, places.token, places.team, quantity, { "X-Action": "Initialize-FLP" });
const claim = (subject: Subject, from: string, more: TagRecord = {}) =>
  subject.post({ from, tags: { Action: "Withdraw-FLP-Token", ...more } });
const report = (subject: Subject, from: string, data: string, more: TagRecord = {}) =>
  subject.post({
    from,
    data,
    tags: {
      ...{ Action: "Contribution-Report", Reference: figure(subject, "Round"), Page: "1", Pages: "1" },
      ...{ Cycle: "1", Paid: "0", ...more },
    },
  });
type Result = ReturnType<typeof tick>;
const sent = ({ Messages }: Result, action: string) =>
  Messages.filter((message) => tagIn(message, "Action") === action);
const transfers = (result: Result) =>
  sent(result, "Transfer").map((message) => [
    message.Target,
    tagIn(message, "Recipient"),
    tagIn(message, "Quantity"),
  ]);

/** A round of what these contributed. */
function round(subject: Subject, rows: string): Result {
  subject.wait(day);
  tick(subject);
  report(subject, other, "");
  return report(subject, ledger, rows);
}

function running(more: Partial<Setup> = {}): Subject {
  const subject = createSubject({ ...setup, ...more });
  fund(subject, `${more.amount ?? 1_000n}`);
  subject.wait(day);
  return subject;
}

test("a launch that starts without its tokens", () => {
  const subject = createSubject(setup);
  subject.wait(2 * day);
  for (const result of [tick(subject), round(subject, `${alice},5`)]) assert.deepEqual(transfers(result), []);
  assert.deepEqual(figures(subject, "Status", "Distributed-Quantity", "Round"), ["Ready", "0", "0"]);
  assert.deepEqual(transfers(claim(subject, alice)), []);
});

test("two launches with one ticker taken for each other", () => {
  const subject = createSubject(setup);
  const tags = { Ticker: "OCN", Name: "Ocean", "X-Action": "Initialize-FLP" };
  const result = credit(subject, places.foreign, places.team, "1000", tags);
  assert.deepEqual(transfers(result), [[places.foreign, places.team, "1000"]]);
  assert.deepEqual(figures(subject, "Status", "Token-Book-Balance"), ["Ready", "0"]);
  const facts = { Action: "Info-Response", Ticker: "OCN", Denomination: "6", "Numbered-Transfers": "true" };
  for (const from of [places.foreign, places.ao, mallory]) subject.post({ from, tags: facts });
  assert.equal(figure(subject, "Token-Ticker"), "");
});

test("a rate computed with today's state for a past period", () => {
  const subject = createSubject({ ...setup, amount: undefined });
  const tell = (data: string) =>
    subject.post({ from: places.token, tags: { Action: "Total-Supply", Ticker: "OCN" }, data });
  tell("10000");
  fund(subject);
  subject.wait(2 * day);
  // The token's owner mints, or burns, before anybody has looked at the period that is over.
  for (const supply of ["99999999", "1"]) tell(supply);
  subject.wait(-day);
  round(subject, `${alice},5`);
  assert.deepEqual(
    figures(subject, "Token-Supply-To-Use", "Total-Token-Supply-At-Creation", "Latest-Token-Supply"),
    ["1000", "10000", "1"],
  );
  assert.equal(figure(subject, "Distributed-Quantity"), "571", "floor(1000 · 0.5 / 0.875)");
});

test("a queue blocked by dust", () => {
  const subject = running();
  for (let i = 0; i < limits.pendingRefunds + 10; i++) credit(subject, places.token, mallory, "1");
  round(subject, `${alice},5`);
  assert.deepEqual(transfers(claim(subject, alice)), [[places.token, alice, "571"]]);
  const again = tick(subject);
  assert.ok(sent(again, "Transfer").length <= limits.payoutsPerTick);
});

test("right token, wrong action, not refunded", () => {
  const subject = createSubject(setup);
  for (const action of ["", "initialize-flp", "Initialize-FLP ", "Delegate", "Donate"]) {
    const result = credit(subject, places.token, mallory, "1000", { "X-Action": action });
    assert.deepEqual(transfers(result), [[places.token, mallory, "1000"]], action);
  }
  assert.equal(figure(subject, "Status"), "Ready");
});

test("starting twice, and ending twice", () => {
  const subject = running();
  assert.deepEqual(transfers(fund(subject)), [[places.token, places.team, "1000"]]);
  subject.wait(4 * day);
  const ended = round(subject, "");
  assert.deepEqual(transfers(ended), [[places.token, places.treasury, "1000"]]);
  for (let i = 0; i < 5; i++) {
    subject.wait(day);
    assert.deepEqual(transfers(tick(subject)), []);
    assert.deepEqual(transfers(report(subject, ledger, `${mallory},9`)), []);
  }
  assert.deepEqual(figures(subject, "Status", "Returned", "Distributed-Quantity"), ["Ended", "1000", "0"]);
  assert.deepEqual(transfers(fund(subject)), [[places.token, places.team, "1000"]]);
});

test("both sides sweeping: what the funder got back is not the treasury's too", () => {
  const subject = createSubject(setup);
  fund(subject);
  const cancelled = subject.post({ from: places.deployer, tags: { Action: "Cancel" } });
  assert.deepEqual(transfers(cancelled), [[places.token, places.team, "1000"]]);
  subject.wait(20 * day);
  for (const result of [
    tick(subject),
    subject.post({ from: places.deployer, tags: { Action: "Cancel" } }),
    ...[places.team, places.treasury, places.deployer].map((from) => claim(subject, from)),
  ])
    assert.deepEqual(transfers(result), []);
});

test("a trailing empty step that deadlocks", () => {
  for (const amount of [1n, 2n]) {
    const subject = running({ amount, grace: 0 });
    for (let i = 0; i < 3; i++) round(subject, `${alice},${i + 1}`);
    assert.deepEqual(figures(subject, "Status", "Distributed-Quantity"), ["Ended", `${amount}`]);
    const nobody = running({ amount, grace: 0 });
    for (let i = 0; i < 3; i++) round(nobody, "");
    assert.deepEqual(figures(nobody, "Status", "Returned"), ["Ended", `${amount}`]);
  }
});

test("a claim to somebody else's tokens pays their owner", () => {
  const subject = running();
  round(subject, `${alice},5`);
  const recipient = { "X-Recipient": mallory, Target: mallory };
  assert.deepEqual(transfers(claim(subject, mallory)), []);
  assert.deepEqual(transfers(claim(subject, mallory, { ...recipient, Recipient: alice })), [
    [places.token, alice, "571"],
  ]);
  for (const name of ["Recipient", "recipient"])
    assert.match(
      claim(subject, mallory, { Recipient: alice, RECIPIENT: name }).Error ?? "",
      /^\[duplicate-tag\]/,
    );
});

test("Cancel by strangers, and after the start", () => {
  const subject = createSubject(setup);
  fund(subject);
  for (const from of [mallory, places.team, places.treasury, places.factory, places.owner])
    assert.match(subject.post({ from, tags: { Action: "Cancel" } }).Error ?? "", /^\[not-deployer\]/);
  subject.wait(day);
  const late = subject.post({ from: places.deployer, tags: { Action: "Cancel" } });
  assert.match(late.Error ?? "", /^\[started\]/);
  assert.equal(figure(subject, "Status"), "Active");
});

const lies: readonly [what: string, rows: string, tags?: TagRecord][] = [
  ["less than before", `${alice},4\n${bob},0`],
  ["negative, fractional and oversized figures", `${alice},-9\n${alice},9.5\n${alice},${"9".repeat(39)}`],
  ["rows that are none", `${alice}\n,\n${alice};99\n"${alice}","99"\nnobody,99\n,99`],
  ["a page beyond the last", `${alice},99`, { Page: "3", Pages: "2" }],
  ["page nought", `${alice},99`, { Page: "0" }],
  ["no pages", `${alice},99`, { Pages: "0" }],
  ["another round's", `${alice},99`, { Reference: "1" }],
  ["a contradiction", `${alice},99`, { pages: "2" }],
];
for (const [what, rows, tags] of lies) {
  test(`a report with ${what} adds nothing to what is known`, () => {
    const subject = running();
    round(subject, `${alice},5`);
    subject.wait(day);
    tick(subject);
    const before = subject.standings();
    report(subject, ledger, rows, tags);
    for (const [account, { contributed }] of subject.standings())
      assert.equal(contributed, before.get(account)?.contributed ?? 0n, account);
  });
}

test("reports of strangers, and of one ledger for another", () => {
  const subject = running();
  subject.wait(day);
  tick(subject);
  const before = subject.picture();
  for (const from of [mallory, places.token, places.ao, places.factory, identifier("third ledger")])
    report(subject, from, `${mallory},999`);
  assert.equal(subject.picture(), before);
  report(subject, ledger, `${alice},5`);
  assert.equal(figure(subject, "Round-Phase"), "collecting", "the other ledger has not answered");
});

test("a ledger with a billion pages holds up nobody for longer than patience", () => {
  const subject = running();
  subject.wait(day);
  tick(subject);
  report(subject, other, `${mallory},1`, { Page: "900000000000000", Pages: "999999999999999" });
  report(subject, ledger, `${alice},5`);
  subject.wait(limits.collectionPatience);
  tick(subject);
  assert.equal(figure(subject, "Round-Phase"), "idle");
  assert.equal(figure(subject, "Distributed-Quantity"), "571");
});

const nonsense: readonly [what: string, tags: TagRecord, data?: string][] = [
  ["a supply of 39 digits", { Action: "Total-Supply" }, "9".repeat(39)],
  ["a supply that is none", { Action: "Total-Supply" }, "-5"],
  ["a supply in Info of 39 digits", { Action: "Info-Response", Supply: "9".repeat(39) }],
  ["a ticker of 5,000 bytes", { Action: "Info-Response", Ticker: "T".repeat(5_000), Denomination: "6" }],
  ["a denomination that is none", { Action: "Info-Response", Ticker: "T", Denomination: "1e9" }],
  ["a balance of another", { Balance: "5", Account: mallory }],
];
for (const [what, tags, data = ""] of nonsense) {
  test(`a token that tells ${what} is not believed`, () => {
    const subject = createSubject({ ...setup, amount: undefined });
    const before = subject.picture();
    const { Error: error } = subject.post({ from: places.token, tags, data });
    assert.equal(error, undefined);
    assert.equal(subject.picture(), before);
  });
}

test("an old figure for a balance decides nothing", () => {
  const subject = createSubject(setup);
  fund(subject);
  credit(subject, places.token, mallory, "7");
  subject.wait(2 * day);
  tick(subject);
  subject.wait(limits.payoutPatience);
  const [question] = sent(tick(subject), "Balance");
  assert.equal(figure(subject, "Unconfirmed"), "7");
  const answer = (amount: string, reference: string, account = places.launch) =>
    subject.post({
      from: places.token,
      tags: { Balance: amount, Account: account, "X-Reference": reference },
    });
  const reference = tagIn(question!, "Reference");
  for (const old of ["", "balance-1-1000", "balance-2-1000", `${reference}0`]) answer("1007", old);
  assert.equal(figure(subject, "Unconfirmed"), "7");
  answer("1003", reference);
  assert.equal(figure(subject, "Unconfirmed"), "7", "neither with nor without the payout");
  answer("1000", reference, mallory);
  assert.equal(figure(subject, "Unconfirmed"), "7", "another's balance");
  answer("1000", reference);
  assert.equal(figure(subject, "Unconfirmed"), "0");
});

test("a thousand ticks by anybody send nothing twice", () => {
  const subject = running();
  round(subject, `${alice},5`);
  subject.wait(day);
  const counts: Record<string, number> = {};
  for (let i = 0; i < 1_000; i++)
    for (const message of tick(subject, i % 2 === 0 ? mallory : alice).Messages)
      if (message.Target !== mallory && message.Target !== alice)
        counts[tagIn(message, "Action")] = (counts[tagIn(message, "Action")] ?? 0) + 1;
  const { "Report-Contributions": questions, Withdraw: withdrawals, Transfer: paid = 0 } = counts;
  assert.deepEqual([questions, withdrawals, paid], [2, 2, 0]);
});

test("dust sent in floods is shared out a bounded number a message", () => {
  const dust = limits.apportionedPerMessage + 10;
  const subject = running({ batches: true });
  const words = { "X-Action": "Delegate" };
  for (let i = 0; i < dust; i++) credit(subject, places.ao, identifier("dust", i), "1", words);
  credit(subject, places.ao, alice, "1000000", words);
  const first = round(subject, "");
  const phases = [figure(subject, "Round-Phase")];
  // Where there is more to do the launch sends itself the next message.
  assert.deepEqual(
    sent(first, "Tick").map(({ Target }) => Target),
    [places.launch],
  );
  while (phases.at(-1) !== "idle" && phases.length < 10) {
    const result = tick(subject, places.launch);
    assert.ok(sent(result, "Batch-Transfer").length <= limits.batchesPerMessage);
    phases.push(figure(subject, "Round-Phase"));
    assert.equal(sent(result, "Tick").length, phases.at(-1) === "idle" ? 0 : 1);
  }
  assert.deepEqual(phases, ["parting", "idle"]);
  assert.equal(figure(subject, "Distributed-Quantity"), "571");
  assert.equal(subject.standings().get(alice), undefined, "she is beyond the first page");
});
