/** A mint cycle: the only thing that happens every five minutes, at a cost that does not depend on the wallets. */
import { apportion } from "../math/apportion.ts";
import { divide } from "../math/division.ts";
import { multiplySmall } from "../math/multiplication.ts";
import { add, isZero, type Natural, subtract, ZERO } from "../math/natural.ts";
import { limits } from "../protocol/limits.ts";
import { ALL } from "./accrual.ts";
import { toScaled, toUnitsDown } from "./scale.ts";
import { exactWeight } from "./stakes.ts";
import type { Holdings, LedgerState } from "./state.ts";

/**
 * Distributes what has been minted since the last cycle: over the classes by their shares, within a class over its
 * tokens by weight, both by largest remainder; each token's index takes its part. What has no weight to go to waits.
 */
export function distribute(state: LedgerState, minted: Natural, cycle: number, timestamp: number): void {
  state.minted = add(state.minted, minted);
  if (cycle > state.cycle) state.cycle = cycle;
  const amount = add(minted, state.feesWaiting);
  state.feesWaiting = ZERO;
  const shares = apportion(
    amount,
    state.parameters.classes.map(({ share }) => share),
  );
  const paid = state.tokens.map(() => ZERO);
  state.parameters.classes.forEach((_, tokenClass) => {
    state.waiting[tokenClass] = add(state.waiting[tokenClass]!, toScaled(shares![tokenClass]!));
    distributeClass(state, tokenClass, paid);
  });
  state.cycles[state.cycleCount % limits.rememberedCycles] = {
    cycle,
    timestamp,
    minted,
    perToken: paid.map((part) => toUnitsDown(part)),
  };
  state.cycleCount += 1;
}

/** Whether a complete snapshot is not yet in effect: cycles wait for it, so that none sees half of it. */
export function isBetweenSnapshots(state: LedgerState): boolean {
  return state.tokens.some(({ snapshot }) => snapshot.phase !== "idle");
}

function distributeClass(state: LedgerState, tokenClass: number, paid: Natural[]): void {
  if (isBetweenSnapshots(state)) return;
  const weights = state.tokens.map((token) =>
    token.tokenClass === tokenClass ? exactWeight(token, token.total) : ZERO,
  );
  if (weights.every((weight) => isZero(weight))) return;
  const parts = apportion(state.waiting[tokenClass]!, weights);
  state.waiting[tokenClass] = ZERO;
  state.tokens.forEach((token, i) => {
    const part = parts![i]!;
    if (!isZero(part)) {
      paid[i] = part;
      state.distributed = add(state.distributed, payInto(token, part));
    }
  });
}

/** Raises a token's index by what one stake earns of the part and the last rest. Returns what the stakes earn. */
function payInto(token: Holdings, part: Natural): Natural {
  const amount = add(part, token.rest);
  const { quotient, remainder } = divide(amount, multiplySmall(token.total, ALL));
  token.index = add(token.index, quotient);
  token.rest = remainder;
  return subtract(amount, remainder);
}
