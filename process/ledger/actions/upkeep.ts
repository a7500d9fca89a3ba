/** What a ledger does when time has passed, on anybody's word: nothing, when nothing is due. */
import { overdue } from "../../payouts/payouts.ts";
import { jsonObject } from "../../protocol/json-text.ts";
import { limits } from "../../protocol/limits.ts";
import type { Effect, Message, Outcome } from "../../protocol/message.ts";
import { isRefusal, refuse } from "../../protocol/refusal.ts";
import { reply, send } from "../../protocol/reply.ts";
import { addressTag } from "../../protocol/tags.ts";
import { accountOf } from "../../protocol/address.ts";
import { bringIntoEffect } from "../snapshots.ts";
import type { LedgerState } from "../state.ts";

/** Brings complete snapshots into effect, sends overdue payouts again, and asks the token for the ledger's balance. */
export function tick(state: LedgerState, message: Message): Outcome {
  const effects = upkeep(state, message.now);
  if (message.cron) return effects;
  const coming = state.tokens.filter(({ snapshot }) => snapshot.phase !== "idle").length;
  const data = jsonObject([
    ["messages", `${effects.length}`],
    ["snapshotsComing", `${coming}`],
  ]);
  return [...effects, reply(message, "Tick-Response", [], data)];
}

export function upkeep(state: LedgerState, now: number): readonly Effect[] {
  for (const token of state.tokens) bringIntoEffect(state, token);
  const effects: Effect[] = [...overdue(state.payouts, now)];
  if (state.tokenBalanceAsked < 0 || now - state.tokenBalanceAsked >= limits.balanceInterval) {
    state.tokenBalanceAsked = now;
    effects.push(send(state.parameters.token, "Balance", [["Recipient", state.parameters.id]]));
  }
  return effects;
}

/** Names the mint: by the owner, once. Two processes that refer to each other can't both be spawned second. */
export function setMint(state: LedgerState, message: Message): Outcome {
  if (message.account !== state.parameters.owner)
    return refuse("not-owner", "Only the owner can name the mint");
  if (state.mint !== "") return refuse("already-set", "The mint has been named and can't be changed");
  const mint = addressTag(message, "Mint-Process");
  if (isRefusal(mint)) return mint;
  state.mint = accountOf(mint);
  state.sequence += 1;
  return [reply(message, "Set-Mint-Response", [["Mint-Process", mint]])];
}
