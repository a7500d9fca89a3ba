/** Plays histories to an index in its world, step by step, with its books before and after each. */
import type { NodeResult } from "../../process/host/node.ts";
import type { IndexState } from "../../process/pi/state.ts";
import { tagValue } from "../../units/message.ts";
import { founded, listBasket, payYield, setPrice } from "./index-founding.ts";
import { actors, amountOf, type IndexHistory, type IndexStep } from "./index-history.ts";
import { type Figures, figuresOf } from "./index-figures.ts";
import type { Past, Quoted } from "./index-model.ts";
import { observe } from "./index-notes.ts";
import type { Slippage } from "./index-slippage.ts";
import {
  agreedSources,
  assets,
  big,
  launched,
  one,
  places,
  sent,
  sources,
  type TagRecord,
} from "./index-subject.ts";
import type { Order, World } from "./index-world.ts";

export interface Moment {
  readonly step: IndexStep;
  readonly world: World;
  readonly result: NodeResult;
  readonly orders: readonly Order[];
  readonly before: Figures;
  readonly after: Figures;
  readonly now: number;
  /** Who paid what, where the step is a payment. */
  readonly payment:
    | { readonly by: string; readonly token: string; readonly quantity: bigint; readonly tags: TagRecord }
    | undefined;
  readonly refused: string | undefined;
  /** Whether a repeated or forged message left the state as it was. */
  readonly untouched: boolean | undefined;
  /** What the pool has sent. */
  readonly brought: Brought | undefined;
  /** What was to be auctioned for what. */
  readonly pair: Pair | undefined;
  /** What a session did not bring. */
  readonly leftOut: readonly string[];
  readonly play: Play;
}

interface Brought {
  readonly token: string;
  readonly quantity: bigint;
}

interface Pair {
  readonly Sell: string;
  readonly Buy: string;
}

/** What a history has seen so far. */
export interface Play {
  readonly quotes: Map<string, Quoted>;
  /** What batches have cleared at. */
  readonly cleared: Map<string, Quoted>;
  readonly settled: Set<number>;
  /** What the bids of each batch have paid. */
  readonly paid: Map<number, bigint>;
  /** Until when pairs pause, `sell|buy`. */
  readonly pauses: Map<string, number>;
  readonly sessions: Map<string, string>;
  /** Whether two feeds tell the prices of the launches' tokens. */
  readonly agreed: boolean;
  readonly minted: Map<string, Past>;
  readonly slippage: Slippage;
  redeemed: bigint;
  reports: bigint;
  readonly received: bigint[];
}

type Watch = (moment: Moment) => void;

export function playHistory(
  { fee, slippage, agreed, steps }: IndexHistory,
  watch: Watch,
  ends: (world: World, play: Play) => void,
): void {
  const { world, play } = founded({
    ...{ "Fee-Bps": `${fee}`, "Hour-Cap": `${2n * 10n ** 13n}`, "Slippage-Cap": `${slippage}` },
    Sources: JSON.stringify(agreed ? agreedSources : sources),
  });
  const { subject } = world;
  let last: { from: string; tags: TagRecord; id: string } | undefined;
  let count = 0;
  for (const { step, sending } of steps) {
    const before = figuresOf(world, play);
    const text = sending === "plain" ? "" : JSON.stringify(subject.state());
    const [queued, now] = [world.orders.length, subject.now()];
    const tell = (act: Act, more: Pick<Moment, "orders" | "untouched">): void => {
      const { result, payment, brought, pair, leftOut = [] } = act;
      const moment = { step, world, before, now, play, result, payment, brought, pair, leftOut, ...more };
      const seen = { ...moment, refused: refusalOf(result) };
      observe(seen, play);
      watch({ ...seen, after: figuresOf(world, play) });
    };
    if (sending === "forged" || (sending === "again" && last !== undefined)) {
      const { from, tags, id } =
        sending === "again" ? last! : { from: places.ao, tags: forgedCredit, id: undefined };
      const signing = sending === "forged" ? { signer: places.forger } : {};
      const result = world.post(from, tags, " ", { ...(id === undefined ? {} : { id }), ...signing });
      tell({ result }, { orders: [], untouched: text === JSON.stringify(subject.state()) });
      continue;
    }
    const act = actOf(step, world, play, `step ${(count += 1)}`);
    if (act === undefined) continue;
    const { payment } = act;
    if (payment !== undefined && payment.tags.Cast === undefined && act.id !== undefined) {
      const tags = {
        Action: "Credit-Notice",
        Sender: payment.by,
        Quantity: `${payment.quantity}`,
        ...payment.tags,
      };
      last = { from: payment.token, tags, id: act.id };
    }
    tell(act, { orders: world.orders.slice(queued), untouched: undefined });
  }
  ends(world, play);
}

const forgedCredit = {
  ...{ Action: "Credit-Notice", Sender: actors[0]!, Quantity: "1000000", "X-Action": "Mint" },
};

