/** A transfer to be swapped. */
import { formatDecimalExact } from "../../math/decimal.ts";
import { formatNatural, natural } from "../../math/natural.ts";
import { hasRoom } from "../../payouts/payouts.ts";
import type { Message, Outcome, Send, TagPair } from "../../protocol/message.ts";
import { isRefusal } from "../../protocol/refusal.ts";
import { send } from "../../protocol/reply.ts";
import { quantityTag, tagOf } from "../../protocol/tags.ts";
import { otherSide } from "../sides.ts";
import type { PoolState } from "../state.ts";
import { type Quote, swap } from "../trades.ts";
import type { Arrival } from "./arrival.ts";
import { pay, payBack, poolTags, returnTags, travellingTags } from "./paying.ts";

/**
 * Swaps for at least X-Expected-Min-Output: the output to the sender, and Order-Confirmation. Else the input goes back,
 * and Order-Error says why.
 */
export function swapIn(state: PoolState, message: Message, arrival: Arrival): Outcome {
  const least = quantityTag(message, "X-Expected-Min-Output");
  if (isRefusal(least)) return decline(state, message, arrival, least.text);
  const travelling = travellingTags(message);
  if (isRefusal(travelling)) return decline(state, message, arrival, travelling.text);
  const side = otherSide(arrival.side);
  if (!hasRoom(state.sides[side].payouts)) {
    return decline(state, message, arrival, "Too many payouts are under way; try again later");
  }
  const quote = swap(state, arrival.side, arrival.quantity, least, message.now);
  if (typeof quote === "string") return decline(state, message, arrival, quote);

  const tags: TagPair[] = [
    ["X-Action", "Swap-Output"],
    ...poolTags(state),
    ["X-Swap-Timestamp", `${message.now}`],
    ...travelling,
  ];
  const output = { side, recipient: arrival.sender, quantity: quote.output, tags };
  const transfers = pay(state, output, message.now);
  return [...transfers, confirmation(state, message, arrival, quote, travelling)];
}

function confirmation(
  state: PoolState,
  message: Message,
  { side, sender }: Arrival,
  { input, fee, output }: Quote,
  travelling: readonly TagPair[],
): Send {
  const [first, second] = state.sides;
  return send(sender, "Order-Confirmation", [
    ["Order-Id", message.id],
    ["From-Token", state.sides[side].token],
    ["From-Quantity", formatNatural(input)],
    ["To-Token", state.sides[otherSide(side)].token],
    ["To-Quantity", formatNatural(output)],
    ["Reserves-Token-A", formatNatural(first.reserve)],
    ["Reserves-Token-B", formatNatural(second.reserve)],
    ["Token-A", first.token],
    ["Token-B", second.token],
    ["Fee-Percentage", feePercentage(state)],
    ["Total-Fee", formatNatural(fee)],
    ["LP-Fee", formatNatural(fee)],
    ["Protocol-Fee", "0"],
    ["User", sender],
    ...travelling,
  ]);
}

function decline(state: PoolState, message: Message, arrival: Arrival, reason: string): Outcome {
  const { side, sender, quantity } = arrival;
  const tags = returnTags(reason, "Order", message);
  const back = payBack(state, { side, recipient: sender, quantity, tags }, message.now);
  const asked = tagOf(message, "X-Expected-Min-Output");
  const error = send(sender, "Order-Error", [
    ["Response-For", "Swap"],
    ["Order-Id", message.id],
    ["Result", reason],
    ["From-Token", state.sides[side].token],
    ["From-Quantity", formatNatural(quantity)],
    ["To-Token", state.sides[otherSide(side)].token],
    ["To-Quantity", asked === undefined || isRefusal(asked) ? "" : asked],
  ]);
  return [...back, error];
}

/** The fee in percent, as a decimal: 25 basis points are 0.25. */
export function feePercentage({ parameters }: PoolState): string {
  return formatDecimalExact(natural(parameters.fee), 2);
}
