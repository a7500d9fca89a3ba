/** Targets, bands, surplus, deficit and the lot between them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  basketOf,
  CLASS_PART,
  deficitOf,
  isDue,
  lotOf,
  type Position,
  sideOf,
  surplusOf,
} from "../../process/market/lot.ts";
import { toBigInt, toNatural } from "../math/values.ts";

const RUNS = { numRuns: 1000 };
const ONE = 10n ** 30n;
const BANDS = { trigger: 200, done: 25 };

interface Plain {
  readonly quantity: bigint;
  readonly price: bigint;
  readonly part: number;
}

const positionOf = ({ quantity, price, part }: Plain): Position => ({
  quantity: toNatural(quantity),
  price: toNatural(price),
  part,
});
const valueOf = ({ quantity, price }: Plain) => (quantity * price) / ONE;
const sum = (list: readonly bigint[]) => list.reduce((a, b) => a + b, 0n);

/** AO, AR and up to eight tokens whose weights sum to 10000. */
const quantity = fc.oneof(fc.bigInt(0n, 2_000n), fc.bigInt(0n, 10n ** 30n));
const price = fc.oneof(fc.constant(ONE), fc.bigInt(1n, ONE * 50n));
const holdings = fc
  .array(fc.tuple(quantity, price, fc.integer({ min: 1, max: 100 })), { minLength: 3, maxLength: 10 })
  .map((list) => {
    const weights = list.slice(2).map(([, , weight]) => weight);
    const all = weights.reduce((a, b) => a + b, 0);
    const points = weights.map((weight) => Math.floor((weight * 10_000) / all));
    points[0]! += 10_000 - points.reduce((a, b) => a + b, 0);
    const parts = [CLASS_PART, CLASS_PART, ...points];
    return list.map(([amount, at], i): Plain => ({ quantity: amount, price: at, part: parts[i]! }));
  });
/** The same near its targets, where bands decide. */
const balanced = fc
  .tuple(holdings, fc.array(fc.integer({ min: -900, max: 900 }), { minLength: 10, maxLength: 10 }))
  .map(([list, off]) =>
    list.map((each, i) => ({
      ...each,
      price: ONE,
      quantity: BigInt(each.part) * 10n ** 12n * BigInt(10_000 + off[i]!),
    })),
  );
const any = fc.oneof(holdings, balanced);

test("a basket is the sum of what its positions are worth, each rounded down", () => {
  fc.assert(
    fc.property(any, (list) => {
      const basket = basketOf(list.map(positionOf));
      assert.equal(toBigInt(basket.value), sum(list.map(valueOf)));
      assert.equal(basket.parts, 30_000);
    }),
    RUNS,
  );
});

test("a position is off its target when its share of the basket is beyond part / parts by more than the band's part", () => {
  fc.assert(
    fc.property(any, fc.constantFrom(BANDS.trigger, BANDS.done, 0), (list, band) => {
      const basket = basketOf(list.map(positionOf));
      const value = sum(list.map(valueOf));
      for (const each of list) {
        // share − part / 30000 against band / 10000 · part / 10000, times value · 3·10^8.
        const off = valueOf(each) * 300_000_000n - value * BigInt(each.part) * 10_000n;
        const width = value * BigInt(band) * BigInt(each.part) * 3n;
        const expected = off > width ? "above" : off < -width ? "below" : undefined;
        assert.equal(sideOf(positionOf(each), basket, band), expected);
      }
    }),
    RUNS,
  );
});

test("for a third the band is in points of the basket: 2 around 33.33", () => {
  const at = (first: bigint) => {
    const rest = (1_000_000n - first) / 2n;
    const list = [first, rest, 1_000_000n - first - rest].map((amount) =>
      positionOf({ quantity: amount, price: ONE, part: CLASS_PART }),
    );
    return sideOf(list[0]!, basketOf(list), BANDS.trigger);
  };
  assert.deepEqual([at(353_333n), at(353_334n)], [undefined, "above"]);
  assert.deepEqual([at(313_334n), at(313_333n)], [undefined, "below"]);
});

test("while every token keeps within its own band, their class keeps within its", () => {
  fc.assert(
    fc.property(balanced, (list) => {
      const positions = list.map(positionOf);
      const basket = basketOf(positions);
      const tokens = positions.slice(2);
      const within = tokens.every((each) => sideOf(each, basket, BANDS.trigger) === undefined);
      const worth = sum(list.slice(2).map(valueOf));
      const whole = positionOf({ quantity: worth, price: ONE, part: CLASS_PART });
      if (within) assert.equal(sideOf(whole, basket, BANDS.trigger), undefined);
    }),
    RUNS,
  );
});

