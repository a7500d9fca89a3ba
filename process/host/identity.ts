/** What a process says of itself, so that whoever spawned or deployed it can compare: action `Identity`. */
import type { Outcome, Message } from "../protocol/message.ts";
import { parametersHash } from "../protocol/parameters-hash.ts";
import { reply } from "../protocol/reply.ts";
import type { Kept } from "./kept.ts";
import type { Environment } from "./process.ts";

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
