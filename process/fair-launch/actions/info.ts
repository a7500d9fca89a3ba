/** What a launch is: parameters, figures, and both sides of its books. */
import type { Published } from "../../host/process.ts";
import { formatDecimalExact } from "../../math/decimal.ts";
import { add, type Natural, subtract } from "../../math/natural.ts";
import { bookBalance } from "../../payouts/till.ts";
import { type Figure, figureTags } from "../../protocol/figures.ts";
import { jsonArray, jsonObject, jsonString } from "../../protocol/json-text.ts";
import type { Message, Outcome, TagPair } from "../../protocol/message.ts";
import { reply } from "../../protocol/reply.ts";
import { endOf, SHARE_PLACES } from "../../terms/terms.ts";
import { allocationOf, notYetEmitted } from "../emission.ts";
import { isPushing } from "../paying.ts";
import type { LaunchState, Proceeds } from "../state.ts";
import { amountOr } from "./token-facts.ts";

/**
 * Every parameter and figure. Three equations hold at any time: Token-Supply-To-Use = Distributed-Quantity + Rollover + Not-Yet-Emitted + Returned;
 * Distributed-Quantity + Returned = Claimable + Under-Way + Paid, where nothing is owed of what was never funded; Accumulated-Quantity + Came-Back =
 * Withdrawn-Quantity + Exchanged-For-Pi-Quantity + Waiting + AO-Under-Way.
 */
export function info(state: LaunchState, message: Message): Outcome {
  return [reply(message, "Info-Response", [...parameterTags(state), ...figureTags(figures(state))])];
}

export function publish(state: LaunchState, first: boolean): Published {
  const changing = figures(state);
  return { figures: first ? [...parameterTags(state), ...changing] : changing, maps: [] };
}

function parameterTags({ parameters }: LaunchState): readonly TagPair[] {
  const { terms, factory, ledgers, index, indexToken } = parameters;
  const { description } = terms;
  return [
    ["Owner", factory],
    ["FLP_FACTORY", factory],
    ["Request-Id", parameters.request],
    ["Flp-Name", terms.name],
    ["Flp-Short-Description", description.shortText],
    ["Flp-Long-Description", description.longText],
    ["Starts-At-Timestamp", `${terms.start}`],
    ["Ends-At-Timestamp", `${endOf(terms)}`],
    ["Deployer", terms.deployer],
    ["Initializer", terms.initializer],
    ["Treasury", terms.treasury],
    ["Token-Process", terms.token],
    ["Token-Disclaimer", description.disclaimer],
    ["Token-Unlock-Timestamp", `${terms.start}`],
    ["Total-Distribution-Ticks", `${terms.periods}`],
    ["Socials", socialsJson(parameters)],
    ["Decay-Factor", terms.decayFactor],
    ["AO-Token", parameters.ao],
    ["Delegation-Oracle", ledgers[0]!],
    ["Ledgers", jsonArray(ledgers.map((ledger) => jsonString(ledger)))],
    ["PI-Process", index],
    ["PI-Token-Process", indexToken],
    ["PI-Share", formatDecimalExact(parameters.indexShare, SHARE_PLACES)],
    ["Mint-Reporter", ledgers[0]!],
    ["Grace-Days", `${parameters.grace}`],
    ["Are-General-Withdrawals-Enabled", "true"],
  ];
}

/** The socials that were given, and those that have a tag of their own. */
function socialsJson({ terms }: LaunchState["parameters"]): string {
  const { website, twitter, telegram, socials } = terms.description;
  const members: (readonly [string, string])[] = [];
  if (website !== "") members.push(["Website-URL", jsonString(website)]);
  if (twitter !== "") members.push(["Twitter-Handle", jsonString(twitter)]);
  if (telegram !== "") members.push(["Telegram-Handle", jsonString(telegram)]);
  if (socials !== "") members.push(["Socials", socials]);
  return jsonObject(members);
}

function figures(state: LaunchState): readonly Figure[] {
  const { token, contributions, ao, pi } = state;
  return [
    ["Status", state.status],
    ["Token-Name", token.name],
    ["Token-Ticker", token.ticker],
    ["Token-Denomination", token.denomination],
    ["Token-Logo", token.logo],
    ["Token-Supply-To-Use", amountOr(allocationOf(state), "")],
    ["Total-Token-Supply-At-Creation", amountOr(token.supply, "")],
    ["Latest-Token-Supply", amountOr(token.latestSupply, "")],
    ["Funded-By", state.funder],
    ["Distribution-Tick", state.period],
    ["Yield-Cycle", contributions.cycle],
    ["Round", contributions.round],
    ["Round-Phase", contributions.phase],
    ["Delegators", contributions.delegators.register.size],
    ["Are-Batch-Transfers-Possible", isPushing(state) ? "true" : "false"],
    ...tokenFigures(state),
    ["Accumulated-Quantity", ao.received],
    ["Withdrawn-Quantity", ao.forwarded],
    ["Exchanged-For-Pi-Quantity", ao.exchanged],
    ["Came-Back", ao.cameBack],
    ["Waiting", ao.till.owed],
    ["AO-Under-Way", underWay(ao)],
    ["AO-Book-Balance", bookBalance(ao.till)],
    ["Accumulated-Pi-Quantity", pi.received],
    ["Withdrawn-Pi-Quantity", pi.forwarded],
    ["Pi-Waiting", pi.till.owed],
    ["Pi-Under-Way", underWay(pi)],
  ];
}

function tokenFigures(state: LaunchState): readonly Figure[] {
  const { owed, payouts } = state.till;
  const pending = subtract(add(payouts.pending, payouts.aside), state.refunding);
  return [
    ["Distributed-Quantity", state.distributed],
    ["Rollover", state.rollover],
    ["Not-Yet-Emitted", notYetEmitted(state)],
    ["Returned", state.returned],
    ["Claimable", owed],
    ["Under-Way", pending],
    ["Unconfirmed", payouts.aside],
    ["Paid", state.paid],
    ["Token-Book-Balance", bookBalance(state.till)],
  ];
}

/** AO or PI on its way to treasury or index: what nobody has confirmed, without refunds. */
function underWay({ received, cameBack, forwarded, exchanged, till }: Proceeds): Natural {
  return subtract(add(received, cameBack), add(add(forwarded, exchanged), till.owed));
}
