/** The same answers from Lua in the compact module as from JavaScript. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { buildModule } from "../../module/build.ts";
import { bundleLua } from "../../module/bundle.ts";
import { type Instance, start } from "../module/instance.ts";
import { answer, operationNames } from "./operations.ts";

let instance: Instance;

before(async () => {
  const lua = bundleLua(fileURLToPath(new URL("bundle.ts", import.meta.url)));
  instance = await start(await buildModule(lua));
});

async function answersOfLua(lines: readonly string[]): Promise<readonly string[]> {
  const response = await instance.call({ Data: lines.join(";") });
  return String(response.Output.data).split(";");
}

const LINES_OF = 200;
const NOW = 1_800_000_000_000;

const whole = (least: number, most: number) => fc.integer({ min: least, max: most }).map(String);
const amount = fc.oneof(fc.bigInt(0n, 1000n), fc.bigInt(0n, 10n ** 38n - 1n));
const any = amount.map(String);
const positive = amount.map((value) => `${value + 1n}`);
const price = fc.oneof(fc.bigInt(1n, 100n), fc.bigInt(10n ** 28n, 10n ** 32n), fc.bigInt(1n, 10n ** 60n));
const row = (...cells: fc.Arbitrary<string>[]) => fc.tuple(...cells).map((list) => list.join(":"));
const list = (each: fc.Arbitrary<string>, most: number, least = 0) =>
  fc.array(each, { minLength: least, maxLength: most, size: "max" }).map((all) => all.join(","));
const names = (most: number) =>
  fc
    .array(amount, { minLength: 1, maxLength: most, size: "max" })
    .map((all) => all.map((value, i) => `n${(i * 7) % 50}:${value}`).join(","));

const quote = row(
  fc.constantFrom("launch", "pool", "auction", "feed"),
  fc.bigInt(95n * 10n ** 28n, 105n * 10n ** 28n).map(String),
  whole(NOW - 4_000_000, NOW + 1),
  whole(500_000, 700_000),
  whole(0, 1_000),
);
const settings = fc
  .tuple(price, price, whole(14_999, 90_000), ...Array.from({ length: 5 }, () => whole(1, 12)))
  .map(([a, b, ...rest]) => [...(a > b ? [a, b] : [b, a]).map(String), ...rest].join(":"));
const bounds = fc.tuple(price, price).map(([a, b]) => (a < b ? `${a}:${b}` : `${b}:${a}`));

/** The operands of each operation, as it is called in operations.ts. */
const operands: Record<string, fc.Arbitrary<string>[]> = {
  price: [any, price.map(String)],
  mean: [any, any, whole(0, 1_000_000)],
  prices: [list(quote, 12), whole(100, 2_000), fc.constant(`${NOW}`)],
  bounds: [bounds, bounds],
  dutch: [settings, whole(0, 20), whole(0, 700)],
  fill: [any, any, price.map(String), price.map(String)],
  basket: [list(row(any, price.map(String), whole(0, 10_000)), 10), whole(0, 3_000)],
  lot: [any, any, any, price.map(String)],
  weights: [names(50), whole(0, 300), whole(100, 10_000), whole(1, 4_000)],
  caps: [positive, list(row(whole(0, 1_500_000), any), 30)],
  batch: [
    ...[positive, fc.bigInt(1n, 10n ** 31n).map(String), whole(0, 20)],
    list(row(any, fc.bigInt(10n ** 28n, 10n ** 32n).map(String)), 30),
  ],
};

for (const name of operationNames) {
  test(`${name} is the same in Lua`, async () => {
    const line = fc.tuple(...operands[name]!).map((parts) => [name, ...parts].join(" "));
    const lines = fc.sample(line, LINES_OF);
    const answers = await answersOfLua(lines);
    assert.equal(answers.length, lines.length);
    lines.forEach((each, i) => assert.equal(answers[i], answer(each), each));
    assert.ok(new Set(answers).size > LINES_OF / 10, "the answers differ from one another");
  });
}

test("every operation has operands to try", () => {
  assert.deepEqual(Object.keys(operands), operationNames);
});

test("an answer that differs would be noticed", async () => {
  assert.deepEqual(await answersOfLua(["lot 9 8 7 1000000000000000000000000000000"]), ["7"]);
  assert.deepEqual(await answersOfLua(["nothing"]), ["unknown: nothing"]);
});
