/** An index to begin histories with, and what its ledger, feed and factory tell it. */
import type { NodeResult } from "../../process/host/node.ts";
import { actors } from "./index-history.ts";
import { Past } from "./index-model.ts";
import type { Play } from "./index-play.ts";
import { Slippage } from "./index-slippage.ts";
import {
  agreedSources,
  assets,
  day,
  launched,
  launches,
  one,
  places,
  type TagRecord,
} from "./index-subject.ts";
import { World } from "./index-world.ts";

const wealth = 10n ** 24n;

/** An index that yield has started, with something of each asset, at prices of one, two, a half and five AO. */
export function founded(tags: TagRecord = {}): { world: World; play: Play } {
  const world = new World(tags);
  const agreed = tags.Sources === JSON.stringify(agreedSources);
  const play: Play = {
    ...{
      quotes: new Map(),
      cleared: new Map(),
      settled: new Set(),
      paid: new Map(),
      pauses: new Map(),
      sessions: new Map(),
      agreed,
    },
    ...{
      slippage: new Slippage(BigInt(tags["Slippage-Cap"] ?? 10n ** 14n), agreed),
      redeemed: 0n,
      reports: 0n,
    },
    ...{ minted: new Map(assets.map((token) => [token, new Past()])), received: [0n, 0n] },
  };
  play.received.fill(10n ** 6n);
  for (const token of assets)
    for (const account of [...actors, places.pool]) world.add(token, account, wealth);
  for (const [i, launch] of launches.entries()) world.add(launched[i]!, launch, wealth);
  world.add(places.ao, places.ledger, wealth);
  world.post(places.stranger, { Action: "Tick" });
  listBasket(world, play);
  for (const token of launched)
    world.post(token, {
      ...{ Action: "Info-Response", Ticker: "T", Denomination: "12", "Numbered-Transfers": "true" },
    });
  for (const [i, price] of [2n * one, one / 2n, 5n * one].entries())
    setPrice(world, play, assets[i + 1]!, price);
  payYield(world, play, actors[0]!, 10n ** 13n);
  world.settle();
  for (const [i, launch] of launches.entries()) world.pay(launch, launched[i]!, 10n ** 12n, {});
  world.settle();
  return { world, play };
}

export function setPrice(world: World, play: Play, token: string, price: bigint): NodeResult {
  play.quotes.set(token, { price, at: world.subject.now() });
  const tags = { Action: "Set-Price", Asset: token, Price: `${price}` };
  const { sources } = world.subject.state().parameters;
  if (sources.some((source) => source.token === token && source.process === places.otherFeed))
    world.post(places.otherFeed, tags);
  return world.post(places.feed, tags);
}

export function listBasket(world: World, play: Play): NodeResult {
  const { cursor } = world.subject.state().basket;
  const items = launches.map((launch, i) => ({
    ...{ flp_id: launch, flp_token_process: launched[i], flp_token_ticker: `T${i}`, status: "Active" },
    accumulated_qty: `${play.received[i]}`,
  }));
  const tags = { Action: "Get-FLPs-Response", "X-Reference": `basket-${cursor}` };
  return world.post(places.factory, tags, JSON.stringify({ items }));
}

/** A day later: AO of two delegators at three to one. */
export function payYield(world: World, play: Play, by: string, quantity: bigint): NodeResult {
  world.subject.wait(day);
  world.post(places.stranger, { Action: "Tick" });
  play.reports += 1n;
  const rows = `${by},${play.reports * 3_000n}\n${actors[4]},${play.reports * 1_000n}`;
  const round = `${world.subject.state().contributions.round}`;
  const tags = { Action: "Contribution-Report", Reference: round, Page: "1", Pages: "1", Cycle: "1" };
  world.post(places.ledger, tags, rows);
  for (const [token, { price }] of play.quotes) setPrice(world, play, token, price);
  const result = world.pay(places.ledger, places.ao, quantity, {})!;
  for (let i = 0; i < 3; i++) world.post(places.index, { Action: "Tick" });
  return result;
}
