/**
 * The tokens around the index, by plain BigInt: who has how much, and what the index has ordered of them. They carry orders
 * out when they are told to, each number once, and refuse what is not covered.
 */
import type { NodeResult } from "../../process/host/node.ts";
import { tagValue } from "../../units/message.ts";
import { assets, createIndexSubject, type IndexSubject, places, type TagRecord } from "./index-subject.ts";

export interface Order {
  readonly token: string;
  readonly action: "Transfer" | "Batch-Transfer" | "Burn" | "Mint";
  /** 0 of a mint. */
  readonly number: number;
  readonly rows: readonly (readonly [recipient: string, quantity: bigint])[];
  readonly tags: TagRecord;
}

export class World {
  readonly subject: IndexSubject;
  readonly balances = new Map<string, Map<string, bigint>>();
  /** In their order, until they are carried out. */
  orders: Order[] = [];
  /** What came to the index without a notice. */
  readonly given = new Map<string, bigint>();
  /** All PI that was created, which is what the index's mints add up to. */
  minted = 0n;
  readonly #done = new Map<string, boolean>();

  constructor(tags: TagRecord = {}) {
    this.subject = createIndexSubject(tags);
    for (const token of [...assets, places.pi]) this.balances.set(token, new Map());
  }

  balance(token: string, account: string): bigint {
    return this.balances.get(token)!.get(account) ?? 0n;
  }

  add(token: string, account: string, quantity: bigint): void {
    const sum = this.balance(token, account) + quantity;
    if (sum < 0n) throw new Error(`${account} has too little of ${token}`);
    this.balances.get(token)!.set(account, sum);
  }

  /** Posts a message and remembers what the index orders in answer. */
  post(
    from: string,
    tags: TagRecord,
    data?: string,
    sending?: { readonly id?: string; readonly signer?: string },
  ): NodeResult {
    const result = this.subject.post(from, tags, data, sending);
    this.orders.push(...ordersIn(result));
    return result;
  }

  /** An account pays the index; with `Cast` nobody tells it. */
  pay(
    account: string,
    token: string,
    quantity: bigint,
    tags: TagRecord,
    id?: string,
  ): NodeResult | undefined {
    this.add(token, account, -quantity);
    this.add(token, places.index, quantity);
    if (tags.Cast === "true") {
      this.given.set(token, (this.given.get(token) ?? 0n) + quantity);
      return undefined;
    }
    const notice = { Action: "Credit-Notice", Sender: account, Quantity: `${quantity}`, ...tags };
    return this.post(token, notice, " ", id === undefined ? {} : { id });
  }

  /**
   * Carries an order out, or refuses it. A number that was carried out or refused before is answered as it was then. Tokens
   * refuse what is not covered, and what they are told to refuse.
   */
  carryOut(order: Order, refuses = false): NodeResult {
    this.orders = this.orders.filter((other) => other !== order);
    const { token, action, number } = order;
    if (action === "Mint") return this.#mint(order);
    const key = `${token} ${number}`;
    const total = order.rows.reduce((sum, [, quantity]) => sum + quantity, 0n);
    const answered = this.#done.get(key);
    const paid = answered ?? (!refuses && total <= this.balance(token, places.index));
    this.#done.set(key, paid);
    if (paid && answered === undefined) {
      this.add(token, places.index, -total);
      if (action !== "Burn")
        for (const [recipient, quantity] of order.rows) this.add(token, recipient, quantity);
    }
    const names = action === "Burn" ? ["Burn-Response", "Burn-Error"] : ["Debit-Notice", "Transfer-Error"];
    return this.post(token, { Action: names[paid ? 0 : 1]!, "X-Payout": `${number}` });
  }

  #mint({ token, tags }: Order): NodeResult {
    const missing = BigInt(tags["X-Cumulative"]!) - this.minted;
    if (missing <= 0n) return this.post(token, { Action: "Mint-Response", Quantity: "0" });
    this.minted += missing;
    this.add(token, places.index, missing);
    return this.post(token, {
      ...{ Action: "Credit-Notice", Sender: places.index, Quantity: `${missing}` },
      "X-Cumulative": tags["X-Cumulative"]!,
    });
  }

  /** Carries out all orders, and those that follow from them. */
  settle(): void {
    for (let order = this.orders[0]; order !== undefined; order = this.orders[0]) this.carryOut(order);
  }
}

/** The orders to tokens among a result's messages. */
export function ordersIn(result: NodeResult): Order[] {
  const orders: Order[] = [];
  for (const { Target, Tags, Data } of result.Messages) {
    const action = tagValue(Tags, "Action");
    const isOrder = action === "Transfer" || action === "Batch-Transfer" || action === "Burn";
    if (!isOrder && action !== "Mint") continue;
    const tags: TagRecord = Object.fromEntries(Tags.map(({ name, value }) => [name, value]));
    const text = action === "Batch-Transfer" ? Data : `${tags.Recipient ?? places.index},${tags.Quantity}`;
    const rows = text.split("\n").map((row) => {
      const [recipient, quantity] = row.split(",");
      return [recipient!, BigInt(quantity!)] as const;
    });
    orders.push({ token: Target, action, number: Number(tags["X-Payout"] ?? 0), rows, tags });
  }
  return orders;
}
