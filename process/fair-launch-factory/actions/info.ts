/** What the factory is: parameters, versions, totals, and both sides of its books. */
import { takeTouched } from "../../collections/touched.ts";
import type { Published } from "../../host/process.ts";
import { formatNatural } from "../../math/natural.ts";
import { jsonArray, jsonObject, jsonString } from "../../protocol/json-text.ts";
import { limits } from "../../protocol/limits.ts";
import type { Message, Outcome, TagPair } from "../../protocol/message.ts";
import { inLowerCase, reply } from "../../protocol/reply.ts";
import { countOf, isListed, LISTED, rowOfRequest, UNLISTED } from "../registry.ts";
import { type FactoryState, type ModuleVersion, SUMMED } from "../state.ts";
import { rowJson } from "./row-json.ts";

/**
 * Every parameter and figure. The books of the fees: Fees-Received + Foreign-AO = Fees-Credited + Fees-Held + Surplus-AO + Pending + Unconfirmed + Paid.
 */
export function info(state: FactoryState, message: Message): Outcome {
  return [reply(message, "Info-Response", [...parameterTags(state), ...figureTags(state)])];
}

/** The figures of `Info`; `flps`, rows by launch; `requests`, rows by request until they are launches. */
export function publish(state: FactoryState, first: boolean): Published {
  const figures = figureTags(state);
  const flps: TagPair[] = [];
  const requests: TagPair[] = [];
  for (const request of takeTouched(state.touched, limits.publishedRows)) {
    const row = rowOfRequest(state, request)!;
    const json = rowJson(state, row);
    if (isListed(row)) flps.push([row.process, json]);
    // Nothing can be deleted by path: a request that became a launch says which.
    requests.push([request, isListed(row) ? jsonObject([["flp_id", jsonString(row.process)]]) : json]);
  }
  return {
    figures: inLowerCase(first ? [...parameterTags(state), ...figures] : figures),
    maps: [
      ["flps", flps],
      ["requests", requests],
    ],
  };
}

function parameterTags({ parameters }: FactoryState): readonly TagPair[] {
  return [
    ["Owner", parameters.owner],
    ["AO-Token", parameters.ao],
    ["Delegation-Oracle", parameters.ledgers[0]!],
    ["Ledgers", jsonArray(parameters.ledgers.map((ledger) => jsonString(ledger)))],
    ["Default-Duration", `${parameters.periods}`],
    ["Creation-Fee", formatNatural(parameters.fee)],
    ["Fee-Recipient", parameters.feeRecipient],
    ["Approver", parameters.approver],
    ["Spawn-Patience", `${parameters.patience}`],
    ["Launch-Cron-Interval", parameters.cronInterval],
    ["PI-Process", parameters.index],
    ["PI-Token-Process", parameters.indexToken],
    ["PI-Share", parameters.indexShare],
    ["Grace-Days", parameters.grace],
    ["Numbered-Transfers", parameters.numbered ? "true" : "false"],
  ];
}

function figureTags(state: FactoryState): readonly TagPair[] {
  const { totals, fees } = state;
  const { payouts } = fees;
  const amounts = [
    ["Fees-Received", fees.received],
    ["Foreign-AO", fees.foreign],
    ["Fees-Credited", fees.credited],
    ["Fees-Held", fees.held],
    ["Surplus-AO", fees.surplus],
    ["Pending", payouts.pending],
    ["Unconfirmed", payouts.aside],
    ["Paid", payouts.settled],
    ["Fees-Earned", fees.earned],
  ] as const;
  return [
    ["Paused", state.paused ? "true" : "false"],
    ["Launch-Modules", jsonArray(state.modules.map((version) => versionJson(state, version)))],
    ["Launches", `${totals.listed}`],
    ["Requests", `${state.rows.length}`],
    ...[...LISTED, ...UNLISTED].map((status) => [status, `${countOf(state, status)}`] as const),
    ...SUMMED.map((name) => [name, formatNatural(totals.sums[name]!)] as const),
    ...amounts.map(([name, amount]) => [name, formatNatural(amount)] as const),
  ];
}

/** A version of the code: module, hash, whether its bundle is here, whether it is deprecated. */
export function versionJson({ codes }: FactoryState, { module, code, deprecated }: ModuleVersion): string {
  return jsonObject([
    ["module", jsonString(module)],
    ["code", jsonString(code)],
    ["ready", code === "" || codes[code] !== undefined ? "true" : "false"],
    ["deprecated", deprecated ? "true" : "false"],
  ]);
}
