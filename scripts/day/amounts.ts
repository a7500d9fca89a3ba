/** Amounts as people read them. */

/** Smallest units of so many decimals, all of them shown, with the whole part grouped. */
export function amountText(units: bigint, decimals: number): string {
  const text = units.toString().padStart(decimals + 1, "0");
  const whole = grouped(BigInt(text.slice(0, text.length - decimals)));
  return decimals === 0 ? whole : `${whole}.${text.slice(-decimals)}`;
}

/** An amount of AO, which has 12 decimals. */
export function ao(units: bigint): string {
  return amountText(units, 12);
}

export function grouped(number: number | bigint): string {
  return number.toString().replace(/\B(?=(\d{3})+$)/g, ",");
}
