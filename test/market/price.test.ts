/** Prices and basis points: which way each of them rounds. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { pointsDown, pointsUp } from "../../process/market/basis-points.ts";
import {
  crossDown,
  crossUp,
  meanPriceDown,
  PRICE_PLACES,
  priceDown,
  priceUp,
  quantityDown,
  unitPrice,
  valueDown,
  valueUp,
} from "../../process/market/price.ts";
import { RUNS, toBigInt, toNatural } from "../math/values.ts";

const ONE = 10n ** 30n;
const amount = fc.oneof(fc.bigInt(0n, 1000n), fc.bigInt(0n, 10n ** 38n - 1n));
const positive = amount.map((value) => value + 1n);
const price = fc.oneof(fc.bigInt(1n, 100n), fc.bigInt(1n, ONE * 1000n), fc.bigInt(1n, 10n ** 68n - 1n));
const ceiling = (a: bigint, b: bigint) => (a + b - 1n) / b;

type Of = (a: never, b: never) => unknown;
const rounded: [name: string, of: Of, exact: (a: bigint, b: bigint) => [bigint, bigint], up: boolean][] = [
  ["valueDown", valueDown, (quantity, each) => [quantity * each, ONE], false],
  ["valueUp", valueUp, (quantity, each) => [quantity * each, ONE], true],
  ["quantityDown", quantityDown, (value, each) => [value * ONE, each], false],
  ["priceDown", priceDown, (value, quantity) => [value * ONE, quantity], false],
  ["priceUp", priceUp, (value, quantity) => [value * ONE, quantity], true],
  ["crossDown", crossDown, (sold, paid) => [sold * ONE, paid], false],
  ["crossUp", crossUp, (sold, paid) => [sold * ONE, paid], true],
];

for (const [name, of, exact, up] of rounded) {
  test(`${name} is exact but for its rounding ${up ? "up" : "down"}`, () => {
    fc.assert(
      fc.property(amount, fc.oneof(price, positive), (a, b) => {
        const [dividend, divisor] = exact(a, b);
        const result = toBigInt(of(toNatural(a) as never, toNatural(b) as never) as never);
        assert.equal(result, up ? ceiling(dividend, divisor) : dividend / divisor);
      }),
      RUNS,
    );
  });
}

test("what a value buys never costs more than the value", () => {
  fc.assert(
    fc.property(amount, price, (value, each) => {
      const quantity = quantityDown(toNatural(value), toNatural(each));
      assert.ok(toBigInt(valueUp(quantity, toNatural(each))) <= value);
    }),
    RUNS,
  );
});

test("basis points are rounded as they say, also beyond the whole", () => {
  fc.assert(
    fc.property(amount, fc.nat(1_000_000), (value, points) => {
      const product = value * BigInt(points);
      assert.equal(toBigInt(pointsDown(toNatural(value), points)), product / 10_000n);
      assert.equal(toBigInt(pointsUp(toNatural(value), points)), ceiling(product, 10_000n));
    }),
    RUNS,
  );
});

test("an asset is worth itself", () => {
  assert.equal(PRICE_PLACES, 30);
  assert.equal(toBigInt(valueDown(toNatural(123n), unitPrice())), 123n);
});

test("the mean of a pool's price is the sum's growth by the time, and a price of an instant has no weight", () => {
  const sum = (growth: bigint) => toNatural(77n + growth * 10n ** 42n);
  // A price of 5 for 3,600,000 ms, and of 1,000,000 for no time at all.
  assert.equal(toBigInt(meanPriceDown(sum(0n), sum(18_000_000n), 3_600_000)!), 5n * ONE);
  assert.equal(toBigInt(meanPriceDown(sum(0n), sum(1n), 3)!), ONE / 3n);
  assert.equal(meanPriceDown(sum(0n), sum(1n), 0), undefined, "no time");
  assert.equal(meanPriceDown(sum(0n), sum(1n), -1), undefined, "time went back");
  assert.equal(meanPriceDown(sum(1n), sum(0n), 5), undefined, "the sum fell");
  assert.equal(meanPriceDown(sum(1n), sum(1n), 5), undefined, "no price at all");
});
