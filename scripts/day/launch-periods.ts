/** Lets the periods of the launches pass, and reads what they came to. */
import { findings } from "../../deployment/laws/law.ts";
import { launchAtRest, launchLaws, type LaunchBooks, readLaunch } from "../../deployment/laws/launch.ts";
import { cycleMilliseconds } from "./cycles.ts";
import type { Day } from "./day.ts";
import { type Launch, periodMilliseconds, startDelay } from "./launches.ts";
import type { SigningPopulation } from "./wallets.ts";

/** How many periods each launch gives out at least. */
const periods = 3;

/** After the day the clock goes on in such steps: the mint makes up for the cycles of each. */
const step = 6 * 3_600_000;

/** At most so many wallets claim. */
const mostClaims = 50;

export interface Period {
  readonly period: number;
  readonly emission: bigint;
  /** Whether it has been taken up. */
  readonly passed: boolean;
}

/** What came of a launch, in smallest units of its token and of AO. */
export interface LaunchResult {
  readonly launch: Launch;
  readonly status: string;
  readonly decayFactor: string;
  readonly books: LaunchBooks;
  readonly schedule: readonly Period[];
  /** AO that the treasury has, by AO's own word. */
  readonly treasury: bigint;
  readonly claims: number;
  readonly wrong: readonly string[];
}

/** How long the launches' periods last beyond a day of so many cycles. */
export function millisecondsAfter(cycles: number): number {
  return Math.max(0, startDelay + periods * periodMilliseconds - cycles * cycleMilliseconds);
}

/** Moves the clock to the end of one period after the other, where somebody ticks each launch, until all that are wanted have passed. */
export async function passPeriods(day: Day, launches: readonly Launch[]): Promise<void> {
  const { network, client, deployer, progress } = day;
  for (let done = 0; done < periods;) {
    progress("giving out launches' periods", done, periods);
    const { start } = launches.at(-1)!;
    const elapsed = Math.floor((network.now() - start) / periodMilliseconds);
    done = Math.max(done + 1, elapsed);
    const end = start + done * periodMilliseconds;
    if (network.now() < end) await network.advance(end - network.now(), step);
    for (const { id } of launches) await client.send(deployer, id, { Action: "Tick" }, `${done}`);
    await network.settle(60_000);
  }
  progress("giving out launches' periods", periods, periods);
}

/** Has every second wallet that can claim a launch's tokens do so. Gives the number of claims. */
export async function claimTokens(
  { client, network }: Day,
  { delegations, signers }: SigningPopulation,
  { id, pushed }: Launch,
): Promise<number> {
  if (pushed) return 0;
  const own = delegations.filter(({ preferences }) => preferences.some(({ walletTo }) => walletTo === id));
  const claimants = own.filter((_, i) => i % 2 === 0).slice(0, mostClaims);
  for (const { wallet } of claimants)
    await client.send(signers.get(wallet)!, id, { Action: "Withdraw-FLP-Token" }, " ");
  await network.settle(60_000);
  return claimants.length;
}

/** Reads a launch's books, and holds them against its laws. */
export async function readResult(day: Day, launch: Launch, claims: number): Promise<LaunchResult> {
  const { ask, processes } = day;
  const books = await readLaunch(ask, launch.id, {});
  const { tag } = await ask(launch.id, { Action: "Info" });
  const { data } = await ask(processes.token, { Action: "Balance", Recipient: launch.treasury });
  const all = findings([...launchLaws, ...launchAtRest], books);
  return {
    ...{ launch, books, claims, status: tag("Status"), decayFactor: tag("Decay-Factor") },
    schedule: await readSchedule(day, launch, Number(books.period)),
    treasury: BigInt(data),
    wrong: all.filter(({ holds }) => !holds).map(({ law, detail }) => `${launch.name}: ${law}: ${detail}`),
  };
}

async function readSchedule({ client }: Day, { id }: Launch, passed: number): Promise<readonly Period[]> {
  const schedule: Period[] = [];
  for (let cursor: string | null = "0"; cursor !== null;) {
    const page: Record<string, unknown> = await client.read(id, {
      Action: "Get-Emission-Schedule",
      Cursor: cursor,
    });
    for (const { period, emission } of page.items as { period: number; emission: string }[])
      schedule.push({ period, emission: BigInt(emission), passed: period <= passed });
    cursor = page.nextCursor as string | null;
  }
  return schedule;
}
