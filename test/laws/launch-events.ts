/** What reaches a launch: each event, and the message that it is. */
import { places } from "./launch-setup.ts";
import type { Post, TagRecord } from "./launch-subject.ts";
import type { Asset, Question, ReportPage } from "./launch-world.ts";

export type LaunchEvent =
  | { readonly kind: "tick"; readonly by: "stranger" | "cron" | "itself" }
  | {
      readonly kind: "credit";
      /** Undefined is a token that is none of the launch's. */
      readonly asset: Asset | undefined;
      readonly sender: string;
      readonly quantity: bigint;
      readonly words: string | undefined;
    }
  | { readonly kind: "report"; readonly page: ReportPage }
  /** A page that may not count. */
  | { readonly kind: "void report"; readonly from: string; readonly tags: TagRecord; readonly data: string }
  | { readonly kind: "outcome"; readonly asset: Asset; readonly number: number; readonly paid: boolean }
  | { readonly kind: "balance"; readonly question: Question; readonly amount: bigint }
  | {
      readonly kind: "facts";
      readonly from: string;
      readonly tags: TagRecord;
      readonly data: string;
      /** What of it counts. */
      readonly supply: bigint | undefined;
      readonly described: boolean;
    }
  | { readonly kind: "claim"; readonly from: string; readonly account: string | undefined }
  | { readonly kind: "withdraw"; readonly asset: "ao" | "pi"; readonly from: string }
  | { readonly kind: "cancel"; readonly from: string };

export function postOf(event: LaunchEvent): Post {
  switch (event.kind) {
    case "tick": {
      const from = { stranger: places.stranger, cron: places.owner, itself: places.launch }[event.by];
      return { from, tags: { Action: "Tick" }, cron: event.by === "cron" };
    }
    case "credit": {
      const { asset, sender, quantity, words } = event;
      const tags = { Action: "Credit-Notice", Sender: sender, Quantity: `${quantity}` };
      const from = asset === undefined ? places.foreign : places[asset];
      return { from, tags: words === undefined ? tags : { ...tags, "X-Action": words } };
    }
    case "report":
      return { from: places.ledgers[event.page.ledger]!, ...reportOf(event.page) };
    case "void report":
      return { from: event.from, tags: event.tags, data: event.data };
    case "outcome": {
      const action = event.paid ? "Debit-Notice" : "Transfer-Error";
      return { from: places[event.asset], tags: { Action: action, "X-Payout": `${event.number}` } };
    }
    case "balance": {
      const { asset, reference } = event.question;
      const tags = { Balance: `${event.amount}`, Account: places.launch, "X-Reference": reference };
      return { from: places[asset], tags: { ...tags, Ticker: "X" }, data: `${event.amount}` };
    }
    case "facts":
      return { from: event.from, tags: event.tags, data: event.data };
    case "claim": {
      const tags = { Action: "Withdraw-FLP-Token" };
      return {
        from: event.from,
        tags: event.account === undefined ? tags : { ...tags, Recipient: event.account },
      };
    }
    case "withdraw":
      return { from: event.from, tags: { Action: event.asset === "ao" ? "Withdraw-AO" : "Withdraw-PI" } };
    case "cancel":
      return { from: event.from, tags: { Action: "Cancel" } };
  }
}

/** A page as the ledger sends it. */
export function reportOf({ reference, page, pages, next, rows, paid }: ReportPage): {
  tags: TagRecord;
  data: string;
} {
  const tags = {
    Action: "Contribution-Report",
    Reference: reference,
    Page: `${page}`,
    Pages: `${pages}`,
    Cycle: "7",
    Paid: `${paid}`,
  };
  return {
    tags: next === undefined ? tags : { ...tags, "Next-Cursor": `${next}` },
    data: rows.map(([account, cumulative]) => `${account},${cumulative}`).join("\n"),
  };
}
