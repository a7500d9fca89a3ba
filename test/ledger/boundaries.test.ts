/** The last that is allowed, and the first that is not; and what is free is used again. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { limits } from "../../process/protocol/limits.ts";
import { walletAddress } from "../../units/address.ts";
import { type Tag, tagValue } from "../../units/message.ts";
import { plainRules } from "../laws/plain-rules.ts";
import { addresses, createSubject, type Subject, type TagRecord } from "../laws/subject.ts";

const [alice, bob, carol] = [walletAddress("alice"), walletAddress("bob"), walletAddress("carol")];

function report(subject: Subject, snapshot: number, csv: string): string | undefined {
  const tags = { Action: "Set-Balances", Token: "AR", Snapshot: `${snapshot}` };
  return subject.post(addresses.oracle, tags, csv).Error;
}

function delegate(subject: Subject, from: string, to: string, factor: number): void {
  const data = JSON.stringify({ walletFrom: from, walletTo: to, factor });
  assert.equal(subject.post(from, { Action: "Set-Delegation" }, data).Error, undefined);
}

function distribute(subject: Subject, cycle: number, cumulative: bigint): void {
  assert.equal(subject.request({ kind: "minting", cycle, cumulative }).error, "");
}

function items(subject: Subject, tags: TagRecord): readonly Record<string, unknown>[] {
  return (JSON.parse(subject.ask(tags).data) as { items: Record<string, unknown>[] }).items;
}

test("what an edge has contributed is remembered from exactly one unit on", () => {
  for (const [factor, expected] of [
    [10_000, ["1"]],
    [9_999, []],
  ] as const) {
    const subject = createSubject(plainRules);
    assert.equal(report(subject, 1, `${alice},1000000000000`), undefined);
    delegate(subject, alice, bob, factor);
    distribute(subject, 1, 1n);
    delegate(subject, alice, bob, 0);
    const contributed = items(subject, { Action: "Get-Contributions", Wallet: alice });
    assert.deepEqual(
      contributed.map((item) => item.contributed),
      expected,
    );
  }
});

test("an edge that is used again has contributed nothing yet", () => {
  const subject = createSubject(plainRules);
  assert.equal(report(subject, 1, `${alice},1000000000000`), undefined);
  delegate(subject, alice, bob, 5_000);
  distribute(subject, 1, 1n);
  delegate(subject, alice, bob, 0);
  assert.equal(report(subject, 2, `${carol},1000000000000`), undefined);
  delegate(subject, carol, bob, 5_000);
  distribute(subject, 2, 2n);
  assert.equal(subject.state().edges.extent, 1);
  const contributed = items(subject, { Action: "Get-Contributions", Wallet: carol });
  assert.deepEqual(
    contributed.map((item) => item.contributed),
    ["0"],
  );
});

test("free edges and free positions among a wallet's edges are used again", () => {
  const subject = createSubject(plainRules);
  assert.equal(report(subject, 1, `${bob},1000000000000`), undefined);
  for (let i = 0; i < 20; i++) {
    const delegator = walletAddress(`delegator ${i}`);
    delegate(subject, delegator, bob, 5_000);
    delegate(subject, delegator, bob, 0);
  }
  const { edges, wallets } = subject.state();
  assert.equal(edges.extent, 1);
  assert.equal(wallets.incoming[wallets.register.slots[bob]!]!.length, 1);
});

test("the latest cycles can be asked about, the newest first, and no more are kept", () => {
  const subject = createSubject(plainRules);
  const cycles = limits.rememberedCycles + 2;
  for (let cycle = 1; cycle <= cycles; cycle++) distribute(subject, cycle, BigInt(cycle));
  assert.equal(subject.state().cycles.length, limits.rememberedCycles);
  const newest = items(subject, { Action: "Get-Cycles", Limit: "2" });
  assert.deepEqual(
    newest.map(({ cycle }) => cycle),
    [cycles, cycles - 1],
  );
  const oldest = items(subject, { Action: "Get-Cycles", Cursor: `${limits.rememberedCycles - 1}` });
  assert.deepEqual(
    oldest.map(({ cycle }) => cycle),
    [3],
  );
});

test("the cycle does not fall back when figures come in the wrong order", () => {
  const subject = createSubject(plainRules);
  distribute(subject, 9, 10n);
  distribute(subject, 8, 20n);
  assert.equal(tagValue(subject.ask({ Action: "Info" }).tags as Tag[], "Cycle"), "9");
});

test("a page of a snapshot may have exactly 20,000 rows", () => {
  const subject = createSubject(plainRules);
  const rows = Array<string>(limits.csvRows).fill(`${alice},1`);
  assert.match(report(subject, 1, [...rows, `${alice},1`].join("\n")) ?? "", /^\[invalid-csv\]/);
  assert.equal(report(subject, 1, rows.join("\n")), undefined);
});

test("a contribution report has no empty page behind full ones, and counts as paid what has been paid", () => {
  const subject = createSubject(plainRules);
  const delegators = Array.from({ length: limits.reportRows }, (_, i) => walletAddress(`delegator ${i}`));
  const csv = delegators.map((delegator) => `${delegator},1000000000000`).join("\n");
  assert.equal(report(subject, 1, csv), undefined);
  for (const delegator of delegators) delegate(subject, delegator, bob, 10_000);
  distribute(subject, 1, 5_000n);
  const pages = () => {
    const { Messages } = subject.post(bob, { Action: "Report-Contributions" });
    return Messages.map(({ Tags, Data }) => ({
      pages: tagValue(Tags, "Pages"),
      paid: tagValue(Tags, "Paid"),
      rows: Data.split("\n").length,
    }));
  };
  const one = { pages: "1", rows: limits.reportRows };
  assert.equal(subject.post(bob, { Action: "Withdraw" }).Error, undefined);
  assert.deepEqual(pages(), [{ ...one, paid: "0" }]);
  subject.request({ kind: "answer", payout: 1, paid: true });
  assert.deepEqual(pages(), [{ ...one, paid: "5000" }]);

  delegate(subject, carol, bob, 10_000);
  assert.equal(subject.post(bob, { Action: "Report-Contributions" }).Messages.length, 2);
});

test("of equal shares above all, the first address gets the basis point that is left over", () => {
  const subject = createSubject(plainRules);
  const targets = [bob, carol, walletAddress("dave")].toSorted();
  const delegations = targets.toReversed().map((walletTo) => ({ walletTo, factor: 5_000 }));
  const data = JSON.stringify({ delegations, version: 1 });
  assert.equal(subject.post(alice, { Action: "Set-Delegations" }, data).Error, undefined);
  const { edges, wallets } = subject.state();
  const factors = new Map(
    edges.to.flatMap((slot, edge) => [[wallets.register.names[slot], edges.factor[edge]] as const]),
  );
  assert.deepEqual(
    targets.map((target) => factors.get(target)),
    [3_334, 3_333, 3_333],
  );
});
