/** Everything that outlives a message: the process's state, and what host/ itself keeps. Plain data. */
import { emptyRecord } from "../collections/record.ts";
import type { Source } from "../protocol/figures.ts";
import { limits } from "../protocol/limits.ts";
import { type Refusal, isRefusal } from "../protocol/refusal.ts";
import type { Environment, Process } from "./process.ts";

export interface Kept<State> {
  /** The process's name: the code of another one can't take its place. */
  readonly process: string;
  /** The version of the state's shape. */
  version: number;
  state: State;
  /** The latest time seen, in milliseconds; the clock never goes back behind it. */
  now: number;
  /** How many messages have been sent; each gets its own reference and anchor. */
  sent: number;
  /** Whether the owner has given up the right to change the code. */
  renounced: boolean;
  readonly remembered: Remembered;
  /** What the figures were made from when they were last published; undefined before the first time. */
  published: Record<string, Source> | undefined;
}

/** The ids of the latest writes, as a ring. */
interface Remembered {
  readonly ids: string[];
  readonly known: Record<string, boolean>;
  next: number;
}

/** The process at its start. Refused: a parameter is missing or malformed. */
export function start<State>(process: Process<State>, environment: Environment): Kept<State> | Refusal {
  const state = process.start(environment);
  if (isRefusal(state)) return state;
  return {
    process: process.name,
    version: process.version,
    state,
    now: 0,
    sent: 0,
    renounced: process.ownerless === true,
    remembered: { ids: [], known: emptyRecord<boolean>(), next: 0 },
    published: undefined,
  };
}

/** Whether a write with this id has been carried out. */
export function isRemembered<State>(kept: Kept<State>, id: string): boolean {
  return kept.remembered.known[id] === true;
}

/** Remembers the id of a write, and forgets the oldest where there are too many. */
export function remember<State>({ remembered }: Kept<State>, id: string): void {
  const forgotten = remembered.ids[remembered.next];
  if (forgotten !== undefined) delete remembered.known[forgotten];
  remembered.ids[remembered.next] = id;
  remembered.known[id] = true;
  remembered.next = (remembered.next + 1) % limits.rememberedMessages;
}
