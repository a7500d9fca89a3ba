/** What the token is; who has what of it is asked of its book. */
import { publishedBalances } from "../../balances/reads.ts";
import type { Published } from "../../host/process.ts";
import { formatNatural } from "../../math/natural.ts";
import type { Message, Outcome, TagPair } from "../../protocol/message.ts";
import { inLowerCase, reply } from "../../protocol/reply.ts";
import type { TokenState } from "../state.ts";

/** What the token is, in tags; existing clients read the five standard ones in either spelling. */
export function info(state: TokenState, message: Message): Outcome {
  const tags = [...standardTags(state), ...furtherTags(state)];
  return [reply(message, "Info-Response", [...tags, ...inLowerCase(standardTags(state))])];
}

/** The figures of `Info`, and the balances that have changed. */
export function publish(state: TokenState): Published {
  return {
    figures: inLowerCase([...standardTags(state), ...furtherTags(state)]),
    maps: [publishedBalances(state)],
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
