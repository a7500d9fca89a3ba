/** The tests that a log makes: one under Node, with what is expected by hand, and one for each other runtime. */
import { test } from "node:test";
import type { Log } from "./log.ts";
import { assertAlike, onAos, onAosByEval, onCompact, replayOnNode, type Replayer } from "./replay.ts";

export const everywhere: Readonly<Record<string, Replayer>> = {
  "the compact module": onCompact(),
  "aos, at spawn": onAos,
  "aos, by Eval": onAosByEval,
};

/** Tests that each log goes alike on each of the runtimes. */
export function testAlike(
  logs: readonly Log[],
  runtimes: Readonly<Record<string, Replayer>> = everywhere,
): void {
  for (const log of logs) {
    const reference = replayOnNode(log);
    // Reported by the first test; the others would say the same.
    reference.catch(() => undefined);
    test(`${log.name}: ${log.steps.length} messages under Node`, async () => void (await reference));
    for (const [name, runtime] of Object.entries(runtimes)) {
      test(`${log.name}: the same on ${name}`, async () => assertAlike(log, await reference, runtime));
    }
  }
}
