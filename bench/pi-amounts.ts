/** What is in the basket that is measured, with AO above its third and AR below: for the index, and for its peers. */
import { identifier } from "../units/address.ts";
import { ao, ar } from "./pi-messages.ts";

/** Smallest units of AO that the ledger pays, and of AR that a holder mints for. */
export const proceeds = 1_300_123_456_789_012n;
export const minted = 350_012_345_678_901n;

/** What all launches' tokens are worth in smallest units of AO, and about what one unit is, times 10^18. */
const worth = 1_000_123_456_789_012n;
const launchPrice = 500_000_000_000n;
const launchPlaces = 10n ** 18n;

/** PI of a deposit and of a redemption: about a ten-thousandth of what there is. */
export const part = 130_012_345_678n;
/** Smallest units of AR that are minted for, and bid. */
export const payment = 1_000_123_456n;

export interface LaunchAmount {
  readonly launch: string;
  readonly token: string;
  readonly backing: bigint;
  /** In smallest units of AO, times 10^18. */
  readonly price: bigint;
}

/** The tokens of so many launches, together worth the same whatever their number. */
export function launchAmounts(launches: number): readonly LaunchAmount[] {
  return Array.from({ length: launches }, (_, i) => {
    const price = launchPrice + BigInt(i * 7_919);
    const backing = ((worth / BigInt(launches)) * launchPlaces) / price;
    return { launch: identifier("index's launch", i), token: identifier("index's token", i), backing, price };
  });
}

const one = 10n ** 30n;

/** All of the basket, with prices in AO times 10^30 and how far they may be off, in basis points. */
export function basketAmounts(launches: number) {
  return [
    { token: ao, backing: proceeds, price: one, band: 0n },
    { token: ar, backing: minted, price: 2n * one, band: 100n },
    ...launchAmounts(launches).map(({ token, backing, price }) => ({
      ...{ token, backing, price: (price * one) / launchPlaces, band: 1_000n },
    })),
  ];
}
