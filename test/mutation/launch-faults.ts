/** Faults in the fair launch and its terms. */
import { type Fault, faultsIn } from "./fault.ts";

export const launchFaults: readonly Fault[] = [
  ...faultsIn("process/fair-launch/emission.ts", [
    ["elapsed < plan.periods ? elapsed : plan.periods", "elapsed", "periods after the last are taken up"],
    ["now < start ? 0 : ", "", "periods before the start"],
    ["subtract(emitted(plan, period), emitted(plan, state.period))", "emitted(plan, period)", "a past twice"],
    ["const rest = add(state.rollover, notYetEmitted(state));", "const rest = state.rollover;", "half back"],
    ["  owe(state.till, account, rest);\n", "", "what goes back can be claimed by nobody"],
    ["  enrolDelegator(state.contributions, account);\n", "", "whose the rest is stands in no list"],
  ]),
  ...faultsIn("process/contributions/delegators.ts", [
    ["compare(cumulative, seen[slot]!) <= 0", "compare(cumulative, seen[slot]!) < 0", "equal figures count"],
    ["subtract(cumulative, seen[slot]!)", "cumulative", "the whole figure counts each time"],
    ["  seen[slot] = cumulative;\n", "", "each report counts anew"],
    [
      "if (isZero(current[slot]!)) contributions.participants.push(slot);",
      "contributions.participants.push(slot);",
      "twice",
    ],
    ["return account !== token;", "return true;", "the token is a delegator"],
  ]),
  ...faultsIn("process/contributions/sharing.ts", [
    ["    current[slot] = ZERO;\n", "", "a contribution counts in the next round too"],
    ["names[participants[i]!]! < names[participants[j]!]!", "i < j", "the order of reports decides"],
    ["contributions.total = ZERO;", "", "the contributions of all rounds are apportioned"],
    ["  bookOwed(till, quantity);\n", "", "shared out, and not in the sum"],
    ["  credited[slot] = add(credited[slot]!, quantity);\n", "", "owed, and not credited"],
  ]),
  ...faultsIn("process/contributions/pages.ts", [
    ["pages > 0 && next > pages", "next > pages", "no page is a report"],
    ["collection.received[`${page}`] = true;", "collection.received[`1`] = true;", "other pages don't count"],
  ]),
  ...faultsIn("process/contributions/report-page.ts", [
    ["pages < page", "false", "a page beyond the last"],
    ["isRefusal(cycle) || ", "", "a page with two cycles is believed"],
  ]),
  ...faultsIn("process/contributions/collection.ts", [
    ["  contributions.reports = [];\n", "", "reports of the round before"],
    ['contributions.phase !== "collecting" || reference', "reference", "late rows"],
    ["now - contributions.asked < limits.askAgain", "false", "each tick asks the ledgers"],
    ["now - began >= limits.collectionPatience || ", "", "a mute ledger holds all up"],
    ["if (!wasComplete) contributions", "contributions", "a page that comes again is named twice"],
    ["pages > 0 ? pages - 1 : 0", "pages", "a page beyond the last is asked for"],
  ]),
  ...faultsIn("process/contributions/paying.ts", [
    [
      "  if (till.payouts.unconfirmedCount > 0) contributions.position = participants.length;\n",
      "",
      "a mute token holds up one round after the other",
    ],
    ["most < participants.length ? most : participants.length", "participants.length", "no end of batches"],
    ["return position >= participants.length;", "return true;", "over after the first batches"],
  ]),
  ...faultsIn("process/fair-launch/funding.ts", [
    ["  receive(state.till, allocation);\n", "", "the book doesn't know of the funding"],
    ["  state.unheard = allocation;\n", "", "a late notice sends back what was counted"],
    ["state.unheard = subtract(state.unheard, known);", "", "no refund is ever sent again"],
    ["now - sighting.at < FUNDING_PATIENCE", "false", "the second answer is believed at once"],
    [" && compare(sighting.received, received) === 0", "", "what comes between is not seen"],
    ["isZero(allocation) || ", "", "nothing is funding"],
    [" && now < endOf(parameters.terms)", "", "found after the end"],
    ["const isSame = isThere && ", "const isSame = ", "what has gone is still seen"],
  ]),
  ...faultsIn("process/fair-launch/direct.ts", [
    [
      "if (isBusy(contributions)) late.push({ slot, quantity });\n  else ",
      "",
      "AO that comes while shares are fixed",
    ],
    ["  state.late = [];\n", "", "what came late counts in every round"],
  ]),
  ...faultsIn("process/fair-launch/rounds.ts", [
    ["elapsed <= state.elapsed", "elapsed < state.elapsed", "a period has two rounds"],
    [
      "elapsed >= state.parameters.terms.periods",
      "elapsed > state.parameters.terms.periods",
      "a day too late",
    ],
    ["state.sharedOut = ZERO;", "", "the history adds rounds up"],
    ["state.rollover = subtract(state.rollover, quantity);", "", "what is given out is given out again"],
    ["state.elapsed < terms.periods + grace", "state.elapsed <= terms.periods + grace", "a day more grace"],
    ["if (!nobody || ", "if (", "the treasury gets what somebody came for"],
    ["  countLate(state);\n", "", "AO sent in while shares are fixed counts for nothing"],
    [
      "return !isBusy(state.contributions) || state.period < terms.periods;",
      "return true;",
      "AO that can't earn anything is taken",
    ],
  ]),
  ...faultsIn("process/fair-launch/paying.ts", [
    ["state.batchesFail = true;", "{}", "batches are tried again and again"],
    ["state.refunding = subtract(state.refunding, quantity);", "{}", "refunds are under way for ever"],
    ["state.paid = add(state.paid, quantity);", "{}", "paid, and on no book"],
  ]),
  ...faultsIn("process/fair-launch/proceeds.ts", [
    ["noticed: add(noticed, quantity), told", "noticed: quantity, told", "only the last notice counts"],
    ["told: larger(paid, told)", "told: paid", "an old report takes back"],
    ["if (tags.length > 0)", "if (tags.length === 0)", "index and treasury are confused"],
    ["  if (isNobodys(payout)) return;\n", "", "what was sent back counts as forwarded"],
    ["    owner,\n", "", "what doesn't reach the index is the index's"],
    ["  receive(till, quantity);\n", "", "earned, and on no book"],
  ]),
  ...faultsIn("process/fair-launch/actions/credits.ts", [
    ['if (tagOf(message, "X-Action") !== "Initialize-FLP")', "if (false)", "any tokens are funding"],
    ['if (state.status !== "Ready")', 'if (state.status === "Ended")', "funded twice"],
    ["if (message.now >= endOf(state.parameters.terms))", "if (false)", "funded after the end"],
    ["return isEqual(quantity, allocation)", "return isEqual(quantity, quantity)", "any amount funds"],
    [
      'if (credit.sender !== index) return sendBack(state, till, message, credit, "PI comes from the index only");',
      "",
      "anybody's PI",
    ],
    ["if (isRefund(message) || sender === parameters.id) return [];", "", "refunds to and fro"],
  ]),
  ...faultsIn("process/fair-launch/actions/rounds.ts", [
    [
      "if (page.paid !== undefined) learnPaid(state, page.ledger, page.paid, message.now);",
      "",
      "a lost notice of proceeds is never made up for",
    ],
    ["if (isBusy(contributions)) effects.push(", "if (false) effects.push(", "long rounds wait for ticks"],
  ]),
  ...faultsIn("process/fair-launch/actions/tick.ts", [
    [
      "isTokenKnown(state) ? [ao.till, pi.till, till] : [ao.till, pi.till]",
      "[ao.till, pi.till, till]",
      "set aside too early",
    ],
  ]),
  ...faultsIn("process/fair-launch/actions/cancel.ts", [
    ["if (message.now >= terms.start)", "if (message.now > terms.start)", "cancelled at the start"],
    ["if (message.account !== accountOf(terms.deployer))", "if (false)", "anybody cancels"],
    ["if (isFunded) giveRest(state, funder);", "if (isFunded) giveRest(state, terms.treasury);", "theft"],
  ]),
  ...faultsIn("process/fair-launch/actions/withdrawals.ts", [
    [
      "if (message.account !== accountOf(state.parameters.terms.deployer))",
      "if (false)",
      "anybody has the proceeds sent on",
    ],
  ]),
  ...faultsIn("process/fair-launch/actions/answers.ts", [
    ["reference === balanceReference(state.till)", "true", "an old figure decides"],
    ['tagOf(message, "Account") !== state.parameters.id', "false", "another's balance decides"],
    [
      "if (message.from === state.parameters.terms.token) settleTokens(state, number);",
      "settleTokens(state, number);",
      "any token's word",
    ],
    ["giveBack(proceeds.till, number);", "{}", "proceeds that were refused are under way for ever"],
  ]),
  ...faultsIn("process/terms/terms.ts", [
    [
      "return start + periods * PERIOD_MILLISECONDS;",
      "return start + (periods - 1) * PERIOD_MILLISECONDS;",
      "a day short",
    ],
    ["power10(SHARE_PLACES + 2)).quotient", "power10(SHARE_PLACES)).quotient", "a hundred times too much"],
  ]),
  ...faultsIn("process/terms/decay-factor.ts", [
    ["compare(factor, power10(PLACES)) >= 0", "compare(factor, power10(PLACES)) > 0", "r may be 1"],
    ["natural(periods - 2)", "natural(periods - 1)", "linear-like is 1"],
    ["if (periods < 3)", "if (periods < 2)", "linear-like of two periods is 0"],
  ]),
  ...faultsIn("process/terms/dates.ts", [
    ["(year % 4 === 0 && year % 100 !== 0) || year % 400 === 0", "year % 4 === 0", "2100 is a leap year"],
  ]),
  ...faultsIn("process/terms/read-terms.ts", [
    ["compare(percent, hundredPercent()) > 0", "compare(percent, hundredPercent()) >= 0", "no 100 percent"],
    ['if (supply !== "" && share !== "")', "if (false)", "an amount and a share"],
    ["length > limits.termsTextBytes", "length >= limits.termsTextBytes", "a byte too few"],
  ]),
];
