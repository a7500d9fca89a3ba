/** CSV as wallets and oracles send it: no header, no quotes, commas between the fields of a line. */
import { trim } from "./text.ts";

/** A line's number, counted from 1 as an editor does, and its fields without the space around them. */
export interface CsvLine {
  readonly number: number;
  readonly fields: readonly string[];
}

/** The lines that have something in them. A byte order mark, CRLF, blank lines and space around fields do no harm. */
export function parseCsv(text: string): readonly CsvLine[] {
  const mark = "\uFEFF";
  const body = text.startsWith(mark) ? text.substring(mark.length) : text;
  const spaced = body.indexOf(" ") >= 0 || body.indexOf("\r") >= 0 || body.indexOf("\t") >= 0;
  const lines: CsvLine[] = [];
  let number = 0;
  for (const raw of body.split("\n")) {
    number += 1;
    const line = spaced ? trim(raw) : raw;
    if (line !== "") {
      const fields = line.split(",");
      lines.push({ number, fields: spaced ? fields.map((field) => trim(field)) : fields });
    }
  }
  return lines;
}
