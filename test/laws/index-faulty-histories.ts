/** Histories of an index among faults on one of its links, and what must be so after each, once it has healed. */
import fc from "fast-check";
import type { FaultRule } from "../../units/faults.ts";
import { createIndexMarketScene, type IndexMarketScene } from "../scene/index-market-scene.ts";
import type { Runtime } from "../scene/runtimes.ts";
import { type Act, acts, heal, perform, settleDown } from "./index-faulty-acts.ts";
import { assertBooks, assertDelegations, assertSessions, assertSwaps } from "./index-faulty-books.ts";
import { seed } from "./index-judge.ts";

const chance = fc.constantFrom(0, 0.1, 0.3, 0.5);
const faults: fc.Arbitrary<FaultRule> = fc.record({
  ...{ drop: chance, repeat: chance, reorder: chance, fail: chance },
  delay: fc.record({ chance, messages: fc.nat(6), time: fc.constantFrom(0, 1_000, 400_000, 900_000) }),
});

/** The beginning of each history, so that there is something to go wrong. */
const first: readonly Act[] = [
  ...([
    { act: "open", part: 2 } as const,
    { act: "swap", part: 20 },
    { act: "wait", part: 200 },
    { act: "swap", part: 20 },
  ] as const),
  ...([{ act: "session", part: 2 } as const, { act: "legs", part: 2 }, { act: "swap", part: 22 }] as const),
];

export const links = [
  ...(["everything", "pi", "token", "ar", "launchToken"] as const),
  ...(["ledger", "pool", "launch", "factory"] as const),
];
export type Link = (typeof links)[number];

/** What tokens tell a pool, a launch or the factory is theirs, too: value goes by them. */
function rulesOf(link: Link, fault: FaultRule, scene: IndexMarketScene): readonly FaultRule[] {
  if (link === "everything") return [fault];
  const place = scene[link];
  return link === "pool" || link === "launch" || link === "factory"
    ? [
        { ...fault, from: place },
        { ...fault, to: place },
      ]
    : [{ ...fault, between: [scene.index, place] }];
}

/** What has happened in all histories so far. */
export const seen = { histories: 0, completed: 0, answered: 0, back: 0, lost: 0 };

export async function hold(runtime: Runtime, link: Link, count: number): Promise<void> {
  const drawn = fc.array(acts, { minLength: 30, maxLength: 40, size: "max" });
  const days = fc.integer({ min: 1, max: 4 });
  const property = fc.asyncProperty(drawn, faults, days, fc.nat(), async (history, fault, begun, chosen) => {
    const scene = await createIndexMarketScene({ runtime, network: { seed: chosen }, days: begun });
    const { network } = scene;
    for (const rule of rulesOf(link, fault, scene)) network.faults.add(rule);
    const memory = { sessions: new Map<string, string>() };
    for (const act of [...first, ...history]) await perform(scene, memory, act);
    await heal(scene);
    await assertBooks(scene);
    seen.completed += await assertSessions(scene);
    const outcomes = await assertSwaps(scene);
    for (const name of ["answered", "back", "lost"] as const) seen[name] += outcomes[name];
    seen.histories += 1;
    await settleDown(scene);
    await assertBooks(scene);
    await assertDelegations(scene);
  });
  await fc.assert(property, { seed, numRuns: count, endOnFailure: true, includeErrorInReport: true });
}
