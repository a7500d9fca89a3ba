/** What launches came to, for people and for programs: figures, and the curve of each as a chart of 80 columns. */
import type { LaunchResult, Period } from "./launch-periods.ts";
import { amountText, ao, grouped } from "./amounts.ts";

/** Rows of a chart, and columns of its longest bar. */
const chartRows = 10;
const barWidth = 40;

/** Lines for a terminal. */
export function launchLines(results: readonly LaunchResult[]): readonly string[] {
  const passed = Math.max(0, ...results.map(({ books }) => Number(books.period)));
  return [
    `fair launches, after ${passed} periods of 24 hours`,
    "  beyond the cycles above, the mint ticks every 6 hours only",
    ...results.flatMap((each) => linesOf(each)),
  ];
}

function linesOf({
  launch,
  status,
  decayFactor,
  books,
  schedule,
  treasury,
  claims,
}: LaunchResult): readonly string[] {
  const { name, ticker, denomination, pushed, periods, decay } = launch;
  const tokens = (units: bigint): string => `${amountText(units, denomination)} ${ticker}`;
  const way = pushed ? "sent in batches" : `claimed by ${grouped(claims)} wallets`;
  return [
    "",
    `  ${name}: ${grouped(launch.allocation)} ${ticker} in ${periods} periods, r = ${decayFactor} (${decay}), ${status}`,
    `    given out   ${tokens(books.distributed)} to ${grouped(books.delegators)} delegators`,
    `    of that     ${tokens(books.paid)} ${way}`,
    `    claimable   ${tokens(books.claimable)}`,
    `    treasury    ${ao(treasury)} AO`,
    `    period, and ${ticker} given out (█) or to come (░) in it`,
    ...chartLines(schedule, (units) => amountText(units, denomination)),
  ];
}

/** A bar a period, filled once it has been given out; of a long schedule some of the periods that are to come. */
function chartLines(schedule: readonly Period[], text: (units: bigint) => string): readonly string[] {
  const most = schedule.reduce((largest, { emission }) => (emission > largest ? emission : largest), 1n);
  const shown = chosen(schedule);
  const width = Math.max(...shown.map(({ emission }) => text(emission).length));
  return shown.map(({ period, emission, passed }) => {
    const length = Number((emission * BigInt(barWidth) + most / 2n) / most);
    const bar = (passed ? "█" : "░").repeat(length).padEnd(barWidth);
    return `    ${`${period}`.padStart(4)} ${bar} ${text(emission).padStart(width)}`;
  });
}

/** All periods that have passed, as far as there is room, and of the others some at equal distances, the last among them. */
function chosen(schedule: readonly Period[]): readonly Period[] {
  const passed = schedule.filter((each) => each.passed).slice(0, chartRows - 1);
  const others = schedule.filter((each) => !each.passed);
  const room = chartRows - passed.length;
  if (others.length <= room) return [...passed, ...others];
  const picked = Array.from(
    { length: room },
    (_, i) => others[Math.ceil(((i + 1) * others.length) / room) - 1]!,
  );
  return [...passed, ...picked];
}

/** The same for programs; amounts are decimal strings in smallest units. */
export function launchJson({
  launch,
  status,
  decayFactor,
  books,
  schedule,
  treasury,
  claims,
  wrong,
}: LaunchResult): object {
  const { id, name, ticker, denomination, token, pushed, periods } = launch;
  return {
    ...{ id, name, token, ticker, denomination, status, decayFactor, pushed },
    ...{ periods, periodsPassed: Number(books.period), delegators: Number(books.delegators), claims },
    allocation: `${books.allocation ?? ""}`,
    distributed: `${books.distributed}`,
    paid: `${books.paid}`,
    claimable: `${books.claimable}`,
    rollover: `${books.rollover}`,
    notYetEmitted: `${books.notYetEmitted}`,
    aoReceived: `${books.received}`,
    treasury: `${treasury}`,
    schedule: schedule.map(({ emission }) => `${emission}`),
    balanced: wrong.length === 0,
  };
}
