/** What a launch does when time has passed, on anybody's word, and when the ledgers answer. */
import type { Natural } from "../../math/natural.ts";
import { overdue, transfersOf } from "../../payouts/payouts.ts";
import { jsonObject, jsonString } from "../../protocol/json-text.ts";
import { limits } from "../../protocol/limits.ts";
import type { Effect, Message, Outcome, Send } from "../../protocol/message.ts";
import { isRefusal } from "../../protocol/refusal.ts";
import { reply, send } from "../../protocol/reply.ts";
import { optionalAmountTag, parseAmount, tagOf, wholeTag } from "../../protocol/tags.ts";
import { visitCsv } from "../../protocol/csv.ts";
import { accountOf, isAddress } from "../../protocol/address.ts";
import { PERIOD_MILLISECONDS } from "../../terms/terms.ts";
import { isComplete, isGroupComplete, nextCursor, receivePage } from "../../contributions/pages.ts";
import { canBePaid, reportContribution } from "../delegators.ts";
import { forwardAo, forwardPi, learnPaid } from "../proceeds.ts";
import { beginRoundIfDue, carryOn, isBusy } from "../rounds.ts";
import type { LaunchState } from "../state.ts";
import { balanceQuestions } from "./answers.ts";
import { report } from "./report.ts";
import { factQuestions, supplyQuestion } from "./token-facts.ts";

/**
 * Whatever is due: a round of the periods that have passed, or the next slice of one that is under way; proceeds of the last period; overdue payouts;
 * questions without an answer. By cron or by anyone, as often as they like.
 */
export function tick(state: LaunchState, message: Message): Outcome {
  const { now } = message;
  const { status } = state;
  const effects: Effect[] = [...factQuestions(state, now), ...upkeep(state, now)];
  const begins = beginRoundIfDue(state, now);
  if (begins) effects.push(supplyQuestion(state), ...askLedgers(state));
  else effects.push(...askAgain(state, now));
  if (begins || isProceedsDue(state, now)) effects.push(...moveProceeds(state, now));
  effects.push(...goOn(state, now));
  if (isReportDue(state, now) || (state.status !== status && state.reportedAt < now))
    effects.push(report(state, now));
  if (message.cron || message.from === state.parameters.id) return effects;
  const data = jsonObject([
    ["round", `${state.round.number}`],
    ["phase", jsonString(state.round.phase)],
    ["messages", `${effects.length}`],
  ]);
  return [...effects, reply(message, "Tick-Response", [], data)];
}

/**
 * A page of a ledger's report. What it has paid counts at any time; contributions that are not for the round that is under way are passed over: the
 * next report says them again.
 */
export function contributionReport(state: LaunchState, message: Message): Outcome {
  const ledger = state.parameters.ledgers.indexOf(message.from);
  const head = readHead(message);
  if (ledger < 0 || head === undefined) return [];
  const { page, pages, cycle, next, paid, data } = head;
  const { round } = state;
  if (paid !== undefined) learnPaid(state, ledger, paid, message.now);
  if (round.phase !== "collecting" || tagOf(message, "Reference") !== `${round.number}`) return [];
  visitCsv(data, (_, account, text) => {
    const cumulative = text === undefined ? undefined : parseAmount(text);
    if (cumulative !== undefined && isAddress(account) && canBePaid(state, account))
      reportContribution(state, ledger, accountOf(account), cumulative);
    return undefined;
  });
  if (cycle !== undefined && cycle > state.cycle) state.cycle = cycle;
  const collection = round.collections[ledger]!;
  const wasComplete = isComplete(collection);
  receivePage(collection, page, pages, next);
  if (isComplete(collection)) {
    if (!wasComplete) round.reports.push(message.id);
  } else if (isGroupComplete(collection)) {
    return [askLedger(state, ledger)];
  }
  return goOn(state, message.now);
}

interface PageHead {
  readonly page: number;
  readonly pages: number;
  readonly cycle: number | undefined;
  readonly next: number | undefined;
  readonly paid: Natural | undefined;
  readonly data: string;
}

