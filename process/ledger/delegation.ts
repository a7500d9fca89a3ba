/**
 * Sets of delegations. A wallet's set is sorted by address, unique, without itself and without zeros; what is left over
 * it keeps. A set is checked whole before anything is written.
 */
import { slotOf } from "../collections/register.ts";
import { touch } from "../collections/touched.ts";
import { apportionBasisPoints } from "../math/apportion.ts";
import { add, compare, formatNatural, isZero, type Natural, ZERO } from "../math/natural.ts";
import { limits } from "../protocol/limits.ts";
import { type Refusal, refuse } from "../protocol/refusal.ts";
import { ALL, settle, withdrawableOf } from "./accrual.ts";
import {
  chainEdges,
  createEdge,
  edgesOf,
  isForgettable,
  removeEdge,
  setFactor,
  settleKept,
} from "./edges.ts";
import { countChain, depthOf, heightOf, leadsTo, targetsOf } from "./graph.ts";
import { moveShare } from "./stakes.ts";
import type { LedgerState } from "./state.ts";
import { enrolWallet, forgetIfEmpty } from "./wallets.ts";

/** A share that a wallet states: to whom, and how many basis points. */
export interface Preference {
  readonly target: string;
  readonly factor: number;
}

/** What a wallet states of itself. `keeps` says "I keep the rest", which is a statement even with no preference. */
export interface Statement {
  readonly preferences: readonly Preference[];
  readonly keeps: boolean;
}

/** What a wallet states now; a default is no statement. */
export function statementOf(state: LedgerState, account: string): Statement {
  const wallet = slotOf(state.wallets.register, account);
  if (wallet === undefined || state.wallets.explicit[wallet] !== true)
    return { preferences: [], keeps: false };
  const { edges, wallets } = state;
  const preferences: Preference[] = [];
  for (const edge of edgesOf(state, wallet)) {
    const factor = edges.factor[edge]!;
    if (factor > 0) {
      preferences.push({
        target: wallets.register.names[edges.to[edge]!]!,
        factor: edges.stated[edge] ?? factor,
      });
    }
  }
  return { preferences, keeps: preferences.length === 0 };
}

/** The statement with one share set: 0 takes it away; the wallet itself means "keep". */
export function withPreference(statement: Statement, account: string, preference: Preference): Statement {
  if (preference.target === account) return { ...statement, keeps: preference.factor > 0 };
  const others = statement.preferences.filter(({ target }) => target !== preference.target);
  if (preference.factor === 0) return { ...statement, preferences: others };
  return { ...statement, preferences: sorted([...others, preference]) };
}

/** In the order of the targets' addresses. */
export function sorted(preferences: readonly Preference[]): readonly Preference[] {
  const result: Preference[] = [];
  for (const preference of preferences) {
    let position = result.length;
    result.push(preference);
    while (position > 0 && result[position - 1]!.target > preference.target) {
      result[position] = result[position - 1]!;
      position -= 1;
    }
    result[position] = preference;
  }
  return result;
}

/** What is wrong with a statement, if anything. What only takes away shares is always right. */
export function checkStatement(
  state: LedgerState,
  account: string,
  statement: Statement,
): Refusal | undefined {
  const { policies } = state.parameters;
  const before = statementOf(state, account).preferences;
  const changed = statement.preferences.filter(({ target, factor }) => factor !== factorIn(before, target));
  if (changed.length === 0) return undefined;
  if (changed.some(({ factor }) => factor < policies.smallestFraction)) {
    return refuse(
      "fraction-too-small",
      `A delegation must be at least ${policies.smallestFraction} basis points`,
    );
  }
  const raised = changed.filter(({ target, factor }) => factor > factorIn(before, target));
  if (raised.length === 0) return undefined;
  if (statement.preferences.length > policies.fanOut) {
    return refuse("too-many-delegations", `A wallet may delegate to at most ${policies.fanOut} others`);
  }
  let total = 0;
  for (const { factor } of statement.preferences) total += factor;
  if (total > ALL && policies.overDelegation === "reject") {
    return refuse("over-delegation", "total delegation factors exceed 10000 basis points");
  }
  if (countEdgesWith(state, account, raised) > limits.rememberedEdges) {
    return refuse(
      "too-many-delegations",
      `A wallet may have delegated to at most ${limits.rememberedEdges} others in all`,
    );
  }
  for (const { target } of raised) {
    const refusal = factorIn(before, target) === 0 ? checkShape(state, account, target) : undefined;
    if (refusal !== undefined) return refusal;
  }
  return checkFee(state, account);
}

