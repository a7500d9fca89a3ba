/** What a launch has around it, as stand-ins: a ledger that reports in pages and pays, tokens that carry out everything. */
import { walletAddress } from "../units/address.ts";
import { type ComputeMessage, type OutgoingMessage, type Tag, tagsOf, tagValue } from "../units/message.ts";
import { limits } from "../process/protocol/limits.ts";
import { randomNumbers } from "../units/random.ts";
import { allocation, ao, ledger, type LaunchMessages, token } from "./launch-messages.ts";

/** Smallest units of AO that the ledger pays when it is asked to. */
const proceeds = "123456789012";

export class LaunchWorld {
  readonly #messages: LaunchMessages;
  readonly #delegators: readonly string[];
  /** AO that each has contributed so far. */
  readonly #contributed: bigint[];
  readonly #random = randomNumbers(7);
  #cycle = 0;
  #paid = 0;

  constructor(messages: LaunchMessages, delegators: number) {
    this.#messages = messages;
    this.#delegators = Array.from({ length: delegators }, (_, i) => walletAddress(`delegator ${i}`));
    this.#contributed = this.#delegators.map(() => 0n);
  }

  get delegators(): number {
    return this.#delegators.length;
  }

  /** A period's contributions: everybody's, a few of them much larger than the others. */
  contribute(): void {
    this.#cycle += 288;
    this.#contributed.forEach((before, i) => {
      this.#contributed[i] = before + BigInt(Math.floor(1e9 / (this.#random() + 1e-5)));
    });
  }

  /** How many rows of batches have been paid since the last time that this was asked. */
  takePaid(): number {
    const paid = this.#paid;
    this.#paid = 0;
    return paid;
  }

  /** The team's tokens have come. */
  funding(): ComputeMessage {
    return this.#credit(token, walletAddress("team"), allocation, { "X-Action": "Initialize-FLP" });
  }

  /** What comes back to the launch for a message of its own. */
  answers({ Target: target, Tags: tags = [], Data: data }: OutgoingMessage): readonly ComputeMessage[] {
    const action = tagValue(tags, "Action");
    if (target === ledger) return action === "Withdraw" ? [this.#pay()] : this.#report(tags);
    if (action === "Batch-Transfer") this.#paid += (data ?? "").split("\n").length;
    if (target === token || target === ao) return this.#carryOut(target, action, tags);
    const isOwn = target === this.#messages.environment.Process.Id;
    return isOwn ? [this.#messages.pushed(target, tags, data)] : [];
  }

  #carryOut(process: string, action: string | undefined, tags: readonly Tag[]): readonly ComputeMessage[] {
    if (action === "Info") {
      const facts = { Name: "Token", Ticker: "TOK", Denomination: "18", Logo: "logo" };
      return [this.#messages.pushed(process, tagsOf(facts))];
    }
    if (action === "Total-Supply") {
      const supply = `${allocation}0`;
      return [this.#messages.pushed(process, tagsOf({ Action: "Total-Supply" }), supply)];
    }
    const travelling = tags.filter(({ name }) => name.startsWith("X-"));
    const notice = action === "Batch-Transfer" ? "Batch-Debit-Notice" : "Debit-Notice";
    return [this.#messages.pushed(process, [...tagsOf({ Action: notice }), ...travelling])];
  }

  #pay(): ComputeMessage {
    return this.#credit(ao, ledger, proceeds, {});
  }

  #credit(
    process: string,
    sender: string,
    quantity: string,
    more: Readonly<Record<string, string>>,
  ): ComputeMessage {
    const tags = { Action: "Credit-Notice", Sender: sender, Quantity: quantity, ...more };
    return this.#messages.pushed(process, tagsOf(tags));
  }

  /** A group of pages from the cursor on, as the ledger sends them. */
  #report(tags: readonly Tag[]): readonly ComputeMessage[] {
    const pages = Math.ceil(this.#delegators.length / limits.reportRows);
    const first = Number(tagValue(tags, "Cursor"));
    const end = Math.min(pages, first + limits.reportPages);
    return Array.from({ length: end - first }, (_, i) => {
      const page = first + i + 1;
      const report: Record<string, string> = {
        Action: "Contribution-Report",
        Reference: tagValue(tags, "Reference") ?? "",
        Page: `${page}`,
        Pages: `${pages}`,
        Cycle: `${this.#cycle}`,
        Paid: "0",
      };
      if (page === end && end < pages) report["Next-Cursor"] = `${end}`;
      return this.#messages.pushed(ledger, tagsOf(report), this.#rows(page - 1));
    });
  }

  #rows(page: number): string {
    const [from, to] = [page * limits.reportRows, (page + 1) * limits.reportRows];
    const rows = this.#delegators.slice(from, to);
    return rows.map((delegator, i) => `${delegator},${this.#contributed[from + i]}`).join("\n");
  }
}
