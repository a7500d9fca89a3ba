/** What a law is on books that were read from live processes: two sides, each read or computed for itself. */
import type { Ask } from "../units.ts";

/** What a side is called, and how it is computed. */
export type Side<Books> = readonly [words: string, value: (books: Books) => bigint];

export interface Law<Books> {
  /** As in the pages of docs/: `MT1 Σ accrued + Σ rest + waiting = Σ minted`. */
  readonly name: string;
  readonly left: Side<Books>;
  readonly is: "=" | "≤";
  readonly right: Side<Books>;
}

/** What came of a law. */
export interface Finding {
  readonly law: string;
  readonly holds: boolean;
  /** Both sides, in words. */
  readonly detail: string;
}

/** What processes don't tell of themselves. */
export interface Known {
  /** What a token was spawned with. Default: nothing. */
  readonly initial?: (token: string) => bigint;
  /** What of the token was burned. Default: nothing. */
  readonly burned?: bigint;
  /** What the ledger has of AO without having been told of it. Default: nothing. */
  readonly surplus?: bigint;
}

/** Reads the books of a process. Whom else it asks, the process says itself. */
export type Read<Books> = (ask: Ask, process: string, known: Known) => Promise<Books>;

/** Reads the books of a process and judges its laws. */
export type Judge = (ask: Ask, process: string, known: Known) => Promise<readonly Finding[]>;

export function judgeOf<Books>(read: Read<Books>, laws: readonly Law<Books>[]): Judge {
  return async (ask, process, known) => findings(laws, await read(ask, process, known));
}

export function findings<Books>(laws: readonly Law<Books>[], books: Books): readonly Finding[] {
  return laws.map((law) => {
    const [left, right] = [law.left[1](books), law.right[1](books)];
    const detail = `${law.left[0]} is ${left}, ${law.right[0]} is ${right}`;
    return { law: law.name, holds: law.is === "=" ? left === right : left <= right, detail };
  });
}

/** Asks each question once, so that what is read of one process in several places is of one moment. */
export function askedOnce(ask: Ask): Ask {
  const answers = new Map<string, ReturnType<Ask>>();
  return (process, tags) => {
    const question = JSON.stringify([process, tags]);
    const known = answers.get(question);
    if (known !== undefined) return known;
    const answer = ask(process, tags);
    answers.set(question, answer);
    return answer;
  };
}
