/** One price from several sources: ages, bands, the median, and what one dishonest source can do. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  bandAt,
  crossBounds,
  isWithin,
  narrowed,
  type PricePolicy,
  priceAmong,
  type Quote,
} from "../../process/market/prices.ts";
import { limits } from "../../process/protocol/limits.ts";
import { toBigInt, toNatural } from "../math/values.ts";

const RUNS = { numRuns: 1000 };
const NOW = 1_800_000_000_000;
const LIFE = 600_000;
const policy: PricePolicy = { widestBand: 2_000, lives: 6, fewest: 1 };

interface Plain {
  readonly kind: Quote["kind"];
  readonly price: bigint;
  readonly age: number;
  readonly band: number;
}

const quoteOf = ({ kind, price, age, band }: Plain): Quote => ({
  kind,
  price: toNatural(price),
  at: NOW - age,
  life: LIFE,
  band,
});

interface PlainPrice {
  readonly price: bigint;
  readonly low: bigint;
  readonly high: bigint;
  readonly age: number;
}

function priceOf(quotes: readonly Plain[], rules = policy): PlainPrice | undefined {
  const found = priceAmong(quotes.map(quoteOf), rules, NOW);
  if (found === undefined) return undefined;
  const { price, low, high, age } = found;
  return { price: toBigInt(price), low: toBigInt(low), high: toBigInt(high), age };
}

const ceiling = (a: bigint, b: bigint) => (a + b - 1n) / b;
const least = (list: readonly bigint[]) => list.reduce((a, b) => (a < b ? a : b));
const most = (list: readonly bigint[]) => list.reduce((a, b) => (a > b ? a : b));

/** The band of a quote by the rule's words. */
function bandOf({ band, age }: Plain, rules: PricePolicy): bigint {
  if (age <= LIFE) return BigInt(band);
  const widened = ceiling(BigInt(band) * BigInt(age), BigInt(LIFE));
  return most([BigInt(band), least([widened, BigInt(rules.widestBand)])]);
}

const lowOf = (quote: Plain) => (quote.price * (10_000n - bandOf(quote, policy))) / 10_000n;
const highOf = (quote: Plain) => ceiling(quote.price * (10_000n + bandOf(quote, policy)), 10_000n);
const counts = ({ age }: Plain) => age <= LIFE * policy.lives;

/** The same by sorting and by comparing fractions. */
function model(quotes: readonly Plain[]): Omit<PlainPrice, "age"> | undefined {
  const middle = (list: readonly Plain[]) => {
    const sorted = [...list].sort((a, b) => (a.price < b.price ? -1 : a.price > b.price ? 1 : 0));
    return [sorted[(sorted.length - 1) >> 1]!, sorted[sorted.length >> 1]!] as const;
  };
  const all = quotes.filter(counts);
  const others = all.filter(({ kind }) => kind !== "auction");
  if (others.length === 0) return undefined;
  const [lower, upper] = middle(others);
  if (others.length === 2 && (upper.price > highOf(lower) || lower.price < lowOf(upper))) return undefined;
  const low = least([lowOf(lower), lowOf(upper)]);
  const high = most([highOf(lower), highOf(upper)]);
  const [first, second] = middle(all);
  return { price: least([most([(first.price + second.price) / 2n, low]), high]), low, high };
}

const near = fc.bigInt(95n * 10n ** 28n, 105n * 10n ** 28n);
const wild = fc.oneof(near, fc.bigInt(10_000n, 10n ** 60n));
const age = fc.oneof(fc.nat(LIFE), fc.integer({ min: LIFE - 1, max: LIFE * 6 + 1 }));
const band = fc.integer({ min: 1, max: 1_000 });
const of = (kind: fc.Arbitrary<Quote["kind"]>, price: fc.Arbitrary<bigint>, old = age) =>
  fc.record({ kind, price, age: old, band });
const other = fc.constantFrom<Quote["kind"]>("launch", "pool", "feed");
const any = fc.constantFrom<Quote["kind"]>("launch", "pool", "feed", "auction");
const auction = fc.constant<Quote["kind"]>("auction");
const lists = fc.oneof(
  fc.array(of(any, near), { maxLength: 6 }),
  fc.array(of(any, wild), { maxLength: limits.priceSources, size: "max" }),
);

