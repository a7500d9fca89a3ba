/** The laws of the ledger that hold after every step of any history, on the Node host. */
import assert from "node:assert/strict";
import { contributedBy, ownYield } from "../../process/ledger/accrual.ts";
import { edgesOf } from "../../process/ledger/edges.ts";
import type { Natural } from "../../process/math/natural.ts";
import { limits } from "../../process/protocol/limits.ts";
import { tagValue } from "../../units/message.ts";
import { isExplained, type Law, type Moment, testLaws } from "./judge.ts";
import { normalised } from "./model.ts";
import { ascending, assertRecomputes, forwardEdges, reverseEdges, walletsOf } from "./recomputation.ts";
import { account } from "./requests.ts";
import { big } from "./subject.ts";

const UNIT = 10n ** 42n;
const ALL = 10_000n;

function sum(amounts: Iterable<bigint>): bigint {
  let total = 0n;
  for (const amount of amounts) total += amount;
  return total;
}

/** The sum of a column, in which few may have a value. */
function sumOf(column: readonly Natural[]): bigint {
  return column.reduce((total, amount) => total + big(amount), 0n);
}

/** A wallet's stake in each token, in smallest units times basis points: base less delegated out plus delegated in. */
function finalStakes({ subject }: Moment): { token: number; wallet: string; base: bigint; final: bigint }[] {
  const state = subject.state();
  return state.tokens.flatMap((token, i) =>
    walletsOf(state).map((slot) => {
      const counted = state.wallets.idle[slot] === true ? 0n : big(token.quantity[slot]);
      const kept = counted * (ALL - BigInt(state.wallets.outgoing[slot] ?? 0));
      const final = kept + big(token.delegated[slot]);
      return { token: i, wallet: state.wallets.register.names[slot]!, base: counted * ALL, final };
    }),
  );
}

/** What a wallet weighs in a class of tokens, times 10^40, by the ledger's own columns. */
function finalWeights(moment: Moment, tokenClass: number): Map<string, bigint> {
  const { rules, reports } = moment.model;
  const weights = new Map<string, bigint>();
  for (const { token, wallet, final } of finalStakes(moment)) {
    const { denomination, tokenClass: own } = rules.tokens[token]!;
    if (own !== tokenClass || final === 0n) continue;
    const weight = final * reports[token]!.multiplier * 10n ** BigInt(18 - denomination);
    weights.set(wallet, (weights.get(wallet) ?? 0n) + weight);
  }
  return weights;
}

/** How much each wallet earned in this step, times 10^42. */
function earned({ before, after }: Moment, wallet: string): bigint {
  return (after.accrued.get(wallet) ?? 0n) - (before.accrued.get(wallet) ?? 0n);
}

function isDistribution({ request, done }: Moment): boolean {
  return done && request.kind === "minting";
}

function conservation({ subject, after }: Moment): {
  accrued: bigint;
  rest: bigint;
  waiting: bigint;
  fees: bigint;
} {
  const state = subject.state();
  return {
    accrued: sum(after.accrued.values()),
    rest: sum(state.tokens.map(({ rest }) => big(rest))),
    waiting: sumOf(state.waiting),
    fees: big(state.feesWaiting) * UNIT,
  };
}

const explained: Law = {
  name: "no unexplained refusal: every request is refused for a reason that applies, or carried out",
  check: ({ expected, outcome, request }) =>
    assert.ok(
      isExplained(expected, outcome),
      `${request.kind}: expected ${[...expected.reasons].join(" or ") || "no refusal"}, got ${outcome.error || "none"}`,
    ),
};

