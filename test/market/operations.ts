/**
 * The rules of process/market/ behind one line of text: the operation and its operands, single spaces between them; rows
 * of an operand are joined by commas, their cells by colons. Runs as JavaScript and as Lua, so that both answers can be
 * compared letter by letter.
 */
import { clearBatch, isSettled, openBatch, placeBid, settlePage } from "../../process/market/batch.ts";
import { bucketRoom, emptyBucket, takeFromBucket } from "../../process/market/bucket.ts";
import {
  dutchTerms,
  fill,
  isDust,
  leastEarlyUp,
  phaseAt,
  priceAt,
  stepAt,
  stepsOf,
} from "../../process/market/dutch.ts";
import { basketOf, deficitOf, lotOf, sideOf, surplusOf } from "../../process/market/lot.ts";
import * as price from "../../process/market/price.ts";
import { crossBounds, narrowed, priceAmong, type Quote } from "../../process/market/prices.ts";
import { delegationsOf, type Weight, weightsOf } from "../../process/market/weights.ts";
import { emptyWindow, takeFromWindow, windowRoom } from "../../process/market/window.ts";
import { fromDigits } from "../../process/math/integer.ts";
import { formatNatural, type Natural, parseNatural } from "../../process/math/natural.ts";
import { isRefusal } from "../../process/protocol/refusal.ts";

const read = (text: string): Natural => parseNatural(text)!;
const rows = (text: string): readonly (readonly string[])[] =>
  text === "" ? [] : text.split(",").map((row) => row.split(":"));
const texts = (values: readonly Natural[]): string => values.map((value) => formatNatural(value)).join(",");
const perhaps = (value: Natural | undefined): string => (value === undefined ? "none" : formatNatural(value));
const points = (weights: readonly Weight[]): string =>
  weights.map((weight) => `${weight.name}:${weight.points}`).join(",");

function quotesIn(text: string): readonly Quote[] {
  return rows(text).map(([kind, each, at, life, band]) => ({
    kind: kind as Quote["kind"],
    price: read(each!),
    at: fromDigits(at!),
    life: fromDigits(life!),
    band: fromDigits(band!),
  }));
}

function auctionAt(settings: string, begin: string, now: string): string {
  const [best, worst, multiple, stepLength, ...phases] = rows(settings)[0]!;
  const [steep, toBest, toWorst, flat] = phases.map((steps) => fromDigits(steps));
  const terms = dutchTerms({
    best: read(best!),
    worst: read(worst!),
    multiple: fromDigits(multiple!),
    stepLength: fromDigits(stepLength!),
    ...{ steep: steep!, toBest: toBest!, toWorst: toWorst!, flat: flat! },
  });
  if (terms === undefined) return "none";
  const step = stepAt(terms, fromDigits(begin), fromDigits(now));
  const shown = [terms.start, terms.shoulder, terms.factor];
  for (let each = 0; each < stepsOf(terms); each++) shown.push(priceAt(terms, each));
  return step === undefined ? texts(shown) : `${step} ${phaseAt(terms, step)} ${texts(shown)}`;
}

function basket(text: string, band: string): string {
  const positions = rows(text).map(([quantity, each, part]) => ({
    ...{ quantity: read(quantity!), price: read(each!), part: fromDigits(part!) },
  }));
  const whole = basketOf(positions);
  const answers = positions.map((position) => {
    const side = sideOf(position, whole, fromDigits(band)) ?? "within";
    return `${side}:${texts([surplusOf(position, whole), deficitOf(position, whole)])}`;
  });
  return `${formatNatural(whole.value)} ${whole.parts} ${answers.join(" ")}`;
}

