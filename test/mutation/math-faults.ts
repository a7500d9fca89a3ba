/** Faults in exact arithmetic. */
import { type Fault, faultsIn } from "./fault.ts";

export const mathFaults: readonly Fault[] = [
  ...faultsIn("process/math/natural.ts", [
    ["if (sum >= LIMB) {", "if (sum > LIMB) {", "no carry when a limb is exactly full"],
    ["if (sum === LIMB) {", "if (sum > LIMB) {", "a carry does not run on through full limbs"],
    ["if (length < shorter) return brokenPrecondition();", "", "a shorter number less a longer one"],
    ["if (borrow !== 0) return brokenPrecondition();", "", "less than zero becomes a large number"],
    ["value[0]! >= 7_199_254_740_992", "value[0]! > 7_199_254_740_992", "2^53 counts as exact"],
    [
      "for (let i = length; i >= 1; i -= 1) {\n    const a",
      "for (let i = 1; i <= length; i += 1) {\n    const a",
      "comparison starts at the lowest limb",
    ],
    ["`${LIMB + value[i - 1]!}`.slice(1)", "`${value[i - 1]!}`", "zeros inside a number are not printed"],
    [' || text.slice(0, 1) === "0"', "", "numbers with leading zeros are read"],
    [
      "while (length > 0 && limbs[length - 1] === 0) length -= 1;",
      "if (length > 0 && limbs[length - 1] === 0) length -= 1;",
      "only one leading zero limb is dropped",
    ],
  ]),
  ...faultsIn("process/math/multiplication.ts", [
    [
      "carry = aHigh * bHigh + cHigh * lastHigh + middleHigh + overflow;",
      "carry = aHigh * bHigh + cHigh * lastHigh + middleHigh;",
      "what a column overflows is lost",
    ],
    [
      "scratch[column] = cHigh * lastHigh + middleHigh + overflow;",
      "scratch[column] = cHigh * lastHigh + overflow;",
      "the top limb misses a carry",
    ],
    ["if (a === 0 && c === 0) {", "if (a === 0) {", "a row is skipped when half of it is zero"],
    ["factor > HALF_LIMB", "factor >= HALF_LIMB", "the largest small factor is refused"],
  ]),
  ...faultsIn("process/math/division.ts", [
    [
      "while (digit >= HALF_LIMB || digit * second > rest * HALF_LIMB + next) {",
      "if (digit >= HALF_LIMB || digit * second > rest * HALF_LIMB + next) {",
      "a guess that is two too large is corrected by one",
    ],
    ["carry = sum >= HALF_LIMB ? 1 : 0;", "carry = sum > HALF_LIMB ? 1 : 0;", "adding back misses a carry"],
    ["digit -= 1;\n      addBack(position, count);", "digit -= 1;", "a subtraction too many is not undone"],
    [
      "for (let i = 1; i <= zeros; i += 1)",
      "for (let i = 1; i < zeros; i += 1)",
      "a low limb of the remainder",
    ],
    ["remainder.length === 0 ?", "remainder.length !== 0 ?", "rounding up where nothing is left over"],
    [
      "divideSmall(fromHalves(remainderDigits, count), scale).quotient",
      "fromHalves(remainderDigits, count)",
      "the remainder is not scaled back",
    ],
    [
      "if (length === 1 && lowest < HALF_LIMB)",
      "if (length === 1 && lowest <= HALF_LIMB)",
      "which way 10^7 goes",
    ],
  ]),
  ...faultsIn("process/math/apportion.ts", [
    [
      "order === 0 ? isEarlier(i, j) : order > 0",
      "order === 0 ? isEarlier(j, i) : order > 0",
      "ties go to the later",
    ],
    ["a === b ? i < j : a > b", "a === b ? i < j : a < b", "the smallest remainder gains"],
    [
      "while (zeros !== common && value[zeros] === 0)",
      "while (value[zeros] === 0)",
      "limbs that matter are cut",
    ],
    [
      "quotient(count, 2); place",
      "quotient(count, 2) - 1; place",
      "the heap is built from one place too low",
    ],
    ["if (sum <= total) return", "if (sum < total) return", "factors that sum to exactly the total"],
  ]),
  ...faultsIn("process/math/decay.ts", [
    ["if (period >= periods)", "if (period > periods)", "the last period leaves one unit"],
    [
      "compare(amount, allocation) < 0 ? amount",
      "compare(amount, allocation) <= 0 ? amount",
      "the whole allocation is out before the last period",
    ],
    ["periods > MOST_PERIODS", "periods >= MOST_PERIODS", "the longest schedule is refused"],
    ["if (rest >= bit)", "if (rest > bit)", "a bit of the exponent is missed"],
    ["power10(FACTOR_PLACES)) >= 0", "power10(FACTOR_PLACES)) > 0", "a decay factor of one is taken"],
  ]),
  ...faultsIn("process/math/decimal.ts", [
    ["digits > places) return", "digits >= places) return", "the last decimal place is refused"],
    ["while (length > 0 &&", "while (length > 1 &&", "a zero is left behind the point"],
    ["if (length <= places)", "if (length < places)", "no zero before the point"],
  ]),
  ...faultsIn("process/math/sha256.ts", [
    ["bytes.length + 8, 64", "bytes.length + 9, 64", "a block too many at one length"],
  ]),
];
