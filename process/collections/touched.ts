/** Names that something has happened to since they were last taken, each once. Plain data. */
import { emptyRecord } from "./record.ts";

export interface Touched {
  readonly names: string[];
  readonly known: Record<string, boolean>;
}

export function emptyTouched(): Touched {
  return { names: [], known: emptyRecord() };
}

export function touch(touched: Touched, name: string): void {
  if (touched.known[name] === true) return;
  touched.known[name] = true;
  touched.names.push(name);
}

/** Takes at most so many of the names; the others stay for the next time. */
export function takeTouched(touched: Touched, most: number): readonly string[] {
  const taken: string[] = [];
  while (taken.length < most) {
    const name = touched.names.pop();
    if (name === undefined) return taken;
    delete touched.known[name];
    taken.push(name);
  }
  return taken;
}
