/**
 * One process as its units keep it: its place in the schedule, its evaluator, and everything that it evaluated.
 */
import { identifier } from "./address.ts";
import { cronsOf, isDueSecond, type Cron } from "./cron.ts";
import { failedResult, type Evaluator } from "./evaluation.ts";
import {
  cronMessage,
  dryRunMessage,
  scheduledMessage,
  type ComputeEnvironment,
  type ComputeMessage,
  type ComputeResult,
  type DryRunFields,
  type SignedItem,
  type Time,
} from "./message.ts";

/** A message that a process evaluated, and what came of it. */
export interface Evaluation {
  readonly message: ComputeMessage;
  readonly result: ComputeResult;
  /** A fault made it fail: the evaluator never saw the message. */
  readonly injected?: boolean;
}

/** By what a compute unit knows a repetition: the content of what was pushed, the id of anything else. */
export function contentKey(item: SignedItem): string {
  const { Data, Tags, Target, Anchor } = item;
  const pushed = item["Forwarded-By"] !== undefined;
  return pushed ? identifier(JSON.stringify([Data, Tags, Target, Anchor])) : item.Id;
}

export class HostedProcess {
  readonly environment: ComputeEnvironment;
  readonly crons: readonly Cron[];
  /** When it was spawned. */
  readonly origin: number;
  readonly log: Evaluation[] = [];
  readonly #evaluator: Evaluator;
  readonly #results = new Map<string, ComputeResult>();
  /** What repetitions are known by: the content of pushed messages, the ids of all. */
  readonly #seen = new Set<string>();
  #nonce = 0;
  #hashChain = "";
  #last: Time;

  constructor(environment: ComputeEnvironment, evaluator: Evaluator, time: Time) {
    this.environment = environment;
    this.crons = cronsOf(environment.Process.Tags);
    this.origin = time.timestamp;
    this.#evaluator = evaluator;
    this.#last = time;
  }

  get id(): string {
    return this.environment.Process.Id;
  }

  get moduleId(): string {
    return this.environment.Module.Id;
  }

  /** Bytes of memory that the state occupies. */
  memory(): number {
    return this.#evaluator.memory();
  }

  /** What the first evaluation of a message came to. */
  result(id: string): ComputeResult | undefined {
    return this.#results.get(id);
  }

  /**
   * Puts a message into the schedule. Gives nothing if the compute unit would pass over it: a pushed message with the
   * data, tags, target and anchor of an earlier one, or an assignment of a message that was evaluated already.
   */
  schedule(item: SignedItem, time: Time, repeated: boolean): ComputeMessage | undefined {
    this.#hashChain = identifier("hash chain", this.#hashChain, item.Id);
    const message = scheduledMessage(item, { nonce: this.#nonce++, hashChain: this.#hashChain, time });
    const content = contentKey(item);
    const known = this.#seen.has(content) || this.#seen.has(item.Id);
    this.#seen.add(content).add(item.Id);
    return known && !repeated ? undefined : message;
  }

  async evaluate(message: ComputeMessage): Promise<ComputeResult> {
    const result = await this.#evaluator.evaluate(message, this.environment);
    this.#record({ message, result });
    return result;
  }

  /** Fails the evaluation of a message in place of the evaluator. */
  fail(message: ComputeMessage): ComputeResult {
    const result = failedResult("[fault] the evaluation failed");
    this.#record({ message, result, injected: true });
    return result;
  }

  /** Evaluates a tick. It has no place in the schedule. */
  tick(cron: Cron, time: Time): Promise<ComputeResult> {
    return this.evaluate(cronMessage(this.environment.Process, cron.tags, time));
  }

  /** The crons that are due in this second. */
  dueCrons(time: Time): readonly Cron[] {
    return this.crons.filter((cron) => isDueSecond(cron, this.origin, time.timestamp));
  }

  /** A dry run. Its clock is that of the last evaluation: a unit has no other. */
  dryRun(fields: DryRunFields): Promise<ComputeResult> {
    return this.#evaluator.dryRun(dryRunMessage(fields, this.#last), this.environment);
  }

  #record(evaluation: Evaluation): void {
    const { Id: id, Timestamp: timestamp, "Block-Height": height } = evaluation.message;
    this.log.push(evaluation);
    this.#last = { timestamp, height };
    if (id !== undefined && !this.#results.has(id)) this.#results.set(id, evaluation.result);
  }
}
