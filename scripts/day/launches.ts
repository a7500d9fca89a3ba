/** Two fair launches of a day, from a team's token to what came of them: all by messages that any wallet could sign. */
import { DeploymentError } from "../../deployment/units.ts";
import type { Wallet } from "../../units/items/wallet.ts";
import type { Day } from "./day.ts";
import { type SigningPopulation, walletOf } from "./wallets.ts";

/** Milliseconds of the network's time. */
export const periodMilliseconds = 86_400_000;

/** A launch must start after it was asked for; it is funded before. */
export const startDelay = 1_000;

export interface Plan {
  readonly name: string;
  readonly ticker: string;
  readonly denomination: number;
  /** Whole tokens that are given out, and a curve by name or number. */
  readonly allocation: bigint;
  readonly decay: string;
  readonly periods: number;
  /** Whether its token carries out Batch-Transfer; else delegators claim. */
  readonly pushed: boolean;
}

export const plans: readonly Plan[] = [
  {
    ...{ name: "Aurora", ticker: "AUR", denomination: 18, allocation: 1_000_000n },
    ...{ decay: "aggressive", periods: 30, pushed: true },
  },
  {
    ...{ name: "Basalt", ticker: "BAS", denomination: 6, allocation: 50_000_000n },
    ...{ decay: "linear-like", periods: 30, pushed: false },
  },
];

export interface Launch extends Plan {
  readonly id: string;
  readonly token: string;
  readonly team: Wallet;
  readonly treasury: string;
  /** The network's time at which its first period begins. */
  readonly start: number;
}

/** Spawns each team's token, has the factory make its launch, and funds it. Throws DeploymentError. */
export async function openLaunches(day: Day): Promise<readonly Launch[]> {
  const launches: Launch[] = [];
  for (const [i, plan] of plans.entries()) {
    day.progress("opening launches", i, plans.length);
    launches.push(await openLaunch(day, plan));
  }
  day.progress("opening launches", plans.length, plans.length);
  return launches;
}

async function openLaunch({ network, processes, ask, client }: Day, plan: Plan): Promise<Launch> {
  const { name, ticker, denomination, decay, periods, pushed } = plan;
  const [team, treasury] = [walletOf(`team of ${name}`), walletOf(`treasury of ${name}`).address];
  const allocation = plan.allocation * 10n ** BigInt(denomination);
  const module = (await ask(processes.token, { Action: "Identity" })).tag("Module");
  const facts = { Name: name, Ticker: ticker, Denomination: `${denomination}` };
  const token = await client.spawn(team, module, { ...facts, "Initial-Supply": `${allocation * 10n}` });
  const start = network.now() + startDelay;
  const request = await client.request(team, processes.factory, {
    ...{ Action: "Create-FLP", Name: name, Treasury: treasury, "Token-Process": token },
    ...{ "Token-Supply": `${allocation}`, "Decay-Factor": decay, Duration: `${periods}` },
    ...{ "Starts-At-Timestamp": `${start}`, "Are-Batch-Transfers-Possible": `${pushed}` },
  });
  await network.settle(60_000);
  const { "FLP-Id": id } = await client.read(processes.factory, {
    Action: "Get-FLP-Id",
    "Request-Id": request,
  });
  if (typeof id !== "string" || id === "")
    throw new DeploymentError(`the factory has made no launch of ${name}`);
  const funding = { Action: "Transfer", Recipient: id, Quantity: `${allocation}` };
  await client.send(team, token, { ...funding, "X-Action": "Initialize-FLP" }, " ");
  await network.settle(60_000);
  return { ...plan, id, token, team, treasury, start };
}

/**
 * The population with the launches in the place of the projects that most delegate to, but the first: who delegates to these earns tokens.
 * Where there are fewer projects, a launch has no delegators.
 */
export function withLaunches(
  population: SigningPopulation,
  launches: readonly Pick<Launch, "id" | "name">[],
): SigningPopulation {
  const counts = new Map<string, number>();
  for (const { preferences } of population.delegations) {
    for (const { walletTo } of preferences)
      if (!population.signers.has(walletTo)) counts.set(walletTo, (counts.get(walletTo) ?? 0) + 1);
  }
  const projects = [...counts].sort(([, a], [, b]) => b - a).map(([project]) => project);
  const places = new Map(
    launches.flatMap(({ id }, i) => (projects[i + 1] === undefined ? [] : [[projects[i + 1]!, id] as const])),
  );
  const delegations = population.delegations.map(({ wallet, preferences }) => ({
    wallet,
    preferences: preferences.map(({ walletTo, factor }) => ({
      walletTo: places.get(walletTo) ?? walletTo,
      factor,
    })),
  }));
  const names = new Map([...population.names, ...launches.map(({ id, name }) => [id, name] as const)]);
  return { ...population, delegations, names };
}
