/** `npm start`: a day of AO on this machine. */
import { generatePopulation, type Population } from "../units/population.ts";
import { imbalances, readBooks } from "../deployment/books.ts";
import { askOf, beginDay, load, runCycles } from "./day.ts";
import { readDelegations } from "./delegations-file.ts";
import { readOptions, type StartOptions, usage, UsageError } from "./options.ts";
import { showProgress } from "./progress.ts";
import { largestRecipients } from "./recipients.ts";
import { summaryJson, summaryText } from "./summary.ts";

async function main(args: readonly string[]): Promise<number> {
  const options = readOptions(args);
  if (options.help) {
    console.log(usage);
    return 0;
  }
  const population = populationOf(options);
  const progress = showProgress();
  const start = performance.now();
  const day = await beginDay(population, progress);
  await load(day, population, progress);
  const times = await runCycles(day, options.cycles, progress);
  progress("reading the books", 0, 1);
  const books = await readBooks(askOf(day.network), day.core);
  const recipients = await largestRecipients(day, population, 10);
  progress("reading the books", 1, 1);
  const wallets = population.delegations.length;
  const summary = {
    wallets,
    books,
    recipients,
    times,
    modules: day.modules,
    elapsed: performance.now() - start,
  };
  console.log(summaryText(summary));
  if (options.json) console.log(summaryJson(summary));
  return imbalances(books).length === 0 ? 0 : 1;
}

/** A generated population; with a file, its wallets and preferences, and generated holdings. */
function populationOf(options: StartOptions): Population {
  if (options.delegations === undefined) return generatePopulation({ wallets: options.wallets });
  const { delegations, names } = readDelegations(options.delegations);
  const generated = generatePopulation({ wallets: delegations.length });
  const actual = new Map(generated.delegations.map(({ wallet }, i) => [wallet, delegations[i]!.wallet]));
  const balances = [...generated.balances].map(([token, rows]) => {
    return [token, rows.map(({ wallet, amount }) => ({ wallet: actual.get(wallet)!, amount }))] as const;
  });
  return { tokens: generated.tokens, balances: new Map(balances), delegations, names };
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(`start: ${error.message}`);
  process.exitCode = 2;
}
