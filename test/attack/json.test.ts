/** JSON of a stranger in Set-Delegation and Set-Delegations: broken, ambiguous, too precise. On every runtime of ours. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { compact, node } from "../scene/runtimes.ts";
import { createScene } from "../scene/scene.ts";
import { assertRefusal } from "./observed.ts";
import { alice, bob } from "./samples.ts";

const one = (factor: string): string => `{"walletFrom":"${alice}","walletTo":"${bob}","factor":${factor}}`;
const set = (items: string, version = "1"): string => `{"delegations":${items},"version":${version}}`;
const item = (factor: string, to = bob): string => `{"walletTo":"${to}","factor":${factor}}`;

const broken: readonly string[] = [
  ...["", " ", "{", "}", "[", "{]", "{}}", "{,}", '{"a"}', '{"a":}', '{"a":1,}', "{a:1}", "{'a':1}", "{1:1}"],
  ...[
    '{"a":1 "b":2}',
    '{"a":1}{"b":2}',
    '{"a":1}\u0000',
    "null",
    "true",
    "1",
    '"x"',
    "[]",
    "[{}]",
    "undefined",
  ],
  ...['{"a":01}', '{"a":+1}', '{"a":.5}', '{"a":1.}', '{"a":1e}', '{"a":1e+}', '{"a":-}', '{"a":NaN}'],
  ...[
    '{"a":Infinity}',
    '{"a":0x10}',
    '{"a":tru}',
    '{"a":nul}',
    '{"a":"\\x41"}',
    '{"a":"\\u12"}',
    '{"a":"\\ud800"}',
  ],
  ...[
    '{"a":"\\udc00\\ud800"}',
    '{"a":"',
    '{"a":"\\"}',
    '{"a":"\\',
    '{"a":"\\u',
    "\uFEFF{}",
    "// c\n{}",
    "{}/**/",
  ],
  ...["[".repeat(17) + "]".repeat(17), '{"a":'.repeat(17) + "1" + "}".repeat(17), one("1").slice(0, -1)],
  ...[
    `${one("1")},`,
    one("1").replaceAll('"', "“"),
    one("1\u00a0"),
    one("1\u000b"),
    one("1").replace("{", "{\u0000"),
  ],
];

/** Numbers that are no share, and numbers that stand for one: wallets compute percent times 100 in floating point. */
const notFactors: readonly string[] = [
  ...[
    "-1",
    "-0",
    "1e3",
    "1E2",
    "1e400",
    "1e-400",
    "110.5",
    "110.01",
    "109.999998",
    "110.000002",
    "10001",
    "99999999",
  ],
  ...[
    "10000.5",
    "9".repeat(400),
    '"100"',
    "null",
    "true",
    "[]",
    "{}",
    "9007199254740993",
    "18446744073709551716",
  ],
  ...["0.5", "-0.0000001"],
];
const factors: readonly [spelled: string, factor: number][] = [
  ["110.00000000000001", 110],
  ["109.99999999999999", 110],
  ["110.0", 110],
  ["9999.9999999", 10_000],
  ["10000.0000001", 10_000],
  ["100", 100],
  ["0.0000001", 0],
  ["0.0", 0],
];

const ambiguous: readonly [what: string, data: string, code: string][] = [
  ["walletFrom twice", one("100").replace("{", `{"walletFrom":"${alice}",`), "not-yours"],
  ["walletTo twice", one("100").replace("{", `{"walletTo":"${bob}",`), "invalid-address"],
  ["factor twice", one("100").replace("{", '{"factor":100,'), "invalid-factor"],
  ["a name in another case", one("100").replace("factor", "Factor"), "invalid-factor"],
  ["a name with a homoglyph", one("100").replace("factor", "fаctor"), "invalid-factor"],
  ["somebody else's wallet", one("100").replace(alice, bob), "not-yours"],
  ["no wallet", '{"walletTo":"x","factor":1}', "not-yours"],
  ["inherited members", '{"__proto__":{"walletFrom":"x"},"constructor":{}}', "not-yours"],
];

