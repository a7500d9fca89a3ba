/** A token has arrived. To be swapped or provided; everything else goes back, once, with the reason. Never fails. */
import { creditOf, isRefund, refund } from "../../payouts/refund.ts";
import { receive } from "../../payouts/till.ts";
import { accountOf } from "../../protocol/address.ts";
import type { Message, Outcome } from "../../protocol/message.ts";
import { tagOf } from "../../protocol/tags.ts";
import { keep, sideOf } from "../sides.ts";
import type { PoolState } from "../state.ts";
import { payBack, returnTags } from "./paying.ts";
import { provide } from "./provide.ts";
import { swapIn } from "./swap.ts";

/**
 * X-Action says what a transfer is for: `Swap` or `Provide`. What is itself a refund is not sent back, or two processes
 * could do so for ever; its sender can claim it.
 */
export function creditNotice(state: PoolState, message: Message): Outcome {
  const { id } = state.parameters;
  const side = sideOf(state, message.from);
  if (side === undefined) {
    return message.from === id ? [] : refund(message, "The pool takes no other token than its two");
  }
  const credit = creditOf(message);
  if (credit === undefined) return [];

  receive(state.sides[side], credit.quantity);
  const { sender, quantity } = credit;
  if (isRefund(message) || sender === id) {
    keep(state, side, accountOf(sender), quantity);
    return [];
  }
  const action = tagOf(message, "X-Action");
  const arrival = { side, sender, quantity };
  if (action === "Swap") return swapIn(state, message, arrival);
  if (action === "Provide") return provide(state, message, arrival);
  const tags = returnTags("X-Action must be Swap or Provide", undefined, message);
  return payBack(state, { side, recipient: sender, quantity, tags }, message.now);
}
