/** Batch-Transfer and the rows that it and Mint read: `recipient,quantity`, all or nothing. */
import { enrol, emptyRegister, type Register, slotOf } from "../collections/register.ts";
import { add, formatNatural, isZero, type Natural, ZERO } from "../math/natural.ts";
import { accountOf, isAddress } from "../protocol/address.ts";
import { parseCsv } from "../protocol/csv.ts";
import { limits } from "../protocol/limits.ts";
import type { Effect, Message, Outcome, TagPair } from "../protocol/message.ts";
import { isRefusal, type Refusal, refuse } from "../protocol/refusal.ts";
import { reply, send } from "../protocol/reply.ts";
import { forwardedTags, parseAmount, tagOf } from "../protocol/tags.ts";
import { type Book, covers, move } from "./book.ts";
import { remember, standingOf } from "./numbered-transfers.ts";
import { readNumber } from "./transfer-number.ts";
import { closedText, insufficient, isClosed } from "./transfer.ts";

/** Who gets how much, each recipient once; `count` is how many rows said so. */
export interface Allotment {
  readonly recipients: Register;
  readonly quantities: readonly Natural[];
  readonly total: Natural;
  readonly count: number;
}

/**
 * Moves to each recipient of the CSV what it says, amounts of one recipient added up: a Batch-Debit-Notice to the
 * sender, a Credit-Notice to each recipient, unless the message has the tag Cast. Too little for the whole:
 * Transfer-Error, and nothing moves. A numbered batch may be repeated, as a transfer may.
 */
export function batchTransfer(book: Book, message: Message): Outcome {
  const allotment = readAllotment(message.data);
  if (isRefusal(allotment)) return allotment;
  if (allotment.recipients.names.some((name) => isClosed(book, name))) {
    return refuse("invalid-address", closedText);
  }
  const forwarded = forwardedTags(message);
  if (isRefusal(forwarded)) return forwarded;
  const cast = tagOf(message, "Cast");
  if (isRefusal(cast)) return cast;
  const numbered = readNumber(message);
  if (isRefusal(numbered)) return numbered;
  const standing = numbered === undefined ? "new" : standingOf(book, message.account, numbered);
  if (standing === "settled") return [];
  if (standing === "paid") return [debitNotice(message, allotment, forwarded)];
  const covered = standing === "new" && covers(book, message.account, allotment.total);
  if (numbered !== undefined && standing === "new") remember(book, message.account, numbered, covered);
  if (!covered) return [insufficient(message, forwarded)];

  const { recipients, quantities } = allotment;
  for (let i = 0; i < recipients.extent; i++) {
    move(book, message.account, accountOf(recipients.names[i]!), quantities[i]!);
  }
  if (cast !== undefined) return [];
  const notices = creditNotices(message.from, allotment, [initiatedBy(message), ...forwarded]);
  return [debitNotice(message, allotment, forwarded), ...notices];
}

function debitNotice(message: Message, { count, total }: Allotment, forwarded: readonly TagPair[]): Effect {
  return reply(message, "Batch-Debit-Notice", [
    ["Count", `${count}`],
    ["Total", formatNatural(total)],
    initiatedBy(message),
    ...forwarded,
  ]);
}

function initiatedBy(message: Message): TagPair {
  return ["Batch-Transfer-Init-Id", message.id];
}

/** A Credit-Notice to each recipient. */
export function creditNotices(
  sender: string,
  allotment: Allotment,
  tags: readonly TagPair[],
): readonly Effect[] {
  return allotment.quantities.map((quantity, slot) =>
    send(allotment.recipients.names[slot]!, "Credit-Notice", [
      ["Sender", sender],
      ["Quantity", formatNatural(quantity)],
      ...tags,
    ]),
  );
}

/** The rows of a CSV. Refused, with the line's number: no rows, too many, a field missing, a malformed amount. */
export function readAllotment(data: string | undefined): Allotment | Refusal {
  if (data === undefined || data.length > limits.csvBytes) {
    return refuse("invalid-csv", `Data must be text of at most ${limits.csvBytes} bytes`);
  }
  const lines = parseCsv(data, limits.csvRows);
  if (lines.length === 0) return refuse("invalid-csv", "No transfer entries found in CSV");
  if (lines.length > limits.csvRows)
    return refuse("invalid-csv", `More than ${limits.csvRows} entries in CSV`);
  const recipients = emptyRegister();
  const quantities: Natural[] = [];
  let total = ZERO;
  for (const { number, fields } of lines) {
    const quantity = readRow(number, fields);
    if (isRefusal(quantity)) return quantity;
    const known = slotOf(recipients, fields[0]!);
    const slot = enrol(recipients, fields[0]!);
    quantities[slot] = known === undefined ? quantity : add(quantities[slot]!, quantity);
    total = add(total, quantity);
  }
  return { recipients, quantities, total, count: lines.length };
}

function readRow(number: number, fields: readonly string[]): Natural | Refusal {
  const [recipient, text] = fields;
  if (recipient === undefined || recipient === "" || text === undefined || text === "" || fields.length > 2) {
    return refuse("invalid-csv", `Invalid entry at line ${number}: recipient and quantity required`);
  }
  if (!isAddress(recipient))
    return refuse("invalid-csv", `Invalid recipient at line ${number}: not an address`);
  const quantity = parseAmount(text);
  if (quantity === undefined) {
    return refuse("invalid-csv", `Invalid quantity format at line ${number}: must contain only digits`);
  }
  return isZero(quantity)
    ? refuse("invalid-csv", `Quantity must be greater than 0 at line ${number}`)
    : quantity;
}
