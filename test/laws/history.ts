/**
 * Random histories: who does what, in drafts of small numbers that become requests when it is known what there is. So
 * most requests are sensible, some are not, and a counterexample shrinks to a few steps.
 */
import fc from "fast-check";
import { ethereumAddress, walletAddress } from "../../units/address.ts";
import type { Model, Rules, TokenRules } from "./model.ts";
import type { Request, Row, Share } from "./requests.ts";
import { addresses } from "./subject.ts";

/** What somebody is about to do. */
export type Draft =
  | {
      act: "report";
      token: number;
      turn: Turn;
      mode: "full" | "delta";
      pages: number;
      rows: RowDraft[];
      by: number;
    }
  | { act: "multiplier"; token: number; to: number; version: number; by: number }
  | { act: "delegate"; from: number; to: number; factor: number; by: number }
  | { act: "delegate all"; from: number; shares: { to: number; factor: number }[]; version: number }
  | { act: "withdraw"; from: number; part: Part; to: number }
  | { act: "mint"; amount: bigint; cycles: number; late: boolean }
  | { act: "pay"; from: number; amount: bigint }
  | { act: "answer"; which: number; paid: boolean }
  | { act: "tick" };

/** How a report goes on: sensibly, or against the rules. */
type Turn = "next" | "restart" | "again" | "skip" | "stale" | "gap" | "other pages";
type Part = "all" | "half" | "one" | "one too many" | "none" | "too long";
type RowDraft = { wallet: number; amount: bigint; to: number };

export interface Step {
  readonly draft: Draft;
  readonly wait: number;
  /** Sent by the book, once more with the id of the last that was carried out, or signed by a stranger. */
  readonly sending: "plain" | "repeated" | "forged";
}

export interface History {
  readonly rules: Rules;
  /** How many wallets there are. */
  readonly crowd: number;
  /** Whether amounts may have up to 38 digits. */
  readonly hostile: boolean;
  readonly steps: readonly Step[];
}

const people = Array.from({ length: 40 }, (_, i) =>
  i % 5 === 4 ? ethereumAddress(`wallet ${i}`) : walletAddress(`wallet ${i}`),
);
const unit = 10n ** 18n;

export function person(crowd: number, index: number): string {
  return people[index % crowd]!;
}

const usual = fc.oneof(
  fc.bigInt(0n, 3n),
  fc.bigInt(1n, 1_000n),
  fc.bigInt(1n, 10n ** 15n),
  fc.bigInt(1n, 10n ** 27n),
);
const hostileAmount = fc.oneof(usual, fc.constantFrom(10n ** 38n - 1n, 10n ** 37n, 1n, 0n));

const factor = fc.oneof(
  fc.constantFrom(0, 1, 99, 100, 2_500, 5_000, 9_999, 10_000),
  fc.integer({ min: 100, max: 10_000 }),
);
const anybody = fc.nat(39);
/** 0 is who ought to, anything else somebody else. */
const by = fc.oneof({ weight: 15, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.constant(1) });
const version = fc.constantFrom(1, 1, 1, 1, 7, 0, -1);

