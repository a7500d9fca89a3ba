/** AO in and out: what the mint sends, what wallets withdraw, what the token says of it. */
import { payoutNumber } from "../../payouts/payout-number.ts";
import { slotOf } from "../../collections/register.ts";
import { add, compare, formatNatural, isZero, type Natural, subtract, ZERO } from "../../math/natural.ts";
import { hasRoom, hasRoomForRefund, openPayout, type Payout, returnPayout } from "../../payouts/payouts.ts";
import { settlePayout, transferOf } from "../../payouts/payouts.ts";
import { creditOf, isRefund, refund, refundTags } from "../../payouts/refund.ts";
import { accountOf } from "../../protocol/address.ts";
import type { Effect, Message, Outcome } from "../../protocol/message.ts";
import { isRefusal, type Refusal, refuse } from "../../protocol/refusal.ts";
import { reply, send } from "../../protocol/reply.ts";
import {
  addressTag,
  optionalAmountTag,
  parseAmount,
  quantityTag,
  tagOf,
  wholeTag,
} from "../../protocol/tags.ts";
import { withdrawableOf } from "../accrual.ts";
import { distribute } from "../distribution.ts";
import type { LedgerState } from "../state.ts";
import { upkeep } from "./upkeep.ts";

/**
 * Pays the sender's yield: Quantity, or all of it, to Recipient, or to the sender. Withdraw-Response now,
 * Withdraw-Settled or Withdraw-Returned when the token has answered.
 */
export function withdraw(state: LedgerState, message: Message): Outcome {
  const recipient =
    tagOf(message, "Recipient") === undefined ? message.from : addressTag(message, "Recipient");
  if (isRefusal(recipient)) return recipient;
  if (isOfTheCore(state, recipient)) {
    return refuse("invalid-address", "Recipient must not be the ledger, its mint or its token");
  }
  const wallet = slotOf(state.wallets.register, message.account);
  const available = wallet === undefined ? ZERO : withdrawableOf(state, wallet);
  const quantity = requestedQuantity(message, available);
  if (isRefusal(quantity)) return quantity;
  if (wallet === undefined || compare(quantity, available) > 0) {
    return refuse("insufficient-yield", `Only ${formatNatural(available)} can be withdrawn`);
  }
  if (!hasRoom(state.payouts)) return refuse("busy", "Too many payouts are under way; try again later");

  const { withdrawn, pending } = state.wallets;
  withdrawn[wallet] = add(withdrawn[wallet] ?? ZERO, quantity);
  pending[wallet] = add(pending[wallet] ?? ZERO, quantity);
  const request = { owner: message.account, notify: message.from, recipient, quantity, tags: [] };
  const payout = openPayout(state.payouts, request, message.now);
  state.sequence += 1;
  const answer = reply(message, "Withdraw-Response", [
    ["Reference", `${payout.number}`],
    ["Quantity", formatNatural(quantity)],
  ]);
  return [answer, transferOf(state.payouts, payout)];
}

/**
 * AO has arrived. From the mint, to be distributed: what X-Cumulative adds to what is known. From anybody else it goes
 * back, as every other token does. Never fails.
 */
export function creditNotice(state: LedgerState, message: Message): Outcome {
  if (message.from !== state.parameters.token)
    return refund(message, "The ledger takes no other token than AO");
  const credit = creditOf(message);
  if (credit === undefined) return [];
  if (tagOf(message, "X-Action") === "Distribute") {
    // A mint that has not been named yet may be at work already. Nothing is booked and nothing sent back: its next
    // figure counts this too, and AO that had left again would be missing then.
    if (state.mint === "") return [];
    const cumulative = optionalAmountTag(message, "X-Cumulative");
    const cycle = wholeTag(message, "X-Cycle");
    const isMint = accountOf(credit.sender) === state.mint;
    if (
      isMint &&
      cumulative !== undefined &&
      !isRefusal(cumulative) &&
      cycle !== undefined &&
      !isRefusal(cycle)
    ) {
      return distributeUpTo(state, message, cumulative, cycle);
    }
  }
  state.foreign = add(state.foreign, credit.quantity);
  if (isRefund(message) || credit.sender === state.parameters.id || !hasRoomForRefund(state.payouts))
    return [];
  const request = {
    owner: "",
    notify: "",
    recipient: credit.sender,
    quantity: credit.quantity,
    tags: refundTags("The ledger takes AO from its mint only"),
  };
  return [transferOf(state.payouts, openPayout(state.payouts, request, message.now))];
}

