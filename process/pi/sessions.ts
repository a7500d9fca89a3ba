/** Deposits in kind: a session collects the legs, until the last is in or its deadline has passed. */
import { joinLine, leaveLine, type Line } from "../collections/line.ts";
import { emptyRecord } from "../collections/record.ts";
import { add, compare, isZero, type Natural, subtract, ZERO } from "../math/natural.ts";
import { limits } from "../protocol/limits.ts";
import { chargeLeftOut } from "./left-out.ts";
import { addBacking, inKindDown, legUp, mintPi, wholeOf, worthInPiDown } from "./shares.ts";
import type { Asset, IndexState, LegScale, Session } from "./state.ts";

/** What somebody asks for when a session is opened. */
export interface SessionRequest {
  readonly id: string;
  readonly owner: string;
  readonly leastOut: Natural;
  /** Tokens of launches that are not brought. */
  readonly without: readonly string[];
}

/** Opens a session. It costs nothing, so that it has no right to its place until a leg is in: with too many open, the oldest of them goes. */
export function openSession(state: IndexState, request: SessionRequest, now: number): Session {
  const { openings, sessions, parameters } = state;
  if (openings.size >= limits.sessions) close(state, sessions[openings.first]!);
  const session: Session = {
    ...request,
    ...{ deadline: now + parameters.sessionPatience, funded: false, size: ZERO, legs: emptyRecord() },
  };
  sessions[session.id] = session;
  joinLine(openings, session.id);
  return session;
}

/**
 * Adds to a leg. With its first one a session takes a place among those that wait for their legs, for as long as its patience from then on. When all
 * places are taken it needs a leg that is worth more, in PI, than all of some other session, which is given back: undefined when there is none.
 */
export function deposit(
  state: IndexState,
  session: Session,
  asset: Asset,
  quantity: Natural,
  now: number,
): { readonly displaced?: Session } | undefined {
  const leg = add(session.legs[asset.token] ?? ZERO, quantity);
  const worth = worthInPiDown(state, asset, leg);
  let displaced: Session | undefined;
  if (!session.funded) {
    if (state.line.size >= limits.sessions) {
      displaced = smallestSession(state);
      if (compare(worth, displaced.size) <= 0) return undefined;
    }
    leaveLine(state.openings, session.id);
    joinLine(state.line, session.id);
    session.funded = true;
    session.deadline = now + state.parameters.sessionPatience;
  }
  session.legs[asset.token] = leg;
  if (compare(worth, session.size) > 0) session.size = worth;
  asset.deposits = add(asset.deposits, quantity);
  return displaced === undefined ? {} : { displaced };
}

/** Of those with legs the one whose largest is worth least, of equal ones the oldest. */
function smallestSession({ line, sessions }: IndexState): Session {
  let smallest = sessions[line.first]!;
  for (let id = line.behind[line.first]; id !== undefined; id = line.behind[id]) {
    const session = sessions[id]!;
    if (compare(session.size, smallest.size) < 0) smallest = session;
  }
  return smallest;
}

/** Ends the sessions without a leg whose deadline has passed. */
export function forgetEmptySessions(state: IndexState, now: number): void {
  for (let next = expiredIn(state.openings, state, now); next !== undefined;) {
    close(state, next);
    next = expiredIn(state.openings, state, now);
  }
}

/** The session with legs whose deadline has passed first; undefined when none has. */
export function expiredSession(state: IndexState, now: number): Session | undefined {
  return expiredIn(state.line, state, now);
}

function expiredIn({ first, size }: Line, { sessions }: IndexState, now: number): Session | undefined {
  const session = size === 0 ? undefined : sessions[first]!;
  return session !== undefined && session.deadline <= now ? session : undefined;
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
 * back. In words why not, where it comes to less than is wanted, or to nothing, or what is left out is too much for the hour's caps.
 */
export function complete(
  state: IndexState,
  session: Session,
  scale: LegScale,
  now: number,
): Completed | string {
  const pi = inKindDown(state, session, scale);
  if (isZero(pi) || compare(pi, session.leastOut) < 0) return "The smallest leg is worth less than Min-Out";
  if (!chargeLeftOut(state, session.without, pi, now))
    return "What is left out is more than the hour's cap of an asset";
  const excess: Excess[] = [];
  for (const asset of state.assets) {
    const leg = session.legs[asset.token] ?? ZERO;
    if (!isZero(leg)) {
      const used = legUp(state, asset, pi, scale);
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

/** Whether a session waits for a leg of an asset: it has backing, and is not left out. */
export function wantsLeg(state: IndexState, { without }: Session, asset: Asset): boolean {
  return !without.includes(asset.token) && !isZero(wholeOf(state, asset));
}

/** Whether every leg is in that a session waits for. */
export function hasAllLegs(state: IndexState, session: Session): boolean {
  return state.assets.every(
    (asset) => session.legs[asset.token] !== undefined || !wantsLeg(state, session, asset),
  );
}

function close(state: IndexState, { id, funded }: Session): void {
  delete state.sessions[id];
  leaveLine(funded ? state.line : state.openings, id);
}
