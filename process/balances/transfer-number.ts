/** The number that a payer gives a transfer or a batch, so that it may be repeated. */
import type { Message } from "../protocol/message.ts";
import { isRefusal, type Refusal, refuse } from "../protocol/refusal.ts";
import { wholeTag } from "../protocol/tags.ts";
import { isWithinWindow, type TransferNumber } from "./numbered-transfers.ts";

/** A numbered transfer has both tags; one alone is an ordinary tag that travels on. */
export function readNumber(message: Message): TransferNumber | undefined | Refusal {
  const number = wholeTag(message, "X-Payout");
  if (isRefusal(number)) return number;
  const settledBelow = wholeTag(message, "X-Payouts-Settled");
  if (isRefusal(settledBelow)) return settledBelow;
  if (number === undefined || settledBelow === undefined) return undefined;
  const transfer = { number, settledBelow };
  return isWithinWindow(transfer)
    ? transfer
    : refuse("invalid-payout", "X-Payout is outside the payer's window");
}
