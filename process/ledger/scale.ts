/** The scale of accrued yield: 10^42 parts of the smallest unit, so that no division shows. */
import { divide } from "../math/division.ts";
import { multiply, power10 } from "../math/multiplication.ts";
import type { Natural } from "../math/natural.ts";

export const UNIT = power10(42);

/** Smallest units as scaled yield. */
export function toScaled(units: Natural): Natural {
  return multiply(units, UNIT);
}

/** Scaled yield in whole smallest units, rounded down. */
export function toUnitsDown(scaled: Natural): Natural {
  return divide(scaled, UNIT).quotient;
}
