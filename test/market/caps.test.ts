/** The leaky bucket and the hourly window. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { bucketRoom, emptyBucket, takeFromBucket } from "../../process/market/bucket.ts";
import { emptyWindow, takeFromWindow, WINDOW_LENGTH, windowRoom } from "../../process/market/window.ts";
import { toBigInt, toNatural } from "../math/values.ts";

const RUNS = { numRuns: 200 };
const DAY = 86_400_000n;
const BEGIN = 1_800_000_000_000;

interface Taking {
  readonly after: number;
  readonly amount: bigint;
}

interface Taken {
  readonly at: number;
  readonly amount: bigint;
}

const capacity = fc.oneof(fc.bigInt(0n, 1000n), fc.bigInt(1n, 10n ** 30n));
/** Takings in parts of a capacity: most of them fit for a while, and then they don't. */
const takings = (longest: number) =>
  fc.tuple(capacity, fc.array(fc.tuple(fc.nat(longest), fc.nat(90)), { maxLength: 60, size: "max" })).map(
    ([whole, list]) =>
      [
        whole,
        list.map(([after, part]): Taking => ({
          after,
          amount: (whole * BigInt(part)) / 100n + BigInt(part % 2),
        })),
      ] as const,
  );

const isWithin = ({ at }: Taken, from: number, to: number) => at >= from && at < to;
const sumOf = (list: readonly Taken[]) => list.reduce((all, { amount }) => all + amount, 0n);

test("AU11 the level is that of a bucket of fractions, never below zero, and a taking fits or changes nothing", () => {
  fc.assert(
    fc.property(takings(30_000_000), ([whole, list]) => {
      const bucket = emptyBucket();
      let now = BEGIN;
      // What is in it, in parts of a day of a unit.
      let level = 0n;
      for (const { after, amount } of list) {
        now += after;
        level = level > whole * BigInt(after) ? level - whole * BigInt(after) : 0n;
        const room = (whole * DAY - level) / DAY;
        assert.equal(toBigInt(bucketRoom(bucket, toNatural(whole), now)), room);
        const before = JSON.stringify(bucket);
        const fits = takeFromBucket(bucket, toNatural(whole), toNatural(amount), now);
        assert.equal(fits, amount <= room);
        if (fits) level += amount * DAY;
        else assert.equal(JSON.stringify(bucket), before);
      }
    }),
    RUNS,
  );
});

test("AU11 in any stretch of time at most capacity · (1 + time / day) is lost", () => {
  fc.assert(
    fc.property(takings(30_000_000), ([whole, list]) => {
      const bucket = emptyBucket();
      const taken: Taken[] = [];
      let now = BEGIN;
      for (const { after, amount } of list) {
        now += after;
        if (takeFromBucket(bucket, toNatural(whole), toNatural(amount), now)) taken.push({ at: now, amount });
      }
      for (const { at: from } of taken) {
        for (const { at: to } of taken) {
          const lost = sumOf(taken.filter((each) => isWithin(each, from, to + 1)));
          assert.ok(lost * DAY <= whole * (DAY + BigInt(Math.max(0, to - from))));
        }
      }
    }),
    RUNS,
  );
});

test("a full bucket has no room, half a day later half of it, a day later all", () => {
  const bucket = emptyBucket();
  const ten = toNatural(10n);
  const room = (now: number, whole = 10n) => toBigInt(bucketRoom(bucket, toNatural(whole), now));
  assert.ok(takeFromBucket(bucket, ten, ten, BEGIN));
  const half = BEGIN + 43_200_000;
  assert.deepEqual(
    [BEGIN, half - 1, half, BEGIN + 86_399_999, BEGIN + 86_400_000].map((now) => room(now)),
    [0n, 4n, 5n, 9n, 10n],
  );
  assert.equal(room(BEGIN - 5), 0n, "an earlier time leaks nothing");
  assert.equal(room(BEGIN, 4n), 0n, "a lowered capacity leaves no room, and is no error");
  assert.ok(takeFromBucket(bucket, ten, toNatural(0n), BEGIN - 5));
  assert.equal(bucket.at, BEGIN, "time never goes back");
  assert.equal(room(half), 5n, "and what was in it stays");
});

