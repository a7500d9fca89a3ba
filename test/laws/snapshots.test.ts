/** Snapshots too large for one message: they come into effect bit by bit, and no cycle sees half of one. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { limits } from "../../process/protocol/limits.ts";
import { walletAddress } from "../../units/address.ts";
import { accruedByWallet, assertRecomputes } from "./recomputation.ts";
import { plainRules } from "./plain-rules.ts";
import { addresses, createSubject, type Subject } from "./subject.ts";

const UNIT = 10n ** 42n;
const pages = 4;
const [alice, bob] = [walletAddress("alice"), walletAddress("bob")];

/** An address that costs no hash. */
function holder(number: number): string {
  return `${number}`.padStart(43, "w");
}

function report(subject: Subject, snapshot: number, page: number, of: number, rows: readonly string[]) {
  const tags = {
    Action: "Set-Balances",
    Token: "AR",
    Snapshot: `${snapshot}`,
    Page: `${page}`,
    Pages: `${of}`,
  };
  return subject.post(addresses.oracle, tags, rows.join("\n"));
}

function mint(subject: Subject, cumulative: bigint): void {
  assert.equal(subject.request({ kind: "minting", cycle: 1, cumulative }).error, "");
}

const phase = (subject: Subject): string => subject.state().tokens[0]!.snapshot.phase;

/** Alice has everything, and a large snapshot has come in that gives all of it to many others. */
function betweenSnapshots(): Subject {
  const subject = createSubject(plainRules);
  assert.equal(report(subject, 1, 1, 1, [`${alice},1000`]).Error, undefined);
  mint(subject, 100n);
  for (let page = 1; page <= pages; page++) {
    const first = (page - 1) * limits.csvRows;
    const rows = Array.from({ length: limits.csvRows }, (_, i) => `${holder(first + i)},1`);
    assert.equal(report(subject, 2, page, pages, rows).Error, undefined);
  }
  return subject;
}

test("a cycle that comes between waits, and is shared out on the whole snapshot", () => {
  const subject = betweenSnapshots();
  assert.equal(phase(subject), "rows");
  // The mint's message brings the rest of the rows into effect; what nobody named is still there.
  mint(subject, 100n + 80_000n);
  assert.equal(phase(subject), "idle");
  assertRecomputes(subject.state());
  const accrued = accruedByWallet(subject.state());
  assert.equal(accrued.get(alice), 100n * UNIT, "Alice earned the first cycle only");
  assert.equal(accrued.get(holder(0)), UNIT);
  assert.equal(accrued.get(holder(pages * limits.csvRows - 1)), UNIT);
});

test("meanwhile further pages are told to wait, and delegations go on", () => {
  const subject = betweenSnapshots();
  assert.match(report(subject, 3, 1, 1, [`${bob},1`]).Error ?? "", /^\[busy\]/);
  for (const from of [alice, holder(pages * limits.csvRows - 1)]) {
    const data = JSON.stringify({ walletFrom: from, walletTo: bob, factor: 5_000 });
    assert.equal(subject.post(from, { Action: "Set-Delegation" }, data).Error, undefined);
  }
  assert.equal(subject.post(bob, { Action: "Tick" }).Error, undefined);
  assert.equal(phase(subject), "idle");
  assertRecomputes(subject.state());
  mint(subject, 100n + 80_000n);
  // Half of what the last of the holders earned; Alice has nothing any more.
  assert.equal(accruedByWallet(subject.state()).get(bob), UNIT / 2n);
  assert.equal(report(subject, 3, 1, 1, [`${bob},1`]).Error, undefined);
  while (phase(subject) !== "idle") subject.post(bob, { Action: "Tick" });
  assertRecomputes(subject.state());
  assert.equal(subject.state().tokens[0]!.total.length, 1);
});

test("an interrupted snapshot leaves no trace", () => {
  const subject = createSubject(plainRules);
  report(subject, 1, 1, 1, [`${alice},1000`]);
  report(subject, 2, 1, 3, [`${bob},5`]);
  report(subject, 2, 2, 3, [`${holder(1)},5`]);
  assert.equal(report(subject, 3, 1, 1, [`${alice},7`]).Error, undefined);
  mint(subject, 10n);
  assert.deepEqual([...accruedByWallet(subject.state()).keys()], [alice]);
});
