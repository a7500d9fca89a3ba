/**
 * Rules on the shape of the graph: no cycles, no chain deeper than allowed. They count what wallets have said
 * themselves; a default is nobody's word. Each check walks forward from the new targets only, and gives up at a cap.
 */
import { emptyRecord } from "../collections/record.ts";
import { limits } from "../protocol/limits.ts";
import { edgesOf } from "./edges.ts";
import type { LedgerState } from "./state.ts";

/** Whether delegations lead from one wallet to another; undefined when that takes too long to tell. */
export function leadsTo(state: LedgerState, from: number, goal: number): boolean | undefined {
  const visited = emptyRecord<boolean>();
  const open = [from];
  let steps = 0;
  let wallet = open.pop();
  while (wallet !== undefined) {
    if (wallet === goal) return true;
    for (const target of targetsOf(state, wallet)) {
      steps += 1;
      if (steps > limits.visitedEdges) return undefined;
      if (visited[`${target}`] !== true) {
        visited[`${target}`] = true;
        open.push(target);
      }
    }
    wallet = open.pop();
  }
  return false;
}

/** The longest chain of delegations that starts at a wallet, in edges; undefined when that takes too long to tell. */
export function heightOf(state: LedgerState, wallet: number): number | undefined {
  return measure(state, wallet, { heights: emptyRecord<number>(), steps: 0 });
}

/** The longest chain of delegations that ends at a wallet, in edges. */
export function depthOf(state: LedgerState, wallet: number): number {
  return (state.wallets.chains[wallet]?.length ?? 1) - 1;
}

/**
 * Counts an edge's chain at its target: a chain of `depth` edges now ends there (`added` 1), or no longer does (-1).
 * Where that changes the target's own depth, the change goes on along its edges: at most as far as a chain may be deep.
 */
export function countChain(state: LedgerState, target: number, depth: number, added: 1 | -1): void {
  const { chains } = state.wallets;
  const counts = chains[target] ?? (chains[target] = [0]);
  const before = counts.length - 1;
  while (counts.length <= depth) counts.push(0);
  counts[depth] = counts[depth]! + added;
  while (counts.length > 1 && counts[counts.length - 1] === 0) counts.pop();
  const after = counts.length - 1;
  if (after === before) return;
  for (const further of targetsOf(state, target)) {
    countChain(state, further, after + 1, 1);
    countChain(state, further, before + 1, -1);
  }
}

/** Whom a wallet says it delegates to. */
export function targetsOf(state: LedgerState, wallet: number): readonly number[] {
  if (state.wallets.explicit[wallet] !== true) return [];
  const targets: number[] = [];
  for (const edge of edgesOf(state, wallet)) {
    if (state.edges.factor[edge]! > 0) targets.push(state.edges.to[edge]!);
  }
  return targets;
}

interface Measurement {
  readonly heights: Record<string, number>;
  steps: number;
}

function measure(state: LedgerState, wallet: number, measurement: Measurement): number | undefined {
  const known = measurement.heights[`${wallet}`];
  if (known !== undefined) return known;
  let height = 0;
  for (const target of targetsOf(state, wallet)) {
    measurement.steps += 1;
    if (measurement.steps > limits.visitedEdges) return undefined;
    const below = measure(state, target, measurement);
    if (below === undefined) return undefined;
    if (below + 1 > height) height = below + 1;
  }
  measurement.heights[`${wallet}`] = height;
  return height;
}
