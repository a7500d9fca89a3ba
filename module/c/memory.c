/* The end of the heap: malloc asks here for more. */
#include "loader.h"

#include <errno.h>

#define PAGE 65536u

/* Tells the loader that the memory has grown, so that it renews its views of it. */
int emscripten_resize_heap(size_t size)
    __attribute__((import_module("env"), import_name("emscripten_resize_heap")));

/* The loader's own limit: its arithmetic can't express the last page of 4 GiB. */
#define LARGEST_HEAP 0xffff0000u

/* Growing costs about 0.6 ms whatever the amount, so grow by an eighth of the size, and at most by 16 MiB. */
#define GROWTH_SHARE 8
#define LARGEST_GROWTH (16u * 1024 * 1024 / PAGE)

static uintptr_t heap_end = 0;

/* Grows by a share of the present size, or by what is needed if that is more or nothing else is left. */
static int grow(size_t present, size_t needed) {
  size_t pages = present / GROWTH_SHARE;
  if (pages > LARGEST_GROWTH) pages = LARGEST_GROWTH;
  if (pages > LARGEST_HEAP / PAGE - present) pages = LARGEST_HEAP / PAGE - present;
  if (pages < needed) pages = needed;
  if (__builtin_wasm_memory_grow(0, pages) != (size_t)-1) return 1;
  return pages > needed && __builtin_wasm_memory_grow(0, needed) != (size_t)-1;
}

/*
 * malloc first uses the space between the linker's __heap_base and __heap_end. The bundle lies behind that, and the
 * heap goes on behind the bundle. Amounts above 2 GiB are unsigned here; malloc never gives memory back.
 */
EXPORT(sbrk) void *sbrk(intptr_t increment) {
  if (heap_end == 0) heap_end = ((uintptr_t)bundle.text + bundle.length + 15) & ~(uintptr_t)15;
  uint64_t wanted = (uint64_t)heap_end + (uintptr_t)increment;
  size_t present = __builtin_wasm_memory_size(0);
  if (increment < 0 || wanted > LARGEST_HEAP) {
    errno = ENOMEM;
    return (void *)-1;
  }
  if (wanted > (uint64_t)present * PAGE) {
    if (!grow(present, (size_t)((wanted + PAGE - 1) / PAGE) - present)) {
      errno = ENOMEM;
      return (void *)-1;
    }
    emscripten_resize_heap(__builtin_wasm_memory_size(0) * PAGE);
  }
  uintptr_t start = heap_end;
  heap_end = (uintptr_t)wanted;
  return (void *)start;
}
