/** The compute unit's end points. They wait until what they are asked for is evaluated. */
import type { ComputeUnit } from "../compute/compute-unit.ts";
import { tagValue, type ComputeResult, type DryRunFields, type Tag } from "../message.ts";
import { Refusal } from "../items/refusal.ts";
import type { Answer, Request, Route } from "./answers.ts";
import { longestMessage } from "./messenger-routes.ts";

const usualLimit = 25;
const mostResults = 1_000;

function cursorOf(index: number): string {
  return Buffer.from(JSON.stringify({ entry: index })).toString("base64url");
}

function readCursor(text: string | null): number | undefined {
  if (text === null || text === "") return undefined;
  try {
    const { entry } = JSON.parse(Buffer.from(text, "base64url").toString()) as { entry?: unknown };
    if (Number.isSafeInteger(entry)) return entry as number;
  } catch {
    // Not one of ours; said below.
  }
  throw new Refusal(`${JSON.stringify(text)} is no cursor`);
}

/** A result as the reference unit words it. */
function wordingOf(result: ComputeResult): object {
  return { ...result, GasUsed: 0 };
}

export interface ReadLimits {
  /** Milliseconds for which the answer to a dry run is given again. Public units keep it for a minute. */
  readonly dryRunCache: number;
  /** Dry runs a minute. Public units allow a few. */
  readonly dryRunsPerMinute: number;
}

export function computeRoutes(unit: ComputeUnit, address: string, limits: ReadLimits): Route[] {
  const cache = new Map<string, { readonly until: number; readonly answer: Promise<Answer> }>();
  let minute = 0;
  let dryRuns = 0;

  async function result({ parts: [message = ""], query }: Request): Promise<Answer> {
    const process = query.get("process-id");
    if (process === null) throw new Refusal("a result is asked for with process-id");
    return { body: wordingOf(await unit.result(process, message)) };
  }

  async function results({ parts: [process = ""], query }: Request): Promise<Answer> {
    const [sort, limit] = [query.get("sort") ?? "ASC", Number(query.get("limit") ?? usualLimit)];
    if (sort !== "ASC" && sort !== "DESC") throw new Refusal("sort is ASC or DESC");
    if (!Number.isSafeInteger(limit) || limit < 1) throw new Refusal("limit is a whole number from 1");
    const page = await unit.results(process, {
      sort,
      limit: Math.min(limit, mostResults),
      after: readCursor(query.get("from")),
      upTo: readCursor(query.get("to")),
    });
    const edges = page.results.map(({ index, result: node }) => {
      return { node: wordingOf(node), cursor: cursorOf(index) };
    });
    return { body: { pageInfo: { hasNextPage: page.hasNextPage }, edges } };
  }

  function spendDryRun(): void {
    const now = Math.floor(Date.now() / 60_000);
    if (now !== minute) [minute, dryRuns] = [now, 0];
    if (dryRuns >= limits.dryRunsPerMinute) throw new Refusal("too many dry runs this minute", 429);
    dryRuns += 1;
  }

  async function dryRun({ query, bytes }: Request): Promise<Answer> {
    const body = await bytes(longestMessage);
    const key = `${query.get("process-id")} ${Buffer.from(body).toString()}`;
    const known = cache.get(key);
    if (known !== undefined && known.until > Date.now()) return known.answer;
    spendDryRun();
    const answer = answerDryRun(query.get("process-id"), body);
    if (limits.dryRunCache > 0) {
      for (const [old, { until }] of cache) if (until <= Date.now()) cache.delete(old);
      cache.set(key, { until: Date.now() + limits.dryRunCache, answer });
    }
    return answer;
  }

  async function answerDryRun(process: string | null, body: Uint8Array): Promise<Answer> {
    if (process === null) throw new Refusal("a dry run is asked for with process-id");
    return { body: wordingOf(await unit.dryRun(readDryRun(process, body))) };
  }

  return [
    { method: "GET", path: "/cu", answer: () => ({ body: { address, timestamp: Date.now() } }) },
    { method: "GET", path: "/cu/result/*", answer: result },
    { method: "GET", path: "/cu/results/*", answer: results },
    { method: "POST", path: "/cu/dry-run", answer: dryRun },
  ];
}

/** What aoconnect posts. The client library has added its three tags already. */
function readDryRun(target: string, body: Uint8Array): DryRunFields {
  let given: Record<string, unknown>;
  try {
    given = JSON.parse(new TextDecoder().decode(body)) as Record<string, unknown>;
  } catch {
    throw new Refusal("the body is no JSON");
  }
  const { Id, Owner, Anchor, Data, Tags, Target } = given;
  if (Target !== undefined && Target !== target) throw new Refusal("Target is not the process that is asked");
  const isTag = (tag: unknown): tag is Tag => {
    const { name, value } = (tag ?? {}) as Partial<Tag>;
    return typeof name === "string" && typeof value === "string";
  };
  if (!Array.isArray(Tags) || !Tags.every(isTag)) throw new Refusal("Tags is a list of names and values");
  const text = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
  const [id, from, anchor, data] = [text(Id), text(Owner), text(Anchor), text(Data)];
  return {
    ...{ target, tags: withoutProtocol(Tags) },
    ...(id !== undefined && { id }),
    ...(from !== undefined && { from }),
    ...(anchor !== undefined && { anchor }),
    ...(data !== undefined && { data }),
  };
}

/** `dryRunMessage` adds these three at the end, as the client library has. */
function withoutProtocol(tags: readonly Tag[]): readonly Tag[] {
  const last = tags.slice(-3);
  const added = tagValue(last, "Data-Protocol") === "ao" && tagValue(last, "Type") === "Message";
  return added && tagValue(last, "Variant") === "ao.TN.1" ? tags.slice(0, -3) : tags;
}
