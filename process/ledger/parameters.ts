/** The ledger's parameters, from its spawn tags. */
import type { Environment } from "../host/process.ts";
import { parseDecimal } from "../math/decimal.ts";
import { isZero, type Natural, ONE, ZERO } from "../math/natural.ts";
import { accountOf, isAddress } from "../protocol/address.ts";
import { itemsOf, type Json, memberOf, parseJson, stringOf, wholeOf } from "../protocol/json.ts";
import { limits } from "../protocol/limits.ts";
import { isRefusal, type Refusal, refuse } from "../protocol/refusal.ts";
import { addressTag, optionalAccountTag, optionalAmountTag, parseAmount } from "../protocol/tags.ts";
import { requiredTag, tagOf, type Tagged, wholeTag } from "../protocol/tags.ts";
import { isBase64Url } from "../protocol/text.ts";
import {
  emptyLedger,
  type LedgerState,
  type Policies,
  type TokenClass,
  type TokenDescription,
} from "./state.ts";

/**
 * A ledger from its spawn tags: AO-Token; Tokens, a JSON array of `{"token", "ticker", "denomination", "multiplier",
 * "oracle", "class"?}`; optionally Mint-Process, Classes (JSON, `{"name", "share"}`), Governor, PI-Process,
 * Numbered-Transfers, and the policies. Refused: one of them missing or malformed.
 */
export function startLedger(environment: Environment): LedgerState | Refusal {
  const token = addressTag(environment, "AO-Token");
  if (isRefusal(token)) return token;
  const mint = optionalAccountTag(environment, "Mint-Process");
  if (isRefusal(mint)) return mint;
  const governor = optionalAccountTag(environment, "Governor");
  if (isRefusal(governor)) return governor;
  const index = optionalAccountTag(environment, "PI-Process");
  if (isRefusal(index)) return index;
  const classes = readClasses(environment);
  if (isRefusal(classes)) return classes;
  const tokens = readTokens(environment, classes);
  if (isRefusal(tokens)) return tokens;
  const policies = readPolicies(environment);
  if (isRefusal(policies)) return policies;
  const numbered = choiceTag(environment, "Numbered-Transfers", ["false", "true"]);
  if (isRefusal(numbered)) return numbered;
  return emptyLedger(
    {
      id: environment.id,
      owner: accountOf(environment.owner),
      token,
      governor: governor ?? "",
      index: index ?? "",
      classes,
      policies,
    },
    mint ?? "",
    tokens,
    numbered === "true",
  );
}

/** The multiplier that a text spells, times 10^18: a decimal of at most 18 places. */
export function parseMultiplier(text: string): Natural | undefined {
  return text.length > limits.amountDigits ? undefined : parseDecimal(text, 18);
}

function readPolicies(tagged: Tagged): Policies | Refusal {
  const overDelegation = choiceTag(tagged, "Over-Delegation", ["normalise", "reject"]);
  if (isRefusal(overDelegation)) return overDelegation;
  const defaultTarget = readDefaultTarget(tagged);
  if (isRefusal(defaultTarget)) return defaultTarget;
  const fanOut = numberTag(tagged, "Fan-Out", 10, 1, 100);
  if (isRefusal(fanOut)) return fanOut;
  // A share that normalising makes smaller than one basis point would vanish.
  const smallestFraction = numberTag(tagged, "Smallest-Fraction", 100, fanOut, 10_000);
  if (isRefusal(smallestFraction)) return smallestFraction;
  const cycles = choiceTag(tagged, "Delegation-Cycles", ["forbid", "allow"]);
  if (isRefusal(cycles)) return cycles;
  const deepestChain = numberTag(tagged, "Deepest-Chain", 0, 0, 16);
  if (isRefusal(deepestChain)) return deepestChain;
  if (deepestChain > 0 && cycles === "allow") {
    return refuse("invalid-policy", "Deepest-Chain needs Delegation-Cycles to be forbid: a cycle has no end");
  }
  const weight = tagOf(tagged, "Smallest-Base-Weight");
  if (isRefusal(weight)) return weight;
  const smallestBaseWeight = weight === undefined ? ZERO : parseMultiplier(weight);
  if (smallestBaseWeight === undefined) {
    return refuse("invalid-policy", "Smallest-Base-Weight must be a decimal of at most 18 places");
  }
  const changeFee = optionalAmountTag(tagged, "Change-Fee");
  if (isRefusal(changeFee)) return changeFee;
  return {
    overDelegation: overDelegation === "reject" ? "reject" : "normalise",
    defaultTarget,
    fanOut,
    smallestFraction,
    allowCycles: cycles === "allow",
    deepestChain,
    smallestBaseWeight,
    changeFee: changeFee ?? ZERO,
  };
}

