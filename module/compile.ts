/**
 * A child process that compiles and links C with clang as WebAssembly. It is a process of its own because it runs
 * with --liftoff-only: the compiler's 75 MB are then ready in a second, and the rest of a program keeps its speed.
 * Takes one `CompileRequest` as a message, answers with one `CompileReply`, and ends.
 */
import { commands, type OutputStream, type Tree } from "@yowasp/clang";

export interface CompileRequest {
  /** Folders of sources, as the compiler's working directory. */
  readonly files: Record<string, Record<string, string>>;
  readonly flags: readonly string[];
  /** The C files to compile, as `folder/name.c`. */
  readonly units: readonly string[];
  readonly linkFlags: readonly string[];
}

export type CompileReply = { readonly wasm: Uint8Array } | { readonly error: string };

/** Runs a tool and gives the file that it wrote; throws with what the tool printed. */
async function run(
  tool: "clang" | "wasm-ld",
  args: string[],
  files: Tree,
  output: string,
): Promise<Uint8Array> {
  const command = commands[tool];
  const decoder = new TextDecoder();
  let printed = "";
  const print: OutputStream = (bytes) => {
    if (bytes !== null) printed += decoder.decode(bytes);
  };
  const options = { stdout: print, stderr: print, decodeASCII: false, fetchProgress: () => {} };
  try {
    const written = await command(args, files, options);
    const file = written?.[output];
    if (file instanceof Uint8Array) return file;
    throw new Error(`no ${output}`);
  } catch (error) {
    throw new Error(`${tool} ${args.join(" ")}\n${printed || String(error)}`, { cause: error });
  }
}

async function compile(request: CompileRequest): Promise<Uint8Array> {
  const objects: Tree = {};
  for (const unit of request.units) {
    const object = unit.replace(/^.*\/(.*)\.c$/, "$1.o");
    objects[object] = await run("clang", [...request.flags, "-c", unit, "-o", object], request.files, object);
  }
  const link = [...Object.keys(objects), ...request.linkFlags, "-o", "module.wasm"];
  return run("wasm-ld", link, objects, "module.wasm");
}

process.once("message", (request: CompileRequest) => {
  compile(request).then(
    (wasm) => process.send?.({ wasm } satisfies CompileReply, () => process.disconnect()),
    (error: Error) =>
      process.send?.({ error: error.message } satisfies CompileReply, () => process.disconnect()),
  );
});
