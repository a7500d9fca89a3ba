/** The virtual machine inside ao-loader: state, sizes, errors, limits. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, describe, test } from "node:test";
import { buildModule } from "../../module/build.ts";
import { type Instance, start } from "./instance.ts";

const MiB = 2 ** 20;
const lua = readFileSync(new URL("machine.lua", import.meta.url), "utf8");
let wasm: Uint8Array;
let instance: Instance;

before(async () => {
  wasm = await buildModule(lua);
  instance = await start(wasm);
});

async function run(name: string, size = 0): Promise<string | undefined> {
  const { Output } = await instance.call({ Do: name, Size: size });
  return Output.data;
}

/** What the loader throws when a module answers `ok: false`: the text itself. */
async function failure(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => assert.fail("the call succeeded"),
    (reason: unknown) => String(reason),
  );
}

describe("state", () => {
  test("is kept between calls", async () => {
    const first = Number(await run("count"));
    assert.equal(await run("count"), `${first + 1}`);
  });

  test("starts in 2 MiB and stays there over a thousand small messages", async () => {
    const fresh = await start(wasm);
    let size = 0;
    for (let round = 0; round < 1000; round++) {
      const { Memory } = await fresh.call({ Do: "count" });
      size = Memory.byteLength;
    }
    assert.equal(size, 2 * MiB);
  });

  test("continues in another instance from a copy of the memory", async () => {
    const one = await start(wasm, true);
    await one.call({ Do: "grow", Size: 10 * MiB });
    const { Memory, Output } = await one.call({ Do: "count" });
    assert.equal(Output.data, "1");
    const other = await start(wasm, true);
    const continued = await other.callIn(Memory as Uint8Array, { Do: "count" });
    assert.equal(continued.Output.data, "2");
  });

  test("goes back with the memory", async () => {
    const fresh = await start(wasm, true);
    const { Memory } = await fresh.call({ Do: "count" });
    await fresh.call({ Do: "grow", Size: 10 * MiB });
    const again = await fresh.callIn(Memory as Uint8Array, { Do: "count" });
    assert.equal(again.Output.data, "2");
  });
});

describe("sizes", () => {
  test("a message of 8 MB", async () => {
    const message = { Do: "lengths", Data: "é".repeat(4_000_000) };
    const { Output } = await instance.call(message, { Process: {} });
    assert.equal(Output.data, `${Buffer.byteLength(JSON.stringify(message))} 14`);
  });

  test("a large message and a large environment, released again", async () => {
    const fresh = await start(wasm);
    const large = { Do: "lengths", Data: "x".repeat(1_000_000) };
    const sizes = [];
    for (let round = 0; round < 30; round++) sizes.push((await fresh.call(large, large)).Memory.byteLength);
    assert.ok((sizes.at(-1) ?? 0) < 24 * MiB, `memory grew to ${sizes.at(-1)} bytes`);
  });

  test("a reply of 1 MB", async () => {
    assert.equal((await run("repeated", 1_000_000))?.length, 1_000_000);
  });

  test("200 MB of state", async () => {
    const fresh = await start(wasm);
    const { Output, Memory } = await fresh.call({ Do: "grow", Size: 200 * MiB });
    assert.equal(Output.data, "200");
    assert.ok(Memory.byteLength > 200 * MiB && Memory.byteLength < 300 * MiB, `${Memory.byteLength} bytes`);
  });
});

describe("errors", () => {
  test("caught in Lua", async () => assert.equal(await run("caught"), "refused"));

  test("uncaught: the message, escaped, and a traceback", async () => {
    const text = await failure(run("uncaught"));
    assert.match(text, /^bundle:\d+: said "no" \\ \n at \u0001\nstack traceback:\n/);
    assert.match(text, /in function 'handle'/);
  });

  test("uncaught: a value that is no string", async () => {
    assert.match(await failure(run("thrownTable")), /^table: /);
  });

  test("a result that is no string", async () => {
    assert.match(await failure(run("wrongResult")), /^handle must return a string/);
  });

  test("an instance goes on after an uncaught error", async () => {
    const seen = Number(await run("count"));
    await failure(run("uncaught"));
    assert.equal(await run("count"), `${seen + 1}`);
  });

  test("across a coroutine's yield", async () => {
    assert.equal(await run("coroutine"), "yielded after resumed");
  });
});

describe("limits", () => {
  test("a Lua stack overflow can be caught", async () =>
    assert.match((await run("luaStack")) ?? "", /stack overflow/));

  test("a C stack overflow can be caught", async () => {
    assert.match((await run("cStack")) ?? "", /^19\d C stack overflow/);
  });

  test("nested protected calls end at Lua's limit, not at the engine's", async () => {
    assert.ok(Number(await run("protectedCalls")) > 190);
  });

  test("running out of memory can be caught, and leaves a working instance", async () => {
    const small = await start(await buildModule(lua, { memory: { maximum: 16 * MiB } }));
    const { Output } = await small.call({ Do: "exhaust" });
    assert.match(Output.data ?? "", /^false .*not enough memory/);
    assert.equal((await small.call({ Do: "count" })).Output.data, "1");
  });

  test("running out of memory uncaught is an answer, not a trap", async () => {
    const small = await start(await buildModule(lua, { memory: { maximum: 16 * MiB } }));
    assert.match(await failure(small.call({ Do: "exhaustUncaught" })), /not enough memory/);
  });

  test("a message larger than all memory fails as a whole", async () => {
    const small = await start(await buildModule(lua, { memory: { maximum: 4 * MiB } }));
    const call = small.call({ Do: "lengths", Data: "x".repeat(8_000_000) });
    await assert.rejects(call, WebAssembly.RuntimeError);
  });

  test("nothing of files, processes, the clock or loading from disk is there", async () => {
    const names = ((await run("globals")) ?? "").split(" ");
    for (const name of ["io", "os", "package", "require", "dofile", "loadfile"])
      assert.ok(!names.includes(name));
  });
});

describe("a bundle that does not load", () => {
  const cases = [
    ["a syntax error", "handle = = 1", /^bundle:1: unexpected symbol near '='/],
    ["a run-time error", "error('no \"way\"')", /^bundle:1: no "way"\nstack traceback:/],
    ["no handle", "x = 1", /^the bundle defines no function handle/],
    ["bytecode", "\x1bLua", /attempt to load a binary chunk/],
  ] as const;
  for (const [name, text, expected] of cases) {
    test(`${name}: each call says so`, async () => {
      const broken = await start(await buildModule(text));
      const first = await failure(broken.call());
      assert.match(first, expected);
      assert.equal(await failure(broken.call()), first);
    });
  }
});
