/** The first of a list in some order, without sorting all of it. */

import { quotient } from "../math/integer.ts";

/** Whether one item comes before another; of two different items exactly one does. */
export type IsBefore<Item> = (one: Item, other: Item) => boolean;

/** The first `count` items in their order, or all where there are fewer. The others are only compared. */
export function leading<Item>(items: readonly Item[], count: number, isBefore: IsBefore<Item>): Item[] {
  const heap: Item[] = [];
  for (const item of items) {
    if (heap.length < count) rise(heap, item, isBefore);
    else if (count > 0 && isBefore(item, heap[0]!)) sink(heap, item, heap.length, isBefore);
  }
  // The last of those kept is at the top: it goes to the end, and so on.
  for (let size = heap.length - 1; size > 0; size--) {
    const last = heap[0]!;
    sink(heap, heap[size]!, size, isBefore);
    heap[size] = last;
  }
  return heap;
}

/** Adds an item to a heap whose top comes last of all. */
function rise<Item>(heap: Item[], item: Item, isBefore: IsBefore<Item>): void {
  let position = heap.length;
  heap.push(item);
  while (position > 0) {
    const above = quotient(position - 1, 2);
    if (isBefore(item, heap[above]!)) break;
    heap[position] = heap[above]!;
    position = above;
  }
  heap[position] = item;
}

/** Puts an item in the place of the top, in a heap of this size. */
function sink<Item>(heap: Item[], item: Item, size: number, isBefore: IsBefore<Item>): void {
  let position = 0;
  for (;;) {
    let below = 2 * position + 1;
    if (below >= size) break;
    if (below + 1 < size && isBefore(heap[below]!, heap[below + 1]!)) below += 1;
    if (isBefore(heap[below]!, item)) break;
    heap[position] = heap[below]!;
    position = below;
  }
  heap[position] = item;
}
