/** The tally on each Lua runtime, and short ways to talk to it. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildModule } from "../../../module/build.ts";
import { projectFolder } from "../../../module/files.ts";
import { identifier } from "../../../units/address.ts";
import type { Evaluator } from "../../../units/evaluation.ts";
import { scheduledMessage, tagsOf, type ComputeMessage, type ComputeResult } from "../../../units/message.ts";
import { walletItem } from "../../../units/signing.ts";
import { wasmModule } from "../../../units/wasm.ts";
import { start } from "../../module/instance.ts";
import { aosModule } from "../../scene/runtimes.ts";
import { testBundle } from "../../scene/test-bundle.ts";
import { Log, owner } from "../log.ts";
import { dumpable } from "../replay.ts";

/** The bundle of a process of a file here, answering questions about what is kept. */
const bundleOf = (name: string, file: string): string => dumpable(testBundle(name, file));

const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

/** The bundles that tests upgrade to, each answering questions about what is kept. */
export const bundles = {
  first: bundleOf("first", here("first.ts")),
  second: bundleOf("second", here("second.ts")),
  gap: bundleOf("gap", here("faulty.ts")),
  broken: bundleOf("broken", here("faulty.ts")),
  token: bundleOf("token", join(projectFolder, "process/token/actions.ts")),
};

/** What version 1 has kept, stored when that was the present version. */
export const storedFile = new URL("../../data/tally-first.json", import.meta.url);
export const stored = (): unknown => JSON.parse(readFileSync(storedFile, "utf8"));

const log = new Log("tally", "token", { Name: "tally" });
export const environment = log.environment;
export const tally = log.id;
export const spawn = log.steps[0]!.message;

export interface Tally {
  readonly send: (
    action: string,
    tags?: Readonly<Record<string, string>>,
    fields?: Partial<ComputeMessage>,
  ) => Promise<ComputeResult>;
  /** All that is kept, as canonical.ts writes it. */
  readonly kept: () => Promise<string>;
  readonly evaluator: Evaluator;
}

let count = 0;

/** A message by the owner; `fields` replace those of the unit's message. */
export function messageOf(
  action: string,
  tags: Readonly<Record<string, string>> = {},
  fields: Partial<ComputeMessage> = {},
): ComputeMessage {
  const id = identifier("tally message", count++);
  const item = walletItem({ id, signer: owner, target: tally, tags: tagsOf({ Action: action, ...tags }) });
  const slot = { nonce: count, hashChain: "", time: { timestamp: log.now, height: 1 } };
  return { ...scheduledMessage(item, slot), ...fields };
}

async function tallyOn(evaluator: Evaluator): Promise<Tally> {
  await evaluator.evaluate(spawn, environment);
  return {
    evaluator,
    send: (action, tags, fields) => evaluator.evaluate(messageOf(action, tags, fields), environment),
    kept: async () => String((await evaluator.evaluate(messageOf("Dump-Kept"), environment)).Output),
  };
}

/** Evaluates in ao-loader and undoes nothing, as no real unit does. */
async function withoutRollback(): Promise<Evaluator> {
  const { call } = await start(await buildModule(bundles.first));
  const evaluate = async (message: ComputeMessage): Promise<ComputeResult> =>
    (await call(message, environment)) as unknown as ComputeResult;
  return { evaluate, dryRun: evaluate, memory: () => 0 };
}

/** The first version of the tally, spawned. */
export const runs: Readonly<Record<string, () => Promise<Tally>>> = {
  "the compact module": async () => tallyOn(await wasmModule(await buildModule(bundles.first))()),
  "the compact module, where nothing is undone": async () => tallyOn(await withoutRollback()),
  aos: async () => tallyOn(await (await aosModule(bundles.first))()),
};