function draft(amount: fc.Arbitrary<bigint>): fc.Arbitrary<Draft> {
  const row = fc.record({
    wallet: anybody,
    amount,
    // Mostly the wallet itself.
    to: fc.oneof({ weight: 4, arbitrary: fc.constant(-1) }, { weight: 1, arbitrary: anybody }),
  });
  const turns: Turn[] = ["next", "next", "next", "next", "next", "next", "next", "restart"];
  const report = fc.record({
    act: fc.constant("report" as const),
    token: fc.nat(2),
    turn: fc.constantFrom<Turn>(...turns, ...turns, "again", "skip", "stale", "gap", "other pages"),
    mode: fc.constantFrom("full" as const, "delta" as const, "delta" as const),
    pages: fc.constantFrom(1, 1, 1, 2, 3),
    rows: fc.array(row, { maxLength: 12 }),
    by,
  });
  const multiplier = fc.record({
    act: fc.constant("multiplier" as const),
    token: fc.nat(2),
    to: fc.nat(5),
    version,
    by: fc.nat(2),
  });
  const delegate = fc.record({
    act: fc.constant("delegate" as const),
    from: anybody,
    to: anybody,
    factor,
    by,
  });
  const all = fc.record({
    act: fc.constant("delegate all" as const),
    from: anybody,
    shares: fc.array(fc.record({ to: anybody, factor }), { maxLength: 5 }),
    version,
  });
  const part = fc.constantFrom<Part>("all", "all", "half", "one", "one too many", "none", "too long");
  const withdraw = fc.record({ act: fc.constant("withdraw" as const), from: anybody, part, to: fc.nat(45) });
  const minting = fc.record({
    act: fc.constant("mint" as const),
    amount: fc.oneof(fc.bigInt(1n, 50n), fc.bigInt(1n, 10n ** 12n), fc.constant(34_593_759_375_000n)),
    cycles: fc.integer({ min: 1, max: 12 }),
    late: fc.constantFrom(false, false, false, false, true),
  });
  const pay = fc.record({
    act: fc.constant("pay" as const),
    from: anybody,
    amount: fc.bigInt(1n, 10n ** 15n),
  });
  const answer = fc.record({ act: fc.constant("answer" as const), which: fc.nat(9), paid: fc.boolean() });
  return fc.oneof(
    { weight: 22, arbitrary: report },
    { weight: 4, arbitrary: multiplier },
    { weight: 22, arbitrary: delegate },
    { weight: 12, arbitrary: all },
    { weight: 10, arbitrary: withdraw },
    { weight: 16, arbitrary: minting },
    { weight: 2, arbitrary: pay },
    { weight: 8, arbitrary: answer },
    { weight: 3, arbitrary: fc.record({ act: fc.constant("tick" as const) }) },
  );
}

const token = (id: string, denomination: number) =>
  fc.record<TokenRules>({
    id: fc.constant(id),
    denomination: fc.constant(denomination),
    tokenClass: fc.nat(1),
    multiplier: fc.constantFrom(unit / 5n, unit / 2n, unit, 1n, 0n, 123n * unit, unit / 3n),
  });

const policies = fc
  .record({
    overDelegation: fc.constantFrom("normalise" as const, "normalise" as const, "reject" as const),
    defaultTarget: fc.constantFrom(undefined, undefined, people[0], walletAddress("index")),
    fanOut: fc.constantFrom(10, 10, 3, 1),
    smallestFraction: fc.constantFrom(100, 100, 10, 1_000),
    allowCycles: fc.boolean(),
    deepestChain: fc.constantFrom(0, 0, 1, 2, 4),
    smallestBaseWeight: fc.constantFrom(0n, 0n, 0n, 1n, unit / 2n, 1_000n * unit),
    changeFee: fc.constantFrom(0n, 0n, 0n, 1n, 1_000_000n),
  })
  .map((drawn) => ({ ...drawn, deepestChain: drawn.allowCycles ? 0 : drawn.deepestChain }));

export const rules: fc.Arbitrary<Rules> = fc
  .record({
    policies,
    classes: fc.constantFrom([1n], [1n], [36n, 64n]),
    tokens: fc.tuple(token("AR", 12), token("DAI", 18), token("DUST", 0)),
  })
  .map(({ policies: chosen, classes, tokens }) => ({
    policies: chosen,
    classes,
    tokens: tokens.map((each) => ({ ...each, tokenClass: each.tokenClass % classes.length })),
    oracle: addresses.oracle,
    governor: addresses.governor,
    ledger: addresses.ledger,
  }));

/** Histories of at least `length` steps. */
export function histories(length: number): fc.Arbitrary<History> {
  return fc.boolean().chain((hostile) => {
    const step = fc.record<Step>({
      draft: draft(hostile ? hostileAmount : usual),
      wait: fc.constantFrom(0, 0, 1_000, 60_000, 700_000),
      sending: fc.constantFrom(...Array<"plain">(24).fill("plain"), "repeated" as const, "forged" as const),
    });
    return fc.record<History>({
      rules,
      crowd: fc.constantFrom(2, 3, 5, 8, 12, 20, 40),
      hostile: fc.constant(hostile),
      steps: fc.array(step, { minLength: length, maxLength: length + 10, size: "max" }),
    });
  });
}