function distributeUpTo(state: LedgerState, message: Message, cumulative: Natural, cycle: number): Outcome {
  if (compare(cumulative, state.minted) <= 0) return [];
  const effects = upkeep(state, message.now);
  distribute(state, subtract(cumulative, state.minted), cycle, message.now);
  state.sequence += 1;
  return effects;
}

/** The token has paid a payout out. */
export function debitNotice(state: LedgerState, message: Message): Outcome {
  if (message.from !== state.parameters.token) return [];
  const number = tagOf(message, "X-Payout");
  const payout = number === undefined || isRefusal(number) ? undefined : settlePayout(state.payouts, number);
  if (payout === undefined || payout.owner === "") return [];
  release(state, payout, false);
  return [outcomeNotice(payout, "Withdraw-Settled", [["Recipient", payout.recipient]])];
}

/** The token has refused a payout: it is the owner's again. One with an unknown reference says nothing. */
export function transferError(state: LedgerState, message: Message): Outcome {
  if (message.from !== state.parameters.token) return [];
  const number = payoutNumber(message);
  const payout = number === undefined ? undefined : returnPayout(state.payouts, number);
  if (payout === undefined || payout.owner === "") return [];
  release(state, payout, true);
  const error = tagOf(message, "Error");
  return [outcomeNotice(payout, "Withdraw-Returned", [["Reason", isRefusal(error) ? "" : (error ?? "")]])];
}

/** The token's answer to how much this ledger has, as `Balance-Response`, or without an action. */
export function balanceResponse(state: LedgerState, message: Message): Outcome {
  const account = tagOf(message, "Account");
  const balance = tagOf(message, "Balance");
  if (message.from !== state.parameters.token || account !== state.parameters.id) {
    return message.action === "" ? refuse("unknown-action", "A message needs the tag Action") : [];
  }
  const amount = balance === undefined || isRefusal(balance) ? undefined : parseAmount(balance);
  if (amount === undefined) return [];
  state.tokenBalance = amount;
  state.tokenBalanceAt = message.now;
  return [];
}

/** Whether an address is one of the processes that send a payment back to the ledger, where it would be nobody's. */
function isOfTheCore({ parameters, mint }: LedgerState, address: string): boolean {
  return address === parameters.id || address === mint || address === parameters.token;
}

function requestedQuantity(message: Message, available: Natural): Natural | Refusal {
  if (tagOf(message, "Quantity") !== undefined) return quantityTag(message, "Quantity");
  return isZero(available) ? refuse("insufficient-yield", "There is nothing to withdraw") : available;
}

/** A payout is no longer under way; a returned one has not left either. */
function release(state: LedgerState, payout: Payout, returned: boolean): void {
  const wallet = slotOf(state.wallets.register, payout.owner);
  if (wallet === undefined) return;
  const { withdrawn, pending } = state.wallets;
  pending[wallet] = subtract(pending[wallet]!, payout.quantity);
  if (returned) withdrawn[wallet] = subtract(withdrawn[wallet]!, payout.quantity);
}

function outcomeNotice(payout: Payout, action: string, tags: readonly (readonly [string, string])[]): Effect {
  return send(payout.notify, action, [
    ["Reference", `${payout.number}`],
    ["Quantity", formatNatural(payout.quantity)],
    ...tags,
  ]);
}
