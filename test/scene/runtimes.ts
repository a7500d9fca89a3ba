/** The runtimes that every process runs on, each as what makes a network's modules. */
import { readFileSync } from "node:fs";
import { aosForNode, fetchAos } from "../../module/aos.ts";
import { buildAll, type BuiltProcess } from "../../module/build-all.ts";
import { nodeHost } from "../../process/host/node.ts";
import { factory } from "../../process/fair-launch-factory/actions.ts";
import { fairLaunch } from "../../process/fair-launch/actions.ts";
import { ledger } from "../../process/ledger/actions.ts";
import type { Process } from "../../process/host/process.ts";
import { mint } from "../../process/mint/actions.ts";
import { index } from "../../process/pi/actions.ts";
import { pool } from "../../process/pool/actions.ts";
import { token } from "../../process/token/actions.ts";
import { directModule } from "../../units/direct.ts";
import type { Evaluator, EvaluatorFactory } from "../../units/evaluation.ts";
import type { ComputeEnvironment, ComputeMessage } from "../../units/message.ts";
import { wasmModule } from "../../units/wasm.ts";

export type ProcessName = "token" | "mint" | "ledger" | "fair-launch" | "fair-launch-factory" | "pool" | "pi";
/** The processes that everything else rests on. */
export const coreNames = ["token", "mint", "ledger"] as const;

export interface Runtime {
  readonly name: "node" | "compact" | "aos";
  /** What makes an evaluator of a process. */
  readonly factory: (process: ProcessName) => Promise<EvaluatorFactory>;
}

/** Each process as TypeScript has it. */
export const definitions: Readonly<Record<ProcessName, Process<unknown>>> = {
  token: token as Process<unknown>,
  mint: mint as Process<unknown>,
  ledger: ledger as Process<unknown>,
  "fair-launch": fairLaunch as Process<unknown>,
  pool: pool as Process<unknown>,
  pi: index as Process<unknown>,
  "fair-launch-factory": factory as Process<unknown>,
};

/** The TypeScript itself, under Node. */
export const node: Runtime = {
  name: "node",
  factory: (process) => Promise.resolve(directModule(() => nodeHost(definitions[process]))),
};

/** The same as Lua in our own WASM module. */
export const compact: Runtime = {
  name: "compact",
  factory: async (process) => wasmModule(readFileSync((await built(process)).module.path)),
};

/** The same as Lua in the stock aos module. */
export const aos: Runtime = {
  name: "aos",
  factory: async (process) => aosModule(readFileSync((await built(process)).bundle.path, "utf8")),
};

export const runtimes: readonly Runtime[] = [node, compact, aos];

async function built(process: ProcessName): Promise<BuiltProcess> {
  return (await buildAll({ quiet: true, names: [process] }))[0]!;
}

/** The stock aos module; a spawn brings the bundle along as its Data, whatever the test gave it. */
export async function aosModule(bundle: string): Promise<EvaluatorFactory> {
  const create = await stockAos();
  return async () => {
    const evaluator = await create();
    const bring = (message: ComputeMessage, { Process }: ComputeEnvironment): ComputeMessage =>
      message.Id === Process.Id
        ? { ...message, Data: bundle, Tags: [...message.Tags, { name: "On-Boot", value: "Data" }] }
        : message;
    return {
      evaluate: (message, environment) => evaluator.evaluate(bring(message, environment), environment),
      dryRun: (message, environment) => evaluator.dryRun(message, environment),
      memory: () => evaluator.memory(),
    } satisfies Evaluator;
  };
}

/** The stock aos module that this version of Node runs, as it is. */
export async function stockAos(): Promise<EvaluatorFactory> {
  const release = aosForNode();
  return wasmModule(await fetchAos(release), { format: release.format });
}
