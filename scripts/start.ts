/** `npm start`: a network, a day of AO on it, and then the network until Ctrl-C. */
import { DeploymentError } from "../deployment/units.ts";
import { PortError } from "../units/http/server.ts";
import { cycleMilliseconds } from "./day/cycles.ts";
import { millisecondsAfter } from "./day/launch-periods.ts";
import { periodMilliseconds } from "./day/launches.ts";
import { openDay } from "./day/open.ts";
import { choosePopulation } from "./day/population.ts";
import { clearProgress, showProgress } from "./day/progress.ts";
import { runDay } from "./day/run.ts";
import { summaryJson, summaryText, wrongOf } from "./day/summary.ts";
import { wayIn } from "./day/way-in.ts";
import { readOptions, usage, UsageError } from "./options.ts";

const interrupts = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
const endAtOnce = (): never => process.exit(130);

async function main(args: readonly string[]): Promise<number> {
  const options = readOptions(args);
  if (options.help) {
    console.log(usage);
    return 0;
  }
  const start = performance.now();
  const population = choosePopulation(options);
  for (const signal of interrupts) process.on(signal, endAtOnce);
  // The network's days end at the present or some hours before: they begin at midnight, as the index's rounds do, so that the same
  // day comes to the same figures.
  const present = Date.now() - options.cycles * cycleMilliseconds - millisecondsAfter(options.cycles);
  const clock = present - (present % periodMilliseconds);
  const day = await openDay({ port: options.port, data: options.data, clock }, showProgress());
  try {
    const summary = await runDay(day, population, options.cycles);
    const elapsed = performance.now() - start;
    console.log(summaryText(summary, elapsed));
    if (!options.once) console.log(wayIn(day));
    if (options.json) console.log(summaryJson(summary, day, elapsed));
    if (!options.once) await interruption();
    return wrongOf(summary).length === 0 ? 0 : 1;
  } finally {
    await day.network.stop();
  }
}

/** Ctrl-C. What comes after the first one is ignored: npm passes on what the terminal has sent already. */
function interruption(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of interrupts) process.off(signal, endAtOnce).on(signal, () => resolve());
  });
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  clearProgress();
  const clear = [UsageError, PortError, DeploymentError].some((kind) => error instanceof kind);
  if (!clear) throw error;
  const hint = error instanceof PortError ? ", with --port N" : "";
  console.error(`start: ${(error as Error).message}${hint}`);
  process.exitCode = 2;
}
