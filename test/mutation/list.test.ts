/** The list of faults keeps up with the code: a fault that can't be put in is a fault that nobody tries. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { explained } from "./explained.ts";
import { faults } from "./faults.ts";

const root = join(import.meta.dirname, "../..");

test("every fault has a place in the code, and only one", () => {
  const misplaced = faults.filter(({ file, text }) => {
    return readFileSync(join(root, file), "utf8").split(text).length !== 2;
  });
  assert.deepEqual(
    misplaced.map(({ file, text }) => `${file}: ${text}`),
    [],
  );
});

test("every explanation is of a fault", () => {
  for (const { file, text } of explained)
    assert.ok(
      faults.some((fault) => fault.file === file && fault.text === text),
      `${file}: ${text}`,
    );
});
