/** A launch's parameters, from its spawn tags: nobody can change them afterwards. */
import type { Environment } from "../host/process.ts";
import { MOST_PERIODS } from "../math/decay.ts";
import { parseDecimal } from "../math/decimal.ts";
import { power10 } from "../math/multiplication.ts";
import { compare, type Natural, ZERO } from "../math/natural.ts";
import { isAddress } from "../protocol/address.ts";
import { itemsOf, parseJson, stringOf } from "../protocol/json.ts";
import { isRefusal, type Refusal, refuse } from "../protocol/refusal.ts";
import { addressTag, notAnAddress, requiredTag, type Tagged, tagOf, wholeTag } from "../protocol/tags.ts";
import { readFlag, readTerms } from "../terms/read-terms.ts";
import { SHARE_PLACES } from "../terms/terms.ts";
import { emptyLaunch, type LaunchState } from "./state.ts";

const DEFAULT_PERIODS = 180;
const DEFAULT_GRACE = 7;

/**
 * A launch from its spawn tags: the terms; AO-Token; Ledgers, a JSON array of ids; optionally Flp-Factory (else whoever spawned it), Request-Id, Numbered-Transfers
 * (whether the AO token numbers transfers), Grace-Days (7), and PI-Process, PI-Token-Process, PI-Share (percent) together. Refused: one missing or malformed.
 */
export function startLaunch(environment: Environment): LaunchState | Refusal {
  const terms = readTerms(environment, { sender: environment.owner, periods: DEFAULT_PERIODS });
  if (isRefusal(terms)) return terms;
  const ao = addressTag(environment, "AO-Token");
  if (isRefusal(ao)) return ao;
  const ledgers = readLedgers(environment);
  if (isRefusal(ledgers)) return ledgers;
  const factory = optionalAddress(environment, "Flp-Factory", environment.owner);
  if (isRefusal(factory)) return factory;
  const request = tagOf(environment, "Request-Id");
  if (isRefusal(request)) return request;
  const numbered = readFlag(environment, "Numbered-Transfers");
  if (isRefusal(numbered)) return numbered;
  const grace = wholeTag(environment, "Grace-Days");
  if (isRefusal(grace)) return grace;
  if (grace !== undefined && grace > MOST_PERIODS)
    return refuse("invalid-number", `Grace-Days must be at most ${MOST_PERIODS}`);
  const index = readIndex(environment);
  if (isRefusal(index)) return index;
  if ([ao, index.indexToken, environment.id].includes(terms.token))
    return refuse("invalid-address", "Token-Process must be neither AO nor PI nor the launch itself");
  if ([terms.token, ao, index.indexToken, environment.id].includes(terms.treasury))
    return refuse("invalid-address", "Treasury must be neither a token nor the launch itself");
  if (ao === index.indexToken)
    return refuse("invalid-address", "PI-Token-Process must be another token than AO-Token");
  const core = { id: environment.id, factory, request: request ?? "", terms, ao, ledgers };
  return emptyLaunch({ ...core, ...index, grace: grace ?? DEFAULT_GRACE }, numbered);
}

function readLedgers(environment: Environment): readonly string[] | Refusal {
  const text = requiredTag(environment, "Ledgers");
  if (isRefusal(text)) return text;
  const ledgers: string[] = [];
  for (const item of itemsOf(parseJson(text)) ?? []) {
    const ledger = stringOf(item);
    if (ledger === undefined || !isAddress(ledger) || ledgers.includes(ledger))
      return refuse("invalid-ledgers", 'Ledgers must be a JSON array of different ids, such as ["…"]');
    ledgers.push(ledger);
  }
  return ledgers.length === 0
    ? refuse("invalid-ledgers", "Ledgers must be a JSON array of at least one id")
    : ledgers;
}

interface Index {
  readonly index: string;
  readonly indexToken: string;
  readonly indexShare: Natural;
}

function readIndex(environment: Environment): Index | Refusal {
  const index = optionalAddress(environment, "PI-Process", "");
  if (isRefusal(index)) return index;
  const indexToken = optionalAddress(environment, "PI-Token-Process", "");
  if (isRefusal(indexToken)) return indexToken;
  const share = tagOf(environment, "PI-Share");
  if (isRefusal(share)) return share;
  const indexShare = share === undefined || share === "" ? ZERO : parseDecimal(share, SHARE_PLACES);
  if (indexShare === undefined || compare(indexShare, power10(SHARE_PLACES + 2)) > 0)
    return refuse("invalid-share", "PI-Share must be a percentage from 0 to 100");
  const complete = index !== "" && indexToken !== "";
  if (share !== undefined && share !== "" && !complete)
    return refuse("missing-tag", "PI-Share needs PI-Process and PI-Token-Process");
  return { index, indexToken, indexShare };
}

function optionalAddress(tagged: Tagged, name: string, other: string): string | Refusal {
  const text = tagOf(tagged, name);
  if (text === undefined || text === "" || isRefusal(text)) return isRefusal(text) ? text : other;
  return isAddress(text) ? text : refuse("invalid-address", notAnAddress(name));
}
