/** What tokens say of payouts, of balances and of themselves. */
import { payoutNumber } from "../../payouts/payout-number.ts";
import { isIdle } from "../../payouts/payouts.ts";
import { balanceReference, decideByBalance, giveBack, settle, type Till } from "../../payouts/till.ts";
import type { Message, Outcome } from "../../protocol/message.ts";
import { compare } from "../../math/natural.ts";
import { isRefusal, refuse } from "../../protocol/refusal.ts";
import { limits } from "../../protocol/limits.ts";
import { agreedTag, isWhole, parseAmount, tagOf } from "../../protocol/tags.ts";
import { byteLength } from "../../protocol/text.ts";
import { absorbOwn, syncSurplus } from "../books.ts";
import { assetOf } from "../shares.ts";
import type { Asset, IndexState } from "../state.ts";
import { cancelSwap } from "../swaps.ts";
import { MINT_REFERENCE } from "./paying.ts";

/** A token has carried out a transfer, a batch or a burn. */
export function debitNotice(state: IndexState, message: Message): Outcome {
  const number = payoutNumber(message);
  const till = tillOf(state, message.from);
  if (number !== undefined && till !== undefined) settle(till, number);
  return [];
}

/** A token has refused one: it is its owner's to claim, and what is the index's own goes back into the basket. */
export function transferError(state: IndexState, message: Message): Outcome {
  const number = payoutNumber(message);
  if (number === undefined) return [];
  if (message.from === state.parameters.token) {
    // What was to be burned is the index's own again: the next tick burns it, as saying it at once could go on for ever.
    giveBack(state.pi, number);
    return [];
  }
  const asset = assetOf(state, message.from);
  if (asset === undefined) return [];
  const payout = giveBack(asset.till, number);
  if (payout !== undefined && payout.owner === state.parameters.id)
    cancelSwap(state, payout.recipient, payout.quantity);
  absorbOwn(state, asset);
  return [];
}

/** The PI token has created all up to a cumulative figure, now or before: its notice may have been lost. */
export function mintResponse(state: IndexState, message: Message): Outcome {
  const reference = tagOf(message, "X-Reference");
  if (message.from !== state.parameters.token || reference === undefined || isRefusal(reference)) return [];
  if (!reference.startsWith(MINT_REFERENCE)) return [];
  const cumulative = parseAmount(reference.substring(MINT_REFERENCE.length));
  const isNew = cumulative !== undefined && compare(cumulative, state.confirmed) > 0;
  if (isNew && compare(cumulative, state.minted) <= 0) state.confirmed = cumulative;
  return [];
}

/** The PI token could not do what it was told; the next tick says it again. Info shows the reason. */
export function mintError(state: IndexState, message: Message): Outcome {
  const error = tagOf(message, "Error");
  if (message.from === state.parameters.token && error !== undefined && !isRefusal(error))
    state.lastError = error;
  return [];
}

/** What an asset's token says when it is asked, of itself or for what the index has. Standard tokens answer without an action. */
export function answer(state: IndexState, message: Message): Outcome {
  const asset = assetOf(state, message.from);
  if (asset === undefined)
    return message.action === "" && message.from !== state.parameters.token
      ? refuse("unknown-action", "A message needs the tag Action")
      : [];
  const balance = agreedTag(message, "Balance");
  if (balance === undefined) describe(asset, message);
  else readBalance(state, asset, message, balance);
  return [];
}

function readBalance(state: IndexState, asset: Asset, message: Message, text: string): void {
  const balance = parseAmount(text);
  const { till } = asset;
  if (balance === undefined || agreedTag(message, "Account") !== state.parameters.id) return;
  if (agreedTag(message, "X-Reference") !== balanceReference(till)) return;
  if (till.payouts.unconfirmedCount > 0) {
    decideByBalance(till, balance);
    absorbOwn(state, asset);
  } else if (isIdle(till.payouts)) {
    syncSurplus(asset, balance, message.now);
  }
}

function describe(asset: Asset, message: Message): void {
  const ticker = shortText(message, "Ticker");
  const denomination = shortText(message, "Denomination");
  if (asset.described || ticker === undefined || denomination === undefined || !isWhole(denomination)) return;
  asset.described = true;
  asset.ticker = ticker;
  asset.denomination = denomination;
  if (agreedTag(message, "Numbered-Transfers") === "true") asset.till.payouts.numbered = true;
}

function shortText(message: Message, name: string): string | undefined {
  const text = agreedTag(message, name);
  return text === undefined || byteLength(text) > limits.foreignText ? undefined : text;
}

function tillOf(state: IndexState, token: string): Till | undefined {
  return token === state.parameters.token ? state.pi : assetOf(state, token)?.till;
}
