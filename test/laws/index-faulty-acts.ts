/** What everybody does to an index and the processes around it while messages are lost, and how all of it heals. */
import fc from "fast-check";
import { tagsOf } from "../../units/message.ts";
import { depositors, type IndexMarketScene } from "../scene/index-market-scene.ts";
import { alice, bob, carol, day, feed, maker, one } from "../scene/index-scene.ts";
import type { TagRecord } from "../scene/scene.ts";

export interface Act {
  readonly act:
    | ("redeem" | "mint" | "bid" | "open" | "stray" | "tick" | "wait" | "claim" | "price" | "day")
    | ("session" | "leg" | "legs" | "foreign leg" | "swap" | "trade" | "delegate");
  readonly part: number;
}

const names: readonly (readonly [weight: number, act: Act["act"]])[] = [
  ...([[2, "redeem"] as const, [2, "mint"], [3, "bid"], [2, "open"], [1, "stray"], [2, "tick"]] as const),
  ...([[4, "wait"] as const, [1, "claim"], [2, "price"], [3, "day"], [2, "session"], [3, "leg"]] as const),
  ...([[3, "legs"] as const, [1, "foreign leg"], [5, "swap"], [2, "trade"], [1, "delegate"]] as const),
];

export const acts: fc.Arbitrary<Act> = fc.record({
  act: fc.oneof(...names.map(([weight, act]) => ({ weight, arbitrary: fc.constant(act) }))),
  part: fc.integer({ min: 1, max: 1_000 }),
});

/** What a history remembers: the last session that each depositor has asked for. */
export interface Memory {
  readonly sessions: Map<string, string>;
}

export async function perform(scene: IndexMarketScene, memory: Memory, { act, part }: Act): Promise<void> {
  const { network, index, pi, token, ar, launchToken, pool, launch, ledger } = scene;
  const post = (from: string, target: string, tags: TagRecord, data?: string) =>
    network.send({ from, target, tags: tagsOf(tags), ...(data === undefined ? {} : { data }) });
  const pay = (from: string, asset: string, tags: TagRecord, units = 10n ** 11n, to = index) =>
    post(from, asset, { Action: "Transfer", Recipient: to, Quantity: `${BigInt(part) * units}`, ...tags });
  const wallet = part % 2 === 0 ? alice : bob;
  const depositor = depositors[part % 2]!;
  const auction = `${Math.max(1, Number(await scene.figure("Auctions")) - (part % 2))}`;
  const leg = (from: string, asset: string, owner = from) =>
    pay(from, asset, { "X-Action": "Deposit", "X-Session": memory.sessions.get(owner) ?? "none" });
  const everything = [token, ar, launchToken];
  switch (act) {
    case "redeem":
      pay(wallet, pi, { "X-Action": "Redeem" });
      break;
    case "mint":
      pay(maker, ar, { "X-Action": "Mint", "X-Min-Out": "1" }, 10n ** 9n);
      break;
    case "bid":
      pay(maker, ar, { "X-Action": "Bid", "X-Auction": auction });
      break;
    case "open":
      post(alice, index, { Action: "Open-Auction", Sell: token, Buy: part % 4 === 0 ? launchToken : ar });
      break;
    case "stray":
      pay(wallet, pi, {});
      break;
    case "tick":
      for (const target of [index, pool, launch].slice(0, (part % 3) + 1))
        post(carol, target, { Action: "Tick" });
      break;
    case "claim":
      post(wallet, index, { Action: "Claim", Asset: part % 3 === 0 ? pi : token });
      break;
    case "price":
      post(feed, index, { Action: "Set-Price", Asset: ar, Price: `${2n * one}` });
      break;
    case "session":
      memory.sessions.set(depositor, post(depositor, index, { Action: "Open-Session" }));
      break;
    case "leg":
      leg(depositor, everything[part % 3]!);
      break;
    case "legs":
      for (const asset of everything) leg(depositor, asset);
      break;
    case "foreign leg":
      leg(depositor, token, depositors[(part + 1) % 2]);
      break;
    case "swap":
      post(carol, index, {
        ...{ Action: "Swap-On-Pool", Auction: auction, Pool: pool, Quantity: `${BigInt(part) * 10n ** 10n}` },
      });
      break;
    case "trade": {
      // Both ways, so that the pool stays near the price.
      const words = { "X-Action": "Swap", "X-Expected-Min-Output": "1" };
      pay(maker, part % 3 === 0 ? ar : token, words, 10n ** 10n, pool);
      break;
    }
    case "delegate": {
      const data = JSON.stringify({ walletFrom: bob, walletTo: launch, factor: (part % 4) * 2_500 });
      post(bob, ledger, { Action: "Set-Delegation" }, data);
      break;
    }
    case "wait":
      return network.advance(part * 3_000);
    case "day":
      await network.advance(day);
      return scene.tickAll();
  }
  if (part % 2 === 0) await network.settle();
}

/** Two days without faults, after which everybody has been told of everything again. */
export async function settleDown(scene: IndexMarketScene): Promise<void> {
  for (let i = 0; i < 2; i++) {
    await scene.network.advance(day);
    await scene.tickAll();
    await scene.send(carol, scene.launch, { Action: "Report-To-Factory" });
  }
  await scene.network.advance(700_000);
  await scene.tickAll();
}

/** Ends all faults and lets all deadlines pass, with a Tick after each; then depositors claim what is theirs. */
export async function heal(scene: IndexMarketScene): Promise<void> {
  const { network, index, token, ar, launchToken, pi, send } = scene;
  await network.heal();
  for (let round = 0; round < 4; round++) {
    await network.advance(2_000_000);
    await scene.tickAll();
  }
  for (const depositor of depositors)
    for (const Asset of [token, ar, launchToken, pi])
      await send(depositor, index, { Action: "Claim", Asset });
  for (let round = 0; round < 2; round++) {
    await network.advance(700_000);
    await scene.tickAll();
  }
}
