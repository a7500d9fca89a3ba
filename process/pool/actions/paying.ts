/** Amounts that leave the pool. What can't be sent now, since too much is under way, can be claimed later. */
import { touch } from "../../collections/touched.ts";
import { formatNatural, isZero } from "../../math/natural.ts";
import { refundTags } from "../../payouts/refund.ts";
import { pay as payFromTill, payBack as payBackFromTill, type Payment } from "../../payouts/till.ts";
import { accountOf, isAddress } from "../../protocol/address.ts";
import { limits } from "../../protocol/limits.ts";
import type { Message, Send, TagPair } from "../../protocol/message.ts";
import { isRefusal, type Refusal, refuse } from "../../protocol/refusal.ts";
import { forwardedTags, tagOf } from "../../protocol/tags.ts";
import { lowerCase } from "../../protocol/text.ts";
import type { PoolState, SideIndex } from "../state.ts";

/** So much of a side's token for an address. */
export interface SidePayment extends Payment {
  readonly side: SideIndex;
}

/** Pays what somebody is due: nothing, one transfer, or a claim. The amount has been taken off elsewhere. */
export function pay(state: PoolState, payment: SidePayment, now: number): readonly Send[] {
  return noted(state, payment, payFromTill(state.sides[payment.side], payment, now));
}

/** The same for what goes back, which anybody can cause: it leaves room for what swaps and shares are due. */
export function payBack(state: PoolState, payment: SidePayment, now: number): readonly Send[] {
  return noted(state, payment, payBackFromTill(state.sides[payment.side], payment, now));
}

/** What was not sent has become a claim, which is published. */
function noted(
  state: PoolState,
  { recipient, quantity }: SidePayment,
  transfers: readonly Send[],
): readonly Send[] {
  if (transfers.length === 0 && !isZero(quantity)) touch(state.touchedClaims, accountOf(recipient));
  return transfers;
}

/** The names, in lower case, of tags that the pool gives itself, or that tell it what to do: these don't travel on. */
const OWN_TAGS = [
  ...["x-action", "x-reason", "x-error", "x-payout", "x-payouts-settled", "x-reference"],
  ...["x-expected-min-output", "x-slippage-tolerance", "x-min-shares"],
  ...["x-token-a", "x-token-b", "x-reserves-token-a", "x-reserves-token-b", "x-fee-bps", "x-swap-timestamp"],
  ...["x-refund-reason", "x-refunded-transfer", "x-refunded-order", "x-refunded-provide"],
];

/** The tags whose names start with `X-` that travel on with what a message comes to. Refused: one twice, too long. */
export function travellingTags(message: Message): readonly TagPair[] | Refusal {
  const forwarded = forwardedTags(message);
  if (isRefusal(forwarded)) return forwarded;
  const tags = forwarded.filter(([name]) => !OWN_TAGS.includes(lowerCase(name)));
  let characters = 0;
  for (const [name, value] of tags) characters += name.length + value.length;
  return characters <= limits.travellingCharacters
    ? tags
    : refuse(
        "invalid-tags",
        `The tags that travel on must have at most ${limits.travellingCharacters} characters together`,
      );
}

/** What goes back says why, and for which order or deposit: existing clients look for these two. */
export function returnTags(
  reason: string,
  about: "Order" | "Provide" | undefined,
  message: Message,
): readonly TagPair[] {
  const tags: TagPair[] = [...refundTags(reason), ["X-Refund-Reason", reason]];
  if (about !== undefined) tags.push([`X-Refunded-${about}`, message.id]);
  const pushedFor = tagOf(message, "Pushed-For");
  if (pushedFor !== undefined && !isRefusal(pushedFor) && isAddress(pushedFor)) {
    tags.push(["X-Refunded-Transfer", pushedFor]);
  }
  const travelling = travellingTags(message);
  return isRefusal(travelling) ? tags : [...tags, ...travelling];
}

/** The pool as it is now, in tags that travel: who gets them need not ask. */
export function poolTags({ sides, parameters }: PoolState): readonly TagPair[] {
  return [
    ["X-Reserves-Token-A", formatNatural(sides[0].reserve)],
    ["X-Reserves-Token-B", formatNatural(sides[1].reserve)],
    ["X-Fee-Bps", `${parameters.fee}`],
    ["X-Token-A", sides[0].token],
    ["X-Token-B", sides[1].token],
  ];
}
