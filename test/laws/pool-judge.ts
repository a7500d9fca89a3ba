/** Plays histories to a pool and to the model beside it, and judges laws after every step. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { NodeResult } from "../../process/host/node.ts";
import { tagValue } from "../../units/message.ts";
import {
  actors,
  amountOf,
  openNumber,
  poolHistories,
  type PoolHistory,
  type PoolStep,
} from "./pool-history.ts";
import { type Order, PoolModel, type Two } from "./pool-model.ts";
import { big, createPoolSubject, places, type PoolSubject, type TagRecord } from "./pool-subject.ts";

export const runs = Number(process.env.LAW_RUNS ?? 200);
export const steps = Number(process.env.POOL_STEPS ?? 60);
export const seed = Number(process.env.LAW_SEED ?? 20_260_701);

/** What the pool's own books say, for the laws that compare a step's before and after. */
export interface Figures {
  readonly reserves: Two<bigint>;
  readonly supply: bigint;
}

export interface PoolMoment {
  readonly step: PoolStep;
  readonly model: PoolModel;
  readonly subject: PoolSubject;
  readonly result: NodeResult;
  /** The transfers that the model orders. */
  readonly orders: readonly Order[];
  /** What the pool said before a swap that it would give. */
  readonly quote: bigint | undefined;
  readonly before: Figures;
  readonly after: Figures;
  /** Whether the host refused the message as repeated or forged; and whether the state is then as it was. */
  readonly refused: string | undefined;
  readonly untouched: boolean | undefined;
}

export interface PoolLaw {
  readonly name: string;
  readonly check: (moment: PoolMoment) => void;
}

interface Plan {
  readonly from: string;
  readonly tags: TagRecord;
  readonly quote?: bigint | undefined;
  /** What the model makes of it. */
  readonly act: () => Order[];
}

export function play(
  { fee, numbered, founding, steps: list }: PoolHistory,
  watch: (moment: PoolMoment) => void,
): void {
  const subject = createPoolSubject({ fee, numbered });
  const model = new PoolModel(places.pool, fee, [...numbered], 3_600_000, subject.now());
  const terms = { least: 0n, tolerance: 10_000n };
  for (const [i, quantity] of [...(founding ?? []), ...(founding ?? [])].entries()) {
    const [side, by] = [(i % 2) as 0 | 1, actors[i < 2 ? 0 : 1]!];
    subject.credit(side, by, quantity, { "X-Action": "Provide" });
    model.provide(side, by, quantity, terms);
  }
  let last: { id: string; plan: Plan } | undefined;
  list.forEach(({ step, sending }, index) => {
    if (step.kind === "wait") subject.wait(step.milliseconds);
    model.now = subject.now();
    const again = sending === "again" ? last : undefined;
    const plan = again?.plan ?? planOf(step, model, subject);
    if (plan === undefined) return;
    const id = again?.id ?? `step ${index}`;
    const before = figuresOf(subject);
    const dishonest = again !== undefined || sending === "forged";
    const text = dishonest ? JSON.stringify(subject.state()) : undefined;
    const result = subject.post(plan.from, plan.tags, {
      id,
      ...(sending === "forged" ? { signer: places.forger } : {}),
    });
    const untouched = text === undefined ? undefined : text === JSON.stringify(subject.state());
    const orders = dishonest ? [] : plan.act();
    const refused = result.Error === undefined ? undefined : /^\[([^\]]+)\]/.exec(result.Error)?.[1];
    const after = figuresOf(subject);
    const quote = dishonest ? undefined : plan.quote;
    watch({ step, model, subject, result, orders, quote, before, after, refused, untouched });
    if (!dishonest && refused === undefined) last = { id, plan };
  });
}

function figuresOf(subject: PoolSubject): Figures {
  const { sides, supply } = subject.state();
  return { reserves: [big(sides[0].reserve), big(sides[1].reserve)], supply: big(supply) };
}