/** What a page says of itself; undefined where that can't be read, or is said twice: then nothing of it counts. */
function readHead(message: Message): PageHead | undefined {
  const reference = tagOf(message, "Reference");
  const page = wholeTag(message, "Page");
  const pages = wholeTag(message, "Pages");
  const cycle = wholeTag(message, "Cycle");
  const next = wholeTag(message, "Next-Cursor");
  const paid = optionalAmountTag(message, "Paid");
  const { data } = message;
  if (isRefusal(reference) || isRefusal(page) || isRefusal(pages)) return undefined;
  if (isRefusal(cycle) || isRefusal(next) || isRefusal(paid) || data === undefined) return undefined;
  if (page === undefined || pages === undefined || page < 1 || pages < page) return undefined;
  return { page, pages, cycle, next, paid, data };
}

/** Carries the round on; where there is more to do than a message may, the launch sends itself another one. */
function goOn(state: LaunchState, now: number): readonly Effect[] {
  const rounds = state.history.length;
  const effects: Effect[] = [...transfersOf(state.payouts, carryOn(state, now))];
  if (state.history.length > rounds) effects.push(report(state, now));
  if (isBusy(state)) effects.push(send(state.parameters.id, "Tick", []));
  return effects;
}

function upkeep(state: LaunchState, now: number): readonly Send[] {
  const known = [state.ao.payouts, state.pi.payouts];
  if (isTokenKnown(state)) known.push(state.payouts);
  const again = known.map((payouts) => overdue(payouts, now));
  return [...again.flat(), ...balanceQuestions(state, now)];
}

/** A token may yet say that it numbers transfers: what is overdue can then be sent again and need not be set aside. */
function isTokenKnown({ token, elapsed, status }: LaunchState): boolean {
  return token.described || elapsed > 0 || (status !== "Ready" && status !== "Active");
}

function askLedgers(state: LaunchState): readonly Send[] {
  return state.parameters.ledgers.map((_, ledger) => askLedger(state, ledger));
}

function askLedger(state: LaunchState, ledger: number): Send {
  const cursor = nextCursor(state.round.collections[ledger]!);
  return send(state.parameters.ledgers[ledger]!, "Report-Contributions", [
    ["Reference", `${state.round.number}`],
    ["Cursor", `${cursor}`],
  ]);
}

/** Asks for the last page, as far as is known: each tells what the ledger has paid. */
function askPaid({ parameters, round }: LaunchState, ledger: number): Send {
  const { pages } = round.collections[ledger]!;
  return send(parameters.ledgers[ledger]!, "Report-Contributions", [
    ["Reference", `${round.number}`],
    ["Cursor", `${pages > 0 ? pages - 1 : 0}`],
  ]);
}

/** Asks for the pages that have not come. */
function askAgain(state: LaunchState, now: number): readonly Send[] {
  const { round } = state;
  if (round.phase !== "collecting" || now - round.asked < limits.askAgain) return [];
  round.asked = now;
  const missing: Send[] = [];
  round.collections.forEach((collection, ledger) => {
    if (!isComplete(collection)) missing.push(askLedger(state, ledger));
  });
  return missing;
}

/** Without rounds, before the start and after the end, proceeds move once a day as well. */
function isProceedsDue({ proceedsAsked }: LaunchState, now: number): boolean {
  return proceedsAsked < 0 || now - proceedsAsked >= PERIOD_MILLISECONDS;
}

/** What waits goes to the treasury; the ledgers are asked for what has accrued here, which follows when it comes. */
function moveProceeds(state: LaunchState, now: number): readonly Send[] {
  state.proceedsAsked = now;
  return [
    ...transfersOf(state.ao.payouts, forwardAo(state, now)),
    ...transfersOf(state.pi.payouts, forwardPi(state, now)),
    ...state.parameters.ledgers.map((ledger) => send(ledger, "Withdraw", [])),
    // Without rounds nothing else would tell of payments whose notice was lost.
    ...(state.status === "Active" ? [] : state.parameters.ledgers.map((_, ledger) => askPaid(state, ledger))),
  ];
}

function isReportDue(state: LaunchState, now: number): boolean {
  return state.reportedAt < 0 || now - state.reportedAt >= limits.reportInterval;
}
