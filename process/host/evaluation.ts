/** One message, evaluated: what every runtime's adapter does between decoding and encoding. */
import { limits } from "../protocol/limits.ts";
import type { Effect, Message } from "../protocol/message.ts";
import { type Refusal, isRefusal, refuse } from "../protocol/refusal.ts";
import { emptyRecord } from "../collections/record.ts";
import { type Arrival, decode, isSpawn } from "./arrival.ts";
import type { Environment, Process } from "./process.ts";

/** Everything that outlives a message: the process's state, and what host/ itself keeps. Plain data. */
export interface Kept<State> {
  readonly version: number;
  readonly state: State;
  /** The latest time seen, in milliseconds; the clock never goes back behind it. */
  now: number;
  /** How many messages have been sent; each gets its own reference and anchor. */
  sent: number;
  readonly remembered: Remembered;
}

/** The ids of the latest writes, as a ring. */
interface Remembered {
  readonly ids: string[];
  readonly known: Record<string, boolean>;
  next: number;
}

/** The process at its start. Refused: a parameter is missing or malformed. */
export function start<State>(process: Process<State>, environment: Environment): Kept<State> | Refusal {
  const state = process.start(environment);
  if (isRefusal(state)) return state;
  const remembered = { ids: [], known: emptyRecord<boolean>(), next: 0 };
  return { version: process.version, state, now: 0, sent: 0, remembered };
}

/**
 * Evaluates one arrival: guard, then the action. Refused: whatever `decode` refuses, an unknown action, a write that
 * was carried out before, whatever the action refuses. After a refusal everything is as it was.
 */
export function evaluate<State>(
  process: Process<State>,
  kept: Kept<State>,
  environment: Environment,
  arrival: Arrival,
): readonly Effect[] | Refusal {
  if (isSpawn(arrival, environment)) return [];
  const now = arrival.timestamp > kept.now ? arrival.timestamp : kept.now;
  const message = decode(arrival, environment, now);
  if (isRefusal(message)) return message;
  const action = process.actions.get(message.action);
  if (action === undefined)
    return isNotice(message) ? [] : refuse("unknown-action", unknownAction(process, message));
  const isWrite = action.kind === "write" && message.id !== "";
  if (isWrite && kept.remembered.known[message.id] === true) {
    return refuse("repeated", "This message has been carried out before");
  }
  const outcome = action.run(kept.state, message);
  if (isRefusal(outcome)) return outcome;
  kept.now = now;
  if (isWrite) remember(kept.remembered, message.id);
  return outcome;
}

/** Notices and answers are for information: what nobody asked for is passed over, since to refuse it helps nobody. */
function isNotice(message: Message): boolean {
  const { action } = message;
  return action.endsWith("-Notice") || action.endsWith("-Error") || action.endsWith("-Response");
}

function unknownAction<State>(process: Process<State>, message: Message): string {
  if (message.action === "") return "A message needs the tag Action";
  return `${message.action} is not an action of the ${process.name}`;
}

function remember(remembered: Remembered, id: string): void {
  const forgotten = remembered.ids[remembered.next];
  if (forgotten !== undefined) delete remembered.known[forgotten];
  remembered.ids[remembered.next] = id;
  remembered.known[id] = true;
  remembered.next = (remembered.next + 1) % limits.rememberedMessages;
}
