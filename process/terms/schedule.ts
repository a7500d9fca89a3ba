/** The emission schedule as a list: before a launch is created, and of one that runs. */
import { type DecaySchedule, emission, emitted } from "../math/decay.ts";
import { formatNatural } from "../math/natural.ts";
import { jsonObject, jsonString } from "../protocol/json-text.ts";
import { collectPage, type Page, type PageRequest } from "../protocol/page.ts";

/** Periods that a page has unless it is said otherwise: each costs a power of r. */
export const DEFAULT_SCHEDULE_ITEMS = 100;

/** Members of an item beside the schedule's own; JSON texts. */
export type FurtherMembers = (period: number) => readonly (readonly [string, string])[];

/** Items `{period, emission, emitted, …}` from a position on, which is a period less one. */
export function schedulePage(
  schedule: DecaySchedule,
  request: PageRequest,
  further: FurtherMembers,
): Page<string> {
  const { periods } = schedule;
  return collectPage(request, periods, periods, (position) => {
    const period = position + 1;
    return jsonObject([
      ["period", `${period}`],
      ["emission", jsonString(formatNatural(emission(schedule, period)))],
      ["emitted", jsonString(formatNatural(emitted(schedule, period)))],
      ...further(period),
    ]);
  });
}
