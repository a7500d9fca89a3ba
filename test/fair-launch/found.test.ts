/** What the laws of a launch, or thinking about them, found: each broke something once. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { fairLaunch } from "../../process/fair-launch/actions.ts";
import { nodeHost } from "../../process/host/node.ts";
import { limits } from "../../process/protocol/limits.ts";
import { identifier, walletAddress } from "../../units/address.ts";
import { tagsOf } from "../../units/message.ts";
import { birth, day, places, type Setup, spawnTags } from "../laws/launch-setup.ts";
import { createSubject, type Subject, tagIn, type TagRecord } from "../laws/launch-subject.ts";

const setup: Setup = {
  ...{ amount: 1_000n, percent: "10", supply: 10_000n, factor: "0.5", periods: 2, grace: 1, delay: 0 },
  ...{ batches: true, numbered: true, aoNumbered: true, ledgers: 1, indexPercent: "" },
  slices: { parts: 5_000, rows: 1_000, batches: 10 },
};
const [ledger] = places.ledgers as [string];
const alice = walletAddress("alice");

function fund(subject: Subject): void {
  const tags = { Action: "Credit-Notice", Sender: places.team, Quantity: "1000" };
  subject.post({ from: places.token, tags: { ...tags, "X-Action": "Initialize-FLP" } });
}
function tick(subject: Subject) {
  return subject.post({ from: places.stranger, tags: { Action: "Tick" } });
}
function report(subject: Subject, rows: string, tags: TagRecord = {}) {
  const page = { Action: "Contribution-Report", Page: "1", Pages: "1", Cycle: "1", Paid: "0" };
  return subject.post({
    from: ledger,
    tags: { ...page, Reference: subject.info().get("Round")!, ...tags },
    data: rows,
  });
}
function describe(subject: Subject): void {
  const info = { Action: "Info-Response", Ticker: "OCN", Denomination: "6", "Numbered-Transfers": "true" };
  subject.post({ from: places.token, tags: info });
}
const figure = (subject: Subject, name: string) => subject.info().get(name);
const sentTo = ({ Messages }: ReturnType<typeof tick>, target: string) =>
  Messages.filter(({ Target }) => Target === target);

test("AO whose notice was lost is counted when the ledger says what it has paid, and once", () => {
  const subject = createSubject(setup);
  const pay = (quantity: string) =>
    subject.post({
      from: places.ao,
      tags: { Action: "Credit-Notice", Sender: ledger, Quantity: quantity },
    });
  fund(subject);
  subject.wait(day);
  tick(subject);
  // 70 were paid: the notice of the first 30 is late, that of the next 40 is lost.
  report(subject, "", { Paid: "30" });
  assert.equal(figure(subject, "Accumulated-Quantity"), "30");
  pay("30");
  assert.equal(figure(subject, "Accumulated-Quantity"), "30", "the late notice tells nothing new");
  report(subject, "", { Paid: "70", Reference: "another round" });
  report(subject, "", { Paid: "7" });
  assert.equal(figure(subject, "Accumulated-Quantity"), "70");
  pay("5");
  assert.equal(figure(subject, "Accumulated-Quantity"), "70", "35 of 75 by notices: less than is known");
  report(subject, "", { Paid: "75" });
  assert.equal(figure(subject, "Accumulated-Quantity"), "75");
  subject.wait(day);
  tick(subject);
  assert.equal(figure(subject, "Waiting"), "0", "it went on to the treasury");
});

test("what a stranger says that a ledger has paid counts for nothing", () => {
  const subject = createSubject(setup);
  const tags = { Action: "Contribution-Report", Reference: "0", Page: "1", Pages: "1", Paid: "99" };
  for (const from of [places.stranger, places.token, places.ao, places.ledgers[1]!])
    subject.post({ from, tags });
  for (const paid of ["-5", "1e9", "", "9".repeat(39)]) report(subject, "", { Paid: paid });
  assert.equal(figure(subject, "Accumulated-Quantity"), "0");
});

test("without rounds the ledgers are asked what they have paid, once a day, and for one page", () => {
  const subject = createSubject(setup);
  const asked = () => {
    subject.wait(day);
    const [, ...more] = [0, ...sentTo(tick(subject), ledger)];
    return more.map((message) => [tagIn(message, "Action"), tagIn(message, "Cursor")]);
  };
  fund(subject);
  assert.deepEqual(asked(), [
    ["Report-Contributions", "0"],
    ["Withdraw", ""],
  ]);
  // Three pages, of which the last is asked for when all is over.
  for (const page of ["1", "2", "3"]) report(subject, `${alice},5`, { Page: page, Pages: "3" });
  asked();
  for (const page of ["1", "2", "3"]) report(subject, `${alice},9`, { Page: page, Pages: "3" });
  assert.equal(figure(subject, "Status"), "Ended");
  assert.deepEqual(asked(), [
    ["Withdraw", ""],
    ["Report-Contributions", "2"],
  ]);
  assert.deepEqual(sentTo(tick(subject), ledger), []);
});

test("a refund waits for the token to say whether it numbers transfers, and is sent again when it does", () => {
  const subject = createSubject(setup);
  const gift = { Action: "Credit-Notice", Sender: alice, Quantity: "7" };
  subject.post({ from: places.token, tags: gift });
  subject.wait(limits.payoutPatience);
  tick(subject);
  assert.equal(figure(subject, "Unconfirmed"), "0");
  describe(subject);
  const [again] = sentTo(tick(subject), places.token).filter(
    (message) => tagIn(message, "Action") === "Transfer",
  );
  assert.equal(tagIn(again!, "Recipient"), alice);
});

test("a refund of a token that says nothing of itself is set aside after the first period", () => {
  const subject = createSubject(setup);
  subject.post({ from: places.token, tags: { Action: "Credit-Notice", Sender: alice, Quantity: "7" } });
  subject.wait(day);
  tick(subject);
  subject.wait(limits.payoutPatience);
  tick(subject);
  assert.equal(figure(subject, "Unconfirmed"), "7");
});

test("a token that delegates to its own launch does not hold up the batch of all the others", () => {
  const subject = createSubject(setup);
  fund(subject);
  subject.wait(day);
  const direct = { Action: "Credit-Notice", Sender: places.token, Quantity: "9", "X-Action": "Delegate" };
  const [back] = sentTo(subject.post({ from: places.ao, tags: direct }), places.ao);
  assert.deepEqual([tagIn(back!, "Recipient"), tagIn(back!, "X-Action")], [places.token, "Refund"]);
  tick(subject);
  const [batch] = sentTo(report(subject, `${places.token},500\n${alice},500`), places.token);
  assert.equal(batch!.Data, `${alice},666`);
});

test("participants to whom nothing comes are passed over a bounded number at a time", () => {
  const crowd = 2 * limits.batchRows * limits.batchesPerMessage;
  const subject = createSubject({ ...setup, amount: 1n });
  const tags = { Action: "Credit-Notice", Sender: places.team, Quantity: "1", "X-Action": "Initialize-FLP" };
  subject.post({ from: places.token, tags });
  subject.wait(2 * day);
  tick(subject);
  const rows = Array.from({ length: crowd }, (_, i) => `${identifier("dust", i)},1`);
  report(subject, rows.join("\n"));
  const phases: (string | undefined)[] = [];
  while (figure(subject, "Round-Phase") !== "idle" && phases.length < 20) {
    subject.post({ from: places.launch, tags: { Action: "Tick" } });
    phases.push(figure(subject, "Round-Phase"));
  }
  assert.equal(phases.at(-1), "idle");
  assert.ok(phases.includes("paying"), "no message looks at all of them");
});

for (const [what, tags] of [
  ["the launch's token as the treasury", { Treasury: places.token }],
  ["AO as the treasury", { Treasury: places.ao }],
  ["the launch as the treasury", { Treasury: places.launch }],
  ["PI as the treasury", { Treasury: places.pi, "PI-Process": places.index, "PI-Token-Process": places.pi }],
  ["AO in the place of PI", { "PI-Process": places.index, "PI-Token-Process": places.ao }],
] as const) {
  test(`${what} is refused: what is paid there would be lost, or come back for ever`, () => {
    const host = nodeHost(fairLaunch);
    const result = host.handle(
      {
        ...{ Id: identifier("first"), Owner: alice, From: alice, Target: places.launch },
        ...{ Tags: tagsOf({ Action: "Info" }), Timestamp: birth },
      },
      {
        Process: {
          ...{ Id: places.launch, Owner: places.owner },
          Tags: tagsOf({ ...spawnTags(setup), ...tags }),
        },
        Module: { Id: places.module },
      },
    );
    assert.match(result.Error ?? "", /^\[invalid-address\]/);
  });
}

test("the history tells each round by itself", () => {
  const subject = createSubject({ ...setup, ledgers: 2 });
  fund(subject);
  const second = places.ledgers[1]!;
  for (const figures of ["5", "7"]) {
    subject.wait(day);
    tick(subject);
    report(subject, `${alice},${figures}`);
    const tags = {
      Action: "Contribution-Report",
      Page: "1",
      Pages: "1",
      Reference: figure(subject, "Round")!,
    };
    subject.post({ from: second, tags });
  }
  const { data } = subject.ask({ Action: "Get-Yield-Tick-History" });
  const rows = JSON.parse(data) as {
    AoReceived: string;
    TokensDistributed: string;
    TriggerMintReportIds: string[];
  }[];
  assert.deepEqual(
    rows.map((row) => [row.AoReceived, row.TokensDistributed, row.TriggerMintReportIds.length]),
    [
      ["5", "666", 2],
      ["2", "334", 2],
    ],
  );
});
