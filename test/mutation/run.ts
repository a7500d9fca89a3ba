/**
 * `npm run test:mutation`: puts one fault after the other into a copy of the code, and asks the tests whether they see
 * it. `--only REGEX` takes the faults whose file, text or meaning fits; `--list` shows them. Fails when a fault survives
 * that `explained.ts` does not explain.
 */
import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { explained } from "./explained.ts";
import type { Fault } from "./fault.ts";
import { faults, type Trial, trialsOf } from "./faults.ts";

const root = resolve(import.meta.dirname, "../..");
const PATIENCE = 120_000;

/** What came of a fault: which test saw it, or none. */
interface Result {
  readonly fault: Fault;
  readonly killedBy: string | undefined;
}

/** The text with the fault in it; an error of the list where the text does not stand there exactly once. */
function withFault({ file, text, becomes }: Fault): string {
  const source = readFileSync(join(root, file), "utf8");
  const count = source.split(text).length - 1;
  if (count === 1) return source.replace(text, () => becomes);
  throw new Error(`An error of the list: this must stand in ${file} once, and does ${count} times:\n${text}`);
}

/** A copy of what the tests need. `build/` stays behind: what a fault builds must not get into the real one. */
function copyCode(): string {
  const folder = mkdtempSync(join(tmpdir(), "mutation-"));
  for (const part of ["process", "units", "module", "test", "package.json"])
    cpSync(join(root, part), join(folder, part), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  return folder;
}

/** The first test that fails; undefined when all pass. */
function firstFailure(folder: string, { test, runs, steps }: Trial): Promise<string | undefined> {
  return new Promise((done) => {
    const options = ["--import", "ts-blank-space/register", "--test-reporter=tap", test];
    const env = { ...process.env, LAW_RUNS: `${runs}`, LAW_STEPS: `${steps}` };
    const child = spawn(process.execPath, options, { cwd: folder, env, stdio: ["ignore", "pipe", "ignore"] });
    let output = "";
    let failure: string | undefined;
    const stop = (reason: string): void => {
      failure ??= reason;
      child.kill("SIGKILL");
    };
    const timer = setTimeout(() => stop(`${PATIENCE / 1000} s without an end`), PATIENCE);
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      output += chunk;
      const name = /^ *not ok \d+ - (.*)\n/m.exec(output)?.[1];
      if (name !== undefined) stop(name);
      output = output.slice(output.lastIndexOf("\n") + 1);
    });
    child.on("close", (code) => {
      clearTimeout(timer);
      done(failure ?? (code === 0 ? undefined : "the test does not start"));
    });
  });
}

async function tryFault(folder: string, fault: Fault): Promise<Result> {
  const path = join(folder, fault.file);
  writeFileSync(path, withFault(fault));
  try {
    for (const trial of trialsOf(fault)) {
      const failure = await firstFailure(folder, trial);
      if (failure !== undefined) return { fault, killedBy: `${trial.test}: ${failure}` };
    }
    return { fault, killedBy: undefined };
  } finally {
    cpSync(join(root, fault.file), path);
  }
}

/** Without a fault every test must pass, or a failure would say nothing. */
async function assertSound(folder: string, chosen: readonly Fault[]): Promise<void> {
  const trials = new Map(chosen.flatMap(trialsOf).map((trial) => [`${trial.test} ${trial.runs}`, trial]));
  for (const trial of trials.values()) {
    const failure = await firstFailure(folder, trial);
    if (failure !== undefined) throw new Error(`Fails without any fault: ${trial.test}: ${failure}`);
  }
}

function reasonOf({ file, text }: Fault): string | undefined {
  return explained.find((known) => known.file === file && known.text === text)?.reason;
}

function title({ file, breaks }: Fault): string {
  return `${file.replace("process/", "").padEnd(34)} ${breaks}`;
}

function report(results: readonly Result[], seconds: number): boolean {
  const survivors = results.filter(({ killedBy }) => killedBy === undefined);
  const killed = results.length - survivors.length;
  const rooms = new Map<string, [killed: number, all: number]>();
  for (const { fault, killedBy } of results) {
    const room = fault.file.split("/")[1]!;
    const [before, all] = rooms.get(room) ?? [0, 0];
    rooms.set(room, [before + (killedBy === undefined ? 0 : 1), all + 1]);
  }
  console.log("");
  for (const [room, [seen, all]] of rooms) console.log(`${room.padEnd(10)} ${seen} of ${all}`);
  console.log(`${"all".padEnd(10)} ${killed} of ${results.length} faults seen, in ${Math.round(seconds)} s`);
  for (const { fault } of survivors) {
    console.log(`\nsurvives   ${title(fault)}\n           ${fault.text.trim()}`);
    console.log(`           ${reasonOf(fault) ?? "not explained"}`);
  }
  return survivors.every(({ fault }) => reasonOf(fault) !== undefined);
}

async function main(options: readonly string[]): Promise<boolean> {
  const at = options.indexOf("--only");
  const pattern = at < 0 ? undefined : new RegExp(options[at + 1] ?? "");
  const chosen = faults.filter(
    ({ file, text, breaks }) => pattern?.test(`${file}\n${text}\n${breaks}`) ?? true,
  );
  for (const fault of chosen) withFault(fault);
  for (const { file, text } of explained) {
    if (faults.every((fault) => fault.file !== file || fault.text !== text))
      throw new Error(`An error of the list: explained.ts explains no fault: ${file}: ${text}`);
  }
  if (options.includes("--list")) {
    for (const fault of chosen) console.log(title(fault));
    console.log(`${chosen.length} faults`);
    return true;
  }
  const folder = copyCode();
  const start = performance.now();
  try {
    await assertSound(folder, chosen);
    const results: Result[] = [];
    for (const fault of chosen) {
      const result = await tryFault(folder, fault);
      console.log(`${title(fault)}\n    ${result.killedBy ?? "SURVIVES"}`);
      results.push(result);
    }
    return report(results, (performance.now() - start) / 1000);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

process.exitCode = (await main(process.argv.slice(2))) ? 0 : 1;
