/** What a launch's orders are, and what has come of them: the model learns of them from what is sent and answered. */
import { places } from "./launch-setup.ts";
import { add, type Cash, type LaunchModel, type ModelPayout } from "./launch-model.ts";
import type { Asset, Order } from "./launch-world.ts";

export class Orders {
  /** What the launch counts as carried out. */
  readonly settled: Readonly<Record<Asset, ModelPayout[]>> = { token: [], ao: [], pi: [] };
  readonly #model: LaunchModel;
  readonly #known: Readonly<Record<Asset, Map<number, Order>>> = {
    token: new Map(),
    ao: new Map(),
    pi: new Map(),
  };

  constructor(model: LaunchModel) {
    this.#model = model;
  }

  known(asset: Asset, number: number): Order | undefined {
    return this.#known[asset].get(number);
  }

  /** Takes in an order. Undefined for one that was sent before. */
  take(order: Order): ModelPayout | undefined {
    const { asset, number } = order;
    if (this.#known[asset].has(number)) return undefined;
    this.#known[asset].set(number, order);
    const payout = { order, kind: kindOf(order) };
    this.#model.open[asset].set(number, payout);
    if (payout.kind === "treasury" || payout.kind === "index") this.#cash(asset).waiting -= order.quantity;
    for (const [account, quantity] of sharesOf(payout)) add(this.#model.sent, account, quantity);
    return payout;
  }

  /** A token has said what came of an order. False when that is not open. */
  close(asset: Asset, number: number, paid: boolean): boolean {
    const model = this.#model;
    const payout = model.open[asset].get(number);
    if (payout === undefined) return false;
    model.open[asset].delete(number);
    const { kind, order } = payout;
    if (paid) this.settled[asset].push(payout);
    if (asset !== "token") closeCash(this.#cash(asset), payout, paid);
    else if (paid) {
      model.settled += order.quantity;
      if (kind !== "refund") model.paid += order.quantity;
    } else {
      for (const [account, quantity] of sharesOf(payout)) add(model.sent, account, -quantity);
      if (kind === "delegators") model.batchesFail = true;
    }
    return true;
  }

  /** A token has said what the launch had when nothing was under way: all that is open was made, or none, or nobody knows. */
  decide(asset: Asset, balance: bigint): void {
    const open = [...this.#model.open[asset].keys()];
    const book = this.book(asset);
    const made = balance + this.openQuantity(asset) === book;
    if (made || balance === book) for (const number of open) this.close(asset, number, balance !== book);
  }

  openQuantity(asset: Asset, kinds?: readonly ModelPayout["kind"][]): bigint {
    return [...this.#model.open[asset].values()]
      .filter(({ kind }) => kinds?.includes(kind) ?? true)
      .reduce((sum, { order }) => sum + order.quantity, 0n);
  }

  /** What has come in. */
  income(asset: Asset): bigint {
    const { funder, foreign } = this.#model;
    if (asset === "token") return foreign + (funder === undefined ? 0n : this.#model.allocation()!);
    const { received, cameBack, foreign: none } = this.#cash(asset);
    return received + cameBack + none;
  }

  /** What there is once nothing is under way. */
  book(asset: Asset): bigint {
    return this.income(asset) - (asset === "token" ? this.#model.settled : this.#cash(asset).settled);
  }

  #cash(asset: Asset): Cash {
    return asset === "ao" ? this.#model.ao : this.#model.pi;
  }
}

function closeCash(cash: Cash, { kind, order: { quantity } }: ModelPayout, paid: boolean): void {
  if (paid) {
    cash.settled += quantity;
    if (kind === "treasury") cash.forwarded += quantity;
    if (kind === "index") cash.exchanged += quantity;
  } else if (kind !== "refund") cash.waiting += quantity;
}

/** Whose tokens an order of the launch's token takes along. */
function sharesOf({ kind, order }: ModelPayout): readonly (readonly [string, bigint])[] {
  if (kind === "delegators") return order.rows!;
  return kind === "claim" ? [[order.recipient, order.quantity]] : [];
}

function kindOf({ asset, rows, action, recipient }: Order): ModelPayout["kind"] {
  if (action === "Refund") return "refund";
  if (asset === "token") return rows === undefined ? "claim" : "delegators";
  return recipient === places.index && action === "Mint" ? "index" : "treasury";
}
