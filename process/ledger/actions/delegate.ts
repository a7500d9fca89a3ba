/** Delegations: one share, or the whole set. Only the wallet itself changes its own. */
import { fromDigits } from "../../math/integer.ts";
import { accountOf, isAddress } from "../../protocol/address.ts";
import {
  isObject,
  itemsOf,
  type Json,
  memberOf,
  numberOf,
  parseJson,
  stringOf,
  wholeOf,
} from "../../protocol/json.ts";
import { limits } from "../../protocol/limits.ts";
import type { Message, Outcome } from "../../protocol/message.ts";
import { isRefusal, type Refusal, refuse } from "../../protocol/refusal.ts";
import { reply } from "../../protocol/reply.ts";
import { notAnAddress } from "../../protocol/tags.ts";
import { isDigits } from "../../protocol/text.ts";
import { slotOf } from "../../collections/register.ts";
import { enrolWallet } from "../wallets.ts";
import { applyStatement, checkStatement, type Preference, sorted, type Statement } from "../delegation.ts";
import { statementOf, withPreference } from "../delegation.ts";
import type { LedgerState } from "../state.ts";
import { delegationsJson } from "./delegations-json.ts";

/** Sets one share of the sender's yield: Data `{"walletFrom", "walletTo", "factor"}`; 0 takes it away. */
export function setDelegation(state: LedgerState, message: Message): Outcome {
  const json = readJson(message);
  if (isRefusal(json)) return json;
  const walletFrom = stringOf(memberOf(json, "walletFrom"));
  if (walletFrom === undefined || accountOf(walletFrom) !== message.account) {
    return refuse("not-yours", "walletFrom must be the sender");
  }
  const preference = readPreference(json);
  if (isRefusal(preference)) return preference;
  const before = statementOf(state, message.account);
  return declare(state, message, withPreference(before, message.account, preference), undefined);
}

/**
 * Replaces the sender's whole set: Data `{"delegations": [{"walletTo", "factor"}], "version": n}`. A version that is
 * not greater than the stored one is refused, so that a stale or repeated message does nothing.
 */
export function setDelegations(state: LedgerState, message: Message): Outcome {
  const json = readJson(message);
  if (isRefusal(json)) return json;
  const version = wholeOf(memberOf(json, "version"));
  if (version === undefined || version === 0)
    return refuse("invalid-version", "version must be a whole number above 0");
  const wallet = slotOf(state.wallets.register, message.account);
  const stored = wallet === undefined ? 0 : (state.wallets.version[wallet] ?? 0);
  if (version <= stored) return refuse("stale-version", `version must be greater than ${stored}`);
  const statement = readStatement(json, message.account);
  if (isRefusal(statement)) return statement;
  return declare(state, message, statement, version);
}

/** Checks a statement, makes it the sender's, and answers with what is in force. */
function declare(
  state: LedgerState,
  message: Message,
  statement: Statement,
  version: number | undefined,
): Outcome {
  const refusal = checkStatement(state, message.account, statement);
  if (refusal !== undefined) return refusal;
  const changed = applyStatement(state, message.account, statement, message.now);
  if (version !== undefined) state.wallets.version[enrolWallet(state, message.account)] = version;
  if (changed || version !== undefined) state.sequence += 1;
  const data = delegationsJson(state, message.account);
  return [reply(message, `${message.action}-Response`, [["Sequence", `${state.sequence}`]], data)];
}

function readJson(message: Message): Json | Refusal {
  const { data } = message;
  if (data === undefined || data.length > limits.jsonBytes) {
    return refuse("invalid-json", `Data must be JSON of at most ${limits.jsonBytes} bytes`);
  }
  const json = parseJson(data);
  return isObject(json) ? json : refuse("invalid-json", "Data must be a JSON object");
}

/** A set's statement: each target once, without zeros; the wallet itself means "keep". */
function readStatement(json: Json, account: string): Statement | Refusal {
  const items = itemsOf(memberOf(json, "delegations"));
  if (items === undefined || items.length > limits.preferences) {
    return refuse(
      "invalid-delegations",
      `delegations must be an array of at most ${limits.preferences} items`,
    );
  }
  const targets: string[] = [];
  const preferences: Preference[] = [];
  let keeps = false;
  for (const item of items) {
    const preference = readPreference(item);
    if (isRefusal(preference)) return preference;
    const { target, factor } = preference;
    if (targets.includes(target)) return refuse("duplicate-target", `walletTo ${target} is given twice`);
    targets.push(target);
    if (target === account) keeps = keeps || factor > 0;
    else if (factor > 0) preferences.push(preference);
  }
  return { preferences: sorted(preferences), keeps };
}

function readPreference(json: Json): Preference | Refusal {
  const walletTo = stringOf(memberOf(json, "walletTo"));
  if (walletTo === undefined || !isAddress(walletTo))
    return refuse("invalid-address", notAnAddress("walletTo"));
  const number = numberOf(memberOf(json, "factor"));
  const factor = number === undefined ? undefined : basisPoints(number);
  if (factor === undefined) {
    return refuse("invalid-factor", "factor must be a whole number of basis points from 0 to 10000");
  }
  return { target: accountOf(walletTo), factor };
}

/**
 * The whole number of basis points that a decimal spells, from 0 to 10000; undefined for anything further than 10^-6
 * from one. Wallets compute percent times 100 in floating point, and send 110.00000000000001.
 */
export function basisPoints(text: string): number | undefined {
  const [whole, fraction, ...more] = text.split(".");
  if (whole === undefined || !isDigits(whole) || whole.length > 5 || more.length > 0) return undefined;
  if (fraction !== undefined && !isDigits(fraction)) return undefined;
  const parts = fromDigits(`${fraction ?? ""}000000000000000`.substring(0, 15));
  const tolerance = 1_000_000_000;
  const isAbove = parts >= 1_000_000_000_000_000 - tolerance;
  if (parts > tolerance && !isAbove) return undefined;
  const value = fromDigits(whole) + (isAbove ? 1 : 0);
  return value <= 10_000 ? value : undefined;
}
