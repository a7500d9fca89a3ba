/** What a process was spawned with, in one number: the process says it itself, and whoever spawned it can compare. */
import { sha256 } from "../math/sha256.ts";
import type { Tag } from "./message.ts";
import { lowerCase } from "./text.ts";

/** Spawn tags that units and clients add, and that are no parameters. In lower case. */
const OTHERS = [
  ...[
    "data-protocol",
    "variant",
    "type",
    "module",
    "scheduler",
    "authority",
    "on-boot",
    "content-type",
    "sdk",
  ],
  ...["from-process", "from-module", "pushed-for", "reference", "timestamp", "signing-format"],
];

/** SHA-256 of the parameters among spawn tags: lines `name=value`, names in lower case, in the order of the tags. */
export function parametersHash(tags: readonly Tag[]): string {
  const lines: string[] = [];
  for (const { name, value } of tags) {
    const key = lowerCase(name);
    if (!OTHERS.includes(key)) lines.push(`${key}=${value}`);
  }
  return sha256(lines.join("\n"));
}
