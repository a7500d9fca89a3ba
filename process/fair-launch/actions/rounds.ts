/** A launch's rounds: what the ledgers report, and batches to those who contributed. */
import { receiveReport } from "../../contributions/collection.ts";
import { arePaid, payParticipants } from "../../contributions/paying.ts";
import { readPage } from "../../contributions/report-page.ts";
import { isBusy } from "../../contributions/sharing.ts";
import { payClaim } from "../../payouts/till.ts";
import type { Effect, Message, Outcome } from "../../protocol/message.ts";
import { send } from "../../protocol/reply.ts";
import { isPushing } from "../paying.ts";
import { learnPaid } from "../proceeds.ts";
import { carryOn, finish } from "../rounds.ts";
import type { LaunchState } from "../state.ts";
import { report } from "./report.ts";

/**
 * A page of a ledger's report. What it has paid counts at any time; contributions that are not for the round that is under way are passed over: the
 * next report says them again.
 */
export function contributionReport(state: LaunchState, message: Message): Outcome {
  const page = readPage(state.contributions, message);
  if (page === undefined) return [];
  if (page.paid !== undefined) learnPaid(state, page.ledger, page.paid, message.now);
  const asked = receiveReport(state.contributions, page);
  if (asked === undefined || asked.length > 0) return asked ?? [];
  return goOn(state, message.now);
}

/** Carries the round on; where there is more to do than a message may, the launch sends itself another one. */
export function goOn(state: LaunchState, now: number): readonly Effect[] {
  const { contributions, till } = state;
  const effects: Effect[] = [];
  carryOn(state, now);
  if (contributions.phase === "paying") {
    const pushes = isPushing(state);
    if (pushes) effects.push(...payParticipants(contributions, till, now));
    if (!pushes || arePaid(contributions)) {
      const heir = finish(state, now);
      if (heir !== "") effects.push(...payClaim(till, heir, now));
      effects.push(report(state, now));
    }
  }
  if (isBusy(contributions)) effects.push(send(state.parameters.id, "Tick", []));
  return effects;
}
