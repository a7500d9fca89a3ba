/** process/ is written in the part of TypeScript that means the same in Lua: each ban catches what it should, and says the way out. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { lint } from "./linter.ts";

/** What is wrong, words of the message (with the rule in front), and the same thing done right. */
type Sample = readonly [wrong: string, rule: string, says: RegExp, right: string];

const operators: Sample[] = [
  ["export const half = 6 / 3;", "operators", /`\/` makes a float.*quotient/, "export const half = 6 % 4;"],
  [
    "let a = 6; a /= 3; export { a };",
    "operators",
    /`\/=` makes a float/,
    "let a = 6; a -= 3; export { a };",
  ],
  ["export const a = 2 ** 3;", "operators", /`\*\*` makes a float.*Multiply/, "export const a = 2 * 2 * 2;"],
  ["let a = 2; a **= 3; export { a };", "operators", /`\*\*=`/, "let a = 2; a *= a; export { a };"],
  ["export const a = 5 | 0;", "operators", /32 bits.*64/, "export const a = 5 % 4;"],
  ["let a = 5; a >>>= 1; export { a };", "operators", /32 bits.*64/, "let a = 5; a += 1; export { a };"],
  ["export const a = ~5;", "operators", /32 bits.*64/, "export const a = -5;"],
  ['export const a = +"5";', "operators", /fromDigits/, "export const a = 5 + 0;"],
  [
    "export const is = (a: number) => a == 1;",
    "operators",
    /Use `===`/,
    "export const is = (a: number) => a === 1;",
  ],
  [
    "export const is = (a: number) => a != 1;",
    "operators",
    /Use `!==`/,
    "export const is = (a: number) => a !== 1;",
  ],
];

const literals: Sample[] = [
  ["export const a = 0.5;", "literals", /0\.5 is a float/, "export const a = 5_000;"],
  ["export const a = 1e12;", "literals", /1e12 is a float/, "export const a = 1_000_000_000_000;"],
  ["export const a = 9007199254740993;", "literals", /not exact/, "export const a = 9_007_199_254_740_991;"],
  ["export const a = 10n;", "literals", /BigInt.*natural/, "export const a = 0x0a;"],
];

const syntax: Sample[] = [
  [
    'export function f() { throw "no"; }',
    "syntax",
    /No `throw`.*refuse/,
    'export function f() { return "no"; }',
  ],
  ["try { f(); } finally { f(); } function f() {}", "syntax", /No `try`/, "f(); function f() { return 1; }"],
  [
    "export const f = async () => { await g(); }; declare function g(): PromiseLike<number>;",
    "syntax",
    /`async`/,
    "export const f = () => 1;",
  ],
  [
    "export function* f() { yield 1; }",
    "syntax",
    /No generators.*cursor/,
    "export function f() { return 1; }",
  ],
  ["export class A { a = 1; }", "syntax", /No classes.*plain records/, "export const a = { a: 1 };"],
  ["export const A = class { a = 1; };", "syntax", /No classes/, "export interface A { a: number }"],
  [
    "export function f(this: { a: number }) { return this.a; }",
    "syntax",
    /No `this`/,
    "export function f(of: { a: number }) { return of.a; }",
  ],
  [
    "export const a = { get b() { return 1; } };",
    "syntax",
    /No accessors/,
    "export const a = { b: () => 1 };",
  ],
  ["export enum A { b, c }", "syntax", /No enums.*union/, 'export type A = "b" | "c";'],
  [
    "export function f(r: Record<string, number>) { for (const k in r) g(k); } declare function g(k: string): void;",
    "syntax",
    /No `for…in`.*array/,
    "export function f(r: string[]) { for (const k of r) g(k); } declare function g(k: string): void;",
  ],
  [
    "export const is = (a: string) => /x/.test(a);",
    "syntax",
    /No regular expressions/,
    'export const is = (a: string) => a.includes("x");',
  ],
  ["a: for (;;) { for (;;) break a; }", "syntax", /No labels/, "for (;;) { break; }"],
  [
    "export const is = (a: object) => a instanceof f; declare const f: new () => object;",
    "syntax",
    /No `instanceof`.*kind/,
    'export const is = (a: { kind: string }) => a.kind === "f";',
  ],
];

