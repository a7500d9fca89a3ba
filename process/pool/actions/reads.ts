/** What can be asked of a pool, beside `Info` and what every token answers. */
import { formatDecimal } from "../../math/decimal.ts";
import { multiplyDivideDown } from "../../math/division.ts";
import { multiply, power10 } from "../../math/multiplication.ts";
import { formatNatural, type Natural, ONE } from "../../math/natural.ts";
import { owedTo } from "../../payouts/till.ts";
import { accountOf } from "../../protocol/address.ts";
import type { Message, Outcome } from "../../protocol/message.ts";
import { isRefusal, type Refusal, refuse } from "../../protocol/refusal.ts";
import { reply } from "../../protocol/reply.ts";
import { quantityTag, requiredTag, tagOf } from "../../protocol/tags.ts";
import { cumulativeDown, hasLiquidity, PRICE_PLACES } from "../reserves.ts";
import { otherSide, sideOf } from "../sides.ts";
import type { PoolState, SideIndex } from "../state.ts";
import { outputDown, quoteOf } from "../trades.ts";
import { feePercentage } from "./swap.ts";

/** The two tokens. */
export function getPair({ sides }: PoolState, message: Message): Outcome {
  return [
    reply(message, "Get-Pair-Response", [
      ["Token-A", sides[0].token],
      ["Token-B", sides[1].token],
    ]),
  ];
}

/** The reserves, each also in a tag named after its token. */
export function getReserves({ sides }: PoolState, message: Message): Outcome {
  const [first, second] = sides;
  return [
    reply(message, "Get-Reserves-Response", [
      [first.token, formatNatural(first.reserve)],
      [second.token, formatNatural(second.reserve)],
      ["Token-A", first.token],
      ["Token-B", second.token],
      ["Reserves-Token-A", formatNatural(first.reserve)],
      ["Reserves-Token-B", formatNatural(second.reserve)],
    ]),
  ];
}

/** The product of the reserves. */
export function getK({ sides }: PoolState, message: Message): Outcome {
  return [
    reply(message, "Get-K-Response", [["K", formatNatural(multiply(sides[0].reserve, sides[1].reserve))]]),
  ];
}

/** The fee, in percent: all of it is the providers'. */
export function getFeePercentage(state: PoolState, message: Message): Outcome {
  const fee = feePercentage(state);
  return [
    reply(message, "Get-Fee-Percentage-Response", [
      ["LP-Fee-Percentage", fee],
      ["Protocol-Fee-Percentage", "0"],
      ["Fee-Percentage", fee],
      ["Fee-Bps", `${state.parameters.fee}`],
    ]),
  ];
}

/**
 * What Quantity of Token, one smallest unit where none is given, is worth in the other: Price before the fee,
 * Expected-Output after it, both rounded down; and Spot-Price, of one unit, to 18 places, rounded down. Refused:
 * another token, no liquidity.
 */
export function getPrice(state: PoolState, message: Message): Outcome {
  const side = askedSide(state, message);
  if (isRefusal(side)) return side;
  const quantity = tagOf(message, "Quantity") === undefined ? ONE : quantityTag(message, "Quantity");
  if (isRefusal(quantity)) return quantity;
  const { reserve } = state.sides[side];
  const spot = multiplyDivideDown(state.sides[otherSide(side)].reserve, power10(18), reserve);
  return [
    reply(message, "Get-Price-Response", [
      ["Price", formatNatural(outputDown(state, side, quantity))],
      ["Expected-Output", formatNatural(quoteOf(state, side, quantity).output)],
      ["Spot-Price", formatDecimal(spot, 18, 18)],
    ]),
  ];
}

/** What a swap of Quantity of Token would give now, to the unit. Refused: another token, no liquidity. */
export function getSwapOutput(state: PoolState, message: Message): Outcome {
  const side = askedSide(state, message);
  if (isRefusal(side)) return side;
  const quantity = quantityTag(message, "Quantity");
  if (isRefusal(quantity)) return quantity;
  const { fee, afterFee, output } = quoteOf(state, side, quantity);
  return [
    reply(message, "Get-Swap-Output-Response", [
      ["Output", formatNatural(output)],
      ["Quantity-After-Fees", formatNatural(afterFee)],
      ["LP-Fee-Quantity", formatNatural(fee)],
      ["Protocol-Fee-Quantity", "0"],
      ["Has-Fee-Discount", "false"],
    ]),
  ];
}

/**
 * The sums of price · milliseconds up to now, times 10^42: of Token-A in Token-B, and of Token-B in Token-A. Two answers
 * give the mean price between them: difference of sums ÷ difference of Timestamps ÷ 10^42. Refused: no liquidity.
 */
export function getCumulativePrice(state: PoolState, message: Message): Outcome {
  if (!hasLiquidity(state)) return noLiquidity();
  return [
    reply(message, "Get-Cumulative-Price-Response", [
      ["Token-A", state.sides[0].token],
      ["Token-B", state.sides[1].token],
      ["Price-A-Cumulative", formatNatural(cumulativeDown(state, 0, message.now))],
      ["Price-B-Cumulative", formatNatural(cumulativeDown(state, 1, message.now))],
      ["As-Of-Timestamp", `${message.now}`],
      ["Last-Change", `${state.changed}`],
      ["Places", `${PRICE_PLACES}`],
    ]),
  ];
}

/** Half a deposit that waits, of Recipient or else of the sender. */
export function getPendingProvides(state: PoolState, message: Message): Outcome {
  const account = askedAccount(message);
  if (isRefusal(account)) return account;
  const deposit = state.deposits[account];
  const token = deposit === undefined ? "0" : state.sides[deposit.side].token;
  return [
    reply(message, "Get-Pending-Provides-Response", [
      ["Provide-Found", deposit === undefined ? "false" : "true"],
      ["Provide-Id", deposit?.id ?? "0"],
      ["Token", token],
      ["Quantity", deposit === undefined ? "0" : formatNatural(deposit.quantity)],
      ["Deadline", `${deposit?.deadline ?? 0}`],
    ]),
  ];
}

/** What Recipient, or else the sender, can claim. */
export function getClaimable(state: PoolState, message: Message): Outcome {
  const account = askedAccount(message);
  if (isRefusal(account)) return account;
  const amount = (side: SideIndex): Natural => owedTo(state.sides[side], account);
  return [
    reply(message, "Get-Claimable-Response", [
      ["Token-A", state.sides[0].token],
      ["Token-B", state.sides[1].token],
      ["Token-A-Quantity", formatNatural(amount(0))],
      ["Token-B-Quantity", formatNatural(amount(1))],
    ]),
  ];
}

function askedAccount(message: Message): string | Refusal {
  const recipient = tagOf(message, "Recipient");
  return isRefusal(recipient) ? recipient : accountOf(recipient ?? message.from);
}

function askedSide(state: PoolState, message: Message): SideIndex | Refusal {
  const token = requiredTag(message, "Token");
  if (isRefusal(token)) return token;
  const side = sideOf(state, token);
  if (side === undefined) {
    return refuse("unknown-token", `Token must be ${state.sides[0].token} or ${state.sides[1].token}`);
  }
  return hasLiquidity(state) ? side : noLiquidity();
}

function noLiquidity(): Refusal {
  return refuse("no-liquidity", "The pool has no liquidity yet");
}
