/** What the launch's token says of itself: asked at creation, and its supply again with each round. */
import { formatNatural, type Natural } from "../../math/natural.ts";
import { limits } from "../../protocol/limits.ts";
import type { Message, Send } from "../../protocol/message.ts";
import { send } from "../../protocol/reply.ts";
import { agreedTag, isWhole, parseAmount } from "../../protocol/tags.ts";
import { byteLength } from "../../protocol/text.ts";
import type { LaunchState } from "../state.ts";

/** Questions for what is not known yet, from time to time; none once the launch is over. */
export function factQuestions(state: LaunchState, now: number): readonly Send[] {
  const { token } = state;
  if (token.described && token.supply !== undefined) return [];
  if (state.status === "Ended" || state.status === "Cancelled") return [];
  if (token.asked >= 0 && now - token.asked < limits.askAgain) return [];
  token.asked = now;
  return [send(state.till.payouts.token, "Info", []), supplyQuestion(state)];
}

export function supplyQuestion(state: LaunchState): Send {
  return send(state.till.payouts.token, "Total-Supply", []);
}

/** Takes what an answer says, the first time for good. The supply comes with Total-Supply, and with Info from some. */
export function readFacts(state: LaunchState, message: Message): void {
  const { token } = state;
  const supply = supplyIn(message);
  if (supply !== undefined) {
    // What a share of an unknown supply came to was written off with the launch.
    if (state.status !== "Cancelled") token.supply ??= supply;
    token.latestSupply = supply;
  }
  const ticker = textIn(message, "Ticker");
  const denomination = textIn(message, "Denomination");
  if (token.described || ticker === undefined || denomination === undefined || !isWhole(denomination)) return;
  token.described = true;
  token.ticker = ticker;
  token.denomination = denomination;
  token.name = textIn(message, "Name") ?? token.name;
  token.logo = textIn(message, "Logo") ?? token.logo;
  state.till.payouts.numbered = textIn(message, "Numbered-Transfers") === "true";
}

function supplyIn(message: Message): Natural | undefined {
  const tag = textIn(message, "Total-Supply") ?? textIn(message, "Supply");
  if (tag !== undefined) return parseAmount(tag);
  const isSupply = message.action === "Total-Supply" || message.action === "Total-Supply-Response";
  return isSupply && message.data !== undefined ? parseAmount(message.data) : undefined;
}

/** A tag's text, if it is short. Many tokens give a tag in two spellings, which then must say the same. */
function textIn(message: Message, name: string): string | undefined {
  const text = agreedTag(message, name);
  return text === undefined || byteLength(text) > limits.foreignText ? undefined : text;
}

/** An amount that may not be known yet. */
export function amountOr(amount: Natural | undefined, otherwise: string): string {
  return amount === undefined ? otherwise : formatNatural(amount);
}
