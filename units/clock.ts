/** The network's time: the system's, the system's and some more, or one that stands until it is moved. */
import { blockTime } from "./cron.ts";
import type { Time } from "./message.ts";

/** The block of the moment at which a network starts. */
export const firstBlock = 1_600_000;

export class Clock {
  /** The time of the first block. */
  start: number;
  #ahead = 0;
  #standing: number | undefined;
  #latest = 0;

  /** With a number, the clock stands there. */
  constructor(standing?: number) {
    this.#standing = standing;
    this.start = this.now();
  }

  /** Milliseconds. Never less than before, whatever the system's clock does. */
  now(): number {
    this.#latest = Math.max(this.#latest, this.#standing ?? Date.now() + this.#ahead);
    return this.#latest;
  }

  time(): Time {
    return this.at(this.now());
  }

  at(timestamp: number): Time {
    return { timestamp, height: firstBlock + Math.max(0, Math.floor((timestamp - this.start) / blockTime)) };
  }

  /** Whether it moves only when told to. */
  get stands(): boolean {
    return this.#standing !== undefined;
  }

  /** Moves the clock ahead to a time; it goes on running from there, or standing. */
  moveTo(timestamp: number): void {
    if (timestamp < this.now()) throw new RangeError("the clock does not go back");
    if (this.#standing === undefined) this.#ahead = timestamp - Date.now();
    else this.#standing = timestamp;
  }

  /** How the clock differs from the system's, to be kept over a restart. */
  setting(): { readonly ahead?: number; readonly standing?: number } {
    return this.#standing === undefined ? { ahead: this.#ahead } : { standing: this.#standing };
  }

  /** Takes a setting up again. Nothing that was logged may lie in its future. */
  restore(setting: { readonly ahead?: number; readonly standing?: number }, latest: number): void {
    this.#ahead = setting.ahead ?? 0;
    this.#standing = setting.standing;
    this.#latest = latest;
  }
}
