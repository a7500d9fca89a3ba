/** Sharing out: by largest remainder, a slice a message, so that no number of delegators is too many. */
import { beginApportionment, giveRemainders, partDown } from "../math/apportion.ts";
import { isZero, ONE, subtract, ZERO } from "../math/natural.ts";
import { limits } from "../protocol/limits.ts";
import { bookCredits, credit } from "./delegators.ts";
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
  const { participants } = round;
  const apportionment = round.apportionment!;
  const { left } = apportionment;
  const end = round.position + limits.apportionedPerMessage;
  while (round.position < participants.length && round.position < end) {
    const slot = participants[round.position]!;
    credit(state, slot, partDown(apportionment, delegators.current[slot]!));
    delegators.current[slot] = ZERO;
    round.position += 1;
  }
  bookCredits(state, subtract(left, apportionment.left));
  if (round.position === participants.length) round.phase = "rounding";
}

/** Credits the largest remainders with a unit more. Of equal ones the lower address comes first, whatever the order of the reports. */
export function shareRemainders(state: LaunchState): void {
  const { round, delegators } = state;
  const { participants } = round;
  const { names } = delegators.register;
  const apportionment = round.apportionment!;
  const { left } = apportionment;
  const done = giveRemainders(
    apportionment,
    limits.apportionedPerMessage,
    (i, j) => names[participants[i]!]! < names[participants[j]!]!,
    (i) => credit(state, participants[i]!, ONE),
  );
  bookCredits(state, subtract(left, apportionment.left));
  if (!done) return;
  round.apportionment = undefined;
  round.position = 0;
  round.phase = "paying";
}
