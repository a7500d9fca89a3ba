import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { squareRootDown } from "../../process/math/square-root.ts";
import { RUNS, edges, toBigInt, toNatural, value } from "./values.ts";

function assertRoot(number: bigint): void {
  const root = toBigInt(squareRootDown(toNatural(number)));
  assert.ok(root * root <= number && number < (root + 1n) * (root + 1n), `${root} is no root of ${number}`);
}

test("the root's square is at most the value, and the next one's is more", () => {
  fc.assert(fc.property(value, assertRoot), RUNS);
  for (const edge of edges) assertRoot(edge);
  for (let number = 0n; number < 1_000n; number++) assertRoot(number);
});

test("squares and their neighbours", () => {
  fc.assert(
    fc.property(value, (root) => {
      const square = root * root;
      assert.equal(toBigInt(squareRootDown(toNatural(square))), root);
      assertRoot(square + 1n);
      if (square > 0n) assertRoot(square - 1n);
    }),
    RUNS,
  );
});
