/** The units of a network by HTTP, as far as a deployment needs them. */
import type { ComputeResult, Tag } from "../units/message.ts";
import type { NetworkConfig } from "./config.ts";

export interface Units {
  /** Whether the network has this item: a message of a process, a process, or (without `process`) an upload. */
  readonly knows: (id: string, process: string | undefined) => Promise<boolean>;
  /** Hands over a signed message or spawn. */
  readonly send: (item: Uint8Array) => Promise<void>;
  readonly upload: (item: Uint8Array) => Promise<void>;
  /** Has the messenger push what a process's ticks send; done already is as good. */
  readonly monitor: (process: string, item: Uint8Array) => Promise<void>;
  /** What a message came to. */
  readonly result: (process: string, message: string) => Promise<ComputeResult>;
  readonly ask: Ask;
  /** The network's time, in milliseconds. */
  readonly now: () => Promise<number>;
}

/** A read: the first message that a dry run sends. Throws with the process's own words when it refuses. */
export type Ask = (process: string, tags: Readonly<Record<string, string>>) => Promise<Answer>;

export interface Answer {
  readonly data: string;
  /** A tag's value, "" where there is none. */
  readonly tag: (name: string) => string;
}

/** What a person can do something about: a unit said something else than expected, a process refused. */
export class DeploymentError extends Error {}

/** The units at the addresses of a configuration. */
export function unitsOf(network: NetworkConfig): Units {
  const { scheduler, messenger, compute, upload } = network;
  return {
    knows: (id, process) =>
      process === undefined ? hasUpload(network, id) : hasMessage(scheduler, id, process),
    send: (item) => postItem(messenger, item),
    upload: (item) => postItem(`${upload}/tx`, item),
    async monitor(process, item) {
      const url = `${messenger}/monitor/${process}`;
      const { ok, status, text } = await request(url, { method: "POST", body: item as BodyInit });
      if (!ok && !text.includes("monitored already")) throw unexpected(url, status, text);
    },
    result: (process, message) => getJson(`${compute}/result/${message}?process-id=${process}`),
    ask: (process, tags) => dryRun(compute, process, tags),
    now: async () =>
      Number((await getJson<{ timestamp: number | string }>(`${scheduler}/timestamp`)).timestamp),
  };
}

/** The answer in a result. Throws DeploymentError when there is none. */
export function answerOf({ Error: error, Messages }: ComputeResult, asked: string): Answer {
  if (error !== undefined) throw new DeploymentError(`${asked}: ${error}`);
  const [first] = Messages;
  if (first === undefined) throw new DeploymentError(`${asked}: no answer`);
  const tags: readonly Tag[] = first.Tags ?? [];
  return { data: first.Data ?? "", tag: (name) => tags.find((tag) => tag.name === name)?.value ?? "" };
}

/** JSON from a unit. Throws DeploymentError when it can't be reached, or says something else. */
export async function getJson<Value>(url: string, init?: RequestInit): Promise<Value> {
  const { ok, status, text } = await request(url, init);
  if (!ok) throw unexpected(url, status, text);
  try {
    return JSON.parse(text) as Value;
  } catch {
    throw unexpected(url, status, text);
  }
}

async function request(url: string, init?: RequestInit) {
  try {
    const response = await fetch(url, init);
    return { ok: response.ok, status: response.status, text: await response.text() };
  } catch (error) {
    const { cause } = error as { cause?: { code?: string } };
    throw new DeploymentError(`${url} can't be reached${cause?.code === undefined ? "" : `: ${cause.code}`}`);
  }
}

function unexpected(url: string, status: number, text: string): DeploymentError {
  return new DeploymentError(`${url} answers ${status}: ${text.slice(0, 300).replaceAll("\n", " ")}`);
}

function postJson(body: object): RequestInit {
  return { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
}

async function dryRun(
  compute: string,
  process: string,
  tags: Readonly<Record<string, string>>,
): Promise<Answer> {
  const list = Object.entries(tags).map(([name, value]) => ({ name, value }));
  const message = { Id: "1234", Target: process, Owner: "1234", Anchor: "0", Data: "1234", Tags: list };
  const result = await getJson<ComputeResult>(`${compute}/dry-run?process-id=${process}`, postJson(message));
  return answerOf(result, `${tags.Action} of ${process}`);
}

async function hasMessage(scheduler: string, id: string, process: string): Promise<boolean> {
  const url = `${scheduler}/${id}?process-id=${process}&limit=1`;
  const { ok, status, text } = await request(url);
  // A scheduler that does not know the process says so with either.
  if (!ok && status !== 404 && status !== 400) throw unexpected(url, status, text);
  return ok;
}

async function hasUpload({ gateway }: NetworkConfig, id: string): Promise<boolean> {
  const query = "query ($id: ID!) { transaction(id: $id) { id } }";
  const { data } = await getJson<{ data?: { transaction?: { id: string } | null } }>(
    `${gateway}/graphql`,
    postJson({ query, variables: { id } }),
  );
  return data?.transaction?.id === id;
}

async function postItem(url: string, item: Uint8Array): Promise<void> {
  const { ok, status, text } = await request(url, {
    method: "POST",
    headers: { "Content-Type": "application/octet-stream", Accept: "application/json" },
    body: item as BodyInit,
  });
  if (!ok) throw unexpected(url, status, text);
}