/** Makes a checked statement the wallet's own. Returns whether anything changed. */
export function applyStatement(
  state: LedgerState,
  account: string,
  statement: Statement,
  now: number,
): boolean {
  const before = statementOf(state, account).preferences;
  const known = slotOf(state.wallets.register, account);
  const wasExplicit = known !== undefined && state.wallets.explicit[known] === true;
  const isExplicit = statement.preferences.length > 0 || statement.keeps;
  if (isExplicit === wasExplicit && areEqual(before, statement.preferences)) return false;
  const wallet = enrolWallet(state, account);
  const raises = statement.preferences.some(({ target, factor }) => factor > factorIn(before, target));
  if (raises) takeFee(state, wallet);
  const shares = isExplicit
    ? sharesOf(statement)
    : holdsNothing(state, wallet)
      ? []
      : defaultShares(state, account);
  writeShares(state, wallet, shares, isExplicit);
  state.wallets.updated[wallet] = now;
  touch(state.touched, account);
  forgetIfEmpty(state, wallet);
  return true;
}

/** A wallet that holds nothing gets its default only once it does: strangers' wallets would stay for ever otherwise. */
function holdsNothing(state: LedgerState, wallet: number): boolean {
  return state.tokens.every(({ quantity }) => isZero(quantity[wallet] ?? ZERO));
}

/** Gives a wallet that has said nothing its default, where there is one. */
export function applyDefault(state: LedgerState, wallet: number): void {
  if (state.wallets.explicit[wallet] === true || (state.wallets.outgoing[wallet] ?? 0) !== 0) return;
  const shares = defaultShares(state, state.wallets.register.names[wallet]!);
  if (shares.length > 0) writeShares(state, wallet, shares, false);
}

/** A share in force, and the one that the wallet stated, which may be more. */
interface Share {
  readonly target: string;
  readonly factor: number;
  readonly stated: number;
}

/** Law: normalising keeps the ratios within one basis point. */
function sharesOf({ preferences }: Statement): readonly Share[] {
  const factors = apportionBasisPoints(preferences.map(({ factor }) => factor));
  return preferences.map(({ target, factor }, i) => ({ target, factor: factors[i]!, stated: factor }));
}

function defaultShares(state: LedgerState, account: string): readonly Share[] {
  const { defaultTarget } = state.parameters.policies;
  if (defaultTarget === "" || defaultTarget === account) return [];
  return [{ target: defaultTarget, factor: ALL, stated: ALL }];
}

/** The shares that a wallet's edges carry from now on. */
function writeShares(
  state: LedgerState,
  wallet: number,
  shares: readonly Share[],
  isExplicit: boolean,
): void {
  const { wallets, edges } = state;
  settle(state, wallet);
  settleKept(state, wallet);
  countChains(state, wallet, -1);
  const own = wallets.own[wallet] ?? ZERO;
  const former = edgesOf(state, wallet);
  const current = shares.map(({ target }) => {
    const slot = enrolWallet(state, target);
    return former.find((edge) => edges.to[edge] === slot) ?? createEdge(state, wallet, slot);
  });
  const dropped = former.filter((edge) => !current.includes(edge));
  for (const edge of dropped) carry(state, edge, 0, 0, own);
  shares.forEach(({ factor, stated }, i) => carry(state, current[i]!, factor, stated, own));

  const forgotten = dropped.filter((edge) => isForgettable(state, edge));
  const remembered = dropped.filter((edge) => !forgotten.includes(edge));
  chainEdges(state, wallet, sortedByTarget(state, [...current, ...remembered]));
  wallets.outgoing[wallet] = shares.reduce((sum, { factor }) => sum + factor, 0);
  if (isExplicit || wallets.explicit[wallet] !== undefined) wallets.explicit[wallet] = isExplicit;
  for (const edge of forgotten) {
    const target = edges.to[edge]!;
    removeEdge(state, edge);
    forgetIfEmpty(state, target);
  }
  countChains(state, wallet, 1);
}

