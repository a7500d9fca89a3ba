/** The plan of the house: who may import whom, how files are named, how long they get. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { lint } from "./linter.ts";

async function rooms(file: string, code: string): Promise<readonly string[]> {
  const findings = await lint(file, code);
  return findings.filter((finding) => finding.rule === "house/rooms").map(({ text }) => text);
}

const allowed: [file: string, ...imports: string[]][] = [
  ["process/math/decay.ts", "./natural.ts"],
  ["process/collections/register.ts", "./record.ts", "../math/integer.ts"],
  ["process/protocol/tags.ts", "./message.ts", "./refusal.ts", "../math/natural.ts"],
  ["process/payouts/owed.ts", "../math/natural.ts", "../collections/record.ts", "../protocol/message.ts"],
  ["process/contributions/paying.ts", "./state.ts", "../payouts/till.ts", "../protocol/limits.ts"],
  ["process/market/lot.ts", "./price.ts", "../math/natural.ts", "../protocol/limits.ts"],
  ["process/token/state.ts", "../math/natural.ts", "../collections/record.ts", "../market/batch.ts"],
  ["process/token/rules.ts", "./state.ts", "./supply.ts", "../math/natural.ts", "../payouts/owed.ts"],
  ["process/token/supply.ts", "../protocol/refusal.ts", "../protocol/limits.ts", "../protocol/address.ts"],
  ["process/token/actions.ts", "./rules.ts", "./state.ts", "../protocol/tags.ts", "../market/lot.ts"],
  ["process/token/actions.ts", "./actions/transfer.ts"],
  ["process/token/actions/transfer.ts", "../rules.ts", "../../protocol/tags.ts"],
  ["process/token/main.ts", "./actions.ts", "./state.ts", "../host/lua.ts"],
  ["process/host/compact.ts", "./process.ts", "../protocol/message.ts", "../collections/record.ts"],
  ["process/host/node.ts", "./evaluation.ts", "node:assert"],
  [
    "client/reads.ts",
    "./transport.ts",
    "../process/protocol/message.ts",
    "../process/math/natural.ts",
    "node:fs",
  ],
  ["units/compute.ts", "./outbox.ts", "../process/host/node.ts", "../module/build.ts", "node:http"],
  ["ao.config.ts", "./units/compute.ts"],
  ["scripts/deploy.ts", "../ao.config.ts", "../client/reads.ts", "../process/token/state.ts", "typescript"],
  ["test/unit/token.test.ts", "../../process/token/rules.ts", "../../scripts/deploy.ts", "./samples.ts"],
  ["lint/names.js", "./rooms.js", "node:path"],
];

for (const [file, ...imports] of allowed) {
  test(`${file} imports ${imports.join(", ")}`, async () => {
    const code = imports.map((name) => `export * from "${name}";`).join("\n");
    assert.deepEqual(await rooms(file, code), []);
  });
}

const refused: [file: string, name: string, says: RegExp][] = [
  [
    "process/math/decay.ts",
    "../protocol/limits.ts",
    /of math doesn't import protocol words.*may import: math\./,
  ],
  ["process/collections/register.ts", "../protocol/limits.ts", /of collections doesn't import/],
  ["process/protocol/tags.ts", "../payouts/owed.ts", /of protocol doesn't import payouts/],
  ["process/protocol/address.ts", "../collections/record.ts", /doesn't import collections/],
  ["process/payouts/owed.ts", "../token/state.ts", /of payouts doesn't import state/],
  ["process/payouts/till.ts", "../contributions/state.ts", /of payouts doesn't import contributions/],
  ["process/market/lot.ts", "../token/state.ts", /of market doesn't import state/],
  ["process/market/lot.ts", "../protocol/tags.ts", /of market doesn't import protocol /],
  ["process/token/state.ts", "./rules.ts", /only types from rules.*import type/],
  ["process/token/state.ts", "../protocol/message.ts", /of state doesn't import protocol /],
  ["process/token/rules.ts", "../protocol/message.ts", /of rules doesn't import protocol /],
  ["process/token/rules.ts", "../protocol/tags.ts", /of rules doesn't import protocol /],
  ["process/token/rules.ts", "../host/process.ts", /of rules doesn't import process type/],
  ["process/token/rules.ts", "./actions.ts", /of rules doesn't import actions/],
  ["process/token/supply.ts", "./main.ts", /of rules doesn't import main/],
  ["process/token/rules.ts", "lodash", /of rules doesn't import packages/],
  ["process/token/state.ts", "./rules.ts", /only types from rules/],
  ["process/token/actions.ts", "../host/evaluation.ts", /of actions doesn't import host/],
  ["process/token/actions/transfer.ts", "../../mint/state.ts", /another process's folder/],
  ["process/token/actions.ts", "./main.ts", /of actions doesn't import main/],
  ["process/token/main.ts", "../host/node.ts", /of main doesn't import node host/],
  ["process/token/main.ts", "../mint/state.ts", /another process's folder.*send a message/],
  ["process/token/actions.ts", "../mint/rules.ts", /another process's folder/],
  ["process/token/rules.ts", "../mint/rules.ts", /another process's folder/],
  ["process/token/state.ts", "../mint/state.ts", /another process's folder/],
  ["process/host/compact.ts", "../token/actions.ts", /of host doesn't import actions/],
  ["process/host/compact.ts", "node:fs", /of host doesn't import packages/],
  ["client/reads.ts", "../process/token/state.ts", /of client doesn't import state/],
  ["client/reads.ts", "../units/compute.ts", /of client doesn't import units/],
  ["units/compute.ts", "../process/host/compact.ts", /of units doesn't import host/],
  ["units/compute.ts", "../scripts/build.ts", /of units doesn't import scripts/],
  ["module/build.ts", "../test/unit/samples.ts", /of module doesn't import test/],
  ["scripts/deploy.ts", "../test/unit/samples.ts", /of scripts doesn't import test/],
  ["client/reads.ts", "../../elsewhere/a.ts", /outside of the repository/],
  ["client/reads.ts", "../docs/a.ts", /a file in no room/],
];

for (const [file, name, says] of refused) {
  test(`${file} doesn't import ${name}`, async () => {
    const texts = await rooms(file, `import * as it from "${name}"; void it; export * from "${name}";`);
    assert.equal(texts.length, 2);
    for (const text of texts) assert.match(text, says);
  });
}

test("types pass where only types may", async () => {
  for (const names of ["type { Process }", "{ type Process }"]) {
    const code = `import ${names} from "./rules.ts"; export type It = Process;`;
    assert.deepEqual(await rooms("process/token/state.ts", code), []);
  }
  assert.deepEqual(await rooms("process/token/state.ts", 'export type It = import("./rules.ts").It;'), []);
  assert.equal((await rooms("process/token/state.ts", 'import { type A, b } from "./rules.ts";')).length, 1);
});

test("an import at run time and an import type are imports too", async () => {
  for (const code of [
    'void import("../mint/rules.ts");',
    'export type It = import("../mint/rules.ts").It;',
  ]) {
    assert.equal((await rooms("process/token/actions.ts", code)).length, 1);
  }
});

test("every file is in a room", async () => {
  assert.match((await rooms("tools/build.ts", "export {};"))[0]!, /in no room.*lint\/rooms\.js/);
  assert.match((await rooms("process/token.ts", "export {};"))[0]!, /in no room/);
});

test("a file is named after what is in it", async () => {
  for (const file of [
    "client/utils.ts",
    "units/common/log.ts",
    "test/unit/token-helpers.ts",
    "scripts/misc.ts",
  ]) {
    const texts = await lint(file, "export {};");
    assert.equal(texts[0]?.rule, "house/names", file);
    assert.match(texts[0].text, /Name it after its subject/);
  }
  assert.deepEqual(await lint("client/commons.ts", "export {};"), []);
});

test("a file tells one thing", async () => {
  const lines = (count: number) => "export {};\n".repeat(count);
  const rulesOf = async (file: string, count: number) =>
    (await lint(file, lines(count))).map(({ rule }) => rule);
  assert.deepEqual(await rulesOf("units/compute.ts", 300), []);
  assert.deepEqual(await rulesOf("units/compute.ts", 301), ["max-lines"]);
  assert.deepEqual(await rulesOf("test/unit/a.test.ts", 400), []);
  assert.deepEqual(await rulesOf("test/unit/a.test.ts", 401), ["max-lines"]);
});

test("the usual faults", async () => {
  const samples: [code: string, rule: string][] = [
    [
      'import { readFile } from "node:fs/promises"; readFile("a");',
      "@typescript-eslint/no-floating-promises",
    ],
    ['import { Stats } from "node:fs"; export type A = Stats;', "@typescript-eslint/consistent-type-imports"],
    ["let a = 1; export const b = a;", "prefer-const"],
    ["export function f(a: number) {}", "@typescript-eslint/no-unused-vars"],
    ["export const is = (a: number) => a == 1;", "eqeqeq"],
    ["export const greeting = () => `Hello ${name}`;", "no-restricted-globals"],
  ];
  for (const [code, rule] of samples) {
    assert.ok((await lint("units/sample.ts", code)).map((finding) => finding.rule).includes(rule), rule);
  }
  assert.deepEqual(
    await lint("test/unit/a.test.ts", 'import { test } from "node:test"; test("a", () => {});'),
    [],
  );
});
