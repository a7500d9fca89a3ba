/** What launches say of themselves. */
import { emptyRecord } from "../../collections/record.ts";
import { isObject, type Json, memberOf, parseJson, stringOf, wholeOf } from "../../protocol/json.ts";
import { limits } from "../../protocol/limits.ts";
import type { Message, Outcome } from "../../protocol/message.ts";
import { isRefusal, type Refusal, refuse } from "../../protocol/refusal.ts";
import { isAmount, wholeTag } from "../../protocol/tags.ts";
import { byteLength } from "../../protocol/text.ts";
import {
  isListed,
  LISTED,
  REPORTED_AMOUNTS,
  REPORTED_TEXTS,
  rowOfProcess,
  setFigures,
  setStatus,
  UNKNOWN_AT_FIRST,
} from "../registry.ts";
import type { FactoryState, Figures, ListedStatus, Row } from "../state.ts";

/**
 * A listed launch's figures, which are totals: the latest count, by Sequence; an older or repeated report changes nothing. Refused: from anyone else,
 * malformed, a status that a launch can't go back to.
 */
export function flpReport(state: FactoryState, message: Message): Outcome {
  const row = rowOfProcess(state, message.from);
  if (row === undefined || !isListed(row))
    return refuse("not-listed", "Only a listed launch reports, and only its own figures");
  const sequence = wholeTag(message, "Sequence");
  if (isRefusal(sequence)) return sequence;
  if (sequence === undefined) return refuse("missing-tag", "Sequence is required!");
  if (sequence <= row.sequence) return [];
  const report = readReport(row, message.data ?? "");
  if (isRefusal(report)) return report;
  setFigures(state, row, report.figures);
  setStatus(state, row, report.status, message.now);
  row.sequence = sequence;
  row.updated = report.updated;
  row.statsUpdated = report.statsUpdated;
  return [];
}

interface Report {
  readonly status: ListedStatus;
  readonly figures: Figures;
  readonly updated: number;
  readonly statsUpdated: number;
}

function readReport(row: Row, data: string): Report | Refusal {
  const json = data.length > limits.jsonBytes ? undefined : parseJson(data);
  if (!isObject(json)) return malformed("Data must be a JSON object");
  const status = LISTED.find((each) => each === stringOf(memberOf(json, "status")));
  if (status === undefined) return malformed(`status must be one of ${LISTED.join(", ")}`);
  if (!isForward(row.status, status)) return malformed(`a launch that is ${row.status} is never ${status}`);
  const figures = readFigures(json);
  if (isRefusal(figures)) return figures;
  const updated = wholeOf(memberOf(json, "last_updated_at_ts"));
  const statsUpdated = wholeOf(memberOf(json, "stats_updated_at"));
  if (updated === undefined || statsUpdated === undefined)
    return malformed("stats_updated_at and last_updated_at_ts must be times in milliseconds");
  return { status, figures, updated, statsUpdated };
}

function readFigures(json: Json): Figures | Refusal {
  const figures = emptyRecord<string>();
  for (const name of REPORTED_TEXTS) {
    const text = stringOf(memberOf(json, name));
    if (text === undefined || byteLength(text) > limits.termsTextBytes)
      return malformed(`${name} must be a text of at most ${limits.termsTextBytes} bytes`);
    figures[name] = text;
  }
  for (const name of REPORTED_AMOUNTS) {
    const text = stringOf(memberOf(json, name));
    const isUnknown = text === "" && UNKNOWN_AT_FIRST.includes(name);
    if (text === undefined || (!isUnknown && !isAmount(text)))
      return malformed(`${name} must be an amount: digits only, no leading zero`);
    figures[name] = text;
  }
  return figures;
}

/** Ready, then Active, then Ended or Cancelled; from Ready to either of them, too. */
function isForward(before: Row["status"], after: ListedStatus): boolean {
  if (before === after || before === "Ready") return true;
  return before === "Active" && after !== "Ready";
}

function malformed(what: string): Refusal {
  return refuse("invalid-report", `The report can't be read: ${what}`);
}
