/** IX2 over whole histories: who trades alone, at prices that never move, ends with no more than it began with. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { founded } from "./index-founding.ts";
import { actors, indexHistories, type IndexHistory, type IndexStep } from "./index-history.ts";
import { runs, seed, steps } from "./index-judge.ts";
import { crossOf } from "./index-model.ts";
import { type Play, playHistory } from "./index-play.ts";
import { assets, big, one, places } from "./index-subject.ts";
import type { World } from "./index-world.ts";

const [trader] = actors as [string];
/** What one actor can do, and time. Yield, gifts and batches bring something from others. */
const own: readonly IndexStep["kind"][] = [
  ...(["session", "deposit", "kind", "mint", "stray", "redeem", "bid", "open", "price"] as const),
  ...(["answer", "claim", "tick", "settle", "wait"] as const),
];

const histories = indexHistories(steps).map((history): IndexHistory => {
  const kept = history.steps.flatMap(({ step, sending }) => {
    if (!own.includes(step.kind)) return [];
    const alone = "by" in step ? { ...step, by: 0 } : step;
    // Prices are told again and again, and are always the same.
    return [{ step: alone.kind === "price" ? { ...alone, points: 10_000 } : alone, sending }];
  });
  return { ...history, steps: kept };
});

const priceOf = ({ quotes }: Play, token: string): bigint => quotes.get(token)?.price ?? one;

/** A fraction: what the trader has of everything, and its share of the index, at the prices of the feed. */
function wealthOf(world: World, play: Play): readonly [bigint, bigint] {
  const { assets: held, supply } = world.subject.state();
  const loose = assets.reduce((sum, token) => sum + world.balance(token, trader) * priceOf(play, token), 0n);
  const basket = held.reduce((sum, { token, backing }) => sum + big(backing) * priceOf(play, token), 0n);
  const whole = big(supply);
  return whole === 0n ? [loose, 1n] : [loose * whole + basket * world.balance(places.pi, trader), whole];
}

/** All orders are carried out, all sessions are over, and the trader has claimed what is its. */
function comeHome(world: World): void {
  for (let round = 0; round < 3; round++) {
    world.settle();
    world.subject.wait(7_200_000);
    world.post(places.stranger, { Action: "Tick" });
    for (const Asset of [...assets, places.pi]) world.post(trader, { Action: "Claim", Asset });
  }
  world.settle();
}

/** What bids may have gained, in AO · 10^30: each at most what its bands leave between the feed's prices and the worst. */
function play(history: IndexHistory): {
  readonly bids: number;
  readonly gain: bigint;
  readonly lost: bigint;
} {
  let [bids, allowed, lost] = [0, 0n, 0n];
  let whole = 1n;
  const { world: fresh, play: began } = founded();
  const [start, shares] = wealthOf(fresh, began);
  playHistory(
    history,
    ({ orders, before, world, play }) => {
      for (const { tags, rows, token } of orders) {
        if (tags["X-Action"] !== "Bid-Filled") continue;
        bids += 1;
        const { buy, terms } = world.subject.state().auctions[Number(tags["X-Auction"]) - 1]!;
        const [sold, paid] = [before.bounds.get(token), before.bounds.get(buy)];
        const worst = sold === undefined || paid === undefined ? big(terms.worst) : crossOf(sold, paid).worst;
        const least = (rows[0]![1] * worst) / one;
        const gained = rows[0]![1] * priceOf(play, token) - least * priceOf(play, buy);
        allowed += gained > 0n ? gained : 0n;
      }
    },
    (world, play) => {
      comeHome(world);
      const [wealth, of] = wealthOf(world, play);
      whole = of * shares;
      lost = start * of - wealth * shares;
    },
  );
  return { bids, gain: allowed * whole, lost };
}

test("IX2 who trades alone at prices that never move ends with no more than at first, or than bands leave to bids", () => {
  let [bidding, losing] = [0, 0];
  const property = fc.property(histories, (history) => {
    const { bids, gain, lost } = play(history);
    if (bids > 0) bidding += 1;
    if (lost > 0n) losing += 1;
    assert.ok(lost >= -gain, `${-lost} gained, ${gain} allowed`);
  });
  fc.assert(property, { seed, numRuns: Math.ceil(runs / 2), endOnFailure: true });
  assert.ok(losing >= runs / 4 && bidding >= runs / 20, `${losing} lose, ${bidding} bid`);
});

test("IX2 who trades alone and bids for nothing never gains a unit", () => {
  const property = fc.property(histories, (history) => {
    const kept = history.steps.filter(({ step }) => step.kind !== "bid");
    const { lost } = play({ ...history, steps: kept });
    assert.ok(lost >= 0n, `${-lost} gained`);
  });
  fc.assert(property, { seed, numRuns: Math.ceil(runs / 2), endOnFailure: true });
});
