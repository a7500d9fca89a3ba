/** A day from its first message to its books: the steps in their order, each in a file of its own. */
import { readBooks } from "../../deployment/books.ts";
import { runCycles } from "./cycles.ts";
import type { Day } from "./day.ts";
import { loadPopulation } from "./load.ts";
import { largestRecipients } from "./recipients.ts";
import type { Summary } from "./summary.ts";
import type { SigningPopulation } from "./wallets.ts";

/** Runs a day. Throws DeploymentError when a process refuses something, or a unit can't be reached. */
export async function runDay(day: Day, population: SigningPopulation, cycles: number): Promise<Summary> {
  const loading = await loadPopulation(day, population);
  const times = await runCycles(day, cycles);
  day.progress("reading the books", 0, 1);
  const books = await readBooks(day.ask, day.processes);
  const recipients = await largestRecipients(day, population, 10);
  day.progress("reading the books", 1, 1);
  return { wallets: population.delegations.length, loading, times, books, recipients };
}
