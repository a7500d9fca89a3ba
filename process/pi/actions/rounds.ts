/** The rounds in which yield becomes PI: what the ledgers report, and batches to those who contributed. */
import { receiveReport } from "../../contributions/collection.ts";
import { payMany } from "../../payouts/till.ts";
import { limits } from "../../protocol/limits.ts";
import type { Effect, Message, Outcome, Send } from "../../protocol/message.ts";
import { send } from "../../protocol/reply.ts";
import type { IndexState } from "../state.ts";
import { carryOn, finish, isBusy } from "../yield.ts";
import { mintMessages } from "./paying.ts";

/** A page of a ledger's report. */
export function contributionReport(state: IndexState, message: Message): Outcome {
  const asked = receiveReport(state.contributions, message);
  return [...asked, ...goOn(state, message.now)];
}

/** Carries the round on; where there is more to do than a message may, the index sends itself another one. */
export function goOn(state: IndexState, now: number): readonly Effect[] {
  const effects: Effect[] = [];
  carryOn(state, now);
  if (state.contributions.phase === "paying")
    effects.push(...mintMessages(state, now), ...payDelegators(state, now));
  if (isBusy(state)) effects.push(send(state.parameters.id, "Tick", []));
  return effects;
}

/** The next batches of PI to the round's delegators. Who gets no place in one can claim. */
function payDelegators(state: IndexState, now: number): readonly Send[] {
  const { contributions, pi } = state;
  const { participants, delegators } = contributions;
  const sends: Send[] = [];
  while (contributions.position < participants.length && sends.length < limits.batchesPerMessage) {
    const end = contributions.position + limits.batchRows;
    const slots = participants.slice(
      contributions.position,
      end < participants.length ? end : participants.length,
    );
    sends.push(
      ...payMany(
        pi,
        slots.map((slot) => delegators.register.names[slot]!),
        now,
      ),
    );
    contributions.position += slots.length;
  }
  if (contributions.position >= participants.length) finish(state);
  return sends;
}
