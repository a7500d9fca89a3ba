/** Faults in the ledger's actions, the mint, the token and payouts. */
import { type Fault, faultsIn } from "./fault.ts";

export const actionFaults: readonly Fault[] = [
  ...faultsIn("process/ledger/actions/delegate.ts", [
    ["if (version <= stored)", "if (version < stored)", "the same version again"],
    ["targets.push(target);", "", "a target may be named twice"],
    [
      "walletFrom === undefined || accountOf(walletFrom) !== message.account",
      "walletFrom === undefined",
      "anybody's set",
    ],
    ["(isAbove ? 1 : 0)", "0", "109.99999999999999 becomes 109"],
  ]),
  ...faultsIn("process/ledger/actions/holdings.ts", [
    ["version <= token.multiplierVersion", "version < token.multiplierVersion", "the same version again"],
    ["rows > limits.csvRows", "rows >= limits.csvRows", "a full page is refused"],
  ]),
  ...faultsIn("process/ledger/actions/money.ts", [
    [
      "compare(quantity, available) > 0",
      "compare(quantity, available) >= 0",
      "the last unit can't be withdrawn",
    ],
    [
      "compare(cumulative, state.minted) <= 0",
      "compare(cumulative, state.minted) < 0",
      "an old figure is a cycle",
    ],
    [
      "subtract(cumulative, state.minted), cycle",
      "cumulative, cycle",
      "the whole figure is distributed each time",
    ],
    ["if (returned) withdrawn", "withdrawn", "what was paid out can be withdrawn again"],
    ["release(state, payout, true);", "release(state, payout, false);", "a returned payout is nobody's"],
    ["      isMint &&\n", "", "anybody's money is yield"],
    ["!hasRoomForRefund(state.payouts)", "!hasRoom(state.payouts)", "refunds take all the room for payouts"],
    ["pending[wallet] = add(pending[wallet] ?? ZERO, quantity);", "", "a payout is not under way"],
    ["credit.sender === state.parameters.id || ", "", "the ledger pays itself back"],
  ]),
  ...faultsIn("process/ledger/actions/upkeep.ts", [
    [">= limits.balanceInterval", "> limits.balanceInterval", "the balance is asked for a tick later"],
  ]),
  ...faultsIn("process/ledger/actions/report.ts", [
    [
      "subtract(withdrawn[wallet] ?? ZERO, pending[wallet] ?? ZERO)",
      "withdrawn[wallet] ?? ZERO",
      "pending is paid",
    ],
    [
      "edges.length + limits.reportRows - 1",
      "edges.length + limits.reportRows",
      "an empty page behind full ones",
    ],
  ]),
  ...faultsIn("process/ledger/actions/lists.ts", [
    ["(state.cycleCount - 1 - position)", "(state.cycleCount - position)", "the newest cycle is missed"],
  ]),

  ...faultsIn("process/mint/rules.ts", [
    [
      "CYCLE_MILLISECONDS) - state.cycle",
      "CYCLE_MILLISECONDS) + 1 - state.cycle",
      "a cycle before it is due",
    ],
    ["due < limits.cyclesPerTick ? due : limits.cyclesPerTick", "due", "a tick without bound"],
    [
      "    if (state.cycle % MILESTONE_CYCLES === 0) state.milestones.push(state.minted);\n    split",
      "    if (state.cycle % MILESTONE_CYCLES === 0) state.milestones.push(amount);\n    split",
      "milestones count from the tick",
    ],
    [
      "dueAt(state.parameters, state.cycle))",
      "dueAt(state.parameters, state.cycle - 1))",
      "an era begins late",
    ],
    ["if (era.from <= time)", "if (era.from < time)", "an era begins one millisecond late"],
    [
      "ledger.minted = add(ledger.minted, byLedger[i]!)",
      "ledger.minted = byLedger[i]!",
      "figures don't add up",
    ],
    ["at === cycle && cycle > 0", "at === cycle", "the emission of cycle 0"],
    [
      "state.cycle + limits.foreseenCycles",
      "state.cycle - 1 + limits.foreseenCycles",
      "foresight is one shorter",
    ],
    ["natural(1_647_321_875)", "natural(1_647_321_874)", "the rate"],
    [
      "byLedger[position] = add(byLedger[position]!, parts[i]!);",
      "byLedger[i] = add(byLedger[i]!, parts[i]!);",
      "parts",
    ],
  ]),
  ...faultsIn("process/mint/actions.ts", [
    [
      '["X-Cumulative", formatNatural(cumulative)]',
      '["X-Cumulative", formatNatural(quantity)]',
      "lost for good",
    ],
  ]),
  ...faultsIn("process/mint/parameters.ts", [
    ["from <= last.from", "from < last.from", "two eras from one time"],
    [
      "if (shares.some((known) => known.ledger === ledger)) return undefined;",
      "",
      "a ledger twice in an era",
    ],
  ]),

  ...faultsIn("process/token/rules.ts", [
    ["quantity), cap) <= 0", "quantity), cap) < 0", "the cap is never reached"],
    ["? subtract(cumulative, known) : ZERO", "? cumulative : ZERO", "cumulative figures are minted whole"],
  ]),
  ...faultsIn("process/balances/book.ts", [
    ["account), quantity) >= 0", "account), quantity) > 0", "the last unit can't be spent"],
    ["if (isZero(rest)) release(book.holders, slot);", "", "holders of nothing stay"],
    ["book.supply = subtract(book.supply, quantity);", "", "burning leaves the supply"],
    ["  if (isZero(quantity)) return;\n", "", "holders of nothing are enrolled"],
  ]),
  ...faultsIn("process/balances/numbered-transfers.ts", [
    ["number < settledBelow + limits", "number <= settledBelow + limits", "the window is one too wide"],
    [
      "transfer.number < transfers.floor",
      "transfer.number <= transfers.floor",
      "the lowest open number is settled",
    ],
    ["transfers.open += 1;", "", "numbers that are remembered are not counted"],
    ["] = paid;", "] = true;", "a refusal is remembered as a payment"],
    [
      "  if (transfers.floor < transfer.settledBelow) transfers.floor = transfer.settledBelow;\n",
      "",
      "the floor stays behind what is settled",
    ],
    ["delete transfers.paid[number];", "", "settled numbers are remembered for ever"],
  ]),
  ...faultsIn("process/balances/transfer.ts", [
    ["remember(book, payer, numbered, false);", "{}", "a late copy of a refused transfer is paid"],
    ['if (standing === "settled") return [];', "", "a settled number is paid again"],
    ["remember(book, payer, numbered, true);", "{}", "a repeated number is paid again"],
  ]),
  ...faultsIn("process/balances/batch-transfer.ts", [
    [
      "known === undefined ? quantity : add(quantities[slot]!, quantity)",
      "quantity",
      "the last row of a name counts",
    ],
    ["lines.length > limits.csvRows", "lines.length >= limits.csvRows", "a full batch is refused"],
  ]),
  ...faultsIn("process/token/actions/minting.ts", [
    [
      "if (cumulative !== undefined && !isZero(quantity)) state.mintedTo[account] = cumulative;",
      "",
      "minted twice",
    ],
    ["message.account !== state.minter || ", "", "anybody mints"],
    ['if (state.minter !== "") return refuse(', "if (false) return refuse(", "the minter is named twice"],
  ]),

  ...faultsIn("process/payouts/payouts.ts", [
    [
      "payouts.next - payouts.oldest < count",
      "payouts.next - payouts.oldest <= count",
      "room for one too many",
    ],
    ["payouts.pending = add(payouts.pending, opened.quantity);", "", "opened, and not pending"],
    [
      "if (payout !== undefined) payouts.settled = add(payouts.settled, payout.quantity);",
      "",
      "paid, and not booked",
    ],
    ["payout.deadline <= now", "payout.deadline < now", "asked again a tick late"],
    ["        payout.deadline = now + limits.payoutPatience;\n", "", "asked again at every tick"],
    ["  payouts.pending = subtract(payouts.pending, payout.quantity);\n", "", "closed, and still pending"],
    ["while (payouts.oldest < payouts.next &&", "if (payouts.oldest < payouts.next &&", "the window creeps"],
    ["  payouts.aside = subtract(payouts.aside, aside.quantity);\n", "", "decided, and still aside"],
    ["  removeOpen(payouts, payout);\n", "", "set aside, and still open"],
    ["  payouts.unconfirmedCount -= 1;\n", "", "room is lost with each late answer"],
    ["if (work >= limits.payoutsPerTick) return again;", "", "a tick without bound"],
    [
      '["X-Payouts-Settled", `${payouts.oldest}`]',
      '["X-Payouts-Settled", `${payouts.next}`]',
      "open counts as settled",
    ],
  ]),
  ...faultsIn("process/payouts/refund.ts", [
    ["credit === undefined || isRefund(message)", "credit === undefined", "a refund is sent back"],
    ['isRefusal(action) || action === "Refund"', 'action === "Refund"', "a doubtful refund is sent back"],
  ]),
];
