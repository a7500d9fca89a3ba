/**
 * Emission: a fixed fraction of what is not yet minted, every five minutes, which halves the rest about every four
 * years. Exact integers (`docs/mint.md`); the vectors are in `test/data/emission.json`.
 */
import { apportion } from "../math/apportion.ts";
import { divide } from "../math/division.ts";
import { quotient } from "../math/integer.ts";
import { multiply, power10 } from "../math/multiplication.ts";
import { add, isZero, type Natural, natural, subtract, ZERO } from "../math/natural.ts";
import { limits } from "../protocol/limits.ts";
import type { Era, MintParameters, MintState } from "./state.ts";

export const CYCLE_MILLISECONDS = 300_000;
export const MILESTONE_CYCLES = 1_000;
const RATE_NUMERATOR = natural(1_647_321_875);
const RATE_DENOMINATOR = power10(15);

/** What one more cycle emits, rounded down: (cap − minted) · 1647321875 / 10^15. */
export function rewardDown(cap: Natural, minted: Natural): Natural {
  return divide(multiply(subtract(cap, minted), RATE_NUMERATOR), RATE_DENOMINATOR).quotient;
}

/** How many cycles are due and not yet minted. */
export function dueCycles(state: MintState, now: number): number {
  const { start } = state.parameters;
  return now < start ? 0 : quotient(now - start, CYCLE_MILLISECONDS) - state.cycle;
}

/** When a cycle is due, in milliseconds. */
export function dueAt(parameters: MintParameters, cycle: number): number {
  return parameters.start + cycle * CYCLE_MILLISECONDS;
}

/** What a tick came to: how many cycles, how much in all, and how much by ledger, in the order of `ledgers`. */
export interface Minted {
  readonly cycles: number;
  readonly amount: Natural;
  readonly byLedger: readonly Natural[];
}

/**
 * Mints every cycle that is due, one by one, at most `limits.cyclesPerTick`; each is split over the ledgers of its era
 * by largest remainder.
 */
export function mintDue(state: MintState, now: number): Minted {
  const due = dueCycles(state, now);
  const cycles = due < limits.cyclesPerTick ? due : limits.cyclesPerTick;
  const byLedger = state.ledgers.map(() => ZERO);
  let amount = ZERO;
  for (let i = 0; i < cycles; i++) {
    const reward = rewardDown(state.parameters.cap, state.minted);
    state.cycle += 1;
    state.minted = add(state.minted, reward);
    amount = add(amount, reward);
    if (state.cycle % MILESTONE_CYCLES === 0) state.milestones.push(state.minted);
    split(state, reward, byLedger);
  }
  state.ledgers.forEach((ledger, i) => {
    ledger.minted = add(ledger.minted, byLedger[i]!);
  });
  return { cycles, amount, byLedger };
}

/** What a cycle emitted or will emit, and all that is minted with it; undefined for one too far in the future. */
export function emissionOf(
  state: MintState,
  cycle: number,
): { reward: Natural; minted: Natural } | undefined {
  const reached = (state.milestones.length - 1) * MILESTONE_CYCLES;
  if (cycle > state.cycle + limits.foreseenCycles) return undefined;
  const wanted = cycle - (cycle % MILESTONE_CYCLES);
  let at = wanted < reached ? wanted : reached;
  let minted = state.milestones[quotient(at, MILESTONE_CYCLES)]!;
  let reward = ZERO;
  if (at === cycle && cycle > 0) {
    at -= MILESTONE_CYCLES;
    minted = state.milestones[quotient(at, MILESTONE_CYCLES)]!;
  }
  while (at < cycle) {
    reward = rewardDown(state.parameters.cap, minted);
    minted = add(minted, reward);
    at += 1;
  }
  return { reward, minted };
}

/** The era that a time belongs to. */
export function eraAt(eras: readonly Era[], time: number): Era {
  let current = eras[0]!;
  for (const era of eras) if (era.from <= time) current = era;
  return current;
}

/** Adds one cycle's parts to what each ledger gets. */
function split(state: MintState, reward: Natural, byLedger: Natural[]): void {
  if (isZero(reward)) return;
  const { shares } = eraAt(state.parameters.eras, dueAt(state.parameters, state.cycle));
  const parts = apportion(
    reward,
    shares.map(({ share }) => share),
  )!;
  shares.forEach(({ ledger }, i) => {
    const position = state.ledgers.findIndex((known) => known.ledger === ledger);
    byLedger[position] = add(byLedger[position]!, parts[i]!);
  });
}
