/**
 * What a process is to host/: how it starts, and what it does at each action. A pure description, the same on every
 * runtime.
 */
import type { Figure } from "../protocol/figures.ts";
import type { Message, Outcome, PublishedMap, ReceivedTag } from "../protocol/message.ts";
import type { Refusal } from "../protocol/refusal.ts";

/** The process as its units know it. Its parameters are its spawn tags, which nobody can change afterwards. */
export interface Environment {
  readonly id: string;
  readonly owner: string;
  readonly module: string;
  /** SHA-256 of the bundle that runs, as its build wrote it down; "node" under Node. */
  readonly code: string;
  readonly tags: readonly ReceivedTag[];
}

/** Reads the message, calls a rule, returns what is to be sent. */
export type Run<State> = (state: State, message: Message) => Outcome;

/** The empty state, from validated parameters. */
export type Start<State> = (environment: Environment) => State | Refusal;

/** What pages read by path. */
export interface Published {
  /** Figures of the whole, as `Info` gives them; host/ sends those that have changed, names in lower case. */
  readonly figures: readonly Figure[];
  /** Further maps: the entries that have changed since the last time. */
  readonly maps: readonly PublishedMap[];
}

/** What is to be published after a write. `first`: everything, parameters included. */
export type Publish<State> = (state: State, first: boolean) => Published;

/** What happens at an action. A read does not touch the state; a write is remembered, so that a repeat is refused. */
export interface Action<State> {
  readonly kind: "read" | "write";
  readonly run: Run<State>;
}

/** From the state of one version to that of the next: plain data to plain data, what it is given left as it is. */
export interface Migration {
  readonly from: number;
  readonly migrate: (state: unknown) => unknown;
}

/** An action, and the name in lower case of a tag that it reads though units have a field of that name. */
export type ReservedRead = readonly [string, string];

export interface Process<State> {
  readonly name: string;
  /** The version of the state's shape. */
  readonly version: number;
  readonly start: Start<State>;
  /** Whether nobody may change its code from the first message on, its owner included. */
  readonly ownerless?: boolean;
  /** A process without it publishes nothing. */
  readonly publish?: Publish<State>;
  /** From older shapes of the state to this one, one for each version that still runs somewhere. */
  readonly migrations?: readonly Migration[];
  /** What clients or processes send by such a name; every other such tag is refused. */
  readonly reservedReads?: readonly ReservedRead[];
  /** By the exact value of the tag `Action`; "" is a message without one. */
  readonly actions: ReadonlyMap<string, Action<State>>;
}

/** A list of reads and writes as the map that a process has. */
export function actionsOf<State>(
  reads: readonly (readonly [string, Run<State>])[],
  writes: readonly (readonly [string, Run<State>])[],
): ReadonlyMap<string, Action<State>> {
  const actions = new Map<string, Action<State>>();
  for (const [name, run] of reads) actions.set(name, { kind: "read", run });
  for (const [name, run] of writes) actions.set(name, { kind: "write", run });
  return actions;
}
