/**
 * Evaluates a compiled module through @permaweb/ao-loader. The memory stays inside the instance, as copying it in and
 * out at each message is what a message costs most; a failed evaluation is undone from a checkpoint.
 */
import loader from "@permaweb/ao-loader";
import { setFlagsFromString } from "node:v8";
import { errorText, failedResult, type Evaluator } from "./evaluation.ts";
import type { ComputeEnvironment, ComputeMessage, ComputeResult } from "./message.ts";
import { WebAssembly, type CompiledModule, type WasmInstance, type WasmMemory } from "./web-assembly.ts";

export interface WasmOptions {
  /** The module's format; the 64-bit one does not start on Node 24. */
  readonly format?: "wasm32-unknown-emscripten4" | "wasm64-unknown-emscripten-draft_2024_02_15";
  /**
   * How many bytes a message may cost in copying, on average: the checkpoint is renewed each time that as many
   * messages succeeded as the memory has such portions. 8 MiB, so a memory of 8 MiB is copied at each message and
   * one of 1 GiB at each 128th.
   */
  readonly copiedBytes?: number;
}

/** A module for a network, from its bytes. They are compiled once, however many processes run them. */
export function wasmModule(bytes: Uint8Array, options: WasmOptions = {}): () => Promise<WasmEvaluator> {
  let compiled: Promise<CompiledModule> | undefined;
  return async () => {
    compiled ??= compileModule(bytes, options);
    return startModule(await compiled, options);
  };
}

/** Compiles a module; the result can be sent to other threads. */
export function compileModule(bytes: Uint8Array, { format }: WasmOptions = {}): Promise<CompiledModule> {
  if (format?.startsWith("wasm64")) setFlagsFromString("--experimental-wasm-memory64");
  return WebAssembly.compile(bytes);
}

/** The evaluator of a process: a new one, or one that goes on with a memory that `bytes()` gave before. */
export function startModule(
  module: CompiledModule,
  { format = "wasm32-unknown-emscripten4", copiedBytes = 8 << 20 }: WasmOptions = {},
  memory?: Uint8Array,
): Promise<WasmEvaluator> {
  if (format.startsWith("wasm64")) setFlagsFromString("--experimental-wasm-memory64");
  return WasmEvaluator.start(() => instantiate(module, format), copiedBytes, memory);
}

type Handle = Awaited<ReturnType<typeof loader>>;

interface Instance {
  readonly handle: Handle;
  readonly memory: WasmMemory;
  /** Tells the loader's glue that the memory grew. */
  readonly renewViews: (bytes: number) => void;
}

type Imports = Readonly<Record<string, Readonly<Record<string, (value: number | bigint) => void>>>>;

/** What the loader replaces while it runs, and does not give back when a module traps. */
const host = { random: Math.random, now: Date.now, log: console.log };

async function guardHost<Value>(action: () => Promise<Value>): Promise<Value> {
  try {
    return await action();
  } finally {
    Math.random = host.random;
    Date.now = host.now;
    console.log = host.log;
  }
}

async function instantiate(module: CompiledModule, format: string): Promise<Instance> {
  let memory: WasmMemory | undefined;
  let renewViews: (bytes: number) => void = () => undefined;
  const link = (imports: Imports, receive: (instance: WasmInstance) => unknown): unknown => {
    const instance = new WebAssembly.Instance(module, imports);
    memory = instance.exports.memory as WasmMemory;
    // It takes what the module would pass: an address, which is a bigint in a 64-bit module.
    renewViews = (bytes) =>
      imports.env?.emscripten_resize_heap?.(format.startsWith("wasm64") ? BigInt(bytes) : bytes);
    return receive(instance);
  };
  const quiet = { print: () => undefined, printErr: () => undefined };
  const handle = await guardHost(() => loader(link, { format, UNSAFE_MEMORY: true, ...quiet }));
  if (memory === undefined) throw new Error("the module has no memory");
  return { handle, memory, renewViews };
}

/** Grows a memory to exactly so many bytes. Asked by itself, the loader's glue would add a fifth. */
function growTo(bytes: number, { memory, renewViews }: Instance): void {
  const missing = bytes - memory.buffer.byteLength;
  if (missing === 0) return;
  memory.grow(missing / 65536);
  renewViews(bytes);
}