const methods: Sample[] = [
  [
    "export const f = (a: number[]) => a.sort();",
    "methods",
    /No `.sort\(\)`.*unstable/,
    "export const f = (a: number[]) => a.slice();",
  ],
  [
    'export const f = (a: string) => a["localeCompare"]("b");',
    "methods",
    /No `.localeCompare\(\)`.*`<`/,
    'export const f = (a: string) => a < "b";',
  ],
  [
    "export const f = (a: string) => a.normalize();",
    "methods",
    /No `.normalize\(\)`/,
    "export const f = (a: string) => a.slice(1);",
  ],
  [
    "export const f = (a: string) => a.toLowerCase();",
    "methods",
    /lowerCase/,
    "export const f = (a: string) => a.trim();",
  ],
  [
    "export const f = (a: string) => a.toUpperCase();",
    "methods",
    /ASCII/,
    "export const f = (a: string) => a;",
  ],
  [
    "export const f = (a: number) => a.toFixed(2);",
    "methods",
    /natural/,
    "export const f = (a: number) => a.toString();",
  ],
  [
    "export const f = (a: number) => a.toLocaleString();",
    "methods",
    /template/,
    "export const f = (a: number) => `${a}`;",
  ],
  [
    'export const f = (a: string) => a.match("b");',
    "methods",
    /includes/,
    'export const f = (a: string) => a.startsWith("b");',
  ],
  [
    'export const f = (a: string) => a.search("b");',
    "methods",
    /indexOf/,
    'export const f = (a: string) => a.indexOf("b");',
  ],
];

const arrays: Sample[] = [
  [
    "export const f = (a: number[]) => { delete a[0]; };",
    "arrays",
    /`delete` leaves a hole.*splice/,
    "export const f = (a: Record<string, number>) => { delete a.b; };",
  ],
  [
    "export const f = (a: (string | undefined)[]) => { a[0] = undefined; };",
    "arrays",
    /is a hole.*empty value/,
    'export const f = (a: string[]) => { a[0] = ""; };',
  ],
  [
    "export const f = (a: (string | undefined)[], b?: string) => a.push(b);",
    "arrays",
    /is a hole/,
    "export const f = (a: string[], b: string) => a.push(b);",
  ],
  ["export const a = [1, undefined, 3];", "arrays", /Leave the element out/, "export const a = [1, 3];"],
  ["export const a = [1, , 3];", "arrays", /Leave the element out/, "export const a = [1, 0, 3];"],
  [
    "export const f = (b: (number | null)[]) => [...b];",
    "arrays",
    /Leave the element out/,
    "export const f = (b: number[]) => [...b];",
  ],
  [
    "export const f = (a: number[]) => { a.length = 0; };",
    "arrays",
    /lengthen.*pop/,
    "export const f = (a: number[]) => { a.pop(); };",
  ],
  [
    "export const f = (a: number[]) => { a.length--; };",
    "arrays",
    /lengthen/,
    "export const f = (a: number[], length: number) => { a[length] = 0; };",
  ],
];

const truth: Sample[] = [
  [
    "export const f = (a: number) => (a ? 1 : 2);",
    "truth",
    /number value in conditional/,
    "export const f = (a: number) => (a !== 0 ? 1 : 2);",
  ],
  [
    'export const f = (a: string) => a || "b";',
    "truth",
    /string value in conditional/,
    'export const f = (a: string) => (a === "" ? "b" : a);',
  ],
  [
    "export const f = (a?: { b: number }) => !a;",
    "truth",
    /nullable object/,
    "export const f = (a?: { b: number }) => a === undefined;",
  ],
  [
    "export const f = (a?: boolean) => { if (a) g(); }; declare function g(): void;",
    "truth",
    /nullable boolean/,
    "export const f = (a: boolean) => { if (a) g(); }; declare function g(): void;",
  ],
];

const RULE_OF: Record<string, string> = { truth: "@typescript-eslint/strict-boolean-expressions" };

for (const [wrong, rule, says, right] of [
  ...operators,
  ...literals,
  ...syntax,
  ...methods,
  ...arrays,
  ...truth,
]) {
  test(`house/${rule}: ${wrong}`, async () => {
    const name = RULE_OF[rule] ?? `house/${rule}`;
    const texts = (await lint("process/sample/rules.ts", wrong)).filter((finding) => finding.rule === name);
    assert.ok(texts.length > 0, "nothing was found");
    for (const { text } of texts) assert.match(text, says);
    assert.deepEqual(await lint("process/sample/rules.ts", right), []);
  });
}

