/** From a request to a listed launch: spawn, the child's id, the child's own word; and what is done when one of them fails to come. */
import { isAddress } from "../../protocol/address.ts";
import { limits } from "../../protocol/limits.ts";
import type { Effect, Message, Outcome, Send, Spawn, TagPair } from "../../protocol/message.ts";
import { parametersHash } from "../../protocol/parameters-hash.ts";
import { isRefusal, refuse } from "../../protocol/refusal.ts";
import { reply, send } from "../../protocol/reply.ts";
import { requiredTag, tagOf } from "../../protocol/tags.ts";
import { earnFee, returnFee } from "../fees.ts";
import { presentVersion } from "../modules.ts";
import { rowOfProcess, rowOfRequest, setProcess, setStatus, update } from "../registry.ts";
import type { FactoryState, ModuleVersion, Row } from "../state.ts";
import { launchTags } from "./launch-tags.ts";

/** The spawn of a row's launch, which forgets what an earlier one came to. */
export function spawnLaunch(
  state: FactoryState,
  row: Row,
  version: ModuleVersion,
  tags: readonly TagPair[],
  now: number,
): Spawn {
  row.spawns += 1;
  row.questions = 0;
  row.tried = now;
  row.module = version.module;
  row.code = version.code;
  row.parametersHash = parametersHash(tags.map(([name, value]) => ({ name, value })));
  setProcess(state, row, "");
  setStatus(state, row, "Requested", now);
  return { module: version.module, spawnTags: tags, data: state.codes[version.code] ?? "" };
}

/** A child is there: it is asked who it is. Only for a request that waits for one, and of the module that was asked for. */
export function spawned(state: FactoryState, message: Message): Outcome {
  const [request, process, module] = ["Request-Id", "Process", "Module"].map((name) => tagOf(message, name));
  const row = typeof request === "string" ? rowOfRequest(state, request) : undefined;
  if (row === undefined || row.status !== "Requested" || module !== row.module) return [];
  if (typeof process !== "string" || !isAddress(process)) return [];
  setProcess(state, row, process);
  setStatus(state, row, "Spawned", message.now);
  return ask(row, message.now);
}

function ask(row: Row, now: number): readonly Send[] {
  row.questions += 1;
  row.tried = now;
  return [send(row.process, "Identity", []), send(row.process, "Tick", [])];
}

const IDENTITY = ["Module", "Parameters-Hash", "Ownership", "Code-Hash"];

/** A child says who it is. It is listed if that is what was spawned, with an owner who can change nothing. */
export function identityResponse(state: FactoryState, message: Message): Outcome {
  const row = rowOfProcess(state, message.from);
  if (row === undefined || row.status !== "Spawned") return [];
  // A word that contradicts itself is none.
  if (IDENTITY.some((name) => isRefusal(tagOf(message, name)))) return [];
  const wrong = wrongIdentity(row, message);
  if (wrong !== undefined) return [fail(state, row, wrong, message.now)];
  setStatus(state, row, "Ready", message.now);
  earnFee(state, row);
  return [
    send(row.notify, "FLP-Ready-Notice", [
      ["Request-Id", row.request],
      ["FLP-Id", row.process],
    ]),
    // What it has reported before, nobody took down.
    send(row.process, "Report-To-Factory", []),
  ];
}

function wrongIdentity(row: Row, message: Message): string | undefined {
  // The owner can't be checked: units take a tag of that name away. It is this process, which spawned the child.
  const expected: readonly TagPair[] = [
    ["Module", row.module],
    ["Parameters-Hash", row.parametersHash],
    ["Ownership", "renounced"],
    ["Code-Hash", row.code],
  ];
  for (const [name, value] of expected) {
    if (value !== "" && tagOf(message, name) !== value)
      return `The process that was spawned has another ${name} than it should have`;
  }
  return undefined;
}

/** The request is over: its fee is the requester's again, who is told why. */
export function fail(state: FactoryState, row: Row, reason: string, now: number): Send {
  row.failure = reason;
  setProcess(state, row, "");
  setStatus(state, row, "Failed", now);
  returnFee(state, row);
  return send(row.notify, "FLP-Failed-Notice", [
    ["Request-Id", row.request],
    ["Reason", reason],
  ]);
}

/**
 * Anyone has a request looked after that got stuck: after the patience a lost spawn is made again, a child without an answer is asked again, and after
 * some questions given up for a new one. What can't start in time any more fails. Refused: there is nothing to wait for, it is too early, creation is paused.
 */
export function retrySpawn(state: FactoryState, message: Message): Outcome {
  const id = requiredTag(message, "Request-Id");
  if (isRefusal(id)) return id;
  const row = rowOfRequest(state, id);
  if (row === undefined) return refuse("unknown-request", "There is no request with this id");
  const effects = tryAgain(state, row, message.now);
  if (isRefusal(effects)) return effects;
  const answer = reply(message, "Retry-Spawn-Response", [
    ["Request-Id", row.request],
    ["Status", row.status],
  ]);
  return [answer, ...effects];
}

function tryAgain(state: FactoryState, row: Row, now: number): readonly Effect[] | ReturnType<typeof refuse> {
  const { status, terms } = row;
  const late = terms.start <= now;
  if (status === "Awaiting-Approval") {
    return late
      ? [fail(state, row, "It was not approved before its start", now)]
      : refuse("not-approved", "The request awaits approval");
  }
  if (status !== "Requested" && status !== "Spawned")
    return refuse("not-pending", `The request is ${status}: there is nothing to retry`);
  const due = row.tried + state.parameters.patience;
  if (now < due) return refuse("too-early", `A retry is possible from ${due} on (milliseconds since 1970)`);
  if (status === "Spawned" && row.questions < limits.identityQuestions) {
    update(state, row, now);
    return ask(row, now);
  }
  if (late) return [fail(state, row, "It was not there before its start", now)];
  if (state.paused) return refuse("paused", "The owner has paused the creation of launches");
  const version = presentVersion(state);
  if (isRefusal(version)) return version;
  const tags = launchTags(state.parameters, terms, row.request, version);
  return isRefusal(tags) ? tags : [spawnLaunch(state, row, version, tags, now)];
}
