/** The first of a list, against a sort of all of it; the same in Lua is in the factory's logs. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { leading } from "../../process/collections/leading.ts";

interface Item {
  readonly key: number;
  readonly number: number;
}

const isBefore = (one: Item, other: Item): boolean =>
  one.key === other.key ? one.number > other.number : one.key < other.key;

test("the first so many, in order, of any list", () => {
  const property = fc.property(fc.array(fc.nat(20), { maxLength: 200 }), fc.nat(220), (keys, count) => {
    const items = keys.map((key, number) => ({ key, number }));
    const before = items.slice();
    const expected = items.slice().sort((one, other) => (isBefore(one, other) ? -1 : 1));
    assert.deepEqual(leading(items, count, isBefore), expected.slice(0, count));
    assert.deepEqual(items, before);
  });
  fc.assert(property, { numRuns: 500 });
});

test("comparisons are about one an item where few are wanted", () => {
  let comparisons = 0;
  const items = Array.from({ length: 10_000 }, (_, i) => ({ key: (i * 7_919) % 10_007, number: i }));
  leading(items, 100, (one, other) => {
    comparisons += 1;
    return isBefore(one, other);
  });
  assert.ok(comparisons < 20_000, `${comparisons}`);
});