/** The request that a draft comes to, as things stand. */
export function requestOf(model: Model, { crowd }: History, drawn: Draft): Request {
  switch (drawn.act) {
    case "report":
      return reportOf(model, crowd, drawn);
    case "multiplier": {
      const from = [addresses.oracle, addresses.governor, addresses.stranger][drawn.by]!;
      const to = [unit / 5n, unit, 0n, 1n, 7n * unit, unit / 7n][drawn.to]!;
      const next = Math.max(0, model.reports[drawn.token]!.version + drawn.version);
      return { kind: "multiplier", from, token: drawn.token, multiplier: to, version: next };
    }
    case "delegate": {
      const owner = person(crowd, drawn.from);
      const share = { to: person(crowd, drawn.to), factor: drawn.factor };
      return {
        kind: "delegation",
        from: drawn.by === 0 ? owner : person(crowd, drawn.from + 1),
        owner,
        share,
      };
    }
    case "delegate all": {
      const from = person(crowd, drawn.from);
      const shares = drawn.shares.map(({ to, factor: part }): Share => ({
        to: person(crowd, to),
        factor: part,
      }));
      const known = model.wallets.get(from.startsWith("0x") ? from.toLowerCase() : from)?.version ?? 0;
      return { kind: "delegations", from, shares, version: Math.max(1, known + drawn.version) };
    }
    case "withdraw":
      return withdrawalOf(model, crowd, drawn);
    case "mint": {
      const added = drawn.late ? 0n : drawn.amount * BigInt(drawn.cycles);
      return { kind: "minting", cycle: drawn.cycles, cumulative: model.minted + added };
    }
    case "pay":
      return { kind: "payment", sender: person(crowd, drawn.from), quantity: drawn.amount };
    case "answer": {
      const open = [...model.payouts.keys()];
      return { kind: "answer", payout: open[drawn.which] ?? 1_000 + drawn.which, paid: drawn.paid };
    }
    case "tick":
      return { kind: "tick", from: addresses.stranger };
  }
}

function reportOf(model: Model, crowd: number, drawn: Extract<Draft, { act: "report" }>): Request {
  const { complete, arriving, mode, pages, rows } = model.reports[drawn.token]!;
  const base = {
    kind: "page" as const,
    from: drawn.by === 0 ? addresses.oracle : addresses.stranger,
    token: drawn.token,
    rows: drawn.rows.map(({ wallet, amount, to }): Row => ({
      source: person(crowd, wallet),
      amount,
      recipient: to < 0 ? undefined : person(crowd, to),
    })),
  };
  const begin = { ...base, snapshot: complete + 1, page: 1, pages: drawn.pages, mode: drawn.mode };
  if (drawn.turn === "stale") return { ...begin, snapshot: complete };
  if (drawn.turn === "gap") return { ...begin, snapshot: complete + 3, mode: "delta" };
  if (arriving === 0) return drawn.turn === "skip" ? { ...begin, page: 2 } : begin;
  const onward = { ...base, snapshot: arriving, page: rows.length + 1, pages, mode };
  if (drawn.turn === "restart") return { ...begin, snapshot: arriving + 1, mode: "full" };
  if (drawn.turn === "again") return { ...onward, page: rows.length };
  if (drawn.turn === "skip") return { ...onward, page: rows.length + 2 };
  if (drawn.turn === "other pages") return { ...onward, pages: pages + 1 };
  return onward;
}

function withdrawalOf(model: Model, crowd: number, drawn: Extract<Draft, { act: "withdraw" }>): Request {
  const from = person(crowd, drawn.from);
  const available = model.withdrawable(from.startsWith("0x") ? from.toLowerCase() : from);
  const quantity = {
    all: undefined,
    half: available / 2n + 1n,
    one: 1n,
    "one too many": available + 1n,
    none: 0n,
    "too long": 10n ** 38n,
  }[drawn.part];
  const recipient = drawn.to < 40 ? undefined : drawn.to === 45 ? addresses.ledger : person(crowd, drawn.to);
  return { kind: "withdrawal", from, quantity, recipient };
}
