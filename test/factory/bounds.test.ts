/** Work and size are bounded: the registry, a page, what is published, a launch's tags. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { nodeHost } from "../../process/host/node.ts";
import { factory } from "../../process/fair-launch-factory/actions.ts";
import { addRow, setProcess, setStatus } from "../../process/fair-launch-factory/registry.ts";
import type { FactoryState } from "../../process/fair-launch-factory/state.ts";
import { ZERO } from "../../process/math/natural.ts";
import { limits } from "../../process/protocol/limits.ts";
import { readTerms } from "../../process/terms/read-terms.ts";
import { isRefusal } from "../../process/protocol/refusal.ts";
import { identifier } from "../../units/address.ts";
import { encodeTags } from "../../units/items/tag-list.ts";
import { alice, bob, Log } from "../conformance/log.ts";
import { factoryTags, ledgers, requestTags } from "../scene/launch-requests.ts";

const approver = identifier("approver");

function registry(more: Readonly<Record<string, string>> = {}) {
  const log = new Log("bounds", "fair-launch-factory", factoryTags(more));
  const host = nodeHost(factory);
  const run = (step: { readonly message: Parameters<typeof host.handle>[0] }) =>
    host.handle(step.message, log.environment);
  run(log.steps[0]!);
  return { log, run, state: host.kept()!.state };
}

/** Adds rows as if they had been asked for and listed. */
function fill(state: FactoryState, count: number, now: number): void {
  const tags = Object.entries(requestTags(now + 1_000)).map(([name, value]) => ({
    ...{ name, value },
    key: name.toLowerCase(),
  }));
  const terms = readTerms({ tags }, { sender: alice, periods: 180 });
  assert.ok(!isRefusal(terms));
  for (let i = 0; i < count; i++) {
    const request = { id: `request ${i}`, account: alice, notify: alice, now, fee: ZERO };
    const row = addRow(state, request, terms, "Requested");
    setProcess(state, row, `launch ${i}`);
    setStatus(state, row, "Ready", now);
  }
}

test("at the registry's bound requests are refused, reads and what is published stay bounded", () => {
  const { log, run, state } = registry();
  fill(state, limits.launches - 1, log.now);
  assert.equal(run(log.send(alice, requestTags(log.now + 1))).Error, undefined);
  const { Error: error } = run(log.send(alice, requestTags(log.now + 1)));
  assert.match(error ?? "", /^\[registry-full\] The registry holds at most 100000 launches/);
  for (const tags of [{ Action: "Get-FLPs" }, { Action: "Get-Ranked-FLPs", "Sort-By": "created_at_ts" }]) {
    const page = (limit: string) => {
      const { Messages } = run(log.send(bob, { ...tags, Cursor: "0", Limit: limit }));
      return JSON.parse(Messages[0]!.Data) as { items: unknown[]; totalItems: number };
    };
    assert.deepEqual([page("1000").items.length, page("2").totalItems], [1_000, limits.launches - 1]);
    assert.match(run(log.send(bob, { ...tags, Limit: "1001" })).Error ?? "", /^\[invalid-limit\] /);
    const { Messages } = run(log.send(bob, tags));
    assert.equal((JSON.parse(Messages[0]!.Data) as unknown[]).length, limits.defaultPageItems);
  }
  const { Messages } = run(log.send(bob, { Action: "Tick" }));
  const patch = Messages.find(({ Target }) => Target === undefined)!;
  const entries = patch.Tags.slice(1).flatMap(({ name, value }) =>
    name === "info" ? [] : Object.keys(value as unknown as object),
  );
  assert.ok(entries.length <= 2 * limits.publishedRows && entries.length > 0, `${entries.length} rows`);
});

test("so many requests may wait for approval, and no more", () => {
  const { log, run } = registry({ Approver: approver });
  for (let i = 0; i < limits.awaitingApproval; i++)
    assert.equal(run(log.send(alice, requestTags(log.now + 1))).Error, undefined);
  assert.match(run(log.send(alice, requestTags(log.now + 1))).Error ?? "", /^\[busy\] /);
});

test("a spawn's tags fit a data item, at their longest", () => {
  const eight = Array.from({ length: limits.launchLedgers }, (_, i) => identifier("ledger", i));
  const { log, run } = registry({
    ...{ Ledgers: JSON.stringify(eight), "PI-Process": ledgers[0], "PI-Token-Process": ledgers[1] },
    ...{
      "PI-Share": "12.345678901234567891",
      "Grace-Days": "3650",
      "Launch-Cron-Interval": "100000-minutes",
    },
    ...{ Scheduler: identifier("scheduler"), "Numbered-Transfers": "false" },
  });
  let accepted = 0;
  for (let length = 0; length <= limits.termsTextBytes; length += 10) {
    const long = { "Long-Description": "x".repeat(length), "Decay-Factor": "0.123456789012345678" };
    const result = run(
      log.send(alice, requestTags(log.now + 1, { ...long, "Token-Supply": "9".repeat(38) })),
    );
    if (result.Error !== undefined) {
      assert.match(result.Error, /^\[too-long\] /);
      continue;
    }
    accepted = length;
    const pushed = { name: "Pushed-For", value: identifier("pushed") };
    const twice = [
      { name: "From-Process", value: log.id },
      { name: "Variant", value: "ao.TN.1" },
    ];
    const notice = [
      { name: "Process", value: log.id },
      { name: "Action", value: "Spawned" },
    ];
    assert.doesNotThrow(() => encodeTags([...result.Spawns[0]!.Tags, pushed, ...twice, ...notice]));
  }
  assert.ok(accepted > 1_000, `descriptions of up to ${accepted} bytes`);
});
