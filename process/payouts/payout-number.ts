/** Which payout a token's answer is about. */
import type { Message } from "../protocol/message.ts";
import { isRefusal } from "../protocol/refusal.ts";
import { tagOf } from "../protocol/tags.ts";

/**
 * The number of the payout that an answer is about: `X-Payout`, or, from a token that gives no such tags back, the one in the `Reference` that
 * `transferOf` gave and that it repeats as `X-Reference`. Undefined where there is none, or a tag is given twice.
 */
export function payoutNumber(message: Message): string | undefined {
  const number = tagOf(message, "X-Payout");
  if (number !== undefined) return isRefusal(number) ? undefined : number;
  const reference = tagOf(message, "X-Reference");
  return reference === undefined || isRefusal(reference) ? undefined : numberIn(reference);
}

function numberIn(reference: string): string | undefined {
  return reference.startsWith("payout-") ? reference.substring("payout-".length) : undefined;
}
