/** Tokens to those they belong to, on request: claims by delegators, proceeds by the deployer. */
import { formatNatural, isZero } from "../../math/natural.ts";
import { hasRoom } from "../../payouts/payouts.ts";
import { owedTo, payAll, payClaim, type Payment } from "../../payouts/till.ts";
import { accountOf } from "../../protocol/address.ts";
import type { Message, Outcome, Send, TagPair } from "../../protocol/message.ts";
import { isRefusal, refuse } from "../../protocol/refusal.ts";
import { reply } from "../../protocol/reply.ts";
import { optionalAccountTag } from "../../protocol/tags.ts";
import { takeAo, takePi } from "../proceeds.ts";
import type { LaunchState, Proceeds } from "../state.ts";

/** Sends what somebody can claim: the sender, or Recipient. It always goes to its owner. */
export function claim(state: LaunchState, message: Message): Outcome {
  const named = optionalAccountTag(message, "Recipient");
  if (isRefusal(named)) return named;
  const account = named ?? message.account;
  const quantity = owedTo(state.till, account);
  if (isZero(quantity)) return [claimed(message, "Error", "There is nothing to claim")];
  const paid = payClaim(state.till, account, message.now);
  if (paid.length === 0)
    return [claimed(message, "Error", "Too many payouts are under way; try again later")];
  return [claimed(message, "Success", "", [["Quantity", formatNatural(quantity)]]), ...paid];
}

function claimed(message: Message, status: string, reason: string, tags: readonly TagPair[] = []): Send {
  return reply(message, "Withdraw-FLP-Token-Response", [["Status", status], ["Reason", reason], ...tags]);
}

/** Sends the AO that waits to the treasury now: by the deployer. */
export function withdrawAo(state: LaunchState, message: Message): Outcome {
  return withdraw(state, message, state.ao, () => takeAo(state));
}

/** Sends the PI that waits to the treasury now: by the deployer. */
export function withdrawPi(state: LaunchState, message: Message): Outcome {
  return withdraw(state, message, state.pi, () => takePi(state));
}

type Take = () => readonly Payment[];

function withdraw(state: LaunchState, message: Message, { till }: Proceeds, take: Take): Outcome {
  if (message.account !== accountOf(state.parameters.terms.deployer))
    return refuse("not-deployer", "Only the deployer can have the proceeds sent on");
  const quantity = till.owed;
  if (isZero(quantity)) return refuse("nothing-waiting", "There is nothing to withdraw");
  if (!hasRoom(till.payouts)) return refuse("busy", "Too many payouts are under way; try again later");
  const sent = payAll(till, take(), message.now);
  const tags: TagPair[] = [
    ["Status", "Success"],
    ["Quantity", formatNatural(quantity)],
  ];
  return [reply(message, `${message.action}-Response`, tags), ...sent];
}
