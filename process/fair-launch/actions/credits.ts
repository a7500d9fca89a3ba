/** Tokens that come: funding, proceeds, contributions, and what is none of these. */
import { add, formatNatural, isEqual, type Natural } from "../../math/natural.ts";
import { hasRoomForRefund, transferOf, transfersOf } from "../../payouts/payouts.ts";
import { type Credit, creditOf, isRefund, refund, refundTags } from "../../payouts/refund.ts";
import { accountOf } from "../../protocol/address.ts";
import type { Effect, Message, Outcome } from "../../protocol/message.ts";
import { tagOf } from "../../protocol/tags.ts";
import { endOf } from "../../terms/terms.ts";
import { canBePaid, contributeDirectly } from "../delegators.ts";
import { allocationOf } from "../emission.ts";
import { payBack } from "../paying.ts";
import { forwardAo, forwardPi, payForeignBack, receive, receiveBack, receiveFrom } from "../proceeds.ts";
import { takesContributions } from "../rounds.ts";
import type { LaunchState, Proceeds } from "../state.ts";
import { report } from "./report.ts";

/** Tokens have come: funding, proceeds, a contribution. Anything else goes back once. Never fails. */
export function creditNotice(state: LaunchState, message: Message): Outcome {
  const { terms, ao, indexToken, index } = state.parameters;
  const credit = creditOf(message);
  if (message.from === terms.token) return credit === undefined ? [] : fund(state, message, credit);
  if (message.from === ao) return credit === undefined ? [] : receiveAo(state, message, credit);
  if (message.from !== indexToken || credit === undefined)
    return refund(message, "The launch takes its own token and AO only");
  if (credit.sender !== index) return foreignBack(state.pi, message, credit, "PI comes from the index only");
  receive(state.pi, credit.quantity, state.cycle, message.now);
  return transfersOf(state.pi.payouts, forwardPi(state, message.now));
}

function fund(state: LaunchState, message: Message, credit: Credit): readonly Effect[] {
  const reason = notFunding(state, message, credit.quantity);
  if (reason === undefined) {
    state.funder = accountOf(credit.sender);
    state.status = "Active";
    return [report(state, message.now)];
  }
  state.foreign = add(state.foreign, credit.quantity);
  if (isRefund(message) || credit.sender === state.parameters.id || !hasRoomForRefund(state.payouts))
    return [];
  const back = { recipient: credit.sender, quantity: credit.quantity, tags: refundTags(reason) };
  return [transferOf(state.payouts, payBack(state, back, message.now))];
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
  const { ao } = state;
  const ledger = ledgers.indexOf(credit.sender);
  if (ledger >= 0) {
    receiveFrom(state, ledger, credit.quantity, message.now);
    return transfersOf(ao.payouts, forwardAo(state, message.now));
  }
  if (credit.sender === index && index !== "") {
    return transfersOf(ao.payouts, receiveBack(state, credit.quantity, message.now));
  }
  if (tagOf(message, "X-Action") !== "Delegate")
    return foreignBack(ao, message, credit, "A contribution needs X-Action: Delegate");
  if (!canBePaid(state, credit.sender))
    return foreignBack(ao, message, credit, "The launch's token can't be given to itself");
  if (!takesContributions(state, message.now))
    return foreignBack(ao, message, credit, "The launch takes contributions while it is under way only");
  contributeDirectly(state, accountOf(credit.sender), credit.quantity);
  receive(ao, credit.quantity, state.cycle, message.now);
  return [];
}

function foreignBack(
  proceeds: Proceeds,
  message: Message,
  { sender, quantity }: Credit,
  reason: string,
): readonly Effect[] {
  proceeds.foreign = add(proceeds.foreign, quantity);
  if (isRefund(message) || !hasRoomForRefund(proceeds.payouts)) return [];
  const back = { recipient: sender, quantity, tags: refundTags(reason) };
  return [transferOf(proceeds.payouts, payForeignBack(proceeds, back, message.now))];
}
