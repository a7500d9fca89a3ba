/** A day's summary for people, and the same for programs. */
import { imbalances, type Books } from "../../deployment/books.ts";
import { ao, grouped } from "./amounts.ts";
import type { Day } from "./day.ts";
import type { LaunchResult } from "./launch-periods.ts";
import { launchJson, launchLines } from "./launch-summary.ts";
import type { Loading } from "./load.ts";
import type { PiResult } from "./pi.ts";
import { piJson, piLines } from "./pi-summary.ts";
import type { Recipient } from "./recipients.ts";

/** What came of a day's steps. */
export interface Summary {
  readonly wallets: number;
  readonly loading: Loading;
  /** Milliseconds that each cycle took. */
  readonly times: readonly number[];
  readonly books: Books;
  readonly recipients: readonly Recipient[];
  /** The launches, whose last periods end after the day; what of the books did not balance then. */
  readonly launches: readonly LaunchResult[];
  /** Undefined where nobody delegates to the index. */
  readonly pi?: PiResult | undefined;
  readonly wrongAfter: readonly string[];
}

/** Everything that does not balance, at the end of the day and of the launches' periods; empty when all does. */
export function wrongOf({ books, launches, pi, wrongAfter }: Summary): readonly string[] {
  const wrong = launches.flatMap((launch) => launch.wrong);
  return [...imbalances(books), ...wrong, ...(pi?.wrong ?? []), ...wrongAfter];
}

/** What the line for programs says of the network and of what ran. */
interface Named extends Pick<Day, "processes" | "modules"> {
  readonly network: { readonly url: string };
}

/** Lines for a terminal of 80 columns or more; `elapsed` is the milliseconds of all of it. */
export function summaryText(summary: Summary, elapsed: number): string {
  const { books, recipients, times, loading, launches, pi } = summary;
  const wrong = wrongOf(summary);
  const lines = [
    "",
    `${grouped(books.cycles)} cycles, ${ao(books.mintTotal)} AO minted, ${grouped(summary.wallets)} wallets, ` +
      `${grouped(books.edges)} delegations`,
    `${grouped(loading.messages)} signed messages in ${seconds(loading.milliseconds)} (${grouped(perSecond(loading))} a second); ` +
      `a cycle took ${median(times).toFixed(1)} ms; all of it ${seconds(elapsed)}`,
    "",
    "largest recipients                                 AO       of that from delegators",
    ...recipients.map((recipient) => recipientLine(recipient)),
    "",
    "conservation, in 10^-42 of the smallest unit",
    ...conservationLines(books),
    "",
    `supply           ${unitsLine(books.supply)}   the mint's total  ${unitsLine(books.mintTotal)}`,
    `ledger's balance ${unitsLine(books.ledgerBalance)}   the ledger's books ${unitsLine(books.ledgerBook)}`,
    "",
    ...(launches.length === 0 ? [] : [...launchLines(launches), ""]),
    ...(pi === undefined ? [] : [...piLines(pi), ""]),
    ...(wrong.length === 0
      ? ["All books balance, to the last unit."]
      : ["THE BOOKS DO NOT BALANCE:", ...wrong.map((law) => `  ${law}`)]),
  ];
  return lines.join("\n");
}

/** One line of JSON; amounts are decimal strings. */
export function summaryJson(
  summary: Summary,
  { network, processes, modules }: Named,
  elapsed: number,
): string {
  const { wallets, loading, times, books, recipients, launches, pi } = summary;
  const { accrued, rest, waiting, fees, minted } = books;
  return JSON.stringify({
    cycles: books.cycles,
    minted: `${books.mintTotal}`,
    wallets,
    edges: books.edges,
    messages: {
      signed: loading.messages,
      milliseconds: Math.round(loading.milliseconds),
      perSecond: perSecond(loading),
    },
    millisecondsPerCycle: Number(median(times).toFixed(3)),
    milliseconds: Math.round(elapsed),
    conservation: {
      left: `${accrued + rest + waiting}`,
      right: `${minted + fees}`,
      accrued: `${accrued}`,
      rest: `${rest}`,
      waiting: `${waiting}`,
      minted: `${minted}`,
      fees: `${fees}`,
    },
    token: { supply: `${books.supply}`, ledgerBalance: `${books.ledgerBalance}` },
    ledger: { bookBalance: `${books.ledgerBook}`, walletsAudited: books.wallets },
    balanced: wrongOf(summary).length === 0,
    recipients: recipients.map(({ address, name, accrued: received, contributed, delegators }) => ({
      address,
      name,
      accrued: `${received}`,
      contributed: `${contributed}`,
      delegators,
    })),
    launches: launches.map((result) => launchJson(result)),
    ...(pi !== undefined && { index: piJson(pi) }),
    url: network.url,
    processes,
    modules,
  });
}

function recipientLine({ name, accrued, contributed, delegators }: Recipient): string {
  const who = delegators === 1 ? "1 delegator" : `${grouped(delegators)} delegators`;
  const from = delegators === 0 ? "–" : `${ao(contributed).replace(/\d{6}$/, "")} of ${who}`;
  return `  ${shortened(name).padEnd(26)}${ao(accrued).padStart(26)}   ${from}`;
}

function conservationLines({ accrued, rest, waiting, fees, minted, wallets }: Books): readonly string[] {
  const rows: readonly (readonly [string, bigint])[] = [
    [`accrued by ${grouped(wallets)} wallets`, accrued],
    ["rest of divisions", rest],
    ["waiting for weight", waiting],
    ["together", accrued + rest + waiting],
    [fees === 0n ? "minted" : "minted, and fees returned", minted + fees],
  ];
  const width = Math.max(...rows.map(([, amount]) => amount.toString().length));
  return rows.map(([label, amount]) => `  ${label.padEnd(28)}${amount.toString().padStart(width)}`);
}

function unitsLine(units: bigint): string {
  return units.toString().padStart(19);
}

function shortened(name: string): string {
  return name.length > 24 ? `${name.slice(0, 10)}…${name.slice(-10)}` : name;
}

function median(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
}

function perSecond({ messages, milliseconds }: Loading): number {
  return Math.round((messages / milliseconds) * 1_000);
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
