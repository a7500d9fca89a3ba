/** A module in ao-loader, its memory left where it is: no copies and no checkpoints inside what is measured. */
import loader from "@permaweb/ao-loader";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { buildAll } from "../module/build-all.ts";
import { buildModule } from "../module/build.ts";
import { embedBundle } from "../module/embed.ts";
import { buildVirtualMachine } from "../module/virtual-machine.ts";
import type { ComputeEnvironment, ComputeMessage, OutgoingMessage } from "../units/message.ts";

export interface Result {
  readonly Memory: ArrayBufferLike | Uint8Array;
  readonly Output: unknown;
  readonly Messages: readonly OutgoingMessage[];
  readonly Error?: string;
}

export interface Instance {
  /** Evaluates a message. Throws what the module says when it breaks off; a refusal is a result. */
  readonly call: (message: ComputeMessage) => Promise<Result>;
  /** As `call`, throwing a refusal too. */
  readonly accepted: (message: ComputeMessage) => Promise<Result>;
  /** Asks an instrument (instruments.lua). */
  readonly instrument: (name: string, text?: string) => Promise<string>;
  /** Evaluates a message and gives how many of Lua's instructions that took; of a counting module. Throws a refusal. */
  readonly count: (message: ComputeMessage) => Promise<number>;
  /** Bytes of WebAssembly memory after the last call. */
  readonly memory: () => number;
}

export interface InstanceOptions {
  readonly format?: string;
  /** Copy the memory in and out at each call, as a compute unit does that keeps a result's memory. */
  readonly copied?: boolean;
}

type Handle = (memory: unknown, message: unknown, environment: ComputeEnvironment) => Promise<Result>;
type Loader = (wasm: Uint8Array, options: object) => Promise<Handle>;

/** What the loader replaces, and does not give back when a module fails. */
const host = { random: Math.random, now: Date.now, log: console.log };

function restoreHost(): void {
  Math.random = host.random;
  Date.now = host.now;
  console.log = host.log;
}

/** Starts a module as the process of this environment. */
export async function startInstance(
  wasm: Uint8Array,
  environment: ComputeEnvironment,
  { format = "wasm32-unknown-emscripten4", copied = false }: InstanceOptions = {},
): Promise<Instance> {
  if (format.startsWith("wasm64")) setFlagsFromString("--experimental-wasm-memory64");
  const options = { format, UNSAFE_MEMORY: !copied, print: () => undefined, printErr: () => undefined };
  const handle = await (loader as unknown as Loader)(wasm, options);
  let memory: Result["Memory"] | undefined;
  async function call(message: unknown): Promise<Result> {
    try {
      const result = await handle(copied ? (memory ?? null) : null, message, environment);
      memory = result.Memory;
      return result;
    } finally {
      restoreHost();
    }
  }
  async function instrument(name: string, text = ""): Promise<string> {
    const { Output: output } = await call(`#${name}\n${text}`);
    return (output as { data: string }).data;
  }
  return {
    call,
    accepted: async (message) => {
      const result = await call(message);
      if (result.Error) throw new Error(result.Error);
      return result;
    },
    instrument,
    count: async (message) => {
      const answer = await instrument("count", JSON.stringify(message));
      const count = Number(answer);
      if (!Number.isInteger(count)) throw new Error(answer);
      return count;
    },
    memory: () => memory?.byteLength ?? 0,
  };
}

/** A process's bundle as it is built. */
export async function bundleOf(name: string): Promise<string> {
  const [built] = await buildAll({ quiet: true, names: [name] });
  return readFileSync(built!.bundle.path, "utf8");
}

/** A bundle in the compact module, with the instruments around it. */
export function instrumentedModule(bundle: string): Promise<Uint8Array> {
  return buildModule(withInstruments(bundle));
}

/** The same in a virtual machine that can count its own instructions. */
export async function countingModule(bundle: string): Promise<Uint8Array> {
  return embedBundle(await buildVirtualMachine({ debug: true }), withInstruments(bundle));
}

/** A bundle ends in `return`, so it becomes a function. */
export function withInstruments(bundle: string): string {
  return `(function(...)\n${bundle}\nend)(...)\n${luaFile("instruments")}`;
}

/** A Lua file of this folder. */
export function luaFile(name: string): string {
  return readFileSync(join(import.meta.dirname, `${name}.lua`), "utf8");
}
