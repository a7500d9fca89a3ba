/**
 * What a compute unit asks of a module: evaluate a message on a state that only successful messages change.
 */
import type { ComputeEnvironment, ComputeMessage, ComputeResult } from "./message.ts";

export interface Evaluator {
  /** Evaluates a message. A result with `Error` leaves the state exactly as it was before. */
  evaluate(message: ComputeMessage, environment: ComputeEnvironment): Promise<ComputeResult>;
  /** Evaluates a message on the present state and keeps nothing of it. */
  dryRun(message: ComputeMessage, environment: ComputeEnvironment): Promise<ComputeResult>;
  /** Bytes of memory that the state occupies; 0 where that is unknown. */
  memory(): number;
}

/** Makes the evaluator of a newly spawned process: a module as the network knows it. */
export type EvaluatorFactory = () => Evaluator | Promise<Evaluator>;

/** The result of an evaluation that failed: nothing goes out. */
export function failedResult(error: string, output: unknown = ""): ComputeResult {
  return { Output: output, Messages: [], Spawns: [], Assignments: [], Error: error };
}

/** What was thrown, as the text that a result carries. */
export function errorText(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
