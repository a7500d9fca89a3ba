/** What a route answers with, and how it reads what it was sent. */
import type { IncomingMessage } from "node:http";
import { Refusal } from "../items/refusal.ts";

export interface Answer {
  readonly status?: number;
  /** Text and bytes as they are, anything else as JSON. */
  readonly body: unknown;
  readonly type?: string;
}

export interface Request {
  readonly method: string;
  /** The parts of the path that a route leaves open. */
  readonly parts: readonly string[];
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage["headers"];
  /** @throws Refusal when there is more than so many bytes. */
  readonly bytes: (most: number) => Promise<Uint8Array>;
  /** @throws Refusal when it is no JSON. */
  readonly json: (most: number) => Promise<unknown>;
}

export interface Route {
  readonly method: "GET" | "POST" | "DELETE";
  /** `/cu/result/*`: a star stands for one part. */
  readonly path: string;
  /** Which requests of that path are for this route. Default: all. */
  readonly takes?: (headers: IncomingMessage["headers"]) => boolean;
  /** Not for pages of other origins. */
  readonly own?: boolean;
  readonly answer: (request: Request) => Promise<Answer> | Answer;
}

/** The body of a request. @throws Refusal when it is longer than allowed. */
export async function readBody(message: IncomingMessage, most: number): Promise<Uint8Array> {
  const tooLong = (): Refusal => new Refusal(`the body is longer than ${most} bytes`, 413);
  if (Number(message.headers["content-length"] ?? 0) > most) throw tooLong();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of message as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    if (length > most) throw tooLong();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

export function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw new Refusal("the body is no JSON");
  }
}
