/** A token's parameters, from its spawn tags. */
import { mint } from "../balances/book.ts";
import type { Environment } from "../host/process.ts";
import { isZero } from "../math/natural.ts";
import { accountOf } from "../protocol/address.ts";
import { isRefusal, type Refusal, refuse } from "../protocol/refusal.ts";
import { optionalAccountTag, optionalAmountTag, requiredTag, tagOf, wholeTag } from "../protocol/tags.ts";
import { mayMint } from "./rules.ts";
import { emptyToken, type TokenParameters, type TokenState } from "./state.ts";

/**
 * A token from its spawn tags: Name, Ticker, Denomination (0 to 18); optionally Logo, Cap, Minter, and Initial-Supply,
 * which is created for Initial-Holder, or else for the owner. Refused: one of them missing or malformed, an initial
 * supply above the cap.
 */
export function startToken(environment: Environment): TokenState | Refusal {
  const parameters = readParameters(environment);
  if (isRefusal(parameters)) return parameters;
  const minter = optionalAccountTag(environment, "Minter");
  if (isRefusal(minter)) return minter;
  const supply = optionalAmountTag(environment, "Initial-Supply");
  if (isRefusal(supply)) return supply;
  const holder = optionalAccountTag(environment, "Initial-Holder");
  if (isRefusal(holder)) return holder;

  const state = emptyToken(parameters);
  state.minter = minter ?? "";
  if (supply !== undefined && !isZero(supply)) {
    if (!mayMint(state, supply)) return refuse("above-cap", "Initial-Supply must not exceed Cap");
    mint(state, holder ?? parameters.owner, supply);
  }
  return state;
}

function readParameters(environment: Environment): TokenParameters | Refusal {
  const name = requiredTag(environment, "Name");
  if (isRefusal(name)) return name;
  const ticker = requiredTag(environment, "Ticker");
  if (isRefusal(ticker)) return ticker;
  const logo = tagOf(environment, "Logo");
  if (isRefusal(logo)) return logo;
  const denomination = wholeTag(environment, "Denomination");
  if (isRefusal(denomination)) return denomination;
  if (denomination === undefined || denomination > 18) {
    return refuse("invalid-denomination", "Denomination must be a whole number from 0 to 18");
  }
  const cap = optionalAmountTag(environment, "Cap");
  if (isRefusal(cap)) return cap;
  return { owner: accountOf(environment.owner), name, ticker, logo: logo ?? "", denomination, cap };
}
