/** Faults in the fair launch and its terms. */
import { type Fault, faultsIn } from "./fault.ts";

export const launchFaults: readonly Fault[] = [
  ...faultsIn("process/fair-launch/emission.ts", [
    ["elapsed < plan.periods ? elapsed : plan.periods", "elapsed", "periods after the last are taken up"],
    ["now < start ? 0 : ", "", "periods before the start"],
    ["subtract(emitted(plan, period), emitted(plan, state.period))", "emitted(plan, period)", "a past twice"],
    ["const rest = add(state.rollover, notYetEmitted(state));", "const rest = state.rollover;", "half back"],
    [
      "makeClaimable(state, enrolDelegator(state, account), rest);",
      "",
      "what goes back can be claimed by nobody",
    ],
  ]),
  ...faultsIn("process/fair-launch/delegators.ts", [
    ["compare(cumulative, seen[slot]!) <= 0", "compare(cumulative, seen[slot]!) < 0", "equal figures count"],
    ["subtract(cumulative, seen[slot]!)", "cumulative", "the whole figure counts each time"],
    ["  seen[slot] = cumulative;\n", "", "each report counts anew"],
    ["if (isZero(current[slot]!)) round.participants.push(slot);", "round.participants.push(slot);", "twice"],
    ["state.rollover = subtract(state.rollover, quantity);", "", "what is given out is given out again"],
    ["  claimable[slot] = ZERO;\n", "", "a claim can be repeated"],
    [
      "return account !== parameters.terms.token;",
      "return account !== parameters.ao;",
      "the token is a delegator",
    ],
  ]),
  ...faultsIn("process/fair-launch/sharing.ts", [
    ["delegators.current[slot] = ZERO;", "", "a contribution counts in the next round too"],
    ["names[participants[i]!]! < names[participants[j]!]!", "i < j", "the order of reports decides"],
    ["round.distributed = ZERO;", "", "the history adds rounds up"],
  ]),
  ...faultsIn("process/contributions/pages.ts", [
    ["pages > 0 && next > pages", "next > pages", "no page is a report"],
    ["collection.received[`${page}`] = true;", "collection.received[`1`] = true;", "other pages don't count"],
  ]),
  ...faultsIn("process/fair-launch/collection.ts", [
    ["  round.reports = [];\n", "", "reports of the round before"],
  ]),
  ...faultsIn("process/fair-launch/rounds.ts", [
    ["elapsed <= state.elapsed", "elapsed < state.elapsed", "a period has two rounds"],
    ["|| !patient)", ")", "a mute ledger holds all up"],
    [
      "elapsed >= state.parameters.terms.periods",
      "elapsed > state.parameters.terms.periods",
      "a day too late",
    ],
    ["state.elapsed < terms.periods + grace", "state.elapsed <= terms.periods + grace", "a day more grace"],
    ["if (!nobody || ", "if (", "the treasury gets what somebody came for"],
    ["  countLate(state);\n", "", "AO sent in while shares are fixed counts for nothing"],
    ["round.total = ZERO;", "", "the contributions of all rounds are apportioned"],
    [
      "return !isBusy(state) || state.period < terms.periods;",
      "return true;",
      "AO that can't earn anything is taken",
    ],
  ]),
  ...faultsIn("process/fair-launch/paying.ts", [
    ["state.batchesFail = true;", "", "batches are tried again and again"],
    ["  else restore(state, payout);\n", "", "what came back is nobody's"],
    ["state.refunding = subtract(state.refunding, payout.quantity);", "", "refunds are under way for ever"],
    [
      "const funded = state.funder ",
      "const funded = state.status ",
      "the book counts tokens that never came",
    ],
    ["|| state.payouts.unconfirmedCount > 0", "", "a mute token holds up one round after the other"],
  ]),
  ...faultsIn("process/fair-launch/proceeds.ts", [
    ["noticed: add(noticed, quantity), told", "noticed: quantity, told", "only the last notice counts"],
    ["told: larger(paid, told)", "told: paid", "an old report takes back"],
    ["else if (owner === INDEX)", "else if (owner === TREASURY)", "index and treasury are confused"],
    ["if (!settled) proceeds.waiting", "if (settled) proceeds.waiting", "what is paid waits again"],
    ['if (owner === "") return;', "", "what was sent back counts as forwarded"],
    ["proceeds.waiting = subtract(proceeds.waiting, quantity);", "", "AO is forwarded again and again"],
  ]),
  ...faultsIn("process/fair-launch/actions/credits.ts", [
    ['if (tagOf(message, "X-Action") !== "Initialize-FLP")', "if (false)", "any tokens are funding"],
    ['if (state.status !== "Ready")', 'if (state.status === "Ended")', "funded twice"],
    ["if (message.now >= endOf(state.parameters.terms))", "if (false)", "funded after the end"],
    ["return isEqual(quantity, allocation)", "return isEqual(quantity, quantity)", "any amount funds"],
    [
      'if (credit.sender !== index) return foreignBack(state.pi, message, credit, "PI comes from the index only");',
      "",
      "anybody's PI",
    ],
    ["if (isRefund(message) || !hasRoomForRefund(proceeds.payouts))", "if (false)", "refunds to and fro"],
  ]),
  ...faultsIn("process/fair-launch/actions/tick.ts", [
    [
      "if (isTokenKnown(state)) known.push(state.payouts);",
      "known.push(state.payouts);",
      "set aside too early",
    ],
    [
      'round.phase !== "collecting" || tagOf(message, "Reference")',
      'tagOf(message, "Reference")',
      "late rows",
    ],
    ["pages < page", "false", "a page beyond the last"],
    [
      "if (paid !== undefined) learnPaid(state, ledger, paid, message.now);",
      "",
      "a lost notice of proceeds is never made up for",
    ],
    ["now - round.asked < limits.askAgain", "false", "each tick asks the ledgers"],
    ["if (isBusy(state)) effects.push(", "if (false) effects.push(", "long rounds wait for ticks"],
  ]),
  ...faultsIn("process/fair-launch/actions/cancel.ts", [
    ["if (message.now >= terms.start)", "if (message.now > terms.start)", "cancelled at the start"],
    ["if (message.account !== accountOf(terms.deployer))", "if (false)", "anybody cancels"],
    [
      "if (isFunded) giveBack(state, state.funder);",
      "if (isFunded) giveBack(state, terms.treasury);",
      "theft",
    ],
  ]),
  ...faultsIn("process/fair-launch/actions/withdrawals.ts", [
    [
      "if (message.account !== accountOf(state.parameters.terms.deployer))",
      "if (false)",
      "anybody has the proceeds sent on",
    ],
  ]),
  ...faultsIn("process/fair-launch/actions/answers.ts", [
    ["reference === tokenReference(state)", "true", "an old figure decides"],
    ['tagOf(message, "Account") !== state.parameters.id', "false", "another's balance decides"],
    [
      "if (message.from === state.parameters.terms.token) settleTokens(state, number);",
      "settleTokens(state, number);",
      "any token's word",
    ],
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
