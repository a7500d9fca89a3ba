/** AU9 where histories seldom come: baskets that are nearly on their targets, and every pair of assets. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { dueOf } from "./index-due.ts";
import { founded } from "./index-founding.ts";
import { actors } from "./index-history.ts";
import { runs, seed } from "./index-judge.ts";
import { figuresOf } from "./index-figures.ts";
import { assets, launched, launches, places } from "./index-subject.ts";

const [alice] = actors as [string];
const pairs = assets.flatMap((sell) => assets.map((buy) => [sell, buy] as const));
/** In basis points of an asset: six percent of a third are two points of the basket, the trigger. */
const off = fc.integer({ min: -900, max: 900 });

test("AU9 near the targets every pair opens when it is due by the model, and is refused for the model's reason when not", () => {
  let [opened, refused] = [0, 0];
  const property = fc.property(off, off, off, fc.shuffledSubarray(pairs), (ar, first, second, tried) => {
    const { world, play } = founded();
    const scaled = (whole: bigint, points: number) => (whole * BigInt(10_000 + points)) / 10_000n;
    // 10^13 AO: as much in AR at two, and half as much in either token, at a half and five.
    world.pay(alice, places.ar, scaled(5n * 10n ** 12n, ar), { "X-Action": "Mint" });
    world.pay(launches[0], launched[0], scaled(10n ** 13n, first) - 10n ** 12n, {});
    if (second > 0) world.pay(launches[1], launched[1], scaled(10n ** 12n, second) - 10n ** 12n, {});
    for (const [sell, buy] of tried) {
      const moment = { world, play, before: figuresOf(world, play), now: world.subject.now() };
      const { reasons, lot, wanted } = dueOf(moment, sell, buy);
      const { Error: error } = world.post(alice, { Action: "Open-Auction", Sell: sell, Buy: buy });
      const auction = world.subject.state().auctions.at(-1);
      if (error === undefined) {
        opened += 1;
        assert.deepEqual([...reasons], []);
        const figures = figuresOf(world, play).auctions.at(-1)!;
        assert.deepEqual(
          [auction?.sell, auction?.buy, figures.left, figures.wanted],
          [sell, buy, lot, wanted],
        );
      } else {
        refused += 1;
        assert.ok(
          reasons.has(/^\[([^\]]+)\]/.exec(error)?.[1] ?? ""),
          `${error} of ${[...reasons].join(" ")}`,
        );
      }
    }
  });
  fc.assert(property, { seed, numRuns: runs });
  assert.ok(opened >= runs / 10 && refused >= runs, `${opened} opened, ${refused} refused`);
});
