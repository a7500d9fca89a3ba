/**
 * Factories with real launches, ledger and tokens, where what processes send to each other is lost, doubled, late and out of
 * order, and handlers fail. Once that is over and the deadlines have passed, the registry's laws and those of every launch hold.
 */
import { test } from "node:test";
import fc from "fast-check";
import { runs, seed } from "../laws/judge.ts";
import { compact, node, type Runtime } from "../scene/runtimes.ts";
import { acts, assertRegistry, createRegistry, heal, perform, weather } from "./registry.ts";

const chance = fc.constantFrom(0, 0.1, 0.3);

const faults = fc.record({
  drop: chance,
  repeat: chance,
  reorder: chance,
  fail: chance,
  delay: fc.record({
    chance,
    messages: fc.integer({ min: 0, max: 6 }),
    time: fc.constantFrom(0, 1_000, 900_000, 4_000_000),
  }),
});

/** The beginning of each history, so that there is something to go wrong. */
const first = [
  { act: "create", batch: true },
  { act: "create", batch: false },
] as const;

async function hold(runtime: Runtime, histories: number, steps: number): Promise<void> {
  const history = fc.array(acts, { minLength: steps, maxLength: steps + 10, size: "max" });
  const property = fc.asyncProperty(history, faults, fc.nat(), async (drawn, fault, networkSeed) => {
    const registry = await createRegistry({ runtime, network: { seed: networkSeed } });
    weather(registry, fault);
    for (const act of [...first, ...drawn]) await perform(registry, act);
    await heal(registry);
    await assertRegistry(registry);
  });
  await fc.assert(property, { seed, numRuns: histories, endOnFailure: true });
}

test("RG1 to RG5 hold, and every launch is over with nothing left, whatever is lost, doubled or late", () =>
  hold(node, Math.ceil(runs / 10), 30));

test("… on the compact module", () => hold(compact, Math.ceil(runs / 100), 15));
