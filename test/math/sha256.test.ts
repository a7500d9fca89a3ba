import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import { sha256 } from "../../process/math/sha256.ts";

const expected = (text: string): string => createHash("sha256").update(text, "utf8").digest("hex");

test("SHA-256 of the standard's examples", () => {
  for (const text of ["", "abc", "a".repeat(1_000), "é€😀"]) assert.equal(sha256(text), expected(text));
});

test("SHA-256 of any text, of every length around a block", () => {
  for (let length = 50; length < 140; length++)
    assert.equal(sha256("x".repeat(length)), expected("x".repeat(length)));
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => sha256(text) === expected(text)),
    { numRuns: 500 },
  );
});
