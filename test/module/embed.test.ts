/** Embedding: the same bytes each time, what it refuses, seeds. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { buildModule, checkModule } from "../../module/build.ts";
import { embedBundle } from "../../module/embed.ts";
import { buildVirtualMachine } from "../../module/virtual-machine.ts";
import { address, Reader, readSections, unsigned, writeSections } from "../../module/wasm.ts";
import { start } from "./instance.ts";

const lua = readFileSync(new URL("machine.lua", import.meta.url), "utf8");

describe("embedBundle", () => {
  test("gives the same bytes twice", async () => {
    assert.deepEqual(await buildModule(lua), await buildModule(lua));
  });

  test("takes a bundle of several megabytes", async () => {
    const padded = `${lua}\n--${"x".repeat(5_000_000)}\n`;
    const instance = await start(await buildModule(padded));
    assert.equal((await instance.call({ Do: "count" })).Output.data, "1");
  });

  test("refuses what is no virtual machine", async () => {
    const machine = await buildVirtualMachine();
    const empty = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
    assert.throws(() => embedBundle(new Uint8Array(), lua), /not a WebAssembly module/);
    assert.throws(() => embedBundle(new TextEncoder().encode(lua), lua), /not a WebAssembly module/);
    assert.throws(() => embedBundle(empty, lua), /no section/);
    assert.throws(() => embedBundle(machine.subarray(0, machine.length / 2), lua), /unexpected end/);
  });

  test("refuses an empty bundle, and one without room", async () => {
    const machine = await buildVirtualMachine();
    assert.throws(() => embedBundle(machine, ""), /empty/);
    assert.throws(() => embedBundle(machine, lua, { maximum: 65536 }), /does not fit/);
    assert.throws(() => embedBundle(machine, lua, { maximum: 2 ** 33 }), /does not fit/);
    assert.throws(() => embedBundle(machine, lua, { maximum: NaN }), /does not fit/);
  });

  test("checkModule names a missing export", () => {
    assert.throws(() => checkModule(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0)), /unexpected imports/);
  });
});

describe("the seed of string hashes", () => {
  test("another one changes the order of pairs() and nothing else", { timeout: 120_000 }, async () => {
    const orders = [];
    for (const seed of [undefined, 1]) {
      const instance = await start(await buildModule(lua, seed === undefined ? {} : { seed }));
      orders.push((await instance.call({ Do: "order" })).Output.data ?? "");
    }
    assert.notEqual(orders[0], orders[1]);
    assert.deepEqual([...(orders[0] ?? "")].sort(), [...(orders[1] ?? "")].sort());
  });

  test("must have 32 bits", async () => {
    for (const seed of [-1, 0.5, 2 ** 32, NaN])
      await assert.rejects(buildVirtualMachine({ seed }), RangeError);
  });
});

describe("the binary format", () => {
  test("numbers survive writing and reading", () => {
    for (const value of [
      0,
      1,
      63,
      64,
      127,
      128,
      8191,
      8192,
      65535,
      2 ** 27,
      2 ** 31 - 1,
      2 ** 31,
      2 ** 32 - 1,
    ]) {
      assert.equal(new Reader(Uint8Array.from(unsigned(value))).unsigned(), value);
      assert.equal(new Reader(Uint8Array.from(address(value))).address(), value);
    }
  });

  test("numbers that never end are refused", () => {
    assert.throws(() => new Reader(new Uint8Array(9).fill(0x80)).unsigned(), RangeError);
    assert.throws(() => new Reader(new Uint8Array(9).fill(0x80)).address(), RangeError);
    assert.throws(() => new Reader(Uint8Array.of(0x80)).unsigned(), /unexpected end/);
  });

  test("a module survives reading and writing", async () => {
    const wasm = await buildModule(lua);
    assert.deepEqual(writeSections(readSections(wasm)), wasm);
  });
});
