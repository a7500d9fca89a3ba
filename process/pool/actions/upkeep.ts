/** What tokens say of payouts, and what is due by time. */
import { payoutNumber } from "../../payouts/payout-number.ts";
import { formatNatural } from "../../math/natural.ts";
import { touch } from "../../collections/touched.ts";
import { overdue } from "../../payouts/payouts.ts";
import { giveBack, settle } from "../../payouts/till.ts";
import { jsonObject } from "../../protocol/json-text.ts";
import { limits } from "../../protocol/limits.ts";
import type { Effect, Message, Outcome } from "../../protocol/message.ts";
import { isRefusal } from "../../protocol/refusal.ts";
import { reply, send } from "../../protocol/reply.ts";
import { tagOf } from "../../protocol/tags.ts";
import { overdueDeposit } from "../deposits.ts";
import { sideOf } from "../sides.ts";
import type { PoolState } from "../state.ts";
import { returnDeposit, TOO_LATE } from "./provide.ts";

/**
 * Sends half deposits back whose deadline has passed, and overdue payouts again, or sets them aside. By cron or by
 * anyone, as often as they like.
 */
export function tick(state: PoolState, message: Message): Outcome {
  const effects: Effect[] = [];
  let deposits = 0;
  while (deposits < limits.depositsPerTick) {
    const account = overdueDeposit(state, message.now);
    if (account === undefined) break;
    effects.push(...returnDeposit(state, account, TOO_LATE, message.now).effects);
    deposits += 1;
  }
  const again = state.sides.flatMap(({ payouts }) => overdue(payouts, message.now));
  effects.push(...again);
  if (!message.cron) {
    const data = jsonObject([
      ["deposits", `${deposits}`],
      ["payouts", `${again.length}`],
    ]);
    effects.push(reply(message, "Tick-Response", [], data));
  }
  return effects;
}

/** A token has paid a payout out. */
export function debitNotice(state: PoolState, message: Message): Outcome {
  const side = sideOf(state, message.from);
  const number = tagOf(message, "X-Payout");
  if (side !== undefined && number !== undefined && !isRefusal(number)) {
    settle(state.sides[side], number);
  }
  return [];
}

/** A token has refused a payout: its owner can claim it. One with an unknown reference says nothing. */
export function transferError(state: PoolState, message: Message): Outcome {
  const side = sideOf(state, message.from);
  const number = payoutNumber(message);
  if (side === undefined || number === undefined) return [];
  const payout = giveBack(state.sides[side], number);
  if (payout === undefined) return [];
  touch(state.touchedClaims, payout.owner);
  const error = tagOf(message, "Error");
  return [
    send(payout.notify, "Payout-Returned", [
      ["Reference", `${payout.number}`],
      ["Token", message.from],
      ["Quantity", formatNatural(payout.quantity)],
      ["Reason", error === undefined || isRefusal(error) ? "" : error],
    ]),
  ];
}