/** A step as the message that it is, and what the model does of it. */
function planOf(step: PoolStep, model: PoolModel, subject: PoolSubject): Plan | undefined {
  const by = "by" in step ? actors[step.by]! : "";
  const credit = (side: 0 | 1, quantity: bigint, more: TagRecord) => ({
    from: places.tokens[side],
    tags: { Action: "Credit-Notice", Sender: by, Quantity: `${quantity}`, ...more },
  });
  switch (step.kind) {
    case "swap": {
      const { side, size, asks } = step;
      const quantity = payable(model, side, amountOf(size, model.reserves[side]));
      const quote = model.supply === 0n ? undefined : quoted(subject, side, quantity);
      const least = leastOf(asks, quote);
      const asked: TagRecord = least === undefined ? {} : { "X-Expected-Min-Output": `${least}` };
      return {
        ...credit(side, quantity, { "X-Action": "Swap", ...asked }),
        quote,
        act: () => model.swap(side, by, quantity, least),
      };
    }
    case "provide": {
      const { side, size, tolerance, asks } = step;
      const quantity = payable(model, side, amountOf(size, model.reserves[side]));
      const tags: TagRecord = {
        "X-Action": "Provide",
        ...(asks === 0 ? {} : { "X-Min-Shares": `${asks}` }),
        ...(tolerance > 10_000
          ? {}
          : { "X-Slippage-Tolerance": tolerance < 0 ? "-1" : `${tolerance / 100}` }),
      };
      const spare = tolerance > 10_000 ? 10_000 : tolerance;
      const terms = tolerance < 0 ? undefined : { least: BigInt(asks), tolerance: BigInt(spare) };
      return { ...credit(side, quantity, tags), act: () => model.provide(side, by, quantity, terms) };
    }
    case "stray": {
      const words: TagRecord = [{}, { "X-Action": "Refund" }, { "X-Action": "Mint" }, { "X-Note": "swap" }][
        step.words
      ]!;
      const quantity = amountOf(step.size, 1_000n);
      const act = () => model.stray(step.side, by, quantity, step.words === 1);
      return { ...credit(step.side, quantity, words), act };
    }
    case "burn": {
      const quantity = amountOf(step.size, step.asks === "all" ? 0n : model.sharesOf(by));
      const least: Two<bigint> = step.asks === "more" ? [10n ** 30n, 0n] : [0n, 0n];
      const asked: TagRecord = step.asks === "more" ? { "Min-Token-A": `${least[0]}` } : {};
      const tags = { Action: "Burn", Quantity: `${quantity}`, ...asked };
      return { from: by, tags, act: () => model.burn(by, quantity, least) ?? [] };
    }
    case "give": {
      const quantity = amountOf(step.size, model.sharesOf(by));
      const to = actors[step.to]!;
      const tags = { Action: "Transfer", Recipient: to, Quantity: `${quantity}` };
      return { from: by, tags, act: () => (model.give(by, to, quantity), []) };
    }
    case "cancel":
      return { from: by, tags: { Action: "Cancel" }, act: () => model.cancel(by) };
    case "claim":
      return { from: by, tags: { Action: "Claim" }, act: () => model.claim(by) };
    case "tick":
      return { from: by, tags: { Action: "Tick" }, act: () => model.tick() };
    case "answer": {
      const { side, which, paid } = step;
      const number = openNumber(model, side, which);
      const tags = { Action: paid ? "Debit-Notice" : "Transfer-Error", "X-Payout": `${number}` };
      return { from: places.tokens[side], tags, act: () => (model.answer(side, number, paid), []) };
    }
    case "wait":
      return undefined;
  }
}

/** No token has more than 38 digits of itself. */
function payable(model: PoolModel, side: 0 | 1, quantity: bigint): bigint {
  const left = 10n ** 38n - 1n - model.received[side];
  return quantity <= left ? quantity : left > 0n ? left : 1n;
}

function quoted(subject: PoolSubject, side: 0 | 1, quantity: bigint): bigint {
  const tags = { Action: "Get-Swap-Output", Token: places.tokens[side], Quantity: `${quantity}` };
  return BigInt(tagValue(subject.ask(tags), "Output")!);
}

function leastOf(asks: string, quote = 1n): bigint | undefined {
  if (asks === "no tag") return undefined;
  if (asks === "nothing") return 0n;
  if (asks === "more") return quote + 1n;
  return asks === "quote" && quote > 0n ? quote : 1n;
}

/** One test a law, all judged in the same pass; one that fails is told with the shortest history that breaks it. */
export function testPoolLaws(laws: readonly PoolLaw[]): void {
  const broken = new Map<PoolLaw, PoolHistory>();
  const seen = new Map<string, number>();
  let passed = false;

  function pass(): void {
    passed = true;
    const property = fc.property(poolHistories(steps), (history) => {
      play(history, (moment) => {
        seen.set(outcomeOf(moment), (seen.get(outcomeOf(moment)) ?? 0) + 1);
        for (const law of laws) if (!broken.has(law) && !holds(law, moment)) broken.set(law, history);
      });
    });
    fc.assert(property, { seed, numRuns: runs });
  }

  for (const law of laws) {
    test(law.name, () => {
      if (!passed) pass();
      const history = broken.get(law);
      if (history === undefined) return;
      const shortest = shorten(history, law);
      console.error(
        [
          `fee ${shortest.fee}, founding ${shortest.founding?.join(", ")}`,
          ...shortest.steps.map((step) => JSON.stringify(step)),
        ].join("\n"),
      );
      play(shortest, law.check);
    });
  }
  test("histories are full of events: of each kind, what goes through and what does not", (context) => {
    if (!passed) pass();
    for (const [event, count] of [...seen].sort()) context.diagnostic(`${event}: ${count}`);
    // So few histories say nothing of what is frequent.
    if (runs < 100) return;
    const events = ["Order-Confirmation", "Order-Error", "Provide-Confirmation", "Provide-Error"];
    const more = ["Burn-Confirmation", "Burn-Error", "Claim-Response", "Refund-Notice", "Payout-Returned"];
    for (const event of [...events, ...more, "repeated", "untrusted"])
      assert.ok((seen.get(event) ?? 0) >= runs / 4, `${event}: ${seen.get(event) ?? 0}`);
  });
}

function outcomeOf({ step, result, refused }: PoolMoment): string {
  if (refused !== undefined) return refused;
  const names = result.Messages.map(({ Tags }) => tagValue(Tags, "Action") ?? "");
  return names.find((name) => /-(Confirmation|Error|Response|Notice|Returned)$/.test(name)) ?? step.kind;
}

function holds(law: PoolLaw, moment: PoolMoment): boolean {
  try {
    law.check(moment);
    return true;
  } catch {
    return false;
  }
}

function shorten(history: PoolHistory, law: PoolLaw): PoolHistory {
  const fails = (kept: PoolHistory["steps"]): boolean => {
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
