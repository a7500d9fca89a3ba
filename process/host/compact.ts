/**
 * The adapter for the compact module: its C side calls the global function `handle` with two JSON texts, the message
 * and the environment, and takes the result's JSON.
 */
import { itemsOf, type Json, memberOf, parseJson, stringOf, wholeOf } from "../protocol/json.ts";
import { jsonArray, jsonObject, jsonString } from "../protocol/json-text.ts";
import type { Tag } from "../protocol/message.ts";
import { isRefusal, type Refusal, refuse } from "../protocol/refusal.ts";
import { type Arrival, received } from "./arrival.ts";
import { evaluate, type Kept, start } from "./evaluation.ts";
import { type OutgoingMessage, outgoing } from "./outgoing.ts";
import type { Environment, Process } from "./process.ts";

// eslint-disable-next-line @typescript-eslint/no-unused-vars -- read by the C side
declare let handle: (this: void, message: string, environment: string) => string;
/** All that outlives a message, in one global, so that new code can be loaded around it. */
declare let Tributary: Kept<unknown> | undefined;

/** Makes the process what the compact module evaluates. */
export function installCompact(process: Process<unknown>): void {
  let environmentText = "";
  let environment: Environment | undefined;

  handle = (messageText, environmentJson) => {
    if (environmentJson !== environmentText) {
      environment = environmentOf(parseJson(environmentJson));
      environmentText = environmentJson;
    }
    const arrival = arrivalOf(parseJson(messageText));
    if (environment === undefined || arrival === undefined) {
      return failure(refuse("malformed-message", "The unit's message can't be read"));
    }
    const kept = Tributary ?? start(process, environment);
    if (isRefusal(kept)) return failure(kept);
    Tributary = kept;
    const effects = evaluate(process, kept, environment, arrival);
    return isRefusal(effects) ? failure(effects) : success(outgoing(kept, effects));
  };
}

function environmentOf(json: Json | undefined): Environment | undefined {
  const process = memberOf(json, "Process");
  const id = stringOf(memberOf(process, "Id"));
  const owner = stringOf(memberOf(process, "Owner"));
  const tags = tagsOf(memberOf(process, "Tags"));
  const module = stringOf(memberOf(memberOf(json, "Module"), "Id")) ?? "";
  if (id === undefined || owner === undefined || tags === undefined) return undefined;
  return { id, owner, module, tags: received(tags) };
}

function arrivalOf(json: Json | undefined): Arrival | undefined {
  const owner = stringOf(memberOf(json, "Owner"));
  const from = stringOf(memberOf(json, "From"));
  const target = stringOf(memberOf(json, "Target"));
  const timestamp = wholeOf(memberOf(json, "Timestamp"));
  const tags = tagsOf(memberOf(json, "Tags"));
  if (owner === undefined || from === undefined || target === undefined) return undefined;
  if (timestamp === undefined || tags === undefined) return undefined;
  const data = memberOf(json, "Data");
  const cron = memberOf(json, "Cron");
  return {
    id: stringOf(memberOf(json, "Id")) ?? "",
    owner,
    from,
    target,
    tags,
    data: data === undefined ? "" : stringOf(data),
    timestamp,
    cron: cron !== undefined && cron.kind === "boolean" && cron.value,
  };
}

function tagsOf(json: Json | undefined): Tag[] | undefined {
  const items = itemsOf(json);
  if (items === undefined) return undefined;
  const tags: Tag[] = [];
  for (const item of items) {
    const name = stringOf(memberOf(item, "name"));
    const value = stringOf(memberOf(item, "value"));
    if (name === undefined || value === undefined) return undefined;
    tags.push({ name, value });
  }
  return tags;
}

function success(messages: readonly OutgoingMessage[]): string {
  return response([["Messages", jsonArray(messages.map((message) => messageJson(message)))]]);
}

function failure(refusal: Refusal): string {
  return response([
    ["Error", jsonString(`[${refusal.refused}] ${refusal.text}`)],
    ["Messages", "[]"],
  ]);
}

function response(members: readonly (readonly [string, string])[]): string {
  const all: (readonly [string, string])[] = [
    ["Output", "{}"],
    ["Spawns", "[]"],
    ["Assignments", "[]"],
    ...members,
  ];
  return jsonObject([
    ["ok", "true"],
    ["response", jsonObject(all)],
  ]);
}

function messageJson(message: OutgoingMessage): string {
  const tags = message.Tags.map(({ name, value }) =>
    jsonObject([
      ["name", jsonString(name)],
      ["value", jsonString(value)],
    ]),
  );
  return jsonObject([
    ["Target", jsonString(message.Target)],
    ["Anchor", jsonString(message.Anchor)],
    ["Tags", jsonArray(tags)],
    ["Data", jsonString(message.Data)],
  ]);
}
