/** What wallets and pages ask a launch. */
import { divide } from "../../math/division.ts";
import { multiply, power10 } from "../../math/multiplication.ts";
import { add, formatNatural, isZero, type Natural, subtract, ZERO } from "../../math/natural.ts";
import { owedTo } from "../../payouts/till.ts";
import { jsonArray, jsonObject, jsonString } from "../../protocol/json-text.ts";
import { limits } from "../../protocol/limits.ts";
import type { Message, Outcome, TagPair } from "../../protocol/message.ts";
import { collectPage, pageJson, pageRequest } from "../../protocol/page.ts";
import { isRefusal, refuse } from "../../protocol/refusal.ts";
import { reply } from "../../protocol/reply.ts";
import { optionalAccountTag } from "../../protocol/tags.ts";
import { schedulePage } from "../../terms/schedule.ts";
import { scheduleOf } from "../emission.ts";
import type { LaunchState, PastRound, Proceeds } from "../state.ts";

/** Decimal places of a price in AO. */
const PRICE_PLACES = 18;

/** What an account can claim: tags Balance, For-Account, Data the balance. */
export function getClaimableBalance(state: LaunchState, message: Message): Outcome {
  const named = optionalAccountTag(message, "Recipient");
  if (isRefusal(named)) return named;
  const account = named ?? message.account;
  const balance = formatNatural(owedTo(state.till, account));
  const tags: TagPair[] = [
    ["Balance", balance],
    ["For-Account", account],
  ];
  return [reply(message, "Resp-Get-Claimable-Balance", tags, balance)];
}

/** The last rounds, oldest first; Cursor, counted from the first round, for others. */
export function getYieldTickHistory(state: LaunchState, message: Message): Outcome {
  const request = pageRequest(message, limits.pageItems);
  if (isRefusal(request)) return request;
  const { history } = state;
  const latest = history.length > request.limit ? history.length - request.limit : 0;
  const first = message.tags.some(({ key }) => key === "cursor") ? request.cursor : latest;
  const page = collectPage({ ...request, cursor: first }, history.length, history.length, (position) =>
    roundJson(history[position]!, history[position - 1]),
  );
  const tags: TagPair[] = [["PricePrecisionScaling", `${PRICE_PLACES}`]];
  if (page.next !== undefined) tags.push(["Next-Cursor", `${page.next}`]);
  return [reply(message, "Resp-Get-Yield-Tick-History", tags, jsonArray(page.items))];
}

function roundJson(round: PastRound, before: PastRound | undefined): string {
  const { contributed, distributed } = round;
  return jsonObject([
    ["AoKept", jsonString(formatNatural(round.kept))],
    ["AoReceived", jsonString(formatNatural(contributed))],
    ["Nonce", `${round.number}`],
    ["PiReceived", jsonString(formatNatural(subtract(round.indexReceived, before?.indexReceived ?? ZERO)))],
    ["Timestamp", jsonString(`${round.timestamp}`)],
    ["TokenPriceInAo", jsonString(formatNatural(priceDown(contributed, distributed)))],
    ["TokensDistributed", jsonString(formatNatural(distributed))],
    ["TriggerMintReportIds", jsonArray(round.reports.map((id) => jsonString(id)))],
  ]);
}

/** Smallest units of AO for one of the token, times 10^18, rounded down; 0 where none was given out. */
function priceDown(contributed: Natural, distributed: Natural): Natural {
  return isZero(distributed)
    ? ZERO
    : divide(multiply(contributed, power10(PRICE_PLACES)), distributed).quotient;
}

/** The schedule, with what was given out in the round of each period. Refused while a share's supply is not known. */
export function getEmissionSchedule(state: LaunchState, message: Message): Outcome {
  const request = pageRequest(message);
  if (isRefusal(request)) return request;
  const plan = scheduleOf(state);
  if (plan === undefined) return refuse("unknown-supply", "The token has not told its supply yet");
  const page = schedulePage(plan, request, (period) => [
    ["distributed", jsonString(formatNatural(distributedIn(state, period)))],
  ]);
  return [reply(message, "Get-Emission-Schedule-Response", [], pageJson(request, page))];
}

/** What the round gave out that took up this period's emission, or the others that passed with it, as its last. */
function distributedIn({ history, parameters }: LaunchState, period: number): Natural {
  // One round a period, or fewer, but for those of the grace time: so a round is at most at its period's place.
  let position = (history.length < period ? history.length : period) - 1;
  if (period === parameters.terms.periods) position = history.length - 1;
  let sum = ZERO;
  while (position >= 0 && history[position]!.period >= period) {
    if (history[position]!.period === period) sum = add(sum, history[position]!.distributed);
    position -= 1;
  }
  return sum;
}

export function getWithdrawableAo({ ao }: LaunchState, message: Message): Outcome {
  return [reply(message, "Get-Withdrawable-AO-Response", [], formatNatural(ao.till.owed))];
}

export function getWithdrawablePi({ pi }: LaunchState, message: Message): Outcome {
  return [reply(message, "Get-Withdrawable-PI-Response", [], formatNatural(pi.till.owed))];
}

export function getAoProceeds({ ao }: LaunchState, message: Message): Outcome {
  return proceedsPage(ao, message, "Get-AO-Proceeds-Response");
}

export function getPiProceeds({ pi }: LaunchState, message: Message): Outcome {
  return proceedsPage(pi, message, "Get-PI-Proceeds-Response");
}

/** `{"<cycle>": {"amount", "timestamp"}}` of the last cycles in which something came. */
function proceedsPage({ arrivals }: Proceeds, message: Message, action: string): Outcome {
  const first = arrivals.length > limits.pageItems ? arrivals.length - limits.pageItems : 0;
  const members: (readonly [string, string])[] = [];
  for (let i = first; i < arrivals.length; i++) {
    const { cycle, amount, timestamp } = arrivals[i]!;
    members.push([
      `${cycle}`,
      jsonObject([
        ["amount", jsonString(formatNatural(amount))],
        ["timestamp", `${timestamp}`],
      ]),
    ]);
  }
  return [reply(message, action, [], jsonObject(members))];
}

/** Who has contributed how much AO, and has got how many tokens for it. */
export function getContributions({ contributions, till }: LaunchState, message: Message): Outcome {
  const request = pageRequest(message);
  if (isRefusal(request)) return request;
  const { register, contributed, credited } = contributions.delegators;
  const page = collectPage(request, register.extent, register.size, (slot) =>
    jsonObject([
      ["wallet", jsonString(register.names[slot]!)],
      ["contributed", jsonString(formatNatural(contributed[slot]!))],
      ["credited", jsonString(formatNatural(credited[slot]!))],
      ["claimable", jsonString(formatNatural(owedTo(till, register.names[slot]!)))],
    ]),
  );
  return [reply(message, "Get-Contributions-Response", [], pageJson(request, page))];
}
