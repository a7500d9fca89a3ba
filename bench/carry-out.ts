/** A message and all that follows from it: evaluated one after the other, each at its cost. */
import type { ComputeMessage, OutgoingMessage } from "../units/message.ts";
import type { Instance } from "./instance.ts";
import { processorTime } from "./timing.ts";

/** What a process sent in answer to a message, and what that cost. */
export interface Evaluated {
  readonly sent: readonly OutgoingMessage[];
  readonly cost: number;
}

export type Evaluate = (message: ComputeMessage) => Promise<Evaluated>;

/** What is around a process. */
export interface World {
  /** What comes back to the process for a message of its own. */
  answers(message: OutgoingMessage): readonly ComputeMessage[];
}

/** Evaluates a message and all that follows from it, one after the other. Gives the cost of each. */
export async function carryOut(
  world: World,
  first: readonly ComputeMessage[],
  evaluate: Evaluate,
): Promise<readonly number[]> {
  const waiting = [...first];
  const costs: number[] = [];
  for (let message = waiting.shift(); message !== undefined; message = waiting.shift()) {
    const { sent, cost } = await evaluate(message);
    costs.push(cost);
    for (const each of sent) waiting.push(...world.answers(each));
  }
  return costs;
}

/** Milliseconds of processor time. */
export function timing(instance: Instance): Evaluate {
  return async (message) => {
    let sent: readonly OutgoingMessage[] = [];
    const cost = await processorTime(async () => {
      sent = (await instance.accepted(message)).Messages;
    });
    return { sent, cost };
  };
}

/** Microseconds by the clock, for medians of short messages. */
export function clocking(instance: Instance): Evaluate {
  return async (message) => {
    const start = performance.now();
    const { Messages: sent } = await instance.accepted(message);
    return { sent, cost: (performance.now() - start) * 1000 };
  };
}

/** Lua's instructions, each so-manieth looked at: the instance must be told to count so (instruments.lua). */
export function counting(instance: Instance): Evaluate {
  return async (message) => {
    const { Messages: sent } = await instance.accepted(message);
    return { sent, cost: Number(await instance.instrument("counted")) };
  };
}
