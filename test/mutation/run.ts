/**
 * `npm run test:mutation`: puts one fault after the other into a copy of the code, and asks the tests whether they see
 * it. `--only REGEX` takes the faults whose file, text or meaning fits; `--list` shows them; `--trust` leaves out the run
 * without any fault that comes first. Fails when a fault survives that `explained.ts` does not explain.
 */
import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import blankTypes from "ts-blank-space";
import { explained } from "./explained.ts";
import type { Fault } from "./fault.ts";
import { faults, type Trial, trialsOf } from "./faults.ts";

const root = resolve(import.meta.dirname, "../..");
const PATIENCE = 300_000;

/** Types are taken out once, when the copy is made, and not at each of some hundred starts. */
const LOADER = `import { readFile } from "node:fs/promises";
export async function load(url, context, next) {
  if (!url.endsWith(".ts")) return next(url, context);
  return { format: "module", shortCircuit: true, source: await readFile(new URL(url)) };
}`;
const REGISTER = `import { register } from "node:module";
register("./loader.mjs", import.meta.url);`;

/** What came of a fault: which test saw it, or none. */
interface Result {
  readonly fault: Fault;
  readonly killedBy: string | undefined;
}

/** What stood in each file at the start: somebody may go on working meanwhile. */
const sources = new Map<string, string>();

function sourceOf(file: string): string {
  const known = sources.get(file) ?? readFileSync(join(root, file), "utf8");
  sources.set(file, known);
  return known;
}

/** The text with the fault in it; an error of the list where the text does not stand there exactly once. */
function withFault({ file, text, becomes }: Fault): string {
  const source = sourceOf(file);
  const count = source.split(text).length - 1;
  if (count === 1) return source.replace(text, () => becomes);
  throw new Error(`An error of the list: this must stand in ${file} once, and does ${count} times:\n${text}`);
}

/** A copy of what the tests need. `build/` stays behind: what a fault builds must not get into the real one. */
function copyCode(): string {
  const folder = mkdtempSync(join(tmpdir(), "mutation-"));
  for (const part of ["process", "units", "module", "deployment", "test", "package.json"])
    cpSync(join(root, part), join(folder, part), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  for (const path of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    if (!path.endsWith(".ts") || path.startsWith("node_modules")) continue;
    writeFileSync(join(folder, path), blankTypes(readFileSync(join(folder, path), "utf8")));
  }
  // Nobody reads the history that a fault breaks: it need not be shortened.
  for (const [file, text, becomes] of [
    ["test/laws/judge.ts", "shorten(history, law);", "history;"],
    ["test/laws/index-judge.ts", "shorten(history, law);", "history;"],
    ["test/laws/launch-judge.ts", "shorten(found.history, laws, name);", "found.history;"],
  ] as const)
    writeFileSync(join(folder, file), blankTypes(withFault({ file, text, becomes, breaks: "" })));
  writeFileSync(join(folder, "loader.mjs"), LOADER);
  writeFileSync(join(folder, "register.mjs"), REGISTER);
  return folder;
}

/** The first test that fails; undefined when all pass. */
function firstFailure(folder: string, { tests, runs, steps }: Trial): Promise<string | undefined> {
  const all = tests.map((test) => `import "./test/${test}.test.ts";\n`);
  writeFileSync(join(folder, "trial.ts"), all.join(""));
  return new Promise((done, fail) => {
    const options = ["--import", "./register.mjs", "--test-reporter=tap", "trial.ts"];
    const env = { ...process.env, LAW_RUNS: `${runs}`, LAW_STEPS: `${steps}`, INDEX_STEPS: `${steps}` };
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
      const [, name, place] = /^ *not ok \d+ - (.*)$[^]*?^ *location: '(.*?):\d+:\d+'$/m.exec(output) ?? [];
      if (name !== undefined)
        stop(
          `${relative(folder, place!).replace("pool-judge", "pool.test").replace("index-judge", "index.test").replace("judge", "histories.test")}: ${name}`,
        );
    });
    child.on("close", (code) => {
      clearTimeout(timer);
      if (failure === undefined && code !== 0) fail(new Error(`They do not start: ${tests.join(", ")}`));
      else done(failure);
    });
  });
}

async function tryFault(folder: string, fault: Fault): Promise<Result> {
  const path = join(folder, fault.file);
  writeFileSync(path, blankTypes(withFault(fault)));
  try {
    for (const trial of trialsOf(fault)) {
      const failure = await firstFailure(folder, trial);
      if (failure !== undefined) return { fault, killedBy: failure };
    }
    return { fault, killedBy: undefined };
  } finally {
    writeFileSync(path, blankTypes(sourceOf(fault.file)));
  }
}

/** Without a fault every test must pass, or a failure would say nothing. */
async function assertSound(folder: string, chosen: readonly Fault[]): Promise<void> {
  const trials = new Map(chosen.flatMap(trialsOf).map((trial) => [JSON.stringify(trial), trial]));
  for (const trial of trials.values()) {
    const failure = await firstFailure(folder, trial);
    if (failure !== undefined) throw new Error(`Fails without any fault: ${failure}`);
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
    if (!options.includes("--trust")) await assertSound(folder, chosen);
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
