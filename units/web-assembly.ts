/**
 * The part of Node's WebAssembly that is used here. TypeScript describes it only together with a browser's document.
 */
export interface CompiledModule {
  readonly compiledModule: unique symbol;
}

export interface WasmMemory {
  readonly buffer: ArrayBuffer;
  /** Grows by pages of 64 KiB. */
  grow(pages: number): number;
}

export interface WasmInstance {
  readonly exports: Readonly<Record<string, unknown>>;
}

interface WebAssemblyApi {
  readonly compile: (bytes: Uint8Array) => Promise<CompiledModule>;
  readonly Instance: new (module: CompiledModule, imports: unknown) => WasmInstance;
}

export const WebAssembly = (globalThis as unknown as { WebAssembly: WebAssemblyApi }).WebAssembly;
