/** The mint's parameters, from its spawn tags. */
import type { Environment } from "../host/process.ts";
import { isZero, type Natural, parseNatural } from "../math/natural.ts";
import { accountOf, isAddress } from "../protocol/address.ts";
import { itemsOf, type Json, memberOf, parseJson, stringOf, wholeOf } from "../protocol/json.ts";
import { isRefusal, type Refusal, refuse } from "../protocol/refusal.ts";
import { addressTag, optionalAmountTag, parseAmount, requiredTag, wholeTag } from "../protocol/tags.ts";
import { emptyMint, type Era, type LedgerShare, type MintState } from "./state.ts";

const DEFAULT_CAP = parseNatural("21000000000000000000")!;

/**
 * A mint from its spawn tags: Token-Process; Start-Timestamp (ms); Ledgers, a JSON array of eras
 * `{"from": ms, "shares": [{"ledger", "share"}]}`, of which the first is from 0; optionally Cap (21 M AO).
 * Refused: one of them missing or malformed.
 */
export function startMint(environment: Environment): MintState | Refusal {
  const token = addressTag(environment, "Token-Process");
  if (isRefusal(token)) return token;
  const start = wholeTag(environment, "Start-Timestamp");
  if (isRefusal(start)) return start;
  if (start === undefined) return refuse("missing-tag", "Start-Timestamp is required!");
  const cap = optionalAmountTag(environment, "Cap");
  if (isRefusal(cap)) return cap;
  const text = requiredTag(environment, "Ledgers");
  if (isRefusal(text)) return text;
  const eras = readEras(text);
  if (eras === undefined) {
    return refuse(
      "invalid-ledgers",
      'Ledgers must be JSON: [{"from":0,"shares":[{"ledger":"…","share":"1"}]}]',
    );
  }
  return emptyMint({ owner: accountOf(environment.owner), token, start, cap: cap ?? DEFAULT_CAP, eras });
}

function readEras(text: string): readonly Era[] | undefined {
  const eras: Era[] = [];
  for (const item of itemsOf(parseJson(text)) ?? []) {
    const from = wholeOf(memberOf(item, "from"));
    const shares = readShares(memberOf(item, "shares"));
    if (from === undefined || shares === undefined) return undefined;
    const last = eras[eras.length - 1];
    if (last === undefined ? from !== 0 : from <= last.from) return undefined;
    eras.push({ from, shares });
  }
  return eras.length === 0 ? undefined : eras;
}

function readShares(json: Json | undefined): readonly LedgerShare[] | undefined {
  const shares: LedgerShare[] = [];
  for (const item of itemsOf(json) ?? []) {
    const ledger = stringOf(memberOf(item, "ledger"));
    const share = readShare(memberOf(item, "share"));
    if (ledger === undefined || !isAddress(ledger) || share === undefined) return undefined;
    if (shares.some((known) => known.ledger === ledger)) return undefined;
    shares.push({ ledger, share });
  }
  return shares.length === 0 ? undefined : shares;
}

function readShare(json: Json | undefined): Natural | undefined {
  const text = stringOf(json);
  const share = text === undefined ? undefined : parseAmount(text);
  return share === undefined || isZero(share) ? undefined : share;
}
