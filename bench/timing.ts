/** How long something takes, robust against whatever else the machine does. */

export interface Timing {
  /** Microseconds. */
  readonly median: number;
  readonly mean: number;
  readonly longest: number;
}

/** Times each of `count` calls; what a call works on is made before the first of them. */
export async function timeEach<Input>(
  count: number,
  make: (i: number) => Input,
  run: (input: Input) => unknown,
): Promise<Timing> {
  const inputs = Array.from({ length: count }, (_, i) => make(i));
  const times: number[] = [];
  for (const input of inputs) {
    const start = performance.now();
    await run(input);
    times.push((performance.now() - start) * 1000);
  }
  times.sort((a, b) => a - b);
  const sum = times.reduce((total, time) => total + time, 0);
  return { median: times[count >> 1]!, mean: sum / count, longest: times[count - 1]! };
}

/** Microseconds of processor time that one of `count` long pieces of work takes, on average, after a first one. */
export async function processorTimeEach(count: number, work: () => unknown): Promise<number> {
  await work();
  const milliseconds = await processorTime(async () => {
    for (let i = 0; i < count; i++) await work();
  });
  return (milliseconds * 1000) / count;
}

/** How many milliseconds of processor time the work takes: what others do meanwhile does not count. */
export async function processorTime(work: () => unknown): Promise<number> {
  const start = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}
