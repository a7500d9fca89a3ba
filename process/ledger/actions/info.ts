/** What the ledger is: parameters, policies, figures, and both sides of its books. */
import { formatDecimalExact } from "../../math/decimal.ts";
import { add, formatNatural, isZero, type Natural, subtract, ZERO } from "../../math/natural.ts";
import { takeTouched } from "../../collections/touched.ts";
import type { Published } from "../../host/process.ts";
import { limits } from "../../protocol/limits.ts";
import { delegationsJson } from "./delegations-json.ts";
import { jsonArray, jsonObject, jsonString } from "../../protocol/json-text.ts";
import type { Message, Outcome, TagPair } from "../../protocol/message.ts";
import { inLowerCase, reply } from "../../protocol/reply.ts";
import { toScaled } from "../scale.ts";
import type { LedgerState } from "../state.ts";

/**
 * Every parameter and policy; the tokens; Cycle, Wallets, Edges; and two equations. Yield, times 10^42: Distributed +
 * Rest + Waiting = Minted-Scaled + Fees-Scaled. AO: Token-Balance, as of Token-Balance-Timestamp, = Book-Balance, once
 * no message is under way.
 */
export function info(state: LedgerState, message: Message): Outcome {
  return [
    reply(message, "Info-Response", [
      ...parameterTags(state),
      ...policyTags(state),
      ...tokenTags(state),
      ...figureTags(state),
    ]),
  ];
}

/** The figures of `Info`, the parameters once, and the delegations that have changed. */
export function publish(state: LedgerState, first: boolean): Published {
  const changing = [...tokenTags(state), ...figureTags(state)];
  const wallets = takeTouched(state.touched, limits.publishedEntries);
  return {
    figures: inLowerCase(first ? [...parameterTags(state), ...policyTags(state), ...changing] : changing),
    maps: [["delegations", wallets.map((wallet) => [wallet, delegationsJson(state, wallet)])]],
  };
}

function parameterTags(state: LedgerState): readonly TagPair[] {
  const { parameters } = state;
  const classes = parameters.classes.map(({ name, share }) =>
    jsonObject([
      ["name", jsonString(name)],
      ["share", jsonString(formatNatural(share))],
    ]),
  );
  return [
    ["AO-Token", parameters.token],
    ["Owner", parameters.owner],
    ["Governor", orNone(parameters.governor)],
    ["PI-Process", orNone(parameters.index)],
    ["Classes", jsonArray(classes)],
    ["Numbered-Transfers", state.payouts.numbered ? "true" : "false"],
  ];
}

function tokenTags(state: LedgerState): readonly TagPair[] {
  const tokens = state.tokens.map((token) =>
    jsonObject([
      ["token", jsonString(token.id)],
      ["ticker", jsonString(token.ticker)],
      ["denomination", `${token.denomination}`],
      ["multiplier", jsonString(formatDecimalExact(token.multiplier, 18))],
      ["multiplierVersion", `${token.multiplierVersion}`],
      ["oracle", jsonString(token.oracle)],
      ["class", jsonString(state.parameters.classes[token.tokenClass]!.name)],
      ["snapshot", `${token.snapshot.complete}`],
      ["total", jsonString(formatNatural(token.total))],
    ]),
  );
  return [
    ["Mint-Process", orNone(state.mint)],
    ["Tokens", jsonArray(tokens)],
  ];
}

function policyTags(state: LedgerState): readonly TagPair[] {
  const { policies } = state.parameters;
  return [
    ["Over-Delegation", policies.overDelegation],
    ["Default-Target", policies.defaultTarget === "" ? "self" : policies.defaultTarget],
    ["Fan-Out", `${policies.fanOut}`],
    ["Smallest-Fraction", `${policies.smallestFraction}`],
    ["Delegation-Cycles", policies.allowCycles ? "allow" : "forbid"],
    ["Deepest-Chain", policies.deepestChain === 0 ? "off" : `${policies.deepestChain}`],
    [
      "Smallest-Base-Weight",
      orOff(policies.smallestBaseWeight, formatDecimalExact(policies.smallestBaseWeight, 18)),
    ],
    ["Change-Fee", orOff(policies.changeFee, formatNatural(policies.changeFee))],
  ];
}

function figureTags(state: LedgerState): readonly TagPair[] {
  const { payouts } = state;
  const rest = state.tokens.reduce((sum, token) => add(sum, token.rest), ZERO);
  const waiting = state.waiting.reduce((sum, amount) => add(sum, amount), toScaled(state.feesWaiting));
  const received = add(state.minted, state.foreign);
  return [
    ["Cycle", `${state.cycle}`],
    ["Sequence", `${state.sequence}`],
    ["Wallets", `${state.wallets.register.size}`],
    ["Edges", `${state.edges.count}`],
    ["Distributed", formatNatural(state.distributed)],
    ["Rest", formatNatural(rest)],
    ["Waiting", formatNatural(waiting)],
    ["Minted-Scaled", formatNatural(toScaled(state.minted))],
    ["Fees-Scaled", formatNatural(toScaled(state.feesTaken))],
    ["Minted", formatNatural(state.minted)],
    ["Fees", formatNatural(state.feesTaken)],
    ["Foreign", formatNatural(state.foreign)],
    ["Paid-Out", formatNatural(payouts.settled)],
    ["Pending", formatNatural(payouts.pending)],
    ["Unconfirmed", formatNatural(payouts.aside)],
    ["Book-Balance", formatNatural(subtract(received, payouts.settled))],
    ["Token-Balance", state.tokenBalanceAt < 0 ? "unknown" : formatNatural(state.tokenBalance)],
    ["Token-Balance-Timestamp", state.tokenBalanceAt < 0 ? "never" : `${state.tokenBalanceAt}`],
  ];
}

function orNone(text: string): string {
  return text === "" ? "none" : text;
}

function orOff(amount: Natural, text: string): string {
  return isZero(amount) ? "off" : text;
}
