/** What the pool is, its parameters and bounds, and both sides of its books. */
import { publishedBalances } from "../../balances/reads.ts";
import { takeTouched } from "../../collections/touched.ts";
import type { Published } from "../../host/process.ts";
import { formatNatural } from "../../math/natural.ts";
import { bookBalance, owedTo } from "../../payouts/till.ts";
import { jsonObject, jsonString } from "../../protocol/json-text.ts";
import { limits } from "../../protocol/limits.ts";
import type { Message, Outcome, PublishedMap, TagPair } from "../../protocol/message.ts";
import { inLowerCase, reply } from "../../protocol/reply.ts";
import { LOCKED_SHARES } from "../liquidity.ts";
import { accountedFor } from "../sides.ts";
import type { PoolState, Side } from "../state.ts";

/**
 * The shares as a token, the parameters, and for each token: Book-Balance = Accounted-For, which is Reserve + Deposits +
 * Owed + Pending + Unconfirmed. The token's own word, once no message is under way, is the same or, by what was sent
 * without a Credit-Notice, more.
 */
export function info(state: PoolState, message: Message): Outcome {
  const tags = [...shareTags(state), ...parameterTags(state), ...figureTags(state)];
  return [reply(message, "Info-Response", [...tags, ...inLowerCase(shareTags(state))])];
}

/** The figures of `Info`, and the balances, deposits and claims that have changed. */
export function publish(state: PoolState, first: boolean): Published {
  const changing = [...shareTags(state), ...figureTags(state)];
  return {
    figures: inLowerCase(first ? [...changing, ...parameterTags(state)] : changing),
    maps: [publishedBalances(state), publishedDeposits(state), publishedClaims(state)],
  };
}

function shareTags({ parameters, supply }: PoolState): readonly TagPair[] {
  return [
    ["Name", parameters.name],
    ["Ticker", parameters.ticker],
    ["Logo", parameters.logo],
    ["Denomination", `${parameters.denomination}`],
    ["Supply", formatNatural(supply)],
  ];
}

function parameterTags({ parameters, sides }: PoolState): readonly TagPair[] {
  return [
    ["Pool-Type", "constant-product"],
    ["TokenA", sides[0].token],
    ["TokenB", sides[1].token],
    ["Token-A", sides[0].token],
    ["Token-B", sides[1].token],
    ["Owner", parameters.owner],
    ["Fee-Bps", `${parameters.fee}`],
    ["Locked-Shares", formatNatural(LOCKED_SHARES)],
    ["Deposit-Patience", `${parameters.patience}`],
    ["Most-Deposits", `${limits.pendingDeposits}`],
    ["Numbered-Transfers", "true"],
  ];
}

function figureTags(state: PoolState): readonly TagPair[] {
  return [
    ["TotalSupply", formatNatural(state.supply)],
    ["Holders", `${state.holders.size}`],
    ["Deposits-Waiting", `${state.line.size}`],
    ["Last-Change", state.changed < 0 ? "never" : `${state.changed}`],
    ...sideTags("Token-A", state.sides[0]),
    ...sideTags("Token-B", state.sides[1]),
  ];
}

function sideTags(name: string, side: Side): readonly TagPair[] {
  const { payouts } = side;
  return [
    [`${name}-Numbered`, payouts.numbered ? "true" : "false"],
    [`${name}-Reserve`, formatNatural(side.reserve)],
    [`${name}-Deposits`, formatNatural(side.deposits)],
    [`${name}-Owed`, formatNatural(side.owed)],
    [`${name}-Pending`, formatNatural(payouts.pending)],
    [`${name}-Unconfirmed`, formatNatural(payouts.aside)],
    [`${name}-Accounted-For`, formatNatural(accountedFor(side))],
    [`${name}-Received`, formatNatural(side.received)],
    [`${name}-Settled`, formatNatural(payouts.settled)],
    [`${name}-Book-Balance`, formatNatural(bookBalance(side))],
    [`${name}-Cumulative`, formatNatural(side.cumulative)],
  ];
}

/** By account: `{token, quantity, deadline}`, or "" when nothing waits any more. */
function publishedDeposits(state: PoolState): PublishedMap {
  const accounts = takeTouched(state.touchedDeposits, limits.publishedEntries);
  const entry = (account: string): TagPair => {
    const deposit = state.deposits[account];
    if (deposit === undefined) return [account, ""];
    const text = jsonObject([
      ["token", jsonString(state.sides[deposit.side].token)],
      ["quantity", jsonString(formatNatural(deposit.quantity))],
      ["deadline", `${deposit.deadline}`],
    ]);
    return [account, text];
  };
  return ["deposits", accounts.map((account) => entry(account))];
}

/** By account: what it can claim of each token. */
function publishedClaims(state: PoolState): PublishedMap {
  const accounts = takeTouched(state.touchedClaims, limits.publishedEntries);
  const entry = (account: string): TagPair => {
    const text = jsonObject([
      [state.sides[0].token, jsonString(formatNatural(owedTo(state.sides[0], account)))],
      [state.sides[1].token, jsonString(formatNatural(owedTo(state.sides[1], account)))],
    ]);
    return [account, text];
  };
  return ["claims", accounts.map((account) => entry(account))];
}
