/** The contribution report: who has contributed how much to a recipient, which it rewards as it likes. */
import { slotOf } from "../../collections/register.ts";
import { quotient } from "../../math/integer.ts";
import { formatNatural, isZero, subtract, ZERO } from "../../math/natural.ts";
import { limits } from "../../protocol/limits.ts";
import type { Effect, Message, Outcome, TagPair } from "../../protocol/message.ts";
import { isRefusal } from "../../protocol/refusal.ts";
import { send } from "../../protocol/reply.ts";
import { tagOf, wholeTag } from "../../protocol/tags.ts";
import { contributedBy, ownYield } from "../accrual.ts";
import { toUnitsDown } from "../scale.ts";
import type { LedgerState } from "../state.ts";

/**
 * Sends the sender the report on itself: pages `Contribution-Report` with tags Reference, Page, Pages, Cycle, Paid (AO
 * withdrawn to it so far) and CSV `delegator,cumulative`. One request gets some pages, from Cursor (a page's number
 * less one) on; the last of them has Next-Cursor when there are more. The figures are cumulative: a page that gets lost
 * is made up for by the next report.
 */
export function reportContributions(state: LedgerState, message: Message): Outcome {
  const reference = tagOf(message, "Reference");
  if (isRefusal(reference)) return reference;
  const cursor = wholeTag(message, "Cursor");
  if (isRefusal(cursor)) return cursor;
  const wallet = slotOf(state.wallets.register, message.account) ?? -1;
  const { incoming, withdrawn, pending } = state.wallets;
  const edges = incoming[wallet] ?? [];
  const pages = edges.length === 0 ? 1 : quotient(edges.length + limits.reportRows - 1, limits.reportRows);
  const first = cursor ?? 0;
  const end = first + limits.reportPages < pages ? first + limits.reportPages : pages;
  const paid = subtract(withdrawn[wallet] ?? ZERO, pending[wallet] ?? ZERO);
  const effects: Effect[] = [];
  for (let page = first; page < end; page++) {
    const tags: TagPair[] = [
      ["Reference", reference ?? ""],
      ["Page", `${page + 1}`],
      ["Pages", `${pages}`],
      ["Cycle", `${state.cycle}`],
      ["Paid", formatNatural(paid)],
    ];
    if (page + 1 === end && end < pages) tags.push(["Next-Cursor", `${end}`]);
    effects.push(send(message.from, "Contribution-Report", tags, rowsOf(state, edges, page)));
  }
  return effects;
}

function rowsOf(state: LedgerState, edges: readonly number[], page: number): string {
  const { names } = state.wallets.register;
  const rows: string[] = [];
  const start = page * limits.reportRows;
  const end = start + limits.reportRows < edges.length ? start + limits.reportRows : edges.length;
  for (let position = start; position < end; position++) {
    const edge = edges[position]!;
    if (edge !== 0) {
      const delegator = state.edges.from[edge]!;
      const contributed = toUnitsDown(contributedBy(state, edge, ownYield(state, delegator)));
      if (!isZero(contributed)) rows.push(`${names[delegator]},${formatNatural(contributed)}`);
    }
  }
  return rows.join("\n");
}