function refusalOf({ Error: error }: NodeResult): string | undefined {
  return error === undefined ? undefined : (/^\[([^\]]+)\]/.exec(error)?.[1] ?? error);
}

interface Act {
  readonly result: NodeResult;
  readonly brought?: Moment["brought"];
  readonly pair?: Pair;
  readonly leftOut?: readonly string[];
  readonly payment?: Moment["payment"];
  readonly id?: string;
}

const silence: NodeResult = { Output: {}, Messages: [], Spawns: [], Assignments: [] };

function actOf(step: IndexStep, world: World, play: Play, id: string): Act | undefined {
  const { subject } = world;
  const state = subject.state();
  const actor = "by" in step ? actors[step.by]! : "";
  const token = "asset" in step ? (assets[step.asset] ?? places.pi) : "";
  const backing = (of: string) => big(state.assets[state.positions[of] ?? 0]!.backing);
  const post = (from: string, tags: TagRecord): Act => ({ result: world.post(from, tags, " ", { id }) });
  const pay = (of: string, quantity: bigint, tags: TagRecord): Act | undefined => {
    const most = world.balance(of, actor);
    const paid = quantity < most ? quantity : most;
    if (paid <= 0n) return undefined;
    const result = world.pay(actor, of, paid, tags, id) ?? silence;
    return { result, payment: { by: actor, token: of, quantity: paid, tags }, id };
  };
  const pick = <Item>(items: readonly Item[], at: number): Item | undefined =>
    items.length === 0 ? undefined : items[at % items.length];
  switch (step.kind) {
    case "session": {
      const act = post(actor, { Action: "Open-Session", "Min-Out": `${step.asks}` });
      const [answer] = sent(act.result, "Open-Session-Response");
      if (answer !== undefined) play.sessions.set(actor, tagValue(answer, "Session")!);
      return act;
    }
    case "deposit": {
      const tags = { "X-Action": "Deposit", "X-Session": play.sessions.get(actor) ?? "none" };
      return pay(token, amountOf(step.size, backing(token)), tags);
    }
    case "kind": {
      const all = launched.filter((token) => state.positions[token] !== undefined);
      const leftOut = all.filter((_, i) => (step.leaves >> i) % 2 === 1);
      const opened = world.post(actor, { Action: "Open-Session", Without: JSON.stringify(leftOut) });
      const [answer] = sent(opened, "Open-Session-Response");
      if (answer === undefined) return undefined;
      play.sessions.set(actor, tagValue(answer, "Session")!);
      const tags = { "X-Action": "Deposit", "X-Session": tagValue(answer, "Session")! };
      const held = state.assets.filter(
        (asset) => big(asset.backing) > 0n && !leftOut.some((token) => token === asset.token),
      );
      for (const asset of held.slice(0, -1))
        world.pay(actor, asset.token, amountOf(step.size, big(asset.backing)) + 1n, tags);
      const final = held[held.length - 1];
      const act = final && pay(final.token, amountOf(step.size, big(final.backing)), tags);
      return act && { ...act, leftOut };
    }
    case "mint":
      return pay(token, amountOf(step.size, backing(token)), { "X-Action": "Mint", "X-Min-Out": "1" });
    case "give":
      return pay(token, amountOf(step.size, 1_000n), { Cast: "true" });
    case "stray": {
      const words = [
        {},
        { "X-Action": "Dance" },
        { "X-Action": "Redeem" },
        { "X-Action": "Bid", "X-Auction": "9999" },
      ];
      return pay(token, amountOf(step.size, 1_000n), words[step.words]!);
    }
    case "redeem":
      return pay(places.pi, amountOf(step.size, world.balance(places.pi, actor)), { "X-Action": "Redeem" });
    case "yield":
      return { result: payYield(world, play, actor, amountOf(step.size, 10n ** 13n)) };
    case "bid": {
      const auction = pick(state.openAuctions, step.which) ?? state.auctions.length;
      const known = state.auctions[auction - 1];
      if (known === undefined) return undefined;
      const { tags: said } = subject.ask({ Action: "Get-Auction", "Auction-Id": `${auction}` });
      const price = BigInt(tagValue(said, "Dutch-Current-Price") || "0");
      const most: TagRecord = {
        any: {},
        exact: { "X-Max-Price": `${price}` },
        less: { "X-Max-Price": `${price > 0n ? price - 1n : 0n}` },
      }[step.most];
      return pay(known.buy, amountOf(step.size, backing(known.buy)), {
        "X-Action": "Bid",
        "X-Auction": `${auction}`,
        ...most,
      });
    }
    case "open": {
      const pair = pairOf(step.sell, step.buy, world);
      return { ...post(actors[0]!, { Action: "Open-Auction", ...pair }), pair };
    }
    case "discover":
      if (step.late) {
        subject.wait(4 * 3_600_000);
        for (const [other, { price }] of play.quotes)
          if (other !== token) setPrice(world, play, other, price);
      }
      return post(actors[0]!, { Action: "Open-Batch-Auction", Sell: token });
    case "batch": {
      const discovery = pick(state.openDiscoveries, step.which);
      if (discovery === undefined) return undefined;
      const { sell, batch } = state.discoveries[discovery - 1]!;
      const limit = (play.quotes.get(sell)!.price * BigInt(step.limit)) / 10_000n;
      const tags = { "X-Action": "Batch-Bid", "X-Auction": `${discovery}`, "X-Limit-Price": `${limit}` };
      return pay(places.ao, amountOf(step.size, big(batch.leastPayment) * 5n), tags);
    }
    case "swap": {
      const auction = pick(state.openAuctions, step.which);
      if (auction === undefined) return undefined;
      const left = big(state.auctions[auction - 1]!.left);
      const quantity = `${amountOf(step.size, left)}`;
      return post(actors[1]!, {
        Action: "Swap-On-Pool",
        Auction: `${auction}`,
        Pool: places.pool,
        Quantity: quantity,
      });
    }
    case "pool":
      return answerSwap(step.outcome, world, state);
    case "price": {
      const quoted = play.quotes.get(assets[step.asset]!)!;
      const price = (quoted.price * BigInt(step.points)) / 10_000n;
      const sane = price < one / 10n ** 6n || price > 10n ** 6n * one ? one : price;
      for (const [other, known] of play.quotes) setPrice(world, play, other, known.price);
      return { result: setPrice(world, play, assets[step.asset]!, sane) };
    }
    case "answer": {
      const order = pick(world.orders, step.which);
      return order && { result: world.carryOut(order, !step.paid) };
    }
    case "claim":
      return post(actor, { Action: "Claim", Asset: token });
    case "sync": {
      const act = post(actors[0]!, { Action: "Sync", Asset: token });
      const [question] = sent(act.result, "Balance");
      if (question === undefined) return act;
      const balance = `${world.balance(token, places.index)}`;
      const reference = { "X-Reference": tagValue(question, "Reference")! };
      return { result: world.post(token, { ...reference, Account: places.index, Balance: balance }) };
    }
    case "basket":
      world.post(places.stranger, { Action: "Tick" });
      step.received.forEach((more, i) => (play.received[i]! += BigInt(more)));
      return { result: listBasket(world, play) };
    case "guardian":
      if (step.points < 2_000) return post(places.guardian, { Action: "Pause-Mints" });
      return post(places.guardian, {
        ...{ Action: "Tighten-Cap", Cap: step.points < 6_000 ? "Hour-Cap" : "Lot-Cap" },
        Value: `${(BigInt(step.points) * 2n * 10n ** 13n) / 10_000n}`,
      });
    case "slippage": {
      const value = (big(state.caps.slippage) * BigInt(step.points)) / 10_000n;
      return post(places.guardian, { Action: "Tighten-Cap", Cap: "Slippage-Cap", Value: `${value}` });
    }
    case "tick":
      return post(actors[2]!, { Action: "Tick" });
    case "settle":
      return (world.settle(), { result: silence });
    case "wait":
      return (subject.wait(step.milliseconds), { result: silence });
  }
}

