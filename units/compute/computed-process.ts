/**
 * One process in the compute unit: evaluates its schedule in order, in a thread of its own, and keeps every result.
 * Its state follows from the log alone; results and snapshots only save the time to compute it again.
 */
import { join } from "node:path";
import { failedResult } from "../evaluation.ts";
import type { ComputeMessage, ComputeResult } from "../message.ts";
import type { Schedule } from "../scheduler/schedule.ts";
import { ProcessThread, ThreadStopped } from "./process-thread.ts";
import { Published } from "./published.ts";
import { entryName, Results } from "./results.ts";
import { readSnapshot, removeSnapshot, writeSnapshot } from "./snapshot.ts";
import type { Surroundings } from "./surroundings.ts";
import type { ThreadAnswer, ThreadRequest } from "./thread.ts";
import { threadProgram } from "./thread-source.ts";

/** A replay may take longer than the first evaluation did: the machine may have more to do now. */
const replayPatience = 20;

export class ComputedProcess {
  readonly schedule: Schedule;
  readonly #around: Surroundings;
  readonly #results: Promise<Results>;
  readonly #snapshotPath: string;
  #thread: ProcessThread | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  #running: Promise<void> | undefined;
  #waiting: { readonly index: number; readonly resolve: () => void }[] = [];
  #evaluated = 0;
  readonly #published = new Published();
  /** So many results are merged in what is published. */
  #merged = 0;
  #merging: Promise<void> = Promise.resolve();
  /** Milliseconds of evaluation since the last snapshot, and what that one cost. */
  #sinceSnapshot = 0;
  #snapshotCost = 0;
  #closed = false;

