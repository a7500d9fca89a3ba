/** When a launch starts and how long it lasts. */
import { MOST_PERIODS } from "../math/decay.ts";
import { fromDigits, quotient } from "../math/integer.ts";
import { limits } from "../protocol/limits.ts";
import { isRefusal, type Refusal, refuse } from "../protocol/refusal.ts";
import { isWhole, type Tagged, wholeTag } from "../protocol/tags.ts";
import { parseDate } from "./dates.ts";
import { PERIOD_MILLISECONDS } from "./terms.ts";
import { textTag } from "./texts.ts";

/** Starts-At-Timestamp or Start-Date: milliseconds, or a date, which begins at midnight UTC. */
export function readStart(tagged: Tagged): number | Refusal {
  const timestamp = textTag(tagged, "Starts-At-Timestamp");
  if (isRefusal(timestamp)) return timestamp;
  const date = textTag(tagged, "Start-Date");
  if (isRefusal(date)) return date;
  if (timestamp === "" && date === "") return refuse("missing-tag", "Starts-At-Timestamp is required!");
  const times = [timestamp, date].filter((text) => text !== "").map((text) => parseTime(text));
  const [first, second] = times;
  if (first === undefined || (times.length === 2 && second === undefined)) {
    return refuse("invalid-date", notATime("The start"));
  }
  if (second !== undefined && second !== first)
    return refuse("contradiction", "Starts-At-Timestamp and Start-Date name different times");
  return first;
}

/** Duration in days, or what it takes to reach Ends-At-Timestamp, rounded up to whole periods. */
export function readPeriods(tagged: Tagged, start: number, usual: number): number | Refusal {
  const duration = wholeTag(tagged, "Duration");
  if (isRefusal(duration)) return duration;
  const text = textTag(tagged, "Ends-At-Timestamp");
  if (isRefusal(text)) return text;
  const end = text === "" ? undefined : parseTime(text);
  if (text !== "" && end === undefined) return refuse("invalid-date", notATime("Ends-At-Timestamp"));
  const untilEnd =
    end === undefined || end <= start
      ? undefined
      : quotient(end - start + PERIOD_MILLISECONDS - 1, PERIOD_MILLISECONDS);
  if (end !== undefined && untilEnd === undefined)
    return refuse("invalid-date", "Ends-At-Timestamp must be after the start");
  if (duration !== undefined && untilEnd !== undefined && duration !== untilEnd)
    return refuse("contradiction", "Duration and Ends-At-Timestamp name different ends");
  const periods = duration ?? untilEnd ?? usual;
  return periods < 1 || periods > MOST_PERIODS
    ? refuse("invalid-duration", `A launch must last 1 to ${MOST_PERIODS} days`)
    : periods;
}

/** Milliseconds since 1970, or `YYYY-MM-DD`. Seconds, a thousand times fewer, are taken for neither. */
function parseTime(text: string): number | undefined {
  if (!isWhole(text)) return parseDate(text);
  const time = fromDigits(text);
  return time < limits.earliestStart ? undefined : time;
}

function notATime(name: string): string {
  return `${name} must be a date (YYYY-MM-DD) or a time in milliseconds since 1970`;
}
