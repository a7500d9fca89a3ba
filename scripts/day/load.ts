/** Loads a population: the oracle's reports of balances, and what each wallet delegates, all by signed messages. */
import { balancePages, delegationsText, type Population } from "../../units/population.ts";
import type { Day } from "./day.ts";
import type { SigningPopulation } from "./wallets.ts";

/** How many wallets' messages are under way at a time. */
const concurrency = 16;

/** How many messages bear one time: the scheduler's pages go by time and take 1,000. */
const perMillisecond = 500;

/** What sending cost. */
export interface Loading {
  /** Messages that were signed and answered, and the milliseconds from the first to the last. */
  readonly messages: number;
  readonly milliseconds: number;
}

/** Reports the balances, and sends each wallet's `Set-Delegations`. Throws DeploymentError when one is refused. */
export async function loadPopulation(day: Day, population: SigningPopulation): Promise<Loading> {
  const [start, before] = [performance.now(), day.client.sent()];
  await reportBalances(day, population);
  await sendDelegations(day, population);
  return { messages: day.client.sent() - before, milliseconds: performance.now() - start };
}

async function reportBalances(
  { client, deployer, processes: { ledger }, progress }: Day,
  population: Population,
): Promise<void> {
  const pages = balancePages(population);
  for (const [i, { token, page, pages: count, text }] of pages.entries()) {
    progress("reporting balances", i, pages.length);
    const tags = { Token: token, Snapshot: "1", Mode: "full", Page: `${page}`, Pages: `${count}` };
    await client.send(deployer, ledger, { Action: "Set-Balances", ...tags }, text);
  }
  // A large snapshot is taken over bit by bit. Equal messages would have equal ids, so each has a number.
  for (let coming = 1, i = 1; coming > 0; i++) {
    const answer = await client.send(deployer, ledger, { Action: "Tick" }, `${i}`);
    coming = (JSON.parse(answer) as { snapshotsComing: number }).snapshotsComing;
  }
  progress("reporting balances", pages.length, pages.length);
}

async function sendDelegations(
  { network, client, processes: { ledger }, progress }: Day,
  { delegations, signers }: SigningPopulation,
): Promise<void> {
  let sent = 0;
  const total = delegations.length;
  for (let from = 0; from < total; from += perMillisecond) {
    const part = delegations.slice(from, from + perMillisecond).values();
    const actor = async (): Promise<void> => {
      for (const delegation of part) {
        const wallet = signers.get(delegation.wallet)!;
        await client.send(wallet, ledger, { Action: "Set-Delegations" }, delegationsText(delegation));
        progress("sending delegations", ++sent, total);
      }
    };
    await Promise.all(Array.from({ length: concurrency }, actor));
    await network.advance(1);
  }
}
