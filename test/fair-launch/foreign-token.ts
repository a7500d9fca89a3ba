/** A token that somebody else wrote: as good, as mute or as limited as a test wants it. */
import { type Answering, forwarded, type Heard, type Said } from "./stand-in.ts";

export type Manner = "carries out" | "refuses" | "doesn't know";

export class ForeignToken {
  id = "";
  readonly balances = new Map<string, bigint>();
  /** All that it was sent. */
  readonly heard: Heard[] = [];
  /** The tags of its Info. */
  info: Record<string, string> = { Name: "Foreign", Ticker: "FRN", Denomination: "6", Logo: "logo" };
  /** undefined: it knows no Total-Supply. */
  supply: bigint | undefined = 10_000_000n;
  transfers: Manner = "carries out";
  batches: Manner = "carries out";
  /** Payers that it refuses whatever they send. */
  readonly refused = new Set<string>();
  /** Whether it answers questions, and whether it tells a payer what came of a transfer. */
  answers = true;
  notices = true;
  /** Whether it tells those to whom a batch goes. */
  batchCredits = true;

  constructor(how: Partial<Omit<ForeignToken, "id" | "answering" | "balance" | "count">> = {}) {
    Object.assign(this, how);
  }

  balance(account: string): bigint {
    return this.balances.get(account) ?? 0n;
  }

  /** How often it was asked to do this. */
  count(action: string): number {
    return this.heard.filter((one) => one.action === action).length;
  }

  readonly answering: Answering = (heard) => {
    this.heard.push(heard);
    switch (heard.action) {
      case "Transfer":
        return this.#move(heard, this.transfers, [[heard.tag("Recipient"), BigInt(heard.tag("Quantity"))]]);
      case "Batch-Transfer":
        return this.#move(heard, this.batches, rowsOf(heard.data));
      case "Info":
        return this.#answer(heard, { ...this.info });
      case "Total-Supply":
        if (this.supply === undefined) throw new Error("[unknown-action] Total-Supply");
        return this.#answer(heard, { Action: "Total-Supply" }, `${this.supply}`);
      case "Balance": {
        const account = heard.tag("Recipient");
        const balance = `${this.balance(account)}`;
        return this.#answer(heard, { Balance: balance, Ticker: "FRN", Account: account }, balance);
      }
      default:
        return [];
    }
  };

  #answer({ from, tag }: Heard, tags: Record<string, string>, data = ""): readonly Said[] {
    return this.answers ? [{ to: from, tags: { ...tags, "X-Reference": tag("Reference") }, data }] : [];
  }

  #move(heard: Heard, manner: Manner, rows: readonly (readonly [string, bigint])[]): readonly Said[] {
    if (manner === "doesn't know") throw new Error(`[unknown-action] ${heard.action}`);
    const { from, action } = heard;
    const total = rows.reduce((sum, [, quantity]) => sum + quantity, 0n);
    const further = { ...forwarded(heard), "X-Reference": heard.tag("Reference") };
    if (manner === "refuses" || this.refused.has(from) || this.balance(from) < total) {
      const error = { Action: "Transfer-Error", "Message-Id": heard.id, Error: "Insufficient Balance!" };
      return this.notices ? [{ to: from, tags: { ...error, "X-Reference": further["X-Reference"] } }] : [];
    }
    this.balances.set(from, this.balance(from) - total);
    for (const [recipient, quantity] of rows)
      this.balances.set(recipient, this.balance(recipient) + quantity);
    const credits = (action === "Transfer" || this.batchCredits ? rows : []).map(([recipient, quantity]) => ({
      to: recipient,
      tags: { Action: "Credit-Notice", Sender: from, Quantity: `${quantity}`, ...forwarded(heard) },
    }));
    const debit = action === "Transfer" ? "Debit-Notice" : "Batch-Debit-Notice";
    return this.notices ? [{ to: from, tags: { Action: debit, ...further } }, ...credits] : credits;
  }
}

function rowsOf(csv: string): (readonly [string, bigint])[] {
  return csv.split("\n").map((line) => {
    const [recipient, quantity] = line.split(",");
    return [recipient!, BigInt(quantity!)];
  });
}
