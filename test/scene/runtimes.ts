/** The runtimes that every process runs on, each as what makes a network's modules. */
import { readFileSync } from "node:fs";
import { buildAll } from "../../module/build-all.ts";
import { nodeHost } from "../../process/host/node.ts";
import { ledger } from "../../process/ledger/actions.ts";
import { mint } from "../../process/mint/actions.ts";
import { token } from "../../process/token/actions.ts";
import { directModule } from "../../units/direct.ts";
import type { EvaluatorFactory } from "../../units/evaluation.ts";
import { wasmModule } from "../../units/wasm.ts";

export type ProcessName = "token" | "mint" | "ledger";
export const processNames: readonly ProcessName[] = ["token", "mint", "ledger"];

export interface Runtime {
  readonly name: "node" | "compact";
  /** What makes an evaluator of a process. */
  readonly factory: (process: ProcessName) => Promise<EvaluatorFactory>;
}

const definitions = {
  token: () => nodeHost(token),
  mint: () => nodeHost(mint),
  ledger: () => nodeHost(ledger),
};

/** The TypeScript itself, under Node. */
export const node: Runtime = {
  name: "node",
  factory: (process) => Promise.resolve(directModule(definitions[process])),
};

/** The same as Lua in our own WASM module. */
export const compact: Runtime = {
  name: "compact",
  factory: async (process) => {
    const built = await buildAll({ quiet: true, names: [process] });
    return wasmModule(readFileSync(built[0]!.module.path));
  },
};

export const runtimes: readonly Runtime[] = [node, compact];
