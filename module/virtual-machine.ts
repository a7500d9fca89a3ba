/**
 * The virtual machine: Lua and the loader's exports, compiled to WebAssembly, without a bundle. It is compiled once
 * and kept in build/cache under the hash of everything that went into it.
 */
import { fork } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { CompileReply, CompileRequest } from "./compile.ts";
import { projectFolder, readIfPresent, sha256, writeWhole } from "./files.ts";
import { readSources } from "./lua-sources.ts";

export interface VirtualMachineOptions {
  /** Seed of Lua's string hashes, 32 bits. It decides in which order pairs() walks over string keys. */
  readonly seed?: number;
  /** Give the bundle all of Lua's debug library, for measurements. A released module has `debug.traceback` only. */
  readonly debug?: boolean;
  /** Compile even if the cache has it. */
  readonly force?: boolean;
}

/** The seed of every released module; another one shows whether a process depends on the order of pairs(). */
export const defaultSeed = 0x5bd1e995;

/** What a WebAssembly engine of 2021 can do. Newer features are left off: an AO node need not be newer. */
const features =
  "-mcpu=mvp -mbulk-memory -mbulk-memory-opt -msign-ext -mnontrapping-fptoint -mmutable-globals";

/** The C stack, in bytes: room for the 200 nested C calls that Lua allows. */
const stackSize = 512 * 1024;

function request(seed: number, debug: boolean): CompileRequest {
  const exported = ["handle", "malloc", "free", "sbrk", "bundle", "__wasm_call_ctors"];
  return {
    files: { ...readSources() },
    units: ["module/lua.c", "module/loader.c", "module/memory.c"],
    flags: [
      ...[
        "--target=wasm32-wasip1",
        "-O2",
        "-fno-strict-aliasing",
        "-fvisibility=hidden",
        ...features.split(" "),
      ],
      ...[
        "-Imodule",
        "-Ilua",
        "-include",
        "module/configuration.h",
        `-DHASH_SEED=${seed}u`,
        ...(debug ? ["-DWHOLE_DEBUG_LIBRARY"] : []),
        "-Wno-everything",
      ],
    ],
    linkFlags: [
      "/usr/lib/wasm32-wasip1/libc.a",
      "/usr/lib/wasm32-unknown-wasip1/libclang_rt.builtins.a",
      ...["--no-entry", "--export-table", ...exported.map((name) => `--export=${name}`)],
      // The stack first: overflowing it then traps instead of overwriting data.
      ...["--stack-first", "-z", `stack-size=${stackSize}`, "--max-memory=4294967296"],
      ...["--gc-sections", "-O3", "--strip-all"],
    ],
  };
}

/** Compiles in a child process; rejects with the compiler's own words. */
function compile(request: CompileRequest): Promise<Uint8Array> {
  const child = fork(join(import.meta.dirname, "compile.ts"), {
    execArgv: ["--liftoff-only", "--import", import.meta.resolve("ts-blank-space/register")],
    serialization: "advanced",
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  return new Promise((resolve, reject) => {
    child.once("message", (reply: CompileReply) => {
      if ("wasm" in reply) resolve(reply.wasm);
      else reject(new Error(reply.error));
    });
    child.once("error", reject);
    child.once("exit", (code) =>
      reject(new Error(`the compiler ended without an answer (exit code ${code})`)),
    );
    child.send(request);
  });
}

function compilerVersion(): string {
  const manifest = join(dirname(fileURLToPath(import.meta.resolve("@yowasp/clang"))), "../package.json");
  return (JSON.parse(readFileSync(manifest, "utf8")) as { version: string }).version;
}

/**
 * The virtual machine as WebAssembly, ready for `embedBundle`. Same sources, compiler and seed: same bytes.
 * Takes seconds when it has to compile, and under 10 ms when the cache has it. Throws if the C does not compile.
 */
export async function buildVirtualMachine(options: VirtualMachineOptions = {}): Promise<Uint8Array> {
  const seed = options.seed ?? defaultSeed;
  if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff)
    throw new RangeError(`not a 32-bit seed: ${seed}`);
  const wanted = request(seed, options.debug === true);
  const cached = join(
    projectFolder,
    "build/cache",
    `${sha256(JSON.stringify([compilerVersion(), wanted]))}.wasm`,
  );
  const present = options.force === true ? undefined : readIfPresent(cached);
  if (present !== undefined) return present;
  const wasm = await compile(wanted);
  writeWhole(cached, wasm);
  return wasm;
}
