/** An HTTP server on the loopback interface that finds the route for a request. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Refusal } from "../items/refusal.ts";
import { parseJson, readBody, type Answer, type Route } from "./answers.ts";

const crossOrigin = {
  "Access-Control-Allow-Origin": "*",
  "Access-Control-Allow-Methods": "GET, POST, DELETE, OPTIONS",
  "Access-Control-Allow-Headers": "*",
};

interface Found {
  readonly route: Route;
  readonly parts: readonly string[];
}

function find(
  routes: readonly Route[],
  method: string,
  path: string,
  headers: IncomingMessage["headers"],
): Found | undefined {
  const given = path.split("/");
  for (const route of routes) {
    const pattern = route.path.split("/");
    if (route.method !== method || pattern.length !== given.length) continue;
    if (route.takes?.(headers) === false) continue;
    if (!pattern.every((part, i) => part === "*" || part === given[i])) continue;
    return { route, parts: given.filter((_, i) => pattern[i] === "*").map(decode) };
  }
  return undefined;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new Refusal(`${part} is no part of a path`);
  }
}

/** A page elsewhere must not reach this machine by a name of its own that leads here. */
function isLoopback(host: string | undefined): boolean {
  return host === undefined || /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host);
}

async function answer(
  routes: readonly Route[],
  message: IncomingMessage,
): Promise<Answer & { own: boolean }> {
  const url = new URL(message.url ?? "/", "http://127.0.0.1");
  const method = message.method === "HEAD" ? "GET" : (message.method ?? "GET");
  if (!isLoopback(message.headers.host)) throw new Refusal("this network is for its own machine only", 403);
  if (method === "OPTIONS") return { status: 204, body: "", own: false };
  const path = url.pathname.length > 1 ? url.pathname.replace(/\/+$/, "") : url.pathname;
  const found = find(routes, method, path, message.headers);
  if (found === undefined) throw new Refusal(`nothing answers ${method} ${path}`, 404);
  const { route, parts } = found;
  if (route.own === true && message.headers.origin !== undefined) {
    throw new Refusal("a web page may not do that", 403);
  }
  const bytes = (most: number): Promise<Uint8Array> => readBody(message, most);
  const json = async (most: number): Promise<unknown> => parseJson(await bytes(most));
  const request = { method, parts, query: url.searchParams, headers: message.headers, bytes, json };
  return { ...(await route.answer(request)), own: route.own ?? false };
}

function send(response: ServerResponse, { status = 200, body, type }: Answer, own: boolean): void {
  const isText = typeof body === "string";
  const isBytes = body instanceof Uint8Array;
  const content = isText ? Buffer.from(body) : isBytes ? body : Buffer.from(JSON.stringify(body));
  const plain = isText
    ? "text/plain; charset=utf-8"
    : isBytes
      ? "application/octet-stream"
      : "application/json";
  response.writeHead(status, {
    ...(own ? {} : crossOrigin),
    "Content-Type": type ?? plain,
    "Content-Length": content.length,
    "X-Content-Type-Options": "nosniff",
  });
  response.end(content);
}

async function serve(
  routes: readonly Route[],
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const { own, ...answered } = await answer(routes, message);
    send(response, answered, own);
  } catch (error) {
    const refused = error instanceof Refusal;
    if (!refused && message.destroyed && !message.complete) return;
    // What was not read would be taken for the next request.
    if (!message.complete) response.setHeader("Connection", "close");
    const body = { error: error instanceof Error ? error.message : String(error) };
    send(response, { status: refused ? error.status : 500, body }, false);
  }
}

export interface LocalServer {
  readonly port: number;
  readonly close: () => Promise<void>;
}

/** A port that can't be listened on: the message says what to do. */
export class PortError extends Error {}

function portError(port: number, { code }: NodeJS.ErrnoException): PortError {
  const reason = code === "EADDRINUSE" ? "is taken by another program" : `can't be listened on (${code})`;
  return new PortError(`port ${port} of 127.0.0.1 ${reason}; choose another one`);
}

/** Listens on 127.0.0.1; port 0 is any that is free. @throws PortError when that can't be. */
export async function startServer(port: number, routes: readonly Route[]): Promise<LocalServer> {
  const server: Server = createServer((message, response) => void serve(routes, message, response));
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => reject(portError(port, error)));
    server.listen(port, "127.0.0.1", resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
