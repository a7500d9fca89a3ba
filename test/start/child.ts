/** The command as a user runs it: in a process of its own, small. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { projectFolder } from "../../module/files.ts";

const register = import.meta.resolve("ts-blank-space/register");
const script = fileURLToPath(new URL("../../scripts/start.ts", import.meta.url));

/** The script by itself, and as a user calls it. */
export const direct: Command = [process.execPath, "--import", register, script];
export const byNpm: Command = ["npm", "start", "--"];
type Command = readonly [string, ...string[]];

export interface Started {
  readonly child: ChildProcess;
  /** Sends what a terminal sends at Ctrl-C: the signal, to all processes of the command. */
  readonly interrupt: () => void;
  /** What it has written so far. */
  readonly output: { stdout: string; stderr: string };
  /** Its exit code, once it has ended. */
  readonly ended: Promise<number | null>;
  /** Waits until its standard output has a text; fails if it ends before. */
  readonly says: (text: string) => Promise<void>;
  /** What it has left in the folder for temporary files, where npm may leave something too. */
  readonly leftovers: () => readonly string[];
}

/** Starts it with these arguments, and with a folder of its own for temporary files. */
export function start(
  context: { after: (clean: () => void) => void },
  [program, ...first]: Command,
  ...args: string[]
): Started {
  const temporary = mkdtempSync(join(tmpdir(), "tributary-test-"));
  const env = { ...process.env, TMPDIR: temporary };
  const child = spawn(program, [...first, ...args], { env, cwd: projectFolder, detached: true });
  const signal = (name: NodeJS.Signals): void => {
    if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid!, name);
  };
  const output = { stdout: "", stderr: "" };
  child.stdout.on("data", (text: Buffer) => (output.stdout += text.toString()));
  child.stderr.on("data", (text: Buffer) => (output.stderr += text.toString()));
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  context.after(() => {
    signal("SIGKILL");
    rmSync(temporary, { recursive: true, force: true });
  });
  const says = async (text: string): Promise<void> => {
    const said = new Promise<void>((resolve) => {
      child.stdout.on("data", () => output.stdout.includes(text) && resolve());
    });
    const early = ended.then((code) => Promise.reject(new Error(`ended with ${code}: ${output.stderr}`)));
    await Promise.race([said, early]);
  };
  const leftovers = (): readonly string[] =>
    readdirSync(temporary).filter((name) => name.startsWith("tributary-"));
  const interrupt = (): void => signal("SIGINT");
  return { child, interrupt, output, ended, says, leftovers };
}