const hours = takings(1_500_000);

test("IX8 over any window of an hour, wherever it begins, the sum stays within the cap", () => {
  let refused = 0;
  fc.assert(
    fc.property(hours, ([cap, list]) => {
      const window = emptyWindow();
      const taken: Taken[] = [];
      let now = BEGIN;
      for (const { after, amount } of list) {
        now += after;
        const before = JSON.stringify(window);
        if (takeFromWindow(window, toNatural(cap), toNatural(amount), now)) taken.push({ at: now, amount });
        else {
          refused += 1;
          assert.equal(JSON.stringify(window), before, "a refusal changes nothing");
        }
      }
      for (const { at } of taken) {
        assert.ok(sumOf(taken.filter((each) => isWithin(each, at, at + WINDOW_LENGTH + 1))) <= cap);
        assert.ok(sumOf(taken.filter((each) => isWithin(each, at - WINDOW_LENGTH, at + 1))) <= cap);
      }
    }),
    RUNS,
  );
  assert.ok(refused > 1000, "caps are reached");
});

test("the window's room is the cap less what was taken in this slot of five minutes and the twelve before", () => {
  const slot = (at: number) => Math.floor(at / 300_000);
  fc.assert(
    fc.property(hours, fc.nat(9_000_000), ([cap, list], later) => {
      const window = emptyWindow();
      const taken: Taken[] = [];
      let now = BEGIN;
      const roomAt = (time: number) => {
        const counted = sumOf(taken.filter(({ at }) => slot(at) >= slot(time) - 12));
        return counted < cap ? cap - counted : 0n;
      };
      for (const { after, amount } of list) {
        now += after;
        assert.equal(toBigInt(windowRoom(window, toNatural(cap), now)), roomAt(now));
        const fits = takeFromWindow(window, toNatural(cap), toNatural(amount), now);
        assert.equal(fits, amount <= roomAt(now));
        if (fits) taken.push({ at: now, amount });
      }
      assert.equal(toBigInt(windowRoom(window, toNatural(cap), now + later)), roomAt(now + later));
    }),
    RUNS,
  );
});

test("a taking at an earlier time counts as one at the latest", () => {
  const window = emptyWindow();
  const room = (at: number) => toBigInt(windowRoom(window, toNatural(10n), at));
  assert.ok(takeFromWindow(window, toNatural(10n), toNatural(4n), BEGIN));
  assert.ok(takeFromWindow(window, toNatural(10n), toNatural(3n), BEGIN - 30_000_000));
  assert.deepEqual([room(BEGIN - 30_000_000), room(BEGIN), room(BEGIN + 3_600_000)], [3n, 3n, 3n]);
});

test("what was taken counts for an hour at least, and for 65 minutes at most", () => {
  const minutes = 60_000;
  const start = Math.ceil(BEGIN / 300_000) * 300_000;
  const cap = toNatural(10n);
  for (const offset of [0, 1, 299_999]) {
    const window = emptyWindow();
    assert.ok(takeFromWindow(window, cap, cap, start + offset));
    const room = (at: number) => toBigInt(windowRoom(window, cap, at));
    assert.equal(room(start + offset + 60 * minutes), 0n);
    assert.equal(room(start + 65 * minutes - 1), 0n);
    assert.equal(room(start + 65 * minutes), 10n);
    assert.equal(room(start - 500 * minutes), 0n, "an earlier time frees nothing");
    assert.ok(!takeFromWindow(window, cap, toNatural(1n), start - 500 * minutes));
    assert.equal(toBigInt(windowRoom(window, toNatural(4n), start)), 0n, "a lowered cap leaves no room");
  }
});
