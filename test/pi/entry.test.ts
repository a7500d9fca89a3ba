/** Nobody can keep others out: by empty sessions, by dust, by a token that can't be sent, or by a launch that has ended. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { limits } from "../../process/protocol/limits.ts";
import { walletAddress } from "../../units/address.ts";
import { tagValue } from "../../units/message.ts";
import { founded, listBasket, payYield, setPrice } from "../laws/index-founding.ts";
import { actors } from "../laws/index-history.ts";
import { boundsAt, up, worthDown, worthUp } from "../laws/index-model.ts";
import type { Play } from "../laws/index-play.ts";
import { assets, big, day, hour, launched, one, places, sent } from "../laws/index-subject.ts";
import type { World } from "../laws/index-world.ts";

const [alice, bob, mallory] = actors as [string, string, string];
const PI_ONE = 10n ** 9n;

function openSession(world: World, owner: string, tags: Readonly<Record<string, string>> = {}): string {
  const [answer] = sent(world.post(owner, { Action: "Open-Session", ...tags }), "Open-Session-Response");
  return tagValue(answer!, "Session")!;
}

function deposit(world: World, by: string, session: string, token: string, quantity: bigint) {
  const result = world.pay(by, token, quantity, { "X-Action": "Deposit", "X-Session": session })!;
  assert.equal(result.Error, undefined);
  return sent(result, "Transfer").map((tags) => ({
    to: tagValue(tags, "Recipient"),
    ...{ quantity: BigInt(tagValue(tags, "Quantity")!), action: tagValue(tags, "X-Action") },
    reason: tagValue(tags, "X-Reason"),
  }));
}

function quote(world: World, pi: bigint, without: readonly string[] = []) {
  const tags = { Action: "Quote-Mint", Quantity: `${pi}`, Without: JSON.stringify(without) };
  const legs = JSON.parse(world.subject.ask(tags).data) as { asset: string; quantity: string }[];
  return legs.map(({ asset, quantity }) => [asset, BigInt(quantity)] as const);
}

const backing = (world: World, token: string): bigint => {
  const { assets: all, positions } = world.subject.state();
  return positions[token] === undefined ? 0n : big(all[positions[token]]!.backing);
};

describe("a session", () => {
  it("that was only opened gives its place to a newer one, so that a thousand empty ones keep nobody out", () => {
    const { world } = founded();
    const mine = openSession(world, alice);
    for (let i = 0; i < limits.sessions; i++) openSession(world, mallory);
    assert.equal(Object.keys(world.subject.state().sessions).length, limits.sessions);
    const gone = world.subject.post(alice, { Action: "Get-Session", Session: mine });
    assert.match(gone.Error ?? "", /^\[unknown-session\]/);
    const session = openSession(world, alice);
    for (const [token, leg] of quote(world, PI_ONE)) deposit(world, alice, session, token, leg);
    world.settle();
    assert.equal(world.subject.state().sessions[session], undefined);
    assert.equal(world.balance(places.pi, alice) > 0n, true);
  });

  it("of dust gives its place to a larger one, whole, and a larger one keeps its own", () => {
    const { world } = founded();
    const had = world.balance(places.ao, mallory);
    for (let i = 0; i < limits.sessions; i++)
      assert.deepEqual(deposit(world, mallory, openSession(world, mallory), places.ao, 1_000n), []);
    assert.equal(world.balance(places.ao, mallory), had - 1_000n * BigInt(limits.sessions));
    const tooSmall = deposit(world, alice, openSession(world, alice), places.ao, 1_000n);
    assert.match(tooSmall[0]!.reason!, /^All places are taken by larger deposits/);
    assert.equal(tooSmall[0]!.to, alice);
    const session = openSession(world, alice);
    const displaced = deposit(world, alice, session, places.ao, quote(world, PI_ONE)[0]![1]);
    assert.deepEqual(
      displaced.map(({ to, quantity, reason }) => [to, quantity, reason]),
      [[mallory, 1_000n, "A larger deposit took its place"]],
    );
    for (const [token, leg] of quote(world, PI_ONE).slice(1)) deposit(world, alice, session, token, leg);
    assert.equal(world.subject.state().sessions[session], undefined, "it is complete");
    world.subject.wait(hour);
    for (let i = 0; i < 100; i++) world.post(bob, { Action: "Tick" });
    world.settle();
    assert.equal(world.balance(places.ao, mallory), had);
    assert.equal(Object.keys(world.subject.state().sessions).length, 0);
  });

  it("waits for its other legs from the first one on", () => {
    const { world } = founded();
    const session = openSession(world, alice);
    world.subject.wait(hour - 1);
    deposit(world, alice, session, places.ao, 500n);
    world.subject.wait(hour - 1);
    world.post(bob, { Action: "Tick" });
    assert.notEqual(world.subject.state().sessions[session], undefined);
    world.subject.wait(1);
    world.post(bob, { Action: "Tick" });
    assert.equal(world.subject.state().sessions[session], undefined);
  });
});

describe("a deposit in kind that leaves a token out", () => {
  const [dead] = launched;

  /** What so much PI takes of every other asset, by plain BigInt: all that the token is worth at the high end, with the fee, is made up for. */
  function legsByModel(world: World, play: Play, pi: bigint) {
    const now = world.subject.now();
    let [brought, missing] = [0n, 0n];
    for (const token of assets) {
      const { low, high } =
        token === places.ao ? { low: one, high: one } : boundsAt(play.quotes.get(token)!, now)!;
      if (token === dead) missing += worthUp(backing(world, token), high);
      // A launch's token of which one source alone tells a price is brought for nothing.
      else if (!launched.some((other) => other === token)) brought += worthDown(backing(world, token), low);
    }
    const all = brought + up(missing * 10_050n, 10_000n);
    const supply = big(world.subject.state().supply);
    return assets
      .filter((token) => token !== dead && backing(world, token) > 0n)
      .map((token) => [token, up(backing(world, token) * pi * all, supply * brought)] as const);
  }

  it("makes up for it with the others, by value, to the last unit; what is held of each only grows per PI", () => {
    const { world, play } = founded();
    const legs = quote(world, PI_ONE, [dead]);
    assert.deepEqual(legs, legsByModel(world, play, PI_ONE));
    for (const [i, [token, leg]] of quote(world, PI_ONE)
      .filter(([token]) => token !== dead)
      .entries())
      assert.ok(legs[i]![0] === token && legs[i]![1] > leg);
    const before = new Map(assets.map((token) => [token, backing(world, token)]));
    const supply = big(world.subject.state().supply);
    const session = openSession(world, alice, { Without: JSON.stringify([dead]), "Min-Out": `${PI_ONE}` });
    const refused = deposit(world, alice, session, dead, 5n);
    assert.match(refused[0]!.reason!, /the session leaves it out$/);
    const sends = legs.map(([token, leg]) => deposit(world, alice, session, token, leg)).at(-1)!;
    assert.equal(sends.find(({ action }) => action === "Minted")!.quantity, PI_ONE);
    const later = big(world.subject.state().supply);
    assert.equal(later, supply + PI_ONE);
    for (const [token, was] of before)
      if (token !== dead && was > 0n) assert.ok(backing(world, token) * supply > was * later, token);
    assert.equal(backing(world, dead), before.get(dead));
  });

  it("comes back whole when a price is missing at its end, is too much for the hour, or comes to less than Min-Out", () => {
    const { world, play } = founded({ "Hour-Cap": "1000" });
    const legs = quote(world, PI_ONE, [dead]);
    const all = (tags: Readonly<Record<string, string>> = {}) => {
      const session = openSession(world, alice, { Without: JSON.stringify([dead]), ...tags });
      return legs.map(([token, leg]) => deposit(world, alice, session, token, leg)).at(-1)!;
    };
    const reasons = (sends: ReturnType<typeof all>) => new Set(sends.map(({ reason }) => reason));
    const capped = all();
    assert.deepEqual([...reasons(capped)], ["What is left out is more than the hour's cap of an asset"]);
    assert.deepEqual(
      capped.map(({ quantity }) => quantity),
      legs.map(([, leg]) => leg),
    );
    assert.deepEqual(
      [...reasons(all({ "Min-Out": `${PI_ONE + 1n}` }))],
      ["The smallest leg is worth less than Min-Out"],
    );
    world.subject.wait(4 * hour);
    for (const [token, { price }] of [...play.quotes].slice(0, 2)) setPrice(world, play, token, price);
    assert.match([...reasons(all())][0]!, /^Without a fresh price for every asset/);
    assert.ok(world.subject.state().assets.every(({ deposits }) => big(deposits) === 0n));
  });

  it("pays for a token whose price was crashed what it was worth before, until it has been low for days", () => {
    const { world, play } = founded();
    world.subject.wait(600_000);
    world.post(bob, { Action: "Tick" });
    const before = quote(world, PI_ONE, [dead]);
    const { price } = play.quotes.get(dead)!;
    setPrice(world, play, dead, price / 1_000n);
    assert.deepEqual(quote(world, PI_ONE, [dead]), before);
    for (let hours = 0; hours < 72; hours++) {
      world.subject.wait(hour);
      for (const [token, quoted] of [...play.quotes]) setPrice(world, play, token, quoted.price);
      world.post(bob, { Action: "Tick" });
    }
    const [[, first]] = before as [readonly [string, bigint]];
    const [[, later]] = quote(world, PI_ONE, [dead]) as [readonly [string, bigint]];
    assert.ok(later < first && later > quote(world, PI_ONE)[0]![1]);
  });

  it("can't leave out AO or AR, what is not in the basket, or the same twice", () => {
    const { world } = founded();
    for (const [text, code] of [
      [JSON.stringify([places.ao]), "unknown-asset"],
      [JSON.stringify([places.ar]), "unknown-asset"],
      [JSON.stringify([walletAddress("nobody")]), "unknown-asset"],
      [JSON.stringify([dead, dead]), "invalid-ids"],
      ["[", "invalid-ids"],
      [dead, "invalid-ids"],
    ] as const) {
      for (const action of ["Open-Session", "Quote-Mint"]) {
        const { Error: error } = world.post(alice, { Action: action, Quantity: "5", Without: text });
        assert.match(error ?? "", new RegExp(`^\\[${code}\\]`), text);
      }
    }
    assert.equal(world.subject.state().openings.size, 0);
  });
});

