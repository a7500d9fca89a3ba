/** Answers: a message back to whoever asked. */
import type { Message, Send, TagPair } from "./message.ts";
import { tagOf } from "./tags.ts";
import { isRefusal } from "./refusal.ts";
import { lowerCase } from "./text.ts";

/**
 * An answer to a message's sender. `X-Reference` repeats the request's `Reference`, by which a waiting process knows
 * its answer, unless the tags have one already.
 */
export function reply(message: Message, action: string, tags: readonly TagPair[], data = ""): Send {
  const all: TagPair[] = [["Action", action], ...tags];
  const reference = tagOf(message, "Reference");
  const hasOne = tags.some(([name]) => lowerCase(name) === "x-reference");
  if (reference !== undefined && !isRefusal(reference) && !hasOne) all.push(["X-Reference", reference]);
  return { target: message.from, tags: all, data };
}

/** The same tags with names in lower case: how figures are published, and how some clients read them. */
export function inLowerCase(tags: readonly TagPair[]): readonly TagPair[] {
  return tags.map(([name, value]) => [lowerCase(name), value]);
}

/** A message of an action with tags. */
export function send(target: string, action: string, tags: readonly TagPair[], data = ""): Send {
  return { target, tags: [["Action", action], ...tags], data };
}
