/** Decimal numbers as text: a natural counts units of 10^-places, as an amount does with a token's denomination. */
import { multiply, power10 } from "./multiplication.ts";
import { type Natural, add, formatNatural, parseNatural, subtract } from "./natural.ts";

/**
 * The decimal times 10^places, exactly; undefined unless the text is `0` or `[1-9][0-9]*`, then perhaps a point and
 * 1 to `places` digits. Trailing zeros count as digits. places ≥ 0, whole.
 */
export function parseDecimal(text: string, places: number): Natural | undefined {
  const point = text.indexOf(".");
  if (point < 0) {
    const whole = parseNatural(text);
    return whole === undefined ? undefined : multiply(whole, power10(places));
  }
  const digits = text.length - point - 1;
  if (digits < 1 || digits > places) return undefined;
  const whole = parseNatural(text.substring(0, point));
  // The 1 keeps the zeros after the point, and is taken off again.
  const fraction = parseNatural("1" + text.substring(point + 1) + "0".repeat(places - digits));
  if (whole === undefined || fraction === undefined) return undefined;
  const unit = power10(places);
  return add(multiply(whole, unit), subtract(fraction, unit));
}

/**
 * value / 10^places with exactly `shown` digits after the point, rounded down; no point when shown is 0. Digits past
 * `places` are zeros. places ≥ 0, shown ≥ 0, whole.
 */
export function formatDecimal(value: Natural, places: number, shown: number): string {
  const [whole, fraction] = splitAtPoint(value, places);
  if (shown === 0) return whole;
  if (shown <= places) return `${whole}.${fraction.substring(0, shown)}`;
  return `${whole}.${fraction}${"0".repeat(shown - places)}`;
}

/** value / 10^places, exactly, without trailing zeros: the shortest text that `parseDecimal` reads as the value. */
export function formatDecimalExact(value: Natural, places: number): string {
  const [whole, fraction] = splitAtPoint(value, places);
  let length = fraction.length;
  while (length > 0 && fraction.charAt(length - 1) === "0") length -= 1;
  return length === 0 ? whole : `${whole}.${fraction.substring(0, length)}`;
}

/** The digits before the point, and the `places` digits after it. */
function splitAtPoint(value: Natural, places: number): readonly [string, string] {
  const digits = formatNatural(value);
  const length = digits.length;
  if (length <= places) return ["0", "0".repeat(places - length) + digits];
  return [digits.substring(0, length - places), digits.substring(length - places)];
}
