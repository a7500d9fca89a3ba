/** What a launch is spawned with. */
import { jsonArray, jsonString } from "../../protocol/json-text.ts";
import { limits } from "../../protocol/limits.ts";
import type { TagPair } from "../../protocol/message.ts";
import { type Refusal, refuse } from "../../protocol/refusal.ts";
import { byteLength } from "../../protocol/text.ts";
import { type Terms, termsTags } from "../../terms/terms.ts";
import type { FactoryParameters, ModuleVersion } from "../state.ts";

/** The terms, where the launch belongs, and what its runtime reads. Refused: more than the tags of a spawn can hold. */
export function launchTags(
  parameters: FactoryParameters,
  terms: Terms,
  request: string,
  version: ModuleVersion,
): readonly TagPair[] | Refusal {
  const { cronInterval } = parameters;
  const tags: TagPair[] = [
    ...termsTags(terms),
    ["Flp-Factory", parameters.id],
    ["AO-Token", parameters.ao],
    ["Ledgers", jsonArray(parameters.ledgers.map((ledger) => jsonString(ledger)))],
    ["Request-Id", request],
    ["Numbered-Transfers", parameters.numbered ? "true" : "false"],
  ];
  const optional: readonly TagPair[] = [
    ["PI-Process", parameters.index],
    ["PI-Token-Process", parameters.indexToken],
    ["PI-Share", parameters.indexShare],
    ["Grace-Days", parameters.grace],
    ["Cron-Interval", cronInterval],
    ["Cron-Tag-Action", cronInterval === "" ? "" : "Tick"],
    ["On-Boot", version.code === "" ? "" : "Data"],
  ];
  for (const tag of optional) if (tag[1] !== "") tags.push(tag);
  const bytes = tags.reduce((sum, [name, value]) => sum + byteLength(name) + byteLength(value) + 4, 0);
  if (bytes <= limits.spawnTagBytes) return tags;
  return refuse(
    "too-long",
    `A launch's parameters must have at most ${limits.spawnTagBytes} bytes, names included; these have ${bytes}`,
  );
}
