/** What came without a notice: counted after an hour, taken back when the notice turns up, and never of a token without a price. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { walletAddress } from "../../units/address.ts";
import { tagValue } from "../../units/message.ts";
import { founded, setPrice } from "../laws/index-founding.ts";
import { actors } from "../laws/index-history.ts";
import { big, day, hour, places, sent } from "../laws/index-subject.ts";
import type { World } from "../laws/index-world.ts";

const [alice, bob, mallory] = actors as [string, string, string];

const backing = (world: World, token: string): bigint => {
  const { assets: all, positions } = world.subject.state();
  return big(all[positions[token]!]!.backing);
};

describe("Sync", () => {
  /** Sync, and the token's answer. */
  function sync(world: World, token: string): string | undefined {
    const result = world.post(bob, { Action: "Sync", Asset: token });
    const [question] = sent(result, "Balance");
    if (question === undefined) return result.Error;
    const balance = `${world.balance(token, places.index)}`;
    const reference = { "X-Reference": tagValue(question, "Reference")! };
    world.post(token, { ...reference, Account: places.index, Balance: balance });
    return undefined;
  }

  it("that counted a payment whose notice came later takes it back, and a donation stays", () => {
    const { world } = founded();
    world.pay(bob, places.ao, 70n, { Cast: "true" });
    const before = backing(world, places.ao);
    // A payment of Alice's, whose notice is two hours late.
    world.pay(alice, places.ao, 1_000n, { Cast: "true" });
    sync(world, places.ao);
    world.subject.wait(hour);
    sync(world, places.ao);
    assert.equal(backing(world, places.ao), before + 1_070n);
    world.subject.wait(hour);
    const late = { Action: "Credit-Notice", Sender: alice, Quantity: "1000", "X-Action": "Dance" };
    world.post(places.ao, late);
    world.settle();
    assert.equal(world.balance(places.ao, alice) % 10n, 0n, "she has it back");
    sync(world, places.ao);
    assert.equal(backing(world, places.ao), before + 70n);
    const { till } = world.subject.state().assets[0]!;
    assert.equal(big(till.received) - big(till.payouts.settled), world.balance(places.ao, places.index));
    sync(world, places.ao);
    assert.equal(backing(world, places.ao), before + 70n, "once");
  });

  it("asks the token itself a day later", () => {
    const { world } = founded();
    world.pay(bob, places.ao, 70n, { Cast: "true" });
    sync(world, places.ao);
    world.subject.wait(hour);
    sync(world, places.ao);
    world.subject.wait(day);
    assert.equal(sent(world.post(bob, { Action: "Tick" }), "Balance").length, 1);
  });

  it("is refused of a token that never had a price: a gift of it would keep everybody out", () => {
    const { world, play } = founded();
    const [strange, launch] = [walletAddress("strange"), walletAddress("strange launch")];
    world.balances.set(strange, new Map([[mallory, 1_000n]]));
    world.subject.wait(day);
    world.post(bob, { Action: "Tick" });
    const items = [{ flp_id: launch, flp_token_process: strange, status: "Active", accumulated_qty: "5" }];
    const { cursor } = world.subject.state().basket;
    const tags = { Action: "Get-FLPs-Response", "X-Reference": `basket-${cursor}` };
    world.post(places.factory, tags, JSON.stringify({ items }));
    assert.notEqual(world.subject.state().positions[strange], undefined);
    for (const [token, { price }] of [...play.quotes]) setPrice(world, play, token, price);
    world.pay(mallory, strange, 1_000n, { Cast: "true" });
    assert.match(sync(world, strange) ?? "", /^\[no-price\]/);
    const before = big(world.subject.state().minted);
    world.pay(alice, places.ao, 10n ** 10n, { "X-Action": "Mint" });
    assert.ok(big(world.subject.state().minted) > before);
  });
});
