/** Laws of delegation that compare two worlds, or one world before and after. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { walletAddress } from "../../units/address.ts";
import { histories, type History, person, rules } from "./history.ts";
import { play, runs, seed, steps } from "./judge.ts";
import { Model, normalised, type Policies, type Rules } from "./model.ts";
import { accruedByWallet } from "./recomputation.ts";
import { account, type Request, type Share } from "./requests.ts";
import { addresses, big, createSubject, type Subject } from "./subject.ts";

const UNIT = 10n ** 42n;
const people = Array.from({ length: 12 }, (_, i) => person(40, i));

interface Read {
  readonly [name: string]: string;
}

function read(subject: Subject, action: string, wallet: string): Read {
  return JSON.parse(subject.ask({ Action: action, Wallet: wallet }).data) as Read;
}

function carryOut(subject: Subject, requests: readonly Request[]): void {
  for (const request of requests) assert.equal(subject.request(request).error, "", request.kind);
}

/** Rules under which any set of delegations may be made in any order. */
function free(drawn: Rules, policies: Partial<Policies> = {}): Rules {
  const open = { overDelegation: "normalise", fanOut: 10, smallestFraction: 10, allowCycles: true } as const;
  const off = { deepestChain: 0, smallestBaseWeight: 0n, changeFee: 0n };
  return { ...drawn, policies: { ...drawn.policies, ...open, ...off, ...policies } };
}

/** What everybody holds and states. */
interface Picture {
  readonly rules: Rules;
  readonly holdings: readonly (readonly bigint[])[];
  readonly sets: readonly (readonly Share[])[];
}

const amounts = fc.oneof(fc.constant(0n), fc.bigInt(1n, 1_000n), fc.bigInt(1n, 10n ** 24n));
const set = fc
  .uniqueArray(fc.record({ to: fc.constantFrom(...people), factor: fc.integer({ min: 10, max: 10_000 }) }), {
    maxLength: 5,
    selector: ({ to }) => account(to),
  })
  .map((shares): readonly Share[] => shares);
const pictures: fc.Arbitrary<Picture> = fc.record({
  rules: rules.map((drawn) => free(drawn)),
  holdings: fc.array(fc.array(amounts, { minLength: 12, maxLength: 12 }), { minLength: 3, maxLength: 3 }),
  sets: fc.array(set, { minLength: 12, maxLength: 12 }),
});

/** The requests that paint a picture. */
function requestsOf({ holdings, sets }: Picture): { balances: Request[]; statements: Request[] } {
  const balances = holdings.map((column, token): Request => {
    const rows = column.map((amount, i) => ({ source: people[i]!, amount, recipient: undefined }));
    const page = { snapshot: 1, page: 1, pages: 1, mode: "full" as const };
    return { kind: "page", from: addresses.oracle, token, ...page, rows };
  });
  const statements = sets.map((shares, i): Request => {
    return { kind: "delegations", from: people[i]!, shares, version: 1 };
  });
  return { balances, statements };
}

const cycle = (cumulative: bigint): Request => ({ kind: "minting", cycle: 1, cumulative });

test("DL6 cycles and mutual delegation conserve", () => {
  const everyoneToAll = fc.property(pictures, fc.bigInt(1n, 10n ** 15n), (picture, minted) => {
    const subject = createSubject(picture.rules);
    const { balances, statements } = requestsOf(picture);
    carryOut(subject, [...balances, ...statements, cycle(minted), cycle(minted * 2n)]);
    const { tokens, waiting } = subject.state();
    const model = new Model(picture.rules);
    for (const request of [...balances, ...statements, cycle(minted), cycle(minted * 2n)]) {
      model.carryOut(request, { refused: undefined, error: "", quantity: undefined });
    }
    const accrued = [...accruedByWallet(subject.state()).values()].reduce((sum, amount) => sum + amount, 0n);
    const left = [...tokens.map(({ rest }) => rest), ...waiting].reduce((sum, part) => sum + big(part), 0n);
    assert.equal(accrued + left, minted * 2n * UNIT);
    for (const [wallet, amount] of accruedByWallet(subject.state())) {
      assert.ok(model.yields.isWithin(wallet, amount, UNIT, UNIT), wallet);
    }
  });
  fc.assert(everyoneToAll, { seed, numRuns: runs });
});

