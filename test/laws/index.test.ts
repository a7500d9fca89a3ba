/** The index's laws (docs/pi.md), over histories with several actors, repetition, forgery and tokens that refuse. */
import assert from "node:assert/strict";
import { auctionLaws } from "./index-auctions.ts";
import { testIndexLaws } from "./index-judge.ts";
import { basketLaws } from "./index-laws.ts";
import { big, places } from "./index-subject.ts";

testIndexLaws(
  [
    ...basketLaws,
    ...auctionLaws,
    {
      name: "IX4 once all is settled, the supply is the sum of the balances; MS5 nothing is pending any more",
      ends(world) {
        const { subject } = world;
        for (let round = 0; round < 3; round++) {
          world.settle();
          subject.wait(7_200_000);
          world.post(places.stranger, { Action: "Tick" });
        }
        world.settle();
        const { supply, minted, confirmed, pi, assets, sessions, swapping, openDiscoveries } =
          subject.state();
        const balances = [...world.balances.get(places.pi)!.values()];
        assert.equal(
          balances.reduce((sum, balance) => sum + balance, 0n),
          big(supply),
        );
        assert.equal(big(minted), world.minted);
        assert.equal(big(minted), big(confirmed));
        const tills = [pi, ...assets.map(({ till }) => till)];
        for (const { payouts } of tills)
          assert.deepEqual([big(payouts.pending), big(payouts.aside)], [0n, 0n]);
        assert.deepEqual([Object.keys(sessions).length, swapping.length, openDiscoveries.length], [0, 0, 0]);
      },
    },
  ],
  [
    ...["kind Minted", "mint Minted", "redeem Redeem-Confirmation", "bid Bid-Filled", "bid Refund"],
    ...["open Open-Auction-Response", "open not-due", "swap Swap-On-Pool-Response", "mint Refund"],
    ...["discover Open-Batch-Auction-Response", "batch ", "pool "],
  ],
);
