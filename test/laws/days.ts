/** Days on a network: what wallets, the oracle and the clock do, in drafts of small numbers. */
import fc from "fast-check";
import { walletAddress } from "../../units/address.ts";
import type { FaultRule } from "../../units/faults.ts";
import { tagsOf, tagValue, type SignedItem } from "../../units/message.ts";
import { createScene, cycle, oracle, type Scene, type SceneOptions } from "../scene/scene.ts";
import { vaultOf } from "./books.ts";

export const wallets = Array.from({ length: 6 }, (_, i) => walletAddress(`wallet ${i}`));
/** These only send AO to the ledger, which sends it back. */
export const givers = [walletAddress("giver 0"), walletAddress("giver 1")];
/** These trade AO among each other, and burn it. */
export const traders = [walletAddress("trader 0"), walletAddress("trader 1"), walletAddress("trader 2")];
export const gift = 1_000_000n;

export type Act =
  | { readonly act: "cycles"; readonly count: number; readonly ticks: number }
  | { readonly act: "report"; readonly amounts: readonly number[]; readonly mode: "full" | "delta" }
  | { readonly act: "delegate"; readonly from: number; readonly to: number; readonly factor: number }
  | { readonly act: "withdraw"; readonly from: number; readonly quantity: number }
  | { readonly act: "give"; readonly from: number; readonly amount: number }
  | { readonly act: "trade"; readonly from: number; readonly to: number; readonly amount: number }
  | { readonly act: "burn"; readonly from: number; readonly amount: number }
  | { readonly act: "tick" }
  | { readonly act: "wait"; readonly minutes: number }
  /** Faults begin or end: which of those there are. */
  | { readonly act: "weather"; readonly kind: number };

const amount = fc.integer({ min: 1, max: 300_000 });

export const acts: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      act: fc.constant("cycles" as const),
      count: fc.integer({ min: 1, max: 4 }),
      ticks: fc.nat(2),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      act: fc.constant("report" as const),
      amounts: fc.array(fc.nat(1_000), { minLength: 6, maxLength: 6 }),
      mode: fc.constantFrom("full" as const, "delta" as const),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      act: fc.constant("delegate" as const),
      from: fc.nat(5),
      to: fc.nat(5),
      factor: fc.constantFrom(0, 500, 5_000, 10_000),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      act: fc.constant("withdraw" as const),
      from: fc.nat(5),
      quantity: fc.nat(1_000_000),
    }),
  },
  { weight: 2, arbitrary: fc.record({ act: fc.constant("give" as const), from: fc.nat(1), amount }) },
  {
    weight: 2,
    arbitrary: fc.record({ act: fc.constant("trade" as const), from: fc.nat(2), to: fc.nat(2), amount }),
  },
  { weight: 1, arbitrary: fc.record({ act: fc.constant("burn" as const), from: fc.nat(2), amount }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant("tick" as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({ act: fc.constant("wait" as const), minutes: fc.integer({ min: 1, max: 15 }) }),
  },
  { weight: 2, arbitrary: fc.record({ act: fc.constant("weather" as const), kind: fc.nat(3) }) },
);

export const initial = BigInt(givers.length + traders.length) * gift;

/** A scene in which givers and traders have AO, and wallets weigh something. */
export async function createDay(options: SceneOptions = {}): Promise<Scene> {
  const bank = walletAddress("bank");
  const supply = { "Initial-Supply": `${initial}`, "Initial-Holder": bank };
  const scene = await createScene({ ...options, token: { ...supply, ...options.token } });
  const rows = [...givers, ...traders].map((holder) => `${holder},${gift}`).join("\n");
  await scene.send(bank, scene.token, { Action: "Batch-Transfer" }, rows);
  await scene.send(oracle, scene.ledger, snapshot(1, "full"), csv([5, 10, 0, 1, 300, 7]));
  return scene;
}

function snapshot(number: number, mode: string) {
  return { Action: "Set-Balances", Token: "AR", Snapshot: `${number}`, Mode: mode };
}

function csv(amounts: readonly number[]): string {
  return amounts.map((held, i) => `${wallets[i]!},${held * 10 ** 9}`).join("\n");
}

/** Does one thing, and lets the network deliver what it may. `number` is unique to the act. */
export async function perform(
  scene: Scene,
  act: Act,
  number: number,
  weather: readonly FaultRule[],
): Promise<void> {
  const { network, token, ledger, mint } = scene;
  const post = (
    from: string,
    target: string,
    tags: Readonly<Record<string, string>>,
    data?: string,
  ): void => {
    network.send({ from, target, tags: tagsOf(tags), ...(data === undefined ? {} : { data }) });
  };
  switch (act.act) {
    case "cycles":
      await network.advance(act.count * cycle);
      for (let i = 0; i < act.ticks; i++) post(wallets[0]!, mint, { Action: "Tick" });
      break;
    case "report":
      post(oracle, ledger, snapshot(number + 2, act.mode), csv(act.amounts));
      break;
    case "delegate": {
      const [walletFrom, walletTo] = [wallets[act.from]!, wallets[act.to]!];
      const data = JSON.stringify({ walletFrom, walletTo, factor: act.factor });
      post(walletFrom, ledger, { Action: "Set-Delegation" }, data);
      break;
    }
    case "withdraw": {
      const from = wallets[act.from]!;
      const quantity = act.quantity % 3 === 0 ? {} : { Quantity: `${act.quantity}` };
      post(from, ledger, { Action: "Withdraw", Recipient: vaultOf(from), ...quantity });
      break;
    }
    case "give":
      post(givers[act.from]!, token, { Action: "Transfer", Recipient: ledger, Quantity: `${act.amount}` });
      break;
    case "trade":
      post(traders[act.from]!, token, {
        ...{ Action: "Transfer", Recipient: traders[act.to]!, Quantity: `${act.amount}` },
      });
      break;
    case "burn":
      post(traders[act.from]!, token, { Action: "Burn", Quantity: `${act.amount}` });
      break;
    case "tick":
      post(wallets[1]!, ledger, { Action: "Tick" });
      break;
    case "wait":
      await network.advance(act.minutes * 60_000);
      break;
    case "weather":
      setWeather(scene, act.kind, weather);
  }
  await network.settle();
}

/** 0 is the faults drawn, 1 is none, 2 is a token that never answers, 3 is a token that fails at whatever it gets. */
export function setWeather(scene: Scene, kind: number, faults: readonly FaultRule[]): void {
  const { network, token, ledger } = scene;
  network.faults.clear();
  if (kind === 0) for (const rule of faults) network.faults.add(rule);
  if (kind === 2) network.faults.silence(token);
  if (kind === 3) network.faults.add({ to: token, fail: 1 });
  // Nobody could make up for the loss of a notice of AO that is not yield: no later figure counts it.
  network.faults.add({
    from: token,
    to: ledger,
    where: isGift,
    repeat: 0.3,
    delay: { chance: 0.3, time: 400_000 },
  });
}

function isGift({ Tags }: SignedItem): boolean {
  return tagValue(Tags, "Action") === "Credit-Notice" && tagValue(Tags, "X-Action") === undefined;
}
