/** What the index refuses at the edge, where histories seldom come. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { identifier } from "../../units/address.ts";
import { tagValue } from "../../units/message.ts";
import { actors } from "../laws/index-history.ts";
import { founded, setPrice } from "../laws/index-founding.ts";
import { big, launched, one, places, sent } from "../laws/index-subject.ts";
import type { World } from "../laws/index-world.ts";

const [alice, bob] = actors as [string, string];

const open = (world: World, Sell: string, Buy: string) =>
  world.post(alice, { Action: "Open-Auction", Sell, Buy }).Error;

describe("an auction", () => {
  it("does not sell what another one buys, though its price has risen meanwhile (AU5)", () => {
    const { world, play } = founded();
    assert.equal(open(world, places.ao, places.ar), undefined);
    world.pay(alice, places.ar, 10n ** 12n, { "X-Action": "Mint" });
    setPrice(world, play, places.ar, 100n * one);
    assert.match(open(world, places.ar, launched[0]) ?? "", /^\[busy\] Auction 1/);
    world.subject.wait(73 * 60_000);
    setPrice(world, play, places.ar, 100n * one);
    assert.equal(open(world, places.ar, launched[0]), undefined, "once that is over it does");
  });

  it("gives a bid beside a swap what is still wanted once the swap has brought its least (AU2)", () => {
    const { world } = founded();
    assert.equal(open(world, places.ao, places.ar), undefined);
    // At one and a half of the best price a part of the lot brings all that is wanted.
    world.subject.wait(13 * 60_000);
    const auction = () => world.subject.state().auctions[0]!;
    const tags = { Action: "Swap-On-Pool", Auction: "1", Pool: places.pool };
    const result = world.post(bob, { ...tags, Quantity: `${big(auction().left) / 2n}` });
    const leastOut = BigInt(tagValue(sent(result, "Swap-On-Pool-Response")[0]!, "Min-Output")!);
    world.pay(alice, places.ar, 10n ** 15n, { "X-Action": "Bid", "X-Auction": "1" });
    assert.ok(big(auction().bought) > 0n && big(auction().bought) + leastOut <= big(auction().wanted));
  });
});

/** A session with a leg of each asset; what comes back of it, and the PI. */
function deposited(least: bigint) {
  const { world } = founded();
  const opened = world.post(alice, { Action: "Open-Session", "Min-Out": `${least}` });
  const session = tagValue(sent(opened, "Open-Session-Response")[0]!, "Session")!;
  world.orders = [];
  const tags = { "X-Action": "Deposit", "X-Session": session };
  const held = world.subject.state().assets.filter(({ backing }) => big(backing) > 0n);
  for (const { token } of held) world.pay(alice, token, 10n ** 9n, tags);
  const orders = world.orders.filter(({ action }) => action === "Transfer");
  const minted = orders.find((order) => order.tags["X-Action"] === "Minted");
  const back = orders.filter((order) => order.tags["X-Action"] === "Refund");
  return { world, minted: minted?.rows[0]![1], back, held, session, tags };
}

describe("a session", () => {
  it("that comes to less than its Min-Out sends every leg back, whole, and is gone", () => {
    const minted = deposited(1n).minted!;
    assert.equal(deposited(minted).minted, minted);
    const { world, back, held, session, ...refused } = deposited(minted + 1n);
    assert.equal(refused.minted, undefined);
    assert.deepEqual(
      back.map(({ token, rows }) => `${token} ${rows[0]![0]} ${rows[0]![1]}`),
      held.map(({ token }) => `${token} ${alice} ${10n ** 9n}`),
    );
    assert.equal(world.subject.state().sessions[session], undefined);
  });

  it("waits until the millisecond of its deadline, in which any Tick returns its legs (IX11)", () => {
    const { world } = founded();
    const opened = sent(world.post(alice, { Action: "Open-Session" }), "Open-Session-Response")[0]!;
    const session = tagValue(opened, "Session")!;
    world.pay(alice, places.ao, 5n, { "X-Action": "Deposit", "X-Session": session });
    world.orders = [];
    world.subject.wait(Number(tagValue(opened, "Deadline")) - world.subject.now() - 1);
    world.post(bob, { Action: "Tick" });
    assert.deepEqual(world.orders, []);
    world.subject.wait(1);
    world.post(bob, { Action: "Tick" });
    assert.deepEqual(
      world.orders.map(({ token, rows }) => [token, rows]),
      [[places.ao, [[alice, 5n]]]],
    );
  });
});

describe("a leg", () => {
  it("comes back whole while mints are paused, though its session was open before (IX6)", () => {
    const { world } = founded();
    const opened = sent(world.post(alice, { Action: "Open-Session" }), "Open-Session-Response")[0]!;
    world.post(places.guardian, { Action: "Pause-Mints" });
    world.orders = [];
    const tags = { "X-Action": "Deposit", "X-Session": tagValue(opened, "Session")! };
    for (const { token } of world.subject.state().assets) world.pay(alice, token, 10n ** 9n, tags);
    assert.deepEqual(
      world.orders.map(({ token, rows }) => [token, rows]),
      world.subject.state().assets.map(({ token }) => [token, [[alice, 10n ** 9n]]]),
    );
  });

  it("of a token that is not in the basket goes back at once, and is on no book", () => {
    const { world } = founded();
    const foreign = identifier("foreign token");
    const result = world.post(foreign, { Action: "Credit-Notice", Sender: alice, Quantity: "5" });
    assert.equal(result.Error, undefined);
    const [back] = sent(result, "Transfer");
    assert.deepEqual([tagValue(back!, "Recipient"), tagValue(back!, "Quantity")], [alice, "5"]);
  });
});

