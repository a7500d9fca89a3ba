/** What must be so once an index and everybody around it have healed, told from the logs of all. */
import assert from "node:assert/strict";
import { type SignedItem, tagValue } from "../../units/message.ts";
import { depositors, gift, type IndexMarketScene, slippageCap } from "../scene/index-market-scene.ts";
import { alice, bob, carol, maker, one } from "../scene/index-scene.ts";
import { worthDown, worthUp } from "./index-model.ts";
import { LeakyBucket } from "./index-slippage.ts";

type Tags = SignedItem["Tags"];

const quantityIn = (tags: Tags) => BigInt(tagValue(tags, "Quantity")!);
const isCredit = (tags: Tags) => tagValue(tags, "Action") === "Credit-Notice";

/** A payment that the index has heard of. */
interface Heard {
  readonly token: string;
  readonly sender: string;
  readonly quantity: bigint;
  readonly session: string | undefined;
  /** The number of the swap that a pool answers. */
  readonly swap: string | undefined;
}

/** What went through at the index, in order: the message's own time, and what it brought about. */
function pastOf({ network, index }: IndexMarketScene) {
  return network.log(index).flatMap(({ message, result }) => {
    if (result.Error !== undefined) return [];
    const { From, Tags, Timestamp, Id } = message;
    const heard: Heard | undefined = isCredit(Tags)
      ? {
          ...{ token: From, sender: tagValue(Tags, "Sender")!, quantity: quantityIn(Tags) },
          ...{ session: tagValue(Tags, "X-Session"), swap: tagValue(Tags, "X-Swap") },
        }
      : undefined;
    const sent = result.Messages.flatMap(({ Target, Tags: tags = [] }) =>
      Target !== undefined && (tagValue(tags, "X-Payout") ?? tagValue(tags, "X-Reason")) !== undefined
        ? [{ token: Target, tags }]
        : [],
    );
    return [
      { id: Id, from: From, action: tagValue(Tags, "Action"), tags: Tags, now: Timestamp, heard, sent },
    ];
  });
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n);
}

/** What a token told the index of, and the index never heard, or failed over; from anybody, or from one sender. */
function lost(scene: IndexMarketScene, token: string, sender?: string): bigint {
  const { network, index } = scene;
  const told = network
    .log(token)
    .flatMap(({ result }) =>
      result.Messages.flatMap(({ Target, Tags = [] }) =>
        Target === index &&
        isCredit(Tags) &&
        (sender ?? tagValue(Tags, "Sender")) === tagValue(Tags, "Sender")
          ? [quantityIn(Tags)]
          : [],
      ),
    );
  const heard = pastOf(scene).flatMap(({ heard: payment }) =>
    payment?.token === token && (sender ?? payment.sender) === payment.sender ? [payment.quantity] : [],
  );
  return sum(told) - sum(heard);
}

/** What the index sent back of a token that was not in the basket, which is on no book, and the token never heard of. */
function astray(scene: IndexMarketScene, token: string, recipient?: string): bigint {
  const { network, index } = scene;
  const counts = (tags: Tags) =>
    tagValue(tags, "Action") === "Transfer" &&
    tagValue(tags, "X-Payout") === undefined &&
    (recipient ?? tagValue(tags, "Recipient")) === tagValue(tags, "Recipient");
  const sent = pastOf(scene).flatMap(({ sent: out }) => out.filter((one) => one.token === token));
  const done = network
    .log(token)
    .filter(({ message, result }) => message.From === index && result.Error === undefined);
  const quantities = (all: readonly Tags[]) => all.filter(counts).map(quantityIn);
  return (
    sum(quantities(sent.map(({ tags }) => tags))) - sum(quantities(done.map(({ message }) => message.Tags)))
  );
}

/** Both sides of every book, nothing pending, PI: as many as its holders have. */
export async function assertBooks(scene: IndexMarketScene): Promise<void> {
  const { holdings, balance, index, pi, figure, ask, send } = scene;
  const { supply, assets } = await holdings();
  for (const { asset, accountedFor, bookBalance, ticker, reserved } of assets) {
    assert.equal(accountedFor, bookBalance, ticker);
    const there = await balance(index, asset);
    const beside = lost(scene, asset) + astray(scene, asset);
    assert.equal(there, BigInt(bookBalance) + beside, `${ticker}: nothing is pending`);
    assert.equal(reserved, "0", `${ticker}: every auction is over`);
  }
  for (const figures of ["Pending-Pi", "Sessions"]) assert.equal(await figure(figures), "0", figures);
  assert.equal(await figure("Minted-Confirmed"), await figure("Minted"));
  assert.equal(BigInt(tagValue((await ask(pi, { Action: "Info" })).tags, "Supply") ?? "0"), supply);
  const { Messages } = await send(scene.owner, pi, { Action: "Balances" });
  const balances = JSON.parse(Messages[0]!.Data!) as Record<string, string>;
  assert.equal(sum(Object.values(balances).map(BigInt)), supply);
  const holders = [alice, bob, carol, maker, index, ...depositors];
  for (const holder of Object.keys(balances)) assert.ok(holders.includes(holder), holder);
  // A mint whose notice was lost has been paid out all the same.
  const beside = BigInt(await figure("Owed-Pi")) + lost(scene, pi) - lost(scene, pi, index);
  assert.equal(BigInt(balances[index] ?? "0"), beside, "PI that came in is burned, or owed");
}