test("price and bounds are those of the model", () => {
  // Equal prices with unequal bands have no order in the model.
  const distinct = lists.filter((list) => new Set(list.map(({ price }) => price)).size === list.length);
  fc.assert(
    fc.property(distinct, (quotes) => {
      const expected = model(quotes);
      const found = priceOf(quotes);
      if (found === undefined || expected === undefined) return assert.equal(found, expected);
      const { price, low, high } = found;
      assert.deepEqual({ price, low, high }, expected);
      assert.ok(low > 0n && low <= price && price <= high);
      assert.ok(quotes.some((quote) => quote.age === found.age && quote.kind !== "auction"));
    }),
    RUNS,
  );
});

test("the order of the quotes does not show", () => {
  const list = fc.array(of(any, fc.constantFrom(20n, 21n, 10n ** 22n), fc.constantFrom(0, LIFE * 2)), {
    maxLength: 6,
  });
  const pair = list.chain((quotes) =>
    fc.tuple(fc.constant(quotes), fc.shuffledSubarray(quotes, { minLength: quotes.length })),
  );
  fc.assert(
    fc.property(pair, ([quotes, shuffled]) => assert.deepEqual(priceOf(shuffled), priceOf(quotes))),
    RUNS,
  );
});

test("one manipulated source of three or more can't move the median out of the honest ones' range", () => {
  const fresh = fc.nat(LIFE);
  fc.assert(
    fc.property(
      fc.array(of(other, wild, fresh), { minLength: 2, maxLength: 6 }),
      of(other, fc.bigInt(10_000n, 10n ** 66n)),
      (honest, manipulated) => {
        fc.pre(counts(manipulated));
        const found = priceOf([...honest, manipulated])!;
        const range = honest.map(({ price }) => price);
        assert.ok(found.price >= least(range) && found.price <= most(range));
        const bandsOf = [...honest, manipulated].map((quote) => bandOf(quote, policy));
        const widest = most(bandsOf);
        assert.ok(found.low >= (least(range) * (10_000n - widest)) / 10_000n);
        assert.ok(found.high <= ceiling(most(range) * (10_000n + widest), 10_000n));
      },
    ),
    RUNS,
  );
});

test("one manipulated source of two can't move the price out of the other's band: they give none sooner", () => {
  let priced = 0;
  fc.assert(
    fc.property(of(other, near), of(other, wild), (honest, manipulated) => {
      fc.pre(counts(honest) && counts(manipulated));
      const found = priceOf([honest, manipulated]);
      if (found === undefined) return;
      priced += 1;
      assert.ok(found.price >= lowOf(honest) && found.price <= highOf(honest));
    }),
    RUNS,
  );
  assert.ok(priced > 100, "some pairs agree");
});

test("AUDIT the last clearing price as an oracle: auctions alone are no price", () => {
  fc.assert(
    fc.property(fc.array(of(auction, wild), { minLength: 1, maxLength: 8 }), (auctions) =>
      assert.equal(priceOf(auctions), undefined),
    ),
    RUNS,
  );
});

test("AUDIT the last clearing price as an oracle: auctions move the price within the others' band, bounds not at all", () => {
  fc.assert(
    fc.property(
      fc.array(of(other, near), { maxLength: 5 }),
      fc.array(of(auction, wild), { minLength: 1, maxLength: 10 }),
      (others, auctions) => {
        const without = priceOf(others);
        const found = priceOf([...auctions, ...others]);
        if (without === undefined || found === undefined) return assert.equal(found, without);
        const { price, ...bounds } = found;
        const { price: before, ...same } = without;
        assert.deepEqual(bounds, same);
        assert.ok(price >= without.low && price <= without.high && before > 0n);
      },
    ),
    RUNS,
  );
});

test("an auction does confirm: three of one mind pull the price to the edge of the band", () => {
  const pool: Plain = { kind: "pool", price: 1000n, age: 0, band: 500 };
  const cleared: Plain = { kind: "auction", price: 1020n, age: 0, band: 500 };
  assert.equal(priceOf([pool, cleared])!.price, 1010n);
  assert.equal(priceOf([pool, cleared, { ...cleared, price: 9999n }])!.price, 1020n);
  const far = { ...cleared, price: 9999n };
  assert.deepEqual(priceOf([pool, far, far]), { price: 1050n, low: 950n, high: 1050n, age: 0 });
});

