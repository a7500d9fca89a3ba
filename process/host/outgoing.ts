/** Effects as the messages that a unit pushes: with protocol, type, reference and anchor, in a fixed order. */
import type { Effect, Tag } from "../protocol/message.ts";
import type { Kept } from "./kept.ts";

/** A message as it stands in a unit's outbox. */
export interface OutgoingMessage {
  readonly Target: string;
  readonly Anchor: string;
  readonly Tags: readonly Tag[];
  readonly Data: string;
}

/**
 * Each message gets the next number as anchor, since units evaluate equal messages only once, and as `Reference` too
 * where the effect names none.
 */
export function outgoing<State>(kept: Kept<State>, effects: readonly Effect[]): OutgoingMessage[] {
  const messages: OutgoingMessage[] = [];
  for (const effect of effects) {
    kept.sent += 1;
    const reference = `${kept.sent}`;
    const tags: Tag[] = [
      { name: "Data-Protocol", value: "ao" },
      { name: "Variant", value: "ao.TN.1" },
      { name: "Type", value: "Message" },
    ];
    if (!effect.tags.some(([name]) => name === "Reference"))
      tags.push({ name: "Reference", value: reference });
    for (const [name, value] of effect.tags) tags.push({ name, value });
    messages.push({ Target: effect.target, Anchor: anchor(reference), Tags: tags, Data: effect.data });
  }
  return messages;
}

/** An anchor is 32 characters. */
function anchor(reference: string): string {
  return "0".repeat(32 - reference.length) + reference;
}
