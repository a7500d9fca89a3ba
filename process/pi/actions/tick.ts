/** What the index does when time has passed, on anybody's word. */
import { askAgain, beginRound } from "../../contributions/collection.ts";
import { isZero } from "../../math/natural.ts";
import { isIdle, overdue } from "../../payouts/payouts.ts";
import { askBalance, balanceQuestion, payClaim, takeOwed } from "../../payouts/till.ts";
import { jsonObject, jsonString } from "../../protocol/json-text.ts";
import { limits } from "../../protocol/limits.ts";
import type { Effect, Message, Outcome, Send } from "../../protocol/message.ts";
import { isRefusal, refuse } from "../../protocol/refusal.ts";
import { reply, send } from "../../protocol/reply.ts";
import { optionalAccountTag, requiredTag } from "../../protocol/tags.ts";
import { closeFinished } from "../auctions.ts";
import { absorbOwn } from "../books.ts";
import { assetOf } from "../shares.ts";
import type { IndexState } from "../state.ts";
import { forgetOverdue } from "../swaps.ts";
import { priceOf } from "../valuation.ts";
import { isRoundDue, noteRound } from "../yield.ts";
import { askForBasket } from "./basket.ts";
import { settleBids } from "./bids.ts";
import { returnExpired } from "./deposits.ts";
import { burnMessages, mintMessages } from "./paying.ts";
import { askForPrices } from "./prices.ts";
import { goOn } from "./rounds.ts";

/**
 * Whatever is due: a round of the yield, or its next slice; sessions, auctions and swaps whose time is over; prices, the basket; payouts without an answer. By cron or by anyone, as
 * often as they like.
 */
export function tick(state: IndexState, message: Message): Outcome {
  const { now } = message;
  closeFinished(state, now);
  forgetOverdue(state, now);
  const begins = isRoundDue(state, now);
  const effects: Effect[] = [
    ...returnExpired(state, now),
    ...upkeep(state, now),
    ...(begins ? doubtedBalances(state, now) : []),
    ...askForPrices(state, now),
  ];
  for (const id of [...state.openDiscoveries])
    effects.push(...settleBids(state, state.discoveries[id - 1]!, now));
  if (begins) {
    noteRound(state, now);
    effects.push(...state.parameters.ledgers.map((ledger) => send(ledger, "Withdraw", [])));
    effects.push(...claims(state));
    effects.push(...beginRound(state.contributions, now));
  } else effects.push(...askAgain(state.contributions, now));
  effects.push(...askForBasket(state, begins, now), ...goOn(state, now));
  if (message.cron || message.from === state.parameters.id) return effects;
  const data = jsonObject([
    ["round", `${state.contributions.round}`],
    ["phase", jsonString(state.contributions.phase)],
    ["messages", `${effects.length}`],
  ]);
  return [...effects, reply(message, "Tick-Response", [], data)];
}

/** What launches owe the index that don't send it: those whose tokens take no batches wait to be asked. */
function claims({ assets }: IndexState): readonly Send[] {
  return assets
    .filter(({ kind }) => kind === "launch")
    .map(({ launch }) => send(launch, "Withdraw-FLP-Token", []));
}

/** Payouts without an answer, what came back to the index itself, PI that the token has not confirmed. */
function upkeep(state: IndexState, now: number): readonly Send[] {
  const { pi, parameters, assets } = state;
  const sends: Send[] = [...overdue(pi.payouts, now)];
  for (const asset of assets) {
    absorbOwn(state, asset);
    // Until a launch's token has said whether it numbers transfers nothing is set aside, as it could not be sent again then.
    const mayTell = asset.kind === "launch" && asset.listed && !asset.described;
    if (!mayTell) sends.push(...overdue(asset.till.payouts, now));
    sends.push(...balanceQuestion(asset.till, parameters.id, now));
  }
  sends.push(...burnMessages(state, takeOwed(pi, parameters.id), now));
  if (state.mintSent >= 0 && now - state.mintSent >= limits.payoutPatience)
    sends.push(...mintMessages(state, now));
  return sends;
}

/** Questions to tokens of which something was found beside the books, once a day: its notice may have come since, and counted it again. */
function doubtedBalances({ assets, parameters }: IndexState, now: number): readonly Send[] {
  return assets
    .filter(({ found, till }) => !isZero(found) && isIdle(till.payouts))
    .map(({ till }) => askBalance(till, parameters.id, now));
}

/**
 * Asks a token what the index has, by which donations are counted an hour later: tag Asset. Refused for a token that never had a price: nobody
 * could mint by value any more once the index had some of it.
 */
export function sync(state: IndexState, message: Message): Outcome {
  const token = requiredTag(message, "Asset");
  if (isRefusal(token)) return token;
  const asset = assetOf(state, token);
  if (asset === undefined) return refuse("unknown-asset", "Asset is not in the basket");
  if (asset.kind === "launch" && isZero(asset.ceiling) && priceOf(asset, message.now) === undefined)
    return refuse("no-price", "The token never had a price: what was given of it counts when it has one");
  if (!isIdle(asset.till.payouts))
    return refuse("busy", "Payouts of this asset are under way; try again later");
  return [
    askBalance(asset.till, state.parameters.id, message.now),
    reply(message, "Sync-Response", [["Asset", token]]),
  ];
}

/** Sends what somebody can claim, of Asset or of PI: the sender, or Recipient. It always goes to its owner. */
export function claim(state: IndexState, message: Message): Outcome {
  const token = requiredTag(message, "Asset");
  if (isRefusal(token)) return token;
  const named = optionalAccountTag(message, "Recipient");
  if (isRefusal(named)) return named;
  const till = token === state.parameters.token ? state.pi : assetOf(state, token)?.till;
  if (till === undefined) return refuse("unknown-asset", "Asset must be PI or an asset of the basket");
  const account = named ?? message.account;
  if (account === state.parameters.id) return refuse("nothing-owed", "There is nothing to claim");
  const paid = payClaim(till, account, message.now);
  if (paid.length === 0) return refuse("nothing-owed", "There is nothing to claim, or too much under way");
  return [...paid, reply(message, "Claim-Response", [["Asset", token]])];
}
