/** Deliberate faults in the pool and in what it alone uses. */
import { type Fault, faultsIn } from "./fault.ts";

export const poolFaults: readonly Fault[] = [
  ...faultsIn("process/pool/trades.ts", [
    ["10_000 - state.parameters.fee", "10_000", "no fee"],
    ["add(reserveIn, input));\n", "reserveIn);\n", "no slippage: the reserves can be emptied"],
    ['  if (isZero(output)) return "The output would be nothing";\n', "", "a swap for nothing"],
    ["compare(output, least) < 0", "compare(output, least) <= 0", "the quote itself is too much to ask"],
    [
      "add(state.sides[from].reserve, input);\n",
      "add(state.sides[from].reserve, quote.afterFee);\n",
      "the fee is in no book",
    ],
    [
      "from === 0 ? [reserveIn, reserveOut] : [reserveOut, reserveIn]",
      "[reserveIn, reserveOut]",
      "swapped sides",
    ],
  ]),
  ...faultsIn("process/pool/liquidity.ts", [
    ["subtract(root, LOCKED_SHARES) : ZERO", "root : ZERO", "the locked shares are made of nothing"],
    [
      'if (isZero(addition.shares)) return "Too little liquidity provided";',
      "",
      "a tiny deposit that gives no shares is kept",
    ],
    ["compare(addition.shares, terms.leastShares) < 0", "false", "X-Min-Shares is not heard"],
    [
      "compare(first, second) <= 0 ? first : second",
      "compare(first, second) >= 0 ? first : second",
      "the better half counts",
    ],
    [
      "multiplyDivideUp(shares, sides[0].reserve, supply)",
      "multiplyDivideDown(shares, sides[0].reserve, supply)",
      "shares too cheap in one token",
    ],
    [
      "multiplyDivideUp(shares, sides[1].reserve, supply)",
      "multiplyDivideDown(shares, sides[1].reserve, supply)",
      "shares too cheap in the other",
    ],
    ["  if (isFirst) mint(state, state.parameters.id, LOCKED_SHARES);\n", "", "no shares are locked"],
    [
      "    multiplyDivideDown(shares, sides[1].reserve, supply),\n  ];\n}\n\n/** Burns",
      "    multiplyDivideUp(shares, sides[1].reserve, supply),\n  ];\n}\n\n/** Burns",
      "removal rounds up",
    ],
    ["  burn(state, holder, shares);\n", "", "shares are paid and stay"],
    ["10_000 - terms.tolerance", "10_000", "the tolerance is not heard"],
  ]),
  ...faultsIn("process/pool/reserves.ts", [
    [
      "cumulativeDown(state, 0, now), cumulativeDown(state, 1, now)",
      "state.sides[0].cumulative, state.sides[1].cumulative",
      "the price so far is forgotten",
    ],
    ["  state.changed = now;\n", "", "time is counted twice"],
    [
      "multiplyDivideDown(stretch, power10(PRICE_PLACES), reserve)",
      "multiplyDivideDown(stretch, power10(PRICE_PLACES), other)",
      "the price is always one",
    ],
  ]),
  ...faultsIn("process/pool/deposits.ts", [
    [
      "state.line.size < limits.pendingDeposits",
      "state.line.size <= limits.pendingDeposits",
      "one half too many waits",
    ],
    ["deadline <= now ?", "deadline < now ?", "half a deposit a tick late"],
    ["  deposit.terms = stricter(deposit.terms, terms);\n", "", "the terms of an added half are not heard"],
    ["  leaveLine(state.line, account);\n", "", "who is done goes on standing in line"],
    ["side.deposits = subtract(side.deposits, deposit.quantity);", "", "ended, and still waiting"],
    ["one.tolerance <= other.tolerance", "one.tolerance >= other.tolerance", "the milder tolerance counts"],
  ]),
  ...faultsIn("process/pool/sides.ts", [
    ["  owe(state.sides[index], account, quantity);\n", "", "a refund is nobody's"],
    ["  touch(state.touchedClaims, account);\n", "", "a refund's claim is not published"],
  ]),
  ...faultsIn("process/payouts/till.ts", [
    ["  till.received = add(till.received, quantity);\n", "", "received, and not booked"],
    ["  till.owed = add(till.owed, quantity);\n", "", "owed, and not in the sum"],
    ["return [];\n  delete till.owedTo[account];\n", "return [];\n", "a claim is paid again"],
    ["  if (payout !== undefined) restore(till, payout);\n", "", "a returned payout is nobody's"],
    [
      "hasRoomForRefund(till.payouts) ? transfer",
      "hasRoom(till.payouts) ? transfer",
      "refunds take all the room",
    ],
    ["isZero(quantity) || !hasRoom(till.payouts)", "isZero(quantity)", "a claim without room is paid"],
  ]),
  ...faultsIn("process/pool/actions/credit.ts", [
    ["    keep(state, side, accountOf(sender), quantity);\n", "", "a refund is in no book"],
    ["isRefund(message) || sender === id", "sender === id", "a refund is sent back"],
    [
      "return message.from === id ? [] : refund(message",
      "return refund(message",
      "the pool pays with its own shares",
    ],
  ]),
  ...faultsIn("process/pool/actions/swap.ts", [
    [
      "if (!hasRoom(state.sides[side].payouts)) {",
      "if (!hasRoom(state.sides[arrival.side].payouts)) {",
      "the room of the wrong side",
    ],
  ]),
  ...faultsIn("process/pool/actions/provide.ts", [
    ["waiting.deadline > message.now", "waiting.deadline >= message.now", "a half in its last millisecond"],
    [
      "additionOf(state, given, stricter(first.terms, terms))",
      "additionOf(state, given, terms)",
      "the first half's terms are not heard",
    ],
    ["    ...halves(state, provider, excess, tags, message.now),\n", "", "the excess is kept"],
    ["tolerance > 10_000", "tolerance > 10_001", "a tolerance above all"],
  ]),
  ...faultsIn("process/pool/actions/shares.ts", [
    ["isBelow(expected[0], leastFirst) || ", "", "Min-Token-A is not heard"],
    [" || isBelow(expected[1], leastSecond)", "", "Min-Token-B is not heard"],
    [
      "isZero(expected[0]) && isZero(expected[1])",
      "isZero(expected[0]) || isZero(expected[1])",
      "shares of little can't be burned",
    ],
    ["transfer !== undefined && transfer !== waiting.id", "false", "Cancel of another deposit"],
    ["  touch(state.touchedClaims, account);\n", "", "a claim that is paid stays published"],
  ]),
  ...faultsIn("process/pool/actions/upkeep.ts", [
    ["  touch(state.touchedClaims, payout.owner);\n", "", "a returned payout's claim is not published"],
    ["deposits < limits.depositsPerTick", "true", "a tick without bound"],
    ["state.sides.flatMap(", "[state.sides[0]].flatMap(", "the second token is never asked again"],
  ]),
  ...faultsIn("process/pool/actions/paying.ts", [
    [
      '"x-payout", "x-payouts-settled", "x-reference"',
      '"x-payouts-settled", "x-reference"',
      "a stranger numbers our payouts",
    ],
    ["transfers.length === 0 && !isZero(quantity)", "false", "a claim for want of room is not published"],
    [
      "characters <= limits.travellingCharacters",
      "characters < limits.travellingCharacters",
      "the last character",
    ],
  ]),
  ...faultsIn("process/pool/parameters.ts", [
    ["first.token === second.token || ", "", "one token twice"],
    ["closed: id, ", 'closed: "", ', "shares can be sent to the pool"],
  ]),
  ...faultsIn("process/collections/line.ts", [
    ['line.last = before ?? "";', "{}", "the last stays the last"],
    ["  delete line.behind[name];\n", "", "who left still points on"],
  ]),
  ...faultsIn("process/math/square-root.ts", [
    ["formatNatural(value).length + 1", "formatNatural(value).length - 1", "a start below the root"],
  ]),
];