test("DL6 two wallets that give each other everything swap their yields", () => {
  const [drawn] = fc.sample(rules, { numRuns: 1, seed });
  const tokens = [{ id: "AR", denomination: 12, tokenClass: 0, multiplier: 10n ** 18n }];
  const subject = createSubject({ ...free(drawn!, { defaultTarget: undefined }), classes: [1n], tokens });
  const [a, b] = [people[0]!, people[1]!];
  const rows = [
    { source: a, amount: 10n ** 12n, recipient: undefined },
    { source: b, amount: 3n * 10n ** 12n, recipient: undefined },
  ];
  const page = { snapshot: 1, page: 1, pages: 1, mode: "full" as const };
  carryOut(subject, [
    { kind: "page", from: addresses.oracle, token: 0, ...page, rows },
    { kind: "delegations", from: a, shares: [{ to: b, factor: 10_000 }], version: 1 },
    { kind: "delegations", from: b, shares: [{ to: a, factor: 10_000 }], version: 1 },
    cycle(400n),
  ]);
  assert.equal(read(subject, "Get-Yield", a).accrued, "300");
  assert.equal(read(subject, "Get-Yield", b).accrued, "100");
});

test("DL8 same or older version changes nothing; whole set or nothing", () => {
  const bad: readonly Share[] = [{ to: people[3]!, factor: 10_001 }];
  const property = fc.property(pictures, set, fc.nat(6), fc.boolean(), (picture, other, behind, broken) => {
    const subject = createSubject(picture.rules);
    const from = people[0]!;
    const first: Request = { kind: "delegations", from, shares: picture.sets[0]!, version: 5 };
    carryOut(subject, [...requestsOf(picture).balances, first]);
    const before = JSON.stringify(subject.state());
    const shares = broken ? [...other.filter(({ to }) => to !== people[3]!), ...bad] : other;
    const version = broken ? 6 + behind : Math.max(1, 5 - behind);
    const { refused } = subject.request({ kind: "delegations", from, shares, version });
    assert.equal(refused, broken ? "invalid-factor" : "stale-version");
    assert.equal(JSON.stringify(subject.state()), before);
  });
  fc.assert(property, { seed, numRuns: runs });
});

test("DL9 the result does not depend on order of insertion or iteration", () => {
  const order = fc.shuffledSubarray([...people.keys()], { minLength: 12, maxLength: 12 });
  const property = fc.property(pictures, order, order, fc.boolean(), (picture, rows, turns, statesFirst) => {
    const plain = createSubject(picture.rules);
    const { balances, statements } = requestsOf(picture);
    carryOut(plain, [...balances, ...statements, cycle(10n ** 12n)]);

    const shuffled = createSubject(picture.rules);
    const mixed = balances.map((request) => {
      return request.kind === "page" ? { ...request, rows: rows.map((i) => request.rows[i]!) } : request;
    });
    const later = turns.map((i) => statements[i]!);
    // Each share by itself, in the order in which the set was drawn.
    const oneByOne = later.flatMap((request): Request[] => {
      if (request.kind !== "delegations" || request.shares.some(({ to }) => to === request.from))
        return [request];
      if (request.shares.length === 0) return [request];
      const { from, shares } = request;
      return shares.map((share) => ({ kind: "delegation", from, owner: from, share }));
    });
    const all = statesFirst ? [...oneByOne, ...mixed.toReversed()] : [...mixed.toReversed(), ...oneByOne];
    carryOut(shuffled, [...all, cycle(10n ** 12n)]);

    assert.deepEqual(
      [...accruedByWallet(shuffled.state())].toSorted(byName),
      [...accruedByWallet(plain.state())].toSorted(byName),
    );
    for (const wallet of people) {
      assert.deepEqual(read(shuffled, "Get-Weights", wallet), read(plain, "Get-Weights", wallet));
      assert.deepEqual(
        read(shuffled, "Get-Delegations", wallet).effective,
        read(plain, "Get-Delegations", wallet).effective,
      );
    }
  });
  fc.assert(property, { seed, numRuns: runs });
});

