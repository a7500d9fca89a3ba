/** Spawning, and a birth without an owner, alike on every runtime. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { buildModule } from "../../module/build.ts";
import { nodeHost } from "../../process/host/node.ts";
import { identifier } from "../../units/address.ts";
import { directModule } from "../../units/direct.ts";
import type { EvaluatorFactory } from "../../units/evaluation.ts";
import { tagsOf, tagValue, type ComputeResult } from "../../units/message.ts";
import { createNetwork } from "../../units/network.ts";
import { wasmModule } from "../../units/wasm.ts";
import { nest } from "../scene/nest.ts";
import { aosModule } from "../scene/runtimes.ts";
import { testBundle } from "../scene/test-bundle.ts";
import { alice, authority, bob, Log, module as ownModule, owner, type Step } from "./log.ts";

const bundle = testBundle("nest", fileURLToPath(new URL("../scene/nest.ts", import.meta.url)));
const runtimes: Readonly<Record<string, () => Promise<EvaluatorFactory>>> = {
  node: () => Promise.resolve(directModule(() => nodeHost(nest))),
  compact: async () => wasmModule(await buildModule(bundle)),
  aos: () => aosModule(bundle),
};
const kid = identifier("module of the kid");

/** A nest whose spawn names two authorities, on a runtime; what a message comes to, without aos's prompt. */
async function nestOn(runtime: string) {
  const log = new Log("nest", "token", { Name: "nest", Authority: bob });
  const evaluator = await (await runtimes[runtime]!())();
  const run = async ({ message }: Step): Promise<Omit<ComputeResult, "Output">> => {
    const {
      Error: error,
      Messages,
      Spawns,
      Assignments,
    } = await evaluator.evaluate(message, log.environment);
    return { Messages, Spawns, Assignments, ...(error === undefined ? {} : { Error: error }) };
  };
  await run(log.steps[0]!);
  return { log, run };
}

/** The tags of a spawn by the process of that log, `own` behind those that host/ adds. */
function spawnTags(log: Log, own: readonly (readonly [string, string])[]) {
  const first = { "Data-Protocol": "ao", Variant: "ao.TN.1", Type: "Process" };
  const parent = { "From-Process": log.id, "From-Module": ownModule, Module: kid };
  const trusted = [bob, authority].map((value) => ({ name: "Authority", value }));
  return [
    ...tagsOf({ ...first, ...parent, Scheduler: identifier("scheduler") }),
    ...trusted,
    ...own.map(([name, value]) => ({ name, value })),
  ];
}

for (const runtime of Object.keys(runtimes)) {
  describe(`on ${runtime}`, () => {
    test("spawns leave beside the messages, numbered with them", async () => {
      const { log, run } = await nestOn(runtime);
      const data = 'print("é \\\\ \n")';
      const result = await run(log.send(alice, { Action: "Hatch", With: kid, Name: "k" }, data));
      assert.equal(result.Error, undefined);
      const anchor = (number: number) => String(number).padStart(32, "0");
      assert.deepEqual(
        result.Messages.map(({ Anchor, Tags = [] }) => [Anchor, tagValue(Tags, "Reference")]),
        [
          [anchor(1), "1"],
          [anchor(3), "3"],
        ],
      );
      const [first, second] = [
        [
          ["Reference", "2"],
          ["Name", "k"],
        ],
        [
          ["Name", 'k "2"'],
          ["Reference", "own"],
        ],
      ] as const;
      assert.deepEqual(result.Spawns, [
        { Anchor: anchor(2), Tags: spawnTags(log, first), Data: " " },
        { Anchor: anchor(4), Tags: spawnTags(log, second), Data: data },
      ]);
    });

    test("RG3: only the process itself tells what it has spawned", async () => {
      const { log, run } = await nestOn(runtime);
      const notice = { Action: "Spawned", Process: identifier("forged"), Name: "k" };
      for (const forged of [
        log.send(alice, notice),
        log.send(owner, notice),
        log.push(bob, notice),
        log.push(authority, notice),
      ]) {
        assert.match((await run(forged)).Error ?? "", /^\[forged-notice\] /);
      }
      assert.match((await run(log.push(log.id, notice, " ", alice))).Error ?? "", /^\[untrusted\] /);
      const own = spawnTags(log, [["Name", "k"]]);
      assert.deepEqual(await run(log.spawned(own)), { Messages: [], Spawns: [], Assignments: [] });
      const { Messages } = await run(log.send(alice, { Action: "Info" }));
      assert.equal(tagValue(Messages[0]!.Tags!, "Children"), `k=${identifier("child")}`);
    });

    test("a process that is born without an owner has none from the first message on", async () => {
      const { log, run } = await nestOn(runtime);
      for (const action of ["Upgrade", "Renounce-Ownership", "Eval"]) {
        const expected = action === "Eval" && runtime !== "aos" ? "unknown-action" : "renounced";
        const { Error: error } = await run(log.send(owner, { Action: action }, "Tributary = nil"));
        assert.ok(error?.startsWith(`[${expected}] `), `${action}: ${error}`);
      }
      const { Messages } = await run(log.send(alice, { Action: "Identity" }));
      assert.equal(tagValue(Messages[0]!.Tags!, "Ownership"), "renounced");
      assert.equal(tagValue(Messages[0]!.Tags!, "Process"), "nest");
    });

    test("a child lives, knows its parent, and is told of once", async () => {
      const network = createNetwork();
      const id = network.module("nest", await runtimes[runtime]!());
      const parent = await network.spawn({ module: "nest", owner: alice });
      network.send({
        from: alice,
        target: parent,
        tags: tagsOf({ Action: "Hatch", With: id, Name: "a" }),
        data: "Data",
      });
      await network.settle();
      const children = network.processes().slice(1);
      assert.equal(children.length, 2);
      const answer = async (target: string, action: string, name: string) => {
        const { Error: error, Messages } = await network.dryRun({ target, tags: tagsOf({ Action: action }) });
        assert.equal(error, undefined);
        return tagValue(Messages[0]!.Tags!, name);
      };
      assert.equal(await answer(parent, "Info", "Children"), `a=${children[0]},a "2"=${children[1]}`);
      for (const child of children) {
        assert.equal(await answer(child, "Identity", "Owner"), parent);
        assert.equal(await answer(child, "Identity", "Ownership"), "renounced");
      }
      // The messenger's word counts with the child as it does with its parent.
      network.send({
        from: alice,
        target: children[0]!,
        tags: tagsOf({ Action: "Hatch", With: id, Name: "b" }),
      });
      await network.settle();
      assert.equal(network.processes().length, 5);
      assert.match((await answer(children[0]!, "Info", "Children"))!, /^b=.{43},b "2"=.{43}$/);
    });
  });
}
