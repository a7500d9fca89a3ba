/** The chart of docs/benchmark.md: what a cycle costs, against the number of wallets, both logarithmic. */
import type { Row } from "./measures.ts";

const width = 860;
const height = 500;
/** The plot's area; on the right there is room for the names of the lines. */
const left = 84;
const right = 600;
const top = 76;
const bottom = 430;

/** Blue, orange, green, purple, red: told apart with every kind of colour vision, on white and on near-black. */
const colours = ["#2f7de1", "#e07b00", "#1a9e77", "#b04fc4", "#d6455d"];

const style = `
    text { font: 14px system-ui, "Helvetica Neue", Arial, sans-serif; fill: #24292f; }
    .title { font-size: 18px; font-weight: 600; }
    .quiet { fill: #59636e; }
    .paper { fill: #ffffff; }
    .grid { stroke: #d8dee4; stroke-width: 1; }
    .line { fill: none; stroke-width: 2.5; stroke-linejoin: round; stroke-linecap: round; }
    @media (prefers-color-scheme: dark) {
      text { fill: #e6edf3; }
      .quiet { fill: #9198a1; }
      .paper { fill: #0d1117; }
      .grid { stroke: #30363d; }
    }`;

interface Series {
  readonly subject: string;
  readonly points: readonly { readonly wallets: number; readonly cost: number }[];
}

/** An SVG of the cost of a cycle, one line a subject. Rows without that cost are left out. */
export function drawChart(rows: readonly Row[]): string {
  const series = seriesOf(rows);
  const points = series.flatMap((each) => each.points);
  const x = scale(powers(points.map(({ wallets }) => wallets)), left, right);
  const y = scale(powers(points.map(({ cost }) => cost)), bottom, top);
  const grid = [
    ...x.ticks.map((tick) => verticalLine(x.place(tick), tick)),
    ...y.ticks.map((tick) => horizontalLine(y.place(tick), tick)),
  ];
  const lines = series.map((each, i) => drawLine(each, x.place, y.place, colours[i % colours.length]!));
  const ends = series.map(({ points: own }) => {
    const { wallets, cost } = own.at(-1)!;
    return { x: x.place(wallets), y: y.place(cost) };
  });
  const heights = placeNames(ends);
  const labels = series.map(({ subject }, i) =>
    drawName(subject, ends[i]!, heights[i]!, colours[i % colours.length]!),
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="Cost of a mint cycle against the number of wallets">
  <style>${style}
  </style>
  <rect class="paper" width="${width}" height="${height}" rx="8"/>
  <text class="title" x="24" y="34">Cost of a mint cycle</text>
  <text class="quiet" x="24" y="56">Time for one cycle’s AO to reach every wallet; both axes logarithmic, less is better</text>
  ${grid.join("\n  ")}
  <text class="quiet" x="${(left + right) / 2}" y="${bottom + 48}" text-anchor="middle">wallets, each with one delegation</text>
  ${lines.join("\n  ")}
  ${labels.join("\n  ")}
</svg>
`;
}

function seriesOf(rows: readonly Row[]): Series[] {
  const subjects = [...new Set(rows.map(({ subject }) => subject))];
  return subjects.flatMap((subject) => {
    const points = rows.flatMap(({ subject: own, wallets, values: { cycle } }) =>
      own === subject && cycle !== undefined ? [{ wallets, cost: cycle }] : [],
    );
    return points.length === 0 ? [] : [{ subject, points }];
  });
}

/** The exponents of the powers of ten around all values. */
function powers(values: readonly number[]): readonly number[] {
  const lowest = Math.floor(Math.log10(Math.min(...values)));
  const highest = Math.max(lowest + 1, Math.ceil(Math.log10(Math.max(...values))));
  return Array.from({ length: highest - lowest + 1 }, (_, i) => lowest + i);
}

function scale(exponents: readonly number[], start: number, end: number) {
  const [first, last] = [exponents[0]!, exponents.at(-1)!];
  const place = (value: number): number =>
    start + ((Math.log10(value) - first) / (last - first)) * (end - start);
  return { ticks: exponents.map((exponent) => 10 ** exponent), place };
}

function verticalLine(x: number, wallets: number): string {
  return `<line class="grid" x1="${fixed(x)}" y1="${top}" x2="${fixed(x)}" y2="${bottom}"/><text class="quiet" x="${fixed(x)}" y="${bottom + 22}" text-anchor="middle">${wallets.toLocaleString("en-US")}</text>`;
}

function horizontalLine(y: number, cost: number): string {
  return `<line class="grid" x1="${left}" y1="${fixed(y)}" x2="${right}" y2="${fixed(y)}"/><text class="quiet" x="${left - 12}" y="${fixed(y + 5)}" text-anchor="end">${formatTime(cost)}</text>`;
}

function drawLine(
  { points }: Series,
  x: (value: number) => number,
  y: (value: number) => number,
  colour: string,
): string {
  const places = points.map(({ wallets, cost }) => [fixed(x(wallets)), fixed(y(cost))] as const);
  const dots = places.map(([cx, cy]) => `<circle cx="${cx}" cy="${cy}" r="4" fill="${colour}"/>`);
  return `<polyline class="line" stroke="${colour}" points="${places.map((place) => place.join(",")).join(" ")}"/>${dots.join("")}`;
}

interface Place {
  readonly x: number;
  readonly y: number;
}

/** The name beside the line's end, at the given height, and joined to it. */
function drawName(subject: string, end: Place, height: number, colour: string): string {
  const joint = `<path d="M${fixed(end.x + 6)} ${fixed(end.y)} L${fixed(end.x + 16)} ${fixed(height)}" stroke="${colour}" fill="none"/>`;
  return `${joint}<text x="${fixed(end.x + 20)}" y="${fixed(height + 5)}" style="fill: ${colour}; font-weight: 600">${subject}</text>`;
}

/** Heights for the names: each near its line's end, and none over another that ends beside it. */
function placeNames(ends: readonly Place[]): readonly number[] {
  const order = ends.map((_, i) => i).sort((a, b) => ends[a]!.y - ends[b]!.y);
  const heights = ends.map(({ y }) => y);
  for (const [rank, i] of order.entries()) {
    for (const other of order.slice(0, rank)) {
      if (ends[other]!.x === ends[i]!.x) heights[i] = Math.max(heights[i]!, heights[other]! + 20);
    }
  }
  return heights;
}

function formatTime(microseconds: number): string {
  if (microseconds < 1_000) return `${microseconds} µs`;
  return microseconds < 1_000_000 ? `${microseconds / 1_000} ms` : `${microseconds / 1_000_000} s`;
}

function fixed(value: number): string {
  return String(Number(value.toFixed(1)));
}
