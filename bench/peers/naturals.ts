/** The processes' naturals as the numbers of the peers in Lua (allocator.lua, basket.lua), and nothing else: an entry to be bundled. */
import { divide } from "../../process/math/division.ts";
import { multiply, multiplySmall } from "../../process/math/multiplication.ts";
import { add, compare, formatNatural, parseNatural, subtract } from "../../process/math/natural.ts";

/** Defined around the bundle (allocator.ts). */
declare function useNumbers(this: void, numbers: object): void;

useNumbers({
  read: parseNatural,
  write: formatNatural,
  add,
  subtract,
  multiply,
  scale: multiplySmall,
  divide: (dividend: Parameters<typeof divide>[0], divisor: Parameters<typeof divide>[1]) =>
    divide(dividend, divisor).quotient,
  isLess: (left: Parameters<typeof compare>[0], right: Parameters<typeof compare>[1]) =>
    compare(left, right) < 0,
});
