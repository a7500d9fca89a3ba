/** A bundle in a Lua of its own, without a module around it. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Evaluator } from "../../units/evaluation.ts";
import type { ComputeEnvironment, ComputeMessage, ComputeResult } from "../../units/message.ts";
import { bundleOf, replay, type Replayer } from "./replay.ts";

export const plainLua = "/usr/bin/lua5.3";
const script = fileURLToPath(new URL("plain.lua", import.meta.url));

/** No dry runs: there is no memory that could be put back. */
export const onPlainLua: Replayer = async (log) => {
  const bundle = await bundleOf(log.process);
  const folder = mkdtempSync(join(tmpdir(), "plain-"));
  const path = join(folder, "bundle.lua");
  writeFileSync(path, bundle);
  const child = spawn(plainLua, [script, path], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  child.unref();
  child.once("exit", () => rmSync(folder, { recursive: true, force: true }));

  async function evaluate(message: ComputeMessage, environment: ComputeEnvironment): Promise<ComputeResult> {
    child.stdin.write(`${JSON.stringify(message)}\t${JSON.stringify(environment)}\n`);
    const line = await lines.next();
    if (line.done === true) throw new Error("Lua has ended");
    return (JSON.parse(line.value) as { response: ComputeResult }).response;
  }

  const evaluator: Evaluator = { evaluate, dryRun: evaluate, memory: () => 0 };
  const next = replay(evaluator, log);
  return async (step) => {
    const outcome = step.dry ? undefined : await next(step);
    if (step === log.steps.at(-1)) child.stdin.end();
    return outcome;
  };
};
