/** Which auctions are due, by plain BigInt: sides and bands, pauses, what is under way, prices, dust. */
import { type Bounds, crossOf, stepOf, up, worthDown, worthUp } from "./index-model.ts";
import type { Moment } from "./index-play.ts";
import { big, one } from "./index-subject.ts";

/** In basis points of the basket for a whole third: off by more calls for an auction, off by less is done. */
const TRIGGER = 200n;
const DONE = 25n;
const MOST_AUCTIONS = 16;

type Opening = Pick<Moment, "world" | "before" | "play" | "now">;

/** What a request to open an auction should come to. */
export interface Due {
  /** Each reason for which it may be refused; none when it must open. */
  readonly reasons: ReadonlySet<string>;
  readonly lot: bigint;
  readonly wanted: bigint;
}

interface Position {
  readonly bounds: Bounds;
  readonly worth: bigint;
  readonly part: bigint;
}

/** The lots in auctions whose time is not over, and in batches that have not cleared, by token. */
function lotsOf({ world, before, now }: Opening): ReadonlyMap<string, bigint> {
  const { auctions, openDiscoveries, discoveries } = world.subject.state();
  const lots = new Map<string, bigint>();
  const add = (token: string, lot: bigint) => lots.set(token, (lots.get(token) ?? 0n) + lot);
  for (const [i, { open, left }] of before.auctions.entries())
    if (open && isRunning(auctions[i]!.begin, now)) add(auctions[i]!.sell, left);
  for (const id of openDiscoveries) {
    const { sell, batch } = discoveries[id - 1]!;
    if (batch.clearing === undefined) add(sell, big(batch.lot));
  }
  return lots;
}

function isRunning(begin: number, now: number): boolean {
  return stepOf({ begin, best: 0n, worst: 0n }, now) !== undefined;
}

/** How far a position is off its share, times everything that it is divided by; above zero when it has too much. */
function sidesOf(positions: ReadonlyMap<string, Position>) {
  let [value, parts] = [0n, 0n];
  for (const { worth, part } of positions.values()) [value, parts] = [value + worth, parts + part];
  // |worth / value − part / parts| > band / 10^4 · part / 10^4
  const isOff = ({ worth, part }: Position, sign: bigint, band: bigint): boolean =>
    sign * (worth * parts - value * part) * 10n ** 8n > value * band * part * parts;
  const aim = ({ part }: Position) => value * part;
  return { isOff, aim, parts };
}

export function dueOf(opening: Opening, sell: string, buy: string): Due {
  const { world, before, play, now } = opening;
  const { assets, auctions, caps, openDiscoveries, discoveries } = world.subject.state();
  const reasons = new Set<string>();
  const running = before.auctions.flatMap(({ open }, i) =>
    open && isRunning(auctions[i]!.begin, now) ? [auctions[i]!] : [],
  );
  if (sell === buy) reasons.add("invalid-pair");
  if ((play.pauses.get(`${sell}|${buy}`) ?? 0) > now) reasons.add("paused");
  if (running.length >= MOST_AUCTIONS) reasons.add("busy");
  if (running.some((other) => other.sell === sell || other.sell === buy || other.buy === sell))
    reasons.add("busy");
  const selling = openDiscoveries.map((id) => discoveries[id - 1]!.sell);
  if (selling.includes(sell) || selling.includes(buy)) reasons.add("busy");

  const lots = lotsOf(opening);
  const positions = new Map<string, Position>();
  for (const { token, listed, weight } of assets) {
    const bounds = before.bounds.get(token);
    if (bounds === undefined) continue;
    const free = before.books.get(token)!.backing - (lots.get(token) ?? 0n);
    positions.set(token, {
      bounds,
      worth: worthDown(free, bounds.price),
      part: listed ? BigInt(weight) : 0n,
    });
  }
  const [sold, bought] = [positions.get(sell), positions.get(buy)];
  const nothing = { reasons, lot: 0n, wanted: 0n };
  if (sold === undefined || bought === undefined) return { ...nothing, reasons: reasons.add("no-price") };

  const { isOff, aim, parts } = sidesOf(positions);
  const [above, below] = [
    (band: bigint) => isOff(sold, 1n, band),
    (band: bigint) => isOff(bought, -1n, band),
  ];
  // What is to be sold down goes to whatever lacks anything.
  const isDue =
    sold.part === 0n
      ? above(0n) && below(0n)
      : above(DONE) && below(DONE) && (above(TRIGGER) || below(TRIGGER));
  if (!isDue) return { ...nothing, reasons: reasons.add("not-due") };

  const surplus = atLeastNothing(sold.worth - up(aim(sold), parts)) * one;
  const free = before.books.get(buy)!.backing - (lots.get(buy) ?? 0n);
  const deficit = atLeastNothing(aim(bought) / parts - worthUp(free, bought.bounds.price)) * one;
  const wanted = deficit / bought.bounds.price;
  const { worst } = crossOf(sold.bounds, bought.bounds);
  if (worst === 0n) return { ...nothing, reasons: reasons.add("not-due") };
  const capped = (big(caps.lot) * one) / sold.bounds.high;
  const lot = least(
    surplus / sold.bounds.price,
    play.slippage.isRisky(buy)
      ? least(capped, (play.slippage.free(opening) * one) / sold.bounds.price)
      : capped,
    (wanted * one) / worst,
  );
  if (worthDown(lot, worst) < 1n) reasons.add("not-due");
  return { reasons, lot, wanted };
}

function atLeastNothing(value: bigint): bigint {
  return value > 0n ? value : 0n;
}

function least(...values: readonly bigint[]): bigint {
  return values.reduce((smallest, value) => (value < smallest ? value : smallest));
}
