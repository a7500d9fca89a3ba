/** What holders of shares, providers and creditors ask for by themselves. */
import { covers } from "../../balances/book.ts";
import { touch } from "../../collections/touched.ts";
import { compare, formatNatural, isZero, type Natural } from "../../math/natural.ts";
import { hasRoom } from "../../payouts/payouts.ts";
import { owedTo, payClaim } from "../../payouts/till.ts";
import type { Message, Outcome, Send, TagPair } from "../../protocol/message.ts";
import { isRefusal, refuse } from "../../protocol/refusal.ts";
import { reply } from "../../protocol/reply.ts";
import { optionalAmountTag, quantityTag, tagOf } from "../../protocol/tags.ts";
import { removalDown, removeLiquidity } from "../liquidity.ts";
import type { Pair, PoolState, SideIndex } from "../state.ts";
import { pay, travellingTags } from "./paying.ts";
import { returnDeposit } from "./provide.ts";

/**
 * Burns Quantity of the sender's shares and pays what they fetch of both tokens, at least Min-Token-A and Min-Token-B:
 * two transfers, Burn-Confirmation, Debit-Notice. It works whatever else is under way. Burn-Error: too few, or too
 * little for them.
 */
export function burn(state: PoolState, message: Message): Outcome {
  const quantity = quantityTag(message, "Quantity");
  if (isRefusal(quantity)) return quantity;
  const leastFirst = optionalAmountTag(message, "Min-Token-A");
  if (isRefusal(leastFirst)) return leastFirst;
  const leastSecond = optionalAmountTag(message, "Min-Token-B");
  if (isRefusal(leastSecond)) return leastSecond;
  const travelling = travellingTags(message);
  if (isRefusal(travelling)) return travelling;
  if (!covers(state, message.account, quantity)) {
    return [burnError(message, quantity, "Insufficient Balance!")];
  }
  const expected = removalDown(state, quantity);
  if (isZero(expected[0]) && isZero(expected[1])) {
    return [burnError(message, quantity, "So few shares fetch nothing")];
  }
  if (isBelow(expected[0], leastFirst) || isBelow(expected[1], leastSecond)) {
    const amounts = `${formatNatural(expected[0])} and ${formatNatural(expected[1])}`;
    return [burnError(message, quantity, `Less than was asked for: it would be ${amounts}`)];
  }

  const amounts = removeLiquidity(state, message.account, quantity, message.now);
  const tags: TagPair[] = [["X-Action", "Burn-LP-Output"], ...travelling];
  return [
    ...payBoth(state, message, amounts, tags),
    burnConfirmation(state, message, quantity, amounts, travelling),
    reply(message, "Debit-Notice", [
      ["Recipient", state.parameters.id],
      ["Quantity", formatNatural(quantity)],
      ...travelling,
    ]),
  ];
}

/** Sends the sender's half deposit back, that of the message Transfer where it is given. */
export function cancel(state: PoolState, message: Message): Outcome {
  const transfer = tagOf(message, "Transfer");
  if (isRefusal(transfer)) return transfer;
  const waiting = state.deposits[message.account];
  if (waiting === undefined || (transfer !== undefined && transfer !== waiting.id)) {
    return refuse("unknown-deposit", "No such deposit of yours waits for its other half");
  }
  const { deposit, effects } = returnDeposit(state, message.account, "Cancelled", message.now);
  const notice = reply(message, "Refund-Notice", [
    ["Transfer", deposit.id],
    ["Token", state.sides[deposit.side].token],
    ["Quantity", formatNatural(deposit.quantity)],
  ]);
  return [...effects, notice];
}

/** Pays all that is owed to the sender, and is not under way. */
export function claim(state: PoolState, message: Message): Outcome {
  const { account, now } = message;
  const due = state.sides.map((side) => owedTo(side, account));
  if (due.every((amount) => isZero(amount))) return refuse("nothing-owed", "There is nothing to claim");
  const payable = state.sides.map(({ payouts }, i) => !isZero(due[i]!) && hasRoom(payouts));
  if (!payable.includes(true)) return refuse("busy", "Too many payouts are under way; try again later");

  touch(state.touchedClaims, account);
  const transfers = state.sides.flatMap((side) => payClaim(side, account, now));
  const amountOf = (side: SideIndex): string => (payable[side]! ? formatNatural(due[side]!) : "0");
  const answer = reply(message, "Claim-Response", [
    ["Token-A-Quantity", amountOf(0)],
    ["Token-B-Quantity", amountOf(1)],
  ]);
  return [answer, ...transfers];
}

function isBelow(amount: Natural, least: Natural | undefined): boolean {
  return least !== undefined && compare(amount, least) < 0;
}

function payBoth(
  state: PoolState,
  message: Message,
  amounts: Pair,
  tags: readonly TagPair[],
): readonly Send[] {
  const one = (side: SideIndex): readonly Send[] =>
    pay(state, { side, recipient: message.from, quantity: amounts[side], tags }, message.now);
  return [...one(0), ...one(1)];
}

function burnConfirmation(
  { sides }: PoolState,
  message: Message,
  shares: Natural,
  amounts: Pair,
  travelling: readonly TagPair[],
): Send {
  return reply(message, "Burn-Confirmation", [
    ["Burn-Quantity", formatNatural(shares)],
    ["Burned-Pool-Tokens", formatNatural(shares)],
    [`Withdrawn-${sides[0].token}`, formatNatural(amounts[0])],
    [`Withdrawn-${sides[1].token}`, formatNatural(amounts[1])],
    ["Token-A", sides[0].token],
    ["Token-B", sides[1].token],
    ["Token-A-Quantity", formatNatural(amounts[0])],
    ["Token-B-Quantity", formatNatural(amounts[1])],
    ...travelling,
  ]);
}

/** A token's Burn-Error has Message-Id and Error; existing clients of pools read the other three. */
function burnError(message: Message, shares: Natural, reason: string): Send {
  return reply(message, "Burn-Error", [
    ["Message-Id", message.id],
    ["Error", reason],
    ["Burn-Id", message.id],
    ["Burn-Quantity", formatNatural(shares)],
    ["Result", reason],
  ]);
}
