/** A day from its first message to its books: the steps in their order, each in a file of its own. */
import { imbalances, readBooks } from "../../deployment/books.ts";
import { runCycles } from "./cycles.ts";
import type { Day } from "./day.ts";
import { claimTokens, type LaunchResult, passPeriods, readResult } from "./launch-periods.ts";
import { openLaunches, withLaunches } from "./launches.ts";
import { loadPopulation } from "./load.ts";
import { runIndex } from "./pi.ts";
import { largestRecipients } from "./recipients.ts";
import type { Summary } from "./summary.ts";
import type { SigningPopulation } from "./wallets.ts";

/** Runs a day, the launches' periods beyond it, and the index. Throws DeploymentError when a process refuses something, or a unit can't be reached. */
export async function runDay(day: Day, generated: SigningPopulation, cycles: number): Promise<Summary> {
  const opened = await openLaunches(day);
  const index = { id: day.processes.pi!, name: "PI" };
  const population = withLaunches(generated, [...opened, index]);
  const loading = await loadPopulation(day, population);
  const times = await runCycles(day, cycles);
  day.progress("reading the books", 0, 1);
  const books = await readBooks(day.ask, day.processes);
  const recipients = await largestRecipients(day, population, 10);
  day.progress("reading the books", 1, 1);
  await passPeriods(day, opened);
  const launches: LaunchResult[] = [];
  for (const launch of opened) {
    const claims = await claimTokens(day, population, launch);
    launches.push(await readResult(day, launch, claims));
  }
  const pi = await runIndex(day, opened);
  const after = imbalances(await readBooks(day.ask, day.processes));
  const wrongAfter = after.map((law) => `after the launches' periods: ${law}`);
  const wallets = population.delegations.length;
  return { wallets, loading, times, books, recipients, launches, pi, wrongAfter };
}
