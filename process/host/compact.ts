/**
 * The adapter for the compact module: its C side calls the global function `handle` with two JSON texts, the message
 * and the environment, and takes the result's JSON. aos does the same (aos.ts).
 */
import { isRefusal, type Refusal, refuse } from "../protocol/refusal.ts";
import type { Arrival } from "./arrival.ts";
import { evaluate } from "./evaluation.ts";
import { arrivalOf, environmentOf, errorOf, failure, success } from "./exchange.ts";
import { type Kept, start } from "./kept.ts";
import { migrate } from "./migration.ts";
import { outgoing } from "./outgoing.ts";
import type { Environment, Process } from "./process.ts";

/** Takes a message and the environment, and gives the result: all three JSON. */
export type Handle = (this: void, message: string, environment: string) => string;

declare let handle: Handle;
/** All that outlives a message, in one global, so that new code can be loaded around it. */
declare let Tributary: Kept<unknown> | undefined;
/** The hash of the bundle, which its build writes at its head. */
declare const TributaryCode: string | undefined;

/** What is different where there is more in the module than this bundle. */
export interface Surroundings {
  /** Who owns the process now. */
  readonly ownerOf: (environment: Environment) => string;
  /** The result of a message that is not for the process; undefined for all others. */
  readonly intercept: (
    arrival: Arrival,
    environment: Environment,
    message: string,
    environmentText: string,
  ) => string | undefined;
}

const alone: Surroundings = {
  ownerOf: ({ owner }) => owner,
  intercept: () => undefined,
};

/** Makes the process what the compact module evaluates. What an older version has kept goes on, migrated. */
export function installCompact(process: Process<unknown>): void {
  takeOver(process);
  handle = handleOf(process, alone);
}

/** Migrates what is kept, if anything is. Throws, with everything as it was, where that is impossible. */
export function takeOver(process: Process<unknown>): void {
  const refusal = Tributary === undefined ? undefined : migrate(process, Tributary);
  if (refusal !== undefined) error(errorOf(refusal), 0);
}

/** The function that evaluates a process's messages. */
export function handleOf(process: Process<unknown>, surroundings: Surroundings): Handle {
  let known = "";
  let environment: Environment | undefined;

  return (messageText, environmentText) => {
    if (environmentText !== known) {
      environment = environmentOf(environmentText);
      known = environmentText;
    }
    const arrival = arrivalOf(messageText);
    if (environment === undefined || arrival === undefined) {
      return failure(refuse("malformed-message", "The unit's message can't be read"));
    }
    const kept = Tributary ?? start(process, environment);
    if (isRefusal(kept)) return failure(kept);
    Tributary = kept;
    const current = {
      ...environment,
      code: TributaryCode ?? "unknown",
      owner: surroundings.ownerOf(environment),
    };
    const intercepted = surroundings.intercept(arrival, current, messageText, environmentText);
    if (intercepted !== undefined) return intercepted;
    const effects = evaluate(process, kept, current, arrival, replaceCode);
    return isRefusal(effects) ? failure(effects) : success(outgoing(kept, current, effects));
  };
}

/**
 * Runs the text of a bundle, which installs itself. Refused, with everything as it was: it is no Lua text (bytecode is
 * not taken: Lua does not check it), it fails, it installs nothing.
 */
function replaceCode(text: string): Refusal | undefined {
  const former = handle;
  const kept = Tributary!;
  const { state, version } = kept;
  const [chunk, complaint] = load(text, "=bundle", "t");
  if (chunk === undefined) return refuse("invalid-code", `The code does not load: ${complaint}`);
  const [succeeded, thrown] = pcall(chunk);
  if (succeeded && handle !== former) return undefined;
  handle = former;
  Tributary = kept;
  kept.state = state;
  kept.version = version;
  const reason = succeeded ? "it installs no process" : tostring(thrown);
  return refuse("upgrade-failed", `The new code does not start: ${reason}`);
}