const delegation: readonly Law[] = [
  {
    name: "DL1 Σ final = Σ base",
    check: (moment) => {
      const stakes = finalStakes(moment);
      for (const token of moment.model.reports.keys()) {
        const own = stakes.filter((stake) => stake.token === token);
        assert.equal(sum(own.map(({ final }) => final)), sum(own.map(({ base }) => base)));
      }
      for (const tokenClass of moment.model.rules.classes.keys()) {
        const { base, final } = moment.model.weights(tokenClass);
        assert.equal(sum(final.values()), sum(base.values()), "in the model");
      }
    },
  },
  {
    name: "DL2 final ≥ 0, and the clamp at zero never has to act",
    check: (moment) => {
      for (const { final } of finalStakes(moment)) assert.ok(final >= 0n);
      assert.equal(moment.model.clamped, false);
    },
  },
  {
    name: "DL3 a wallet's set is sorted, unique, without itself or zeros, within the cap, Σ ≤ 10000",
    check: ({ subject, after, model }) => {
      const state = subject.state();
      for (const slot of walletsOf(state)) {
        const name = state.wallets.register.names[slot]!;
        const edges = edgesOf(state, slot).filter((edge) => state.edges.factor[edge]! > 0);
        const targets = edges.map((edge) => state.wallets.register.names[state.edges.to[edge]!]!);
        assert.deepEqual(targets, [...new Set(targets)].toSorted(), "sorted and unique");
        assert.ok(!targets.includes(name), "without itself");
        assert.ok(targets.length <= Math.max(1, model.rules.policies.fanOut), "within the cap");
        assert.ok(edges.reduce((total, edge) => total + state.edges.factor[edge]!, 0) <= 10_000, "Σ ≤ 10000");
        const stated = model.wallets.get(name)?.stated ?? [];
        assert.deepEqual(after.statements.get(name), stated, "what it stated");
        const factors = edges.map((edge, i) => ({ to: targets[i]!, factor: state.edges.factor[edge]! }));
        if (stated.length > 0) assert.deepEqual(factors, normalised(stated), "what is in force");
      }
    },
  },
  {
    name: "DL4 incremental state ≡ recomputation",
    check: (moment) => {
      assertRecomputes(moment.subject.state());
      for (const tokenClass of moment.model.rules.classes.keys()) {
        const { final } = moment.model.weights(tokenClass);
        const weights = finalWeights(moment, tokenClass);
        for (const [wallet, weight] of final) assert.equal(weights.get(wallet) ?? 0n, weight, wallet);
        for (const wallet of weights.keys()) assert.ok(final.has(wallet), `${wallet} weighs something`);
      }
    },
  },
  {
    name: "DL5 forward index ≡ reverse index",
    check: ({ subject }) => {
      const state = subject.state();
      const forward = forwardEdges(state).toSorted(ascending);
      assert.deepEqual(forward, reverseEdges(state).toSorted(ascending));
      assert.equal(new Set(forward).size, forward.length, "each edge once");
    },
  },
  {
    name: "DL7 only the wallet changes its set",
    check: ({ before, after, request, done }) => {
      const speaks = done && (request.kind === "delegation" || request.kind === "delegations");
      const wallets = new Set([...before.statements.keys(), ...after.statements.keys()]);
      for (const wallet of wallets) {
        if (speaks && wallet === account(request.from)) continue;
        assert.deepEqual(after.statements.get(wallet) ?? [], before.statements.get(wallet) ?? [], wallet);
      }
    },
  },
];

const minting: readonly Law[] = [
  {
    name: "MT1 Σ accrued + Σ rest + waiting = Σ minted, scaled, exactly; and Info says the same",
    check: (moment) => {
      const { subject, model } = moment;
      const { accrued, rest, waiting, fees } = conservation(moment);
      assert.equal(accrued + rest + waiting + fees, (model.minted + model.feesTaken) * UNIT);
      const { tags } = subject.ask({ Action: "Info" });
      const figure = (name: string): bigint => BigInt(tagValue(tags, name)!);
      assert.equal(figure("Distributed"), accrued);
      assert.equal(figure("Rest"), rest);
      assert.equal(figure("Waiting"), waiting + fees);
      assert.equal(figure("Minted"), model.minted);
      assert.equal(figure("Fees"), model.feesTaken);
      assert.equal(figure("Book-Balance"), model.minted + model.foreign - model.settled);
    },
  },
  {
    name: "MT2 each wallet within one smallest unit of the plain algorithm",
    check: ({ after, model, history }) => {
      // Holdings of 38 digits are more than 10^42 parts can tell apart: then what divisions leave over counts too.
      const tolerance = history.hostile ? model.tolerance : UNIT;
      for (const [wallet, accrued] of after.accrued) {
        assert.ok(model.yields.isWithin(wallet, accrued, UNIT, tolerance), wallet);
      }
      for (const key of model.yields.keys()) {
        if (!key.includes(" ") && !after.accrued.has(key)) assert.equal(model.yields.floor(key), 0n, key);
      }
    },
  },
  {
    name: "MT2 each edge has contributed what the plain algorithm says, less what was below one unit when it was dropped",
    check: ({ subject, model, history }) => {
      const state = subject.state();
      const { names } = state.wallets.register;
      const known = new Set<string>();
      for (const edge of forwardEdges(state)) {
        const [from, to] = [state.edges.from[edge]!, state.edges.to[edge]!];
        const contributed = big(contributedBy(state, edge, ownYield(state, from)));
        const key = `${names[from]} ${names[to]}`;
        known.add(key);
        const forgotten = BigInt(model.wallets.get(names[from]!)?.statements ?? 0) * UNIT;
        const tolerance = history.hostile ? model.tolerance : UNIT;
        assert.ok(model.yields.isWithin(key, contributed + forgotten, UNIT, forgotten + tolerance), key);
      }
      for (const key of model.yields.keys()) {
        const from = key.split(" ")[0]!;
        const most = BigInt(model.wallets.get(from)?.statements ?? 0);
        if (key.includes(" ") && !known.has(key))
          assert.ok(model.yields.floor(key) <= most, `${key} is forgotten`);
      }
    },
  },
  {
    name: "MT6 no weight at all ⇒ the cycle waits",
    check: ({ subject, model }) => {
      assert.deepEqual(
        subject.state().waiting.map(big),
        model.waiting.map((units) => units * UNIT),
      );
      assert.equal(big(subject.state().feesWaiting), model.feesWaiting);
    },
  },
  {
    name: "MT7 no weight ⇒ nothing accrues",
    check: (moment) => {
      if (!isDistribution(moment)) return;
      const weighs = new Set(
        finalStakes(moment).flatMap(({ wallet, final }) => (final > 0n ? [wallet] : [])),
      );
      for (const wallet of moment.after.accrued.keys()) {
        if (!weighs.has(wallet)) assert.equal(earned(moment, wallet), 0n, wallet);
      }
    },
  },
  {
    name: "MT9 larger weight, never smaller yield",
    check: (moment) => {
      if (!isDistribution(moment) || moment.model.rules.classes.length > 1) return;
      const order = [...finalWeights(moment, 0)].toSorted(([, a], [, b]) => (a < b ? -1 : a > b ? 1 : 0));
      const bound = moment.history.hostile ? moment.model.tolerance : UNIT;
      for (let i = 1; i < order.length; i++) {
        const less = earned(moment, order[i - 1]![0]);
        assert.ok(earned(moment, order[i]![0]) + bound >= less, `${order[i]![0]} earned less`);
      }
    },
  },
];

