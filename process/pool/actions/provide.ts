/** A transfer to be provided: the first half of a deposit waits, the second completes it. */
import { creditNotice } from "../../balances/transfer.ts";
import { parseDecimal } from "../../math/decimal.ts";
import { formatNatural, type Natural, subtract, toNumber, ZERO } from "../../math/natural.ts";
import { accountOf } from "../../protocol/address.ts";
import type { Message, Outcome, Send, TagPair } from "../../protocol/message.ts";
import { isRefusal } from "../../protocol/refusal.ts";
import { send } from "../../protocol/reply.ts";
import { optionalAmountTag, tagOf } from "../../protocol/tags.ts";
import { beginDeposit, endDeposit, enlargeDeposit, mayWait, stricter } from "../deposits.ts";
import { type Addition, addLiquidity, additionOf } from "../liquidity.ts";
import type { Deposit, Pair, PoolState, SideIndex, Terms } from "../state.ts";
import type { Arrival } from "./arrival.ts";
import { payBack, poolTags, returnTags, travellingTags } from "./paying.ts";

/**
 * Takes half a deposit. With the other half it becomes shares, at least X-Min-Shares of them, by the pool's ratio; what
 * that does not need goes back, at most X-Slippage-Tolerance percent of a half. Else both halves go back, and
 * Provide-Error says why.
 */
export function provide(state: PoolState, message: Message, arrival: Arrival): Outcome {
  const account = accountOf(arrival.sender);
  const late = expired(state, account, message);
  const terms = readTerms(message);
  if (typeof terms === "string") return [...late, ...declineHalf(state, message, arrival, terms)];
  const travelling = travellingTags(message);
  if (isRefusal(travelling)) {
    return [...late, ...declineHalf(state, message, arrival, travelling.text)];
  }
  const waiting = state.deposits[account];
  if (waiting === undefined) return [...late, ...begin(state, message, arrival, terms)];
  const { side, quantity } = arrival;
  if (waiting.side === side) {
    enlargeDeposit(state, account, { quantity, terms });
    return late;
  }
  const first = endDeposit(state, account);
  const given: Pair = side === 0 ? [quantity, first.quantity] : [first.quantity, quantity];
  const addition = additionOf(state, given, stricter(first.terms, terms));
  if (typeof addition === "string") return decline(state, message, arrival, given, addition);
  addLiquidity(state, account, addition, message.now);
  return complete(state, message, arrival.sender, given, addition, travelling);
}

/** Sends half a deposit back that can't wait any longer. */
export function returnDeposit(
  state: PoolState,
  account: string,
  reason: string,
  now: number,
): { readonly deposit: Deposit; readonly effects: readonly Send[] } {
  const deposit = endDeposit(state, account);
  const { side, quantity, provider } = deposit;
  const tags: TagPair[] = [
    ["X-Action", "Refund"],
    ["X-Reason", reason],
    ["X-Refund-Reason", reason],
    ["X-Refunded-Provide", deposit.id],
  ];
  return { deposit, effects: payBack(state, { side, recipient: provider, quantity, tags }, now) };
}

/** What is said of a deposit whose deadline has passed. */
export const TOO_LATE = "The other half of the deposit did not come in time";

function expired(state: PoolState, account: string, message: Message): readonly Send[] {
  const waiting = state.deposits[account];
  if (waiting === undefined || waiting.deadline > message.now) return [];
  return returnDeposit(state, account, TOO_LATE, message.now).effects;
}

function begin(state: PoolState, message: Message, arrival: Arrival, terms: Terms): readonly Send[] {
  if (!mayWait(state)) return declineHalf(state, message, arrival, "Too many deposits wait; try again later");
  const { side, sender, quantity } = arrival;
  const deadline = message.now + state.parameters.patience;
  const deposit = { id: message.id, provider: sender, side, quantity, terms, deadline };
  beginDeposit(state, accountOf(sender), deposit);
  return [];
}

function complete(
  state: PoolState,
  message: Message,
  provider: string,
  given: Pair,
  { shares, used }: Addition,
  travelling: readonly TagPair[],
): Outcome {
  const excess: Pair = [subtract(given[0], used[0]), subtract(given[1], used[1])];
  const tags = returnTags("The pool's ratio does not need it", "Provide", message);
  const [first, second] = state.sides;
  return [
    ...halves(state, provider, excess, tags, message.now),
    send(provider, "Provide-Confirmation", [
      ["Provide-Id", message.id],
      ["Received-Pool-Tokens", formatNatural(shares)],
      ["Token-A", first.token],
      ["Token-B", second.token],
      [`Provided-${first.token}`, formatNatural(used[0])],
      [`Provided-${second.token}`, formatNatural(used[1])],
      ["Token-A-Quantity", formatNatural(used[0])],
      ["Token-B-Quantity", formatNatural(used[1])],
      ...poolTags(state),
      ...travelling,
    ]),
    creditNotice(state.parameters.id, provider, shares, travelling),
  ];
}

/** Both halves go back. */
function decline(
  state: PoolState,
  message: Message,
  { sender }: Arrival,
  given: Pair,
  reason: string,
): Outcome {
  const tags = returnTags(reason, "Provide", message);
  return [
    ...halves(state, sender, given, tags, message.now),
    provideError(state, message, sender, given, reason),
  ];
}

/** This half goes back; another that waits goes on waiting. */
function declineHalf(
  state: PoolState,
  message: Message,
  { side, sender, quantity }: Arrival,
  reason: string,
): readonly Send[] {
  const tags = returnTags(reason, "Provide", message);
  const given: Pair = side === 0 ? [quantity, ZERO] : [ZERO, quantity];
  return [
    ...halves(state, sender, given, tags, message.now),
    provideError(state, message, sender, given, reason),
  ];
}

function halves(
  state: PoolState,
  recipient: string,
  amounts: Pair,
  tags: readonly TagPair[],
  now: number,
): readonly Send[] {
  const back = (side: SideIndex, quantity: Natural): readonly Send[] =>
    payBack(state, { side, recipient, quantity, tags }, now);
  return [...back(0, amounts[0]), ...back(1, amounts[1])];
}

function provideError(
  { sides }: PoolState,
  message: Message,
  provider: string,
  given: Pair,
  reason: string,
): Send {
  return send(provider, "Provide-Error", [
    ["Response-For", "Provide"],
    ["Provide-Id", message.id],
    ["Result", reason],
    ["Token-A", sides[0].token],
    ["Token-B", sides[1].token],
    ["Token-A-Quantity", formatNatural(given[0])],
    ["Token-B-Quantity", formatNatural(given[1])],
  ]);
}

/** X-Min-Shares, an amount, and X-Slippage-Tolerance, a percentage of at most two places; or what is wrong. */
function readTerms(message: Message): Terms | string {
  const leastShares = optionalAmountTag(message, "X-Min-Shares");
  if (isRefusal(leastShares)) return leastShares.text;
  const text = tagOf(message, "X-Slippage-Tolerance");
  if (isRefusal(text)) return text.text;
  const parsed = text === undefined || text.length > 6 ? undefined : parseDecimal(text, 2);
  const tolerance = text === undefined ? 10_000 : parsed === undefined ? undefined : toNumber(parsed);
  if (tolerance === undefined || tolerance > 10_000) {
    return "X-Slippage-Tolerance must be a percentage from 0 to 100, with at most two decimal places";
  }
  return { leastShares: leastShares ?? ZERO, tolerance };
}