interface Evaluated {
  readonly message: ComputeMessage;
  readonly environment: ComputeEnvironment;
}

/** The evaluator of one process. */
export class WasmEvaluator implements Evaluator {
  readonly #instantiate: () => Promise<Instance>;
  readonly #copiedBytes: number;
  #instance: Instance | undefined;
  #checkpoint = new Uint8Array(0);
  /** What succeeded since the checkpoint. */
  #since: Evaluated[] = [];

  private constructor(start: () => Promise<Instance>, copiedBytes: number) {
    this.#instantiate = start;
    this.#copiedBytes = copiedBytes;
  }

  static async start(
    instantiateModule: () => Promise<Instance>,
    copiedBytes: number,
    memory?: Uint8Array,
  ): Promise<WasmEvaluator> {
    const evaluator = new WasmEvaluator(instantiateModule, copiedBytes);
    evaluator.#instance = await instantiateModule();
    if (memory !== undefined) {
      growTo(memory.length, evaluator.#instance);
      evaluator.bytes().set(memory);
    }
    evaluator.#takeCheckpoint();
    return evaluator;
  }

  memory(): number {
    return this.bytes().length;
  }

  async evaluate(message: ComputeMessage, environment: ComputeEnvironment): Promise<ComputeResult> {
    const result = await this.#run({ message, environment });
    if (result.Error !== undefined) await this.#rewind();
    else {
      this.#since.push({ message, environment });
      if (this.#since.length * this.#copiedBytes >= this.memory()) this.#takeCheckpoint();
    }
    return result;
  }

  async dryRun(message: ComputeMessage, environment: ComputeEnvironment): Promise<ComputeResult> {
    if (this.#since.length > 0) this.#takeCheckpoint();
    const result = await this.#run({ message, environment });
    await this.#restore();
    return result;
  }

  /** The memory itself; the next evaluation changes it. */
  bytes(): Uint8Array {
    return new Uint8Array(this.#instance!.memory.buffer);
  }

  #takeCheckpoint(): void {
    const bytes = this.bytes();
    if (this.#checkpoint.length === bytes.length) this.#checkpoint.set(bytes);
    else this.#checkpoint = bytes.slice();
    this.#since = [];
  }

  /** Puts the memory back to the checkpoint. A memory can't shrink, so one that grew takes a new instance. */
  async #restore(): Promise<void> {
    if (this.#instance?.memory.buffer.byteLength !== this.#checkpoint.length) {
      // Let go of the old memory before there is a new one: together they may be too much.
      this.#instance = undefined;
      this.#instance = await this.#instantiate();
      growTo(this.#checkpoint.length, this.#instance);
    }
    this.bytes().set(this.#checkpoint);
  }

  /** Undoes the evaluation that just failed. A module is deterministic, so a replay gives the same memory again. */
  async #rewind(): Promise<void> {
    await this.#restore();
    if (this.#since.length === 0) return;
    for (const evaluated of this.#since) {
      const { Error: failure } = await this.#run(evaluated);
      if (failure !== undefined) throw new Error(`the replay of ${evaluated.message.Id} failed: ${failure}`);
    }
    this.#takeCheckpoint();
  }

  async #run({ message, environment }: Evaluated): Promise<ComputeResult> {
    try {
      const raw = await guardHost(() => {
        // The same for every evaluation, or a replay would not give the same memory.
        Date.now = () => 10_000;
        return this.#instance!.handle(null, message, environment);
      });
      return resultOf(raw);
    } catch (thrown) {
      // After a trap the loader leaves the stack pointer where it was. An instance like that is not used again.
      this.#instance = undefined;
      return failedResult(errorText(thrown));
    }
  }
}

/** The response's lists; a module may leave them out, or write an empty one as `{}`. */
function resultOf(raw: Awaited<ReturnType<Handle>>): ComputeResult {
  const { Output: output = "", Error: error } = raw as { Output?: unknown; Error?: unknown };
  if (error !== undefined && error !== null) {
    return failedResult(typeof error === "string" ? error : JSON.stringify(error), output);
  }
  const list = <Item>(value: unknown): readonly Item[] => (Array.isArray(value) ? (value as Item[]) : []);
  return {
    Output: output,
    Messages: list(raw.Messages),
    Spawns: list(raw.Spawns),
    Assignments: list(raw.Assignments),
  };
}
