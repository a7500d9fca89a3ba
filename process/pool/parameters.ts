/** A pool's parameters, from its spawn tags. */
import type { Environment } from "../host/process.ts";
import { accountOf } from "../protocol/address.ts";
import { isRefusal, type Refusal, refuse } from "../protocol/refusal.ts";
import { addressTag, requiredTag, tagOf, type Tagged, wholeTag } from "../protocol/tags.ts";
import { emptyPool, type PoolState, type SideParameters } from "./state.ts";

/** A hundred hours and more would lock what somebody sent by mistake; less than a minute loses to any delay. */
const [LEAST_PATIENCE, MOST_PATIENCE, DEFAULT_PATIENCE] = [60_000, 360_000_000, 3_600_000];
const [MOST_FEE, DEFAULT_FEE] = [1_000, 25];

/**
 * A pool from its spawn tags: Token-A, Token-B, Name, Ticker; optionally Logo, Denomination of the shares (12), Fee-Bps
 * (25, at most 1,000), Deposit-Patience (ms, an hour), and for each token whether it numbers transfers:
 * Numbered-Transfers-A, Numbered-Transfers-B (false). Refused: one of them missing or malformed, one token twice, the
 * pool's own shares as a token.
 */
export function startPool(environment: Environment): PoolState | Refusal {
  const first = readSide(environment, "A");
  if (isRefusal(first)) return first;
  const second = readSide(environment, "B");
  if (isRefusal(second)) return second;
  const { id } = environment;
  if (first.token === second.token || first.token === id || second.token === id) {
    return refuse("invalid-pair", "Token-A and Token-B must be two tokens, and neither the pool itself");
  }
  const name = requiredTag(environment, "Name");
  if (isRefusal(name)) return name;
  const ticker = requiredTag(environment, "Ticker");
  if (isRefusal(ticker)) return ticker;
  const logo = tagOf(environment, "Logo");
  if (isRefusal(logo)) return logo;
  const denomination = boundedTag(environment, "Denomination", 12, 0, 18);
  if (isRefusal(denomination)) return denomination;
  const fee = boundedTag(environment, "Fee-Bps", DEFAULT_FEE, 0, MOST_FEE);
  if (isRefusal(fee)) return fee;
  const patience = boundedTag(
    environment,
    "Deposit-Patience",
    DEFAULT_PATIENCE,
    LEAST_PATIENCE,
    MOST_PATIENCE,
  );
  if (isRefusal(patience)) return patience;
  const owner = accountOf(environment.owner);
  const shares = { id, closed: id, owner, name, ticker, logo: logo ?? "", denomination };
  return emptyPool({ ...shares, fee, patience }, first, second);
}

function readSide(tagged: Tagged, letter: string): SideParameters | Refusal {
  const token = addressTag(tagged, `Token-${letter}`);
  if (isRefusal(token)) return token;
  const name = `Numbered-Transfers-${letter}`;
  const numbered = tagOf(tagged, name);
  if (isRefusal(numbered)) return numbered;
  if (numbered !== undefined && numbered !== "true" && numbered !== "false") {
    return refuse("invalid-policy", `${name} must be true or false`);
  }
  return { token, numbered: numbered === "true" };
}

/** A whole number within bounds. */
function boundedTag(
  tagged: Tagged,
  name: string,
  absent: number,
  least: number,
  most: number,
): number | Refusal {
  const value = wholeTag(tagged, name);
  if (isRefusal(value)) return value;
  const number = value ?? absent;
  if (number >= least && number <= most) return number;
  return refuse("invalid-policy", `${name} must be between ${least} and ${most}`);
}
