/**
 * What a process is to host/: how it starts, what it does at each action. A pure description, the same on every
 * runtime.
 */
import type { Message, Outcome, Tag } from "../protocol/message.ts";
import type { Refusal } from "../protocol/refusal.ts";

/** The process as its units know it; parameters are its spawn tags, which nobody can change afterwards. */
export interface Environment {
  readonly id: string;
  readonly owner: string;
  readonly module: string;
  readonly tags: readonly Tag[];
}

/** What happens at an action. A read may not change the state; only writes are remembered against repetition. */
export interface Action<State> {
  readonly kind: "read" | "write";
  readonly run: (state: State, message: Message) => Outcome;
}

export interface Process<State> {
  readonly name: string;
  /** The version of the state's shape. */
  readonly version: number;
  /** The empty state, from validated parameters. */
  readonly start: (environment: Environment) => State | Refusal;
  readonly actions: ReadonlyMap<string, Action<State>>;
}
