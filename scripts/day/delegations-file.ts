/** Real preferences from a file, as whole basis points. */
import { readFileSync } from "node:fs";
import { apportion } from "../../process/math/apportion.ts";
import { parseNatural, toNumber } from "../../process/math/natural.ts";
import { isAddress } from "../../process/protocol/address.ts";
import { walletAddress } from "../../units/address.ts";
import type { Delegation } from "../../units/population.ts";
import { UsageError } from "../options.ts";

export interface DelegationsFile {
  readonly delegations: readonly Delegation[];
  /** What people call an address. */
  readonly names: ReadonlyMap<string, string>;
}

/** Targets that the file names by a word. `ao` is not among them: it means "keep". */
const words: Readonly<Record<string, string>> = { pi: "PI", arweave: "Arweave" };

/**
 * The preferences of a file in the format of `delegations-2025-02-17.json`. Each wallet's fractions, `ao` among them,
 * become whole basis points that sum to 10000, by largest remainder. Throws UsageError: the file is missing, not JSON,
 * or not of that format.
 */
export function readDelegations(path: string): DelegationsFile {
  const names = new Map<string, string>();
  const seen = new Set<string>();
  const delegations = listOf(parse(path), "wallets", path).map((item, i): Delegation => {
    const at = `${path}: wallets[${i}]`;
    const { wallet } = item;
    if (typeof wallet !== "string" || !isAddress(wallet))
      throw new UsageError(`${at}.wallet is not an address`);
    if (seen.has(wallet)) throw new UsageError(`${at}.wallet is listed twice`);
    seen.add(wallet);
    const prefs = listOf(item, "prefs", at).map((pref, j) =>
      readPreference(pref, `${at}.prefs[${j}]`, names),
    );
    const targets = prefs.map(({ walletTo }) => walletTo);
    if (new Set(targets).size !== targets.length) throw new UsageError(`${at}.prefs names a target twice`);
    return { wallet, preferences: toBasisPoints(prefs, wallet, at) };
  });
  if (delegations.length === 0) throw new UsageError(`${path}: wallets is empty`);
  return { delegations, names };
}

interface FractionPreference {
  /** "" is the wallet itself. */
  readonly walletTo: string;
  readonly fraction: number;
}

function readPreference(
  pref: Record<string, unknown>,
  at: string,
  names: Map<string, string>,
): FractionPreference {
  const { walletTo, label, fraction } = pref;
  if (typeof fraction !== "number" || !(fraction >= 0 && fraction <= 1)) {
    throw new UsageError(`${at}.fraction must be a number from 0 to 1`);
  }
  if (walletTo === "ao") return { walletTo: "", fraction };
  if (typeof walletTo !== "string") throw new UsageError(`${at}.walletTo must be a text`);
  const word = Object.hasOwn(words, walletTo) ? words[walletTo] : undefined;
  if (word === undefined && !isAddress(walletTo)) {
    throw new UsageError(
      `${at}.walletTo must be an address, or one of: ao, ${Object.keys(words).join(", ")}`,
    );
  }
  const address = word === undefined ? walletTo : walletAddress(walletTo);
  if (word !== undefined) names.set(address, word);
  else if (typeof label === "string") names.set(address, label);
  return { walletTo: address, fraction };
}

/** Fractions have at most some 14 digits that mean anything; a share that comes to nothing is left out. */
function toBasisPoints(prefs: readonly FractionPreference[], wallet: string, at: string) {
  const weights = prefs.map(({ fraction }) => parseNatural(BigInt(Math.round(fraction * 1e14)).toString())!);
  const parts = apportion(parseNatural("10000")!, weights);
  if (parts === undefined) throw new UsageError(`${at}.prefs has no fraction above 0`);
  return prefs
    .map(({ walletTo }, i) => ({
      walletTo: walletTo === "" ? wallet : walletTo,
      factor: toNumber(parts[i]!)!,
    }))
    .filter(({ factor }) => factor > 0);
}

function parse(path: string): Record<string, unknown> {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(`${path}: ${code === "ENOENT" ? "no such file" : `can't be read (${code})`}`);
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new UsageError(`${path}: not JSON`);
  }
  if (isRecord(json)) return json;
  throw new UsageError(`${path}: must be a JSON object with wallets`);
}

function listOf(
  owner: Record<string, unknown>,
  name: string,
  at: string,
): readonly Record<string, unknown>[] {
  const list = owner[name];
  if (Array.isArray(list) && list.every(isRecord)) return list;
  throw new UsageError(`${at}${at.endsWith("]") ? "." : ": "}${name} must be a list of objects`);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
