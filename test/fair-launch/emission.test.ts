/** The schedule as a launch itself tells it, against the vectors and against exact fractions. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import { fairLaunch } from "../../process/fair-launch/actions.ts";
import { nodeHost } from "../../process/host/node.ts";
import { identifier, walletAddress } from "../../units/address.ts";
import { dryRunMessage, tagsOf } from "../../units/message.ts";

interface Item {
  readonly period: number;
  readonly emission: string;
  readonly emitted: string;
}

type Read = (cursor: number, limit: number) => readonly Item[];

/** What reads the schedule of a launch with these terms. */
function launchOf(allocation: string, decayFactor: string, periods: number): Read {
  const id = identifier("launch");
  const tags = tagsOf({
    Name: "Launch",
    Treasury: walletAddress("treasury"),
    "Token-Process": identifier("token"),
    "Token-Supply": allocation,
    "Decay-Factor": decayFactor,
    Duration: `${periods}`,
    "Start-Date": "2027-01-01",
    "AO-Token": identifier("AO"),
    Ledgers: JSON.stringify([identifier("ledger")]),
  });
  const environment = { Process: { Id: id, Owner: walletAddress("owner"), Tags: tags }, Module: { Id: "m" } };
  const host = nodeHost(fairLaunch);
  const time = { timestamp: 1_795_200_000_000, height: 1 };
  return (cursor, limit) => {
    const asked = { Action: "Get-Emission-Schedule", Cursor: `${cursor}`, Limit: `${limit}` };
    const message = dryRunMessage({ target: id, tags: tagsOf(asked) }, time);
    const { Messages, Error: error } = host.dryRun(message, environment);
    assert.equal(error, undefined);
    return (JSON.parse(Messages[0]!.Data) as { items: Item[] }).items;
  };
}

interface Vectors {
  readonly schedules: readonly {
    readonly allocation: string;
    readonly decayFactor: string;
    readonly periods: number;
    readonly rows: readonly Item[];
  }[];
}

test("every row of the vectors, to the last unit, and the allocation in all", () => {
  const file = new URL("../data/decay.json", import.meta.url);
  const { schedules } = JSON.parse(readFileSync(file, "utf8")) as Vectors;
  for (const { allocation, decayFactor, periods, rows } of schedules) {
    const read = launchOf(allocation, decayFactor, periods);
    for (const row of rows) {
      const [{ period, emission, emitted }] = read(row.period - 1, 1) as [Item];
      assert.deepEqual({ period, emission, emitted }, row);
    }
    assert.equal(read(periods - 1, 1)[0]!.emitted, allocation);
    assert.deepEqual(read(periods, 1), [], "and nothing after it");
  }
  assert.ok(schedules.length >= 5);
});

/** allocation · (1 − r^n) / (1 − r^N), rounded down, in exact fractions. */
function exact(allocation: bigint, significant: bigint, periods: number, period: number): bigint {
  const scale = 10n ** 18n;
  const complement = (n: number): bigint => scale ** BigInt(n) - significant ** BigInt(n);
  return (allocation * complement(period) * scale ** BigInt(periods - period)) / complement(periods);
}

const significant = fc.oneof(
  fc.bigInt(1n, 10n ** 18n - 1n),
  fc.bigInt(99n * 10n ** 16n, 10n ** 18n - 1n),
  fc.constantFrom(1n, 9n * 10n ** 17n, 10n ** 18n - 1n),
);
const allocations = fc.oneof(fc.bigInt(1n, 10n ** 38n - 1n), fc.bigInt(1n, 5_000n));
const factorOf = (digits: bigint): string => `0.${digits.toString().padStart(18, "0")}`;

test("any r of 18 places and N up to 3650: each period within one unit of the exact value", () => {
  const cases = fc.record({
    allocation: allocations,
    significant,
    periods: fc.integer({ min: 1, max: 3650 }),
  });
  fc.assert(
    fc.property(cases, fc.double({ min: 0, max: 1, noNaN: true }), (terms, place) => {
      const { allocation, periods } = terms;
      const read = launchOf(`${allocation}`, factorOf(terms.significant), periods);
      const chosen = new Set([1, Math.max(1, Math.round(place * periods)), periods]);
      for (const period of chosen) {
        const [item] = read(period - 1, 1) as [Item];
        const difference = BigInt(item.emitted) - exact(allocation, terms.significant, periods, period);
        assert.ok(difference >= -1n && difference <= 1n, `period ${period}: off by ${difference}`);
      }
      assert.equal(read(periods - 1, 1)[0]!.emitted, `${allocation}`);
    }),
    { numRuns: 40 },
  );
});

test("the emissions of all periods add up to the allocation, and FL3: none is more than one above the one before", () => {
  const cases = fc.record({
    allocation: allocations,
    significant,
    periods: fc.integer({ min: 1, max: 400 }),
  });
  fc.assert(
    fc.property(cases, ({ allocation, significant: digits, periods }) => {
      const items = launchOf(`${allocation}`, factorOf(digits), periods)(0, 1_000);
      assert.equal(items.length, periods);
      const emissions = items.map(({ emission }) => BigInt(emission));
      assert.equal(
        emissions.reduce((sum, one) => sum + one),
        allocation,
      );
      emissions.slice(1).forEach((one, i) => assert.ok(one <= emissions[i]! + 1n, `period ${i + 2}`));
    }),
    { numRuns: 25 },
  );
});

test("3,650 periods are read in four pages", () => {
  const read = launchOf("1000000000000", "0.999", 3_650);
  let sum = 0n;
  let count = 0;
  for (let cursor = 0; cursor < 3_650; cursor += 1_000) {
    for (const { period, emission } of read(cursor, 1_000)) {
      count += 1;
      assert.equal(period, count);
      sum += BigInt(emission);
    }
  }
  assert.deepEqual([count, sum], [3_650, 10n ** 12n]);
});

test("the specification's presets by name", () => {
  assert.deepEqual(launchOf("1000", "aggressive", 10)(0, 10), launchOf("1000", "0.9", 10)(0, 10));
  assert.deepEqual(launchOf("1000", "moderate", 10)(0, 10), launchOf("1000", "0.95", 10)(0, 10));
  assert.deepEqual(launchOf("1000", "linear-like", 11)(0, 11), launchOf("1000", "0.9", 11)(0, 11));
});
