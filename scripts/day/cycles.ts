/** Runs the mint: every five minutes a tick, what it mints, the notice, the distribution. */
import type { Day } from "./day.ts";

/** Milliseconds of the network's time. */
export const cycleMilliseconds = 300_000;

/** Runs the cycles; gives the milliseconds that each took, from the tick to the last notice. */
export async function runCycles({ network, progress }: Day, cycles: number): Promise<readonly number[]> {
  const times: number[] = [];
  for (let i = 0; i < cycles; i++) {
    progress("minting", i, cycles);
    const start = performance.now();
    await network.advance(cycleMilliseconds);
    times.push(performance.now() - start);
  }
  progress("minting", cycles, cycles);
  return times;
}
