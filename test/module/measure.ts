/**
 * The figures of docs/module.md: node --import ts-blank-space/register test/module/measure.ts [build|work|collector]
 * `work <machine.wasm>` measures another virtual machine instead, for instance one that wasm-opt has been over.
 */
import { readFileSync } from "node:fs";
import { embedBundle } from "../../module/embed.ts";
import { buildVirtualMachine } from "../../module/virtual-machine.ts";
import { start } from "./instance.ts";

const lua = readFileSync(new URL("measure.lua", import.meta.url), "utf8");
const now = performance.now.bind(performance);
const milliseconds = (value: number, digits = 0) => `${value.toFixed(digits)} ms`;

/** The best of some rounds, in ms of wall clock: what is left when the machine is otherwise idle. */
async function best(rounds: number, work: () => Promise<unknown>): Promise<number> {
  let least = Infinity;
  for (let round = 0; round < rounds; round++) {
    const begin = now();
    await work();
    least = Math.min(least, now() - begin);
  }
  return least;
}

async function measureBuild(): Promise<void> {
  console.log(
    "compile the virtual machine:",
    milliseconds(await best(1, () => buildVirtualMachine({ force: true }))),
  );
  const machine = await buildVirtualMachine();
  const embed = () => Promise.resolve(embedBundle(machine, lua + "-".repeat(200_000)));
  console.log("embed a bundle of 200 kB:", milliseconds(await best(5, embed), 1));
  console.log("virtual machine:", machine.length, "bytes");
}

async function measureWork(machine: Uint8Array): Promise<void> {
  const wasm = embedBundle(machine, lua);
  const copying = await start(wasm, true);
  let memory: Uint8Array | null = null;
  const message = async () => {
    memory = (await copying.callIn(memory, { Do: "nothing" })).Memory as Uint8Array;
  };
  console.log("a message, memory copied in and out:", milliseconds(await best(500, message), 2));
  const { call } = await start(wasm);
  console.log("a message:", milliseconds(await best(500, () => call({ Do: "nothing" })), 2));
  for (const name of ["loop", "calls", "arrays", "addresses", "records", "strings", "sort", "limbs"]) {
    console.log(`${name}:`, milliseconds(await best(6, () => call({ Do: name }))));
  }
}

/** `Pause` 0: as the module sets it. */
async function measureCollector(machine: Uint8Array, Size: number): Promise<void> {
  for (const [Pause, Step] of [
    [0, 0],
    [200, 200],
    [130, 200],
    [130, 400],
    [130, 800],
    [110, 800],
  ] as const) {
    const { call } = await start(embedBundle(machine, lua));
    const live = (await call({ Do: "fill", Size, Pause, Step })).Output.data;
    let memory = 0;
    const replace = async () => {
      memory = (await call({ Do: "replace", Size })).Memory.byteLength;
    };
    const begin = now();
    for (let round = 0; round < 6; round++) await replace();
    const time = milliseconds((now() - begin) / 6);
    const setting = Pause === 0 ? "as built" : `pause ${Pause}, step ${Step}`;
    console.log(
      `${setting}: ${live} MiB alive, ${memory / 2 ** 20} MiB of memory, ${time} for ${Size} replacements`,
    );
  }
}

const [what, path] = process.argv.slice(2);
const machine = path === undefined ? await buildVirtualMachine() : readFileSync(path);
if (what === undefined || what === "build") await measureBuild();
if (what === undefined || what === "work") await measureWork(machine);
if (what === undefined || what === "collector") await measureCollector(machine, 1_000_000);
