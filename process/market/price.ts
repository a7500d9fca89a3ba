/**
 * What a price is: the smallest units of one asset (AO, or what is paid with) that one smallest unit of another is worth,
 * times 10^30. Amounts have at most 38 digits, so that a price has at most 68, and a product of the two 106.
 */
import { divide, multiplyDivideDown, multiplyDivideUp } from "../math/division.ts";
import { multiply, power10 } from "../math/multiplication.ts";
import { compare, isZero, type Natural, natural, subtract } from "../math/natural.ts";

/** Decimal places of a price. */
export const PRICE_PLACES = 30;

/** Decimal places of a pool's sum of price · milliseconds, as it tells it: `process/pool/reserves.ts`. */
export const SUM_PLACES = 42;

/** The price of an asset in itself: of AO in AO. */
export function unitPrice(): Natural {
  return power10(PRICE_PLACES);
}

/** What a quantity is worth, rounded down: quantity · price / 10^30. */
export function valueDown(quantity: Natural, price: Natural): Natural {
  return multiplyDivideDown(quantity, price, power10(PRICE_PLACES));
}

/** What a quantity costs, rounded up. */
export function valueUp(quantity: Natural, price: Natural): Natural {
  return multiplyDivideUp(quantity, price, power10(PRICE_PLACES));
}

/** The most that a value buys, rounded down: value · 10^30 / price. A price of zero ends the message. */
export function quantityDown(value: Natural, price: Natural): Natural {
  return multiplyDivideDown(value, power10(PRICE_PLACES), price);
}

/** The price at which a quantity is worth a value, rounded down. A quantity of zero ends the message. */
export function priceDown(value: Natural, quantity: Natural): Natural {
  return multiplyDivideDown(value, power10(PRICE_PLACES), quantity);
}

/** The same, rounded up. */
export function priceUp(value: Natural, quantity: Natural): Natural {
  return multiplyDivideUp(value, power10(PRICE_PLACES), quantity);
}

/**
 * The price of what is sold in what is paid, both priced in a third asset, rounded down. A price of zero for what is
 * paid ends the message.
 */
export function crossDown(priceSold: Natural, pricePaid: Natural): Natural {
  return multiplyDivideDown(priceSold, power10(PRICE_PLACES), pricePaid);
}

/** The same, rounded up. */
export function crossUp(priceSold: Natural, pricePaid: Natural): Natural {
  return multiplyDivideUp(priceSold, power10(PRICE_PLACES), pricePaid);
}

/**
 * The mean price between two readings of a pool's sum of price · milliseconds (times 10^42), rounded down. Undefined
 * where no time lies between them, or where the sum fell, which a pool's never does.
 */
export function meanPriceDown(before: Natural, after: Natural, elapsed: number): Natural | undefined {
  if (elapsed <= 0 || compare(after, before) < 0) return undefined;
  const divisor = multiply(natural(elapsed), power10(SUM_PLACES - PRICE_PLACES));
  const mean = divide(subtract(after, before), divisor).quotient;
  return isZero(mean) ? undefined : mean;
}
