/** Lints one source text as if it was a file of the repository, with the repository's own configuration. */
import path from "node:path";
import { ESLint } from "eslint";
import ts from "typescript";

const ROOT = path.resolve(import.meta.dirname, "../..");

export interface Finding {
  readonly rule: string;
  readonly text: string;
}

const parsed = new Map<string, ts.SourceFile>();
const optionsOf = new Map<string, ts.CompilerOptions>();

function readOptions(project: string): ts.CompilerOptions {
  const json: unknown = ts.readConfigFile(project, (name) => ts.sys.readFile(name)).config;
  return ts.parseJsonConfigFileContent(json, ts.sys, path.dirname(project)).options;
}

/** A program of one file that need not exist; the files it needs are read once for all programs. */
function programOf(file: string, code: string): ts.Program {
  const project = path.join(ROOT, file.startsWith("process/") ? "process" : ".", "tsconfig.json");
  const options = optionsOf.get(project) ?? readOptions(project);
  optionsOf.set(project, options);
  const absolute = path.join(ROOT, file);
  const host = ts.createCompilerHost(options, true);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (name, languageVersion, ...rest) => {
    if (name === absolute) return ts.createSourceFile(name, code, languageVersion, true);
    const key = `${project} ${name}`;
    const source = parsed.get(key) ?? read(name, languageVersion, ...rest);
    if (source !== undefined) parsed.set(key, source);
    return source;
  };
  host.fileExists = (name) => name === absolute || ts.sys.fileExists(name);
  return ts.createProgram([absolute], options, host);
}

/** What the linter has to say about `code` in `file` (a path from the root of the repository). */
export async function lint(file: string, code: string): Promise<readonly Finding[]> {
  const eslint = new ESLint({
    cwd: ROOT,
    overrideConfig: file.endsWith(".ts")
      ? { files: ["**/*.ts"], languageOptions: { parserOptions: { programs: [programOf(file, code)] } } }
      : {},
  });
  const [result] = await eslint.lintText(code, { filePath: path.join(ROOT, file) });
  return (result?.messages ?? []).map(({ ruleId, message }) => ({ rule: ruleId ?? "parser", text: message }));
}
