/** Calendar dates as times. */
import { fromDigits, quotient } from "../math/integer.ts";
import { isDigits } from "../protocol/text.ts";

const DAY_MILLISECONDS = 86_400_000;
const LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** The first millisecond of a day, UTC, from `YYYY-MM-DD`; undefined for anything else, or a day before 1970. */
export function parseDate(text: string): number | undefined {
  if (text.length !== 10 || text.charAt(4) !== "-" || text.charAt(7) !== "-") return undefined;
  const [year, month, day] = [text.substring(0, 4), text.substring(5, 7), text.substring(8)].map((part) =>
    isDigits(part) ? fromDigits(part) : -1,
  ) as [number, number, number];
  if (year < 1970 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return undefined;
  let days = daysBefore(year) - daysBefore(1970) + day - 1;
  for (let before = 1; before < month; before++) days += daysIn(year, before);
  return days * DAY_MILLISECONDS;
}

function daysIn(year: number, month: number): number {
  return month === 2 && isLeap(year) ? 29 : LENGTHS[month - 1]!;
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

/** Days from the year 1 to the beginning of a year, of the Gregorian calendar. */
function daysBefore(year: number): number {
  const years = year - 1;
  return years * 365 + quotient(years, 4) - quotient(years, 100) + quotient(years, 400);
}
