/** What is aos's own on aos: the owner's Eval, and nothing else. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { aos206, aosForNode } from "../../module/aos.ts";
import type { Evaluator } from "../../units/evaluation.ts";
import type { ComputeResult } from "../../units/message.ts";
import { stockAos } from "../scene/runtimes.ts";
import { canonical } from "./canonical.ts";
import { alice, owner } from "./log.ts";
import { bundles, environment, messageOf, runs, spawn, stored, type Tally } from "./tally/run.ts";

const run = runs.aos!;

/** What an Eval by the owner returns, as aos prints it. */
async function evaluated({ send }: Tally, lua: string): Promise<string> {
  const { Error: error, Output: output } = await send("Eval", {}, { Data: lua });
  assert.equal(error, undefined);
  return (output as { data: string }).data.split("\n").at(-1)!;
}

const refusal = ({ Error: error = "" }: ComputeResult): string => error;

describe("Eval", () => {
  test("by the owner: aos carries it out, once", async () => {
    const process = await run();
    assert.equal(await evaluated(process, "return 6 * 7"), "42");
    const fields = { Data: "Count = (Count or 0) + 1", Id: "eval" };
    await process.send("Eval", {}, fields);
    assert.match(refusal(await process.send("Eval", {}, fields)), /^\[repeated\] /);
    assert.equal(await evaluated(process, "return Count"), "1");
  });

  test("by anybody else: an unknown action, and nothing for aos's inbox", async () => {
    const process = await run();
    const fields = { Data: "Count = 1", From: alice, Owner: alice };
    assert.match(refusal(await process.send("Eval", {}, fields)), /^\[unknown-action\] /);
    assert.match(refusal(await process.send("Eval", {}, { ...fields, From: owner })), /^\[untrusted\] /);
    assert.match(
      refusal(await process.send("Eval", { Module: "x" })),
      /^\[unknown-action\]|^\[reserved-tag\]/,
    );
    assert.equal(await evaluated(process, "return tostring(Count) .. #Inbox"), "nil1");
  });

  test("that fails: aos says so, and nothing is kept of it", async () => {
    const process = await run();
    assert.match(refusal(await process.send("Eval", {}, { Data: "Count = 1 error('no')" })), /no$/);
    assert.equal(await evaluated(process, "return tostring(Count)"), "nil");
  });

  test("that names another owner: the new one may, the old one may not", async () => {
    const process = await run();
    await process.send("Eval", {}, { Data: `Owner = "${alice}"` });
    const byAlice = { From: alice, Owner: alice };
    assert.match(refusal(await process.send("Eval", {}, { Data: "Count = 1" })), /^\[unknown-action\] /);
    assert.equal(refusal(await process.send("Eval", {}, { Data: "Count = 2", ...byAlice })), "");
    assert.match(refusal(await process.send("Renounce-Ownership")), /^\[not-owner\] /);
    assert.equal(refusal(await process.send("Renounce-Ownership", {}, byAlice)), "");
  });

  test("once ownership is given up: refused", async () => {
    const process = await run();
    await process.send("Renounce-Ownership");
    assert.match(
      refusal(await process.send("Eval", {}, { Data: "Tributary.renounced = false" })),
      /^\[renounced\] /,
    );
    assert.match(await process.kept(), /"renounced":true/);
  });
});

describe("a bundle by Eval", () => {
  async function fill({ send }: Tally): Promise<void> {
    for (const [i, name] of ["apples", "pears", "apples"].entries()) {
      await send("Count", { Name: name }, { Id: ["one", "two", "three"][i]! });
    }
    await send("Info");
  }

  test("of a newer version: the state stays, migrated, and aos stays reachable", async () => {
    const process = await run();
    const handle = await evaluated(process, "return tostring(Tributary.stock)");
    await fill(process);
    await process.send("Eval", {}, { Data: bundles.second });
    await process.send("Eval", {}, { Data: bundles.second });
    assert.match(await process.kept(), /"total":3/);
    assert.equal(await evaluated(process, "return tostring(Tributary.stock)"), handle);
  });

  test("that can't take over the state: refused with the reason, and nothing changes", async () => {
    const process = await run();
    await fill(process);
    const failures = { gap: /\[missing-migration\]/, token: /\[wrong-process\]/, broken: /nil value/ };
    for (const [name, reason] of Object.entries(failures)) {
      const data = bundles[name as keyof typeof bundles];
      assert.match(refusal(await process.send("Eval", {}, { Data: data })), reason);
      assert.equal(await process.kept(), canonical(stored()), name);
    }
    assert.equal(refusal(await process.send("Info")), "");
  });
});

describe("the way past aos", () => {
  test("an error inside the process comes out as Error, with nothing kept", async () => {
    const process = await run();
    await process.send("Upgrade", {}, { Data: bundles.second });
    const kept = await process.kept();
    assert.match(refusal(await process.send("Break")), /nil value/);
    assert.equal(await process.kept(), kept);
  });

  test("a message that reaches aos's handlers all the same is refused", async () => {
    const { send } = await run();
    const data = 'Handlers.evaluate({ Action = "Credit-Notice", Tags = {} }, {})';
    assert.match(refusal(await send("Eval", {}, { Data: data })), /\[unsupported-runtime\] /);
  });

  test("the facts about aos that the adapter rests on", async () => {
    const evaluator: Evaluator = await (await stockAos())();
    const send = (action: string, data: string, tags = {}) =>
      evaluator.evaluate(messageOf(action, tags, { Data: data }), environment);
    await evaluator.evaluate(spawn, environment);
    const print = 'Handlers.prepend("see", "See", function(m) Seen = m.TagArray[2].name .. m.Timestamp end)';
    await send("Eval", print);
    await send("See", " ", { "x-lower": "1", Timestamp: "forged" });
    const { Output: seen } = await send("Eval", "return Seen");
    // Before 2.0.6 tags kept their spelling.
    const spelled = aosForNode() === aos206 ? "X-Lower" : "x-lower";
    assert.equal(
      (seen as { data: string }).data.split("\n").at(-1),
      `${spelled}forged`,
      "a tag replaces a field",
    );
    await send(
      "Eval",
      "local stock = handle handle = function(m, e) Calls = (Calls or 0) + 1 return stock(m, e) end",
    );
    await send("Other", " ");
    const { Output: calls } = await send("Eval", "return Calls");
    assert.match((calls as { data: string }).data, /2$/, "handle is looked up at each message");
  });
});
