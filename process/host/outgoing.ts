/** Effects as the messages that a unit pushes: with protocol, type, reference and anchor, in a fixed order. */
import type { Effect, Publication, Send, Tag } from "../protocol/message.ts";
import type { Kept } from "./kept.ts";

/** A message as it stands in a unit's outbox. */
export interface OutgoingMessage {
  readonly Target: string;
  readonly Anchor: string;
  readonly Tags: readonly Tag[];
  readonly Data: string;
}

/** What leaves: messages, and publications, which each adapter writes as its runtime's patch. */
export type Outgoing = OutgoingMessage | Publication;

/** The effects in order, messages and patches. */
export function outgoing<State>(kept: Kept<State>, effects: readonly (Effect | Publication)[]): Outgoing[] {
  return effects.map((effect) => ("maps" in effect ? effect : outgoingMessage(kept, effect)));
}

/**
 * Each message gets the next number as anchor, since units evaluate equal messages only once, and as `Reference` too
 * where the effect names none.
 */
function outgoingMessage<State>(kept: Kept<State>, effect: Send): OutgoingMessage {
  kept.sent += 1;
  const reference = `${kept.sent}`;
  const tags: Tag[] = [
    { name: "Data-Protocol", value: "ao" },
    { name: "Variant", value: "ao.TN.1" },
    { name: "Type", value: "Message" },
  ];
  if (!effect.tags.some(([name]) => name === "Reference")) tags.push({ name: "Reference", value: reference });
  for (const [name, value] of effect.tags) tags.push({ name, value });
  return { Target: effect.target, Anchor: anchor(reference), Tags: tags, Data: effect.data };
}

/** An anchor is 32 characters. */
function anchor(reference: string): string {
  return "0".repeat(32 - reference.length) + reference;
}
