/*
 * The exports that ao-loader 0.0.49 (format wasm32-unknown-emscripten4) expects of a module: what the Emscripten
 * compiler would have added by itself.
 */
#include "loader.h"

#include <stdlib.h>

__asm__(".globaltype __stack_pointer, i32\n");
extern char __stack_high, __stack_low; /* laid out by the linker */

static uintptr_t stack_pointer(void) {
  uintptr_t pointer;
  __asm__ volatile("global.get __stack_pointer\n\tlocal.set %0" : "=r"(pointer));
  return pointer;
}

static void set_stack_pointer(uintptr_t pointer) {
  __asm__ volatile("local.get %0\n\tglobal.set __stack_pointer" ::"r"(pointer));
}

EXPORT(emscripten_stack_init) void stack_init(void) {}
EXPORT(emscripten_stack_get_current) uintptr_t stack_get_current(void) { return stack_pointer(); }
EXPORT(emscripten_stack_get_base) uintptr_t stack_get_base(void) { return (uintptr_t)&__stack_high; }
EXPORT(emscripten_stack_get_end) uintptr_t stack_get_end(void) { return (uintptr_t)&__stack_low; }
EXPORT(emscripten_stack_get_free) uintptr_t stack_get_free(void) { return stack_pointer() - (uintptr_t)&__stack_low; }
EXPORT(_emscripten_stack_restore) void stack_restore(uintptr_t pointer) { set_stack_pointer(pointer); }

/*
 * The loader puts the message and the environment "on the stack", whatever their size. A string that does not fit
 * there comfortably gets heap space, which handle() releases once it has its own copy.
 */
#define LARGEST_ON_STACK 16384
static void *arguments[2];

void release_arguments(void) {
  for (int i = 0; i < 2; i++) {
    free(arguments[i]);
    arguments[i] = NULL;
  }
}

EXPORT(_emscripten_stack_alloc) uintptr_t stack_alloc(size_t size) {
  if (size > LARGEST_ON_STACK) {
    int slot = arguments[0] == NULL ? 0 : 1;
    if (arguments[slot] != NULL || (arguments[slot] = malloc(size)) == NULL) __builtin_trap();
    return (uintptr_t)arguments[slot];
  }
  uintptr_t pointer = (stack_pointer() - size) & ~(uintptr_t)15;
  set_stack_pointer(pointer);
  return pointer;
}

/* Set by the loader's invoke_vii when the function it called has thrown (configuration.h). */
unsigned long threw = 0;
EXPORT(setThrew) void set_threw(unsigned long value, int kind) {
  (void)kind;
  if (threw == 0) threw = value;
}

EXPORT(dynCall_vii) void call_indirect(void (*function)(void *, void *), void *first, void *second) {
  function(first, second);
}

/*
 * wasi-libc's printf and strtod mention its stream for errors, to complain about a long double. Lua never asks for
 * one; with the C library's own stream the linker would add its files, and their imports.
 */
char __stderr_FILE[sizeof(void *) * 64];

/* Nothing is buffered, and there is no program besides handle(). */
EXPORT(fflush) int flush(void *stream) {
  (void)stream;
  return 0;
}
EXPORT(main) int no_main(int count, char **values) {
  (void)count;
  (void)values;
  return 0;
}
