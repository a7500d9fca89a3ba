/**
 * The C sources of Lua 5.3.5 (npm package lua-src) with the changes that a process needs, and the module's own C.
 */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** A folder of C files: text by file name. */
export type SourceFolder = Record<string, string>;

interface Change {
  readonly file: string;
  readonly why: string;
  readonly before: string;
  readonly after: string;
}

const changes: readonly Change[] = [
  {
    file: "lparser.c",
    why: "5.3.6: a prototype may be older than its source name (collector barrier)",
    before: "  f->source = ls->source;\n",
    after: "  f->source = ls->source;\n  luaC_objbarrier(ls->L, f, f->source);\n",
  },
  {
    file: "lparser.c",
    why: "5.3.6: the same for the name of the environment upvalue",
    before: "  newupvalue(fs, ls->envn, &v);  /* ...set environment upvalue */\n",
    after: "  newupvalue(fs, ls->envn, &v);\n  luaC_objbarrier(ls->L, fs->f, ls->envn);\n",
  },
  {
    file: "lparser.c",
    why: "5.3.6: the same for the main prototype of a closure",
    before: "  funcstate.f = cl->p = luaF_newproto(L);\n",
    after: "  funcstate.f = cl->p = luaF_newproto(L);\n  luaC_objbarrier(L, cl, cl->p);\n",
  },
  {
    file: "lauxlib.c",
    why: "5.3.6: shrinking a block may not fail, even when realloc does",
    before: "    return realloc(ptr, nsize);",
    after:
      "    { void *p = realloc(ptr, nsize);\n" +
      "      return (p == NULL && ptr != NULL && nsize <= osize) ? ptr : p; }",
  },
  {
    file: "lapi.c",
    why: "5.3.6: joining an upvalue with itself freed it (CVE-2019-6706)",
    before: "  UpVal **up2 = getupvalref(L, fidx2, n2, NULL);\n",
    after: "  UpVal **up2 = getupvalref(L, fidx2, n2, NULL);\n  if (*up1 == *up2) return;\n",
  },
  {
    file: "lstate.c",
    why: "the seed of string hashes, and with it the order of pairs(), is part of the build, not of addresses",
    before: "  return luaS_hash(buff, p, h);",
    after: "  (void)buff; (void)p; (void)h;\n  return HASH_SEED;",
  },
  {
    file: "lstate.c",
    why: "... nor of the clock",
    before: "#if !defined(luai_makeseed)\n",
    after: "#define luai_makeseed() HASH_SEED\n#if !defined(luai_makeseed)\n",
  },
  {
    file: "luaconf.h",
    why: "200 nested calls from C, each with such a buffer, must fit the C stack",
    before: "#define LUAL_BUFFERSIZE   ((int)(0x80 * sizeof(void*) * sizeof(lua_Integer)))",
    after: "#define LUAL_BUFFERSIZE   1024",
  },
  { file: "lbaselib.c", why: "there are no files", before: '  {"dofile", luaB_dofile},\n', after: "" },
  { file: "lbaselib.c", why: "there are no files", before: '  {"loadfile", luaB_loadfile},\n', after: "" },
];

/** The text with one passage replaced. Throws unless the passage is there exactly once. */
function replaceOnce(text: string, change: Change): string {
  const parts = text.split(change.before);
  if (parts.length !== 2) {
    throw new Error(
      `${change.file}: expected once, found ${parts.length - 1} times: ${change.before.trim()}`,
    );
  }
  return parts.join(change.after);
}

function readFolder(folder: string): SourceFolder {
  const names = readdirSync(folder).filter((name) => /\.[ch]$/.test(name));
  return Object.fromEntries(names.sort().map((name) => [name, readFileSync(join(folder, name), "utf8")]));
}

/** Lua's sources, changed, and ours. Throws if a change does not fit the installed lua-src. */
export function readSources(): { lua: SourceFolder; module: SourceFolder } {
  const manifest = fileURLToPath(import.meta.resolve("lua-src/package.json"));
  const lua = readFolder(join(dirname(manifest), "src"));
  for (const change of changes) lua[change.file] = replaceOnce(lua[change.file] ?? "", change);
  return { lua, module: readFolder(join(import.meta.dirname, "c")) };
}
