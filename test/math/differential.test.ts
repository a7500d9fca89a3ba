import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { before, test } from "node:test";
import fc from "fast-check";
import { buildModule } from "../../module/build.ts";
import { bundleLua } from "../../module/bundle.ts";
import { type Instance, start } from "../module/instance.ts";
import { answer, operationNames } from "./operations.ts";
import { edges, positive, value } from "./values.ts";

let instance: Instance;

before(async () => {
  const lua = bundleLua(fileURLToPath(new URL("bundle.ts", import.meta.url)));
  instance = await start(await buildModule(lua));
});

async function answersOfLua(lines: readonly string[]): Promise<readonly string[]> {
  const response = await instance.call({ Data: lines.join(";") });
  return String(response.Output.data).split(";");
}

async function assertAlike(lines: readonly string[]): Promise<void> {
  const answers = await answersOfLua(lines);
  assert.equal(answers.length, lines.length);
  lines.forEach((line, i) => assert.equal(answers[i], answer(line), line));
}

const digits = (most: number) => fc.oneof(fc.nat(most), fc.constantFrom(0, 1, most - 1, most)).map(String);
const small = fc.integer({ min: 1, max: 10_000_000 }).map(String);
const any = value.map(String);
const nonzero = positive.map(String);
const safe = fc.maxSafeNat().map((number) => (number % 10 ** 15).toString());
const places = digits(40);
const amounts = fc.array(any, { maxLength: 12 }).map((parts) => parts.join(","));
const factors = fc.array(digits(20_000), { maxLength: 12 }).map((parts) => parts.join(","));
const allocation = fc.bigInt(0n, 10n ** 38n - 1n).map(String);
const rate = fc.oneof(fc.bigInt(1n, 10n ** 18n - 1n), fc.constantFrom(1n, 10n ** 18n - 1n));
const decayFactor = rate.map((number) => `0.${number.toString().padStart(18, "0")}`);
const text = fc.string({
  unit: fc.constantFrom(..."0123456789012345678901234567890123456789..-+ex_N"),
  maxLength: 40,
});
const decimal = fc.oneof(
  fc.tuple(any, safe).map(([whole, part]) => `${whole}.${part}`),
  text,
);

/** The operands of each operation, as it is called in operations.ts. */
const operands: Record<string, fc.Arbitrary<string>[]> = {
  quotient: [safe, small],
  parse: [fc.oneof(any, text)],
  limbs: [any],
  natural: [safe],
  toNumber: [any],
  compare: [any, any],
  isEqual: [any, any],
  isZero: [any],
  add: [any, any],
  subtract: [any, any],
  multiply: [any, any],
  multiplySmall: [any, digits(10_000_000)],
  power10: [digits(200)],
  divide: [any, nonzero],
  divideSmall: [any, small],
  sha256: [fc.string({ unit: fc.constantFrom(..."abcdefgé€😀01"), maxLength: 300 })],
  dropLimbs: [any, digits(5)],
  multiplyDivideDown: [any, any, nonzero],
  multiplyDivideUp: [any, any, nonzero],
  parseDecimal: [decimal, places],
  formatDecimal: [any, places, places],
  formatDecimalExact: [any, places],
  apportion: [any, amounts],
  basisPoints: [factors, fc.constant("10000")],
  decay: [allocation, decayFactor, fc.integer({ min: 1, max: 3650 }).map(String), digits(3650)],
  squareRoot: [any],
};

const LINES_OF = 1000;

for (const name of operationNames) {
  test(`${name} is the same in Lua`, async () => {
    const line = fc.tuple(...operands[name]!).map((parts) => [name, ...parts].join(" "));
    await assertAlike(fc.sample(line, name === "decay" ? 300 : LINES_OF));
  });
}

test("every operation has operands to try", () => {
  assert.deepEqual(Object.keys(operands), operationNames);
});

test("every pair of edge values is the same in Lua", async () => {
  const lines: string[] = [];
  for (const a of edges) {
    lines.push(`parse ${a}`, `limbs ${a}`, `toNumber ${a}`, `formatDecimalExact ${a} 12`);
    for (const b of edges) {
      for (const name of ["add", "subtract", "multiply", "compare"]) lines.push(`${name} ${a} ${b}`);
      if (b > 0n) lines.push(`divide ${a} ${b}`);
    }
  }
  await assertAlike(lines);
});

test("text that is no number is refused in Lua too", async () => {
  const texts = ["", "nil", "inf", "nan", "0x10", "1e3", "1.0", ".000000001e+14", "00", "-0", "١", "1٠"];
  await assertAlike(
    texts.flatMap((text) => [`parse ${text}`, `parseDecimal ${text} 18`, `parseDecimal 0.${text} 18`]),
  );
});

test("an answer that differs is noticed", async () => {
  const [three] = await answersOfLua(["add 1 2"]);
  assert.equal(three, "3");
  assert.deepEqual(await answersOfLua(["nothing"]), ["unknown: nothing"]);
});
