/** FL6, as a law of its own: ten periods that one tick catches up with, beside ten ticks, for the same contributions. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { runs as usualRuns, seed } from "./judge.ts";
import { perform, person, playLaunch, wholeRound } from "./launch-acts.ts";
import type { Game } from "./launch-play.ts";
import { day, emittedExactly, type Setup, setups } from "./launch-setup.ts";
import { largestRemainder } from "./portions.ts";

const PERIODS = 10;
const runs = Math.ceil(usualRuns / 2);

interface Plan {
  readonly setup: Setup;
  /** What each person contributes, in proportion, and whether it sends that itself. */
  readonly people: readonly { readonly weight: bigint; readonly direct: boolean }[];
  /** How much of it in each period: in some nothing, in the last something. */
  readonly times: readonly bigint[];
}

const plans: fc.Arbitrary<Plan> = fc.record({
  setup: fc
    .tuple(setups, fc.constantFrom(PERIODS, PERIODS, 13, 30))
    .map(([setup, periods]) => ({ ...setup, periods })),
  people: fc.array(
    fc.record({
      weight: fc.oneof(fc.bigInt(1n, 3n), fc.bigInt(1n, 10n ** 15n), fc.constant(10n ** 25n)),
      direct: fc.boolean(),
    }),
    { minLength: 1, maxLength: 9 },
  ),
  times: fc
    .tuple(fc.array(fc.bigInt(0n, 3n), { minLength: PERIODS - 1, maxLength: PERIODS - 1 }), fc.bigInt(1n, 3n))
    .map(([before, last]) => [...before, last]),
});

/** The launch after ten periods, with a tick at the end of those that are chosen. */
function play({ setup, people, times }: Plan, isTicked: (period: number) => boolean): Game {
  const prelude = "facts and funding";
  const game = playLaunch({ setup, crowd: people.length, prelude, steps: [] }, () => undefined);
  game.subject.wait(setup.delay);
  times.forEach((factor, i) => {
    people.forEach(({ weight, direct }, by) => {
      const quantity = weight * factor;
      if (quantity === 0n) return;
      if (direct) perform(game, { act: "send AO", quantity, words: "Delegate", by });
      else perform(game, { act: "contribute", ledger: by, by, quantity });
    });
    game.subject.wait(day);
    if (isTicked(i + 1)) wholeRound(game);
  });
  return game;
}

/** What a launch has credited an account with. */
function creditedBy({ subject }: Game): (account: string) => bigint {
  const standings = subject.standings();
  return (account) => standings.get(account)?.credited ?? 0n;
}

test("FL6 caught up ≡ one by one", (context) => {
  const counts = { compared: 0, rounds: 0, units: 0n };
  const property = fc.property(plans, (plan) => {
    const together = play(plan, (period) => period === PERIODS);
    const allocation = together.model.allocation()!;
    fc.pre(allocation > 0n);
    const singly = play(plan, () => true);
    const { factor, periods } = plan.setup;
    const due = emittedExactly(allocation, factor, periods, PERIODS);
    for (const { subject } of [together, singly]) {
      const of = (name: string) => subject.info().get(name);
      assert.deepEqual(
        ["Distributed-Quantity", "Rollover", "Not-Yet-Emitted", "Distribution-Tick", "Status"].map(of),
        [due, 0n, allocation - due, PERIODS, periods === PERIODS ? "Ended" : "Active"].map(String),
      );
    }
    assert.deepEqual(
      [together, singly].map(({ model }) => model.rounds),
      [1, PERIODS],
    );

    // At once it is one apportionment; one by one it is ten, each of which rounds by less than a unit.
    // Of equal remainders the lower address comes first.
    const delegators = plan.people
      .map(({ weight }, i) => ({ name: person(together.history, i), weight }))
      .toSorted((one, other) => (one.name < other.name ? -1 : 1));
    const weights = delegators.map(({ weight }) => weight);
    const parts = largestRemainder(due, weights);
    const all = weights.reduce((sum, weight) => sum + weight);
    const [atOnce, oneByOne] = [creditedBy(together), creditedBy(singly)];
    delegators.forEach(({ name, weight }, i) => {
      assert.equal(atOnce(name), parts[i]);
      const difference = oneByOne(name) * all - due * weight;
      assert.ok(difference < all * BigInt(PERIODS) && -difference < all * BigInt(PERIODS), name);
      if (oneByOne(name) > parts[i]!) counts.units += oneByOne(name) - parts[i]!;
    });
    counts.compared += 1;
    counts.rounds += singly.model.rounds;
  });
  fc.assert(property, { seed, numRuns: runs });
  context.diagnostic(
    `${counts.compared} launches, ${counts.rounds} rounds, ${counts.units} units by rounding`,
  );
  assert.ok(counts.compared >= runs && counts.units > 0n, "there was something to round");
});
