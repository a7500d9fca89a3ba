/** What the ledger is: parameters, policies, figures, and both sides of its books. */
import { formatDecimalExact } from "../../math/decimal.ts";
import { add, formatNatural, isZero, type Natural, subtract, ZERO } from "../../math/natural.ts";
import { takeTouched } from "../../collections/touched.ts";
import type { Published } from "../../host/process.ts";
import { type Figure, figureTags } from "../../protocol/figures.ts";
import { limits } from "../../protocol/limits.ts";
import { delegationsJson } from "./delegations-json.ts";
import { jsonArray, jsonObject, jsonString } from "../../protocol/json-text.ts";
import type { Message, Outcome, TagPair } from "../../protocol/message.ts";
import { reply } from "../../protocol/reply.ts";
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
      ...figureTags(changingFigures(state)),
    ]),
  ];
}

/** The figures of `Info`, the parameters once, and the delegations that have changed. */
export function publish(state: LedgerState, first: boolean): Published {
  const changing = changingFigures(state);
  const wallets = takeTouched(state.touched, limits.publishedEntries);
  return {
    figures: first ? [...parameterTags(state), ...policyTags(state), ...changing] : changing,
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

/** What changes, as long as the ledger runs. */
function changingFigures(state: LedgerState): readonly Figure[] {
  const { payouts, tokens, waiting, feesWaiting, minted, foreign } = state;
  const tokenSources = tokens.map(({ multiplier, multiplierVersion, snapshot, total }) => {
    return [multiplier, multiplierVersion, snapshot.complete, total];
  });
  const rests = tokens.map(({ rest }) => rest);
  return [
    ["Mint-Process", orNone(state.mint)],
    ["Tokens", tokenSources, () => tokensJson(state)],
    ["Cycle", state.cycle],
    ["Sequence", state.sequence],
    ["Wallets", state.wallets.register.size],
    ["Edges", state.edges.count],
    ["Distributed", state.distributed],
    ["Rest", rests, () => formatNatural(rests.reduce((sum, rest) => add(sum, rest), ZERO))],
    ["Waiting", [feesWaiting, ...waiting], () => formatNatural(waitingScaled(state))],
    ["Minted-Scaled", minted, () => formatNatural(toScaled(minted))],
    ["Fees-Scaled", state.feesTaken, () => formatNatural(toScaled(state.feesTaken))],
    ["Minted", minted],
    ["Fees", state.feesTaken],
    ["Foreign", foreign],
    ["Paid-Out", payouts.settled],
    ["Pending", payouts.pending],
    ["Unconfirmed", payouts.aside],
    ["Book-Balance", [minted, foreign, payouts.settled], () => formatNatural(bookBalance(state))],
    ["Token-Balance", state.tokenBalanceAt < 0 ? "unknown" : state.tokenBalance],
    ["Token-Balance-Timestamp", state.tokenBalanceAt < 0 ? "never" : state.tokenBalanceAt],
  ];
}

function tokensJson({ tokens, parameters }: LedgerState): string {
  return jsonArray(
    tokens.map((token) =>
      jsonObject([
        ["token", jsonString(token.id)],
        ["ticker", jsonString(token.ticker)],
        ["denomination", `${token.denomination}`],
        ["multiplier", jsonString(formatDecimalExact(token.multiplier, 18))],
        ["multiplierVersion", `${token.multiplierVersion}`],
        ["oracle", jsonString(token.oracle)],
        ["class", jsonString(parameters.classes[token.tokenClass]!.name)],
        ["snapshot", `${token.snapshot.complete}`],
        ["total", jsonString(formatNatural(token.total))],
      ]),
    ),
  );
}

function waitingScaled({ waiting, feesWaiting }: LedgerState): Natural {
  return waiting.reduce((sum, amount) => add(sum, amount), toScaled(feesWaiting));
}

function bookBalance({ minted, foreign, payouts }: LedgerState): Natural {
  return subtract(add(minted, foreign), payouts.settled);
}

function orNone(text: string): string {
  return text === "" ? "none" : text;
}

function orOff(amount: Natural, text: string): string {
  return isZero(amount) ? "off" : text;
}
