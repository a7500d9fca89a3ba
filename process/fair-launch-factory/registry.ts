/** The registry: rows come in, change their status, are listed, and the totals stay true. */
import { emptyRecord } from "../collections/record.ts";
import { touch } from "../collections/touched.ts";
import { add, formatNatural, type Natural, parseNatural, subtract, ZERO } from "../math/natural.ts";
import type { Terms } from "../terms/terms.ts";
import {
  type FactoryState,
  type Figures,
  type ListedStatus,
  type Row,
  type Status,
  SUMMED,
  type Totals,
} from "./state.ts";

export const LISTED: readonly ListedStatus[] = ["Ready", "Active", "Ended", "Cancelled"];
export const UNLISTED: readonly Status[] = ["Awaiting-Approval", "Requested", "Spawned", "Failed"];

/** What a launch reports, in the row's order: first texts, then amounts, of which the first two may be unknown (""). */
export const REPORTED_TEXTS = [
  "flp_token_name",
  "flp_token_ticker",
  "flp_token_denomination",
  "flp_token_logo",
] as const;
export const REPORTED_AMOUNTS = [
  "total_token_supply",
  "token_supply_to_use",
  "distributed_qty",
  "last_day_distribution",
  "total_yield_ticks",
  "latest_yield_cycle",
  "accumulated_qty",
  "withdrawn_qty",
  "accumulated_pi_qty",
  "exchanged_for_pi_qty",
  "withdrawn_pi_qty",
] as const;
export const UNKNOWN_AT_FIRST: readonly string[] = ["total_token_supply", "token_supply_to_use"];

/** Who asks for a launch, and when. */
export interface Request {
  readonly id: string;
  readonly account: string;
  readonly notify: string;
  readonly now: number;
  readonly fee: Natural;
}

/** Adds a row for a request that is new, with what is known of a launch before it has said anything. */
export function addRow(state: FactoryState, request: Request, terms: Terms, status: Status): Row {
  const { website, twitter, telegram, socials } = terms.description;
  const row: Row = {
    number: state.rows.length + 1,
    request: request.id,
    requester: request.account,
    notify: request.notify,
    terms,
    created: request.now,
    status,
    updated: request.now,
    failure: "",
    fee: request.fee,
    spawns: 0,
    questions: 0,
    tried: request.now,
    module: "",
    code: "",
    parametersHash: "",
    process: "",
    website,
    twitter,
    telegram,
    socials,
    sequence: 0,
    figures: firstFigures(terms),
    statsUpdated: 0,
  };
  state.rows.push(row);
  state.byRequest[request.id] = row.number;
  count(state.totals, status, 1);
  touch(state.touched, request.id);
  return row;
}

function firstFigures({ claimed, size }: Terms): Figures {
  const figures = emptyRecord<string>();
  figures.flp_token_name = claimed.name;
  figures.flp_token_ticker = claimed.ticker;
  figures.flp_token_denomination = claimed.denomination;
  figures.flp_token_logo = claimed.logo;
  for (const name of REPORTED_AMOUNTS) figures[name] = UNKNOWN_AT_FIRST.includes(name) ? "" : "0";
  if (size.kind === "amount") figures.token_supply_to_use = formatNatural(size.amount);
  return figures;
}

/** The row of a request, or of a child; undefined where there is none. */
export function rowOfRequest(state: FactoryState, request: string): Row | undefined {
  const number = state.byRequest[request];
  return number === undefined ? undefined : state.rows[number - 1];
}

export function rowOfProcess(state: FactoryState, process: string): Row | undefined {
  const number = state.byProcess[process];
  return number === undefined ? undefined : state.rows[number - 1];
}

/** Whether the launch was spawned here and has answered. */
export function isListed(row: Row): boolean {
  return isListedStatus(row.status);
}

export function isListedStatus(status: Status): status is ListedStatus {
  return LISTED.some((each) => each === status);
}

/** How many rows have a status. */
export function countOf({ totals }: FactoryState, status: Status): number {
  return totals.byStatus[status] ?? 0;
}

/** Gives a row another status; with the first of a launch's own it is listed, for good. */
export function setStatus(state: FactoryState, row: Row, status: Status, now: number): void {
  const { totals } = state;
  if (!isListed(row) && isListedStatus(status)) {
    totals.listed += 1;
    addFigures(totals, row.figures);
  }
  count(totals, row.status, -1);
  count(totals, status, 1);
  row.status = status;
  update(state, row, now);
}

/** Something of the row has changed. */
export function update(state: FactoryState, row: Row, now: number): void {
  row.updated = now;
  touch(state.touched, row.request);
}

/** Puts a child in a row, or, with "", takes it out again. */
export function setProcess(state: FactoryState, row: Row, process: string): void {
  if (row.process !== "") delete state.byProcess[row.process];
  row.process = process;
  if (process !== "") state.byProcess[process] = row.number;
}

/** Takes the figures of a listed launch's report in the place of its last ones. */
export function setFigures({ totals }: FactoryState, row: Row, figures: Figures): void {
  for (const name of SUMMED) totals.sums[name] = subtract(totals.sums[name]!, amountOf(row.figures, name));
  for (const name of REPORTED_TEXTS) row.figures[name] = figures[name]!;
  for (const name of REPORTED_AMOUNTS) row.figures[name] = figures[name]!;
  addFigures(totals, figures);
}

function addFigures(totals: Totals, figures: Figures): void {
  for (const name of SUMMED) totals.sums[name] = add(totals.sums[name]!, amountOf(figures, name));
}

function amountOf(figures: Figures, name: string): Natural {
  return parseNatural(figures[name] ?? "") ?? ZERO;
}

function count(totals: Totals, status: Status, change: number): void {
  totals.byStatus[status] = (totals.byStatus[status] ?? 0) + change;
}
