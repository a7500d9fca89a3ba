/**
 * The adapter for aos, loaded at spawn (`On-Boot: Data`) or by `Eval`. aos calls the global function `handle` at each
 * message, looked up anew, with what the unit hands over as JSON text. This adapter takes its place: aos would respell
 * the tags and copy them over the unit's own fields before a handler saw them. Only the owner's `Eval` goes on to aos.
 */
import { isRefusal, refuse } from "../protocol/refusal.ts";
import { type Arrival, decode, received } from "./arrival.ts";
import { handleOf, type Handle, takeOver } from "./compact.ts";
import { breakdown, errorOf, failure } from "./exchange.ts";
import { isRemembered, type Kept, remember, start } from "./kept.ts";
import { checkOwner } from "./ownership.ts";
import type { Environment, Process } from "./process.ts";

interface AosProcess {
  readonly Id: string;
  readonly Owner: string;
  /** The tags as the unit gave them; `Tags` is aos's own table by then. */
  readonly TagArray: { name: string; value: string }[];
}

declare let handle: Handle;
/** aos's own handle, from when there was no other yet. */
declare let Tributary: (Kept<unknown> & { stock?: Handle }) | undefined;
declare const ao: {
  readonly env: { readonly Process: AosProcess; readonly Module: { readonly Id?: string } };
};
/** The owner as aos knows it, which an Eval may change. */
declare const Owner: string | undefined;
declare const Handlers: {
  readonly prepend: (
    this: void,
    name: string,
    pattern: (this: void, message: { Action?: string }) => boolean,
    handler: (this: void) => void,
  ) => void;
};

/**
 * Makes the process what aos evaluates, at once: with parameters that are missing or malformed the spawn or the Eval
 * fails. What an older version has kept goes on, migrated.
 */
export function installAos(process: Process<unknown>): void {
  takeOver(process);
  const kept: Kept<unknown> & { stock?: Handle } = Tributary ?? begin(process);
  const stock = kept.stock ?? handle;
  kept.stock = stock;
  Tributary = kept;
  const own = handleOf(process, {
    ownerOf: ({ owner }) => Owner ?? owner,
    intercept: (arrival, environment, message, environmentText) =>
      isEval(arrival) ? evalByOwner(arrival, environment, () => stock(message, environmentText)) : undefined,
  });
  handle = (message, environment) => {
    const [succeeded, result] = pcall(own, message, environment);
    return succeeded ? result : breakdown(tostring(result));
  };
  fence();
}

function begin(process: Process<unknown>): Kept<unknown> {
  const { Id, Owner: owner, TagArray } = ao.env.Process;
  const kept = start(process, {
    id: Id,
    owner,
    module: ao.env.Module.Id ?? "",
    code: "",
    tags: received(TagArray),
  });
  if (!isRefusal(kept)) return kept;
  return error(errorOf(kept), 0);
}

/**
 * No message reaches aos's handlers but an Eval. Should another aos not call `handle`, a message is refused here: its
 * default handler would take it into the inbox without a word, a payment as well.
 */
function fence(): void {
  Handlers.prepend(
    "Tributary",
    (message) => message.Action !== "Eval",
    () => error(errorOf(refuse("unsupported-runtime", "This aos passes the process by")), 0),
  );
}

function isEval(arrival: Arrival): boolean {
  return received(arrival.tags).some(({ key, value }) => key === "action" && value === "Eval");
}

/** aos's result of an Eval by the owner; undefined for one that the process refuses as it does any unknown action. */
function evalByOwner(arrival: Arrival, environment: Environment, run: () => string): string | undefined {
  const kept = Tributary!;
  const message = decode(arrival, environment, arrival.timestamp);
  if (isRefusal(message)) return undefined;
  const refusal = checkOwner(kept, environment, message);
  if (refusal !== undefined) return refusal.refused === "renounced" ? failure(refusal) : undefined;
  // A tick has no id.
  if (message.id === "") return run();
  if (isRemembered(kept, message.id)) {
    return failure(refuse("repeated", "This message has been carried out before"));
  }
  remember(kept, message.id);
  return run();
}
