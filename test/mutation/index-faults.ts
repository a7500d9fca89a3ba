/** Faults in the rules of the index, each of which its laws or its named tests must see. */
import { type Fault, faultsIn } from "./fault.ts";

export const indexFaults: readonly Fault[] = [
  ...faultsIn("process/pi/shares.ts", [
    [
      "return divide(multiply(backing, pi), supply).quotient;",
      "return multiplyDivideUp(backing, pi, supply);",
      "a redemption is rounded up",
    ],
    [
      "return multiplyDivideUp(wholeOf(state, asset), multiply(pi, all), supply);",
      "return divide(multiply(wholeOf(state, asset), multiply(pi, all)), supply).quotient;",
      "a deposit in kind takes a unit too little",
    ],
    [
      "if (sell === token) whole = add(whole, quantity);",
      "",
      "who comes in has a share of what is under way, unpaid",
    ],
    [
      "least === undefined || compare(pi, least) < 0",
      "least === undefined || compare(pi, least) > 0",
      "the largest leg mints",
    ],
    ["  state.minted = add(state.minted, quantity);\n", "", "the token is never told to create it"],
  ]),
  ...faultsIn("process/pi/sessions.ts", [
    ["|| compare(pi, session.leastOut) < 0", "", "Min-Out is not heard"],
    [
      "      if (compare(worth, displaced.size) <= 0) return undefined;\n",
      "",
      "dust takes the place of others",
    ],
    [
      "      asset.deposits = subtract(asset.deposits, quantity);\n      legs.push",
      "      legs.push",
      "a leg that went back still waits",
    ],
    [
      "session.deadline <= now",
      "session.deadline < now",
      "a session in the millisecond of its deadline stays",
    ],
  ]),
  ...faultsIn("process/pi/left-out.ts", [
    [
      "pointsUp(leftOut, ALL_POINTS + state.parameters.fee)",
      "pointsUp(leftOut, ALL_POINTS)",
      "what is left out has no fee",
    ],
    [
      "leftOut = add(leftOut, valueUp(quantity, price));",
      "leftOut = add(leftOut, valueDown(quantity, price));",
      "what is left out is rounded down",
    ],
    [
      "valueDown(quantity, provenPriceOf(asset, now)?.low ?? ZERO)",
      "valueDown(quantity, price.low)",
      "a price of one source pays for what is left out",
    ],
    [
      "windowRoom(window, state.caps.hour, now)) > 0) return false;",
      "ZERO) < 0) return false;",
      "no cap of an hour",
    ],
  ]),
  ...faultsIn("process/pi/valuation.ts", [
    ["high: asset.ceiling, age: 0", "high: ZERO, age: 0", "a retired token is nothing to those who come in"],
    ["fewest: 2 }", "fewest: 1 }", "a launch's own price is enough to mint for its token"],
  ]),
  ...faultsIn("process/pi/basket.ts", [
    ["      if (asset.listed) asset.unsold = 0;\n", "", "a token that comes back is sold at its old reserve"],
  ]),
  ...faultsIn("process/pi/actions/deposits.ts", [
    [
      'if (accountOf(session.owner) !== accountOf(sender)) return back("The session is somebody else\'s");',
      "",
      "anybody adds to a session, and its owner has it",
    ],
    [
      "    ...payExcess(session.owner, completed.excess,",
      "    ...payExcess(session.owner, [],",
      "the excess is kept",
    ],
    ["if (isPaused(state, now)) return back(PAUSED);", "", "a pause does not stop a session"],
  ]),
  ...faultsIn("process/pi/minting.ts", [
    ["natural(ALL_POINTS - state.parameters.fee)", "natural(ALL_POINTS)", "no fee"],
    [
      "const worth = valueDown(quantity, price.low);",
      "const worth = valueDown(quantity, price.high);",
      "at the high end",
    ],
    [
      "const pi = divide(multiply(afterFee, state.supply), value.high).quotient;",
      "const pi = divide(multiply(afterFee, state.supply), value.low).quotient;",
      "the basket counts at its low end",
    ],
    [
      "if (compare(valueUp(quantity, price.high), windowRoom(asset.minted, state.caps.hour, now)) > 0)",
      "if (false)",
      "the cap of an hour is not asked",
    ],
    ["if (isPaused(state, now)) return PAUSED;", "", "mints by value go on in a pause"],
    [
      "takeFromWindow(asset.minted, state.caps.hour, valueUp(quantity, price.high), now);",
      "takeFromWindow(asset.minted, state.caps.hour, valueUp(quantity, price.low), now);",
      "the window counts too little",
    ],
  ]),
  ...faultsIn("process/pi/redeeming.ts", [
    ["sold.reserved = subtract(sold.reserved, less);", "", "what is taken out of a lot stays reserved"],
    [
      "auction.wanted = add(auction.bought, partDown(missing, stays, state.supply));",
      "auction.wanted = partDown(auction.wanted, stays, state.supply);",
      "what was bought already is wanted less",
    ],
    [
      "for (const id of state.openDiscoveries) shrinkDiscovery",
      "for (const id of [] as number[]) shrinkDiscovery",
      "a batch's lot is larger than what is there",
    ],
  ]),
  ...faultsIn("process/pi/auctions.ts", [
    ["if (until > now) return refuse", "if (false) return refuse", "a pair does not pause"],
    ["|| other.buy === sell)", ")", "an asset is bought and sold at a time"],
    ["  if (reason !== undefined) return reason;\n", "", "a lot goes below what prices allow"],
    ["if (compare(filled.quantity, least) < 0)", "if (false)", "a bid of one unit pauses a pair"],
    [
      "state.pauses[`${auction.sell}|${auction.buy}`] = now + state.parameters.auctions.pause;",
      "",
      "an early fill pauses nothing",
    ],
    [
      "if (auction === id) expected = add(expected, leastOut);",
      "",
      "a bid beside a swap buys more than is wanted",
    ],
    ["addBacking(assetOf(state, auction.buy)!, cost);", "", "what is paid is nobody's"],
    ["if (!isZero(auction.risk)) lose(", "if (false) lose(", "bids in a token of one source fill no bucket"],
    [
      "  if (isZero(risk)) return capped;\n",
      "  if (risk !== undefined) return capped;\n",
      "a price of one source is believed for any lot",
    ],
    ["sold.reserved = subtract(sold.reserved, quantity);", "", "what is sold stays reserved"],
    [
      "export const BANDS = { trigger: 200, done: 25 };",
      "export const BANDS = { trigger: 100, done: 25 };",
      "due too early",
    ],
    [
      "    if (isOver(auction.terms, auction.begin, now)) closeAuction(state, auction);\n",
      "",
      "an auction is never over",
    ],
    [
      "quantityDown(state.caps.lot, sold.high)",
      "quantityDown(state.caps.hour, sold.high)",
      "the lot's cap is not asked",
    ],
  ]),
  ...faultsIn("process/pi/losses.ts", [
    [
      "for (const pool of swapping) worth = add(worth, swaps[pool]!.worth);",
      "",
      "each swap may lose all that is left",
    ],
    [
      "    worth = add(worth, valueUp(left, risk));\n",
      "",
      "each lot for a token of one source may lose all that is left",
    ],
  ]),
  ...faultsIn("process/pi/swaps.ts", [
    [
      "const leastOut = valueUp(quantity, price);",
      "const leastOut = valueDown(quantity, price);",
      "a swap asks a unit less than the auction",
    ],
    ["      lose(state, swap.worth, now);\n", "", "a swap that nobody answers costs nothing"],
    ["if (compare(worth, room) > 0) return", "if (false) return", "a swap may be worth any amount"],
    ["  addBacking(assetOf(state, swap.sell)!, quantity);\n", "", "what comes back of a swap is nobody's"],
    ["if (swap.deadline <= now) {", "if (false) {", "a swap is under way for ever"],
    [
      'if (state.swaps[pool] !== undefined) return "A swap on this pool is under way";',
      "",
      "two swaps on one pool at a time",
    ],
  ]),
  ...faultsIn("process/pi/books.ts", [
    [
      "if (now - asset.surplusAt < SURPLUS_PATIENCE) return;",
      "",
      "a surplus counts at the second Sync at once",
    ],
    [
      "  if (compare(balance, book) < 0) takeBack(asset, subtract(book, balance));\n",
      "",
      "what was found stays counted when its notice comes",
    ],
    ["  receive(asset.till, lasting);\n", "", "a donation is the holders' and on no book"],
  ]),
  ...faultsIn("process/pi/discoveries.ts", [
    ["asset.escrow = add(asset.escrow, batch.lot);", "", "a lot that has cleared is nowhere"],
    ['if (quote.kind !== "auction") {', "if (quote.at >= 0) {", "a clearing price lowers the next reserve"],
    ["|| now >= discovery.ends)", ")", "bids after the end"],
  ]),
  ...faultsIn("process/pi/yield.ts", [
    ["  ao.waiting = subtract(ao.waiting, inflow);\n", "", "a period's yield is minted for again"],
  ]),
  ...faultsIn("process/pi/actions/credits.ts", [
    [
      "if (asset === undefined) return refund(message,",
      "if (asset === undefined && credit === undefined) return refund(message,",
      "a foreign token fails the notice",
    ],
    [
      "if (least !== undefined && compare(pi, least) < 0)",
      "if (least !== undefined && compare(pi, least) > 0)",
      "X-Min-Out is turned round",
    ],
    ["    ...burnMessages(state, quantity, message.now),\n", "", "redeemed PI is not burned"],
    [
      "if (swap !== undefined && swap.buy === asset.token)",
      "if (swap !== undefined && swap.sell === asset.token)",
      "what comes back is taken for what was bought",
    ],
  ]),
  ...faultsIn("process/pi/actions/guardian.ts", [
    ["if (compare(value, state.caps[cap[1]]) >= 0)", "if (false)", "a guardian loosens a cap"],
    [
      'return guardian === "" || message.account',
      'return guardian !== "" && message.account',
      "without a guardian anybody is one",
    ],
  ]),
  ...faultsIn("process/pi/actions/bids.ts", [
    [
      "...pay(sold.till, { recipient: sender,",
      "...pay(asset.till, { recipient: sender,",
      "a bidder gets back what was paid, from the wrong till",
    ],
    ['...back(fill.refund, "More than the bid cost"),', "", "a bid's rest is kept"],
    [
      'if (asset.kind !== "AO") return back("Batch auctions are paid in AO");',
      "",
      "batches are paid in anything",
    ],
  ]),
  ...faultsIn("process/pi/actions/basket.ts", [
    ["    basket.version += 1;\n", "", "ledgers take no second set"],
    ['if (tagOf(message, "X-Reference") !== `basket-${basket.cursor}`) return [];', "", "an old page counts"],
  ]),
  ...faultsIn("process/pi/actions/answers.ts", [
    [
      "cancelSwap(state, payout.recipient, payout.quantity);",
      "void payout;",
      "a swap that the token refused is lost",
    ],
    [
      "if (isNew && compare(cumulative, state.minted) <= 0)",
      "if (isNew)",
      "more is confirmed than was minted",
    ],
  ]),
];