const notSets: readonly [what: string, data: string, code: string][] = [
  ["no version", set("[]").replace(',"version":1', ""), "invalid-version"],
  ["version 0", set("[]", "0"), "invalid-version"],
  ["a negative version", set("[]", "-1"), "invalid-version"],
  ["a fractional version", set("[]", "1.5"), "invalid-version"],
  ["a version in floating point", set("[]", "1e15"), "invalid-version"],
  ["a version of 16 digits", set("[]", "1".repeat(16)), "invalid-version"],
  ["a version twice", set("[]", '1,"version":2'), "invalid-version"],
  ["an object for the list", set('{"0":{}}'), "invalid-delegations"],
  ["a list twice", set('[],"delegations":[]'), "invalid-delegations"],
  ["an item that is none", set("[1]"), "invalid-address"],
  ["a target twice", set(`[${item("100")},${item("200")}]`), "duplicate-target"],
  [
    "a target twice, once in capitals",
    set(`[${item("1", `0x${"a".repeat(40)}`)},${item("1", `0x${"A".repeat(40)}`)}]`),
    "duplicate-target",
  ],
  ["one bad item among good ones", set(`[${item("100")},${item("1e3", alice)}]`), "invalid-factor"],
  ["too small a share", set(`[${item("99")}]`), "fraction-too-small"],
  ["201 items", set(`[${Array(201).fill(item("1")).join(",")}]`), "invalid-delegations"],
  [
    "11 targets",
    set(`[${Array.from({ length: 11 }, (_, i) => item("100", `${i}`.padStart(43, "x"))).join(",")}]`),
    "too-many-delegations",
  ],
];

for (const runtime of [node, compact]) {
  const scene = await createScene({ runtime });
  const { ledger, ask } = scene;
  const send = (action: string, data: string | Uint8Array) =>
    scene.network.send({
      from: alice,
      target: ledger,
      tags: [{ name: "Action", value: action }],
      data,
    });
  async function attack(action: string, data: string | Uint8Array, code: string): Promise<void> {
    const id = send(action, data);
    await scene.network.settle();
    assertRefusal(scene.network.result(id)!, code);
    assert.equal(
      (await ask(ledger, { Action: "Info" })).tags.find(({ name }) => name === "Wallets")?.value,
      "0",
    );
  }

  test(`${runtime.name}: ${broken.length} texts that are no object`, async () => {
    for (const action of ["Set-Delegation", "Set-Delegations"])
      for (const text of broken) await attack(action, text, "invalid-json");
  });
  test(`${runtime.name}: bytes that are no text`, async () => {
    for (const action of ["Set-Delegation", "Set-Delegations"])
      for (const bytes of [[0xff], [0xc3, 0x28], [0xed, 0xa0, 0x80], [0xc0, 0x80], [0xf5, 0x80, 0x80, 0x80]])
        await attack(action, Uint8Array.from(bytes), "invalid-json");
  });
  test(`${runtime.name}: ${notFactors.length} numbers that are no share`, async () => {
    for (const factor of notFactors) {
      await attack("Set-Delegation", one(factor), "invalid-factor");
      await attack("Set-Delegations", set(`[${item(factor)}]`), "invalid-factor");
    }
  });
  for (const [what, data, code] of ambiguous)
    test(`${runtime.name}: ${what}`, () => attack("Set-Delegation", data, code));
  for (const [what, data, code] of notSets)
    test(`${runtime.name}: a set with ${what}`, () => attack("Set-Delegations", data, code));

  test(`${runtime.name}: shares in floating point`, async () => {
    for (const [spelled, factor] of factors) {
      const id = send("Set-Delegation", one(spelled));
      await scene.network.settle();
      const [answer] = scene.network.result(id)!.Messages;
      const { delegationPrefs } = JSON.parse(answer!.Data!) as { delegationPrefs: { factor: number }[] };
      assert.equal(delegationPrefs[0]?.factor ?? 0, factor, spelled);
      await scene.send(alice, ledger, { Action: "Set-Delegation" }, one("0"));
    }
  });
}
