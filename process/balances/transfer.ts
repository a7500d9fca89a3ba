/** Transfer: one payer, one recipient. */
import { formatNatural, type Natural } from "../math/natural.ts";
import { accountOf } from "../protocol/address.ts";
import type { Effect, Message, Outcome, TagPair } from "../protocol/message.ts";
import { isRefusal, type Refusal, refuse } from "../protocol/refusal.ts";
import { reply, send } from "../protocol/reply.ts";
import { addressTag, forwardedTags, quantityTag, tagOf } from "../protocol/tags.ts";
import { type Book, covers, move } from "./book.ts";
import { remember, standingOf, type TransferNumber } from "./numbered-transfers.ts";
import { readNumber } from "./transfer-number.ts";

interface TransferRequest {
  readonly recipient: string;
  readonly quantity: Natural;
  readonly forwarded: readonly TagPair[];
  readonly numbered: TransferNumber | undefined;
  readonly silent: boolean;
}

/**
 * Moves Quantity from the sender to Recipient, with a notice to each of them unless the message has the tag Cast.
 * A payer that has too little gets Transfer-Error; a malformed request is refused.
 */
export function transfer(book: Book, message: Message): Outcome {
  const request = readTransfer(message);
  if (isRefusal(request)) return request;
  const { recipient, quantity, numbered } = request;
  if (isClosed(book, recipient)) return refuse("invalid-address", closedText);
  const payer = message.account;
  if (numbered !== undefined) {
    const standing = standingOf(book, payer, numbered);
    if (standing === "settled") return [];
    if (standing === "paid") return [debitNotice(message, request)];
    if (standing === "refused") return [insufficient(message, request.forwarded)];
  }
  if (!covers(book, payer, quantity)) {
    if (numbered !== undefined) remember(book, payer, numbered, false);
    return [insufficient(message, request.forwarded)];
  }
  move(book, payer, accountOf(recipient), quantity);
  if (numbered !== undefined) remember(book, payer, numbered, true);
  if (request.silent) return [];
  return [debitNotice(message, request), creditNotice(message.from, recipient, quantity, request.forwarded)];
}

/** Whether nobody can be paid at an address. */
export function isClosed(book: Book, recipient: string): boolean {
  const { closed } = book.parameters;
  return closed !== undefined && accountOf(recipient) === closed;
}

/** What is said of such a recipient. */
export const closedText = "Recipient must not be the process itself: what it had would be nobody's";

/** What a recipient hears: who sent it, how much, and the tags that travel on. */
export function creditNotice(
  sender: string,
  recipient: string,
  quantity: Natural,
  forwarded: readonly TagPair[],
): Effect {
  return send(recipient, "Credit-Notice", [
    ["Sender", sender],
    ["Quantity", formatNatural(quantity)],
    ...forwarded,
  ]);
}

/**
 * What a payer with too little hears. Of the tags that travel on only the payout's number comes back, as a standard
 * token gives none.
 */
export function insufficient(message: Message, forwarded: readonly TagPair[] = []): Effect {
  const number = forwarded.filter(([name]) => name === "X-Payout");
  return reply(message, "Transfer-Error", [
    ["Message-Id", message.id],
    ["Error", "Insufficient Balance!"],
    ...number,
  ]);
}

function debitNotice(message: Message, { recipient, quantity, forwarded }: TransferRequest): Effect {
  return reply(message, "Debit-Notice", [
    ["Recipient", recipient],
    ["Quantity", formatNatural(quantity)],
    ...forwarded,
  ]);
}

function readTransfer(message: Message): TransferRequest | Refusal {
  const recipient = addressTag(message, "Recipient");
  if (isRefusal(recipient)) return recipient;
  const quantity = quantityTag(message, "Quantity");
  if (isRefusal(quantity)) return quantity;
  const forwarded = forwardedTags(message);
  if (isRefusal(forwarded)) return forwarded;
  const numbered = readNumber(message);
  if (isRefusal(numbered)) return numbered;
  const cast = tagOf(message, "Cast");
  if (isRefusal(cast)) return cast;
  return { recipient, quantity, forwarded, numbered, silent: cast !== undefined };
}
