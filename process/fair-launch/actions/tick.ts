/** What a launch does when time has passed, on anybody's word. */
import { askAgain, askPaid, beginRound } from "../../contributions/collection.ts";
import { overdue } from "../../payouts/payouts.ts";
import { askBalance, balanceQuestion, payAll } from "../../payouts/till.ts";
import { jsonObject, jsonString } from "../../protocol/json-text.ts";
import { limits } from "../../protocol/limits.ts";
import type { Effect, Message, Outcome, Send } from "../../protocol/message.ts";
import { reply, send } from "../../protocol/reply.ts";
import { PERIOD_MILLISECONDS } from "../../terms/terms.ts";
import { FUNDING_PATIENCE, isFundingMissing } from "../funding.ts";
import { takeAo, takePi } from "../proceeds.ts";
import { takeUpPeriods } from "../rounds.ts";
import type { LaunchState } from "../state.ts";
import { report } from "./report.ts";
import { goOn } from "./rounds.ts";
import { factQuestions, supplyQuestion } from "./token-facts.ts";

/**
 * Whatever is due: a round of the periods that have passed, or the next slice of one that is under way; proceeds of the last period; overdue payouts;
 * questions without an answer. By cron or by anyone, as often as they like.
 */
export function tick(state: LaunchState, message: Message): Outcome {
  const { now } = message;
  const { status, contributions } = state;
  const effects: Effect[] = [
    ...factQuestions(state, now),
    ...upkeep(state, now),
    ...fundingQuestion(state, now),
  ];
  const begins = takeUpPeriods(state, now);
  if (begins) effects.push(supplyQuestion(state), ...beginRound(contributions, now));
  else effects.push(...askAgain(contributions, now));
  if (begins || isProceedsDue(state, now)) effects.push(...moveProceeds(state, now));
  effects.push(...goOn(state, now));
  if (isReportDue(state, now) || (state.status !== status && state.reportedAt < now))
    effects.push(report(state, now));
  if (message.cron || message.from === state.parameters.id) return effects;
  const data = jsonObject([
    ["round", `${contributions.round}`],
    ["phase", jsonString(contributions.phase)],
    ["messages", `${effects.length}`],
  ]);
  return [...effects, reply(message, "Tick-Response", [], data)];
}

function upkeep(state: LaunchState, now: number): readonly Send[] {
  const { till, ao, pi, parameters } = state;
  const known = isTokenKnown(state) ? [ao.till, pi.till, till] : [ao.till, pi.till];
  return [
    ...known.flatMap(({ payouts }) => overdue(payouts, now)),
    ...[till, ao.till, pi.till].flatMap((each) => balanceQuestion(each, parameters.id, now)),
  ];
}

/** A token may yet say that it numbers transfers: what is overdue can then be sent again and need not be set aside. */
function isTokenKnown({ token, elapsed, status }: LaunchState): boolean {
  return token.described || elapsed > 0 || (status !== "Ready" && status !== "Active");
}

/** The notice of a funding may have got lost: the token tells what is there. */
function fundingQuestion(state: LaunchState, now: number): readonly Send[] {
  const { till, parameters } = state;
  const isRecent = till.balanceAsked >= 0 && now - till.balanceAsked < FUNDING_PATIENCE;
  return isRecent || !isFundingMissing(state, now) ? [] : [askBalance(till, parameters.id, now)];
}

/** Without rounds, before the start and after the end, proceeds move once a day as well. */
function isProceedsDue({ proceedsAsked }: LaunchState, now: number): boolean {
  return proceedsAsked < 0 || now - proceedsAsked >= PERIOD_MILLISECONDS;
}

/** What waits goes to the treasury; the ledgers are asked for what has accrued here, which follows when it comes. */
function moveProceeds(state: LaunchState, now: number): readonly Send[] {
  state.proceedsAsked = now;
  return [
    ...payAll(state.ao.till, takeAo(state), now),
    ...payAll(state.pi.till, takePi(state), now),
    ...state.parameters.ledgers.map((ledger) => send(ledger, "Withdraw", [])),
    // Without rounds nothing else would tell of payments whose notice was lost.
    ...(state.status === "Active" ? [] : askPaid(state.contributions)),
  ];
}

function isReportDue(state: LaunchState, now: number): boolean {
  return state.reportedAt < 0 || now - state.reportedAt >= limits.reportInterval;
}
