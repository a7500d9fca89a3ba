/**
 * A population to run a network with: wallets with heavy-tailed holdings, and delegations of which a few projects get
 * nearly all. The same wallets and seed give the same population.
 */
import { walletAddress } from "./address.ts";
import type { YieldToken } from "./core.ts";
import { randomNumbers } from "./random.ts";

export interface PopulationOptions {
  /** How many wallets hold something, 1 or more. */
  readonly wallets: number;
  /** Default 1. */
  readonly seed?: number;
  /** How many delegations each wallet has, 1 to 10. Default: one to five, most wallets having one. */
  readonly edgesPerWallet?: number;
}

export interface Balance {
  readonly wallet: string;
  /** In smallest units, as a canonical decimal. */
  readonly amount: string;
}

export interface Delegation {
  readonly wallet: string;
  /** Each target once, never the wallet itself; factors in basis points, 10000 or less together. */
  readonly preferences: readonly { readonly walletTo: string; readonly factor: number }[];
}

export interface Population {
  /** AR, stETH and DAI; all reported by one oracle. */
  readonly tokens: readonly YieldToken[];
  /** By token. A wallet is named once per token that it holds. */
  readonly balances: ReadonlyMap<string, readonly Balance[]>;
  /** One entry a wallet. Nobody delegates in circles. */
  readonly delegations: readonly Delegation[];
  /** What to call the projects, and the oracle. */
  readonly names: ReadonlyMap<string, string>;
}

/** One page of a full snapshot, as `Set-Balances` carries it. */
export interface BalancePage {
  readonly token: string;
  /** From 1 to `pages`. */
  readonly page: number;
  readonly pages: number;
  /** CSV `wallet,amount`. */
  readonly text: string;
}

const oracle = walletAddress("oracle");

/** Weights at 5 $ an AR: 3000 $ a stETH, 1 $ a DAI. */
const tokens: readonly YieldToken[] = [
  { token: "AR", ticker: "AR", denomination: 12, multiplier: "1", oracle },
  { token: "stETH", ticker: "stETH", denomination: 18, multiplier: "600", oracle },
  { token: "DAI", ticker: "DAI", denomination: 18, multiplier: "0.2", oracle },
];

/** The share of wallets that hold each combination of tokens. */
const portfolios = [
  { share: 0.85, held: ["AR"] },
  { share: 0.05, held: ["AR", "stETH"] },
  { share: 0.04, held: ["AR", "DAI"] },
  { share: 0.03, held: ["stETH"] },
  { share: 0.03, held: ["DAI"] },
];

/** The least that a holder has, in millionths, and the most, in whole tokens. */
const holdings = new Map([
  ["AR", { least: 100_000, most: 3_000_000 }],
  ["stETH", { least: 5_000, most: 50_000 }],
  ["DAI", { least: 5_000_000, most: 50_000_000 }],
]);

/** Pareto's exponent: the smaller, the more is held by a few. */
const tail = 1.16;

/** How much rarer each project is chosen than the one before it (Zipf). */
const popularity = 1.3;

/** One delegation of so many goes to another wallet instead of a project. */
const delegationsPerPeer = 50;

type Random = () => number;

/**
 * A population: balances by token, and each wallet's delegations.
 * @throws RangeError if an option is out of bounds.
 */
