/** What pages read by path instead of asking: after each write a patch with what has changed, and nothing else. */
import { emptyRecord } from "../collections/record.ts";
import { figureText, isSameSource, type Source } from "../protocol/figures.ts";
import type { Publication, TagPair } from "../protocol/message.ts";
import { lowerCase } from "../protocol/text.ts";
import type { Kept } from "./kept.ts";
import type { Process } from "./process.ts";

/** The name of the map that the figures are in. */
const FIGURES = "info";

/** What has changed since the last publication; nothing, or one patch. Only that is written as text. */
export function publications<State>(process: Process<State>, kept: Kept<State>): readonly Publication[] {
  if (process.publish === undefined) return [];
  const { figures, maps } = process.publish(kept.state, kept.published === undefined);
  const published = kept.published ?? emptyRecord<Source>();
  kept.published = published;
  const changed: TagPair[] = [];
  for (const figure of figures) {
    const [name, source] = figure;
    if (!isSameSource(published[name], source)) {
      published[name] = source;
      changed.push([lowerCase(name), figureText(figure)]);
    }
  }
  const all = [[FIGURES, changed] as const, ...maps].filter(([, entries]) => entries.length > 0);
  return all.length === 0 ? [] : [{ maps: all }];
}