/** An edge carries another share from now on; the delegator has been settled. */
function carry(state: LedgerState, edge: number, factor: number, stated: number, own: Natural): void {
  const { from, to, factor: factors } = state.edges;
  moveShare(state, from[edge]!, to[edge]!, factors[edge]!, factor);
  setFactor(state, edge, factor, stated, own);
}

function countChains(state: LedgerState, wallet: number, added: 1 | -1): void {
  if (state.parameters.policies.deepestChain === 0) return;
  const depth = depthOf(state, wallet) + 1;
  for (const target of targetsOf(state, wallet)) countChain(state, target, depth, added);
}

function sortedByTarget(state: LedgerState, edges: readonly number[]): readonly number[] {
  const { names } = state.wallets.register;
  const result: number[] = [];
  for (const edge of edges) {
    const name = names[state.edges.to[edge]!]!;
    let position = result.length;
    while (position > 0 && names[state.edges.to[result[position - 1]!]!]! > name) {
      result[position] = result[position - 1]!;
      position -= 1;
    }
    result[position] = edge;
  }
  return result;
}

/** How many edges a wallet has with these, those of the past included: every change walks along them. */
function countEdgesWith(state: LedgerState, account: string, added: readonly Preference[]): number {
  const from = slotOf(state.wallets.register, account);
  const edges = from === undefined ? [] : edgesOf(state, from);
  const isNew = ({ target }: Preference): boolean => {
    const to = slotOf(state.wallets.register, target);
    return to === undefined || !edges.some((edge) => state.edges.to[edge] === to);
  };
  return edges.length + added.filter((preference) => isNew(preference)).length;
}

/** Whether a new edge keeps to the rules on cycles and chains. */
function checkShape(state: LedgerState, account: string, target: string): Refusal | undefined {
  const { allowCycles, deepestChain } = state.parameters.policies;
  const from = slotOf(state.wallets.register, account);
  const to = slotOf(state.wallets.register, target);
  const tooLarge = refuse("graph-too-large", `${target} delegates on to too many others to check`);
  if (!allowCycles && from !== undefined && to !== undefined) {
    const circular = leadsTo(state, to, from);
    if (circular === undefined) return tooLarge;
    if (circular) return refuse("cycle", `A delegation to ${target} would lead back to the sender`);
  }
  if (deepestChain > 0) {
    const height = to === undefined ? 0 : heightOf(state, to);
    if (height === undefined) return tooLarge;
    if ((from === undefined ? 0 : depthOf(state, from)) + 1 + height > deepestChain) {
      return refuse("chain-too-deep", `A chain of delegations may have at most ${deepestChain} steps`);
    }
  }
  return undefined;
}

function checkFee(state: LedgerState, account: string): Refusal | undefined {
  const { changeFee } = state.parameters.policies;
  if (isZero(changeFee)) return undefined;
  const wallet = slotOf(state.wallets.register, account);
  const available = wallet === undefined ? ZERO : withdrawableOf(state, wallet);
  if (compare(available, changeFee) >= 0) return undefined;
  return refuse(
    "fee",
    `A change of delegations costs ${formatNatural(changeFee)} of the wallet's accrued yield`,
  );
}

/** The fee goes to the next cycle, for everybody. */
function takeFee(state: LedgerState, wallet: number): void {
  const { changeFee } = state.parameters.policies;
  if (isZero(changeFee)) return;
  state.wallets.fees[wallet] = add(state.wallets.fees[wallet] ?? ZERO, changeFee);
  state.feesTaken = add(state.feesTaken, changeFee);
  state.feesWaiting = add(state.feesWaiting, changeFee);
}

function factorIn(preferences: readonly Preference[], target: string): number {
  return preferences.find((preference) => preference.target === target)?.factor ?? 0;
}

function areEqual(left: readonly Preference[], right: readonly Preference[]): boolean {
  if (left.length !== right.length) return false;
  return left.every(({ target, factor }, i) => target === right[i]!.target && factor === right[i]!.factor);
}
