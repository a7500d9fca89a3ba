/** What the index came to, for people and for programs: the basket against its targets, and what a PI is worth. */
import { amountText, ao, grouped } from "./amounts.ts";
import type { Holding, Holdings, PiResult, Rebalancing } from "./pi.ts";

/** Lines for a terminal. */
export function piLines(result: PiResult): readonly string[] {
  const { byYield, delegators, before, after, auctions, inKind, byValue, redeemed } = result;
  return [
    "the index",
    "",
    `  minted by yield    ${ao(byYield)} PI for ${grouped(delegators)} delegators`,
    ...auctions.map((auction) => auctionLine(auction)),
    `  minted in kind     ${ao(inKind)} PI`,
    `  minted for AR      ${ao(byValue)} PI`,
    `  redeemed           ${ao(redeemed)} PI`,
    `  value of a PI      ${ao(valueOfOne(before))} AO before, ${ao(valueOfOne(after))} AO after`,
    "",
    "  basket                          holds         share   target",
    ...after.assets.map((holding) => holdingLine(holding)),
  ];
}

/** The same for programs; amounts are decimal strings in smallest units. */
export function piJson({ wrong, auctions, before, after, ...rest }: PiResult): object {
  const holdings = ({ supply, value, assets }: Holdings): object => ({
    supply: `${supply}`,
    value: `${value}`,
    valueOfOne: `${valueOfOne({ supply, value, assets })}`,
    assets,
  });
  return {
    byYield: `${rest.byYield}`,
    delegators: rest.delegators,
    auctions: auctions.map(({ bought, sold, paid }) => ({
      ...{ bought: bought.asset, ticker: bought.ticker, sold: `${sold}`, paid: `${paid}` },
    })),
    inKind: `${rest.inKind}`,
    byValue: `${rest.byValue}`,
    redeemed: `${rest.redeemed}`,
    before: holdings(before),
    after: holdings(after),
    balanced: wrong.length === 0,
  };
}

/** What 10^12 units of PI are worth, rounded down; 0 where a price is missing. */
function valueOfOne({ supply, value }: Holdings): bigint {
  return supply === 0n ? 0n : (value * 10n ** 12n) / supply;
}

function auctionLine({ bought, sold, paid }: Rebalancing): string {
  return `  auction of AO      ${ao(sold)} AO sold for ${unitsOf(bought, paid)} ${nameOf(bought)}`;
}

function holdingLine(holding: Holding): string {
  const amount = unitsOf(holding, BigInt(holding.backing)).padStart(30);
  return `  ${nameOf(holding).padEnd(8)}${amount}   ${percent(holding.share)}   ${percent(holding.target)}`;
}

function nameOf({ ticker, asset }: Holding): string {
  return ticker === "" ? asset.slice(0, 10) : ticker;
}

function unitsOf({ denomination }: Holding, quantity: bigint): string {
  return amountText(quantity, denomination === "" ? 12 : Number(denomination));
}

/** A fraction as percent with one place, rounded down. */
function percent(fraction: string): string {
  if (fraction === "") return "    –";
  const tenths = Math.floor(Number(fraction) * 1_000);
  return `${(tenths / 10).toFixed(1)} %`.padStart(7);
}
