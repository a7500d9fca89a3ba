/** What a process says of itself, so that whoever spawned or deployed it can compare: action `Identity`. */
import { sha256 } from "../math/sha256.ts";
import type { Outcome, Message, Tag } from "../protocol/message.ts";
import { reply } from "../protocol/reply.ts";
import { lowerCase } from "../protocol/text.ts";
import type { Kept } from "./kept.ts";
import type { Environment } from "./process.ts";

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

/** Process, State-Version, Code-Hash, Parameters-Hash, Module, Owner, Ownership (`held` or `renounced`). */
export function identity<State>(kept: Kept<State>, environment: Environment, message: Message): Outcome {
  return [
    reply(message, "Identity-Response", [
      ["Process", kept.process],
      ["State-Version", `${kept.version}`],
      ["Code-Hash", environment.code],
      ["Parameters-Hash", parametersHash(environment.tags)],
      ["Module", environment.module],
      ["Owner", environment.owner],
      ["Ownership", kept.renounced ? "renounced" : "held"],
    ]),
  ];
}

/** SHA-256 of the parameters among spawn tags: lines `name=value`, names in lower case, in the order of the tags. */
export function parametersHash(tags: readonly Tag[]): string {
  const lines: string[] = [];
  for (const { name, value } of tags) {
    const key = lowerCase(name);
    if (!OTHERS.includes(key)) lines.push(`${key}=${value}`);
  }
  return sha256(lines.join("\n"));
}
