/** Tokens that come: deposits, mints, bids, redemptions, yield, what pools and launches bring. Never fails. */
import { add, compare, formatNatural } from "../../math/natural.ts";
import { type Credit, creditOf, isRefund, refund, refundTags } from "../../payouts/refund.ts";
import { owe, pay, payBack, receive } from "../../payouts/till.ts";
import { accountOf } from "../../protocol/address.ts";
import { jsonObject, jsonString } from "../../protocol/json-text.ts";
import type { Effect, Message, Outcome, TagPair } from "../../protocol/message.ts";
import { isRefusal } from "../../protocol/refusal.ts";
import { send } from "../../protocol/reply.ts";
import { optionalAmountTag, tagOf } from "../../protocol/tags.ts";
import { mintByValue, quoteByValue } from "../minting.ts";
import { redeem, redemptionOf } from "../redeeming.ts";
import { addBacking, assetOf } from "../shares.ts";
import type { Asset, IndexState } from "../state.ts";
import { finishSwap, isPool, swapOf, undoSwap } from "../swaps.ts";
import { bidForLot, bidInDiscovery } from "./bids.ts";
import { depositLeg } from "./deposits.ts";
import { burnMessages, payPi, returnTo } from "./paying.ts";
import { goOn } from "./rounds.ts";

/** A token's notice. X-Action says what it is for; what can't be used goes back once, with the reason. */
export function creditNotice(state: IndexState, message: Message): Outcome {
  const credit = creditOf(message);
  if (message.from === state.parameters.token)
    return credit === undefined ? [] : receivePi(state, message, credit);
  const asset = assetOf(state, message.from);
  if (asset === undefined) return refund(message, "The index takes PI and the assets of its basket only");
  if (credit === undefined) return [];
  receive(asset.till, credit.quantity);
  return receiveAsset(state, message, asset, credit);
}

function receiveAsset(state: IndexState, message: Message, asset: Asset, credit: Credit): readonly Effect[] {
  const { sender, quantity } = credit;
  if (asset.kind === "AO" && state.parameters.ledgers.includes(sender)) {
    asset.waiting = add(asset.waiting, quantity);
    return goOn(state, message.now);
  }
  if (isPool(state, sender)) return fromPool(state, message, asset, credit);
  // A launch pays the index as it pays every delegator: what comes of its own token is the holders'.
  if (asset.launch !== "" && sender === asset.launch) {
    addBacking(asset, quantity);
    return [];
  }
  if (isRefund(message) || sender === state.parameters.id) {
    owe(asset.till, accountOf(sender), quantity);
    return [];
  }
  const action = tagOf(message, "X-Action");
  if (action === "Deposit") return depositLeg(state, message, asset, credit);
  if (action === "Mint") return mintFor(state, message, asset, credit);
  if (action === "Bid") return bidForLot(state, message, asset, credit);
  if (action === "Batch-Bid") return bidInDiscovery(state, message, asset, credit);
  const reason = "X-Action must be Deposit, Mint, Bid or Batch-Bid";
  return returnTo(asset, sender, quantity, reason, [], message.now);
}

/** PI by value for one asset: at least X-Min-Out of it, or everything goes back. */
function mintFor(
  state: IndexState,
  message: Message,
  asset: Asset,
  { sender, quantity }: Credit,
): readonly Effect[] {
  const { now } = message;
  const back = (reason: string): readonly Effect[] => returnTo(asset, sender, quantity, reason, [], now);
  const least = optionalAmountTag(message, "X-Min-Out");
  if (isRefusal(least)) return back(least.text);
  const pi = quoteByValue(state, asset, quantity, now);
  if (typeof pi === "string") return back(pi);
  if (least !== undefined && compare(pi, least) < 0)
    return back(`It would be ${formatNatural(pi)} PI, less than X-Min-Out`);
  mintByValue(state, asset, quantity, pi, now);
  const tags: readonly TagPair[] = [
    ["X-Action", "Minted"],
    ["X-Mint", message.id],
  ];
  return payPi(state, sender, pi, tags, now);
}

/** What a pool sends: what was bought, or what it had no use for. What comes too late is the holders' all the same. */
function fromPool(
  state: IndexState,
  message: Message,
  asset: Asset,
  { sender, quantity }: Credit,
): readonly Effect[] {
  const number = tagOf(message, "X-Swap");
  const swap = swapOf(state, sender, isRefusal(number) ? "" : number);
  if (swap !== undefined && swap.buy === asset.token) finishSwap(state, swap, quantity, message.now);
  else if (swap !== undefined && swap.sell === asset.token) undoSwap(state, swap, quantity);
  else addBacking(asset, quantity);
  return [];
}

function receivePi(state: IndexState, message: Message, { sender, quantity }: Credit): readonly Effect[] {
  receive(state.pi, quantity);
  if (sender === state.parameters.id) {
    confirm(state, message);
    return [];
  }
  if (isRefund(message)) {
    owe(state.pi, accountOf(sender), quantity);
    return [];
  }
  const back = (reason: string): readonly Effect[] =>
    payBack(state.pi, { recipient: sender, quantity, tags: refundTags(reason) }, message.now);
  if (tagOf(message, "X-Action") !== "Redeem") return back("PI is taken with X-Action: Redeem only");
  if (compare(quantity, state.supply) > 0) return back("That is more PI than there is");
  const parts = redemptionOf(state, quantity);
  if (parts.length === 0) return back("The amount is too small for any asset");
  redeem(state, quantity, parts);
  const tags: readonly TagPair[] = [
    ["X-Action", "Redeemed"],
    ["X-Redemption", message.id],
  ];
  const paid: Effect[] = [];
  for (const { asset, quantity: part } of parts)
    paid.push(...pay(asset.till, { recipient: sender, quantity: part, tags }, message.now));
  const data = jsonObject(
    parts.map(({ asset, quantity: part }) => [asset.token, jsonString(formatNatural(part))] as const),
  );
  const told: readonly TagPair[] = [
    ["Redemption", message.id],
    ["Quantity", formatNatural(quantity)],
  ];
  return [
    send(sender, "Redeem-Confirmation", told, data),
    ...paid,
    ...burnMessages(state, quantity, message.now),
  ];
}

/** The token has created what it was told to, up to a cumulative figure. */
function confirm(state: IndexState, message: Message): void {
  const cumulative = optionalAmountTag(message, "X-Cumulative");
  if (cumulative === undefined || isRefusal(cumulative)) return;
  if (compare(cumulative, state.confirmed) > 0) state.confirmed = cumulative;
}
