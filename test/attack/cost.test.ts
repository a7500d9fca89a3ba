/**
 * What a text can cost: Data and tags whose reading takes far longer than their length suggests. On the compact module,
 * whose string library does not work as JavaScript's. A message that takes its sender nothing must not stop the others.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Tag } from "../../units/message.ts";
import { compact } from "../scene/runtimes.ts";
import { createScene } from "../scene/scene.ts";
import { assertRefusal } from "./observed.ts";
import { mallory } from "./samples.ts";

const scene = await createScene({ runtime: compact });
const { network, token, ledger } = scene;
const megabyte = 1 << 20;
/** Milliseconds: far more than linear work needs on a busy machine, and far less than any other kind does. */
const patience = 10_000;

type Expected = string | undefined;
interface Case {
  readonly what: string;
  readonly action: string;
  readonly data?: string;
  readonly tags?: readonly Tag[];
  /** The code of the refusal; undefined for a message that is answered or passed over. */
  readonly code: Expected;
}

const rows = (count: number, row: string): string => `${row}\n`.repeat(count);
const tagged = (count: number, name: string): Tag[] =>
  Array.from({ length: count }, (_, i) => ({ name: `${name}${i}`, value: '"'.repeat(9) }));

const cases: readonly Case[] = [
  // Found here: the run of spaces was tried once from each of its spaces; 20,000 took 3.5 s, a megabyte hours.
  ...[" ", "\t", "\r"].flatMap((space): Case[] => [
    {
      what: "spaces within a field",
      action: "Batch-Transfer",
      data: `a${space.repeat(megabyte / 4)}b`,
      code: "invalid-csv",
    },
    { what: "spaces only", action: "Batch-Transfer", data: space.repeat(megabyte / 4), code: "invalid-csv" },
  ]),
  // Found here: the closing quote was looked for anew at each escape; 200,000 took 7 s, of six characters each 24 s.
  { what: "escaped tabs", action: "A-Notice", data: "\t".repeat(megabyte / 2), code: undefined },
  { what: "backslashes", action: "A-Notice", data: "\\".repeat(megabyte / 2), code: undefined },
  { what: "control characters", action: "A-Notice", data: "\u0001".repeat(megabyte / 8), code: undefined },
  { what: "quotes", action: "A-Notice", data: '"'.repeat(megabyte), code: undefined },
  { what: "quotes after backslashes", action: "A-Notice", data: '\\"'.repeat(megabyte / 4), code: undefined },
  // Found here: every line of a CSV became a record before the first was looked at; 500,000 took 200 MB.
  { what: "lines", action: "Batch-Transfer", data: rows(megabyte / 2, "x"), code: "invalid-csv" },
  { what: "blank lines", action: "Batch-Transfer", data: rows(megabyte / 2, ""), code: "invalid-csv" },
  { what: "commas in a line", action: "Batch-Transfer", data: ",".repeat(megabyte), code: "invalid-csv" },
  {
    what: "commas in lines",
    action: "Batch-Transfer",
    data: rows(20_000, ",".repeat(50)),
    code: "invalid-csv",
  },
  {
    what: "a long amount",
    action: "Batch-Transfer",
    data: `${mallory},${"9".repeat(megabyte)}`,
    code: "invalid-csv",
  },
  {
    what: "20,000 good rows of one without funds",
    action: "Batch-Transfer",
    data: rows(20_000, `${mallory},1`),
    code: undefined,
  },
  // Found here: Data of 32 MB was taken by any action, and the memory stayed at 83 MB.
  { what: "three megabytes", action: "A-Notice", data: "x".repeat(3 * megabyte), code: "message-too-large" },
  {
    what: "a tag of three megabytes",
    action: "A-Notice",
    tags: [{ name: "X", value: "x".repeat(3 * megabyte) }],
    code: "message-too-large",
  },
  {
    what: "a tag's name of three megabytes",
    action: "A-Notice",
    tags: [{ name: "X".repeat(3 * megabyte), value: "" }],
    code: "message-too-large",
  },
  { what: "10,000 tags", action: "Info", tags: tagged(10_000, "T"), code: "too-many-tags" },
  { what: "128 tags that travel on", action: "Transfer", tags: tagged(120, "X-"), code: "missing-tag" },
];

