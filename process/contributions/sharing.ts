/** Sharing out by largest remainder, a slice a message, so that no number of delegators is too many. */
import { beginApportionment, giveRemainders, partDown } from "../math/apportion.ts";
import { isZero, type Natural, ONE, ZERO } from "../math/natural.ts";
import { limits } from "../protocol/limits.ts";
import type { Contributions } from "./state.ts";

/** What is done with an account's part, in one or two goes. */
export type Credit = (account: string, quantity: Natural) => void;

/** Fixes the contributions and the amount that is shared out over them. False when nobody has contributed. */
export function beginSharing(contributions: Contributions, amount: Natural): boolean {
  contributions.position = 0;
  if (isZero(contributions.total)) return false;
  contributions.phase = "parting";
  contributions.apportionment = beginApportionment(amount, contributions.total);
  return true;
}

/** The next slice. Afterwards the phase is `paying` when everything is shared out. */
export function share(contributions: Contributions, credit: Credit): void {
  if (contributions.phase === "parting") shareDown(contributions, credit);
  if (contributions.phase === "rounding") shareRemainders(contributions, credit);
}

/** Forgets who has contributed to this round; the next may begin. */
export function endRound(contributions: Contributions): void {
  contributions.phase = "idle";
  contributions.participants = [];
  contributions.position = 0;
  contributions.total = ZERO;
  contributions.apportionment = undefined;
}

function shareDown(contributions: Contributions, credit: Credit): void {
  const { participants, apportionment, delegators } = contributions;
  const end = contributions.position + limits.apportionedPerMessage;
  while (contributions.position < participants.length && contributions.position < end) {
    const slot = participants[contributions.position]!;
    credit(delegators.register.names[slot]!, partDown(apportionment!, delegators.current[slot]!));
    delegators.current[slot] = ZERO;
    contributions.position += 1;
  }
  if (contributions.position === participants.length) contributions.phase = "rounding";
}

/** Of equal remainders the lower address comes first, whatever the order of the reports. */
function shareRemainders(contributions: Contributions, credit: Credit): void {
  const { participants, apportionment, delegators } = contributions;
  const { names } = delegators.register;
  const done = giveRemainders(
    apportionment!,
    limits.apportionedPerMessage,
    (i, j) => names[participants[i]!]! < names[participants[j]!]!,
    (i) => credit(names[participants[i]!]!, ONE),
  );
  if (!done) return;
  contributions.apportionment = undefined;
  contributions.position = 0;
  contributions.phase = "paying";
}
