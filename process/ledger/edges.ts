/**
 * Who delegates to whom, both ways: from a wallet along its edges, and to a target by position. Laws: the two ways hold
 * the same edges; an edge out of force stays as long as what it has contributed comes to one whole unit.
 */
import { multiplySmall } from "../math/multiplication.ts";
import { add, compare, type Natural, subtract, ZERO } from "../math/natural.ts";
import { ALL, contributedBy } from "./accrual.ts";
import { UNIT } from "./scale.ts";
import type { LedgerState } from "./state.ts";

/** The wallet's edges in the order of their targets' addresses, those out of force included. */
export function edgesOf(state: LedgerState, wallet: number): readonly number[] {
  const edges: number[] = [];
  let edge = state.wallets.firstEdge[wallet] ?? 0;
  while (edge !== 0) {
    edges.push(edge);
    edge = state.edges.next[edge] ?? 0;
  }
  return edges;
}

/** Puts a wallet's edges into this order. */
export function chainEdges(state: LedgerState, wallet: number, edges: readonly number[]): void {
  let following = 0;
  for (let i = edges.length - 1; i >= 0; i--) {
    const edge = edges[i]!;
    if (following !== 0 || (state.edges.next[edge] ?? 0) !== 0) state.edges.next[edge] = following;
    following = edge;
  }
  if (following !== 0 || (state.wallets.firstEdge[wallet] ?? 0) !== 0)
    state.wallets.firstEdge[wallet] = following;
}

/** A new edge, not yet in force, and not yet among the wallet's edges. */
export function createEdge(state: LedgerState, from: number, to: number): number {
  const { edges, wallets } = state;
  let edge = edges.free.pop();
  if (edge === undefined) {
    edges.extent += 1;
    edge = edges.extent;
  }
  const incoming = wallets.incoming[to] ?? (wallets.incoming[to] = []);
  const place = wallets.freeIncoming[to]?.pop() ?? incoming.length;
  incoming[place] = edge;
  edges.from[edge] = from;
  edges.to[edge] = to;
  edges.factor[edge] = 0;
  edges.place[edge] = place;
  return edge;
}

/** Sets what share an edge carries from now on; `own` is the delegator's settled `own`. */
export function setFactor(
  state: LedgerState,
  edge: number,
  factor: number,
  stated: number,
  own: Natural,
): void {
  const { edges, wallets } = state;
  const before = edges.factor[edge]!;
  if (before > 0) {
    const contributed = contributedBy(state, edge, own);
    if (contributed !== ZERO) edges.contributed[edge] = contributed;
  }
  edges.since[edge] = own;
  edges.factor[edge] = factor;
  if (stated !== factor) edges.stated[edge] = stated;
  else if (edges.stated[edge] !== undefined) edges.stated[edge] = factor;
  const to = edges.to[edge]!;
  if (before === 0 && factor > 0) {
    edges.count += 1;
    wallets.delegators[to] = (wallets.delegators[to] ?? 0) + 1;
  } else if (before > 0 && factor === 0) {
    edges.count -= 1;
    wallets.delegators[to] = wallets.delegators[to]! - 1;
  }
}

/** Whether an edge out of force may be forgotten: what it has contributed shows nowhere. */
export function isForgettable(state: LedgerState, edge: number): boolean {
  return state.edges.factor[edge] === 0 && compare(state.edges.contributed[edge] ?? ZERO, UNIT) < 0;
}

/** Forgets an edge that has been taken out of its wallet's chain. */
export function removeEdge(state: LedgerState, edge: number): void {
  const { edges, wallets } = state;
  const to = edges.to[edge]!;
  const place = edges.place[edge]!;
  wallets.incoming[to]![place] = 0;
  const free = wallets.freeIncoming[to] ?? (wallets.freeIncoming[to] = []);
  free.push(place);
  if (edges.contributed[edge] !== undefined) edges.contributed[edge] = ZERO;
  if (edges.next[edge] !== undefined) edges.next[edge] = 0;
  edges.since[edge] = ZERO;
  edges.free.push(edge);
}

/** What a wallet has kept of its own yield up to now becomes settled, before the share that it keeps changes. */
export function settleKept(state: LedgerState, wallet: number): void {
  const { own, kept, keptSince, outgoing } = state.wallets;
  const now = own[wallet];
  if (now === undefined || now === keptSince[wallet]) return;
  const growth = subtract(now, keptSince[wallet] ?? ZERO);
  const added = multiplySmall(growth, ALL - (outgoing[wallet] ?? 0));
  kept[wallet] = add(kept[wallet] ?? ZERO, added);
  keptSince[wallet] = now;
}
