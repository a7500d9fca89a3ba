/** Decay factors by number and by name (specification, "Parameter Comparison"). */
import { formatDecimalExact, parseDecimal } from "../math/decimal.ts";
import { divide } from "../math/division.ts";
import { multiply, power10 } from "../math/multiplication.ts";
import { compare, isZero, natural } from "../math/natural.ts";
import { type Refusal, refuse } from "../protocol/refusal.ts";
import { lowerCase } from "../protocol/text.ts";

const PLACES = 18;

/**
 * r as the shortest decimal of at most 18 places: from such a decimal, or from a preset's name; `linear-like` is
 * 1 − 1/(N − 1), rounded down. Refused: anything else, r not between 0 and 1, linear-like of fewer than 3 periods.
 */
export function readDecayFactor(text: string, periods: number): string | Refusal {
  const preset = lowerCase(text);
  if (preset === "aggressive") return "0.9";
  if (preset === "moderate") return "0.95";
  if (preset === "linear-like") return linearLike(periods);
  const factor = parseDecimal(text, PLACES);
  if (factor === undefined || isZero(factor) || compare(factor, power10(PLACES)) >= 0) {
    return refuse(
      "invalid-decay-factor",
      `Decay-Factor must be a decimal between 0 and 1, both excluded, with a point and at most ${PLACES} places, such as 0.95, or aggressive (0.90), moderate (0.95) or linear-like (1 - 1/(N - 1))`,
    );
  }
  return formatDecimalExact(factor, PLACES);
}

function linearLike(periods: number): string | Refusal {
  if (periods < 3)
    return refuse("invalid-decay-factor", "Decay-Factor linear-like needs a Duration of at least 3 days");
  const factor = divide(multiply(power10(PLACES), natural(periods - 2)), natural(periods - 1)).quotient;
  return formatDecimalExact(factor, PLACES);
}