test("DL10 normalising keeps ratios within one basis point", () => {
  const property = fc.property(set, (shares) => {
    fc.pre(shares.reduce((sum, { factor }) => sum + factor, 0) > 10_000);
    const [drawn] = fc.sample(rules, { numRuns: 1, seed });
    const subject = createSubject(free(drawn!));
    const from = walletAddress("somebody else");
    carryOut(subject, [{ kind: "delegations", from, shares, version: 1 }]);
    const answer = read(subject, "Get-Delegations", from) as unknown as Answer;
    const total = shares.reduce((sum, { factor }) => sum + factor, 0);
    assert.equal(answer.totalFactor, total, "the stated numbers are shown");
    assert.equal(
      answer.effective.reduce((sum, { factor }) => sum + factor, 0),
      10_000,
    );
    for (const { walletTo, factor } of answer.effective) {
      const stated = shares.find(({ to }) => account(to) === walletTo)!.factor;
      assert.ok(Math.abs(factor - (stated * 10_000) / total) < 1, `${stated} of ${total} became ${factor}`);
      assert.ok(factor > 0);
    }
  });
  fc.assert(property, { seed, numRuns: runs });
});

interface Answer {
  readonly totalFactor: number;
  readonly effective: readonly { readonly walletTo: string; readonly factor: number }[];
}

test("what is read at the end of a history is what the plain algorithm says", () => {
  const property = fc.property(histories(steps), (history) => {
    const { model, subject } = play(history, () => {});
    for (let i = 0; i < history.crowd; i++) assertReads(history, model, subject, account(person(40, i)));
    let accrued = 0n;
    for (let cursor: string | null = "0"; cursor !== null;) {
      const page = subject.ask({ Action: "Audit", Limit: "7", Cursor: cursor }).data;
      const { accrued: some, nextCursor } = JSON.parse(page) as {
        accrued: string;
        nextCursor: string | null;
      };
      accrued += BigInt(some);
      cursor = nextCursor;
    }
    assert.equal(accrued, big(subject.state().distributed));
  });
  fc.assert(property, { seed, numRuns: Math.ceil(runs / 4) });
});

function assertReads({ hostile }: History, model: Model, subject: Subject, wallet: string): void {
  const weights = model.rules.classes.map((_, tokenClass) => model.weights(tokenClass));
  const decimal = (value: bigint): string => {
    const digits = `${value / 10n ** 22n}`.padStart(19, "0");
    return `${digits.slice(0, -18)}.${digits.slice(-18)}`;
  };
  const total = (part: "base" | "final"): bigint =>
    weights.reduce((sum, weight) => sum + (weight[part].get(wallet) ?? 0n), 0n);
  const shown = read(subject, "Get-Weights", wallet);
  assert.equal(shown.baseWeight, decimal(total("base")));
  assert.equal(shown.finalWeight, decimal(total("final")));
  assert.equal(shown.totalFinalWeight, decimal(weights.reduce((sum, weight) => sum + weight.total, 0n)));

  const stated = read(subject, "Get-Delegations", wallet) as unknown as Answer;
  assert.deepEqual(
    stated.effective.map(({ walletTo, factor }) => ({ to: walletTo, factor })),
    model.sharesOf(wallet),
  );
  const { accrued, pending, withdrawn } = read(subject, "Get-Yield", wallet);
  const known = model.wallets.get(wallet);
  assert.equal(BigInt(pending!), known?.pending ?? 0n);
  assert.equal(BigInt(withdrawn!), (known?.withdrawn ?? 0n) - (known?.pending ?? 0n));
  const difference = BigInt(accrued!) - model.yields.floor(wallet);
  const bound = hostile ? model.tolerance / UNIT : 1n;
  assert.ok(difference <= bound && -difference <= bound, `accrued ${accrued}, off by ${difference}`);
  assert.deepEqual(normalised(known?.stated ?? []).length, known?.stated.length ?? 0);
}

function byName([a]: readonly [string, bigint], [b]: readonly [string, bigint]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
