/** Collecting the ledgers' reports, page by page: what has come, what is missing, what to ask for. */
import { accountOf, isAddress } from "../protocol/address.ts";
import { visitCsv } from "../protocol/csv.ts";
import { limits } from "../protocol/limits.ts";
import type { Message, Send } from "../protocol/message.ts";
import { isRefusal } from "../protocol/refusal.ts";
import { send } from "../protocol/reply.ts";
import { parseAmount, tagOf, wholeTag } from "../protocol/tags.ts";
import { reportContribution } from "./delegators.ts";
import { emptyCollections, isComplete, isGroupComplete, nextCursor, receivePage } from "./pages.ts";
import type { Contributions } from "./state.ts";

/** Begins a round: asks every ledger for its report. */
export function beginRound(contributions: Contributions, now: number): readonly Send[] {
  contributions.round += 1;
  contributions.phase = "collecting";
  contributions.began = now;
  contributions.asked = now;
  contributions.collections = emptyCollections(contributions.ledgers);
  contributions.reports = [];
  return contributions.ledgers.map((_, ledger) => ask(contributions, ledger));
}

/** Asks for the pages that have not come, from time to time. */
export function askAgain(contributions: Contributions, now: number): readonly Send[] {
  if (contributions.phase !== "collecting" || now - contributions.asked < limits.askAgain) return [];
  contributions.asked = now;
  const missing: Send[] = [];
  contributions.collections.forEach((collection, ledger) => {
    if (!isComplete(collection)) missing.push(ask(contributions, ledger));
  });
  return missing;
}

/**
 * Takes a page of a ledger's report in, and asks for the next where a group of them is complete. What is not for the
 * round under way is passed over: the next report says it again.
 */
export function receiveReport(contributions: Contributions, message: Message): readonly Send[] {
  const ledger = contributions.ledgers.indexOf(message.from);
  const [page, pages, cycle, next] = ["Page", "Pages", "Cycle", "Next-Cursor"].map((name) =>
    wholeTag(message, name),
  );
  if (ledger < 0 || contributions.phase !== "collecting") return [];
  if (tagOf(message, "Reference") !== `${contributions.round}` || message.data === undefined) return [];
  if (!isPositive(page) || !isPositive(pages) || isRefusal(next)) return [];
  visitCsv(message.data, (_, account, text) => {
    const cumulative = text === undefined ? undefined : parseAmount(text);
    if (cumulative !== undefined && isAddress(account))
      reportContribution(contributions, ledger, accountOf(account), cumulative);
    return undefined;
  });
  if (isPositive(cycle) && cycle > contributions.cycle) contributions.cycle = cycle;
  const collection = contributions.collections[ledger]!;
  receivePage(collection, page, pages, next);
  if (isComplete(collection)) contributions.reports.push(message.id);
  else if (isGroupComplete(collection)) return [ask(contributions, ledger)];
  return [];
}

/** Whether all reports are in, or have been waited for long enough: what is missing then counts in a later round. */
export function isCollected({ phase, began, collections }: Contributions, now: number): boolean {
  if (phase !== "collecting") return false;
  return now - began >= limits.collectionPatience || collections.every((each) => isComplete(each));
}

function isPositive(number: ReturnType<typeof wholeTag> | undefined): number is number {
  return typeof number === "number" && number > 0;
}

function ask(contributions: Contributions, ledger: number): Send {
  const cursor = nextCursor(contributions.collections[ledger]!);
  return send(contributions.ledgers[ledger]!, "Report-Contributions", [
    ["Reference", `${contributions.round}`],
    ["Cursor", `${cursor}`],
  ]);
}
