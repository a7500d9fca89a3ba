/** The evaluator of compiled modules: what fails is undone exactly, with small memories and with large ones. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, describe, test } from "node:test";
import { buildModule } from "../../module/build.ts";
import { walletAddress } from "../../units/address.ts";
import { tagsOf } from "../../units/message.ts";
import { createNetwork, type Network } from "../../units/network.ts";
import { wasmModule, type WasmEvaluator, type WasmOptions } from "../../units/wasm.ts";

const alice = walletAddress("alice");
const lua = readFileSync(new URL("memory.lua", import.meta.url), "utf8");
/** Checkpoints after every message, after every few, and only at the start. */
const intervals = { small: 1 << 30, medium: 1 << 20, large: 1 };

let wasm: Uint8Array;
let cramped: Uint8Array;
before(async () => {
  wasm = await buildModule(lua);
  cramped = await buildModule(lua, { memory: { maximum: 4 << 20 } });
});

async function process(
  options: WasmOptions = {},
  bytes = wasm,
  watch: (evaluator: WasmEvaluator) => void = () => undefined,
): Promise<[Network, string]> {
  const network = createNetwork();
  const create = wasmModule(bytes, options);
  network.module("memory", async () => {
    const evaluator = await create();
    watch(evaluator);
    return evaluator;
  });
  return [network, await network.spawn({ module: "memory", owner: alice })];
}

/** Sends actions one after the other and gives the outputs, the failures as `Error: …`. */
async function run(network: Network, target: string, ...actions: readonly string[]): Promise<string[]> {
  const ids = actions.map((action) =>
    network.send({ from: alice, target, tags: tagsOf({ Action: action }) }),
  );
  await network.settle();
  return ids.map((id) => {
    const { Error: error, Output: output } = network.result(id)!;
    return error === undefined ? (output as { data: string }).data : `Error: ${error}`;
  });
}

describe("on a compiled module", () => {
  test("messages change the state, a dry run does not", async () => {
    const [network, target] = await process();
    const [first, second] = await run(network, target, "Inc", "Inc");
    assert.deepEqual([first!.split(" ")[0], second!.split(" ")[0]], ["1", "2"]);
    for (const expected of ["3", "3"]) {
      const { Output: output } = await network.dryRun({ target, tags: tagsOf({ Action: "Inc" }) });
      assert.equal((output as { data: string }).data.split(" ")[0], expected);
    }
    assert.equal((await run(network, target, "Inc"))[0]!.split(" ")[0], "3");
  });

  for (const [name, copiedBytes] of Object.entries(intervals)) {
    test(`failures leave no trace, not in one byte of memory (${name} memory)`, async () => {
      let troubled: WasmEvaluator | undefined;
      const [network, target] = await process({ copiedBytes }, wasm, (evaluator) => (troubled = evaluator));
      for (const action of ["Inc", "Grow", "Inc", "Grow", "Inc", "Inc", "Grow"]) {
        const failed = await run(network, target, "Fail", "Grow-Fail", "Throw", "Garbage");
        assert.match(failed.join(), /^Error: refused,Error: grown in vain,Error: thrown.*,Error: .*JSON/s);
        await network.dryRun({ target, tags: tagsOf({ Action: "Grow-Fail" }) });
        await run(network, target, action);
      }
      // A process that only ever saw the messages that succeeded.
      const untroubled = await wasmModule(wasm, { copiedBytes })();
      const succeeded = network.log(target).filter(({ result }) => result.Error === undefined);
      assert.equal(succeeded.length, 8);
      for (const { message, result } of succeeded) {
        assert.deepEqual(await untroubled.evaluate(message, network.environment(target)), result);
      }
      assert.equal(Buffer.compare(untroubled.bytes(), troubled!.bytes()), 0);
    });
  }

  test("a failed evaluation sends nothing, whatever it left in its outbox", async () => {
    const [network, target] = await process();
    const id = network.send({ from: alice, target, tags: tagsOf({ Action: "Fail" }) });
    await network.settle();
    assert.deepEqual(network.result(id), {
      Output: "",
      Messages: [],
      Spawns: [],
      Assignments: [],
      Error: "refused",
    });
  });

  test("a memory that grew in vain is small again", async () => {
    const [network, target] = await process();
    const size = network.memory(target);
    await run(network, target, "Grow-Fail");
    assert.equal(network.memory(target), size);
    await run(network, target, "Grow", "Grow");
    assert.ok(network.memory(target) > size);
  });

  test("a trap is undone, and the process goes on", async () => {
    for (const copiedBytes of Object.values(intervals)) {
      const [network, target] = await process({ copiedBytes }, cramped);
      await run(network, target, "Inc");
      const huge = network.send({ from: alice, target, data: "x".repeat(8 << 20) });
      await network.settle();
      assert.match(network.result(huge)!.Error!, /unreachable/);
      const [output] = await run(network, target, "Inc");
      assert.equal(output!.split(" ")[0], "2");
    }
  });

  test("the loader's changes to this JavaScript do not last", async () => {
    const { random } = Math;
    const { now } = Date;
    const { log } = console;
    const [network, target] = await process();
    await run(network, target, "Inc", "Garbage");
    assert.deepEqual([Math.random === random, Date.now === now, console.log === log], [true, true, true]);
  });

  test("a log replayed on a fresh process gives the same results", async () => {
    const [network, target] = await process({ copiedBytes: intervals.large });
    await run(network, target, "Inc", "Fail", "Grow", "Throw", "Inc", "Grow");
    const evaluator = await wasmModule(wasm)();
    for (const { message, result } of network.log(target)) {
      assert.deepEqual(await evaluator.evaluate(message, network.environment(target)), result);
    }
  });
});
