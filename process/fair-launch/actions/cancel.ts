/** Cancelling: before the start, by the deployer. */
import { formatNatural } from "../../math/natural.ts";
import { owedTo, payClaim } from "../../payouts/till.ts";
import { accountOf } from "../../protocol/address.ts";
import type { Message, Outcome } from "../../protocol/message.ts";
import { refuse } from "../../protocol/refusal.ts";
import { reply } from "../../protocol/reply.ts";
import { giveRest, lapse } from "../emission.ts";
import type { LaunchState } from "../state.ts";
import { report } from "./report.ts";

/** Ends the launch before it has begun; whoever funded it gets everything back. */
export function cancel(state: LaunchState, message: Message): Outcome {
  const { terms } = state.parameters;
  if (message.account !== accountOf(terms.deployer))
    return refuse("not-deployer", "Only the deployer can cancel the launch");
  if (state.status !== "Ready" && state.status !== "Active")
    return refuse("over", `The launch is ${state.status} already`);
  if (message.now >= terms.start) return refuse("started", "The launch has started and can't be cancelled");
  const { funder, till } = state;
  const isFunded = funder !== "";
  state.status = "Cancelled";
  if (isFunded) giveRest(state, funder);
  else lapse(state);
  const quantity = owedTo(till, funder);
  const refund = isFunded ? payClaim(till, funder, message.now) : [];
  const answer = reply(message, "Cancel-Response", [
    ["Status", "Success"],
    ["Quantity", refund.length === 0 ? "0" : formatNatural(quantity)],
  ]);
  return [answer, report(state, message.now), ...refund];
}
