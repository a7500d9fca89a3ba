/** What sources say of prices: readings of pools and launches, and feeds. */
import { multiply, power10 } from "../math/multiplication.ts";
import { isZero, type Natural, ZERO } from "../math/natural.ts";
import { meanPriceDown, PRICE_PLACES } from "../market/price.ts";
import { limits } from "../protocol/limits.ts";
import type { Asset, IndexState, PriceReading } from "./state.ts";

/** Decimal places of the price that a launch tells. */
const LAUNCH_PLACES = 18;

/** The readings of an asset: its launch's own price, and the sources that the parameters name. */
export function beginReadings({ parameters }: IndexState, asset: Asset): void {
  const { life, band } = parameters.launchPrice;
  if (asset.launch !== "") asset.quotes.push(emptyReading(asset.launch, "launch", life, band));
  for (const source of parameters.sources) {
    if (source.token === asset.token)
      asset.quotes.push(emptyReading(source.process, source.kind, source.life, source.band));
  }
}

/** A feed has told a price. */
export function readFeed(reading: PriceReading, price: Natural, now: number): void {
  reading.price = price;
  reading.at = now;
}

/** A launch has told the price of its last round, in smallest units of AO for one of the token, times 10^18. */
export function readLaunch(reading: PriceReading, price: Natural, timestamp: number): void {
  if (isZero(price) || timestamp <= reading.at) return;
  reading.price = multiply(price, power10(PRICE_PLACES - LAUNCH_PLACES));
  reading.at = timestamp;
}

/**
 * A pool has told its sum of price · milliseconds. With an earlier one, at least some minutes before, that gives the mean price between them: a price that is
 * moved for a moment is none.
 */
export function readPool(reading: PriceReading, sum: Natural, asOf: number): void {
  if (reading.sumAt >= 0) {
    if (asOf - reading.sumAt < limits.poolInterval) return;
    const mean = meanPriceDown(reading.sum, sum, asOf - reading.sumAt);
    if (mean !== undefined) {
      reading.price = mean;
      reading.at = asOf;
    }
  }
  reading.sum = sum;
  reading.sumAt = asOf;
}

/** A batch auction has cleared: it confirms other prices, and is none alone. */
export function readAuction(asset: Asset, price: Natural, life: number, band: number, now: number): void {
  let reading = asset.quotes.find(({ kind }) => kind === "auction");
  if (reading === undefined) {
    reading = emptyReading("auction", "auction", life, band);
    asset.quotes.push(reading);
  }
  readFeed(reading, price, now);
}

function emptyReading(source: string, kind: PriceReading["kind"], life: number, band: number): PriceReading {
  return { source, kind, life, band, price: ZERO, at: 0, sum: ZERO, sumAt: -1 };
}
