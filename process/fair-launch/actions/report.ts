/** What the factory is told: all figures each time, so that a lost report is made up for by the next. */
import { formatNatural } from "../../math/natural.ts";
import { jsonObject, jsonString } from "../../protocol/json-text.ts";
import type { Message, Outcome, Send } from "../../protocol/message.ts";
import { reply, send } from "../../protocol/reply.ts";
import { allocationOf } from "../emission.ts";
import type { LaunchState } from "../state.ts";
import { amountOr } from "./token-facts.ts";

/** The launch as it stands, for the factory's row. */
export function report(state: LaunchState, now: number): Send {
  state.reportSequence += 1;
  state.reportedAt = now;
  const data = jsonObject([
    ...texts(state).map(([name, text]) => [name, jsonString(text)] as const),
    ["stats_updated_at", `${now}`],
    ["last_updated_at_ts", `${now}`],
  ]);
  return send(state.parameters.factory, "FLP-Report", [["Sequence", `${state.reportSequence}`]], data);
}

/** Anybody may have the factory told again. */
export function reportToFactory(state: LaunchState, message: Message): Outcome {
  return [report(state, message.now), reply(message, "Report-To-Factory-Response", [["Status", "Success"]])];
}

function texts(state: LaunchState): readonly (readonly [string, string])[] {
  const { token, history, ao, pi } = state;
  const last = history[history.length - 1];
  return [
    ["status", state.status],
    ["flp_token_name", token.name],
    ["flp_token_ticker", token.ticker],
    ["flp_token_denomination", token.denomination],
    ["flp_token_logo", token.logo],
    ["total_token_supply", amountOr(token.supply, "")],
    ["token_supply_to_use", amountOr(allocationOf(state), "")],
    ["distributed_qty", formatNatural(state.distributed)],
    ["last_day_distribution", amountOr(last?.distributed, "0")],
    ["total_yield_ticks", `${history.length}`],
    ["latest_yield_cycle", `${state.contributions.cycle}`],
    ["accumulated_qty", formatNatural(ao.received)],
    ["withdrawn_qty", formatNatural(ao.forwarded)],
    ["accumulated_pi_qty", formatNatural(pi.received)],
    ["exchanged_for_pi_qty", formatNatural(ao.exchanged)],
    ["withdrawn_pi_qty", formatNatural(pi.forwarded)],
  ];
}