/** What became of sessions: how many have come to PI. Each leg went into the basket, or came back, once. */
export async function assertSessions(scene: IndexMarketScene): Promise<number> {
  const { token, ar, launchToken, pi, balance } = scene;
  const past = pastOf(scene);
  let completed = 0;
  for (const depositor of depositors) {
    const used = new Map([token, ar, launchToken].map((asset) => [asset, 0n]));
    let minted = 0n;
    for (const [at, { heard, sent }] of past.entries()) {
      const paid = sent.find(({ token: of, tags }) => of === pi && tagValue(tags, "X-Action") === "Minted");
      if (heard?.sender !== depositor || paid === undefined) continue;
      const session = heard.session;
      assert.equal(tagValue(paid.tags, "X-Session"), session);
      assert.equal(tagValue(paid.tags, "Recipient"), depositor);
      completed += 1;
      minted += quantityIn(paid.tags);
      const opened = past.findIndex(({ id }) => id === session);
      for (const asset of used.keys()) {
        const legs = past.slice(opened, at + 1).flatMap(({ heard: leg, sent: out }) => {
          const isLeg = leg?.sender === depositor && leg.session === session && leg.token === asset;
          // One that came back at once, alone, was none: mints were paused, or nothing of it is held.
          const isBack = out.some(({ tags }) => tagValue(tags, "X-Action") === "Refund") && out !== sent;
          return isLeg && !isBack ? [leg.quantity] : [];
        });
        const excess = sent.filter(
          ({ token: of, tags }) => of === asset && tagValue(tags, "X-Action") === "Refund",
        );
        const taken = sum(legs) - sum(excess.map(({ tags }) => quantityIn(tags)));
        assert.ok(taken >= 0n && (legs.length === 0 || taken > 0n));
        used.set(asset, used.get(asset)! + taken);
      }
    }
    for (const [asset, taken] of used) {
      const gone = lost(scene, asset, depositor) + astray(scene, asset, depositor);
      assert.equal(gift - (await balance(depositor, asset)), taken + gone, "legs");
    }
    assert.equal(await balance(depositor, pi), minted);
  }
  return completed;
}

/** The ledger has the index's delegations as they are now: all of it to the launch while that is listed, else nothing. */
export async function assertDelegations(scene: IndexMarketScene): Promise<void> {
  const { ask, ledger, index, launch, holdings } = scene;
  const { assets } = await holdings();
  const isListed = assets.some((asset) => asset.launch === launch && asset.listed);
  const { data } = await ask(ledger, { Action: "Get-Delegations", Wallet: index });
  const { delegationPrefs } = JSON.parse(data) as { delegationPrefs: object[] };
  const all = [{ walletTo: launch, factor: 10_000 }];
  assert.deepEqual(delegationPrefs, isListed ? all : []);
}

/** What became of swaps, by the log: answered, sent back, or lost. The bucket has counted just that. */
export async function assertSwaps(scene: IndexMarketScene) {
  const { pool, token, ar, launchToken, holdings, network } = scene;
  const bucket = new LeakyBucket(slippageCap);
  const outcomes = { answered: 0, back: 0, lost: 0 };
  let swaps = 0;
  let swap: { readonly buy: string; readonly sell: string; worth: bigint; deadline: number } | undefined;
  const priceOf = (asset: string) => (asset === ar ? 2n * one : one);
  for (const { action, heard, sent, now, tags: said } of pastOf(scene)) {
    if (action === "Tick" && swap !== undefined && swap.deadline <= now) {
      bucket.add(swap.worth, now);
      outcomes.lost += 1;
      swap = undefined;
    }
    // What is paid in the launch's token, whose price it tells alone, is bought at the bucket's risk.
    const filled = sent.find(({ tags }) => tagValue(tags, "X-Action") === "Bid-Filled");
    if (action === "Credit-Notice" && heard?.token === launchToken && filled !== undefined)
      bucket.add(worthUp(quantityIn(filled.tags), priceOf(filled.token)), now);
    if (heard?.sender === pool && swap !== undefined && heard.swap === `${swaps}`) {
      const got = worthDown(heard.quantity, priceOf(swap.buy));
      if (heard.token === swap.buy) bucket.add(swap.worth > got ? swap.worth - got : 0n, now);
      outcomes[heard.token === swap.buy ? "answered" : "back"] += 1;
      swap = undefined;
    }
    if (action !== "Swap-On-Pool") continue;
    const order = sent.find(({ tags }) => tagValue(tags, "X-Action") === "Swap")!;
    assert.equal(swap, undefined, "one at a time");
    swaps += 1;
    const worth = worthDown(quantityIn(order.tags), priceOf(order.token));
    const buy = order.token === token ? ar : token;
    swap = { buy, sell: order.token, worth, deadline: now + 600_000 };
    assert.equal(quantityIn(order.tags), BigInt(tagValue(said, "Quantity")!));
  }
  assert.equal(swap, undefined, "no swap is under way for ever");
  assert.equal(BigInt((await holdings()).slippageRoom), bucket.room(network.now()));
  return outcomes;
}
