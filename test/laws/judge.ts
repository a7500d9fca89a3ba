/** Plays histories to a ledger and to the model beside it, and judges laws after every step. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { statementOf } from "../../process/ledger/delegation.ts";
import { type Expectation, expectationOf } from "./expectations.ts";
import { histories, type History, requestOf, type Step } from "./history.ts";
import { Model } from "./model.ts";
import { accruedByWallet, walletsOf } from "./recomputation.ts";
import type { Outcome, Request, Share } from "./requests.ts";
import { addresses, createSubject, type Subject } from "./subject.ts";

/** How many histories, and how many steps each. */
export const runs = Number(process.env.LAW_RUNS ?? 200);
export const steps = Number(process.env.LAW_STEPS ?? 100);
/** Where chance begins: the same seed, the same histories. */
export const seed = Number(process.env.LAW_SEED ?? 20_260_701);

/** What a step was, and what it came to. */
export interface Moment {
  readonly history: History;
  readonly model: Model;
  readonly subject: Subject;
  readonly request: Request;
  readonly expected: Expectation;
  readonly outcome: Outcome;
  /** Whether the ledger carried the request out. */
  readonly done: boolean;
  /** Whether the state is as it was; not known of a request that should be carried out. */
  readonly untouched: boolean | undefined;
  readonly before: Figures;
  readonly after: Figures;
}

/** What wallets had earned, and what they stated. */
export interface Figures {
  readonly accrued: ReadonlyMap<string, bigint>;
  readonly statements: ReadonlyMap<string, readonly Share[]>;
}

export interface Law {
  /** As in the laws: `DL1 Σ final = Σ base`. */
  readonly name: string;
  /** Fails when the law does not hold after a step. */
  readonly check: (moment: Moment) => void;
}

/** Plays a history, up to the first step at which ledger and model disagree on whether it may be done. */
export function play(history: History, watch: (moment: Moment) => void): { model: Model; subject: Subject } {
  const model = new Model(history.rules);
  const subject = createSubject(history.rules);
  let last: { id: string; request: Request } | undefined;
  let after = figuresOf(subject);
  for (const [index, step] of history.steps.entries()) {
    subject.wait(step.wait);
    const repeats = step.sending === "repeated" ? last : undefined;
    const request = repeats?.request ?? requestOf(model, history, step.draft);
    const id = repeats?.id ?? `step ${index}`;
    const expected = withSending(
      expectationOf(model, request),
      repeats !== undefined,
      step.sending === "forged",
    );
    const before = after;
    const text = expected.reasons.size > 0 ? JSON.stringify(subject.state()) : undefined;
    const signer = step.sending === "forged" ? addresses.forger : undefined;
    const outcome = send(subject, request, id, signer);
    const untouched = text === undefined ? undefined : text === JSON.stringify(subject.state());
    const done = outcome.refused === undefined;
    if (done) model.carryOut(request, outcome);
    after = figuresOf(subject);
    watch({ history, model, subject, request, expected, outcome, done, untouched, before, after });
    if (!isExplained(expected, outcome)) break;
    if (done) last = { id, request };
  }
  return { model, subject };
}

/** Whether a request was refused for a reason that applies, or carried out when there is none. */
export function isExplained({ reasons, close }: Expectation, { refused }: Outcome): boolean {
  if (refused === undefined) return reasons.size === 0 || (close && reasons.size === 1);
  return reasons.has(refused) || (close && ["insufficient-yield", "fee"].includes(refused));
}

/**
 * One test a law. All of them are judged in the same pass over the same histories; a law that fails is told with the
 * shortest history that was found to break it.
 */
export function testLaws(laws: readonly Law[]): void {
  const broken = new Map<Law, History>();
  let passed: { histories: number; steps: number; done: number } | undefined;

  function pass() {
    const counts = { histories: 0, steps: 0, done: 0 };
    const property = fc.property(histories(steps), (history) => {
      counts.histories += 1;
      play(history, (moment) => {
        counts.steps += 1;
        if (moment.done) counts.done += 1;
        for (const law of laws) if (!broken.has(law) && !holds(law, moment)) broken.set(law, history);
      });
    });
    fc.assert(property, { seed, numRuns: runs });
    return counts;
  }

  for (const law of laws) {
    test(law.name, (context) => {
      passed ??= pass();
      context.diagnostic(`${passed.histories} histories, ${passed.steps} steps, ${passed.done} carried out`);
      const history = broken.get(law);
      if (history === undefined) return;
      const shortest = shorten(history, law);
      console.error(tell(shortest));
      play(shortest, law.check);
    });
  }
  test("histories are full of events", () => {
    passed ??= pass();
    assert.ok(passed.steps >= passed.histories * steps, "every history was played to its end");
    assert.ok(passed.done > passed.steps / 2, "more than half of the steps are carried out");
  });
}

function holds(law: Law, moment: Moment): boolean {
  try {
    law.check(moment);
    return true;
  } catch {
    return false;
  }
}

/** The history without all the steps that the failure does not need. */
function shorten(history: History, law: Law): History {
  const fails = (kept: readonly Step[]): boolean => {
    let failed = false;
    play({ ...history, steps: kept }, (moment) => (failed ||= !holds(law, moment)));
    return failed;
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

function tell({ rules, crowd, hostile, steps: kept }: History): string {
  const json = (value: unknown): string =>
    JSON.stringify(value, (_, part: unknown) => (typeof part === "bigint" ? `${part}n` : part));
  return [json({ rules, crowd, hostile }), ...kept.map(json)].join("\n");
}

function send(subject: Subject, request: Request, id: string, signer: string | undefined): Outcome {
  try {
    return subject.request(request, { id, signer });
  } catch (error) {
    return {
      refused: "exception",
      error: error instanceof Error ? error.stack! : String(error),
      quantity: undefined,
    };
  }
}

function withSending(expected: Expectation, repeated: boolean, forged: boolean): Expectation {
  if (!repeated && !forged) return expected;
  const added = [...(repeated ? ["repeated"] : []), ...(forged ? ["untrusted"] : [])];
  return { reasons: new Set([...expected.reasons, ...added]), close: false };
}

function figuresOf(subject: Subject): Figures {
  const state = subject.state();
  const { names } = state.wallets.register;
  const statements = walletsOf(state).map((slot) => {
    const stated = statementOf(state, names[slot]!).preferences;
    return [names[slot]!, stated.map(({ target, factor }) => ({ to: target, factor }))] as const;
  });
  return { accrued: accruedByWallet(state), statements: new Map(statements) };
}