test("a band stands up to its life, then widens with the age up to the cap", () => {
  const quote = quoteOf({ kind: "pool", price: 1n, age: 0, band: 300 });
  const bands = [0, LIFE, LIFE + 1, LIFE * 2, LIFE * 6, LIFE * 7].map((old) => bandAt(quote, 2_000, old));
  assert.deepEqual(bands, [300, 300, 301, 600, 1_800, 2_000]);
  assert.equal(bandAt({ ...quote, band: 2_500 }, 2_000, LIFE * 3), 2_500, "wider to begin with");
});

test("older ⇒ wider ⇒ no price", () => {
  const at = (old: number) => priceOf([{ kind: "pool", price: 10_000n, age: old, band: 300 }]);
  assert.deepEqual(at(0), { price: 10_000n, low: 9_700n, high: 10_300n, age: 0 });
  assert.deepEqual(at(LIFE * 2), { price: 10_000n, low: 9_400n, high: 10_600n, age: LIFE * 2 });
  assert.equal(at(LIFE * 6)?.low, 8_200n);
  assert.equal(at(LIFE * 6 + 1), undefined);
  assert.equal(priceOf([]), undefined);
});

test("what makes no sense does not count, instead of counting as fresh, free or exact", () => {
  const good = quoteOf({ kind: "feed", price: 10n ** 30n, age: 0, band: 100 });
  const bad: Partial<Quote>[] = [
    ...[{ price: toNatural(0n) }, { price: toNatural(1n) }, { at: 0, life: NOW }, { at: NOW + 1 }],
    ...[{ life: 0 }, { band: 0 }, { band: 10_000 }],
  ];
  assert.notEqual(priceAmong([good], policy, NOW), undefined);
  for (const change of bad) assert.equal(priceAmong([{ ...good, ...change }], policy, NOW), undefined);
});

test("as many sources as the policy asks for, auctions not counted", () => {
  const pool: Plain = { kind: "pool", price: 10n ** 30n, age: 0, band: 100 };
  const two = { ...policy, fewest: 2 };
  assert.equal(priceOf([pool], two), undefined);
  assert.equal(priceOf([pool, { ...pool, kind: "auction" }], two), undefined);
  assert.notEqual(priceOf([pool, { ...pool, kind: "launch" }], two), undefined);
});

test("more sources than the cap end the message", () => {
  const pool: Plain = { kind: "pool", price: 10n ** 30n, age: 0, band: 100 };
  const many = Array.from({ length: limits.priceSources + 1 }, () => pool);
  assert.throws(() => priceOf(many));
  assert.notEqual(priceOf(many.slice(1)), undefined);
});

const price = fc.bigInt(1n, 10n ** 40n);
const bounds = fc.tuple(price, price).map(([a, b]) => (a < b ? { low: a, high: b } : { low: b, high: a }));
const naturals = ({ low, high }: { low: bigint; high: bigint }) => ({
  low: toNatural(low),
  high: toNatural(high),
});

test("bounds of a pair hold every price within both, in the other", () => {
  const inside = bounds.chain((range) => fc.tuple(fc.constant(range), fc.bigInt(range.low, range.high)));
  fc.assert(
    fc.property(inside, inside, ([sold, soldAt], [paid, paidAt]) => {
      const pair = crossBounds(naturals(sold), naturals(paid));
      // low ≤ soldAt / paidAt ≤ high as fractions.
      assert.ok(toBigInt(pair.low) * paidAt <= soldAt * 10n ** 30n);
      assert.ok(toBigInt(pair.high) * paidAt >= soldAt * 10n ** 30n);
    }),
    RUNS,
  );
});

test("AU7 bounds only narrow, to what lies in both", () => {
  fc.assert(
    fc.property(bounds, bounds, price, (first, second, each) => {
      const both = narrowed(naturals(first), naturals(second));
      const within = ({ low, high }: { low: bigint; high: bigint }) => low <= each && each <= high;
      assert.equal(both !== undefined && isWithin(both, toNatural(each)), within(first) && within(second));
      if (both !== undefined) {
        assert.ok(toBigInt(both.low) >= first.low && toBigInt(both.high) <= first.high);
        assert.ok(toBigInt(both.low) <= toBigInt(both.high));
      }
    }),
    RUNS,
  );
});
