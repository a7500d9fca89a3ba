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
  eachLine(text, (number, line, spaced) => {
    const fields = line.split(",", MOST_FIELDS);
    lines.push({ number, fields: spaced ? fields.map((field) => trim(field)) : fields });
    return lines.length > rows ? true : undefined;
  });
  return lines;
}

/** Goes over the same lines without keeping them: a page of a snapshot has twenty thousand. */
export function visitCsv<Result>(text: string, visit: VisitLine<Result>): Result | undefined {
  return eachLine(text, (number, line, spaced) => {
    const comma = line.indexOf(",");
    if (comma < 0) return visit(number, line, undefined, undefined, 1);
    const first = spaced ? trim(line.substring(0, comma)) : line.substring(0, comma);
    const next = line.indexOf(",", comma + 1);
    if (next < 0) {
      const second = line.substring(comma + 1);
      return visit(number, first, spaced ? trim(second) : second, undefined, 2);
    }
    const fields = line.substring(comma + 1).split(",", MOST_FIELDS - 1);
    const [second, third] = fields;
    return visit(number, first, trim(second!), trim(third!), fields.length + 1);
  });
}

function eachLine<Result>(
  text: string,
  visit: (number: number, line: string, spaced: boolean) => Result | undefined,
): Result | undefined {
  const spaced = text.indexOf(" ") >= 0 || text.indexOf("\r") >= 0 || text.indexOf("\t") >= 0;
  const mark = "\uFEFF";
  let start = text.startsWith(mark) ? mark.length : 0;
  let number = 0;
  while (start <= text.length) {
    const found = text.indexOf("\n", start);
    const end = found < 0 ? text.length : found;
    const raw = text.substring(start, end);
    const line = spaced ? trim(raw) : raw;
    number += 1;
    if (line !== "") {
      const result = visit(number, line, spaced);
      if (result !== undefined) return result;
    }
    start = end + 1;
  }
  return undefined;
}
