/** What tokens say of payouts, of balances and of themselves. */
import { payoutNumber } from "../../payouts/payout-number.ts";
import { balanceReference, giveBack } from "../../payouts/till.ts";
import type { Effect, Message, Outcome, TagPair } from "../../protocol/message.ts";
import { isRefusal, refuse } from "../../protocol/refusal.ts";
import { send } from "../../protocol/reply.ts";
import { parseAmount, tagOf } from "../../protocol/tags.ts";
import { findFunding } from "../funding.ts";
import { decideTokens, returnTokens, settleTokens } from "../paying.ts";
import { decideProceeds, settleProceeds } from "../proceeds.ts";
import type { LaunchState, Proceeds } from "../state.ts";
import { report } from "./report.ts";
import { readFacts } from "./token-facts.ts";

/** A token has carried out a transfer or a batch. */
export function debitNotice(state: LaunchState, message: Message): Outcome {
  const number = payoutNumber(message);
  if (number === undefined) return [];
  if (message.from === state.parameters.terms.token) settleTokens(state, number);
  for (const proceeds of proceedsFrom(state, message.from)) settleProceeds(proceeds, number);
  return [];
}

/** A token has refused a transfer or a batch. One with an unknown reference says nothing. */
export function transferError(state: LaunchState, message: Message): Outcome {
  const number = payoutNumber(message);
  if (number === undefined) return [];
  for (const proceeds of proceedsFrom(state, message.from)) giveBack(proceeds.till, number);
  if (message.from !== state.parameters.terms.token) return [];
  const payout = returnTokens(state, number);
  if (payout === undefined || payout.notify === "") return [];
  const error = tagOf(message, "Error");
  const reason = isRefusal(error) || error === undefined ? "The token refused the transfer" : error;
  const tags: readonly TagPair[] = [
    ["Status", "Error"],
    ["Reason", reason],
  ];
  return [send(payout.notify, "Withdraw-FLP-Token-Response", tags)];
}

function proceedsFrom({ ao, pi }: LaunchState, token: string): readonly Proceeds[] {
  return [ao, pi].filter(({ till }) => till.payouts.token === token);
}

/**
 * What a token says when it is asked: of itself, or for what this launch has, where the reference tells that nothing
 * has moved since. Standard tokens answer without an action.
 */
export function answer(state: LaunchState, message: Message): Outcome {
  const known = message.from === state.parameters.terms.token || proceedsFrom(state, message.from).length > 0;
  if (!known) return message.action === "" ? refuse("unknown-action", "A message needs the tag Action") : [];
  const balance = tagOf(message, "Balance");
  if (balance !== undefined) {
    return isRefusal(balance) ? [] : readBalance(state, message, balance);
  }
  if (message.from !== state.parameters.terms.token) return [];
  const before = state.token.described;
  readFacts(state, message);
  return state.token.described === before ? [] : [report(state, message.now)];
}

function readBalance(state: LaunchState, message: Message, balance: string): readonly Effect[] {
  const reference = tagOf(message, "X-Reference");
  const amount = parseAmount(balance);
  if (amount === undefined || tagOf(message, "Account") !== state.parameters.id) return [];
  if (message.from === state.parameters.terms.token && reference === balanceReference(state.till)) {
    decideTokens(state, amount);
    return findFunding(state, amount, message.now) ? [report(state, message.now)] : [];
  }
  for (const proceeds of proceedsFrom(state, message.from))
    if (reference === balanceReference(proceeds.till)) decideProceeds(proceeds, amount);
  return [];
}
