/**
 * What an action sees of a message, and what it may answer. These are plain records: host/ makes the first from what
 * the runtime hands over, and turns the second into the runtime's calls.
 */
import type { Refusal } from "./refusal.ts";

/** A tag as it travels. Names compare without case; values are strings. */
export interface Tag {
  readonly name: string;
  readonly value: string;
}

/** A tag that has arrived: `key` is its name in lower case, which is what names are compared by. */
export interface ReceivedTag extends Tag {
  readonly key: string;
}

/** A message that host/ has decoded and trusts: its target is this process and nobody speaks for somebody else. */
export interface Message {
  /** The message's id; "" for a cron tick, which has none. */
  readonly id: string;
  /** Who sent it, as spelled by the unit; answers go there. */
  readonly from: string;
  /** The account that `from` is in the books: `from`, an Ethereum address in lower case. */
  readonly account: string;
  /** "" when the message names none. */
  readonly action: string;
  readonly tags: readonly ReceivedTag[];
  /** "" when there was none; undefined when it was not UTF-8. */
  readonly data: string | undefined;
  /** Milliseconds; the message's own time, but never before that of an earlier message. */
  readonly now: number;
  /** Whether a compute unit made it up on schedule, so that nobody waits for an answer. */
  readonly cron: boolean;
}

/** Name and value of a tag to send, in the documented spelling. */
export type TagPair = readonly [string, string];

/** A message to send. host/ adds what every AO message carries: protocol, variant, type, reference, anchor. */
export interface Send {
  readonly target: string;
  readonly tags: readonly TagPair[];
  readonly data: string;
}

/**
 * A process to spawn. host/ adds protocol, type, scheduler, authorities and whose child it is. Its id comes back as
 * `Spawned`, with all of these tags.
 */
export interface Spawn {
  readonly module: string;
  /** The child's parameters, and what its runtime reads. */
  readonly spawnTags: readonly TagPair[];
  readonly data: string;
}

/** What an action asks of the world. */
export type Effect = Send | Spawn;

/** What an action comes to: effects in order, or a refusal, after which the state is as it was. */
export type Outcome = readonly Effect[] | Refusal;

/** A map by name, and those of its entries that have changed. */
export type PublishedMap = readonly [string, readonly TagPair[]];

/** State that pages read by path (`patch@1.0`): maps of texts, of which only what has changed is given. */
export interface Publication {
  readonly maps: readonly PublishedMap[];
}
