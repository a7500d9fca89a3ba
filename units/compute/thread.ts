/**
 * What runs in the thread of a process: its module, on a memory of its own. Everything that a thread is asked it does
 * in the order in which it was asked.
 */
import { createHash } from "node:crypto";
import { parentPort } from "node:worker_threads";
import type { ComputeEnvironment, ComputeMessage, ComputeResult } from "../message.ts";
import type { CompiledModule } from "../web-assembly.ts";
import { startModule, type WasmEvaluator, type WasmOptions } from "../wasm.ts";

export type ThreadRequest =
  | {
      readonly kind: "start";
      readonly module: CompiledModule;
      readonly options: WasmOptions;
      readonly environment: ComputeEnvironment;
      /** Goes on with this memory. */
      readonly memory: Uint8Array | undefined;
    }
  | { readonly kind: "evaluate"; readonly message: ComputeMessage }
  | { readonly kind: "dry run"; readonly message: ComputeMessage }
  | { readonly kind: "memory" }
  | { readonly kind: "digest" };

/** What a request is answered with. */
export type ThreadAnswer = ComputeResult | Uint8Array | string | undefined;

interface Started {
  readonly evaluator: WasmEvaluator;
  readonly environment: ComputeEnvironment;
}

let started: Started | undefined;

async function answer(request: ThreadRequest): Promise<ThreadAnswer> {
  if (request.kind === "start") {
    const { module, options, environment, memory } = request;
    started = { evaluator: await startModule(module, options, memory), environment };
    return undefined;
  }
  if (started === undefined) throw new Error("the process is not started");
  const { evaluator, environment } = started;
  switch (request.kind) {
    case "evaluate":
      return evaluator.evaluate(request.message, environment);
    case "dry run":
      return evaluator.dryRun(request.message, environment);
    case "memory":
      return evaluator.bytes().slice();
    case "digest":
      return createHash("sha256").update(evaluator.bytes()).digest("hex");
  }
}

const port = parentPort;
let turn = Promise.resolve();
port?.on("message", (request: ThreadRequest) => {
  turn = turn.then(async () => {
    try {
      port.postMessage({ value: await answer(request) });
    } catch (thrown) {
      port.postMessage({ failure: thrown instanceof Error ? thrown.message : String(thrown) });
    }
  });
});