function batchOf(lot: string, reserve: string, most: string, bids: string): string {
  const batch = openBatch(read(lot), read(reserve), read("1"), fromDigits(most));
  if (batch === undefined) return "none";
  const answers: string[] = [];
  for (const [payment, limit] of rows(bids)) {
    const placed = placeBid(batch, "bidder", read(payment!), read(limit!));
    if (isRefusal(placed)) answers.push(`${placed.refused} ${placed.text}`);
    else answers.push(`${placed.bid.number} ${placed.displaced?.number ?? "none"}`);
  }
  clearBatch(batch);
  answers.push(formatNatural(batch.clearing!.price));
  while (!isSettled(batch)) {
    for (const each of settlePage(batch))
      answers.push(`${each.bid.number}:${texts([each.quantity, each.cost, each.refund])}`);
  }
  return `${answers.join(" ")} ${texts([batch.sold, batch.raised, batch.refunded])}`;
}

const operations: Record<string, (a: string, b: string, c: string, d: string) => string> = {
  price: (a, b) => {
    const [x, y] = [read(a), read(b)];
    const downs = [price.valueDown(x, y), price.quantityDown(x, y), price.priceDown(x, y)];
    const ups = [price.valueUp(x, y), price.priceUp(x, y), price.crossUp(x, y)];
    return texts([...downs, ...ups, price.crossDown(x, y)]);
  },
  mean: (a, b, c) => perhaps(price.meanPriceDown(read(a), read(b), fromDigits(c))),
  prices: (a, b, c) => {
    const policy = { widestBand: fromDigits(b), lives: 6, fewest: 1 };
    const found = priceAmong(quotesIn(a), policy, fromDigits(c));
    return found === undefined ? "none" : `${texts([found.price, found.low, found.high])} ${found.age}`;
  },
  bounds: (a, b) => {
    const [first, second] = [a, b].map((text) => {
      const [low, high] = rows(text)[0]!;
      return { low: read(low!), high: read(high!) };
    });
    const cross = crossBounds(first!, second!);
    const both = narrowed(first!, second!);
    return `${texts([cross.low, cross.high])} ${both === undefined ? "none" : texts([both.low, both.high])}`;
  },
  dutch: auctionAt,
  fill: (a, b, c, d) => {
    const found = fill(read(a), read(b), read(c), read(d));
    const dust = isDust(read(a), read(c), read(d)) ? "dust" : "lot";
    const early = formatNatural(leastEarlyUp(read(a), read(b), read(c)));
    return `${dust} ${early} ${found === undefined ? "none" : texts([found.quantity, found.cost, found.refund])}`;
  },
  basket,
  lot: (a, b, c, d) => formatNatural(lotOf(read(a), read(b), read(c), read(d))),
  weights: (a, b, c, d) => {
    const claims = rows(a).map(([name, amount]) => ({ name: name!, amount: read(amount!) }));
    const weights = weightsOf(claims, fromDigits(b), fromDigits(c));
    return `${points(weights)} ${points(delegationsOf(weights, 5, fromDigits(d)))}`;
  },
  caps: (a, b) => {
    const [bucket, window] = [emptyBucket(), emptyWindow()];
    const cap = read(a);
    let now = 1_800_000_000_000;
    const answers = rows(b).map(([after, amount]) => {
      now += fromDigits(after!);
      const rooms = texts([bucketRoom(bucket, cap, now), windowRoom(window, cap, now)]);
      const first = takeFromBucket(bucket, cap, read(amount!), now);
      return `${rooms} ${first ? "yes" : "no"} ${takeFromWindow(window, cap, read(amount!), now) ? "yes" : "no"}`;
    });
    return `${answers.join(" ")} ${formatNatural(bucket.level)} ${bucket.at} ${window.slot}`;
  },
  batch: batchOf,
};

export const operationNames: readonly string[] = [
  ...["price", "mean", "prices", "bounds", "dutch", "fill", "basket", "lot", "weights", "caps", "batch"],
];

/** The answer to one line. */
export function answer(line: string): string {
  const [name, a, b, c, d] = line.split(" ");
  const operation = operations[name ?? ""];
  if (operation === undefined) return `unknown: ${line}`;
  return operation(a ?? "", b ?? "", c ?? "", d ?? "");
}
