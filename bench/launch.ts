/** What a period costs a launch: every message of its round, from the tick that begins it to the token's last notice. */
import { carryOut, counting, type Evaluate, timing } from "./carry-out.ts";
import type { Figures } from "./counts.ts";
import { bundleOf, countingModule, startInstance } from "./instance.ts";
import { LaunchMessages, period, start } from "./launch-messages.ts";
import { LaunchWorld } from "./launch-world.ts";
import type { Row } from "./measures.ts";

const subject = "fair launch, compact module";

/** The live network's largest project, and the most that a launch is made for. */
const sizes = [7_000, 100_000];

interface Measured {
  readonly rows: readonly Row[];
  readonly figures: Figures;
}

/** The rows, and the figures that have a budget: instructions, which are the same in each run. */
export async function measurePeriods(): Promise<Measured> {
  const rows: Row[] = [];
  let figures: Figures = {};
  for (const delegators of sizes) {
    const measured = await measureAt(delegators);
    rows.push({ subject, wallets: delegators, values: measured.values });
    figures = { ...figures, ...measured.figures };
    console.error(`${subject}: ${delegators} delegators`);
  }
  return { rows, figures };
}

async function measureAt(delegators: number) {
  const messages = new LaunchMessages();
  const module = await countingModule(await bundleOf("fair-launch"));
  const instance = await startInstance(module, messages.environment);
  const world = new LaunchWorld(messages, delegators);
  const time = timing(instance);
  await instance.accepted(messages.spawn);
  await carryOut(world, [messages.tick()], time);
  await carryOut(world, [world.funding()], time);
  messages.now = start;
  const first = await pass(messages, world, time);
  const later = await pass(messages, world, time);
  const memory = instance.memory() / delegators;
  await instance.instrument("counting", "1000");
  const counted = await pass(messages, world, counting(instance));
  const name = `instructions: a period at ${delegators.toLocaleString("en-US")} delegators`;
  return {
    values: {
      firstPeriod: first.sum,
      period: later.sum,
      periodMessages: later.messages,
      longestFirst: first.longest,
      longestLater: later.longest,
      delegatorMemory: memory,
    },
    figures: {
      [`${name}, each`]: Math.round(counted.sum / delegators),
      [`${name}, the dearest message`]: counted.longest,
    },
  };
}

/** What the messages of a round came to: together, the dearest of them, and how many there were. */
interface Round {
  readonly sum: number;
  readonly longest: number;
  readonly messages: number;
}

/** One period more: everybody has contributed, and somebody ticks. Throws when not everybody has got tokens for it. */
async function pass(messages: LaunchMessages, world: LaunchWorld, evaluate: Evaluate): Promise<Round> {
  messages.now += period;
  world.contribute();
  const costs = await carryOut(world, [messages.tick()], evaluate);
  const paid = world.takePaid();
  if (paid !== world.delegators) throw new Error(`a period paid ${paid} of ${world.delegators} delegators`);
  const sum = costs.reduce((total, cost) => total + cost, 0);
  return { sum, longest: Math.max(...costs), messages: costs.length };
}
