/** What the ledger keeps up to date step by step, computed anew from what its oracles and its wallets have said. */
import assert from "node:assert/strict";
import { accruedOf } from "../../process/ledger/accrual.ts";
import { edgesOf } from "../../process/ledger/edges.ts";
import type { Holdings, LedgerState } from "../../process/ledger/state.ts";
import { big } from "./subject.ts";

/** The slots of the wallets that the ledger knows. */
export function walletsOf(state: LedgerState): readonly number[] {
  return state.wallets.register.names.flatMap((name, slot) => (name === "" ? [] : [slot]));
}

/** Yield, times 10^42, wallet by wallet. */
export function accruedByWallet(state: LedgerState): ReadonlyMap<string, bigint> {
  const { names } = state.wallets.register;
  return new Map(walletsOf(state).map((slot) => [names[slot]!, big(accruedOf(state, slot))]));
}

/** Every edge, in force or not, found from its delegator. */
export function forwardEdges(state: LedgerState): readonly number[] {
  return walletsOf(state).flatMap((wallet) => {
    const edges = edgesOf(state, wallet);
    for (const edge of edges)
      assert.equal(state.edges.from[edge], wallet, "an edge is in another wallet's chain");
    return [...edges];
  });
}

/** Every edge, in force or not, found from its target. */
export function reverseEdges(state: LedgerState): readonly number[] {
  const { incoming, freeIncoming } = state.wallets;
  return incoming.flatMap((edges, wallet) => {
    const free = edges.flatMap((edge, place) => (edge === 0 ? [place] : []));
    assert.deepEqual(
      (freeIncoming[wallet] ?? []).toSorted(ascending),
      free,
      "free places are not those free",
    );
    return edges.flatMap((edge, place) => {
      if (edge === 0) return [];
      assert.equal(state.edges.to[edge], wallet, "an edge is among another wallet's");
      assert.equal(state.edges.place[edge], place, "an edge is not in its place");
      return [edge];
    });
  });
}

export function ascending(a: number, b: number): number {
  return a - b;
}

/** Totals, delegated stakes and counts from quantities, shares and idleness alone. */
export function assertRecomputes(state: LedgerState): void {
  const inForce = forwardEdges(state).filter((edge) => state.edges.factor[edge]! > 0);
  assert.equal(state.edges.count, inForce.length, "edges in force are miscounted");
  const outgoing = sums(inForce, (edge) => [state.edges.from[edge]!, BigInt(state.edges.factor[edge]!)]);
  const delegators = sums(inForce, (edge) => [state.edges.to[edge]!, 1n]);
  const slots = walletsOf(state);
  for (const wallet of slots) {
    assert.equal(BigInt(state.wallets.outgoing[wallet] ?? 0), outgoing.get(wallet) ?? 0n, "outgoing shares");
    assert.equal(BigInt(state.wallets.delegators[wallet] ?? 0), delegators.get(wallet) ?? 0n, "delegators");
  }
  for (const token of state.tokens) assertTokenRecomputes(state, token, slots, inForce);
  assert.equal(state.wallets.register.size, slots.length, "wallets are miscounted");
  if (state.parameters.policies.deepestChain > 0) assertChains(state, slots, inForce);
}

function assertTokenRecomputes(
  state: LedgerState,
  token: Holdings,
  slots: readonly number[],
  inForce: readonly number[],
): void {
  const counted = (wallet: number): bigint =>
    state.wallets.idle[wallet] === true ? 0n : big(token.quantity[wallet]);
  const { bridged, bridgedAccount, bridgedQuantity, bridgedTotal } = token.snapshot;
  const total = slots.reduce((sum, wallet) => sum + counted(wallet), 0n);
  assert.equal(big(token.total), total, `the total of ${token.id}`);
  const delegated = sums(inForce, (edge) => [
    state.edges.to[edge]!,
    counted(state.edges.from[edge]!) * BigInt(state.edges.factor[edge]!),
  ]);
  const { slots: slotByName } = state.wallets.register;
  const addresses = bridged.names.flatMap((name, slot) => (name === "" ? [] : [slot]));
  const ofOthers = sums(addresses, (slot) => [
    slotByName[bridgedAccount[slot]!]!,
    big(bridgedQuantity[slot]),
  ]);
  for (const wallet of slots) {
    assert.equal(big(token.delegated[wallet]), delegated.get(wallet) ?? 0n, `delegated stake of ${token.id}`);
    assert.equal(big(bridgedTotal[wallet]), ofOthers.get(wallet) ?? 0n, `bridged amounts of ${token.id}`);
  }
}

/** Chains of what wallets said themselves: none deeper than allowed, and their depths as kept. */
function assertChains(state: LedgerState, slots: readonly number[], inForce: readonly number[]): void {
  const stated = inForce.filter((edge) => state.wallets.explicit[state.edges.from[edge]!] === true);
  const depths = new Map<number, number>();
  const depth = (wallet: number): number => {
    const known = depths.get(wallet);
    if (known !== undefined) return known;
    const edges = stated.filter((edge) => state.edges.to[edge] === wallet);
    const deepest = Math.max(0, ...edges.map((edge) => depth(state.edges.from[edge]!) + 1));
    depths.set(wallet, deepest);
    return deepest;
  };
  for (const wallet of slots) {
    assert.ok(depth(wallet) <= state.parameters.policies.deepestChain, "a chain is deeper than allowed");
    assert.equal((state.wallets.chains[wallet]?.length ?? 1) - 1, depth(wallet), "the depth of a chain");
  }
}

function sums(
  items: readonly number[],
  read: (item: number) => readonly [number, bigint],
): Map<number, bigint> {
  const result = new Map<number, bigint>();
  for (const item of items) {
    const [key, amount] = read(item);
    result.set(key, (result.get(key) ?? 0n) + amount);
  }
  return result;
}
