/** Every process of the repository: process/<name>/main.ts → build/<name>.lua and build/<name>.wasm. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { buildModule } from "./build.ts";
import type { Bundle } from "./bundle.ts";
import { projectFolder, readIfPresent, sha256, writeWhole } from "./files.ts";
import { formatTable } from "./table.ts";

export interface BuildOptions {
  /** Print nothing. */
  readonly quiet?: boolean;
  /** Build what is up to date, too. */
  readonly force?: boolean;
  /** Only these processes. Default: all that have a main.ts. */
  readonly names?: readonly string[];
}

interface Output {
  /** Absolute path. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  readonly sha256: string;
}

export interface BuiltProcess {
  readonly name: string;
  readonly bundle: Output;
  readonly module: Output;
  /** Whether this call built it, or found it up to date. */
  readonly built: boolean;
  readonly milliseconds: number;
}

/** What build/manifest.json says of a process: the hash of all that it was built from, and of what came of it. */
interface Entry {
  readonly sources: string;
  readonly bundle: string;
  readonly module: string;
}
type Manifest = Record<string, Entry>;

const buildFolder = join(projectFolder, "build");
const manifestPath = join(buildFolder, "manifest.json");

/** The hash of every file that can change a bundle or a module. */
function hashSources(): string {
  const files = ["process", "module"].flatMap((folder) =>
    readdirSync(join(projectFolder, folder), { recursive: true, encoding: "utf8" }).map((name) =>
      join(folder, name),
    ),
  );
  const sources = ["package-lock.json", "tsconfig.json", ...files.sort()].filter((name) =>
    statSync(join(projectFolder, name)).isFile(),
  );
  return sha256(
    JSON.stringify(sources.map((name) => [name, sha256(readFileSync(join(projectFolder, name)))])),
  );
}

function readManifest(): Manifest {
  const text = readIfPresent(manifestPath);
  return text === undefined ? {} : (JSON.parse(new TextDecoder().decode(text)) as Manifest);
}

function outputOf(path: string): Output | undefined {
  const content = readIfPresent(path);
  return content && { path, size: content.length, sha256: sha256(content) };
}

function outputsOf(name: string): Pick<BuiltProcess, "bundle" | "module"> | undefined {
  const bundle = outputOf(join(buildFolder, `${name}.lua`));
  const module = outputOf(join(buildFolder, `${name}.wasm`));
  return bundle && module && { bundle, module };
}

/** The process as it lies in build/, if it was built from these sources and nobody has changed it since. */
function findUpToDate(name: string, sources: string, manifest: Manifest): BuiltProcess | undefined {
  const start = performance.now();
  const [entry, outputs] = [manifest[name], outputsOf(name)];
  if (entry?.sources !== sources || outputs === undefined) return undefined;
  if (entry.bundle !== outputs.bundle.sha256 || entry.module !== outputs.module.sha256) return undefined;
  return { name, ...outputs, built: false, milliseconds: performance.now() - start };
}

async function buildOne(name: string, bundle: Bundle, start: number): Promise<BuiltProcess> {
  const wasm = await buildModule(bundle.lua);
  writeWhole(join(buildFolder, `${name}.lua`), bundle.lua);
  writeWhole(join(buildFolder, `${name}.wasm`), wasm);
  const outputs = outputsOf(name);
  if (outputs === undefined) throw new Error(`build/${name} was removed during the build`);
  return { name, ...outputs, built: true, milliseconds: performance.now() - start };
}

/** Builds the named processes. The compiler is loaded here only: finding that all is up to date stays quick. */
async function buildStale(names: readonly string[]): Promise<BuiltProcess[]> {
  let start = performance.now();
  const built = [];
  const { bundleEach } = await import("./bundle.ts");
  const bundles = bundleEach(names.map((name) => join(projectFolder, "process", name, "main.ts")));
  for (const name of names) {
    const next = bundles.next();
    if (next.done === true) break;
    built.push(await buildOne(name, next.value, start));
    start = performance.now();
  }
  return built;
}

/** The processes that can be built: folders of process/ with a main.ts, in alphabetical order. */
export function processNames(): string[] {
  const folder = join(projectFolder, "process");
  return readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, "main.ts")))
    .sort();
}

/**
 * Builds what is not up to date, prints a table unless `quiet`, and says where everything is. Several callers at a
 * time do no harm: files are replaced whole.
 * @throws Error with the compiler's complaints if a process does not compile; those before it are built.
 */
export async function buildAll(options: BuildOptions = {}): Promise<BuiltProcess[]> {
  const names = options.names ?? processNames();
  const sources = hashSources();
  const manifest = readManifest();
  const upToDate =
    options.force === true ? [] : names.flatMap((name) => findUpToDate(name, sources, manifest) ?? []);
  const stale = names.filter((name) => !upToDate.some((found) => found.name === name));
  const built = stale.length === 0 ? [] : await buildStale(stale);
  if (built.length > 0) {
    const entries = built.map(({ name, bundle, module }) => {
      return [name, { sources, bundle: bundle.sha256, module: module.sha256 }] as const;
    });
    writeWhole(
      manifestPath,
      `${JSON.stringify({ ...readManifest(), ...Object.fromEntries(entries) }, null, 2)}\n`,
    );
  }
  const all = [...upToDate, ...built].sort((a, b) => names.indexOf(a.name) - names.indexOf(b.name));
  if (options.quiet !== true) console.log(formatTable(all));
  return all;
}
