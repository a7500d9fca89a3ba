/** Replays logs on each runtime, and demands equal answers and equal state at every message. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { buildAll } from "../../module/build-all.ts";
import { buildModule } from "../../module/build.ts";
import { nodeHost, type NodeHost } from "../../process/host/node.ts";
import type { Process } from "../../process/host/process.ts";
import { ledger } from "../../process/ledger/actions.ts";
import { mint } from "../../process/mint/actions.ts";
import { pool } from "../../process/pool/actions.ts";
import { token } from "../../process/token/actions.ts";
import type { Evaluator } from "../../units/evaluation.ts";
import type { ComputeResult } from "../../units/message.ts";
import { wasmModule } from "../../units/wasm.ts";
import { aosModule, type ProcessName, stockAos } from "../scene/runtimes.ts";
import { canonical } from "./canonical.ts";
import { Log, owner, type Step } from "./log.ts";

/** What a message came to, without what a runtime adds by itself. */
export interface Outcome {
  readonly error: string | undefined;
  readonly messages: ComputeResult["Messages"];
  readonly spawns: ComputeResult["Spawns"];
  readonly assignments: ComputeResult["Assignments"];
  /** All that the process keeps afterwards, as canonical.ts writes it. */
  readonly kept: string;
}

type Replayed = Pick<Step, "message" | "dry">;

/** Makes what replays a log, message by message; undefined for a step that it has no way to replay. */
export type Replayer = (log: Log) => Promise<(step: Replayed) => Promise<Outcome | undefined>>;

/**
 * The one place where runtimes are made alike. Dropped: `Output`, in which aos writes its prompt. An error inside aos
 * itself (a spawn or an Eval that the bundle refuses) stands behind aos's own words; what counts is from the code on.
 */
function outcomeOf(result: ComputeResult, kept: string): Outcome {
  const { Error: text, Messages: messages, Spawns: spawns, Assignments: assignments } = result;
  const error = text?.replace(/^[^]*\[string "\.handlers"\]:\d+: /, "");
  return { error, messages, spawns, assignments, kept };
}

const definitions = { token, mint, ledger, pool };

/** The TypeScript under Node: what the others are compared with. */
export const onNode: Replayer = async ({ process, environment }) => {
  const host: NodeHost<unknown> = nodeHost(definitions[process] as Process<unknown>);
  return async ({ message, dry }) => {
    const result = dry ? host.dryRun(message, environment) : host.handle(message, environment);
    const kept = host.kept();
    return outcomeOf(result, kept === undefined ? "nothing" : canonical(kept));
  };
};

const dump = readFileSync(new URL("dump.lua", import.meta.url), "utf8");
const bundles = new Map<ProcessName, Promise<string>>();

/** A process's bundle with dump.lua. */
export function dumpable(bundle: string): string {
  return `(function(...)\n${bundle}\nend)(...)\n${dump}`;
}

/** The bundle of a process with dump.lua, built once. */
export function bundleOf(process: ProcessName): Promise<string> {
  const known = bundles.get(process);
  if (known !== undefined) return known;
  const bundle = buildAll({ quiet: true, names: [process] }).then(([built]) =>
    dumpable(readFileSync(built!.bundle.path, "utf8")),
  );
  bundles.set(process, bundle);
  return bundle;
}

/** Evaluates a log's steps, and asks for what is kept after each. */
export function replay(evaluator: Evaluator, { environment, id }: Log): (step: Replayed) => Promise<Outcome> {
  const question = new Log("dump", "token", {}).send(owner, { Action: "Dump-Kept" }).message;
  return async ({ message, dry }) => {
    const result = await (dry
      ? evaluator.dryRun(message, environment)
      : evaluator.evaluate(message, environment));
    const { Output: output } = await evaluator.evaluate({ ...question, Target: id }, environment);
    return outcomeOf(result, typeof output === "string" && output !== "" ? output : "nothing");
  };
}

/** The compact module, built with a seed of its own or with the usual one. */
export function onCompact(seed?: number): Replayer {
  return async (log) => {
    const module = await buildModule(await bundleOf(log.process), seed === undefined ? {} : { seed });
    return replay(await wasmModule(module)(), log);
  };
}

/** aos with the bundle as the spawn's Data. */
export const onAos: Replayer = async (log) => {
  const create = await aosModule(await bundleOf(log.process));
  return replay(await create(), log);
};

/** aos with the bundle loaded into the running process: the spawn's place in the comparison is the Eval's. */
export const onAosByEval: Replayer = async (log) => {
  const bundle = await bundleOf(log.process);
  const evaluator = await (await stockAos())();
  const next = replay(evaluator, log);
  return async (step) => {
    if (step.message.Id !== log.id) return next(step);
    const { Error: error } = await evaluator.evaluate(step.message, log.environment);
    assert.equal(error, undefined, "aos spawns");
    const from = log.environment.Process.Owner;
    const by = { Owner: step.message.Owner, From: from, Data: bundle, Id: `${log.id.slice(0, -1)}-` };
    const tags = [
      ...step.message.Tags.filter(({ name }) => name === "From-Process"),
      { name: "Action", value: "Eval" },
    ];
    return next({ dry: false, message: { ...step.message, ...by, Tags: tags } });
  };
};

/** Replays a log on a runtime and demands what Node gave. */
export async function assertAlike(
  log: Log,
  reference: readonly Outcome[],
  replayer: Replayer,
): Promise<void> {
  const next = await replayer(log);
  for (const [i, step] of log.steps.entries()) {
    const expected = reference[i]!;
    const found = await next(step);
    if (found === undefined) continue;
    const where = `${log.name}, message ${i} (${actionOf(step)})`;
    assert.deepEqual({ ...found, kept: "" }, { ...expected, kept: "" }, where);
    if (found.kept !== expected.kept) assert.fail(`${where}: ${difference(expected.kept, found.kept)}`);
  }
}

/** Replays a log under Node, and checks what is expected of it by hand. */
export async function replayOnNode(log: Log): Promise<readonly Outcome[]> {
  const next = await onNode(log);
  const outcomes = [];
  for (const [i, step] of log.steps.entries()) {
    const outcome = (await next(step))!;
    outcomes.push(outcome);
    const { error, messages: Messages, spawns: Spawns, assignments: Assignments } = outcome;
    const result = {
      Output: "",
      // What a process publishes is compared, too, but not expected by hand.
      Messages: Messages.filter(({ Target }) => Target !== undefined),
      Spawns,
      Assignments,
      ...(error === undefined ? {} : { Error: error }),
    };
    try {
      step.check(result);
    } catch (thrown) {
      throw new Error(`${log.name}, message ${i} (${actionOf(step)}): ${String(thrown)}`, { cause: thrown });
    }
  }
  return outcomes;
}

function actionOf({ message }: Step): string {
  return message.Tags.find(({ name }) => name === "Action")?.value ?? "spawn";
}

/** The surroundings of the first difference. */
function difference(expected: string, found: string): string {
  let at = 0;
  while (expected[at] === found[at]) at++;
  const part = (text: string) => text.slice(Math.max(0, at - 60), at + 60);
  return `the state is …${part(found)}… instead of …${part(expected)}…`;
}
