/** What arrives and can't be used goes back, once. */
import { isAddress } from "../protocol/address.ts";
import type { Message, Send, TagPair } from "../protocol/message.ts";
import { isRefusal } from "../protocol/refusal.ts";
import { formatNatural, type Natural } from "../math/natural.ts";
import { send } from "../protocol/reply.ts";
import { addressTag, quantityTag, tagOf } from "../protocol/tags.ts";

/** A Credit-Notice: so much of the token that sent the notice has come from this sender. */
export interface Credit {
  readonly token: string;
  readonly sender: string;
  readonly quantity: Natural;
}

/** The credit that a notice reports; undefined for a notice that makes no sense. */
export function creditOf(message: Message): Credit | undefined {
  const sender = addressTag(message, "Sender");
  const quantity = quantityTag(message, "Quantity");
  if (isRefusal(sender) || isRefusal(quantity) || !isAddress(message.from)) return undefined;
  return { token: message.from, sender, quantity };
}

/** Whether a credit is itself a refund, which is not sent back: two processes could do so for ever. */
export function isRefund(message: Message): boolean {
  const action = tagOf(message, "X-Action");
  return isRefusal(action) || action === "Refund";
}

/** The tags that a refund carries: that it is one, and why. */
export function refundTags(reason: string): readonly TagPair[] {
  return [
    ["X-Action", "Refund"],
    ["X-Reason", reason],
  ];
}

/**
 * Sends a credit back to where it came from. For tokens that the process keeps no books on: nothing is remembered, and
 * a token that is none gets a message that it ignores.
 */
export function refund(message: Message, reason: string): readonly Send[] {
  const credit = creditOf(message);
  if (credit === undefined || isRefund(message)) return [];
  return [
    send(credit.token, "Transfer", [
      ["Recipient", credit.sender],
      ["Quantity", formatNatural(credit.quantity)],
      ...refundTags(reason),
    ]),
  ];
}
