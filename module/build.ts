/** A Lua bundle → an AO module of the format `wasm32-unknown-emscripten4`. */
import { embedBundle, type MemoryLimits } from "./embed.ts";
import { buildVirtualMachine, type VirtualMachineOptions } from "./virtual-machine.ts";

export interface ModuleOptions extends VirtualMachineOptions {
  readonly memory?: MemoryLimits;
}

/** All that the module asks of the loader. A further import would fail on a node, not here. */
const expectedImports = ["env._emscripten_throw_longjmp", "env.emscripten_resize_heap", "env.invoke_vii"];

/** What ao-loader 0.0.49 calls. */
const expectedExports = [
  ...["memory", "__indirect_function_table", "__wasm_call_ctors", "handle", "main", "malloc", "free", "sbrk"],
  ...["fflush", "setThrew", "dynCall_vii", "_emscripten_stack_alloc", "_emscripten_stack_restore"],
  ...["emscripten_stack_init", "emscripten_stack_get_base", "emscripten_stack_get_current"],
  ...["emscripten_stack_get_end", "emscripten_stack_get_free"],
];

/** Throws unless the bytes are valid WebAssembly with exactly the loader's imports and at least its exports. */
export function checkModule(wasm: Uint8Array): void {
  const module = new WebAssembly.Module(wasm as BufferSource);
  const imports = WebAssembly.Module.imports(module).map((entry) => `${entry.module}.${entry.name}`);
  if (imports.sort().join() !== expectedImports.join())
    throw new Error(`unexpected imports: ${imports.join(", ")}`);
  const exports = new Set(WebAssembly.Module.exports(module).map((entry) => entry.name));
  const missing = expectedExports.filter((name) => !exports.has(name));
  if (missing.length > 0) throw new Error(`missing exports: ${missing.join(", ")}`);
}

/**
 * The module that runs a Lua bundle; the bundle defines `handle` (docs/module.md). Same bundle and options: same
 * bytes, on any machine. A faulty bundle still builds: its error is the answer to each message.
 * @throws Error if the virtual machine does not compile, or the bundle does not fit (`embedBundle`).
 */
export async function buildModule(lua: string, options: ModuleOptions = {}): Promise<Uint8Array> {
  const wasm = embedBundle(await buildVirtualMachine(options), lua, options.memory);
  checkModule(wasm);
  return wasm;
}
