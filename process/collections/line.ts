/** Names in the order in which they came, of which any can leave at any time. Plain data. */
import { emptyRecord } from "./record.ts";

export interface Line {
  /** The first and the last; "" in an empty line. */
  first: string;
  last: string;
  size: number;
  /** The one behind and the one before each name that has one. */
  readonly behind: Record<string, string>;
  readonly before: Record<string, string>;
}

export function emptyLine(): Line {
  return { first: "", last: "", size: 0, behind: emptyRecord(), before: emptyRecord() };
}

/** Puts a name, that is not in the line, at its end. */
export function joinLine(line: Line, name: string): void {
  if (line.size === 0) {
    line.first = name;
  } else {
    line.behind[line.last] = name;
    line.before[name] = line.last;
  }
  line.last = name;
  line.size += 1;
}

/** Takes a name, that is in the line, out of it. */
export function leaveLine(line: Line, name: string): void {
  const before = line.before[name];
  const behind = line.behind[name];
  if (before === undefined) line.first = behind ?? "";
  else if (behind === undefined) delete line.behind[before];
  else line.behind[before] = behind;
  if (behind === undefined) line.last = before ?? "";
  else if (before === undefined) delete line.before[behind];
  else line.before[behind] = before;
  delete line.before[name];
  delete line.behind[name];
  line.size -= 1;
}