const jsonCases: readonly [what: string, data: string][] = [
  ["arrays in arrays", "[".repeat(65_000)],
  ["100,000 levels", `${"[".repeat(100_000)}${"]".repeat(100_000)}`],
  ["objects in objects", '{"a":'.repeat(13_000)],
  ["strings", `[${'"",'.repeat(20_000)}""]`],
  ["keys", `{${'"":0,'.repeat(12_000)}"":0}`],
  ["one key very often", `{${'"walletFrom":"",'.repeat(4_000)}"factor":1}`],
  ["a number of many digits", `{"factor":${"1".repeat(65_000)}}`],
  ["a fraction of many digits", `{"factor":0.${"1".repeat(65_000)}}`],
  ["an exponent of many digits", `{"factor":1e${"1".repeat(65_000)}}`],
  ["spaces", `${" ".repeat(65_000)}{}`],
  ["escapes", `{"walletFrom":"${"\\u0041".repeat(10_000)}"}`],
  ["escaped backslashes before quotes", `[${'"\\\\",'.repeat(10_000)}""]`],
  ["a string without an end", `{"${"\\n".repeat(30_000)}`],
  ["a megabyte", `{"walletFrom":"${"a".repeat(megabyte)}"}`],
];

async function measure(target: string, { action, data, tags = [] }: Omit<Case, "what" | "code">) {
  const all = [{ name: "Action", value: action }, ...tags];
  const before = network.memory(target);
  const start = performance.now();
  const result = await scene.send(mallory, target, all, data);
  assert.ok(performance.now() - start < patience, `${Math.round(performance.now() - start)} ms`);
  if (result.Error !== undefined) assert.equal(network.memory(target), before);
  return result;
}

for (const [i, { what, code, ...message }] of cases.entries()) {
  test(`${i + 1}: ${what}`, async () => {
    const result = await measure(token, message);
    if (code === undefined) assert.equal(result.Error, undefined);
    else assertRefusal(result, code);
  });
}

for (const [what, data] of jsonCases) {
  for (const action of ["Set-Delegation", "Set-Delegations"]) {
    test(`${action}, JSON: ${what}`, async () => assertRefusal(await measure(ledger, { action, data })));
  }
}

test("a memory that has seen all this is small", () => {
  assert.ok(network.memory(token) <= 48 * megabyte, `${network.memory(token) / megabyte} MB`);
  assert.ok(network.memory(ledger) <= 8 * megabyte, `${network.memory(ledger) / megabyte} MB`);
});

/**
 * Names whose hashes share their low bits fall into one chain of a Lua table, and are all looked through for each of
 * them. The hash is no secret, as nodes must agree. What is left is a bound on the names in a message.
 */
test("names that were chosen to share a hash", async () => {
  const names = [...collidingNames(4_000, 13)];
  const data = names.map((name) => `${name},1`).join("\n");
  const result = await measure(token, { action: "Batch-Transfer", data });
  assert.equal(result.Messages.length, 1);
});

/** Names with these low bits of Lua 5.3's string hash zero, for the seed of every released module. */
function* collidingNames(count: number, bits: number): Generator<string> {
  const characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const step = (hash: number, code: number): number =>
    (hash ^ (((hash << 5) >>> 0) + (hash >>> 2) + code)) >>> 0;
  let found = 0;
  for (let n = 0; ; n++) {
    const suffix = `${n}`.padStart(41, "x");
    let hash = (0x5bd1e995 ^ 43) >>> 0;
    for (let i = 40; i >= 0; i--) hash = step(hash, suffix.charCodeAt(i));
    for (const second of characters) {
      const next = step(hash, second.charCodeAt(0));
      for (const first of characters) {
        if (step(next, first.charCodeAt(0)) % (1 << bits) !== 0) continue;
        yield first + second + suffix;
        if (++found === count) return;
      }
    }
  }
}