const missing: Record<string, RegExp> = {
  "JSON.parse": /nil in Lua.*protocol/,
  Date: /message's/,
  "Math.floor": /only Math.max and Math.min/,
  "Math.random": /only Math.max and Math.min/,
  Number: /fromDigits/,
  parseInt: /fromDigits/,
  parseFloat: /fromDigits/,
  NaN: /whole/,
  Infinity: /whole/,
  isNaN: /whole/,
  isFinite: /whole/,
  BigInt: /natural/,
  "Object.keys": /no order/,
  "Object.entries": /no order/,
  "Object.values": /no order/,
  "Object.assign": /spread/,
  Reflect: /no order/,
  Intl: /nil in Lua/,
  RegExp: /characters/,
  Promise: /pending record/,
  console: /return an effect/,
  process: /return an effect/,
  globalThis: /return an effect/,
  Buffer: /return an effect/,
  setTimeout: /`now`/,
  setInterval: /`now`/,
  performance: /`now`/,
  queueMicrotask: /`now`/,
  crypto: /randomness/,
  require: /import the file/,
  Error: /refuse\(code, text\)/,
  eval: /run time/,
  Function: /run time/,
  TypeError: /refuse\(code, text\)/,
  RangeError: /refuse\(code, text\)/,
  global: /return an effect/,
  "(function () { return arguments; })()": /rest/,
};

test("house/globals: what Lua lacks", async () => {
  for (const [expression, says] of Object.entries(missing)) {
    const findings = await lint("process/sample/rules.ts", `export const it: unknown = ${expression};`);
    const texts = findings.filter((finding) => finding.rule === "house/globals");
    assert.equal(texts.length, 1, expression);
    assert.match(texts[0]!.text, says);
  }
});

test("house/methods: what strings, numbers and arrays lack, whatever they are called on", async () => {
  for (const method of ["toSorted", "matchAll", "toPrecision", "toExponential"]) {
    const code = `export const f = (of: { ${method}(): number }) => of.${method}();`;
    const findings = await lint("process/sample/rules.ts", code);
    assert.deepEqual([...new Set(findings.map(({ rule }) => rule))], ["house/methods"], method);
  }
});

test("house/globals: Math.max, Math.min, types and names of one's own pass", async () => {
  const code = `
    export const most = (a: number, b: number) => Math.max(a, Math.min(b, 1));
    export const f = (string: string, os: { time: number }) => string.length + os.time;
    export type Later = Promise<Date>;
    export const pages = { JSON: 1, process: 2 }.process;`;
  assert.deepEqual(await lint("process/sample/rules.ts", code), []);
});

test("house/globals: Lua's own only where host/ speaks to Lua", async () => {
  const code = 'export const say = () => { print(string.format("%d", os.time())); };';
  for (const file of ["process/host/lua.ts", "process/host/aos.ts", "process/host/compact.ts"]) {
    assert.deepEqual(await lint(file, code), []);
  }
  const texts = await lint("process/sample/rules.ts", code);
  assert.equal(texts.length, 3);
  for (const { text } of texts) assert.match(text, /outside of host\/: it is a global of Lua/);
});

test("house/plain-state: no Map or Set in a state, nor as a type", async () => {
  const types = "export interface State { a: Map<string, number>; b: ReadonlySet<string> }";
  const values = "export const empty = () => ({ a: new Map<string, number>(), b: new Set<string>() });";
  const texts = await lint("process/sample/state.ts", `${types} ${values}`);
  assert.equal(texts.length, 4);
  for (const { rule, text } of texts) {
    assert.equal(rule, "house/plain-state");
    assert.match(text, /does not survive.*emptyRecord/);
  }
  assert.deepEqual(await lint("process/sample/rules.ts", values), []);
  assert.deepEqual(
    await lint(
      "process/sample/state.ts",
      "export interface State { a: Record<string, number>; b: string[] }",
    ),
    [],
  );
});

test("Node's side may use the whole language", async () => {
  const code = `
    export class Failure extends Error {}
    export function half(a: number): number {
      if (Number.isNaN(a)) throw new Failure(JSON.stringify({ at: Date.now() }));
      return a / 2;
    }`;
  for (const file of ["process/host/node.ts", "units/sample.ts", "client/sample.ts"]) {
    assert.deepEqual(await lint(file, code), []);
  }
});

test("the bodies that Lua's own operations replace are exempt, each from its own rule only", async () => {
  const division = "export const quotient = (a: number, b: number) => (a - (a % b)) / b;";
  assert.deepEqual(await lint("process/math/integer.ts", division), []);
  assert.equal((await lint("process/math/natural.ts", division))[0]?.rule, "house/operators");
  assert.equal((await lint("process/math/integer.ts", "export const a = 0.5;"))[0]?.rule, "house/literals");
});
