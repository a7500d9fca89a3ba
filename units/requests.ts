/**
 * What a caller may ask of a network.
 */
import type { FaultRule } from "./faults.ts";
import type { Data, Tag } from "./message.ts";

export interface NetworkOptions {
  /** The time at the start, in milliseconds. */
  readonly clock?: number;
  /** Networks with the same seed that are told the same do the same, ids included. */
  readonly seed?: number;
  /** The address of the messenger, which signs whatever a process sends. */
  readonly authority?: string;
  readonly faults?: readonly FaultRule[];
  /**
   * Which cron ticks come: each when it is due (`exact`), one more for each message in a due second (`over-firing`),
   * or `none`. The reference unit over-fires, and newer nodes have none.
   */
  readonly cron?: CronMode;
  /** Pushes what a process sends on its first message. The reference messenger does not. */
  readonly pushFirst?: boolean;
}

export type CronMode = "exact" | "over-firing" | "none";

export interface Spawn {
  /** A module's name or id. */
  readonly module: string;
  readonly owner: string;
  readonly tags?: readonly Tag[];
  readonly data?: Data;
}

export interface Send {
  readonly from: string;
  readonly target: string;
  readonly tags?: readonly Tag[];
  readonly data?: Data;
  readonly anchor?: string;
}

export interface Forgery extends Omit<Send, "from"> {
  readonly signer: string;
  readonly fromProcess: string;
}
