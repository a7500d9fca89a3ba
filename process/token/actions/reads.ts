/** What can be asked of a token. */
import { takeTouched } from "../../collections/touched.ts";
import type { Published } from "../../host/process.ts";
import { formatNatural } from "../../math/natural.ts";
import { accountOf } from "../../protocol/address.ts";
import { jsonObject, jsonString } from "../../protocol/json-text.ts";
import { limits } from "../../protocol/limits.ts";
import type { Message, Outcome, TagPair } from "../../protocol/message.ts";
import { pageRequest } from "../../protocol/page.ts";
import { isRefusal } from "../../protocol/refusal.ts";
import { inLowerCase, reply } from "../../protocol/reply.ts";
import { tagOf } from "../../protocol/tags.ts";
import { balanceOf } from "../rules.ts";
import type { TokenState } from "../state.ts";

/** What the token is, in tags; existing clients read the five standard ones in either spelling. */
export function info(state: TokenState, message: Message): Outcome {
  const tags = [...standardTags(state), ...furtherTags(state)];
  return [reply(message, "Info-Response", [...tags, ...inLowerCase(standardTags(state))])];
}

/** The figures of `Info`, and the balances that have changed. */
export function publish(state: TokenState): Published {
  const accounts = takeTouched(state.touched, limits.publishedEntries);
  const balances = accounts.map((account): TagPair => [account, formatNatural(balanceOf(state, account))]);
  return {
    figures: inLowerCase([...standardTags(state), ...furtherTags(state)]),
    maps: [["balances", balances]],
  };
}

function standardTags(state: TokenState): readonly TagPair[] {
  const { name, ticker, logo, denomination } = state.parameters;
  return [
    ["Name", name],
    ["Ticker", ticker],
    ["Logo", logo],
    ["Denomination", `${denomination}`],
    ["Supply", formatNatural(state.supply)],
  ];
}

function furtherTags(state: TokenState): readonly TagPair[] {
  const { cap, owner } = state.parameters;
  return [
    ["Cap", cap === undefined ? "none" : formatNatural(cap)],
    ["Minter", state.minter === "" ? "none" : state.minter],
    ["Owner", owner],
    ["Holders", `${state.holders.size}`],
    ["Numbered-Transfers", "true"],
  ];
}

/** What Recipient, or else Target, or else the sender has. */
export function balance(state: TokenState, message: Message): Outcome {
  const recipient = tagOf(message, "Recipient");
  if (isRefusal(recipient)) return recipient;
  const target = tagOf(message, "Target");
  if (isRefusal(target)) return target;
  const account = recipient ?? target ?? message.from;
  const amount = formatNatural(balanceOf(state, accountOf(account)));
  return [
    reply(
      message,
      "Balance-Response",
      [
        ["Balance", amount],
        ["Ticker", state.parameters.ticker],
        ["Account", account],
      ],
      amount,
    ),
  ];
}

/** Who has what, as a map: a page of it, and Next-Cursor when there is more. */
export function balances(state: TokenState, message: Message): Outcome {
  const request = pageRequest(message, limits.pageItems);
  if (isRefusal(request)) return request;
  const members: (readonly [string, string])[] = [];
  const end = request.cursor + limits.visitedPositions;
  let position = request.cursor;
  while (position < state.holders.extent && position < end && members.length < request.limit) {
    const name = state.holders.names[position]!;
    if (name !== "") members.push([name, jsonString(formatNatural(state.balances[position]!))]);
    position += 1;
  }
  const next: TagPair[] = position < state.holders.extent ? [["Next-Cursor", `${position}`]] : [];
  return [
    reply(message, "Balances-Response", [["Ticker", state.parameters.ticker], ...next], jsonObject(members)),
  ];
}

/** All that there is. */
export function totalSupply(state: TokenState, message: Message): Outcome {
  const { ticker } = state.parameters;
  return [reply(message, "Total-Supply", [["Ticker", ticker]], formatNatural(state.supply))];
}
