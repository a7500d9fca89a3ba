/** The factory's laws (docs/factory.md), over histories with lost, repeated, late and forged messages. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { FactoryState } from "../../process/fair-launch-factory/state.ts";
import { histories, type RegistryHistory } from "./registry-history.ts";
import { listedStatuses, type Request } from "./registry-model.ts";
import { Registry } from "./registry-subject.ts";

const runs = Number(process.env.LAW_RUNS ?? 100);

/** Plays random histories, and looks after each step. */
function testLaw(name: string, look: (registry: Registry) => void): void {
  test(name, () => {
    fc.assert(
      fc.property(histories, (history: RegistryHistory) => {
        const registry = new Registry(history);
        for (const step of history.steps) {
          registry.play(step);
          look(registry);
        }
      }),
      { numRuns: runs },
    );
  });
}

const idOf = (registry: Registry, request: Request) =>
  registry.model.isListed(request) ? request.child! : "";

testLaw("RG1 listed is what was spawned by us and has answered as it was spawned", (registry) => {
  const { model } = registry;
  const listed = model.requests.filter((request) => model.isListed(request)).reverse();
  const rows = registry.walk({ Action: "Get-FLPs" }, 3);
  assert.deepEqual(
    rows.map(({ id, request_id: request, status }) => [id, request, status]),
    listed.map((request) => [request.child, request.id, request.status]),
  );
  const others = registry.walk({ Action: "Get-Requests" }, 4).map(({ request_id: id }) => id);
  const unlisted = model.requests.filter((request) => !model.isListed(request)).reverse();
  assert.deepEqual(
    others,
    unlisted.map(({ id }) => id),
  );
});

testLaw(
  "RG2 RG3 RG4 a request is what the model says: once, never by forgery, again after the patience",
  (registry) => {
    for (const request of registry.model.requests) {
      const row = registry.row(request.id);
      const { status, held, by, deployer, start, accumulated, ticks } = request;
      assert.deepEqual(
        [row.status, row.flp_id, row.creation_fee, row.requested_by, row.deployer, row.starts_at_ts],
        [status, idOf(registry, request), `${held}`, by, deployer, start],
      );
      assert.deepEqual([row.accumulated_qty, row.total_yield_ticks], [`${accumulated}`, `${ticks}`]);
      assert.equal(row.failure_reason !== "", status === "Failed");
      const { data } = registry.ask({ Action: "Get-FLP-Id", "Request-Id": request.id });
      assert.equal((JSON.parse(data) as Record<string, string>)["FLP-Id"], idOf(registry, request));
    }
  },
);

testLaw("RG5 the totals are those of the rows", (registry) => {
  const rows = registry.walk({ Action: "Get-FLPs" }, 100);
  const stats = JSON.parse(registry.ask({ Action: "Get-Aggregated-Stats" }).data) as Record<string, unknown>;
  const sum = (name: string) => `${rows.reduce((total, row) => total + BigInt(row[name]!), 0n)}`;
  assert.equal(stats.total_flps, rows.length);
  for (const status of listedStatuses)
    assert.equal(stats[`${status.toLowerCase()}_flps`], rows.filter((row) => row.status === status).length);
  for (const name of ["accumulated_qty", "withdrawn_qty", "accumulated_pi_qty", "withdrawn_pi_qty"])
    assert.equal(stats[`total_${name}`], sum(name), name);
  assert.equal(stats.total_yield_ticks, sum("total_yield_ticks"));
  assert.equal(stats.total_requests, registry.model.requests.length);
});

testLaw(
  "CR2 fees and other AO received = credited + held + surplus + pending + unconfirmed + paid",
  (registry) => {
    const { model } = registry;
    const { tag } = registry.ask({ Action: "Info" });
    const figure = (name: string) => BigInt(tag(name));
    const sides = ["Fees-Credited", "Fees-Held", "Surplus-AO", "Pending", "Unconfirmed", "Paid"].map(figure);
    assert.equal(
      figure("Fees-Received") + figure("Foreign-AO"),
      sides.reduce((sum, side) => sum + side, 0n),
    );
    const pending = [...model.open.values()].reduce((sum, { quantity }) => sum + quantity, 0n);
    const credited = [...model.credits.values()].reduce((sum, credit) => sum + credit, 0n);
    const held = model.requests.reduce((sum, request) => sum + request.held, 0n);
    assert.deepEqual(sides, [credited, held, model.surplus, pending, 0n, model.paid]);
    assert.deepEqual(["Fees-Received", "Foreign-AO", "Fees-Earned"].map(figure), [
      model.received,
      model.foreign,
      model.earned,
    ]);
    // Whoever has nothing left leaves no trace.
    const { fees } = registry.host.kept()!.state as FactoryState;
    const creditors = [...model.credits].filter(([, credit]) => credit > 0n).map(([account]) => account);
    assert.deepEqual(Object.keys(fees.credits).sort(), creditors.sort());
  },
);

const sortings = ["accumulated_qty", "total_yield_ticks", "created_at_ts", "starts_at_ts", "decay_factor"];

test("RG6 a walk by cursor gives each row once while rows come and go", () => {
  const property = fc.property(
    histories,
    histories,
    fc.integer({ min: 1, max: 3 }),
    fc.constantFrom("", ...sortings),
    (before, during, limit, sorting) => {
      const registry = new Registry(before);
      for (const step of before.steps) registry.play(step);
      const tags =
        sorting === "" ? { Action: "Get-FLPs" } : { Action: "Get-Ranked-FLPs", "Sort-By": sorting };
      const first = registry.walk(tags, 100).map(({ id }) => id);
      const steps = during.steps.filter(({ kind }) => sorting === "" || kind !== "report");
      const rows = registry.walk(tags, limit, () => {
        const next = steps.splice(0, 5);
        for (const step of next) registry.play(step);
      });
      const ids = rows.map(({ id }) => id);
      assert.equal(new Set(ids).size, ids.length, "none twice");
      // Nothing leaves the registry: what was there at the beginning comes, in its order.
      assert.deepEqual(
        ids.filter((id) => first.includes(id)),
        first,
      );
    },
  );
  fc.assert(property, { numRuns: runs });
});

test("a list by a figure is sorted by its value, newest first of equal ones, in both orders", () => {
  const property = fc.property(
    histories,
    fc.constantFrom(...sortings),
    fc.boolean(),
    (history, field, ascending) => {
      const registry = new Registry(history);
      for (const step of history.steps) registry.play(step);
      const order = ascending ? "asc" : "desc";
      const tags = { Action: "Get-Ranked-FLPs", "Sort-By": field, Order: order };
      const rows = registry.walk(tags, 2);
      const newest = registry.walk({ Action: "Get-FLPs" }, 100);
      const value = (row: (typeof rows)[number]) => (field === "decay_factor" ? 0n : BigInt(row[field]!));
      const sorted = newest.sort((one, other) => {
        const difference = value(one) - value(other);
        return Number(difference > 0n) - Number(difference < 0n);
      });
      const expected = ascending ? sorted : stableReverse(sorted, value);
      assert.deepEqual(
        rows.map(({ id }) => id),
        expected.map(({ id }) => id),
      );
    },
  );
  fc.assert(property, { numRuns: runs });
});

/** Descending, with equal ones in the order that they had. */
function stableReverse<Row>(rows: readonly Row[], value: (row: Row) => bigint): Row[] {
  return [...rows].sort(
    (one, other) => Number(value(other) > value(one)) - Number(value(other) < value(one)),
  );
}
