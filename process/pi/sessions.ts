/** Deposits in kind: a session collects the legs, until the last is in or its deadline has passed. */
import { joinLine, leaveLine } from "../collections/line.ts";
import { emptyRecord } from "../collections/record.ts";
import { add, compare, isZero, type Natural, subtract, ZERO } from "../math/natural.ts";
import { limits } from "../protocol/limits.ts";
import { addBacking, inKindDown, mintPi, shareUp, wholeOf } from "./shares.ts";
import type { Asset, IndexState, Session } from "./state.ts";

/** Opens a session; undefined when too many are open. */
export function openSession(
  state: IndexState,
  id: string,
  owner: string,
  leastOut: Natural,
  now: number,
): Session | undefined {
  if (state.line.size >= limits.sessions) return undefined;
  const deadline = now + state.parameters.sessionPatience;
  const session = { id, owner, leastOut, deadline, legs: emptyRecord<Natural>() };
  state.sessions[id] = session;
  joinLine(state.line, id);
  return session;
}

/** Adds to a leg. */
export function deposit(session: Session, asset: Asset, quantity: Natural): void {
  session.legs[asset.token] = add(session.legs[asset.token] ?? ZERO, quantity);
  asset.deposits = add(asset.deposits, quantity);
}

/** The session whose deadline has passed first; undefined when none has. */
export function expiredSession({ sessions, line }: IndexState, now: number): Session | undefined {
  const first = line.size === 0 ? undefined : sessions[line.first];
  return first !== undefined && first.deadline <= now ? first : undefined;
}

/** What goes back of an asset. */
export interface Excess {
  readonly asset: Asset;
  readonly quantity: Natural;
}

/** What came of a session: PI, and what goes back of each leg. */
export interface Completed {
  readonly pi: Natural;
  readonly excess: readonly Excess[];
}

/**
 * Completes a session whose legs are all in: PI by the smallest of them, rounded down; of each leg what that takes, rounded up; the excess goes
 * back. Undefined while a leg is missing, or where it comes to less than is wanted, or to nothing.
 */
export function complete(state: IndexState, session: Session): Completed | undefined {
  const pi = inKindDown(state, session.legs);
  if (isZero(pi) || compare(pi, session.leastOut) < 0) return undefined;
  const excess: Excess[] = [];
  for (const asset of state.assets) {
    const leg = session.legs[asset.token] ?? ZERO;
    if (!isZero(leg)) {
      const used = shareUp(state, asset, pi);
      asset.deposits = subtract(asset.deposits, leg);
      addBacking(asset, used);
      excess.push({ asset, quantity: subtract(leg, used) });
    }
  }
  mintPi(state, pi);
  close(state, session);
  return { pi, excess };
}

/** Ends a session without PI: all legs go back. */
export function dissolve(state: IndexState, session: Session): readonly Excess[] {
  const legs: Excess[] = [];
  for (const asset of state.assets) {
    const quantity = session.legs[asset.token] ?? ZERO;
    if (!isZero(quantity)) {
      asset.deposits = subtract(asset.deposits, quantity);
      legs.push({ asset, quantity });
    }
  }
  close(state, session);
  return legs;
}

/** Whether every asset that has backing has a leg. */
export function hasAllLegs(state: IndexState, { legs }: Session): boolean {
  return state.assets.every((asset) => isZero(wholeOf(state, asset)) || legs[asset.token] !== undefined);
}

function close(state: IndexState, { id }: Session): void {
  delete state.sessions[id];
  leaveLine(state.line, id);
}