export function generatePopulation(options: PopulationOptions): Population {
  const { wallets: count, seed = 1, edgesPerWallet } = options;
  checkWhole("wallets", count, 1, 10_000_000);
  checkWhole("seed", seed, 0, 0xffffffff);
  if (edgesPerWallet !== undefined) checkWhole("edgesPerWallet", edgesPerWallet, 1, 10);
  const random = randomNumbers(seed);
  const wallets = Array.from({ length: count }, () => randomAddress(random));
  const projects = createProjects(count, random);
  const balances = new Map<string, Balance[]>(tokens.map(({ token }) => [token, []]));
  for (const wallet of wallets) {
    for (const { token, denomination } of tokensOf(random))
      balances.get(token)!.push({ wallet, amount: heavyTailedAmount(token, denomination, random) });
  }
  const choose = projectChooser(projects, random);
  const delegations = wallets.map((wallet, i) => {
    const edges = edgesPerWallet ?? edgeCount(random);
    const targets = new Set<string>();
    while (targets.size < edges) {
      // Only earlier wallets, so that no path leads back.
      const isPeer = i > 0 && random() * delegationsPerPeer < 1;
      targets.add(isPeer ? wallets[Math.floor(random() * i)]! : choose());
    }
    return { wallet, preferences: preferencesOf([...targets], random) };
  });
  const names = new Map(projects.map((project, i) => [project, `Project ${i + 1}`]));
  return { tokens, balances, delegations, names: names.set(oracle, "Oracle") };
}

/** The pages of a full snapshot of each token, in the order in which the ledger takes them. */
export function balancePages({ balances }: Population, rowsPerPage = 20_000): BalancePage[] {
  checkWhole("rowsPerPage", rowsPerPage, 1, 20_000);
  return [...balances].flatMap(([token, rows]) => {
    const pages = Math.max(1, Math.ceil(rows.length / rowsPerPage));
    return Array.from({ length: pages }, (_, i) => {
      const part = rows.slice(i * rowsPerPage, (i + 1) * rowsPerPage);
      const text = part.map(({ wallet, amount }) => `${wallet},${amount}`).join("\n");
      return { token, page: i + 1, pages, text };
    });
  });
}

/** The Data of the wallet's `Set-Delegations`. */
export function delegationsText({ preferences }: Delegation, version = 1): string {
  return JSON.stringify({ delegations: preferences, version });
}

function checkWhole(name: string, value: number, least: number, most: number): void {
  if (!Number.isInteger(value) || value < least || value > most)
    throw new RangeError(`${name} must be a whole number from ${least} to ${most}`);
}

function randomAddress(random: Random): string {
  const words = Uint32Array.from({ length: 8 }, () => random() * 2 ** 32);
  return Buffer.from(words.buffer).toString("base64url");
}

/** More projects than a wallet may delegate to, and no more than a wallet's user could look through. */
function createProjects(wallets: number, random: Random): string[] {
  const count = Math.min(200, Math.max(12, Math.floor(wallets / 20)));
  return Array.from({ length: count }, () => randomAddress(random));
}

function projectChooser(projects: readonly string[], random: Random): () => string {
  const bounds: number[] = [];
  let sum = 0;
  for (const place of projects.keys()) bounds.push((sum += (place + 1) ** -popularity));
  return () => {
    const point = random() * sum;
    return projects[bounds.findIndex((bound) => point < bound)] ?? projects[0]!;
  };
}

function tokensOf(random: Random): readonly YieldToken[] {
  let point = random();
  const portfolio = portfolios.find(({ share }) => (point -= share) < 0) ?? portfolios[0]!;
  return tokens.filter(({ token }) => portfolio.held.includes(token));
}

/** A Pareto-distributed amount whose digits go down to the smallest unit. */
function heavyTailedAmount(token: string, denomination: number, random: Random): string {
  const { least, most } = holdings.get(token)!;
  const millionths = Math.floor(Math.min(least * (1 - random()) ** (-1 / tail), most * 1e6));
  const places = denomination - 6;
  return `${millionths}${`${Math.floor(random() * 10 ** places)}`.padStart(places, "0")}`;
}

function edgeCount(random: Random): number {
  let count = 1;
  while (count < 5 && random() < 0.3) count += 1;
  return count;
}

/** Most wallets give away all, in parts of whole percents. */
function preferencesOf(targets: readonly string[], random: Random): Delegation["preferences"] {
  const whole = random() < 0.7 ? 100 : 25 + Math.floor(random() * 75);
  const part = Math.floor(whole / targets.length);
  return targets.map((walletTo, i) => {
    const factor = (i === 0 ? whole - part * (targets.length - 1) : part) * 100;
    return { walletTo, factor };
  });
}
