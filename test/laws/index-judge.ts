/** Judges laws after every step of many histories, all in one pass; a law that breaks is told with the shortest history. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { tagValue } from "../../units/message.ts";
import { indexHistories, type IndexHistory } from "./index-history.ts";
import { type Moment, type Play, playHistory } from "./index-play.ts";
import type { World } from "./index-world.ts";

export const runs = Number(process.env.LAW_RUNS ?? 200);
export const steps = Number(process.env.INDEX_STEPS ?? 60);
export const seed = Number(process.env.LAW_SEED ?? 20_260_701);

export interface IndexLaw {
  readonly name: string;
  readonly check?: (moment: Moment) => void;
  /** Of the end of a history. */
  readonly ends?: (world: World, play: Play) => void;
}

/** Which of the laws a history breaks, those that are broken left out. */
function judge(
  history: IndexHistory,
  laws: readonly IndexLaw[],
  see: (event: string) => void,
): Set<IndexLaw> {
  const broken = new Set<IndexLaw>();
  const judged = (law: IndexLaw, check: () => void): void => {
    if (broken.has(law)) return;
    try {
      check();
    } catch {
      broken.add(law);
    }
  };
  playHistory(
    history,
    (moment) => {
      see(outcomeOf(moment));
      for (const law of laws) judged(law, () => law.check?.(moment));
    },
    (world, play) => {
      for (const law of laws) judged(law, () => law.ends?.(world, play));
    },
  );
  return broken;
}

export function testIndexLaws(laws: readonly IndexLaw[], events: readonly string[]): void {
  const broken = new Map<IndexLaw, IndexHistory>();
  const seen = new Map<string, number>();
  let passed = false;

  function pass(): void {
    passed = true;
    const see = (event: string) => void seen.set(event, (seen.get(event) ?? 0) + 1);
    const property = fc.property(indexHistories(steps), (history) => {
      for (const law of judge(history, laws, see)) if (!broken.has(law)) broken.set(law, history);
    });
    fc.assert(property, { seed, numRuns: runs });
  }

  for (const law of laws) {
    test(law.name, () => {
      if (!passed) pass();
      const history = broken.get(law);
      if (history === undefined) return;
      const shortest = shorten(history, law);
      const text = (_: string, value: unknown) => (typeof value === "bigint" ? `${value}` : value);
      console.error(shortest.steps.map((step) => JSON.stringify(step, text)).join("\n"));
      playHistory(
        shortest,
        (moment) => law.check?.(moment),
        (world, play) => law.ends?.(world, play),
      );
    });
  }
  test("histories are full of events: of each kind, what goes through and what does not", (context) => {
    if (!passed) pass();
    for (const [event, count] of [...seen].sort()) context.diagnostic(`${event}: ${count}`);
    for (const event of events)
      assert.ok((seen.get(event) ?? 0) >= runs / 10, `${event}: ${seen.get(event) ?? 0}`);
  });
}

function outcomeOf({ step, result, refused }: Moment): string {
  if (refused !== undefined) return `${step.kind} ${refused}`;
  const actions = result.Messages.map(({ Tags }) => tagValue(Tags, "X-Action") ?? tagValue(Tags, "Action"));
  return `${step.kind} ${actions.find((name) => name !== undefined && name !== "Mint") ?? ""}`;
}

function shorten(history: IndexHistory, law: IndexLaw): IndexHistory {
  const fails = (kept: IndexHistory["steps"]): boolean =>
    judge({ ...history, steps: kept }, [law], () => {}).has(law);
  let kept = history.steps;
  for (let size = kept.length; size >= 1; size = Math.floor(size / 2)) {
    for (let start = 0; start < kept.length;) {
      const fewer = kept.filter((_, i) => i < start || i >= start + size);
      if (fails(fewer)) kept = fewer;
      else start += size;
    }
  }
  return { ...history, steps: kept };
}