test("a token that left the basket has no band: any of it is above", () => {
  const gone = { quantity: 1n, price: ONE, part: 0 };
  const list = [{ quantity: 10n ** 9n, price: ONE, part: CLASS_PART }, gone].map(positionOf);
  assert.equal(sideOf(list[1]!, basketOf(list), BANDS.trigger), "above");
  assert.equal(toBigInt(surplusOf(list[1]!, basketOf(list))), 1n);
});

test("without launches the other two are halves; a basket of nothing has no sides", () => {
  const list = [600n, 400n].map((amount) => positionOf({ quantity: amount, price: ONE, part: CLASS_PART }));
  assert.equal(toBigInt(surplusOf(list[0]!, basketOf(list))), 100n);
  assert.equal(toBigInt(deficitOf(list[1]!, basketOf(list))), 100n);
  for (const part of [0, CLASS_PART]) {
    const nothing = positionOf({ quantity: 0n, price: ONE, part });
    const basket = basketOf([nothing]);
    assert.equal(sideOf(nothing, basket, 0), undefined);
    assert.equal(toBigInt(surplusOf(nothing, basket)) + toBigInt(deficitOf(nothing, basket)), 0n);
  }
});

test("a band as wide as the target: nothing is below it", () => {
  const list = [0n, 1000n, 1000n].map((amount) =>
    positionOf({ quantity: amount, price: ONE, part: CLASS_PART }),
  );
  assert.equal(sideOf(list[0]!, basketOf(list), 3_334), undefined);
  assert.equal(sideOf(list[0]!, basketOf(list), 3_333), "below");
});

test("selling the surplus leaves the target or a trifle more, buying the deficit reaches it or a trifle less", () => {
  fc.assert(
    fc.property(any, (list) => {
      const basket = basketOf(list.map(positionOf));
      const value = sum(list.map(valueOf));
      for (const each of list) {
        const surplus = toBigInt(surplusOf(positionOf(each), basket));
        const deficit = toBigInt(deficitOf(positionOf(each), basket));
        assert.ok(surplus === 0n || deficit === 0n);
        assert.ok(surplus <= each.quantity);
        // In units of 1/30000 of 10^-30 of the smallest unit of AO; a trifle is three roundings.
        const target = value * BigInt(each.part) * ONE;
        const trifle = (3n * ONE + 2n * each.price) * 30_000n;
        const worth = (amount: bigint) => amount * each.price * 30_000n;
        if (surplus > 0n) {
          assert.ok(worth(each.quantity - surplus) >= target);
          assert.ok(worth(each.quantity - surplus) <= target + trifle);
        } else assert.ok(worth(each.quantity) <= target + trifle);
        if (deficit > 0n) {
          assert.ok(worth(each.quantity + deficit) <= target);
          assert.ok(worth(each.quantity + deficit) >= target - trifle);
        } else assert.ok(worth(each.quantity) >= target - trifle);
      }
    }),
    RUNS,
  );
});

test("an auction is due between two sides, one of them beyond the trigger or without a part; then no more once either is done", () => {
  fc.assert(
    fc.property(balanced, fc.bigInt(0n, 10n ** 20n), (list, left) => {
      const positions = [...list, { quantity: left, price: ONE, part: 0 }].map(positionOf);
      const basket = basketOf(positions);
      const side = (each: Position, band: number) => sideOf(each, basket, band);
      for (const sold of positions) {
        for (const bought of positions) {
          // What has no part is sold down for anything that is below its target at all.
          const expected =
            sold.part === 0
              ? side(sold, 0) === "above" && side(bought, 0) === "below"
              : side(sold, BANDS.done) === "above" &&
                side(bought, BANDS.done) === "below" &&
                (side(sold, BANDS.trigger) === "above" || side(bought, BANDS.trigger) === "below");
          assert.equal(isDue(sold, bought, basket, BANDS), expected);
          if (expected) assert.ok(toBigInt(surplusOf(sold, basket)) > 0n && sold !== bought);
        }
      }
    }),
    { numRuns: 200 },
  );
});

const amount = fc.bigInt(0n, 10n ** 38n - 1n);

test("AU2 the lot is within the surplus and the largest lot, and at the worst price brings no more than the deficit", () => {
  fc.assert(
    fc.property(amount, amount, amount, fc.bigInt(1n, 10n ** 60n), (surplus, largest, deficit, worst) => {
      const lot = toBigInt(
        lotOf(toNatural(surplus), toNatural(largest), toNatural(deficit), toNatural(worst)),
      );
      assert.ok(lot <= surplus && lot <= largest);
      assert.ok((lot * worst + ONE - 1n) / ONE <= deficit);
      // And none larger would do.
      const more = lot + 1n;
      assert.ok(more > surplus || more > largest || more * worst > deficit * ONE);
    }),
    RUNS,
  );
});
