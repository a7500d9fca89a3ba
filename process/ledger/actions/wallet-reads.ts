/** What can be asked about one wallet. */
import { slotOf } from "../../collections/register.ts";
import { formatDecimal } from "../../math/decimal.ts";
import { multiplySmall } from "../../math/multiplication.ts";
import { add, formatNatural, type Natural, subtract, ZERO } from "../../math/natural.ts";
import { accountOf } from "../../protocol/address.ts";
import { jsonArray, jsonObject, jsonString } from "../../protocol/json-text.ts";
import type { Message, Outcome } from "../../protocol/message.ts";
import { isRefusal, type Refusal } from "../../protocol/refusal.ts";
import { reply } from "../../protocol/reply.ts";
import { tagOf } from "../../protocol/tags.ts";
import { accruedOf, ALL, countedQuantity, withdrawableOf } from "../accrual.ts";
import { toUnitsDown } from "../scale.ts";
import { exactWeight } from "../stakes.ts";
import type { LedgerState } from "../state.ts";
import { delegationsJson } from "./delegations-json.ts";

/** A wallet's delegations, as stated and as in force. */
export function getDelegations(state: LedgerState, message: Message): Outcome {
  const account = walletOf(message);
  if (isRefusal(account)) return account;
  const tags = [["Sequence", `${state.sequence}`]] as const;
  return [reply(message, "Get-Delegations-Response", tags, delegationsJson(state, account))];
}

/** What a wallet has earned: all of it, what it can withdraw, what is on its way, what has been withdrawn. */
export function getYield(state: LedgerState, message: Message): Outcome {
  const account = walletOf(message);
  if (isRefusal(account)) return account;
  const wallet = slotOf(state.wallets.register, account);
  const amount = (value: Natural | undefined): string => jsonString(formatNatural(value ?? ZERO));
  const { withdrawn, pending } = state.wallets;
  const left = wallet === undefined ? ZERO : (withdrawn[wallet] ?? ZERO);
  const underway = wallet === undefined ? ZERO : (pending[wallet] ?? ZERO);
  const data = jsonObject([
    ["wallet", jsonString(account)],
    ["accrued", amount(wallet === undefined ? ZERO : toUnitsDown(accruedOf(state, wallet)))],
    ["withdrawable", amount(wallet === undefined ? ZERO : withdrawableOf(state, wallet))],
    ["pending", amount(underway)],
    ["withdrawn", amount(subtract(left, underway))],
    ["cycle", `${state.cycle}`],
  ]);
  return [reply(message, "Get-Yield-Response", [], data)];
}

/** What a wallet weighs: by itself, delegated to it, delegated by it, in all; and all wallets together. */
export function getWeights(state: LedgerState, message: Message): Outcome {
  const account = walletOf(message);
  if (isRefusal(account)) return account;
  const wallet = slotOf(state.wallets.register, account);
  let base = ZERO;
  let incoming = ZERO;
  let outgoing = ZERO;
  let total = ZERO;
  const holdings: string[] = [];
  for (const token of state.tokens) {
    total = add(total, exactWeight(token, token.total));
    if (wallet !== undefined) {
      const counted = exactWeight(token, countedQuantity(state, token, wallet));
      base = add(base, counted);
      outgoing = add(outgoing, multiplySmall(counted, state.wallets.outgoing[wallet] ?? 0));
      incoming = add(incoming, exactWeight(token, token.delegated[wallet] ?? ZERO));
      const quantity = formatNatural(token.quantity[wallet] ?? ZERO);
      if (quantity !== "0") {
        holdings.push(
          jsonObject([
            ["token", jsonString(token.id)],
            ["quantity", jsonString(quantity)],
          ]),
        );
      }
    }
  }
  const own = multiplySmall(base, ALL);
  const final = subtract(add(own, incoming), outgoing);
  const data = jsonObject([
    ["wallet", jsonString(account)],
    ["baseWeight", weightJson(own)],
    ["inDelegated", weightJson(incoming)],
    ["outDelegated", weightJson(outgoing)],
    ["finalWeight", weightJson(final)],
    ["totalFinalWeight", weightJson(multiplySmall(total, ALL))],
    ["holdings", jsonArray(holdings)],
  ]);
  return [reply(message, "Get-Weights-Response", [], data)];
}

/** The wallet that is asked about: the tag Wallet, or else the sender. */
function walletOf(message: Message): string | Refusal {
  const wallet = tagOf(message, "Wallet");
  if (isRefusal(wallet)) return wallet;
  return wallet === undefined || wallet === "" ? message.account : accountOf(wallet);
}

/** A weight times 10^36 and 10^4 as a decimal of 18 places, rounded down. */
function weightJson(weight: Natural): string {
  return jsonString(formatDecimal(weight, 40, 18));
}
