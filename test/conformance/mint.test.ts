/** The mint, alike on every runtime. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { testAlike } from "./alike.ts";
import { mintLog } from "./logs/mint.ts";
import { onCompact, replayOnNode } from "./replay.ts";

const log = mintLog();
testAlike([log]);

test("found: a long complaint of the token was cut inside a character, and Info was no UTF-8 any more", async () => {
  const { messages } = (await replayOnNode(log))[10]!;
  const expected = messages[0]!.Tags!.find(({ name }) => name === "Last-Error")!.value;
  const next = await onCompact()(log);
  for (const step of log.steps.slice(0, 10)) await next(step);
  const found = (await next(log.steps[10]!))!.messages[0]!.Tags!.find(
    ({ name }) => name === "Last-Error",
  )!.value;
  assert.equal(found, expected);
  assert.ok(!found.includes("\uFFFD"));
});
