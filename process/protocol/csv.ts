/** CSV as wallets and oracles send it: no header, no quotes, commas between the fields of a line. */
import { trim } from "./text.ts";

/** A line's number, counted from 1 as an editor does, and its fields without the space around them. */
export interface CsvLine {
  readonly number: number;
  readonly fields: readonly string[];
}

/**
 * What is done with a line: its number, counted from 1 as an editor does, its first three fields without the space
 * around them, and how many it has, counted up to four. Anything but undefined ends the reading.
 */
export type VisitLine<Result> = (
  number: number,
  first: string,
  second: string | undefined,
  third: string | undefined,
  count: number,
) => Result | undefined;

/** Fields of a line that are looked at. One more than any CSV has here, so that a line with too many shows. */
const MOST_FIELDS = 4;

/**
 * The lines that have something in them, at most one more than `rows`, each with at most four fields. A byte order mark,
 * CRLF, blank lines and space around fields do no harm.
 */
export function parseCsv(text: string, rows: number): readonly CsvLine[] {
  const lines: CsvLine[] = [];
  eachLine(text, (number, start, end, spaced) => {
    const fields = text.substring(start, end).split(",", MOST_FIELDS);
    lines.push({ number, fields: spaced ? fields.map((field) => trim(field)) : fields });
    return lines.length > rows ? true : undefined;
  });
  return lines;
}

/** Goes over the same lines without keeping them: a page of a snapshot has twenty thousand. */
export function visitCsv<Result>(text: string, visit: VisitLine<Result>): Result | undefined {
  return eachLine(text, (number, start, end, spaced) => {
    const comma = text.indexOf(",", start);
    if (comma < 0 || comma >= end)
      return visit(number, field(text, start, end, spaced), undefined, undefined, 1);
    const first = field(text, start, comma, spaced);
    const next = text.indexOf(",", comma + 1);
    if (next < 0 || next >= end)
      return visit(number, first, field(text, comma + 1, end, spaced), undefined, 2);
    const fields = text.substring(comma + 1, end).split(",", MOST_FIELDS - 1);
    const [second, third] = fields;
    return visit(number, first, trim(second!), trim(third!), fields.length + 1);
  });
}

function field(text: string, start: number, end: number, spaced: boolean): string {
  const part = text.substring(start, end);
  return spaced ? trim(part) : part;
}

/** Visits the bounds of each line, which is never taken out of the text as a whole: that would be garbage. */
function eachLine<Result>(
  text: string,
  visit: (number: number, start: number, end: number, spaced: boolean) => Result | undefined,
): Result | undefined {
  const spaced = text.indexOf(" ") >= 0 || text.indexOf("\r") >= 0 || text.indexOf("\t") >= 0;
  const mark = "\uFEFF";
  let start = text.startsWith(mark) ? mark.length : 0;
  let number = 0;
  while (start <= text.length) {
    const found = text.indexOf("\n", start);
    const end = found < 0 ? text.length : found;
    number += 1;
    if (spaced ? trim(text.substring(start, end)) !== "" : end > start) {
      const result = visit(number, start, end, spaced);
      if (result !== undefined) return result;
    }
    start = end + 1;
  }
  return undefined;
}
