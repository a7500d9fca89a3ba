/** One message, evaluated: what every runtime's adapter does between decoding and encoding. */
import type { Effect, Message, Publication } from "../protocol/message.ts";
import { type Refusal, isRefusal, refuse } from "../protocol/refusal.ts";
import { type Arrival, decode, isSpawn } from "./arrival.ts";
import { identity } from "./identity.ts";
import { isRemembered, type Kept, remember } from "./kept.ts";
import { ownerAction, type ReplaceCode } from "./ownership.ts";
import { publications } from "./publication.ts";
import type { Action, Environment, Process } from "./process.ts";

/**
 * Evaluates one arrival: guard, then the action. Refused: whatever `decode` refuses, an unknown action, a write that
 * was carried out before, whatever the action refuses. After a refusal everything is as it was.
 */
export function evaluate<State>(
  process: Process<State>,
  kept: Kept<State>,
  environment: Environment,
  arrival: Arrival,
  replaceCode: ReplaceCode,
): readonly (Effect | Publication)[] | Refusal {
  if (isSpawn(arrival, environment)) return [];
  const now = arrival.timestamp > kept.now ? arrival.timestamp : kept.now;
  const message = decode(arrival, environment, now, process.reservedReads);
  if (isRefusal(message)) return message;
  const action =
    hostAction(message.action, kept, environment, replaceCode) ?? process.actions.get(message.action);
  if (action === undefined)
    return isNotice(message) ? [] : refuse("unknown-action", unknownAction(process, message));
  if (message.action === "Spawned" && message.from !== environment.id)
    return refuse("forged-notice", "Only the process itself hears of what it has spawned");
  const isWrite = action.kind === "write" && message.id !== "";
  if (isWrite && isRemembered(kept, message.id)) {
    return refuse("repeated", "This message has been carried out before");
  }
  const outcome = action.run(kept.state, message);
  if (isRefusal(outcome)) return outcome;
  kept.now = now;
  if (isWrite) remember(kept, message.id);
  return action.kind === "write" ? [...outcome, ...publications(process, kept)] : outcome;
}

/** The actions that every process has, before its own. */
function hostAction<State>(
  name: string,
  kept: Kept<State>,
  environment: Environment,
  replaceCode: ReplaceCode,
): Action<State> | undefined {
  if (name === "Identity") return { kind: "read", run: (_, message) => identity(kept, environment, message) };
  return ownerAction(name, kept, environment, replaceCode);
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
