/** Figures that a process tells in `Info` and publishes: written as text only where they are read, or have changed. */
import { formatNatural, type Natural } from "../math/natural.ts";
import type { TagPair } from "./message.ts";

/** A text, a whole number, a natural. */
export type FigureValue = string | number | Natural;

/** What a figure's text is made from: nothing else may change it. Lists are compared member by member. */
export type Source = FigureValue | readonly Source[];

/** Writes the text of a figure that is more than its source. */
export type Show = () => string;

/** A name in the documented spelling, and its value; or what the text is made from, and how. */
export type Figure =
  readonly [name: string, value: FigureValue] | readonly [name: string, source: Source, show: Show];

export function figureText([, source, show]: Figure): string {
  if (show !== undefined) return show();
  return typeof source === "object" ? formatNatural(source as Natural) : `${source}`;
}

/** Every figure as a tag. */
export function figureTags(figures: readonly Figure[]): readonly TagPair[] {
  return figures.map((figure) => [figure[0], figureText(figure)]);
}

/** Whether two sources make the same text. Naturals that were not computed anew are the same table. */
export function isSameSource(left: Source | undefined, right: Source): boolean {
  if (left === right) return true;
  if (typeof left !== "object" || typeof right !== "object") return false;
  const length = left.length;
  if (length !== right.length) return false;
  for (let i = 1; i <= length; i += 1) if (!isSameSource(left[i - 1], right[i - 1]!)) return false;
  return true;
}
