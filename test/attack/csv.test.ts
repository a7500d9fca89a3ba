/** CSV of wallets and oracles: what editors and spreadsheets make of it, and what nobody should send. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { compact, node } from "../scene/runtimes.ts";
import { createScene, oracle, sentBy } from "../scene/scene.ts";
import { assertRefusal } from "./observed.ts";
import { alice, bob, mallory } from "./samples.ts";

const rows = (separator: string): string => `${alice},5${separator}${bob},7`;

/** Texts that say the same as `alice,5` and `bob,7`. */
const accepted: readonly [what: string, text: string][] = [
  ["line feeds", rows("\n")],
  ["carriage returns and line feeds", rows("\r\n")],
  ["a line feed at the end", `${rows("\n")}\n`],
  ["blank lines", `\n\r\n${rows("\n\n \n\t\n")}\n\n`],
  ["a byte order mark", `\uFEFF${rows("\r\n")}`],
  ["space around fields", `  ${alice} ,\t5 \n${bob} , 7\r`],
];

const refused: readonly [what: string, text: string, line: number | undefined][] = [
  ["a header", `wallet,amount\n${rows("\n")}`, 1],
  ["one column", `${alice}\n${rows("\n")}`, 1],
  ["a column without amount", `${bob},7\n${alice},`, 2],
  ["four columns", `${alice},5,,\n`, 1],
  ["semicolons", `${alice};5\n${bob};7`, 1],
  ["tabs for commas", `${alice}\t5`, 1],
  ["quotes", `"${alice}","5"`, 1],
  ["carriage returns alone", rows("\r"), 1],
  ["another kind of line end", rows("\u2028"), 1],
  ["a no-break space", `${alice},5\u00a0`, 1],
  ["a byte order mark within", `${alice},5\n\uFEFF${bob},7`, 2],
  ["two byte order marks", `\uFEFF\uFEFF${rows("\n")}`, 1],
  ["a zero character", `${alice},5\u0000`, 1],
  ["digit groups", `${alice},5,000`, undefined],
  ["a formula", `${alice},=1+1`, 1],
  ["20,001 rows", `${alice},5\n`.repeat(20_001), undefined],
  ["42,000 rows", `${alice},5\n`.repeat(42_000), undefined],
  ["more than two megabytes", "\n".repeat(2_097_153), undefined],
  ["a bad row after 19,999 good ones", `${`${alice},5\n`.repeat(19_999)}${bob},x`, 20_000],
];

for (const runtime of [node, compact]) {
  const scene = await createScene({
    runtime,
    token: { "Initial-Supply": "1000000", "Initial-Holder": mallory },
  });
  const { send, ask, token, ledger } = scene;
  let snapshot = 0;
  const report = (text: string) =>
    send(
      oracle,
      ledger,
      { Action: "Set-Balances", Token: "AR", Snapshot: `${++snapshot}`, Mode: "full" },
      text,
    );
  const pay = (text: string) => send(mallory, token, { Action: "Batch-Transfer" }, text);
  const held = async () =>
    (await ask(ledger, { Action: "Info" })).tags.find(({ name }) => name === "Tokens")?.value;
  const paid = async () => (await ask(token, { Action: "Balances" })).data;

  for (const [what, text] of accepted) {
    test(`${runtime.name}: ${what} are read`, async () => {
      assert.equal((await report(text)).Error, undefined);
      assert.match((await ask(ledger, { Action: "Get-Weights", Wallet: alice })).data, /"quantity":"5"/);
      const before = JSON.parse(await paid()) as Record<string, string>;
      const result = await pay(text);
      assert.equal(sentBy(result).length, 3);
      const after = JSON.parse(await paid()) as Record<string, string>;
      assert.equal(BigInt(after[bob]!) - BigInt(before[bob] ?? "0"), 7n);
    });
  }

  for (const [what, text, line] of refused) {
    test(`${runtime.name}: ${what} are refused whole`, async () => {
      const before = [await held(), await paid()];
      const results = [await pay(text)];
      // An oracle's rows may have a third field.
      if (what !== "digit groups") results.push(await report(text));
      for (const result of results) {
        assertRefusal(result, "invalid-csv");
        if (line !== undefined) assert.match(result.Error!, new RegExp(`line ${line}\\b`, "i"));
      }
      assert.deepEqual([await held(), await paid()], before);
    });
  }

  test(`${runtime.name}: no rows are no transfer, and an empty snapshot`, async () => {
    for (const text of ["\n", " \r\n\t", "\uFEFF"]) {
      assertRefusal(await pay(text), "invalid-csv");
      assert.equal((await report(text)).Error, undefined);
    }
  });

  test(`${runtime.name}: bytes that are no text`, async () => {
    for (const [from, target, tags] of [
      [mallory, token, { Action: "Batch-Transfer" }],
      [oracle, ledger, { Action: "Set-Balances", Token: "AR", Snapshot: "99999" }],
    ] as const) {
      const list = Object.entries(tags).map(([name, value]) => ({ name, value }));
      const id = scene.network.send({ from, target, tags: list, data: Uint8Array.from([0xff, 0x2c, 0x31]) });
      await scene.network.settle();
      assertRefusal(scene.network.result(id)!, "invalid-csv");
    }
  });

  test(`${runtime.name}: one recipient in many rows and spellings is paid the sum, all or nothing`, async () => {
    const [lower, upper] = [`0x${"ab".repeat(20)}`, `0x${"AB".repeat(20)}`];
    const result = await pay(`${lower},1\n${upper},2\n${lower},3`);
    assert.equal(result.Error, undefined);
    assert.equal((JSON.parse(await paid()) as Record<string, string>)[lower], "6");
    const before = await paid();
    const tooMuch = await pay(`${alice},1\n${mallory},999999\n${bob},1`);
    assert.equal(sentBy(tooMuch).length, 1);
    assert.equal(await paid(), before);
  });
}
