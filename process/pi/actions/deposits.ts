/** Deposits in kind: sessions, and what a mint would take or come to. */
import { compare, formatNatural, isZero, type Natural, ONE, ZERO } from "../../math/natural.ts";
import type { Credit } from "../../payouts/refund.ts";
import { accountOf } from "../../protocol/address.ts";
import { jsonArray, jsonObject, jsonString } from "../../protocol/json-text.ts";
import type { Effect, Message, Outcome, TagPair } from "../../protocol/message.ts";
import { isRefusal, type Refusal, refuse } from "../../protocol/refusal.ts";
import { reply } from "../../protocol/reply.ts";
import { optionalIdsTag } from "../../protocol/ids.ts";
import { optionalAmountTag, quantityTag, requiredTag, tagOf } from "../../protocol/tags.ts";
import { legScale } from "../left-out.ts";
import { isPaused, PAUSED, quoteByValue } from "../minting.ts";
import { redemptionOf } from "../redeeming.ts";
import {
  complete,
  deposit,
  dissolve,
  expiredSession,
  forgetEmptySessions,
  hasAllLegs,
  openSession,
  wantsLeg,
} from "../sessions.ts";
import { assetOf, legUp, wholeOf } from "../shares.ts";
import type { Asset, IndexState, Session } from "../state.ts";
import { payExcess, payPi, returnTo } from "./paying.ts";

/** Sessions that one tick returns. */
const RETURNED_PER_TICK = 16;
const LATE = "The session was not complete by its deadline";
const NOT_STARTED = "The index has not been started yet: its first PI is minted for yield";

/**
 * Opens a session for the sender: Min-Out, the least PI that it is to come to; Without, a JSON array of launches' tokens that are not brought and made
 * up for by value.
 */
export function openSessionFor(state: IndexState, message: Message): Outcome {
  if (isPaused(state, message.now)) return refuse("paused", PAUSED);
  if (isZero(state.supply)) return refuse("not-started", NOT_STARTED);
  const least = optionalAmountTag(message, "Min-Out");
  if (isRefusal(least)) return least;
  const without = readWithout(state, message);
  if (isRefusal(without)) return without;
  const request = { id: message.id, owner: message.from, leastOut: least ?? ONE, without };
  const session = openSession(state, request, message.now);
  return [reply(message, "Open-Session-Response", sessionTags(session), legsJson(state, session))];
}

function readWithout(state: IndexState, message: Message): readonly string[] | Refusal {
  const tokens = optionalIdsTag(message, "Without");
  if (isRefusal(tokens)) return tokens;
  const strange = tokens.find((token) => assetOf(state, token)?.kind !== "launch");
  return strange === undefined
    ? tokens
    : refuse("unknown-asset", "Without must name fair launch tokens of the basket");
}

/** A leg has come. The last one completes the session: PI to its owner, and what is more than the smallest leg goes back. */
export function depositLeg(
  state: IndexState,
  message: Message,
  asset: Asset,
  { sender, quantity }: Credit,
): readonly Effect[] {
  const { now } = message;
  const back = (reason: string): readonly Effect[] => returnTo(asset, sender, quantity, reason, [], now);
  const id = tagOf(message, "X-Session");
  const session = id === undefined || isRefusal(id) ? undefined : state.sessions[id];
  if (session === undefined) return back("X-Session names no open session");
  if (accountOf(session.owner) !== accountOf(sender)) return back("The session is somebody else's");
  if (session.deadline <= now) return [...returnSession(state, session, LATE, now), ...back(LATE)];
  if (isPaused(state, now)) return back(PAUSED);
  if (!wantsLeg(state, session, asset))
    return back("The basket has nothing of this asset, or the session leaves it out");
  const placed = deposit(state, session, asset, quantity, now);
  if (placed === undefined) return back("All places are taken by larger deposits; try again later");
  const effects: Effect[] = [];
  if (placed.displaced !== undefined)
    effects.push(...returnSession(state, placed.displaced, "A larger deposit took its place", now));
  if (hasAllLegs(state, session)) effects.push(...completeSession(state, session, now));
  return effects;
}

function completeSession(state: IndexState, session: Session, now: number): readonly Effect[] {
  const scale = legScale(state, session.without, now);
  const completed = typeof scale === "string" ? scale : complete(state, session, scale, now);
  if (typeof completed === "string") return returnSession(state, session, completed, now);
  const tags: readonly TagPair[] = [["X-Session", session.id]];
  return [
    ...payPi(state, session.owner, completed.pi, [["X-Action", "Minted"], ...tags], now),
    ...payExcess(session.owner, completed.excess, "More than the smallest leg", tags, now),
  ];
}

