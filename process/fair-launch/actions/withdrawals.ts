/** Tokens to those they belong to, on request: claims by delegators, proceeds by the deployer. */
import { formatNatural, isZero } from "../../math/natural.ts";
import { hasRoom, type Payout, transferOf, transfersOf } from "../../payouts/payouts.ts";
import { accountOf } from "../../protocol/address.ts";
import type { Message, Outcome, Send, TagPair } from "../../protocol/message.ts";
import { isRefusal, refuse } from "../../protocol/refusal.ts";
import { reply } from "../../protocol/reply.ts";
import { optionalAccountTag } from "../../protocol/tags.ts";
import { claimableOf, payClaim } from "../paying.ts";
import { forwardAo, forwardPi } from "../proceeds.ts";
import type { LaunchState, Proceeds } from "../state.ts";

/** Sends what somebody can claim: the sender, or Recipient. It always goes to its owner. */
export function claim(state: LaunchState, message: Message): Outcome {
  const named = optionalAccountTag(message, "Recipient");
  if (isRefusal(named)) return named;
  const account = named ?? message.account;
  if (isZero(claimableOf(state, account))) return [claimed(message, "Error", "There is nothing to claim")];
  const payout = payClaim(state, account, message.now);
  if (payout === undefined)
    return [claimed(message, "Error", "Too many payouts are under way; try again later")];
  const done = claimed(message, "Success", "", [["Quantity", formatNatural(payout.quantity)]]);
  return [done, transferOf(state.payouts, payout)];
}

function claimed(message: Message, status: string, reason: string, tags: readonly TagPair[] = []): Send {
  return reply(message, "Withdraw-FLP-Token-Response", [["Status", status], ["Reason", reason], ...tags]);
}

/** Sends the AO that waits to the treasury now: by the deployer. */
export function withdrawAo(state: LaunchState, message: Message): Outcome {
  return withdraw(state, message, state.ao, (now) => forwardAo(state, now));
}

/** Sends the PI that waits to the treasury now: by the deployer. */
export function withdrawPi(state: LaunchState, message: Message): Outcome {
  return withdraw(state, message, state.pi, (now) => forwardPi(state, now));
}

type Forward = (now: number) => readonly Payout[];

function withdraw(state: LaunchState, message: Message, proceeds: Proceeds, forward: Forward): Outcome {
  if (message.account !== accountOf(state.parameters.terms.deployer))
    return refuse("not-deployer", "Only the deployer can have the proceeds sent on");
  const quantity = proceeds.waiting;
  if (isZero(quantity)) return refuse("nothing-waiting", "There is nothing to withdraw");
  if (!hasRoom(proceeds.payouts)) return refuse("busy", "Too many payouts are under way; try again later");
  const sent = transfersOf(proceeds.payouts, forward(message.now));
  const tags: TagPair[] = [
    ["Status", "Success"],
    ["Quantity", formatNatural(quantity)],
  ];
  return [reply(message, `${message.action}-Response`, tags), ...sent];
}
