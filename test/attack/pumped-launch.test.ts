/**
 * A launch whose own price is the only one, pumped by its only delegator: what comes round to the own treasury costs nothing. Its token is then worth what it says.
 *
 *     by value          nothing: two sources must agree
 *     by auctions       ≤ Slippage-Cap · (1 + t / day) of AO, in a time t
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { tagValue } from "../../units/message.ts";
import { founded, setPrice } from "../laws/index-founding.ts";
import { actors } from "../laws/index-history.ts";
import { big, day, hour, launched, launches, one, places, sent, sources } from "../laws/index-subject.ts";
import { assertBounded, mallory, standing, truth, wealthOf } from "./gains.ts";

const [alice] = actors as [string];
const minute = 60_000;

test("a launch whose own price its only delegator has pumped is taken for nothing while no other source agrees", () => {
  const [worthless, launch] = [launched[0], launches[0]];
  const single = JSON.stringify(sources.filter(({ token }) => token !== worthless));
  const { world } = founded({ Sources: single });
  const [before, had] = [standing(world), wealthOf(world)];
  for (let i = 0; i < 3; i++) {
    const row = { TokenPriceInAo: `${5n * 10n ** 18n}`, Timestamp: `${world.subject.now()}` };
    world.post(launch, { Action: "Resp-Get-Yield-Tick-History" }, JSON.stringify([row]));
    const { ceiling } = world.subject.state().assets.find(({ token }) => token === worthless)!;
    assert.ok(big(ceiling) > 0n || i === 0, "the price is read, and counts for the basket");
    const [back] = sent(world.pay(mallory, worthless, 10n ** 10n, { "X-Action": "Mint" })!, "Transfer");
    assert.match(tagValue(back!, "X-Reason")!, /^No two sources agree on the token's price/);
    world.settle();
    world.subject.wait(hour + 5 * minute);
    world.post(alice, { Action: "Tick" });
  }
  assert.equal(wealthOf(world), had);
  assert.deepEqual(standing(world), before);
});

/** Sells AO in auction after auction for a token whose launch tells a price that its only delegator has pumped; what Mallory has got of it. */
function soldForWorthless(cap: bigint) {
  const [worthless, launch] = [launched[0], launches[0]];
  const prices = new Map(truth).set(worthless, 0n);
  const single = JSON.stringify(sources.filter(({ token }) => token !== worthless));
  const { world, play } = founded({ Sources: single, "Slippage-Cap": `${cap}` });
  const [began, before, had] = [world.subject.now(), standing(world, prices), wealthOf(world, prices)];
  for (let i = 0; i < 30; i++) {
    const row = { TokenPriceInAo: `${5n * 10n ** 17n}`, Timestamp: `${world.subject.now()}` };
    world.post(launch, { Action: "Resp-Get-Yield-Tick-History" }, JSON.stringify([row]));
    for (const [token, { price }] of [...play.quotes]) setPrice(world, play, token, price);
    world.post(mallory, { Action: "Open-Auction", Sell: places.ao, Buy: worthless });
    world.subject.wait(65 * minute);
    for (const [token, { price }] of [...play.quotes]) setPrice(world, play, token, price);
    const id = `${world.subject.state().auctions.length}`;
    world.pay(mallory, worthless, 10n ** 20n, { "X-Action": "Bid", "X-Auction": id });
    world.settle();
    world.subject.wait(10 * minute);
    world.post(alice, { Action: "Tick" });
    world.settle();
  }
  const bound = ((cap * BigInt(day + world.subject.now() - began)) / BigInt(day)) * one;
  return { gain: wealthOf(world, prices) - had, bound, before, after: standing(world, prices) };
}

test("AO that auctions give for a token of one source's price keeps within the bucket: Slippage-Cap · (1 + t / day)", () => {
  const small = soldForWorthless(10n ** 10n);
  assertBounded(small);
  assert.ok(small.gain * 2n > small.bound, "and comes near it");
  // Control: without a bucket that is near, more than that is lost.
  const large = soldForWorthless(10n ** 14n);
  assert.ok(large.gain > 10n * small.bound);
});