describe("a mint by value", () => {
  it("counts for the hour at the high end of its price: a full hour takes nothing more (IX8)", () => {
    const { world } = founded({ "Hour-Cap": `${202n * 10n ** 8n}` });
    const mint = (quantity: bigint) => {
      const before = big(world.subject.state().minted);
      world.pay(alice, places.ar, quantity, { "X-Action": "Mint" });
      return big(world.subject.state().minted) - before;
    };
    // At 2.02 AO that is all.
    assert.ok(mint(10n ** 10n) > 0n);
    assert.equal(mint(1_000n), 0n);
    world.subject.wait(65 * 60_000);
    world.post(places.feed, { Action: "Set-Price", Asset: places.ar, Price: `${2n * one}` });
    for (const [i, token] of launched.entries())
      world.post(places.feed, {
        ...{ Action: "Set-Price", Asset: token, Price: `${i === 0 ? one / 2n : 5n * one}` },
      });
    assert.ok(mint(1_000n) > 0n);
  });
});

describe("a donation", () => {
  it("is not counted at once, however often Sync asks, but when it is there an hour later (IX7)", () => {
    const { world } = founded();
    const sync = () => {
      const asked = sent(world.post(bob, { Action: "Sync", Asset: places.ao }), "Balance")[0]!;
      world.post(places.ao, {
        ...{ "X-Reference": tagValue(asked, "Reference")!, Account: places.index },
        Balance: `${world.balance(places.ao, places.index)}`,
      });
      return big(world.subject.state().assets[0]!.backing);
    };
    const backing = big(world.subject.state().assets[0]!.backing);
    world.pay(alice, places.ao, 7n, { Cast: "true" });
    assert.deepEqual([sync(), sync()], [backing, backing]);
    world.subject.wait(3_600_000 - 1);
    assert.equal(sync(), backing);
    world.subject.wait(1);
    const received = big(world.subject.state().assets[0]!.till.received);
    assert.equal(sync(), backing + 7n);
    assert.equal(big(world.subject.state().assets[0]!.till.received), received + 7n, "on both sides");
  });
});

describe("a guardian", () => {
  it("lowers caps, and raises none", () => {
    const { world } = founded();
    const { caps } = world.subject.state();
    const tighten = (Value: bigint) =>
      world.post(places.guardian, { Action: "Tighten-Cap", Cap: "Lot-Cap", Value: `${Value}` }).Error ?? "";
    const lot = big(caps.lot);
    assert.match(tighten(lot + 1n), /^\[not-tighter\]/);
    assert.match(tighten(lot), /^\[not-tighter\]/);
    assert.equal(big(caps.lot), lot);
    assert.equal(tighten(lot - 1n), "");
    assert.equal(big(world.subject.state().caps.lot), lot - 1n);
  });

  it("is nobody where none is named", () => {
    const { world } = founded({ Guardian: "" });
    for (const by of [places.stranger, places.owner, places.guardian])
      assert.match(world.post(by, { Action: "Pause-Mints" }).Error ?? "", /^\[not-guardian\]/);
  });
});

describe("a bid in a batch", () => {
  it("is paid in AO, and goes back whole in anything else", () => {
    const { world } = founded();
    world.subject.wait(4 * 3_600_000);
    const opened = world.post(bob, { Action: "Open-Batch-Auction", Sell: launched[0] });
    assert.equal(opened.Error, undefined);
    world.orders = [];
    world.pay(bob, places.ar, 10n ** 12n, {
      ...{ "X-Action": "Batch-Bid", "X-Auction": "1", "X-Limit-Price": `${one}` },
    });
    assert.deepEqual(
      world.orders.map(({ token, rows }) => [token, rows]),
      [[places.ar, [[bob, 10n ** 12n]]]],
    );
  });
});

describe("a pause", () => {
  it("stops mints by value, in words, and the whole goes back", () => {
    const { world } = founded();
    assert.equal(world.post(places.guardian, { Action: "Pause-Mints" }).Error, undefined);
    const [back] = sent(world.pay(alice, places.ao, 10n ** 9n, { "X-Action": "Mint" })!, "Transfer");
    assert.equal(tagValue(back!, "Quantity"), `${10n ** 9n}`);
    assert.match(tagValue(back!, "X-Reason")!, /^Mints are paused/);
    const asked = { Action: "Quote-Mint", Asset: places.ao, Quantity: "1000000" };
    assert.match(world.subject.post(alice, asked).Error ?? "", /^\[no-mint\] Mints are paused/);
  });
});

describe("lots for tokens of one source", () => {
  it("share what the day's bucket holds, as all of each may be lost", () => {
    const cap = 10n ** 9n;
    const { world, play } = founded({ "Slippage-Cap": `${cap}` });
    assert.equal(open(world, places.ao, launched[0]), undefined);
    const [first] = world.subject.state().auctions;
    assert.equal(big(first!.lot), cap, "AO is worth itself");
    // More AR than its third, so that it could be sold for the other token.
    world.pay(alice, places.ar, 10n ** 13n, { "X-Action": "Mint" });
    setPrice(world, play, places.ar, 2n * one);
    assert.match(open(world, places.ar, launched[1]) ?? "", /more than may be put at risk today/);
    world.subject.wait(73 * 60_000);
    for (const [token, { price }] of [...play.quotes]) setPrice(world, play, token, price);
    assert.equal(open(world, places.ar, launched[1]), undefined, "once the first is over it holds it again");
  });
});
