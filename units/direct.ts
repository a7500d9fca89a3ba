/**
 * Evaluates a process in this JavaScript: no WASM, no copying, for fast tests of whole networks.
 */
import { errorText, failedResult, type Evaluator, type EvaluatorFactory } from "./evaluation.ts";
import type { ComputeEnvironment, ComputeMessage, ComputeResult } from "./message.ts";

/** A process that runs under Node. A refused message leaves its state untouched, since rules check before they write. */
export interface DirectHost {
  handle(message: ComputeMessage, environment: ComputeEnvironment): ComputeResult;
  /** As `handle`, but the state stays as it is even when the message would have changed it. */
  dryRun(message: ComputeMessage, environment: ComputeEnvironment): ComputeResult;
}

type Evaluate = DirectHost["handle"];

/** A module whose processes are hosts in this JavaScript; `create` makes the host of each. */
export function directModule(create: () => DirectHost): EvaluatorFactory {
  return (): Evaluator => {
    const host = create();
    return {
      evaluate: guarded((message, environment) => host.handle(message, environment)),
      dryRun: guarded((message, environment) => host.dryRun(message, environment)),
      memory: () => 0,
    };
  };
}

/** A failure sends nothing, whatever the host had collected by then. */
function guarded(evaluate: Evaluate): Evaluator["evaluate"] {
  return async (message, environment) => {
    try {
      const result = evaluate(message, environment);
      return result.Error === undefined ? result : failedResult(result.Error, result.Output);
    } catch (thrown) {
      return failedResult(errorText(thrown));
    }
  };
}
