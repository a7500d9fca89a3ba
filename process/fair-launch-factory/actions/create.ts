/** Asking for a launch. */
import { MOST_PERIODS, schedule } from "../../math/decay.ts";
import { isZero } from "../../math/natural.ts";
import { pageJson, pageRequest } from "../../protocol/page.ts";
import { limits } from "../../protocol/limits.ts";
import type { Message, Outcome } from "../../protocol/message.ts";
import { isRefusal, type Refusal, refuse } from "../../protocol/refusal.ts";
import { reply } from "../../protocol/reply.ts";
import { quantityTag, requiredTag, wholeTag } from "../../protocol/tags.ts";
import { readDecayFactor } from "../../terms/decay-factor.ts";
import { readSize, readTerms } from "../../terms/read-terms.ts";
import { schedulePage } from "../../terms/schedule.ts";
import { allocationDown, type Terms } from "../../terms/terms.ts";
import { checkFee, holdFee } from "../fees.ts";
import { presentVersion } from "../modules.ts";
import { addRow, countOf } from "../registry.ts";
import type { FactoryState } from "../state.ts";
import { launchTags } from "./launch-tags.ts";
import { spawnLaunch } from "./spawning.ts";

/**
 * A launch on the terms of the message's tags: spawned at once, or when it has been approved. Create-FLP-Response with Request-Id and Status
 * now, FLP-Ready-Notice or FLP-Failed-Notice later. Refused: creation is paused, terms that are wrong, no room, no fee, no code.
 */
export function createFlp(state: FactoryState, message: Message): Outcome {
  const { parameters } = state;
  if (state.paused) return refuse("paused", "The owner has paused the creation of launches");
  if (message.id === "") return refuse("missing-id", "A launch can't be asked for by a tick");
  if (state.byRequest[message.id] !== undefined)
    return refuse("repeated", "This message has been carried out before");
  const terms = readTerms(message, { sender: message.from, periods: parameters.periods });
  if (isRefusal(terms)) return terms;
  const fault = checkTerms(state, terms, message.now) ?? checkRoom(state) ?? checkFee(state, message.account);
  if (fault !== undefined) return fault;
  const version = presentVersion(state);
  if (isRefusal(version)) return version;
  const tags = launchTags(parameters, terms, message.id, version);
  if (isRefusal(tags)) return tags;

  const { id, account, from: notify, now } = message;
  const request = { id, account, notify, now, fee: holdFee(state, account) };
  const row = addRow(state, request, terms, parameters.approver === "" ? "Requested" : "Awaiting-Approval");
  const answer = reply(message, "Create-FLP-Response", [
    ["Request-Id", id],
    ["Status", row.status],
  ]);
  return row.status === "Requested" ? [answer, spawnLaunch(state, row, version, tags, now)] : [answer];
}

/** What the tags alone don't show: a start that is past or too far away, a token that launches can't give out. */
export function checkTerms({ parameters }: FactoryState, terms: Terms, now: number): Refusal | undefined {
  if (terms.start <= now) return refuse("start-passed", "A launch must start in the future");
  if (terms.start - now > limits.furthestStart)
    return refuse("start-too-far", "A launch must start within ten years");
  return [parameters.ao, parameters.indexToken].includes(terms.token)
    ? refuse("invalid-address", "Token-Process must be neither AO nor PI")
    : undefined;
}

function checkRoom(state: FactoryState): Refusal | undefined {
  if (state.rows.length >= limits.launches)
    return refuse("registry-full", `The registry holds at most ${limits.launches} launches`);
  return countOf(state, "Awaiting-Approval") >= limits.awaitingApproval
    ? refuse("busy", "Too many requests await approval; try again later")
    : undefined;
}

/**
 * The schedule that a launch would have: items `{period, emission, emitted}`. From Token-Supply, or Token-Share with Total-Supply; Decay-Factor;
 * Duration, or the default. Refused: what `Create-FLP` would refuse of these.
 */
export function previewSchedule(state: FactoryState, message: Message): Outcome {
  const request = pageRequest(message);
  if (isRefusal(request)) return request;
  const size = readSize(message);
  if (isRefusal(size)) return size;
  const supply = size.kind === "share" ? quantityTag(message, "Total-Supply") : undefined;
  if (isRefusal(supply)) return supply;
  const duration = wholeTag(message, "Duration");
  if (isRefusal(duration)) return duration;
  const periods = duration ?? state.parameters.periods;
  if (periods < 1 || periods > MOST_PERIODS)
    return refuse("invalid-duration", `A launch must last 1 to ${MOST_PERIODS} days`);
  const text = requiredTag(message, "Decay-Factor");
  if (isRefusal(text)) return text;
  const factor = readDecayFactor(text, periods);
  if (isRefusal(factor)) return factor;
  const allocation = size.kind === "amount" ? size.amount : allocationDown(size, supply!);
  if (isZero(allocation)) return refuse("zero-quantity", "The share of this supply is less than one unit");
  const page = schedulePage(schedule(allocation, factor, periods)!, request, () => []);
  return [reply(message, "Preview-Schedule-Response", [["Decay-Factor", factor]], pageJson(request, page))];
}
