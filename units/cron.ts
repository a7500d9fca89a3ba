/**
 * The ticks that a process's spawn tags ask for: `Cron-Interval: 5-minutes`, then `Cron-Tag-<Name>` for each tag.
 */
import type { Tag } from "./message.ts";

/** Milliseconds between two blocks of this network. */
export const blockTime = 120_000;

const seconds: Readonly<Record<string, number>> = {
  second: 1,
  minute: 60,
  hour: 3_600,
  day: 86_400,
  week: 604_800,
  year: 31_557_600,
};

export interface Cron {
  /** Milliseconds. */
  readonly interval: number;
  readonly tags: readonly Tag[];
}

/** The crons of a process. Throws if an interval can't be read, as then no unit evaluates the process at all. */
export function cronsOf(tags: readonly Tag[]): readonly Cron[] {
  const crons: { interval: number; tags: Tag[] }[] = [];
  for (const { name, value } of tags) {
    const tick = /^Cron-Tag-(.+)$/.exec(name)?.[1];
    if (name === "Cron-Interval") crons.push({ interval: intervalOf(value), tags: [] });
    else if (tick !== undefined) lastOf(crons, name).tags.push({ name: tick, value });
  }
  return crons;
}

function intervalOf(text: string): number {
  const [, count, unit] = /^(\d+)-([a-z]+?)s?$/.exec(text) ?? [];
  const unitTime = unit === "block" ? blockTime : 1000 * (seconds[unit ?? ""] ?? 0);
  const interval = Number(count) * unitTime;
  if (!(interval > 0)) throw new Error(`Cron-Interval ${text}: write it as 5-minutes or 10-blocks`);
  return interval;
}

function lastOf<Item>(crons: readonly Item[], name: string): Item {
  const last = crons.at(-1);
  if (last === undefined) throw new Error(`${name} stands before any Cron-Interval`);
  return last;
}

/** When the cron of a process spawned at `origin` is due next after `now`. */
export function nextDue(cron: Cron, origin: number, now: number): number {
  return origin + (Math.floor((now - origin) / cron.interval) + 1) * cron.interval;
}

/** Whether `now` lies in a second in which the cron is due; the second of the spawn itself counts. */
export function isDueSecond(cron: Cron, origin: number, now: number): boolean {
  const age = Math.floor(now / 1000) - Math.floor(origin / 1000);
  return age % (cron.interval / 1000) === 0;
}
