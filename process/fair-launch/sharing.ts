/** Sharing out: by largest remainder, a slice a message, so that no number of delegators is too many. */
import { beginApportionment, giveRemainders, partDown } from "../math/apportion.ts";
import { isZero, ONE, ZERO } from "../math/natural.ts";
import { limits } from "../protocol/limits.ts";
import { credit } from "./delegators.ts";
import type { LaunchState } from "./state.ts";

/** Fixes the contributions and the amount: all of the rollover. With nothing to share, or nobody, the round goes on to pay. */
export function beginSharing(state: LaunchState): void {
  const { round } = state;
  round.position = 0;
  round.distributed = ZERO;
  round.phase = "parting";
  round.apportionment = isZero(round.total) ? undefined : beginApportionment(state.rollover, round.total);
  if (round.apportionment === undefined) round.phase = "paying";
}

/** Credits the next participants with their parts, rounded down. */
export function shareDown(state: LaunchState): void {
  const { round, delegators } = state;
  const { participants, apportionment } = round;
  const end = round.position + limits.apportionedPerMessage;
  while (round.position < participants.length && round.position < end) {
    const slot = participants[round.position]!;
    credit(state, slot, partDown(apportionment!, delegators.current[slot]!));
    delegators.current[slot] = ZERO;
    round.position += 1;
  }
  if (round.position === participants.length) round.phase = "rounding";
}

/** Credits the largest remainders with a unit more. Of equal ones the lower address comes first, whatever the order of the reports. */
export function shareRemainders(state: LaunchState): void {
  const { round, delegators } = state;
  const { participants } = round;
  const { names } = delegators.register;
  const done = giveRemainders(
    round.apportionment!,
    limits.apportionedPerMessage,
    (i, j) => names[participants[i]!]! < names[participants[j]!]!,
    (i) => credit(state, participants[i]!, ONE),
  );
  if (!done) return;
  round.apportionment = undefined;
  round.position = 0;
  round.phase = "paying";
}
