/** Makes the ticks that are due: of all processes, in the order of time, each with the time at which it was due. */
import type { Clock } from "./clock.ts";
import type { Schedule } from "./scheduler/schedule.ts";
import type { Scheduler } from "./scheduler/scheduler.ts";

/** A running clock is looked at this often at least. */
const longestWait = 60_000;

interface Due {
  readonly timestamp: number;
  readonly due: readonly { readonly schedule: Schedule; readonly crons: readonly number[] }[];
}

export class Ticker {
  readonly #scheduler: Scheduler;
  readonly #clock: Clock;
  #timer: NodeJS.Timeout | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(scheduler: Scheduler, clock: Clock) {
    this.#scheduler = scheduler;
    this.#clock = clock;
  }

  /** Follows a running clock; a standing one is only moved by `advance`. */
  watch(): void {
    clearTimeout(this.#timer);
    if (this.#clock.stands || this.#scheduler.state.cron === "none") return;
    const wait = Math.max(10, Math.min(longestWait, this.#next().timestamp - this.#clock.now()));
    this.#timer = setTimeout(
      () => void this.#inTurn(() => this.#catchUp()).finally(() => this.watch()),
      wait,
    );
    this.#timer.unref();
  }

  /**
   * Moves the clock, stops at each tick, and lets `settle` run at each stop. With a step it stops no sooner after the last stop, and a process
   * gets one tick for all that were due by then: real units leave ticks out, too.
   */
  advance(milliseconds: number, settle: () => Promise<void>, step = 0): Promise<void> {
    return this.#inTurn(async () => {
      const end = this.#clock.now() + milliseconds;
      for (let next = this.#next(); next.timestamp <= end; next = this.#next()) {
        const now = this.#clock.now();
        const timestamp = Math.max(next.timestamp, Math.min(now + step, end));
        this.#clock.moveTo(Math.max(timestamp, now));
        await this.#tick(step === 0 ? next : { timestamp, due: this.#dueBy(timestamp) });
        await settle();
      }
      this.#clock.moveTo(Math.max(end, this.#clock.now()));
      await this.#scheduler.note({ kind: "clock", ...this.#clock.setting() });
      await settle();
    });
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  async #catchUp(): Promise<void> {
    for (let next = this.#next(); next.timestamp <= this.#clock.now(); next = this.#next())
      await this.#tick(next);
  }

  #next(): Due {
    if (this.#scheduler.state.cron === "none") return { timestamp: Infinity, due: [] };
    let timestamp = Infinity;
    let due: { readonly schedule: Schedule; readonly crons: readonly number[] }[] = [];
    for (const schedule of this.#scheduler.state.schedules.values()) {
      if (schedule.crons.length === 0) continue;
      const next = schedule.nextTick();
      if (next.timestamp < timestamp) [timestamp, due] = [next.timestamp, []];
      if (next.timestamp === timestamp) due.push({ schedule, crons: next.crons });
    }
    return { timestamp, due };
  }

  #dueBy(timestamp: number): Due["due"] {
    return [...this.#scheduler.state.schedules.values()].flatMap((schedule) => {
      const next = schedule.nextTick();
      return next.timestamp <= timestamp ? [{ schedule, crons: next.crons }] : [];
    });
  }

  async #tick({ timestamp, due }: Due): Promise<void> {
    const time = this.#clock.at(timestamp);
    await Promise.all(due.map(({ schedule, crons }) => this.#scheduler.tick(schedule, crons, time)));
  }

  #inTurn<Value>(action: () => Promise<Value>): Promise<Value> {
    const done = this.#turn.then(action);
    this.#turn = done.catch(() => undefined);
    return done;
  }
}
