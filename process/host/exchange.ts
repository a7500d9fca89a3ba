/** The JSON texts that a unit and a compiled module exchange: message and environment in, result out. */
import { isTrue, itemsOf, type Json, memberOf, parseJson, stringOf, wholeOf } from "../protocol/json.ts";
import { jsonArray, jsonObject, jsonString } from "../protocol/json-text.ts";
import type { Publication, Tag } from "../protocol/message.ts";
import type { Refusal } from "../protocol/refusal.ts";
import { type Arrival, received } from "./arrival.ts";
import type { Outbox, OutgoingMessage, OutgoingSpawn } from "./outgoing.ts";
import type { Environment } from "./process.ts";

/** The environment that a text spells; undefined when it can't be read. */
export function environmentOf(text: string): Environment | undefined {
  const json = parseJson(text);
  const process = memberOf(json, "Process");
  const id = stringOf(memberOf(process, "Id"));
  const owner = stringOf(memberOf(process, "Owner"));
  const tags = tagsOf(memberOf(process, "Tags"));
  const module = stringOf(memberOf(memberOf(json, "Module"), "Id")) ?? "";
  if (id === undefined || owner === undefined || tags === undefined) return undefined;
  return { id, owner, module, code: "", tags: received(tags) };
}

/** The message that a text spells; undefined when it can't be read. */
export function arrivalOf(text: string): Arrival | undefined {
  const json = parseJson(text);
  const owner = stringOf(memberOf(json, "Owner"));
  const from = stringOf(memberOf(json, "From"));
  const target = stringOf(memberOf(json, "Target"));
  const timestamp = wholeOf(memberOf(json, "Timestamp"));
  const tags = tagsOf(memberOf(json, "Tags"));
  if (owner === undefined || from === undefined || target === undefined) return undefined;
  if (timestamp === undefined || tags === undefined) return undefined;
  const data = memberOf(json, "Data");
  return {
    id: stringOf(memberOf(json, "Id")) ?? "",
    owner,
    from,
    target,
    tags,
    data: data === undefined ? "" : stringOf(data),
    timestamp,
    cron: isTrue(memberOf(json, "Cron")),
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

/** The result of a message that was carried out. */
export function success({ messages, spawns }: Outbox): string {
  const list = messages.map((one) => ("maps" in one ? patchJson(one) : messageJson(one)));
  return response(jsonArray(list), jsonArray(spawns.map((one) => spawnJson(one))), "");
}

/** The result of a message that was refused: nothing goes out. */
export function failure(refusal: Refusal): string {
  return response("[]", "[]", `"Error":${jsonString(errorOf(refusal))},`);
}

/** A refusal as clients see it. */
export function errorOf({ refused, text }: Refusal): string {
  return `[${refused}] ${text}`;
}

/** The result of an evaluation that broke off. */
export function breakdown(text: string): string {
  return jsonObject([
    ["ok", "false"],
    ["response", jsonString(text)],
  ]);
}

/** Written out, as `messageJson` is: each level of `jsonObject` would copy all that is inside once more. */
function response(messages: string, spawns: string, error: string): string {
  return `{"ok":true,"response":{"Output":{},"Spawns":${spawns},"Assignments":[],${error}"Messages":${messages}}}`;
}

/** Without a target: units that know no patches pass it over. */
function patchJson({ maps }: Publication): string {
  const list = maps.map(([name, entries]) => {
    const map = jsonObject(entries.map(([key, value]) => [key, jsonString(value)]));
    return `{"name":${jsonString(name)},"value":${map}}`;
  });
  return `{"Tags":${jsonArray(['{"name":"device","value":"patch@1.0"}', ...list])}}`;
}

function messageJson({ Target: target, Anchor: anchor, Tags: tags, Data: data }: OutgoingMessage): string {
  return `{"Target":${jsonString(target)},"Anchor":${jsonString(anchor)},"Tags":${tagsJson(tags)},"Data":${jsonString(data)}}`;
}

function spawnJson({ Anchor: anchor, Tags: tags, Data: data }: OutgoingSpawn): string {
  return `{"Anchor":${jsonString(anchor)},"Tags":${tagsJson(tags)},"Data":${jsonString(data)}}`;
}

function tagsJson(tags: readonly Tag[]): string {
  return jsonArray(
    tags.map(({ name, value }) => `{"name":${jsonString(name)},"value":${jsonString(value)}}`),
  );
}
