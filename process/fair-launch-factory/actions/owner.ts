/** What the owner may do, and nothing else: pause, resume, deprecate. And the launch's code, which anyone may bring. */
import { jsonArray } from "../../protocol/json-text.ts";
import { codeHashOf, statedCodeHash } from "../../protocol/code-hash.ts";
import { limits } from "../../protocol/limits.ts";
import type { Message, Outcome } from "../../protocol/message.ts";
import { isRefusal, type Refusal, refuse } from "../../protocol/refusal.ts";
import { reply } from "../../protocol/reply.ts";
import { addressTag, tagOf } from "../../protocol/tags.ts";
import { touch } from "../../collections/touched.ts";
import { deprecate, isVersionCode } from "../modules.ts";
import type { FactoryState } from "../state.ts";
import { versionJson } from "./info.ts";

/** No launch is spawned from now on; those that are there go on as they are. */
export function pauseCreation(state: FactoryState, message: Message): Outcome {
  return setPaused(state, message, true);
}

export function resumeCreation(state: FactoryState, message: Message): Outcome {
  return setPaused(state, message, false);
}

function setPaused(state: FactoryState, message: Message, paused: boolean): Outcome {
  const refusal = checkFactoryOwner(state, message);
  if (refusal !== undefined) return refusal;
  if (state.paused === paused)
    return refuse("already-set", `Creation is ${paused ? "paused" : "open"} already`);
  state.paused = paused;
  return [reply(message, `${message.action}-Response`, [["Paused", paused ? "true" : "false"]])];
}

/** A version of the code (Launch-Module, and Launch-Code where several have it) is used no more; its launches go on, and are marked. */
export function deprecateModule(state: FactoryState, message: Message): Outcome {
  const refusal = checkFactoryOwner(state, message);
  if (refusal !== undefined) return refusal;
  const module = addressTag(message, "Launch-Module");
  if (isRefusal(module)) return module;
  const code = tagOf(message, "Launch-Code") ?? "";
  if (isRefusal(code)) return code;
  const fault = deprecate(state, module, code);
  if (fault !== undefined) return fault;
  for (const row of state.rows) if (row.module === module) touch(state.touched, row.request);
  const versions = jsonArray(state.modules.map((version) => versionJson(state, version)));
  return [reply(message, "Deprecate-Module-Response", [], versions)];
}

function checkFactoryOwner({ parameters }: FactoryState, message: Message): Refusal | undefined {
  return message.account === parameters.owner
    ? undefined
    : refuse("not-owner", "Only the factory's owner can do this");
}

/** Takes the bundle in Data, from anyone: which ones are taken was fixed when the factory was spawned. Refused: it is none of them. */
export function provideLaunchCode(state: FactoryState, message: Message): Outcome {
  const { data } = message;
  if (data === undefined || data === "" || data.length > limits.launchCodeBytes) {
    return refuse(
      "invalid-code",
      `Data must be the text of a bundle, of at most ${limits.launchCodeBytes} bytes`,
    );
  }
  const stated = statedCodeHash(data);
  if (stated === undefined || !isVersionCode(state, stated))
    return refuse(
      "unknown-code",
      "The factory has no version of the launch's code with the hash of this text",
    );
  if (state.codes[stated] === undefined) {
    if (codeHashOf(data) !== stated)
      return refuse("invalid-code", "The text has another hash than its first line says");
    state.codes[stated] = data;
  }
  return [reply(message, "Provide-Launch-Code-Response", [["Code-Hash", stated]])];
}
