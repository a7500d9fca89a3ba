/** Faults in the rules of prices, auctions, lots, weights and caps. */
import { type Fault, faultsIn } from "./fault.ts";

export const marketFaults: readonly Fault[] = [
  ...faultsIn("process/market/price.ts", [
    ["elapsed <= 0 ||", "elapsed < 0 ||", "a mean over no time divides by zero"],
    ["SUM_PLACES - PRICE_PLACES", "SUM_PLACES", "a pool's mean price is off by 10^30"],
  ]),
  ...faultsIn("process/market/prices.ts", [
    [
      'if (quote.kind !== "auction") insert(others, counted);',
      "insert(others, counted);",
      "an auction decides",
    ],
    ["|| contradict(others)", "", "two sources that contradict each other give a price"],
    ["!isWithin(lower, upper.price) || ", "", "only one of two bands is asked"],
    ["age > life * policy.lives", "age >= life * policy.lives", "a quote is dropped a moment too early"],
    ["age < 0 || ", "", "a quote of the future counts"],
    ["at <= 0 || ", "", "an unset time counts"],
    ["if (isZero(low)) return undefined;", "", "a bound of zero counts"],
    [
      "if (age <= life || band >= widest) return band;",
      "if (age <= life) return band;",
      "a wide band narrows",
    ],
    [
      "atMost(atLeast(confirmed, bounds.low), bounds.high)",
      "confirmed",
      "an auction leaves the others' band",
    ],
    ["others.length < policy.fewest", "all.length < policy.fewest", "auctions count as sources"],
    ["low: atMost(lower.low, upper.low)", "low: upper.low", "the inner bound of two"],
    ["if (byLow !== 0) return byLow < 0;", "", "equal prices are told apart by order"],
  ]),
  ...faultsIn("process/market/dutch.ts", [
    [
      "now < begin || now >= endOf(terms, begin)",
      "now < begin || now > endOf(terms, begin)",
      "open at its end",
    ],
    ["if (begin <= 0 || now < begin", "if (now < begin", "an unset beginning is open"],
    ["return begin > 0 && now >=", "return now >=", "an unset time reads as over"],
    [
      "natural(steps - step), natural(steps)",
      "natural(steps - step - 1), natural(steps)",
      "a phase begins a step late",
    ],
    ["return high;\n}", "return low;\n}", "the factor falls too far"],
    ["compare(price, maxPrice) > 0", "compare(price, maxPrice) >= 0", "no fill at exactly the limit"],
    ["const cost = valueUp(quantity, price);", "const cost = payment;", "the whole payment is taken"],
    ["compare(payment, wanted) < 0 ? payment : wanted", "payment", "more is bought than is wanted"],
    ["compare(affordable, left) < 0 ? affordable : left", "affordable", "more is sold than is left"],
    ["isZero(left) || compare(valueDown", "compare(valueDown", "a lot of nothing stays open"],
  ]),
  ...faultsIn("process/market/lot.ts", [
    [
      "const width = natural(band * basket.parts);",
      "const width = natural(band * position.part);",
      "a wrong band",
    ],
    ["if (compare(scale, width) <= 0) return undefined;", "", "a wide band ends the message"],
    ["const target = multiplyDivideUp(", "const target = multiplyDivideDown(", "a surplus below the target"],
    [
      "const value = valueUp(position.quantity",
      "const value = valueDown(position.quantity",
      "a deficit too large",
    ],
    ["return compare(lot, needed) < 0 ? lot : needed;", "return lot;", "more is sold than the deficit needs"],
    ["compare(surplus, largest) < 0 ? surplus : largest", "surplus", "the largest lot is passed"],
  ]),
  ...faultsIn("process/market/weights.ts", [
    ["floor * count <= ALL_POINTS && ", "", "floors that come to more than all"],
    [
      "compare(aboveCap, belowFloor) >= 0",
      "compare(aboveCap, belowFloor) <= 0",
      "the wrong clamp is held first",
    ],
    ["left -= clamp * places.length;", "left -= clamp;", "what is held is not taken off"],
    [
      "Math.min(fanOut, quotient(ALL_POINTS, smallest))",
      "fanOut",
      "more delegations than can have the smallest share",
    ],
    ["weights.filter(({ points }) => points > 0)", "weights", "who weighs nothing is delegated to"],
    ["a.points === b.points ? a.name < b.name : a.points > b.points", "a.points > b.points", "ties by order"],
  ]),
  ...faultsIn("process/market/bucket.ts", [
    [
      "if (now <= bucket.at) return bucket.level;",
      "if (now === bucket.at) return bucket.level;",
      "time goes back",
    ],
    ["bucket.at = Math.max(bucket.at, now);", "bucket.at = now;", "an earlier time leaks twice"],
    [
      "if (compare(amount, bucketRoom(bucket, capacity, now)) > 0)",
      "if (compare(amount, capacity) > 0)",
      "it overflows",
    ],
  ]),
  ...faultsIn("process/market/window.ts", [
    ["const SLOTS = 13;", "const SLOTS = 12;", "an hour is cut short"],
    [
      "Math.max(window.slot, quotient(now, SLOT_LENGTH))",
      "quotient(now, SLOT_LENGTH)",
      "an earlier time frees room",
    ],
    [
      "window.amounts[empty % SLOTS] = ZERO;",
      "if (empty === slot) window.amounts[empty % SLOTS] = ZERO;",
      "old slots stay",
    ],
  ]),
  ...faultsIn("process/market/batch.ts", [
    ["compare(limit, lowest.limit) <= 0", "compare(limit, lowest.limit) < 0", "an equal bid displaces"],
    [
      "if (compare(bids[middle]!.limit, bid.limit) < 0)",
      "if (compare(bids[middle]!.limit, bid.limit) <= 0)",
      "later first",
    ],
    ["compare(part, leastPayment) > 0 ? part : leastPayment", "leastPayment", "dust fills the book"],
    ["price: priceUp(money, lot), whole", "price: level, whole", "the price falls to the next level"],
    [
      "if (compare(withLevel, worth) >= 0) {",
      "if (compare(withLevel, worth) > 0) {",
      "a level that just covers is passed",
    ],
    ["compare(price, reserve) < 0 ? reserve : price", "reserve", "all pay the reserve price"],
    [
      "left = subtract(left, quantityDown(bids[place]!.payment, price));",
      "left = lot;",
      "the lot is sold twice",
    ],
    ["if (batch.clearing !== undefined) return false;", "", "clearing twice is told as done"],
    [
      "batch.settled = end;",
      "batch.settled = end - (end > batch.settled + 1 ? 1 : 0);",
      "a bid is settled twice",
    ],
    ["if (place < whole) return", "if (place <= whole) return", "the first rationed bid gets all"],
    [
      "const cost = valueUp(quantity, clearing.price);",
      "const cost = valueUp(quantity, bid.limit);",
      "bids pay their limit",
    ],
  ]),
];
