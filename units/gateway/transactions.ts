/** What a gateway tells of items: the transactions that a query asks for, page by page. */
import { createHash } from "node:crypto";
import type { Tag } from "../message.ts";
import type { ItemEntry } from "../scheduler/state.ts";
import { Refusal } from "../items/refusal.ts";
import { parseQuery, select, type Field, type Value } from "./graphql.ts";

interface Filter {
  readonly ids?: readonly string[];
  readonly owners?: readonly string[];
  readonly recipients?: readonly string[];
  readonly tags?: readonly {
    readonly name: string;
    readonly values: readonly string[];
    readonly op?: string;
  }[];
  readonly block?: { readonly min?: number; readonly max?: number };
  readonly first?: number;
  readonly after?: string;
  readonly sort?: string;
}

const mostItems = 100;

/** Answers a GraphQL request with `{data}`. @throws Refusal when the query can't be read. */
export function answerQuery(items: ReadonlyMap<string, ItemEntry>, request: unknown): object {
  const { query, variables } = (request ?? {}) as {
    query?: unknown;
    variables?: Record<string, Value> | null;
  };
  if (typeof query !== "string") throw new Refusal("a GraphQL request has a query");
  const answers = parseQuery(query, variables ?? {}).map((field) => [field.alias, answerField(items, field)]);
  return { data: Object.fromEntries(answers) as object };
}

function answerField(items: ReadonlyMap<string, ItemEntry>, field: Field): unknown {
  if (field.name === "transaction") {
    const { id } = field.arguments;
    const entry = typeof id === "string" ? items.get(id) : undefined;
    return entry === undefined ? null : select(nodeOf(entry), field.selection);
  }
  if (field.name === "transactions") return select(connection(items, filterOf(field)), field.selection);
  throw new Refusal(`the gateway answers transaction and transactions, not ${field.name}`);
}

const knownFilters = ["ids", "owners", "recipients", "tags", "block", "first", "after", "sort"];

/** Null is as if not given; a single value is as good as a list of it. */
function filterOf({ arguments: given }: Field): Filter {
  const filter: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(given)) {
    if (!knownFilters.includes(name)) throw new Refusal(`transactions can't be asked for by ${name}`);
    const isList = ["ids", "owners", "recipients", "tags"].includes(name);
    if (value !== null) filter[name] = isList && !Array.isArray(value) ? [value] : value;
  }
  return filter;
}

function connection(items: ReadonlyMap<string, ItemEntry>, filter: Filter): object {
  const { ids, sort = "HEIGHT_DESC", after = "", first = 10 } = filter;
  const candidates = ids === undefined ? [...items.values()] : ids.flatMap((id) => items.get(id) ?? []);
  const found = candidates.filter((entry) => matches(entry, filter));
  if (sort === "HEIGHT_DESC") found.reverse();
  const start = after === "" ? 0 : found.findIndex(({ id }) => cursorOf(id) === after) + 1;
  const end = start + Math.max(0, Math.min(first, mostItems));
  const edges = found.slice(start, end).map((entry) => ({ cursor: cursorOf(entry.id), node: nodeOf(entry) }));
  return { count: String(found.length), pageInfo: { hasNextPage: end < found.length }, edges };
}

function matches(entry: ItemEntry, { owners, recipients, tags = [], block = {} }: Filter): boolean {
  if (owners !== undefined && !owners.includes(entry.address)) return false;
  if (recipients !== undefined && !recipients.includes(entry.target)) return false;
  const { height } = entry.time;
  if (height < (block.min ?? 0) || height > (block.max ?? Infinity)) return false;
  return tags.every(({ name, values, op = "EQ" }) => {
    const has = entry.tags.some((tag) => tag.name === name && [values].flat().includes(tag.value));
    return op === "NEQ" ? !has : has;
  });
}

function cursorOf(id: string): string {
  return Buffer.from(id).toString("base64url");
}

/** The id of a block: there are none, but their ids are the same each time. */
export function blockId(height: number): string {
  return createHash("sha384").update(`block ${height}`).digest("base64url");
}

const nothing = { winston: "0", ar: "0.000000000000" };

function nodeOf({ id, address, target, tags, size, time }: ItemEntry): object {
  const type = tags.find(({ name }) => name.toLowerCase() === "content-type")?.value ?? null;
  const { height, timestamp } = time;
  const block = {
    id: blockId(height),
    height,
    timestamp: Math.floor(timestamp / 1000),
    previous: blockId(height - 1),
  };
  return {
    ...{ id, recipient: target, owner: { address }, tags: tags satisfies readonly Tag[], block },
    ...{ data: { size: String(size), type }, fee: nothing, quantity: nothing, bundledIn: null, parent: null },
  };
}
