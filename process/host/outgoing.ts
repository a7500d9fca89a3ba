/** Effects as what a unit pushes: with protocol, type, reference and anchor, in a fixed order. */
import type { Effect, Publication, Send, Spawn, Tag, TagPair } from "../protocol/message.ts";
import type { Kept } from "./kept.ts";
import type { Environment } from "./process.ts";

/** A message as it stands in a unit's outbox. */
export interface OutgoingMessage {
  readonly Target: string;
  readonly Anchor: string;
  readonly Tags: readonly Tag[];
  readonly Data: string;
}

/** A process to spawn, as it stands in a unit's outbox. */
export interface OutgoingSpawn {
  readonly Anchor: string;
  readonly Tags: readonly Tag[];
  readonly Data: string;
}

/** What leaves: messages and publications in order, which each adapter writes as its runtime's patch; spawns in order. */
export interface Outbox {
  readonly messages: readonly (OutgoingMessage | Publication)[];
  readonly spawns: readonly OutgoingSpawn[];
}

/** The effects as an outbox. Each message and spawn gets the next number as anchor, since units evaluate equal ones once. */
export function outgoing<State>(
  kept: Kept<State>,
  environment: Environment,
  effects: readonly (Effect | Publication)[],
): Outbox {
  const messages: (OutgoingMessage | Publication)[] = [];
  const spawns: OutgoingSpawn[] = [];
  for (const effect of effects) {
    if ("maps" in effect) messages.push(effect);
    else if ("module" in effect) spawns.push(outgoingSpawn(kept, environment, effect));
    else messages.push(outgoingMessage(kept, effect));
  }
  return { messages, spawns };
}

function outgoingMessage<State>(kept: Kept<State>, effect: Send): OutgoingMessage {
  kept.sent += 1;
  const number = `${kept.sent}`;
  const tags = [
    ...protocolTags("Message"),
    ...referenceTag(effect.tags, number),
    ...effect.tags.map((pair) => tagOfPair(pair)),
  ];
  return { Target: effect.target, Anchor: anchor(number), Tags: tags, Data: effect.data };
}

/**
 * The child lives where its parent does, and trusts whom it trusts. `From-Process` makes the notice `Spawned` come from
 * the parent: the messenger leaves that to the spawn's own tags.
 */
function outgoingSpawn<State>(kept: Kept<State>, environment: Environment, effect: Spawn): OutgoingSpawn {
  kept.sent += 1;
  const number = `${kept.sent}`;
  const tags: Tag[] = [
    ...protocolTags("Process"),
    { name: "From-Process", value: environment.id },
    { name: "From-Module", value: environment.module },
    { name: "Module", value: effect.module },
    ...whereabouts(environment),
    ...referenceTag(effect.spawnTags, number),
    ...effect.spawnTags.map((pair) => tagOfPair(pair)),
  ];
  // An item without data is none to the units.
  return { Anchor: anchor(number), Tags: tags, Data: effect.data === "" ? " " : effect.data };
}

function protocolTags(type: string): readonly Tag[] {
  return [
    { name: "Data-Protocol", value: "ao" },
    { name: "Variant", value: "ao.TN.1" },
    { name: "Type", value: type },
  ];
}

/** The first Scheduler and every Authority among the process's own spawn tags. */
function whereabouts({ tags }: Environment): readonly Tag[] {
  const found: Tag[] = [];
  const scheduler = tags.find(({ key }) => key === "scheduler");
  if (scheduler !== undefined) found.push({ name: "Scheduler", value: scheduler.value });
  for (const { key, value } of tags) if (key === "authority") found.push({ name: "Authority", value });
  return found;
}

/** The number as `Reference`, unless the effect names one. */
function referenceTag(tags: readonly TagPair[], number: string): readonly Tag[] {
  return tags.some(([name]) => name === "Reference") ? [] : [{ name: "Reference", value: number }];
}

function tagOfPair([name, value]: TagPair): Tag {
  return { name, value };
}

/** An anchor is 32 characters. */
function anchor(reference: string): string {
  return "0".repeat(32 - reference.length) + reference;
}
