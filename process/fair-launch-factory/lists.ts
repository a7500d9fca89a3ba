/** Lists of rows: filtered, in the order of their requests or of a figure, from a row on. Work is one look at each row. */
import { leading } from "../collections/leading.ts";
import { accountOf } from "../protocol/address.ts";
import { sortKey } from "./fields.ts";
import { isListed } from "./registry.ts";
import type { FactoryState, Row, Status } from "./state.ts";

/** Which rows are meant; "" or an empty list of statuses leaves that out. */
export interface Filter {
  readonly listed: boolean;
  readonly statuses: readonly Status[];
  readonly deployer: string;
  readonly token: string;
}

/** Rows in order, how many there are in all, and whether there are more behind these. */
export interface Selection {
  readonly rows: readonly Row[];
  readonly total: number;
  readonly more: boolean;
}

/** The newest first, those before a number only (0: all). A row's number never changes: a walk meets each once. */
export function newestFirst(state: FactoryState, filter: Filter, before: number, limit: number): Selection {
  const rows: Row[] = [];
  let total = 0;
  let more = false;
  for (let position = state.rows.length - 1; position >= 0; position--) {
    const row = state.rows[position]!;
    if (!fits(row, filter)) continue;
    total += 1;
    if (before > 0 && row.number >= before) continue;
    if (rows.length < limit) rows.push(row);
    else more = true;
  }
  return { rows, total, more };
}

/** A place in an order by a figure: its digits, and the row's number, which no other has. */
export interface Place {
  readonly key: string;
  readonly number: number;
}

export interface Ranking {
  readonly field: string;
  readonly ascending: boolean;
}

interface Ranked extends Place {
  readonly row: Row;
}

/** By a figure, the largest first unless it says ascending, the newest first of equal ones; those behind a place only. */
export function ranked(
  state: FactoryState,
  filter: Filter,
  { field, ascending }: Ranking,
  behind: Place | undefined,
  limit: number,
): Selection {
  const isBefore = (one: Place, other: Place): boolean => {
    const order = compareKeys(one.key, other.key);
    if (order === 0) return one.number > other.number;
    return ascending ? order < 0 : order > 0;
  };
  const candidates: Ranked[] = [];
  let total = 0;
  for (const row of state.rows) {
    if (!fits(row, filter)) continue;
    total += 1;
    const place: Ranked = { key: sortKey(row, field), number: row.number, row };
    if (behind === undefined || isBefore(behind, place)) candidates.push(place);
  }
  const first = leading(candidates, limit, (one, other) => isBefore(one, other));
  return { rows: first.map(({ row }) => row), total, more: candidates.length > limit };
}

function fits(row: Row, { listed, statuses, deployer, token }: Filter): boolean {
  if (isListed(row) !== listed) return false;
  if (statuses.length > 0 && !statuses.includes(row.status)) return false;
  if (deployer !== "" && accountOf(row.terms.deployer) !== deployer) return false;
  return token === "" || row.terms.token === token;
}

/** Canonical decimals compare by length, then as texts. */
function compareKeys(one: string, other: string): number {
  if (one.length !== other.length) return one.length - other.length;
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
