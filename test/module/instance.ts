/** Runs a module in ao-loader, as a compute unit does, and hands back what a call came to. */
import { createRequire } from "node:module";

interface Response {
  Memory: ArrayBufferLike | Uint8Array;
  Output: { data?: string };
  Messages: unknown[];
  Error?: string;
}
type Handle = (memory: Uint8Array | null, message: object, environment: object) => Promise<Response>;
type Loader = (wasm: Uint8Array, options: object) => Promise<Handle>;

const { random } = Math;
const { now } = Date;
const { log, warn, error } = console;

/** The loader replaces these, and leaves them so when a call fails. */
function restoreGlobals(): void {
  Math.random = random;
  Date.now = now;
  Object.assign(console, { log, warn, error });
}

const loader = createRequire(import.meta.url)("@permaweb/ao-loader") as Loader;
restoreGlobals();

export interface Instance {
  /** Sends a message, keeping the memory of the instance. Rejects with the module's words if it failed. */
  readonly call: (message?: object, environment?: object) => Promise<Response>;
  /** As `call`, in a given memory instead. */
  readonly callIn: (memory: Uint8Array | null, message?: object, environment?: object) => Promise<Response>;
}

/** A running module. `copyMemory`: each response carries a copy of the memory, as a compute unit would store it. */
export async function start(wasm: Uint8Array, copyMemory = false): Promise<Instance> {
  const options = { format: "wasm32-unknown-emscripten4", UNSAFE_MEMORY: !copyMemory };
  const handle = await loader(wasm, options);
  restoreGlobals();
  async function callIn(memory: Uint8Array | null, message: object = {}, environment: object = {}) {
    try {
      return await handle(memory, message, environment);
    } finally {
      restoreGlobals();
    }
  }
  return { callIn, call: (message, environment) => callIn(null, message, environment) };
}
