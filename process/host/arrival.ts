/**
 * A message as a unit hands it over, checked: no unit vouches for who may speak for a process, so every runtime's
 * adapter passes what arrives through here.
 */
import { accountOf } from "../protocol/address.ts";
import { limits } from "../protocol/limits.ts";
import type { Message, ReceivedTag, Tag } from "../protocol/message.ts";
import { type Refusal, isRefusal, refuse } from "../protocol/refusal.ts";
import { tagOf } from "../protocol/tags.ts";
import { lowerCase } from "../protocol/text.ts";
import type { Environment, ReservedRead } from "./process.ts";

/** The fields of a unit's message that matter, in one form for all runtimes. */
export interface Arrival {
  /** "" where the unit gives none (cron). */
  readonly id: string;
  readonly owner: string;
  readonly from: string;
  readonly target: string;
  readonly tags: readonly Tag[];
  /** undefined when it was not UTF-8. */
  readonly data: string | undefined;
  readonly timestamp: number;
  readonly cron: boolean;
}

/**
 * Tag names that some runtime copies over the unit's own fields. Not among them, because existing clients and every
 * process use them: `Target` and `From` (parameters of reads), `Reference`. Here all three are read from the tags only.
 */
const reservedNames = new Set([
  "id",
  "owner",
  "anchor",
  "data",
  "tags",
  "tagarray",
  "timestamp",
  "block-height",
  "nonce",
  "epoch",
  "hash-chain",
  "cron",
  "read-only",
  "signature",
  "forwarded-by",
  "module",
]);

/** Whether this is the process's own spawn message, which units evaluate first. */
export function isSpawn(arrival: Arrival, environment: Environment): boolean {
  return arrival.id === environment.id;
}

/**
 * The message that an action sees. Refused: somebody else's message, assigned here; a sender that speaks for a process
 * without being an authority; a tag with a reserved name that is not among the exceptions; too many tags; too much of tags and Data; a repeated `Action`.
 */
export function decode(
  arrival: Arrival,
  environment: Environment,
  now: number,
  exceptions: readonly ReservedRead[] = [],
): Message | Refusal {
  if (arrival.target !== environment.id) {
    return refuse("assignment", "This message was sent to another process");
  }
  if (arrival.from !== arrival.owner && !isAuthority(arrival.owner, environment)) {
    return refuse("untrusted", "The signer is neither the sender nor an authority of this process");
  }
  if (arrival.tags.length > limits.tags) {
    return refuse("too-many-tags", `A message may have at most ${limits.tags} tags`);
  }
  if (sizeOf(arrival) > limits.messageBytes) {
    return refuse(
      "message-too-large",
      `A message may have at most ${limits.messageBytes} bytes of tags and Data`,
    );
  }
  const tags = received(arrival.tags);
  for (const tag of tags) {
    if (
      reservedNames.has(tag.key) &&
      !isOwnNotice(tag.key, arrival, environment) &&
      !exceptions.some(([action, key]) => tag.key === key && hasAction(tags, action))
    ) {
      return refuse("reserved-tag", `A tag may not be named ${tag.name}`);
    }
  }
  const action = tagOf({ tags }, "Action");
  if (isRefusal(action)) return action;
  return {
    id: arrival.id,
    from: arrival.from,
    account: accountOf(arrival.from),
    action: action ?? "",
    tags,
    // Units hand over one space where there was no Data.
    data: arrival.data === " " ? "" : arrival.data,
    now,
    cron: arrival.cron,
  };
}

function hasAction(tags: readonly ReceivedTag[], action: string): boolean {
  return tags.some(({ key, value }) => key === "action" && value === action);
}

/** Length of tags and Data together. */
function sizeOf({ tags, data }: Arrival): number {
  let size = data === undefined ? 0 : data.length;
  for (const { name, value } of tags) size += name.length + value.length;
  return size;
}

/** Tags with the names that they are compared by. */
export function received(tags: readonly Tag[]): readonly ReceivedTag[] {
  return tags.map(({ name, value }) => ({ name, value, key: lowerCase(name) }));
}

/** The notice that a child was spawned comes from the process itself and repeats the spawn's tags, `Module` among them. */
function isOwnNotice(key: string, arrival: Arrival, environment: Environment): boolean {
  return key === "module" && arrival.from === environment.id;
}

function isAuthority(address: string, environment: Environment): boolean {
  for (const tag of environment.tags) {
    if (tag.key === "authority" && tag.value === address) return true;
  }
  return false;
}
