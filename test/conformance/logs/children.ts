/** What the children of a factory's log say, and what they were spawned with. */
import { nodeHost } from "../../../process/host/node.ts";
import { parametersHash } from "../../../process/protocol/parameters-hash.ts";
import type { Tag } from "../../../units/message.ts";
import { definitions } from "../../scene/runtimes.ts";
import type { Log } from "../log.ts";

/** The tags of the last spawn that a log's messages bring about. */
export function lastSpawn(log: Log): readonly Tag[] {
  const host = nodeHost(definitions[log.process]);
  let last: readonly Tag[] = [];
  for (const { message, dry } of log.steps) {
    if (dry) continue;
    for (const { Tags } of host.handle(message, log.environment).Spawns) last = Tags;
  }
  return last;
}

/** The child's own word, as it should be. */
export function identityTags(log: Log, spawn: readonly Tag[], more: Readonly<Record<string, string>> = {}) {
  return {
    Action: "Identity-Response",
    Process: "fair launch",
    "State-Version": "1",
    "Code-Hash": "0".repeat(64),
    "Parameters-Hash": parametersHash(spawn),
    Module: spawn.find(({ name }) => name === "Module")!.value,
    Owner: log.id,
    Ownership: "renounced",
    ...more,
  };
}

/** The messenger takes a tag named Owner away; a process's word has it, in host/'s spelling. */
export function sayIdentity(log: Log, child: string, spawn: readonly Tag[], more = {}) {
  return log.push(child, identityTags(log, spawn, more));
}

/** Spawns the last request's launch and has it listed. */
export function list(log: Log, child: string): void {
  const spawn = lastSpawn(log);
  log.spawned(spawn, child).sends({ to: child, Action: "Identity" }, { to: child, Action: "Tick" });
  sayIdentity(log, child, spawn).sends(
    { Action: "FLP-Ready-Notice", "FLP-Id": child },
    { to: child, Action: "Report-To-Factory" },
  );
}
