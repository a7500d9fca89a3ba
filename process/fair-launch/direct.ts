/** AO that somebody sends to the launch itself, and what it counts for. */
import { contribute, enrolDelegator } from "../contributions/delegators.ts";
import { isBusy } from "../contributions/sharing.ts";
import type { Natural } from "../math/natural.ts";
import type { LaunchState } from "./state.ts";

/** AO that an account sent itself. While shares are being worked out it counts for the next round. */
export function contributeDirectly(
  { contributions, late }: LaunchState,
  account: string,
  quantity: Natural,
): void {
  const slot = enrolDelegator(contributions, account);
  if (isBusy(contributions)) late.push({ slot, quantity });
  else contribute(contributions, slot, quantity);
}

/** Counts what came while the round was being shared out. */
export function countLate(state: LaunchState): void {
  for (const { slot, quantity } of state.late) contribute(state.contributions, slot, quantity);
  state.late = [];
}
