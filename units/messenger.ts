/**
 * What a messenger unit makes of a result: signs what leaves a process, and addresses it.
 */
import type { Delivery } from "./delivery.ts";
import { tagValue, type ComputeResult, type SignedItem } from "./message.ts";
import { pushedItem, pushedSpawnItem, spawnedItem } from "./signing.ts";

/** Where a result comes from. */
export interface Source {
  readonly process: string;
  readonly module: string;
  /** The id of the message that started it all; undefined if a cron tick did. */
  readonly pushedFor: string | undefined;
}

/** What the messenger has at hand. */
export interface Desk {
  readonly authority: string;
  /** A new id. */
  readonly id: () => string;
  /** A message by its id. */
  readonly item: (id: string) => SignedItem | undefined;
  /** Takes note of what is thrown away. */
  readonly lose: (reason: string, from: string, what: unknown) => void;
}

/** The deliveries that a result asks for: messages, then spawns, then assignments. */
export function push(result: ComputeResult, source: Source, desk: Desk): Delivery[] {
  return [
    ...pushMessages(result, source, desk),
    ...pushSpawns(result, source, desk),
    ...pushAssignments(result, source, desk),
  ];
}

function pushMessages(result: ComputeResult, source: Source, desk: Desk): Delivery[] {
  const { process: from, pushedFor } = source;
  return result.Messages.flatMap((message) => {
    // A patch is not for the messenger: it says what nodes serve by path.
    if (tagValue(message.Tags ?? [], "device") === "patch@1.0") return [];
    if (!message.Target || !message.Anchor || !message.Tags) {
      desk.lose("a message without Target, Anchor or Tags", from, message);
      return [];
    }
    const item = pushedItem(desk.id(), message, { ...source, authority: desk.authority });
    return [{ kind: "message", from, to: item.Target, item, pushedFor }];
  });
}

function pushSpawns(result: ComputeResult, source: Source, desk: Desk): Delivery[] {
  const { process: from, pushedFor, module: parentModule } = source;
  return result.Spawns.flatMap((asked) => {
    if (tagValue(asked.Tags ?? [], "Module") === undefined) {
      desk.lose("a spawn without Module", from, asked);
      return [];
    }
    const item = pushedSpawnItem(desk.id(), asked, { ...source, authority: desk.authority });
    return [{ kind: "spawn", from, to: item.Id, item, pushedFor, spawn: { asked, parentModule } }];
  });
}

function pushAssignments(result: ComputeResult, source: Source, desk: Desk): Delivery[] {
  const { process: from, pushedFor } = source;
  return result.Assignments.flatMap((assignment) => {
    const item = desk.item(assignment.Message);
    if (item === undefined) desk.lose("an assignment of an unknown message", from, assignment);
    return item === undefined
      ? []
      : assignment.Processes.map((to): Delivery => ({ kind: "assignment", from, to, item, pushedFor }));
  });
}

/** The notice that tells a parent the id of the process it spawned. */
export function spawnedNotice(delivery: Delivery, desk: Desk): Delivery | undefined {
  if (delivery.spawn === undefined) return undefined;
  const { from, pushedFor, spawn } = delivery;
  const pusher = { authority: desk.authority, process: from, module: spawn.parentModule, pushedFor };
  const item = spawnedItem(desk.id(), spawn.asked, delivery.item.Id, pusher);
  // The notice travels from the child's side, so that silencing the parent does not keep it from the parent.
  return { kind: "message", from: delivery.item.Id, to: from, item, pushedFor };
}
