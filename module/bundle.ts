/** TypeScript → Lua: one bundle for one entry, with everything that the entry imports. */
import { join, relative, resolve } from "node:path";
import ts from "typescript";
import { parseConfigFileWithSystem, Transpiler } from "typescript-to-lua";
import { projectFolder, sha256 } from "./files.ts";

export interface Bundle {
  /** The entry's absolute path. */
  readonly entry: string;
  /** One Lua chunk; running it runs the entry. */
  readonly lua: string;
}

const configFile = join(projectFolder, "process/tsconfig.json");

/** TypeScript's code for "the configuration names no files"; the files are ours to name. */
const noInputs = 18003;

/** One line a complaint: `process/token/rules.ts:12:3: …`. */
function report(diagnostics: readonly ts.Diagnostic[]): string {
  const lines = diagnostics.map(({ file, start, messageText }) => {
    const text = ts.flattenDiagnosticMessageText(messageText, "\n  ");
    if (file === undefined) return text;
    const { line, character } = ts.getLineAndCharacterOfPosition(file, start ?? 0);
    return `${relative(projectFolder, file.fileName)}:${line + 1}:${character + 1}: ${text}`;
  });
  return [...new Set(lines)].join("\n");
}

function throwIfAny(diagnostics: readonly ts.Diagnostic[]): void {
  const errors = diagnostics.filter(({ category }) => category === ts.DiagnosticCategory.Error);
  if (errors.length > 0) throw new Error(report(errors));
}

/** Whether the statement loads another file when it runs; `import type` does not. */
function loads(statement: ts.Statement): statement is ts.ImportDeclaration | ts.ExportDeclaration {
  if (ts.isImportDeclaration(statement))
    return statement.importClause?.phaseModifier !== ts.SyntaxKind.TypeKeyword;
  return ts.isExportDeclaration(statement) && !statement.isTypeOnly;
}

/** The files of a bundle, each after what it imports, so that the order does not depend on other entries. */
function filesOf(program: ts.Program, entry: string): ts.SourceFile[] {
  const checker = program.getTypeChecker();
  const files = new Set<ts.SourceFile>();
  const seen = new Set<ts.SourceFile>();
  function visit(file: ts.SourceFile | undefined): void {
    if (file === undefined || file.isDeclarationFile || seen.has(file)) return;
    seen.add(file);
    for (const statement of file.statements) {
      if (!loads(statement) || statement.moduleSpecifier === undefined) continue;
      visit(checker.getSymbolAtLocation(statement.moduleSpecifier)?.valueDeclaration?.getSourceFile());
    }
    files.add(file);
  }
  visit(program.getSourceFile(entry));
  return [...files];
}

/** The hash of a bundle's code, without the first line, which tells the running process this hash. */
export function codeHash(lua: string): string {
  return sha256(lua.replace(/^TributaryCode = .*\n/, ""));
}

/**
 * TypeScriptToLua's bundle of these files. It writes through a callback, and takes the entry from the options of the
 * whole program: both are set here for one bundle at a time.
 */
function emit(program: ts.Program, entry: string, sourceFiles: ts.SourceFile[]): string {
  let lua: string | undefined;
  Object.assign(program.getCompilerOptions(), { luaBundle: "bundle.lua", luaBundleEntry: entry });
  const writeFile: ts.WriteFileCallback = (_path, text) => {
    lua = text;
  };
  const { diagnostics } = new Transpiler().emit({ program, sourceFiles, writeFile });
  throwIfAny(diagnostics);
  if (lua === undefined) throw new Error(`no bundle came of ${entry}`);
  return `TributaryCode = "${codeHash(lua)}"\n${lua}`;
}

/**
 * The bundles of several entries (paths of .ts files, absolute or relative to the working folder), one after the
 * other. They are parsed and checked together: what they share, once. Options are those of process/tsconfig.json.
 * @throws Error with one line a complaint (`file:line:column: text`) if an entry, or what it imports, does not compile.
 */
export function* bundleEach(entries: readonly string[]): Generator<Bundle> {
  const config = parseConfigFileWithSystem(configFile);
  throwIfAny(config.errors.filter(({ code }) => code !== noInputs));
  const ambient = config.fileNames.filter((name) => name.endsWith(".d.ts"));
  const paths = entries.map((entry) => resolve(entry));
  // With verbatimModuleSyntax TypeScriptToLua would load files of `import type`, too, and so run into circles.
  const options: ts.CompilerOptions = {
    ...(config.options as ts.CompilerOptions),
    verbatimModuleSyntax: false,
    noEmit: false,
  };
  const program = ts.createProgram([...ambient, ...paths], options);
  throwIfAny([...program.getOptionsDiagnostics(), ...program.getGlobalDiagnostics()]);
  for (const entry of paths) {
    const files = filesOf(program, entry);
    if (files.length === 0) throw new Error(`no such entry: ${entry}`);
    throwIfAny(files.flatMap((file) => program.getSyntacticDiagnostics(file)));
    throwIfAny(files.flatMap((file) => program.getSemanticDiagnostics(file)));
    yield { entry, lua: emit(program, entry, files) };
  }
}

/** The bundle of one entry, as one Lua chunk; throws as `bundleEach` does. */
export function bundleLua(entry: string): string {
  for (const { lua } of bundleEach([entry])) return lua;
  throw new Error(`no bundle came of ${entry}`);
}
