/** Collecting the ledgers' reports, page by page: what has come, what is missing, what to ask for. */
import { accountOf, isAddress } from "../protocol/address.ts";
import { visitCsv } from "../protocol/csv.ts";
import { limits } from "../protocol/limits.ts";
import type { Send } from "../protocol/message.ts";
import { send } from "../protocol/reply.ts";
import { parseAmount } from "../protocol/tags.ts";
import { canBePaid, reportContribution } from "./delegators.ts";
import { emptyCollections, isComplete, isGroupComplete, nextCursor, receivePage } from "./pages.ts";
import type { ReportPage } from "./report-page.ts";
import type { Contributions } from "./state.ts";

/** Begins a round: asks every ledger for its report. */
export function beginRound(contributions: Contributions, now: number): readonly Send[] {
  contributions.round += 1;
  contributions.phase = "collecting";
  contributions.began = now;
  contributions.asked = now;
  contributions.collections = emptyCollections(contributions.ledgers);
  contributions.reports = [];
  return contributions.ledgers.map((_, ledger) => askMissing(contributions, ledger));
}

/** Asks for the pages that have not come, from time to time. */
export function askAgain(contributions: Contributions, now: number): readonly Send[] {
  if (contributions.phase !== "collecting" || now - contributions.asked < limits.askAgain) return [];
  contributions.asked = now;
  const missing: Send[] = [];
  contributions.collections.forEach((collection, ledger) => {
    if (!isComplete(collection)) missing.push(askMissing(contributions, ledger));
  });
  return missing;
}

/** Asks for the last pages, as far as is known: each tells what its ledger has paid, at any time. */
export function askPaid(contributions: Contributions): readonly Send[] {
  return contributions.collections.map(({ pages }, ledger) =>
    ask(contributions, ledger, pages > 0 ? pages - 1 : 0),
  );
}

/**
 * Takes a page in, and asks for the next where a group of them is complete. Undefined for what is not for the round
 * under way, which is passed over: the next report says it again.
 */
export function receiveReport(
  contributions: Contributions,
  { id, ledger, reference, page, pages, cycle, next, data }: ReportPage,
): readonly Send[] | undefined {
  if (contributions.phase !== "collecting" || reference !== `${contributions.round}`) return undefined;
  visitCsv(data, (_, account, text) => {
    const cumulative = text === undefined ? undefined : parseAmount(text);
    if (cumulative !== undefined && isAddress(account) && canBePaid(contributions, account))
      reportContribution(contributions, ledger, accountOf(account), cumulative);
    return undefined;
  });
  if (cycle !== undefined && cycle > contributions.cycle) contributions.cycle = cycle;
  const collection = contributions.collections[ledger]!;
  const wasComplete = isComplete(collection);
  receivePage(collection, page, pages, next);
  if (!isComplete(collection)) return isGroupComplete(collection) ? [askMissing(contributions, ledger)] : [];
  if (!wasComplete) contributions.reports.push(id);
  return [];
}

/** Whether all reports are in, or have been waited for long enough: what is missing then counts in a later round. */
export function isCollected({ phase, began, collections }: Contributions, now: number): boolean {
  if (phase !== "collecting") return false;
  return now - began >= limits.collectionPatience || collections.every((each) => isComplete(each));
}

function askMissing(contributions: Contributions, ledger: number): Send {
  return ask(contributions, ledger, nextCursor(contributions.collections[ledger]!));
}

function ask({ ledgers, round }: Contributions, ledger: number, cursor: number): Send {
  return send(ledgers[ledger]!, "Report-Contributions", [
    ["Reference", `${round}`],
    ["Cursor", `${cursor}`],
  ]);
}
