/** One launch, and all of them together. */
import { formatNatural } from "../../math/natural.ts";
import { jsonObject, jsonString } from "../../protocol/json-text.ts";
import type { Message, Outcome } from "../../protocol/message.ts";
import { isRefusal, refuse } from "../../protocol/refusal.ts";
import { reply } from "../../protocol/reply.ts";
import { requiredTag } from "../../protocol/tags.ts";
import { lowerCase } from "../../protocol/text.ts";
import { countOf, isListed, LISTED, rowOfProcess, rowOfRequest, UNLISTED } from "../registry.ts";
import { type FactoryState, SUMMED } from "../state.ts";
import { rowJson } from "./row-json.ts";

/** The row of a launch by Id: its own, or its request's. */
export function getFlp(state: FactoryState, message: Message): Outcome {
  const id = requiredTag(message, "Id");
  if (isRefusal(id)) return id;
  const byProcess = rowOfProcess(state, id);
  const row = byProcess !== undefined && isListed(byProcess) ? byProcess : rowOfRequest(state, id);
  if (row === undefined) return refuse("unknown-launch", "There is no launch with this id");
  return [reply(message, "Get-FLP-Response", [], rowJson(state, row))];
}

/** `{"FLP-Id", "Status", "Failure-Reason"}` of a request. The id is "" until the launch is listed, and then final. */
export function getFlpId(state: FactoryState, message: Message): Outcome {
  const id = requiredTag(message, "Request-Id");
  if (isRefusal(id)) return id;
  const row = rowOfRequest(state, id);
  if (row === undefined) return refuse("unknown-request", "There is no request with this id");
  const data = jsonObject([
    ["FLP-Id", jsonString(isListed(row) ? row.process : "")],
    ["Status", jsonString(row.status)],
    ["Failure-Reason", jsonString(row.failure)],
  ]);
  return [reply(message, "Get-FLP-Id-Response", [["Status", row.status]], data)];
}

/** How many launches there are, by status, and what all of them have taken in and passed on, in AO and PI. */
export function getAggregatedStats(state: FactoryState, message: Message): Outcome {
  return [reply(message, "Get-Aggregated-Stats-Response", [], statsJson(state))];
}

function statsJson(state: FactoryState): string {
  const { totals } = state;
  return jsonObject([
    ["total_flps", `${totals.listed}`],
    ...LISTED.map((status) => [`${keyOf(status)}_flps`, `${countOf(state, status)}`] as const),
    ["total_requests", `${state.rows.length}`],
    ...UNLISTED.map((status) => [`${keyOf(status)}_requests`, `${countOf(state, status)}`] as const),
    ...SUMMED.map((name) => [nameOfSum(name), jsonString(formatNatural(totals.sums[name]!))] as const),
  ]);
}

/** `Awaiting-Approval` as `awaiting_approval`. */
function keyOf(status: string): string {
  return lowerCase(status).split("-").join("_");
}

function nameOfSum(name: string): string {
  return name.startsWith("total_") ? name : `total_${name}`;
}
