/* What machine.c and memory.c know of the loader's side. */
#ifndef loader_h
#define loader_h

#include <stddef.h>
#include <stdint.h>

#define EXPORT(name) __attribute__((used, export_name(#name)))

/*
 * The Lua text, written into the finished module by module/embed.ts: its bytes start at `text`, right behind the
 * memory that the linker laid out. `text` is null in a module without a bundle.
 */
struct bundle {
  const char *text;
  size_t length;
};
extern struct bundle bundle;

/* Frees what the loader was given for the arguments of the running call. Harmless when there is nothing to free. */
void release_arguments(void);

#endif
