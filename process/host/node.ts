/** The adapter for Node: the same process as JavaScript, for fast tests. Messages are the compute unit's. */
import type { Tag } from "../protocol/message.ts";
import { isRefusal, refuse, type Refusal } from "../protocol/refusal.ts";
import { type Arrival, received } from "./arrival.ts";
import { evaluate } from "./evaluation.ts";
import { errorOf } from "./exchange.ts";
import { type Kept, start } from "./kept.ts";
import { migrate } from "./migration.ts";
import { type Outbox, type OutgoingMessage, type OutgoingSpawn, outgoing } from "./outgoing.ts";
import type { Environment, Process } from "./process.ts";

/** The fields that host/ reads of a compute unit's message. */
export interface NodeMessage {
  readonly Id?: string;
  readonly Owner: string;
  readonly From: string;
  readonly Target: string;
  readonly Tags: readonly Tag[];
  readonly Data?: string | null;
  readonly Timestamp: number;
  readonly Cron?: boolean;
}

export interface NodeEnvironment {
  readonly Process: { readonly Id: string; readonly Owner: string; readonly Tags: readonly Tag[] };
  readonly Module: { readonly Id: string };
}

export interface NodeResult {
  readonly Output: Record<string, never>;
  readonly Messages: readonly OutgoingMessage[];
  readonly Spawns: readonly OutgoingSpawn[];
  readonly Assignments: readonly never[];
  readonly Error?: string;
}

export interface NodeHost<State> {
  /** Evaluates a message; a refusal is an `Error`, and leaves the state as it was. */
  handle(message: NodeMessage, environment: NodeEnvironment): NodeResult;
  /** Evaluates a message on a copy of the state. */
  dryRun(message: NodeMessage, environment: NodeEnvironment): NodeResult;
  /** What the process keeps; undefined before its first message. */
  kept(): Kept<State> | undefined;
}

/**
 * A process that runs under Node. It takes over what an older version of its code has kept.
 * @throws Error if that can't be migrated to this version.
 */
export function nodeHost<State>(process: Process<State>, earlier?: Kept<unknown>): NodeHost<State> {
  let kept = copyOf(earlier) as Kept<State> | undefined;
  const refusal = kept === undefined ? undefined : migrate(process, kept);
  if (refusal !== undefined) throw new Error(errorOf(refusal));

  function run(current: Kept<State> | undefined, message: NodeMessage, environment: NodeEnvironment) {
    const context = contextOf(environment);
    const started = current ?? start(process, context);
    if (isRefusal(started)) return { kept: current, result: failure(started) };
    const effects = evaluate(process, started, context, arrivalOf(message), refuseCode);
    if (isRefusal(effects)) return { kept: started, result: failure(effects) };
    return { kept: started, result: success(outgoing(started, context, effects)) };
  }

  return {
    handle(message, environment) {
      const { kept: next, result } = run(kept, message, environment);
      kept = next;
      return result;
    },
    dryRun: (message, environment) => run(copyOf(kept), message, environment).result,
    kept: () => kept,
  };
}

function refuseCode(): Refusal {
  return refuse("not-upgradable", "Under Node the code is replaced by starting it anew with what was kept");
}

function contextOf(environment: NodeEnvironment): Environment {
  const { Id, Owner, Tags } = environment.Process;
  return { id: Id, owner: Owner, module: environment.Module.Id, code: "node", tags: received(Tags) };
}

function arrivalOf(message: NodeMessage): Arrival {
  return {
    id: message.Id ?? "",
    owner: message.Owner,
    from: message.From,
    target: message.Target,
    tags: message.Tags,
    data: message.Data === undefined ? "" : (message.Data ?? undefined),
    timestamp: message.Timestamp,
    cron: message.Cron === true,
  };
}

/** A patch has neither target nor anchor, and maps as values of tags, of which the units' types know nothing. */
function written(one: Outbox["messages"][number]): OutgoingMessage {
  if (!("maps" in one)) return one;
  const maps = one.maps.map(([name, entries]) => ({ name, value: Object.fromEntries(entries) }));
  return { Tags: [{ name: "device", value: "patch@1.0" }, ...maps] } as unknown as OutgoingMessage;
}

function success({ messages, spawns }: Outbox): NodeResult {
  return {
    Output: {},
    Messages: messages.map((one) => written(one)),
    Spawns: spawns,
    Assignments: [],
  };
}

function failure(refusal: Refusal): NodeResult {
  return { ...success({ messages: [], spawns: [] }), Error: errorOf(refusal) };
}

/** A deep copy that keeps records without inherited members what they are, which structuredClone does not. */
function copyOf<Value>(value: Value): Value {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(copyOf) as Value;
  const copy = Object.create(Object.getPrototypeOf(value) as object | null) as Record<string, unknown>;
  for (const [name, member] of Object.entries(value)) copy[name] = copyOf(member);
  return copy as Value;
}
