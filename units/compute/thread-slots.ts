/** How many processes may have a thread at a time. One that is idle gives its thread to one that has something to do. */
export interface SlotHolder {
  /** Ends the holder's thread; the holder starts a new one when it needs it. */
  readonly release: () => Promise<void>;
}

export class ThreadSlots {
  readonly #limit: number;
  /** Who has a slot, the one that worked longest ago first. */
  readonly #idle = new Set<SlotHolder>();
  readonly #busy = new Set<SlotHolder>();
  #releasing = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Waits for a slot, and marks it as busy. A holder that has one already keeps it. */
  async take(holder: SlotHolder): Promise<void> {
    while (!this.#idle.has(holder) && !this.#busy.has(holder)) {
      if (this.#idle.size + this.#busy.size + this.#releasing < this.#limit) break;
      const [oldest] = this.#idle;
      if (oldest === undefined) await new Promise<void>((resolve) => this.#waiting.push(resolve));
      else await this.#free(oldest);
    }
    this.#idle.delete(holder);
    this.#busy.add(holder);
  }

  /** The holder has nothing to do: its slot may go to another. */
  rest(holder: SlotHolder): void {
    if (this.#busy.delete(holder)) this.#idle.add(holder);
    this.#waiting.shift()?.();
  }

  /** The holder's thread is gone. */
  leave(holder: SlotHolder): void {
    this.#busy.delete(holder);
    this.#idle.delete(holder);
    this.#waiting.shift()?.();
  }

  async #free(holder: SlotHolder): Promise<void> {
    this.#idle.delete(holder);
    this.#releasing += 1;
    try {
      await holder.release();
    } finally {
      this.#releasing -= 1;
      this.#waiting.shift()?.();
    }
  }
}