describe("a launch that has ended", () => {
  /** The second launch receives nothing any more; afterwards only the others have a price. */
  function ended() {
    const { world, play } = founded();
    world.subject.wait(600_000);
    world.post(bob, { Action: "Tick" });
    world.subject.wait(day);
    world.post(bob, { Action: "Tick" });
    play.received[0]! += 1n;
    listBasket(world, play);
    const others = [...play.quotes].filter(([token]) => token !== launched[1]);
    const refresh = () => {
      for (const [token, { price }] of others) setPrice(world, play, token, price);
    };
    refresh();
    return { world, play, refresh };
  }

  const value = (world: World) => {
    const { data } = world.subject.ask({ Action: "Get-Holdings" });
    const { valueLow, value: middle, valueHigh } = JSON.parse(data) as Record<string, string>;
    return [valueLow, middle, valueHigh].map((text) => BigInt(text!));
  };

  it("keeps nobody out: what is left of its token counts at its last upper bound, for nothing at the low end", () => {
    const { world } = ended();
    const token = launched[1];
    // Noted ten minutes after the price was told, and a day later: a seventh less.
    const high = up(up(5n * one * 10_100n, 10_000n) * 6n, 7n);
    const { assets: all, positions } = world.subject.state();
    assert.equal(big(all[positions[token]!]!.ceiling), high);
    const [low, middle, most] = value(world);
    const rest = assets.filter((other) => other !== token);
    const worthOf = (other: string) => backing(world, other);
    assert.ok(rest.every((other) => worthOf(other) > 0n || other === places.ar));
    assert.ok(middle! > low! && most! > middle!);
    assert.equal(
      most! - worthUp(backing(world, token), high),
      rest.reduce((sum, other) => {
        const price = { [places.ao]: one, [places.ar]: 2n * one, [launched[0]]: one / 2n }[other]!;
        const band = other === places.ao ? 10_000n : 10_100n;
        return sum + worthUp(backing(world, other), up(price * band, 10_000n));
      }, 0n),
    );
    const before = big(world.subject.state().minted);
    world.pay(alice, places.ao, 10n ** 10n, { "X-Action": "Mint" });
    assert.ok(big(world.subject.state().minted) > before, "by value");
  });

  it("lets the yield become PI", () => {
    const { world, play } = ended();
    play.quotes.delete(launched[1]);
    const before = big(world.subject.state().minted);
    payYield(world, play, alice, 10n ** 12n);
    assert.ok(big(world.subject.state().minted) > before);
    assert.equal(big(world.subject.state().assets[0]!.waiting), 0n);
  });

  it("is sold in batches to the last unit, for half as much each time that nobody bids, and then leaves", () => {
    const { world, play, refresh } = ended();
    const token = launched[1];
    const batchOf = () => world.subject.state().discoveries.at(-1)!.batch;
    const open = () =>
      assert.equal(world.post(bob, { Action: "Open-Batch-Auction", Sell: token }).Error, undefined);
    const end = () => {
      world.subject.wait(hour);
      world.post(bob, { Action: "Tick" });
      world.settle();
      refresh();
    };
    open();
    assert.equal(
      big(batchOf().lot),
      backing(world, token),
      "it is worth less than a tenth of the largest lot",
    );
    const first = big(batchOf().reserve);
    end();
    open();
    assert.equal(big(batchOf().reserve), first / 2n);
    const limit = `${first}`;
    const tags = { "X-Action": "Batch-Bid", "X-Auction": "2", "X-Limit-Price": limit };
    world.pay(bob, places.ao, worthUp(big(batchOf().lot), first), tags);
    end();
    assert.equal(backing(world, token), 0n);
    world.subject.wait(day);
    world.post(bob, { Action: "Tick" });
    play.received[0]! += 1n;
    listBasket(world, play);
    assert.equal(world.subject.state().positions[token], undefined);
  });

  it("that comes back is not sold at the reserve to which it had fallen, nor when it ends again", () => {
    const { world, play, refresh } = ended();
    const [first, second] = play.received;
    const reserve = () => {
      const opened = world.post(bob, { Action: "Open-Batch-Auction", Sell: launched[1] });
      assert.equal(opened.Error, undefined);
      world.subject.wait(hour);
      world.post(bob, { Action: "Tick" });
      world.settle();
      return big(world.subject.state().discoveries.at(-1)!.batch.reserve);
    };
    const list = (received: readonly bigint[]) => {
      world.subject.wait(day);
      world.post(bob, { Action: "Tick" });
      play.received.splice(0, 2, ...received);
      listBasket(world, play);
      refresh();
    };
    const whole = reserve();
    assert.equal(reserve(), whole / 2n);
    list([first!, second! + 1n]);
    assert.equal(reserve(), whole);
    list([first! + 1n, second! + 1n]);
    assert.equal(reserve(), whole);
  });

  it("has the last of its token sold for whatever is below its target, though nothing is beyond its band", () => {
    const { world, play } = founded();
    world.subject.wait(day);
    world.post(bob, { Action: "Tick" });
    play.received[0]! += 1n;
    listBasket(world, play);
    // A trifle of the ended one, all others on their targets but for it.
    const state = world.subject.state();
    const worth = [3_000n, 3_000n, 3_000n].map((amount) => amount * 10n ** 9n);
    for (const [i, token] of [places.ao, places.ar, launched[0]].entries())
      Object.assign(state.assets[state.positions[token]!]!, { backing: [Number(worth[i])] });
    Object.assign(state.assets[state.positions[launched[1]]!]!, { backing: [10 ** 9] });
    for (const token of assets.slice(1)) setPrice(world, play, token, one);
    for (const [buy, code] of [
      [places.ar, undefined],
      [launched[1], "invalid-pair"],
    ] as const) {
      const { Error: error } = world.post(bob, { Action: "Open-Auction", Sell: launched[1], Buy: buy });
      assert.equal(/^\[([^\]]+)/.exec(error ?? "")?.[1], code);
    }
    const [auction] = world.subject.state().auctions;
    assert.ok(big(auction!.lot) > 0n && big(auction!.wanted) <= 10n ** 9n / 3n);
  });

  it("takes no place of the fifty", () => {
    const { world } = ended();
    const rows = Array.from({ length: limits.baskets + 5 }, (_, i) => i);
    const list = (received: bigint) => {
      world.subject.wait(day);
      world.post(bob, { Action: "Tick" });
      const items = rows.map((i) => ({
        ...{ flp_id: walletAddress(`launch ${i}`), flp_token_process: walletAddress(`token ${i}`) },
        ...{ flp_token_ticker: "X", status: "Active", accumulated_qty: `${received + BigInt(i)}` },
      }));
      const tags = {
        Action: "Get-FLPs-Response",
        "X-Reference": `basket-${world.subject.state().basket.cursor}`,
      };
      world.post(places.factory, tags, JSON.stringify({ items }));
    };
    list(1n);
    // The first launch's token was listed until now, and had a place.
    list(100n);
    const { assets: all } = world.subject.state();
    assert.equal(all.filter(({ kind, listed }) => kind === "launch" && listed).length, limits.baskets);
    assert.equal(all.length, 2 + limits.baskets + 2, "both earlier ones are still there");
  });
});
