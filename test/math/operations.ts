/**
 * Every function of process/math/ behind one line of text: the operation and its operands, single spaces between them.
 * Runs as JavaScript and as Lua, so that both answers can be compared letter by letter.
 */
import { apportion, apportionBasisPoints } from "../../process/math/apportion.ts";
import { emission, emitted, schedule } from "../../process/math/decay.ts";
import { formatDecimal, formatDecimalExact, parseDecimal } from "../../process/math/decimal.ts";
import {
  divide,
  divideSmall,
  dropLimbs,
  multiplyDivideDown,
  multiplyDivideUp,
} from "../../process/math/division.ts";
import { fromDigits, quotient } from "../../process/math/integer.ts";
import { multiply, multiplySmall, power10 } from "../../process/math/multiplication.ts";
import {
  type Natural,
  add,
  compare,
  formatNatural,
  isEqual,
  isZero,
  natural,
  parseNatural,
  subtract,
  toNumber,
} from "../../process/math/natural.ts";
import { sha256 } from "../../process/math/sha256.ts";
import { squareRootDown } from "../../process/math/square-root.ts";

const read = (text: string): Natural => parseNatural(text)!;
const list = (text: string): readonly string[] => (text === "" ? [] : text.split(","));
const texts = (values: readonly Natural[]): string => values.map((value) => formatNatural(value)).join(",");
const perhaps = (value: Natural | undefined): string => (value === undefined ? "none" : formatNatural(value));

const operations: Record<string, (a: string, b: string, c: string, d: string) => string> = {
  quotient: (a, b) => `${quotient(fromDigits(a), fromDigits(b))}`,
  parse: (a) => perhaps(parseNatural(a)),
  limbs: (a) => read(a).join(","),
  natural: (a) => formatNatural(natural(fromDigits(a))),
  toNumber: (a) => {
    const value = toNumber(read(a));
    return value === undefined ? "none" : `${value}`;
  },
  compare: (a, b) => `${compare(read(a), read(b))}`,
  isEqual: (a, b) => (isEqual(read(a), read(b)) ? "yes" : "no"),
  isZero: (a) => (isZero(read(a)) ? "yes" : "no"),
  add: (a, b) => formatNatural(add(read(a), read(b))),
  subtract: (a, b) => (compare(read(a), read(b)) < 0 ? "none" : formatNatural(subtract(read(a), read(b)))),
  multiply: (a, b) => formatNatural(multiply(read(a), read(b))),
  multiplySmall: (a, b) => formatNatural(multiplySmall(read(a), fromDigits(b))),
  power10: (a) => formatNatural(power10(fromDigits(a))),
  divide: (a, b) => {
    const division = divide(read(a), read(b));
    return `${formatNatural(division.quotient)} ${formatNatural(division.remainder)}`;
  },
  divideSmall: (a, b) => {
    const division = divideSmall(read(a), fromDigits(b));
    return `${formatNatural(division.quotient)} ${division.remainder}`;
  },
  squareRoot: (a) => formatNatural(squareRootDown(read(a))),
  sha256: (a) => sha256(a),
  dropLimbs: (a, b) => formatNatural(dropLimbs(read(a), fromDigits(b))),
  multiplyDivideDown: (a, b, c) => formatNatural(multiplyDivideDown(read(a), read(b), read(c))),
  multiplyDivideUp: (a, b, c) => formatNatural(multiplyDivideUp(read(a), read(b), read(c))),
  parseDecimal: (a, b) => perhaps(parseDecimal(a, fromDigits(b))),
  formatDecimal: (a, b, c) => formatDecimal(read(a), fromDigits(b), fromDigits(c)),
  formatDecimalExact: (a, b) => formatDecimalExact(read(a), fromDigits(b)),
  apportion: (a, b) => {
    const parts = apportion(
      read(a),
      list(b).map((weight) => read(weight)),
    );
    return parts === undefined ? "none" : texts(parts);
  },
  basisPoints: (a, b) =>
    apportionBasisPoints(
      list(a).map((factor) => fromDigits(factor)),
      fromDigits(b),
    ).join(","),
  decay: (a, b, c, d) => {
    const plan = schedule(read(a), b, fromDigits(c));
    if (plan === undefined) return "none";
    const period = fromDigits(d);
    return texts([plan.factor, plan.divisor, emitted(plan, period), emission(plan, period)]);
  },
};

export const operationNames: readonly string[] = [
  ...["quotient", "parse", "limbs", "natural", "toNumber", "compare", "isEqual", "isZero", "add", "subtract"],
  ...[
    "multiply",
    "multiplySmall",
    "power10",
    "divide",
    "divideSmall",
    "sha256",
    "dropLimbs",
    "multiplyDivideDown",
  ],
  ...[
    "multiplyDivideUp",
    "parseDecimal",
    "formatDecimal",
    "formatDecimalExact",
    "apportion",
    "basisPoints",
    "decay",
    "squareRoot",
  ],
];

/** The answer to one line. */
export function answer(line: string): string {
  const [name, a, b, c, d] = line.split(" ");
  const operation = operations[name ?? ""];
  if (operation === undefined) return `unknown: ${line}`;
  return operation(a ?? "", b ?? "", c ?? "", d ?? "");
}
