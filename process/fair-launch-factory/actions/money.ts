/** Creation fees in AO, in and out; everything else that comes goes back. */
import { payoutNumber } from "../../payouts/payout-number.ts";
import { add, formatNatural, isZero, type Natural } from "../../math/natural.ts";
import {
  hasRoomForRefund,
  isIdle,
  overdue,
  type Payout,
  type Payouts,
  transferOf,
} from "../../payouts/payouts.ts";
import { type Credit, creditOf, isRefund, refund, refundTags } from "../../payouts/refund.ts";
import { accountOf } from "../../protocol/address.ts";
import { jsonObject } from "../../protocol/json-text.ts";
import { limits } from "../../protocol/limits.ts";
import type { Message, Outcome, Send, TagPair } from "../../protocol/message.ts";
import { isRefusal, refuse } from "../../protocol/refusal.ts";
import { reply, send } from "../../protocol/reply.ts";
import { optionalAccountTag, parseAmount, tagOf } from "../../protocol/tags.ts";
import {
  decideFees,
  feeBook,
  payBack,
  payCredit,
  receiveFee,
  receiveForeign,
  returnPaid,
  settleFee,
} from "../fees.ts";
import type { FactoryState } from "../state.ts";

/** AO with X-Action: Creation-Fee is credited to its sender, where there is a fee. Anything else goes back once. Never fails. */
export function creditNotice(state: FactoryState, message: Message): Outcome {
  const { ao, fee } = state.parameters;
  const credit = creditOf(message);
  if (message.from !== ao) return refund(message, "The factory takes AO only, as a creation fee");
  if (credit === undefined) return [];
  if (isZero(fee)) return foreignBack(state, message, credit, "Launches are free here");
  if (tagOf(message, "X-Action") !== "Creation-Fee")
    return foreignBack(state, message, credit, "A creation fee needs X-Action: Creation-Fee");
  receiveFee(state, accountOf(credit.sender), credit.quantity);
  return [];
}

function foreignBack(
  state: FactoryState,
  message: Message,
  { sender, quantity }: Credit,
  reason: string,
): readonly Send[] {
  const { payouts } = state.fees;
  receiveForeign(state, quantity);
  if (isRefund(message) || sender === state.parameters.id || !hasRoomForRefund(payouts)) return [];
  const back = { recipient: sender, quantity, tags: refundTags(reason) };
  return [transferOf(payouts, payBack(state, back, message.now))];
}

/**
 * Pays the sender what it has paid and not used. With Account, the fee recipient's: anyone may have that paid, to the recipient. Withdraw-Creation-Fee-Response
 * now, Withdraw-Settled or Withdraw-Returned when the token has answered. Refused: nothing is there, another's account, too much under way.
 */
export function withdrawCreationFee(state: FactoryState, message: Message): Outcome {
  const account = optionalAccountTag(message, "Account");
  if (isRefusal(account)) return account;
  const owner = account ?? message.account;
  const { feeRecipient } = state.parameters;
  if (owner !== message.account && owner !== accountOf(feeRecipient))
    return refuse("not-owner", "Only who has paid a fee can withdraw it");
  const recipient = owner === message.account ? message.from : feeRecipient;
  const payout = payCredit(state, { owner, notify: recipient, recipient }, message.now);
  if (isRefusal(payout)) return payout;
  const answer = reply(message, "Withdraw-Creation-Fee-Response", [
    ["Reference", `${payout.number}`],
    ["Quantity", formatNatural(payout.quantity)],
  ]);
  return [answer, transferOf(state.fees.payouts, payout)];
}

/** The token has paid a payout out. */
export function debitNotice(state: FactoryState, message: Message): Outcome {
  const number = message.from === state.parameters.ao ? payoutNumber(message) : undefined;
  const payout = number === undefined ? undefined : settleFee(state, number);
  if (payout === undefined || payout.notify === "") return [];
  return [outcomeNotice(payout, "Withdraw-Settled", [["Recipient", payout.recipient]])];
}

/** The token has refused a payout: it is credited again. One with an unknown reference says nothing. */
export function transferError(state: FactoryState, message: Message): Outcome {
  const number = message.from === state.parameters.ao ? payoutNumber(message) : undefined;
  const payout = number === undefined ? undefined : returnPaid(state, number);
  if (payout === undefined || payout.notify === "") return [];
  const error = tagOf(message, "Error");
  const reason = isRefusal(error) || error === undefined ? "The token refused the transfer" : error;
  return [outcomeNotice(payout, "Withdraw-Returned", [["Reason", reason]])];
}

function outcomeNotice(payout: Payout, action: string, tags: readonly TagPair[]): Send {
  return send(payout.notify, action, [
    ["Reference", `${payout.number}`],
    ["Quantity", formatNatural(payout.quantity)],
    ...tags,
  ]);
}

/** Overdue payouts are sent again, or asked about. By cron or by anyone, as often as they like. */
export function tick(state: FactoryState, message: Message): Outcome {
  const { fees, parameters } = state;
  const effects: Send[] = [...overdue(fees.payouts, message.now)];
  if (isUndecided(fees.payouts, fees.balanceAsked, message.now)) {
    fees.balanceAsked = message.now;
    const tags: readonly TagPair[] = [
      ["Recipient", parameters.id],
      ["Reference", balanceReference(state)],
    ];
    effects.push(send(parameters.ao, "Balance", tags));
  }
  if (message.cron) return effects;
  const data = jsonObject([["messages", `${effects.length}`]]);
  return [...effects, reply(message, "Tick-Response", [], data)];
}

function isUndecided(payouts: Payouts, asked: number, now: number): boolean {
  return (
    payouts.unconfirmedCount > 0 && isIdle(payouts) && (asked < 0 || now - asked >= limits.balanceInterval)
  );
}

/** The token's answer to how much the factory has, which closes payouts that were set aside. Standard tokens answer without an action. */
export function balanceResponse(state: FactoryState, message: Message): Outcome {
  const isOwn = tagOf(message, "Account") === state.parameters.id;
  if (message.from !== state.parameters.ao || !isOwn)
    return message.action === "" ? refuse("unknown-action", "A message needs the tag Action") : [];
  const balance = tagOf(message, "Balance");
  const amount = balance === undefined || isRefusal(balance) ? undefined : parseAmount(balance);
  if (amount !== undefined && tagOf(message, "X-Reference") === balanceReference(state))
    decideFees(state, amount);
  return [];
}

/** Changes with every payout and with everything that comes in, so that an old figure is not taken for a new one. */
function balanceReference(state: FactoryState): string {
  const { payouts } = state.fees;
  const everReceived: Natural = add(feeBook(state), payouts.settled);
  return `balance-${payouts.next}-${formatNatural(everReceived)}`;
}
