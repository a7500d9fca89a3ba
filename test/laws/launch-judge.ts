/** Plays histories to launches and judges laws after every message. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { runs as usualRuns, seed, steps as usualSteps } from "./judge.ts";
import { playLaunch } from "./launch-acts.ts";
import { launchHistories, type LaunchHistory, type LaunchStep } from "./launch-history.ts";
import type { LaunchLaw } from "./launch-laws.ts";
import type { Game, LaunchMoment } from "./launch-play.ts";
import { assertSettled, settle } from "./launch-settling.ts";

/** How many histories, and how many steps each: most steps are several messages. */
export const runs = Math.ceil(usualRuns / 2);
export const steps = Math.ceil((usualSteps * 2) / 5);

/** What must hold when a history has come to its end and everything was answered. */
export const settled = "CR6 everyone is paid in the end, in any order, and what remains is the rest";

interface Broken {
  readonly history: LaunchHistory;
  readonly reason: string;
}

/** One test a law, all judged in the same pass; a law that fails is told with a history that was made short. */
export function testLaunchLaws(laws: readonly LaunchLaw[]): void {
  const broken = new Map<string, Broken>();
  const counts = { histories: 0, messages: 0, rounds: 0, paid: 0 };
  let passed = false;

  function pass(): void {
    passed = true;
    const property = fc.property(launchHistories(steps), (history) => {
      counts.histories += 1;
      const game = judge(history, laws, (law, reason) => {
        if (!broken.has(law)) broken.set(law, { history, reason });
      });
      counts.messages += game?.messages ?? 0;
      counts.rounds += game?.model.rounds ?? 0;
      counts.paid += game?.orders.settled.token.length ?? 0;
    });
    fc.assert(property, { seed, numRuns: runs });
  }

  for (const name of [...laws.map((law) => law.name), settled]) {
    test(name, (context) => {
      if (!passed) pass();
      const { histories, messages, rounds, paid } = counts;
      context.diagnostic(`${histories} histories, ${messages} messages, ${rounds} rounds, ${paid} payouts`);
      const found = broken.get(name);
      if (found !== undefined) {
        const history = shorten(found.history, laws, name);
        assert.fail(`${found.reason}\n${tell(history)}`);
      }
      assert.equal(histories, runs);
      assert.ok(rounds > histories && paid > histories, "launches do what they are for");
    });
  }
}

type Report = (law: string, reason: string) => void;

/** Plays a history to its end, and reports every law that does not hold. Undefined when it could not be played. */
function judge(history: LaunchHistory, laws: readonly LaunchLaw[], report: Report): Game | undefined {
  let failed = false;
  const fail = (law: string, error: unknown): void => {
    failed = true;
    report(law, error instanceof Error ? (error.stack ?? error.message) : String(error));
  };
  const watch = (moment: LaunchMoment): void => {
    if (failed) return;
    for (const law of laws)
      attempt(
        () => law.check(moment),
        (error) => fail(law.name, error),
      );
  };
  let game: Game | undefined;
  attempt(
    () => {
      game = playLaunch(history, watch);
      if (failed) return;
      settle(game, history.steps.length);
      if (!failed) assertSettled(game);
    },
    (error) => fail(settled, error),
  );
  return game;
}

function attempt(act: () => void, otherwise: (error: unknown) => void): void {
  try {
    act();
  } catch (error) {
    otherwise(error);
  }
}

/** The history without all the steps that the failure does not need. */
function shorten(history: LaunchHistory, laws: readonly LaunchLaw[], name: string): LaunchHistory {
  const fails = (kept: readonly LaunchStep[]): boolean => {
    let found = false;
    judge({ ...history, steps: kept }, laws, (law) => (found ||= law === name));
    return found;
  };
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

function tell({ steps: kept, ...rest }: LaunchHistory): string {
  const json = (value: unknown): string =>
    JSON.stringify(value, (_, part: unknown) => (typeof part === "bigint" ? `${part}n` : part));
  return [json(rest), ...kept.map(json)].join("\n");
}
