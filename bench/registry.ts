/** What launches cost their factory: a spawn from the request to the listed row, and pages of a registry of many. */
import type { Figures } from "./counts.ts";
import { bundleOf, countingModule, type Instance, startInstance } from "./instance.ts";
import type { Row } from "./measures.ts";
import { messagesOf, patternOfSpawn, readOf, type SpawnPattern } from "./spawn-pattern.ts";
import { processorTime, processorTimeEach } from "./timing.ts";

const subject = "factory, compact module";

const sizes = [1_000, 10_000];

/** Launches that one call makes, and those of each size that are made message by message and timed. */
const batchSize = 250;
const timed = 30;

/** What pages of launches are asked for with, 100 rows each. */
const reads = {
  flpPage: { Action: "Get-FLPs", Cursor: "0" },
  rankedPage: { Action: "Get-Ranked-FLPs", "Sort-By": "accumulated_qty", Cursor: "0" },
} as const;

/** The rows, and the figures that have a budget: instructions, which are the same in each run. */
export async function measureRegistry(): Promise<{
  readonly rows: readonly Row[];
  readonly figures: Figures;
}> {
  const pattern = await patternOfSpawn();
  const module = await countingModule(await bundleOf("fair-launch-factory"));
  const instance = await startInstance(module, pattern.environment);
  for (const message of pattern.start) await instance.accepted(message);
  let spawn = 0;
  for (const message of messagesOf(pattern, 0)) spawn += await instance.count(message);
  const rows: Row[] = [];
  let launches = 1;
  for (const size of sizes) {
    await makeLaunches(instance, pattern, launches, size - timed);
    const values = {
      spawn: await timeSpawns(instance, pattern, size - timed, size),
      spawnMessages: pattern.launch.length,
      flpPage: await timeRead(instance, pattern, reads.flpPage),
      rankedPage: await timeRead(instance, pattern, reads.rankedPage),
    };
    rows.push({ subject, wallets: size, values });
    launches = size;
    console.error(`${subject}: ${size} launches`);
  }
  const most = `at ${launches.toLocaleString("en-US")} launches`;
  return {
    rows,
    figures: {
      "instructions: a spawn, the factory's messages": spawn,
      [`instructions: a page of Get-FLPs ${most}`]: await instance.count(readOf(pattern, -1, reads.flpPage)),
      [`instructions: a page of Get-Ranked-FLPs ${most}`]: await instance.count(
        readOf(pattern, -1, reads.rankedPage),
      ),
    },
  };
}

/** Makes the launches from one number to before another. */
async function makeLaunches(
  instance: Instance,
  pattern: SpawnPattern,
  from: number,
  to: number,
): Promise<void> {
  for (let first = from; first < to; first += batchSize) {
    const numbers = Array.from({ length: Math.min(batchSize, to - first) }, (_, i) => first + i);
    const messages = numbers.flatMap((number) => messagesOf(pattern, number));
    const lines = messages.map((message) => JSON.stringify(message));
    const failure = await instance.instrument("batch", lines.join("\n"));
    if (failure !== "") throw new Error(failure);
  }
}

/** Microseconds of processor time of all messages of a spawn, on average. */
async function timeSpawns(
  instance: Instance,
  pattern: SpawnPattern,
  from: number,
  to: number,
): Promise<number> {
  const numbers = Array.from({ length: to - from }, (_, i) => from + i);
  const messages = numbers.flatMap((number) => messagesOf(pattern, number));
  const milliseconds = await processorTime(async () => {
    for (const message of messages) await instance.accepted(message);
  });
  return (milliseconds * 1000) / numbers.length;
}

/** Microseconds of processor time, on average. Throws when the page is not full. */
async function timeRead(
  instance: Instance,
  pattern: SpawnPattern,
  tags: Readonly<Record<string, string>>,
): Promise<number> {
  const { Messages: answers } = await instance.accepted(readOf(pattern, -2, tags));
  const { items } = JSON.parse(answers[0]?.Data ?? "") as { items: readonly unknown[] };
  if (items.length !== 100) throw new Error(`${tags.Action} gave ${items.length} rows`);
  const requests = Array.from({ length: timed + 1 }, (_, i) => readOf(pattern, i, tags)).values();
  return processorTimeEach(timed, () => instance.accepted(requests.next().value!));
}
