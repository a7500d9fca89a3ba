/** Sending a round's participants what they can claim. */
import { hasRoom } from "../payouts/payouts.ts";
import { isOwed, payMany, type Till } from "../payouts/till.ts";
import { limits } from "../protocol/limits.ts";
import type { Send } from "../protocol/message.ts";
import type { Contributions } from "./state.ts";

/**
 * The next batches to the participants. Who gets no place in one can claim; nobody does while it is not known what came
 * of an earlier payout, so that a mute token never holds more than one round's tokens up.
 */
export function payParticipants(contributions: Contributions, till: Till, now: number): readonly Send[] {
  const { participants } = contributions;
  const batches: Send[] = [];
  // Most participants may have nothing coming, and fill no batch.
  const most = contributions.position + limits.batchesPerMessage * limits.batchRows;
  const end = most < participants.length ? most : participants.length;
  if (till.payouts.unconfirmedCount > 0) contributions.position = participants.length;
  while (contributions.position < end) {
    if (!hasRoom(till.payouts)) contributions.position = participants.length;
    batches.push(...payMany(till, nextOwed(contributions, till, end), now));
  }
  return batches;
}

/** Whether every participant had its turn. */
export function arePaid({ position, participants }: Contributions): boolean {
  return position >= participants.length;
}

/** Those of the participants up to a position who have something coming, as many as fit a batch. */
function nextOwed(contributions: Contributions, till: Till, end: number): readonly string[] {
  const { participants, delegators } = contributions;
  const owed: string[] = [];
  while (contributions.position < end && owed.length < limits.batchRows) {
    const account = delegators.register.names[participants[contributions.position]!]!;
    if (isOwed(till, account)) owed.push(account);
    contributions.position += 1;
  }
  return owed;
}
