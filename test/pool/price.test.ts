/** The mean price over time: exact, and not to be moved by what stands for an instant. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { walletAddress } from "../../units/address.ts";
import { tagValue } from "../../units/message.ts";
import { createPoolSubject, found, type PoolSubject, sent } from "../laws/pool-subject.ts";

const mallory = walletAddress("mallory");
const scale = 10n ** 42n;
const minute = 60_000;

interface Sums {
  readonly at: bigint;
  readonly sums: readonly [bigint, bigint];
}

function sumsOf(subject: PoolSubject): Sums {
  const tags = subject.ask({ Action: "Get-Cumulative-Price" });
  const value = (name: string) => BigInt(tagValue(tags, name)!);
  return { at: value("As-Of-Timestamp"), sums: [value("Price-A-Cumulative"), value("Price-B-Cumulative")] };
}

/** The mean price of the first token between two readings, in millionths. */
function meanPrice(from: Sums, to: Sums): bigint {
  return ((to.sums[0] - from.sums[0]) * 1_000_000n) / (to.at - from.at) / scale;
}

function swap(subject: PoolSubject, side: 0 | 1, quantity: bigint): bigint {
  const tags = { "X-Action": "Swap", "X-Expected-Min-Output": "1" };
  const [output] = sent(subject.credit(side, mallory, quantity, tags), "Transfer");
  return BigInt(tagValue(output!, "Quantity")!);
}

const stillPool = (): PoolSubject => {
  const subject = createPoolSubject({ fee: 0 });
  found(subject, [10n ** 15n, 4n * 10n ** 15n]);
  return subject;
};

test("the sums are price · milliseconds: 4 and a quarter, for an hour", () => {
  const subject = stillPool();
  const before = sumsOf(subject);
  assert.deepEqual(before.sums, [0n, 0n]);
  subject.wait(60 * minute);
  assert.deepEqual(sumsOf(subject).sums, [4n * 3_600_000n * scale, (3_600_000n * scale) / 4n]);
});

test("a price that is moved and moved back within one instant leaves no trace in the mean", () => {
  const subject = stillPool();
  subject.wait(minute);
  const before = sumsOf(subject);
  const got = swap(subject, 0, 9n * 10n ** 15n);
  assert.ok(BigInt(tagValue(subject.ask({ Action: "Get-Reserves" }), "Reserves-Token-B")!) < 10n ** 15n);
  assert.deepEqual(sumsOf(subject).sums, before.sums);
  swap(subject, 1, got);
  subject.wait(minute);
  const mean = meanPrice(before, sumsOf(subject));
  assert.ok(mean <= 4_000_000n && mean >= 3_999_999n, `${mean}`);
});

test("a price held wrong for one block of two minutes moves the mean of a day by that block's part of it, no more", () => {
  const subject = stillPool();
  const before = sumsOf(subject);
  subject.wait(719 * 2 * minute);
  // A hundredfold: from 4 to 0.04.
  const got = swap(subject, 0, 9n * 10n ** 15n);
  subject.wait(2 * minute);
  swap(subject, 1, got);
  const mean = meanPrice(before, sumsOf(subject));
  assert.ok(mean >= (4_000_000n * 719n) / 720n && mean < 4_000_000n, `${mean}`);
});

test("reading, ticking, failing and donating as often as one likes wears nothing down", () => {
  const poke = fc.constantFrom("tick", "swap too much", "stray", "read", "give");
  const property = fc.property(
    fc.array(fc.tuple(poke, fc.integer({ min: 1, max: 5 })), { maxLength: 40 }),
    (pokes) => {
      const [alone, poked] = [createPoolSubject(), createPoolSubject()];
      for (const subject of [alone, poked]) found(subject, [10n ** 6n + 7n, 3n * 10n ** 9n + 1n]);
      for (const [what, milliseconds] of pokes) {
        for (const subject of [alone, poked]) subject.wait(milliseconds);
        if (what === "tick") poked.post(mallory, { Action: "Tick" });
        if (what === "read") sumsOf(poked);
        if (what === "stray") poked.credit(0, mallory, 5n, {});
        if (what === "give") poked.credit(1, mallory, 5n, { "X-Action": "Refund" });
        if (what === "swap too much")
          poked.credit(0, mallory, 5n, { "X-Action": "Swap", "X-Expected-Min-Output": `${10n ** 30n}` });
      }
      assert.deepEqual(sumsOf(poked), sumsOf(alone));
    },
  );
  fc.assert(property, { numRuns: 50 });
});

test("the sums never fall, and each change costs the exact mean less than one unit of the 42nd place", () => {
  const amounts = fc.array(fc.tuple(fc.constantFrom<0 | 1>(0, 1), fc.bigInt(1n, 10n ** 12n), fc.nat(1_000)), {
    minLength: 5,
    maxLength: 30,
  });
  const property = fc.property(amounts, (trades) => {
    const subject = createPoolSubject();
    found(subject, [10n ** 12n, 10n ** 11n]);
    let last = sumsOf(subject);
    for (const [side, quantity, milliseconds] of trades) {
      subject.wait(milliseconds);
      const [a, b] = subject.state().sides.map(({ reserve }) => reserve);
      assert.ok(a!.length > 0 && b!.length > 0);
      subject.credit(side, mallory, quantity, { "X-Action": "Swap", "X-Expected-Min-Output": "1" });
      const now = sumsOf(subject);
      assert.ok(now.sums[0] >= last.sums[0] && now.sums[1] >= last.sums[1]);
      // p · (1 ÷ p) = 1: over any one stretch, the product of the two is the square of the time.
      const time = now.at - last.at;
      const product = (now.sums[0] - last.sums[0]) * (now.sums[1] - last.sums[1]);
      const exact = time * time * scale * scale;
      const off = exact > product ? exact - product : product - exact;
      assert.ok(off <= now.sums[0] - last.sums[0] + now.sums[1] - last.sums[1] + 2n);
      last = now;
    }
  });
  fc.assert(property, { numRuns: 100 });
});
