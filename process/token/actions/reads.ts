/** What the token is; who has what of it is asked of its book. */
import { publishedBalances } from "../../balances/reads.ts";
import type { Published } from "../../host/process.ts";
import { type Figure, figureTags } from "../../protocol/figures.ts";
import type { Message, Outcome } from "../../protocol/message.ts";
import { inLowerCase, reply } from "../../protocol/reply.ts";
import type { TokenState } from "../state.ts";

/** What the token is, in tags; existing clients read the five standard ones in either spelling. */
export function info(state: TokenState, message: Message): Outcome {
  const standard = figureTags(standardFigures(state));
  const further = figureTags(furtherFigures(state));
  return [reply(message, "Info-Response", [...standard, ...further, ...inLowerCase(standard)])];
}

/** The figures of `Info`, and the balances that have changed. */
export function publish(state: TokenState): Published {
  return {
    figures: [...standardFigures(state), ...furtherFigures(state)],
    maps: [publishedBalances(state)],
  };
}

function standardFigures(state: TokenState): readonly Figure[] {
  const { name, ticker, logo, denomination } = state.parameters;
  return [
    ["Name", name],
    ["Ticker", ticker],
    ["Logo", logo],
    ["Denomination", denomination],
    ["Supply", state.supply],
  ];
}

function furtherFigures(state: TokenState): readonly Figure[] {
  const { cap, owner } = state.parameters;
  return [
    ["Cap", cap ?? "none"],
    ["Minter", state.minter === "" ? "none" : state.minter],
    ["Owner", owner],
    ["Holders", state.holders.size],
    ["Numbered-Transfers", "true"],
  ];
}
