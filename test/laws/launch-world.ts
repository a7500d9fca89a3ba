/** What is around a launch: tokens that carry out its transfers, ledgers that report, all as they really stand. */
import type { OutgoingMessage } from "../../process/host/outgoing.ts";
import { places, type Setup } from "./launch-setup.ts";
import { tagIn } from "./launch-subject.ts";

export type Asset = "token" | "ao" | "pi";
export const assets = ["token", "ao", "pi"] as const;

/** A Transfer or Batch-Transfer that the launch has sent. */
export interface Order {
  readonly asset: Asset;
  readonly number: number;
  readonly recipient: string;
  readonly quantity: bigint;
  /** Of a batch. */
  readonly rows: readonly (readonly [account: string, quantity: bigint])[] | undefined;
  readonly action: string;
}

/** A question for the launch's balance: what the token would say at once, and what had been ordered and received by then. */
export interface Question {
  readonly asset: Asset;
  readonly reference: string;
  readonly amount: bigint;
  readonly epoch: number;
}

/** A page of a report on its way. */
export interface ReportPage {
  readonly ledger: number;
  readonly reference: string;
  readonly page: number;
  readonly pages: number;
  readonly next: number | undefined;
  readonly rows: readonly (readonly [account: string, cumulative: bigint])[];
  readonly paid: bigint;
}

/** A token as it really is, as far as the launch is concerned. */
export class Vault {
  readonly numbered: boolean;
  /** What the launch really has. */
  balance = 0n;
  /** What others really got from it. */
  readonly received = new Map<string, bigint>();
  /** Transfers that have not arrived. */
  orders: Order[] = [];
  questions: Question[] = [];
  /** What came of each number, and how often it was paid. */
  readonly results = new Map<number, boolean>();
  readonly timesPaid = new Map<number, number>();

  constructor(numbered: boolean) {
    this.numbered = numbered;
  }

  /** Carries out an order, or answers a repeated one as the first time. */
  carryOut(order: Order, willing: boolean): boolean {
    const known = this.results.get(order.number);
    if (known !== undefined && this.numbered) return known;
    const paid = willing && this.balance >= order.quantity;
    this.results.set(order.number, paid);
    if (!paid) return false;
    this.timesPaid.set(order.number, (this.timesPaid.get(order.number) ?? 0) + 1);
    this.balance -= order.quantity;
    for (const [account, quantity] of order.rows ?? [[order.recipient, order.quantity] as const])
      this.received.set(account, (this.received.get(account) ?? 0n) + quantity);
    return true;
  }
}

const ROWS = 2;
const PAGES = 2;

/** A ledger: who has contributed how much, and what it has paid the launch. */
export class WorldLedger {
  readonly contributed = new Map<string, bigint>();
  paid = 0n;
  /** Pages on their way to the launch. */
  mail: ReportPage[] = [];
  readonly #place: number;

  constructor(place: number) {
    this.#place = place;
  }

  /** Some pages of the report, from a cursor on. */
  report(reference: string, cursor: number): void {
    const rows = [...this.contributed];
    const pages = Math.max(1, Math.ceil(rows.length / ROWS));
    const end = Math.min(cursor + PAGES, pages);
    for (let page = cursor; page < end; page++) {
      const next = page + 1 === end && end < pages ? end : undefined;
      const part = rows.slice(page * ROWS, (page + 1) * ROWS);
      const place = { ledger: this.#place, reference, page: page + 1, pages, next };
      this.mail.push({ ...place, rows: part, paid: this.paid });
    }
  }
}

export class World {
  readonly vaults: Readonly<Record<Asset, Vault>>;
  readonly ledgers: readonly WorldLedger[];
  /** Messages of the launch to itself that have not arrived. */
  selfTicks = 0;
  /** Grows with all that a launch's books on an asset count from outside, and with each of its orders. */
  readonly epochs: Record<Asset, number> = { token: 0, ao: 0, pi: 0 };

  constructor({ numbered, aoNumbered, ledgers }: Setup) {
    this.vaults = { token: new Vault(numbered), ao: new Vault(aoNumbered), pi: new Vault(aoNumbered) };
    this.ledgers = Array.from({ length: ledgers }, (_, place) => new WorldLedger(place));
  }

  /** Takes in what the launch has sent, and gives the orders among it. */
  take(messages: readonly OutgoingMessage[]): readonly Order[] {
    const orders: Order[] = [];
    for (const message of messages) {
      const action = tagIn(message, "Action");
      const asset = assetOf(message.Target);
      if (message.Target === places.launch && action === "Tick") this.selfTicks += 1;
      if (action === "Report-Contributions") {
        const ledger = this.ledgers[places.ledgers.indexOf(message.Target)]!;
        ledger.report(tagIn(message, "Reference"), Number(tagIn(message, "Cursor")));
      }
      if (asset === undefined) continue;
      if (action === "Transfer" || action === "Batch-Transfer") {
        const order = orderOf(asset, message);
        // What has no number is on no books: it goes back where it came from, and is forgotten.
        if (order.number === 0) continue;
        orders.push(order);
        this.vaults[asset].orders.push(order);
        this.epochs[asset] += 1;
      }
      if (action === "Balance") this.#ask(asset, tagIn(message, "Reference"));
    }
    return orders;
  }

  #ask(asset: Asset, reference: string): void {
    const vault = this.vaults[asset];
    // What the token has not got by now is lost: the launch waits long enough before it asks.
    vault.orders = [];
    vault.questions.push({ asset, reference, amount: vault.balance, epoch: this.epochs[asset] });
  }
}

export function assetOf(process: string): Asset | undefined {
  return assets.find((asset) => places[asset] === process);
}

function orderOf(asset: Asset, message: OutgoingMessage): Order {
  const isBatch = tagIn(message, "Action") === "Batch-Transfer";
  const rows = message.Data.split("\n").map((row) => {
    const [account, quantity] = row.split(",");
    return [account!, BigInt(quantity ?? 0)] as const;
  });
  const total = rows.reduce((sum, [, quantity]) => sum + quantity, 0n);
  return {
    asset,
    number: Number(tagIn(message, "X-Payout")),
    recipient: tagIn(message, "Recipient"),
    quantity: isBatch ? total : BigInt(tagIn(message, "Quantity")),
    rows: isBatch ? rows : undefined,
    action: tagIn(message, "X-Action"),
  };
}