/** `self`, the default, is "". */
function readDefaultTarget(tagged: Tagged): string | Refusal {
  const text = tagOf(tagged, "Default-Target");
  if (isRefusal(text)) return text;
  if (text === undefined || text === "self") return "";
  return isAddress(text)
    ? accountOf(text)
    : refuse("invalid-policy", "Default-Target must be self or an address");
}

/** One of the words; the first where the tag is absent. */
function choiceTag(tagged: Tagged, name: string, words: readonly string[]): string | Refusal {
  const text = tagOf(tagged, name);
  if (isRefusal(text)) return text;
  if (text === undefined) return words[0]!;
  return words.includes(text)
    ? text
    : refuse("invalid-policy", `${name} must be one of: ${words.join(", ")}`);
}

/** A whole number within bounds, `off` being 0. */
function numberTag(
  tagged: Tagged,
  name: string,
  absent: number,
  least: number,
  most: number,
): number | Refusal {
  const text = tagOf(tagged, name);
  if (isRefusal(text)) return text;
  const value = text === "off" ? 0 : wholeTag(tagged, name);
  if (isRefusal(value)) return value;
  const number = value ?? absent;
  if (number >= least && number <= most) return number;
  return refuse("invalid-policy", `${name} must be between ${least} and ${most}`);
}

function readClasses(tagged: Tagged): readonly TokenClass[] | Refusal {
  const text = tagOf(tagged, "Classes");
  if (isRefusal(text)) return text;
  if (text === undefined) return [{ name: "all", share: ONE }];
  const classes: TokenClass[] = [];
  for (const item of itemsOf(parseJson(text)) ?? []) {
    const name = stringOf(memberOf(item, "name"));
    const share = amountOf(memberOf(item, "share"));
    if (
      name === undefined ||
      share === undefined ||
      isZero(share) ||
      classes.some((known) => known.name === name)
    ) {
      return invalidClasses();
    }
    classes.push({ name, share });
  }
  return classes.length === 0 || classes.length > limits.tokens ? invalidClasses() : classes;
}

function invalidClasses(): Refusal {
  return refuse(
    "invalid-classes",
    'Classes must be JSON: [{"name":"AR","share":"36"},…], names unique, shares above 0',
  );
}

function readTokens(tagged: Tagged, classes: readonly TokenClass[]): readonly TokenDescription[] | Refusal {
  const text = requiredTag(tagged, "Tokens");
  if (isRefusal(text)) return text;
  const tokens: TokenDescription[] = [];
  for (const item of itemsOf(parseJson(text)) ?? []) {
    const token = readToken(item, classes);
    if (token === undefined || tokens.some(({ id }) => id === token.id)) return invalidTokens();
    tokens.push(token);
  }
  return tokens.length === 0 || tokens.length > limits.tokens ? invalidTokens() : tokens;
}

function invalidTokens(): Refusal {
  return refuse(
    "invalid-tokens",
    'Tokens must be JSON: [{"token":"…","ticker":"AR","denomination":12,"multiplier":"0.2","oracle":"…"},…], ' +
      `at most ${limits.tokens}, each once`,
  );
}

function readToken(item: Json, classes: readonly TokenClass[]): TokenDescription | undefined {
  const id = stringOf(memberOf(item, "token"));
  const ticker = stringOf(memberOf(item, "ticker"));
  const denomination = wholeOf(memberOf(item, "denomination"));
  const multiplier = parseMultiplier(stringOf(memberOf(item, "multiplier")) ?? "");
  const oracle = stringOf(memberOf(item, "oracle"));
  if (id === undefined || !isBase64Url(id) || id.length > 64 || ticker === undefined) return undefined;
  if (denomination === undefined || denomination > 18 || multiplier === undefined) return undefined;
  if (oracle === undefined || !isAddress(oracle)) return undefined;
  const named = memberOf(item, "class");
  const tokenClass = named === undefined ? 0 : classes.findIndex(({ name }) => name === stringOf(named));
  if (tokenClass < 0) return undefined;
  return { id, ticker, denomination, oracle: accountOf(oracle), tokenClass, multiplier };
}

function amountOf(json: Json | undefined): Natural | undefined {
  const text = stringOf(json);
  return text === undefined ? undefined : parseAmount(text);
}
