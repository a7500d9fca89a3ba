/*
 * Settings of Lua, included before each source file. Everything that could differ between two nodes (addresses, the
 * clock, the locale) is replaced by a constant here or left out of the build.
 */
#ifndef configuration_h
#define configuration_h

/* Hash every character of a string. Lua samples strings of 32 characters and more, and addresses have 43. */
#define LUAI_HASHLIMIT 31

/* Intern strings up to this length: addresses and ids then compare by pointer, and each is stored once. */
#define LUAI_MAXSHORTLEN 64

/* Lua counts its memory in signed words; with 32 bits that count overflows at 2 GiB. */
#define LUAI_UMEM unsigned long long
#define LUAI_MEM long long

/* table.sort() asks the clock for a pivot when a large array partitions badly. */
#define l_randomizePivot() 0u

/* There are no signals; lstate.h would include <signal.h> for this type. */
#define l_signalT int

/* No locale, no output: `print` does nothing. */
#define lua_getlocaledecpoint() '.'
#define lua_writestring(text, length) ((void)(text), (void)(length))
#define lua_writeline() ((void)0)
#define lua_writestringerror(format, argument) ((void)(argument))

/*
 * Protected calls. WebAssembly without exceptions has no longjmp; the loader offers two functions instead: invoke_vii
 * calls a function and catches, _emscripten_throw_longjmp throws. `threw` says afterwards which way it came back.
 */
extern unsigned long threw;
_Noreturn void _emscripten_throw_longjmp(void)
    __attribute__((import_module("env"), import_name("_emscripten_throw_longjmp")));
void invoke(void *function, void *first, void *second)
    __attribute__((import_module("env"), import_name("invoke_vii")));

#define luai_jmpbuf int
#define LUAI_THROW(L, c) _emscripten_throw_longjmp()
#define LUAI_TRY(L, c, a)                     \
  {                                           \
    threw = 0;                                \
    invoke((void *)f, L, ud);                 \
    if (threw) {                              \
      threw = 0;                              \
      if ((c)->status == 0) (c)->status = -1; \
    }                                         \
  }

#endif
