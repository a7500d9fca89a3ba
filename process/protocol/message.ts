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

/** A message that host/ has decoded and trusts: its target is this process and nobody speaks for somebody else. */
export interface Message {
  /** The message's id; "" for a cron tick, which has none. */
  readonly id: string;
  /** Who sent it, as spelled by the unit; answers go there. */
  readonly from: string;
  /** The account that `from` is in the books: `from`, an Ethereum address in lower case. */
  readonly account: string;
  readonly action: string;
  readonly tags: readonly Tag[];
  /** "" when there was none; undefined when it was not UTF-8. */
  readonly data: string | undefined;
  /** Milliseconds; the message's own, but never before that of an earlier message. */
  readonly now: number;
}

/** A message to send. host/ adds what every AO message carries: protocol, variant, type, reference, anchor. */
export interface Send {
  readonly kind: "send";
  readonly target: string;
  readonly tags: readonly Tag[];
  readonly data: string;
}

/** What an action asks of the world. */
export type Effect = Send;

/** What an action comes to: effects in order, or a refusal, after which the state is as it was. */
export type Outcome = readonly Effect[] | Refusal;
