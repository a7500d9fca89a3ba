/** Which launches' tokens the index holds, and how much weight each has: by AO delegated, not by anybody's choice. */
import { compare, isZero, type Natural, subtract, ZERO } from "../math/natural.ts";
import { weightsOf } from "../market/weights.ts";
import { limits } from "../protocol/limits.ts";
import { beginReadings } from "./readings.ts";
import { isRetired } from "./valuation.ts";
import { emptyAsset, type Asset, type IndexState, type LaunchRow } from "./state.ts";

/** Bounds of a launch's weight in its third, in basis points. */
const FLOOR = 100;
const CAP = 2_000;

/** A launch, and the AO that it received since the last reading. */
interface Candidate {
  readonly row: LaunchRow;
  readonly inflow: Natural;
}

/**
 * Takes over what the factory lists: the active launches that received most since the last reading, at most fifty tokens in all, get weights by it. Others are
 * to be sold down, and leave when nothing is left of them.
 */
export function takeBasket(state: IndexState, now: number): void {
  const { basket } = state;
  const candidates = basket.found
    .filter(({ status }) => status === "Active")
    .map((row) => ({ row, inflow: subtractFloor(row.received, basket.received[row.launch] ?? ZERO) }));
  for (const { launch, received } of basket.found) basket.received[launch] = received;
  basket.found = [];
  basket.cursor = "";
  basket.at = now;
  leaveEmpty(state);
  const chosen = chooseLaunches(state, candidates, now);
  for (const asset of state.assets) {
    if (asset.kind === "launch") {
      asset.listed = chosen.some(({ row }) => row.launch === asset.launch);
      if (asset.listed) asset.unsold = 0;
      asset.weight = 0;
    }
  }
  for (const { row } of chosen) if (state.positions[row.token] === undefined) list(state, row);
  const claims = chosen.map(({ row, inflow }) => ({ name: row.token, amount: inflow }));
  for (const { name, points } of weightsOf(claims, FLOOR, CAP)) {
    state.assets[state.positions[name]!]!.weight = points;
  }
}

/** Those with the largest inflow, as many as there is room for beside tokens that are still being sold down. */
function chooseLaunches(
  state: IndexState,
  candidates: readonly Candidate[],
  now: number,
): readonly Candidate[] {
  const ranked: Candidate[] = [];
  for (const candidate of candidates) {
    const known = state.positions[candidate.row.token];
    const takenByAnother = known !== undefined && state.assets[known]!.launch !== candidate.row.launch;
    const isPi = candidate.row.token === state.parameters.token;
    if (!takenByAnother && !isPi && !isZero(candidate.inflow)) insert(ranked, candidate);
  }
  const chosen: Candidate[] = [];
  let room = roomFor(state, now);
  for (const candidate of ranked) {
    const isHeld = state.positions[candidate.row.token] !== undefined;
    if (isHeld || room > 0) {
      if (chosen.some(({ row }) => row.token === candidate.row.token)) continue;
      chosen.push(candidate);
      if (!isHeld) room -= 1;
    }
  }
  return chosen;
}

/** How many tokens can be listed beside those that are there. Retired ones take no place, until they are as many as there are places. */
function roomFor({ assets }: IndexState, now: number): number {
  const held = assets.filter(({ kind }) => kind === "launch");
  const retired = held.filter((asset) => isRetired(asset, now)).length;
  return limits.baskets - held.length + Math.min(retired, limits.baskets);
}

/** By inflow, the largest first; of equal ones the lower id. Never more than can be listed. */
function insert(ranked: Candidate[], candidate: Candidate): void {
  let position = ranked.length;
  ranked.push(candidate);
  while (position > 0 && isBefore(candidate, ranked[position - 1]!)) {
    ranked[position] = ranked[position - 1]!;
    position -= 1;
  }
  ranked[position] = candidate;
  if (ranked.length > 2 * limits.baskets) ranked.pop();
}

function isBefore(a: Candidate, b: Candidate): boolean {
  const order = compare(a.inflow, b.inflow);
  return order === 0 ? a.row.launch < b.row.launch : order > 0;
}

function list(state: IndexState, { token, launch, ticker }: LaunchRow): void {
  const asset = emptyAsset(token, "launch", launch, false);
  asset.ticker = ticker;
  // The token remembers the numbers of payouts before, and would take new ones for them.
  const next = state.basket.numbers[token] ?? 1;
  asset.till.payouts.oldest = next;
  asset.till.payouts.next = next;
  beginReadings(state, asset);
  state.positions[token] = state.assets.length;
  state.assets.push(asset);
}

/** Tokens that are delisted, of which nothing is anywhere and nothing under way: their places are free again. */
function leaveEmpty(state: IndexState): void {
  const stay = state.assets.filter(
    (asset) => asset.kind !== "launch" || asset.listed || !isEmpty(asset) || isTraded(state, asset),
  );
  for (const asset of state.assets) {
    if (!stay.includes(asset)) state.basket.numbers[asset.token] = asset.till.payouts.next;
  }
  for (const { token } of state.assets) delete state.positions[token];
  stay.forEach(({ token }, position) => {
    state.positions[token] = position;
  });
  state.assets = stay;
}

function isEmpty({ backing, deposits, escrow, till }: Asset): boolean {
  const { payouts, owed } = till;
  const all = [backing, deposits, escrow, owed, payouts.pending, payouts.aside];
  return all.every((amount) => isZero(amount));
}

/** Whether an auction, a batch or a swap still names it, even one of which nothing is left. */
function isTraded(state: IndexState, { token }: Asset): boolean {
  const names = ({ sell, buy }: { readonly sell: string; readonly buy?: string }): boolean =>
    sell === token || buy === token;
  return (
    state.openAuctions.some((id) => names(state.auctions[id - 1]!)) ||
    state.openDiscoveries.some((id) => names(state.discoveries[id - 1]!)) ||
    state.swapping.some((pool) => names(state.swaps[pool]!))
  );
}

function subtractFloor(left: Natural, right: Natural): Natural {
  return compare(left, right) > 0 ? subtract(left, right) : ZERO;
}