const claims: readonly Law[] = [
  {
    name: "CR1 claimed ≤ owed, and what is owed only grows",
    check: ({ subject, before, after }) => {
      const { register, withdrawn, fees, pending } = subject.state().wallets;
      for (const [wallet, accrued] of after.accrued) {
        const slot = register.slots[wallet]!;
        assert.ok((big(withdrawn[slot]) + big(fees[slot])) * UNIT <= accrued, wallet);
        assert.ok(big(pending[slot]) <= big(withdrawn[slot]), wallet);
        assert.ok(accrued >= (before.accrued.get(wallet) ?? 0n), wallet);
      }
      for (const [wallet, accrued] of before.accrued) {
        if (!after.accrued.has(wallet)) assert.equal(accrued, 0n, `${wallet} was forgotten`);
      }
    },
  },
  {
    name: "CR2 received = unclaimed + pending + paid + rest",
    check: (moment) => {
      const state = moment.subject.state();
      const { accrued, rest, waiting, fees } = conservation(moment);
      const left = sumOf(state.wallets.withdrawn) + sumOf(state.wallets.fees);
      const unclaimed = accrued - left * UNIT;
      const owned = sum(
        [...moment.model.payouts.values()].map(({ owner, quantity }) => (owner ? quantity : 0n)),
      );
      assert.equal(sumOf(state.wallets.pending), owned, "pending, by wallet and by payout");
      const paid = sumOf(state.wallets.withdrawn) - owned;
      assert.equal(unclaimed + (owned + paid) * UNIT + rest + waiting + fees, moment.model.minted * UNIT);
    },
  },
  {
    name: "CR3 a reference is paid once",
    check: ({ subject, model }) => {
      const { open, pending, settled, next } = subject.state().payouts;
      assert.deepEqual(Object.keys(open).map(Number), [...model.payouts.keys()]);
      assert.equal(big(settled), model.settled);
      assert.equal(big(pending), sum([...model.payouts.values()].map(({ quantity }) => quantity)));
      assert.equal(next, model.nextPayout);
    },
  },
  {
    name: "CR5 a failed payout is restored exactly once",
    check: ({ subject, model }) => {
      const { register, withdrawn } = subject.state().wallets;
      for (const [name, wallet] of model.wallets) {
        assert.equal(big(withdrawn[register.slots[name] ?? -1]), wallet.withdrawn, name);
      }
    },
  },
  {
    name: "MS8 a refused request leaves the state as it was",
    check: ({ done, untouched }) => assert.ok(done || untouched !== false),
  },
  {
    name: "MS9 pending sets are bounded",
    check: ({ subject }) => {
      const { next, oldest, unconfirmedCount } = subject.state().payouts;
      assert.ok(next - oldest <= limits.pendingPayouts && unconfirmedCount === 0);
    },
  },
];

testLaws([explained, ...delegation, ...minting, ...claims]);
