/** Sharing out by largest remainder, a slice a message, so that no number of delegators is too many. */
import { type Apportionment, beginApportionment, giveRemainders, partDown } from "../math/apportion.ts";
import { add, isZero, type Natural, ONE, subtract, ZERO } from "../math/natural.ts";
import { bookOwed, oweEach, type Till } from "../payouts/till.ts";
import { limits } from "../protocol/limits.ts";
import type { Contributions } from "./state.ts";

/** Fixes the contributions and the amount that is shared out over them. False when nobody has contributed. */
export function beginSharing(contributions: Contributions, amount: Natural): boolean {
  contributions.position = 0;
  if (isZero(contributions.total)) return false;
  contributions.phase = "parting";
  contributions.apportionment = beginApportionment(amount, contributions.total);
  return true;
}

/** The next slice, which the till then owes; gives what it comes to. Afterwards the phase is `paying` when everything is shared out. */
export function share(contributions: Contributions, till: Till): Natural {
  const { apportionment } = contributions;
  if (apportionment === undefined) return ZERO;
  const { left } = apportionment;
  if (contributions.phase === "parting") shareDown(contributions, apportionment, till);
  if (contributions.phase === "rounding") shareRemainders(contributions, apportionment, till);
  const quantity = subtract(left, apportionment.left);
  bookOwed(till, quantity);
  return quantity;
}

/** Whether a round is under way that waits for nobody. */
export function isBusy({ phase }: Contributions): boolean {
  return phase !== "idle" && phase !== "collecting";
}

/** Forgets who has contributed to this round; the next may begin. */
export function endRound(contributions: Contributions): void {
  contributions.phase = "idle";
  contributions.participants = [];
  contributions.position = 0;
  contributions.total = ZERO;
}

function shareDown(contributions: Contributions, apportionment: Apportionment, till: Till): void {
  const { participants, delegators } = contributions;
  const { current } = delegators;
  const end = contributions.position + limits.apportionedPerMessage;
  while (contributions.position < participants.length && contributions.position < end) {
    const slot = participants[contributions.position]!;
    give(contributions, slot, partDown(apportionment, current[slot]!), till);
    current[slot] = ZERO;
    contributions.position += 1;
  }
  if (contributions.position === participants.length) contributions.phase = "rounding";
}

/** Of equal remainders the lower address comes first, whatever the order of the reports. */
function shareRemainders(contributions: Contributions, apportionment: Apportionment, till: Till): void {
  const { participants, delegators } = contributions;
  const { names } = delegators.register;
  const done = giveRemainders(
    apportionment,
    limits.apportionedPerMessage,
    (i, j) => names[participants[i]!]! < names[participants[j]!]!,
    (i) => give(contributions, participants[i]!, ONE, till),
  );
  if (!done) return;
  contributions.apportionment = undefined;
  contributions.position = 0;
  contributions.phase = "paying";
}

function give({ delegators }: Contributions, slot: number, quantity: Natural, till: Till): void {
  const { credited, register } = delegators;
  credited[slot] = add(credited[slot]!, quantity);
  oweEach(till, register.names[slot]!, quantity);
}