/** Any pair, or as often what is most above its target for what is most below. */
function pairOf(sell: number, buy: number, { subject }: World): Pair {
  if (sell <= buy) {
    const { data } = subject.ask({ Action: "Get-Holdings" });
    const { assets: rows } = JSON.parse(data) as { assets: Record<"asset" | "share" | "target", string>[] };
    const off = rows.map(({ asset, share, target }) => ({ asset, by: Number(share) - Number(target) }));
    off.sort((a, b) => a.by - b.by);
    return { Sell: off[off.length - 1]!.asset, Buy: off[0]!.asset };
  }
  return { Sell: assets[sell]!, Buy: assets[buy]! };
}

/** The pool carries a swap out whose tokens it has: for the least or more, or sends them back; or its answer comes late. */
function answerSwap(
  outcome: "least" | "more" | "back" | "late",
  world: World,
  state: IndexState,
): Act | undefined {
  const order = world.orders.find(({ rows }) => rows[0]![0] === places.pool);
  if (order === undefined) return undefined;
  const swap = state.swaps[places.pool];
  if (outcome === "late") world.subject.wait(1_200_000);
  const had = world.balance(order.token, places.pool);
  world.carryOut(order);
  const came = world.balance(order.token, places.pool) - had;
  if (came === 0n || swap === undefined) return { result: silence };
  const least = BigInt(order.tags["X-Expected-Min-Output"]!);
  const out = outcome === "more" ? least + least / 50n : least;
  const [token, quantity] = outcome === "back" ? [swap.sell, came] : [swap.buy, out];
  const result = world.pay(places.pool, token, quantity, outcome === "back" ? { "X-Action": "Refund" } : {})!;
  return { result, brought: { token, quantity } };
}
