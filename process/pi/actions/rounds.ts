/** The rounds in which yield becomes PI: what the ledgers report, and batches to those who contributed. */
import { receiveReport } from "../../contributions/collection.ts";
import { arePaid, payParticipants } from "../../contributions/paying.ts";
import { readPage } from "../../contributions/report-page.ts";
import { endRound, isBusy } from "../../contributions/sharing.ts";
import type { Effect, Message, Outcome } from "../../protocol/message.ts";
import { send } from "../../protocol/reply.ts";
import type { IndexState } from "../state.ts";
import { carryOn } from "../yield.ts";
import { mintMessages } from "./paying.ts";

/** A page of a ledger's report. */
export function contributionReport(state: IndexState, message: Message): Outcome {
  const page = readPage(state.contributions, message);
  const asked = page === undefined ? undefined : receiveReport(state.contributions, page);
  if (asked === undefined || asked.length > 0) return asked ?? [];
  return goOn(state, message.now);
}

/** Carries the round on; where there is more to do than a message may, the index sends itself another one. */
export function goOn(state: IndexState, now: number): readonly Effect[] {
  const { contributions } = state;
  const effects: Effect[] = [];
  carryOn(state, now);
  if (contributions.phase === "paying") {
    effects.push(...mintMessages(state, now), ...payParticipants(contributions, state.pi, now));
    if (arePaid(contributions)) endRound(contributions);
  }
  if (isBusy(contributions)) effects.push(send(state.parameters.id, "Tick", []));
  return effects;
}
