/** Tokens that come: funding, proceeds, contributions, and what is none of these. */
import { canBePaid } from "../../contributions/delegators.ts";
import { add, formatNatural, isEqual, isZero, type Natural } from "../../math/natural.ts";
import { type Credit, creditOf, isRefund, refund, refundTags } from "../../payouts/refund.ts";
import { pay, payAll, payBackOnce, receive, type Till } from "../../payouts/till.ts";
import { accountOf } from "../../protocol/address.ts";
import type { Effect, Message, Outcome, Send } from "../../protocol/message.ts";
import { tagOf } from "../../protocol/tags.ts";
import { endOf } from "../../terms/terms.ts";
import { contributeDirectly } from "../direct.ts";
import { allocationOf } from "../emission.ts";
import { fundBy, withoutFound } from "../funding.ts";
import { earn, earnBack, earnFrom, takeAo, takePi } from "../proceeds.ts";
import { takesContributions } from "../rounds.ts";
import type { LaunchState } from "../state.ts";
import { report } from "./report.ts";

/** Tokens have come: funding, proceeds, a contribution. Anything else goes back once. Never fails. */
export function creditNotice(state: LaunchState, message: Message): Outcome {
  const { terms, ao, indexToken, index } = state.parameters;
  const credit = creditOf(message);
  if (message.from === terms.token) return credit === undefined ? [] : fund(state, message, credit);
  if (message.from === ao) return credit === undefined ? [] : receiveAo(state, message, credit);
  if (message.from !== indexToken || credit === undefined)
    return refund(message, "The launch takes its own token and AO only");
  const { till } = state.pi;
  if (credit.sender !== index) return sendBack(state, till, message, credit, "PI comes from the index only");
  earn(state, state.pi, credit.quantity, message.now);
  return payAll(till, takePi(state), message.now);
}

function fund(state: LaunchState, message: Message, noticed: Credit): readonly Effect[] {
  const credit = { ...noticed, quantity: withoutFound(state, noticed.quantity) };
  if (isZero(credit.quantity)) return [];
  const reason = notFunding(state, message, credit.quantity);
  if (reason === undefined) {
    fundBy(state, accountOf(credit.sender), credit.quantity);
    return [report(state, message.now)];
  }
  const sends = sendBack(state, state.till, message, credit, reason);
  if (sends.length > 0) state.refunding = add(state.refunding, credit.quantity);
  return sends;
}

/** Why tokens that came are no funding; undefined when they are. */
function notFunding(state: LaunchState, message: Message, quantity: Natural): string | undefined {
  if (tagOf(message, "X-Action") !== "Initialize-FLP") return "Funding needs X-Action: Initialize-FLP";
  if (state.status !== "Ready") return `The launch is ${state.status} and takes no more tokens`;
  // A tick may not have come since, and nothing may depend on whether it has.
  if (message.now >= endOf(state.parameters.terms)) return "The launch is over and takes no more tokens";
  const allocation = allocationOf(state);
  if (allocation === undefined) return "The token has not told its supply yet; try again after the next Tick";
  return isEqual(quantity, allocation)
    ? undefined
    : `Funding must be exactly ${formatNatural(allocation)} smallest units`;
}

function receiveAo(state: LaunchState, message: Message, credit: Credit): readonly Effect[] {
  const { ledgers, index } = state.parameters;
  const { sender, quantity } = credit;
  const { now } = message;
  const { ao, contributions } = state;
  const ledger = ledgers.indexOf(sender);
  if (ledger >= 0) {
    earnFrom(state, ledger, quantity, now);
    return payAll(ao.till, takeAo(state), now);
  }
  if (sender === index && index !== "") return pay(ao.till, earnBack(state, quantity), now);
  if (tagOf(message, "X-Action") !== "Delegate")
    return sendBack(state, ao.till, message, credit, "A contribution needs X-Action: Delegate");
  if (!canBePaid(contributions, sender))
    return sendBack(state, ao.till, message, credit, "The launch's token can't be given to itself");
  if (!takesContributions(state, now))
    return sendBack(
      state,
      ao.till,
      message,
      credit,
      "The launch takes contributions while it is under way only",
    );
  contributeDirectly(state, accountOf(sender), quantity);
  earn(state, ao, quantity, now);
  return [];
}

/** Books what can't be used, and sends it back once; a refund is kept. */
function sendBack(
  { parameters }: LaunchState,
  till: Till,
  message: Message,
  { sender, quantity }: Credit,
  reason: string,
): readonly Send[] {
  receive(till, quantity);
  if (isRefund(message) || sender === parameters.id) return [];
  return payBackOnce(till, { recipient: sender, quantity, tags: refundTags(reason) }, message.now);
}
