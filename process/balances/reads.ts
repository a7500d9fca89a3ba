/** What can be asked of a book: who has what. */
import { takeTouched } from "../collections/touched.ts";
import { formatNatural } from "../math/natural.ts";
import { accountOf } from "../protocol/address.ts";
import { jsonObject, jsonString } from "../protocol/json-text.ts";
import { limits } from "../protocol/limits.ts";
import type { Message, Outcome, PublishedMap, TagPair } from "../protocol/message.ts";
import { pageRequest } from "../protocol/page.ts";
import { isRefusal } from "../protocol/refusal.ts";
import { reply } from "../protocol/reply.ts";
import { tagOf } from "../protocol/tags.ts";
import { balanceOf, type Book } from "./book.ts";

/** The balances that have changed, as they are published. */
export function publishedBalances(book: Book): PublishedMap {
  const accounts = takeTouched(book.touched, limits.publishedEntries);
  return ["balances", accounts.map((account): TagPair => [account, formatNatural(balanceOf(book, account))])];
}

/** What Recipient, or else Target, or else the sender has. */
export function balance(book: Book, message: Message): Outcome {
  const recipient = tagOf(message, "Recipient");
  if (isRefusal(recipient)) return recipient;
  const target = tagOf(message, "Target");
  if (isRefusal(target)) return target;
  const account = recipient ?? target ?? message.from;
  const amount = formatNatural(balanceOf(book, accountOf(account)));
  return [
    reply(
      message,
      "Balance-Response",
      [
        ["Balance", amount],
        ["Ticker", book.parameters.ticker],
        ["Account", account],
      ],
      amount,
    ),
  ];
}

/** Who has what, as a map: a page of it, and Next-Cursor when there is more. */
export function balances(book: Book, message: Message): Outcome {
  const request = pageRequest(message, limits.pageItems);
  if (isRefusal(request)) return request;
  const members: (readonly [string, string])[] = [];
  const end = request.cursor + limits.visitedPositions;
  let position = request.cursor;
  while (position < book.holders.extent && position < end && members.length < request.limit) {
    const name = book.holders.names[position]!;
    if (name !== "") members.push([name, jsonString(formatNatural(book.balances[position]!))]);
    position += 1;
  }
  const next: TagPair[] = position < book.holders.extent ? [["Next-Cursor", `${position}`]] : [];
  return [
    reply(message, "Balances-Response", [["Ticker", book.parameters.ticker], ...next], jsonObject(members)),
  ];
}

/** All that there is. */
export function totalSupply(book: Book, message: Message): Outcome {
  const { ticker } = book.parameters;
  return [reply(message, "Total-Supply", [["Ticker", ticker]], formatNatural(book.supply))];
}