  constructor(schedule: Schedule, around: Surroundings) {
    this.schedule = schedule;
    this.#around = around;
    const folder = join(around.folder, schedule.id);
    this.#snapshotPath = join(folder, "snapshot");
    this.#results = Results.open(join(folder, "results"), schedule.entries).then((results) => {
      this.#evaluated = results.count;
      return results;
    });
  }

  /** How many results are there from before. */
  async known(): Promise<number> {
    return (await this.#results).count;
  }

  /** There is something new in the schedule. */
  wake(): void {
    this.#running ??= this.#run()
      .catch((error: unknown) => {
        if (!this.#closed) console.error(`process ${this.schedule.id}:`, error);
      })
      .finally(() => {
        this.#running = undefined;
      });
  }

  /** Whether all of the schedule is evaluated. */
  get quiet(): boolean {
    return this.#evaluated >= this.schedule.entries.length;
  }

  /** The result of an entry, once it is evaluated; undefined if it was passed over. */
  async result(index: number): Promise<ComputeResult | undefined> {
    const results = await this.#results;
    if (index >= this.#evaluated) {
      const evaluated = new Promise<void>((resolve) => this.#waiting.push({ index, resolve }));
      this.wake();
      await evaluated;
    }
    return results.get(index);
  }

  /** Waits until all that is in the schedule now is evaluated. */
  async caughtUp(): Promise<void> {
    const last = this.schedule.entries.length - 1;
    if (last >= 0) await this.result(last);
  }

  /** What the process has published in all results that are there. */
  async published(): Promise<Published> {
    const results = await this.#results;
    const before = this.#merging.catch(() => undefined);
    this.#merging = before.then(async () => {
      for (const end = this.#evaluated; this.#merged < end; this.#merged++) {
        const result = await results.get(this.#merged);
        if (result !== undefined) this.#published.merge(result);
      }
    });
    await this.#merging;
    return this.#published;
  }

  /** Evaluates a message on the present state and keeps nothing of it. */
  async dryRun(message: ComputeMessage): Promise<ComputeResult> {
    try {
      return (await this.#ask({ kind: "dry run", message }, this.#around.limit)) as ComputeResult;
    } catch (error) {
      if (this.#closed) throw error;
      return failedResult(`the dry run ${(error as Error).message}`);
    }
  }

  /** The SHA-256 of the memory after all that is evaluated. */
  async digest(): Promise<string> {
    await this.caughtUp();
    return (await this.#ask({ kind: "digest" }, this.#around.limit)) as string;
  }

  /** Ends after the evaluation that is under way, or in a second: then that is lost, and done again another time. */
  async close(): Promise<void> {
    this.#closed = true;
    const patience = setTimeout(() => void this.#thread?.stop(), 1_000);
    await this.#running;
    await this.#inTurn(() => this.release());
    clearTimeout(patience);
    await (await this.#results).close();
  }

  /** Ends the thread, which has nothing to do, after a snapshot if there is much that the last one does not have. */
  async release(): Promise<void> {
    const thread = this.#thread;
    // From here on whoever needs a thread starts another.
    this.#thread = undefined;
    if (thread !== undefined && this.#sinceSnapshot > this.#around.snapshotAfter / 10) {
      await this.#takeSnapshot(thread);
    }
    await thread?.stop();
  }

  async #run(): Promise<void> {
    const results = await this.#results;
    while (this.#evaluated < this.schedule.entries.length && !this.#closed) {
      const index = this.#evaluated;
      const result = await this.#evaluate(index);
      results.add(this.schedule.entries[index]!, result);
      this.#evaluated += 1;
      this.#around.onResult(this.schedule, index, result);
      const done = this.#waiting.filter((waiting) => waiting.index < this.#evaluated);
      if (done.length > 0) {
        this.#waiting = this.#waiting.filter((waiting) => waiting.index >= this.#evaluated);
        for (const { resolve } of done) resolve();
      }
      const due = Math.max(this.#around.snapshotAfter, this.#snapshotCost * 10);
      if (this.#sinceSnapshot > due)
        await this.#inTurn(async () => this.#thread && this.#takeSnapshot(this.#thread));
    }
    this.#around.slots.rest(this);
  }

  #passesOver(index: number): boolean {
    const entry = this.schedule.entries[index]!;
    return entry.kind === "message" && entry.repeats;
  }

  async #evaluate(index: number): Promise<ComputeResult | undefined> {
    if (this.#passesOver(index)) return undefined;
    const stopped = this.schedule.stopped.get(index);
    if (stopped !== undefined) return failedResult(stopped);
    const message = await this.#around.message(this.schedule, index);
    try {
      const begin = performance.now();
      const result = (await this.#ask({ kind: "evaluate", message }, this.#around.limit)) as ComputeResult;
      this.#sinceSnapshot += performance.now() - begin;
      return result;
    } catch (error) {
      if (this.#closed) throw error;
      const reason = `the evaluation ${(error as Error).message}`;
      await this.#around.stopped(this.schedule, index, reason);
      return failedResult(reason);
    }
  }

  /** Asks the thread when it has nothing else to do, and starts it first if need be. */
  #ask(request: ThreadRequest, limit: number): Promise<ThreadAnswer> {
    return this.#inTurn(async () => {
      await this.#around.slots.take(this);
      try {
        this.#thread ??= await this.#startThread();
        return await this.#thread.ask(request, limit);
      } catch (error) {
        if (error instanceof ThreadStopped) await this.#stopThread();
        throw error;
      } finally {
        if (this.#running === undefined) this.#around.slots.rest(this);
      }
    });
  }

  #inTurn<Value>(action: () => Promise<Value>): Promise<Value> {
    const done = this.#turn.then(action);
    this.#turn = done.catch(() => undefined);
    return done;
  }

  async #startThread(): Promise<ProcessThread> {
    const { limit, module: load, message } = this.#around;
    const { module, options } = await load(this.schedule);
    const { environment, entries, stopped } = this.schedule;
    const snapshot = await this.#usableSnapshot();
    const thread = new ProcessThread(await threadProgram());
    try {
      const patience = limit * replayPatience;
      await thread.ask({ kind: "start", module, options, environment, memory: snapshot?.memory }, patience);
      for (let index = snapshot?.entries ?? 0; index < this.#evaluated && index < entries.length; index++) {
        if (this.#passesOver(index) || stopped.has(index)) continue;
        await thread.ask({ kind: "evaluate", message: await message(this.schedule, index) }, patience);
      }
      return thread;
    } catch (error) {
      await thread.stop();
      throw new Error(`failed: the process does not start: ${(error as Error).message}`, { cause: error });
    }
  }

  async #usableSnapshot() {
    const snapshot = await readSnapshot(this.#snapshotPath);
    if (snapshot === undefined) return undefined;
    const last = this.schedule.entries[snapshot.entries - 1];
    const fits =
      last !== undefined && entryName(last) === snapshot.last && snapshot.entries <= this.#evaluated;
    if (fits) return snapshot;
    await removeSnapshot(this.#snapshotPath);
    return undefined;
  }

  async #takeSnapshot(thread: ProcessThread): Promise<void> {
    const last = this.schedule.entries[this.#evaluated - 1];
    if (last === undefined) return;
    const begin = performance.now();
    const entries = this.#evaluated;
    try {
      const memory = (await thread.ask({ kind: "memory" }, this.#around.limit)) as Uint8Array;
      await writeSnapshot(this.#snapshotPath, { entries, last: entryName(last), memory });
    } catch {
      // Without it a restart takes longer; a thread that was stopped shows at the next evaluation.
    }
    this.#sinceSnapshot = 0;
    this.#snapshotCost = performance.now() - begin;
  }

  async #stopThread(): Promise<void> {
    const thread = this.#thread;
    this.#thread = undefined;
    this.#around.slots.leave(this);
    await thread?.stop();
  }
}