/** Ends sessions whose deadline has passed: their legs go back. */
export function returnExpired(state: IndexState, now: number): readonly Effect[] {
  forgetEmptySessions(state, now);
  const effects: Effect[] = [];
  for (let i = 0; i < RETURNED_PER_TICK; i++) {
    const session = expiredSession(state, now);
    if (session === undefined) return effects;
    effects.push(...returnSession(state, session, LATE, now));
  }
  return effects;
}

function returnSession(state: IndexState, session: Session, reason: string, now: number): readonly Effect[] {
  const tags: readonly TagPair[] = [["X-Session", session.id]];
  return payExcess(session.owner, dissolve(state, session), reason, tags, now);
}

/** An open session and its legs. */
export function getSession(state: IndexState, message: Message): Outcome {
  const id = requiredTag(message, "Session");
  if (isRefusal(id)) return id;
  const session = state.sessions[id];
  if (session === undefined) return refuse("unknown-session", "There is no open session of this id");
  return [reply(message, "Get-Session-Response", sessionTags(session), legsJson(state, session))];
}

/**
 * What so much PI takes of every asset in kind (tag Quantity, and Without as of a session), or what an amount of one asset comes to by value (tags
 * Asset and Quantity). Rounded as the mint itself is.
 */
export function quoteMint(state: IndexState, message: Message): Outcome {
  const quantity = quantityTag(message, "Quantity");
  if (isRefusal(quantity)) return quantity;
  const token = tagOf(message, "Asset");
  if (isRefusal(token)) return token;
  if (token === undefined || token === "") return quoteInKind(state, message, quantity);
  const asset = assetOf(state, token);
  if (asset === undefined) return refuse("unknown-asset", "Asset is not in the basket");
  const pi = quoteByValue(state, asset, quantity, message.now);
  if (typeof pi === "string") return refuse("no-mint", pi);
  const used = jsonArray([part(token, formatNatural(quantity))]);
  return [reply(message, "Quote-Mint-Response", [["PI", formatNatural(pi)]], used)];
}

function quoteInKind(state: IndexState, message: Message, pi: Natural): Outcome {
  if (isZero(state.supply)) return refuse("not-started", NOT_STARTED);
  const without = readWithout(state, message);
  if (isRefusal(without)) return without;
  const scale = legScale(state, without, message.now);
  if (typeof scale === "string") return refuse("no-mint", scale);
  const legs = state.assets
    .filter((asset) => !isZero(wholeOf(state, asset)) && !without.includes(asset.token))
    .map((asset) => part(asset.token, formatNatural(legUp(state, asset, pi, scale))));
  return [reply(message, "Quote-Mint-Response", [["PI", formatNatural(pi)]], jsonArray(legs))];
}

/** What so much PI is of each asset. Refused as the redemption itself would be. */
export function quoteRedeem(state: IndexState, message: Message): Outcome {
  const quantity = quantityTag(message, "Quantity");
  if (isRefusal(quantity)) return quantity;
  if (isZero(state.supply)) return refuse("not-started", NOT_STARTED);
  if (compare(quantity, state.supply) > 0) return refuse("no-redeem", "That is more PI than there is");
  const parts = redemptionOf(state, quantity);
  if (parts.length === 0) return refuse("no-redeem", "The amount is too small for any asset");
  const texts = parts.map(({ asset, quantity: amount }) => part(asset.token, formatNatural(amount)));
  return [reply(message, "Quote-Redeem-Response", [["PI", formatNatural(quantity)]], jsonArray(texts))];
}

function sessionTags({ id, owner, leastOut, without, deadline }: Session): readonly TagPair[] {
  return [
    ["Session", id],
    ["Owner", owner],
    ["Min-Out", formatNatural(leastOut)],
    ["Without", jsonArray(without.map((token) => jsonString(token)))],
    ["Deadline", `${deadline}`],
  ];
}

/** What has come, of every asset that is asked for. */
function legsJson(state: IndexState, session: Session): string {
  const { legs } = session;
  const wanted = state.assets.filter(
    (asset) => wantsLeg(state, session, asset) || legs[asset.token] !== undefined,
  );
  return jsonArray(wanted.map(({ token }) => part(token, formatNatural(legs[token] ?? ZERO))));
}

function part(token: string, quantity: string): string {
  return jsonObject([
    ["asset", jsonString(token)],
    ["quantity", jsonString(quantity)],
  ]);
}
