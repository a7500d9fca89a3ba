/** A ledger that only reports, in pages: as many delegators, as late and as incomplete as a test wants. */
import type { Answering, Heard, Said } from "./stand-in.ts";

export class PagedLedger {
  id = "";
  readonly heard: Heard[] = [];
  /** AO contributed so far, by delegator. */
  readonly contributed = new Map<string, bigint>();
  pageRows = 1_000;
  pagesAtOnce = 8;
  cycle = 1;
  answers = true;
  /** What it pays when it is asked to, through this token. */
  owes = 0n;
  ao = "";

  /** Somebody has contributed so much more. */
  contribute(delegator: string, quantity: bigint): void {
    this.contributed.set(delegator, (this.contributed.get(delegator) ?? 0n) + quantity);
  }

  /** The references and cursors of the questions so far; 0 is what is asked before there are rounds. */
  questions(): readonly string[] {
    return this.heard
      .filter(({ action, tag }) => action === "Report-Contributions" && tag("Reference") !== "0")
      .map(({ tag }) => `${tag("Reference")}:${tag("Cursor")}`);
  }

  readonly answering: Answering = (heard) => {
    this.heard.push(heard);
    if (!this.answers) return [];
    if (heard.action === "Withdraw") return this.#pay(heard);
    return heard.action === "Report-Contributions" ? this.#report(heard) : [];
  };

  #pay({ from }: Heard): readonly Said[] {
    if (this.owes === 0n) throw new Error("[insufficient-yield] nothing has accrued");
    const tags = { Action: "Transfer", Recipient: from, Quantity: `${this.owes}` };
    this.owes = 0n;
    return [{ to: this.ao, tags }];
  }

  #report({ from, tag }: Heard): readonly Said[] {
    const rows = [...this.contributed].map(([delegator, cumulative]) => `${delegator},${cumulative}`);
    const pages = Math.max(1, Math.ceil(rows.length / this.pageRows));
    const first = Number(tag("Cursor") || "0");
    const end = Math.min(pages, first + this.pagesAtOnce);
    const reports: Said[] = [];
    for (let page = first; page < end; page++) {
      const more: Record<string, string> = page + 1 === end && end < pages ? { "Next-Cursor": `${end}` } : {};
      reports.push({
        to: from,
        tags: {
          Action: "Contribution-Report",
          Reference: tag("Reference"),
          Page: `${page + 1}`,
          Pages: `${pages}`,
          Cycle: `${this.cycle}`,
          Paid: "0",
          ...more,
        },
        data: rows.slice(page * this.pageRows, (page + 1) * this.pageRows).join("\n"),
      });
    }
    return reports;
  }
}
