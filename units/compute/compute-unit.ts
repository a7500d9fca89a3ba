/** The compute unit: evaluates what is scheduled, answers with results, page by page, and makes dry runs. */
import { dryRunMessage, tagValue, type ComputeResult, type DryRunFields, type Time } from "../message.ts";
import { Refusal } from "../items/refusal.ts";
import { parseDataItem } from "../items/data-item.ts";
import type { Schedule } from "../scheduler/schedule.ts";
import type { Scheduler } from "../scheduler/scheduler.ts";
import { compileModule, type WasmOptions } from "../wasm.ts";
import { ComputedProcess } from "./computed-process.ts";
import type { Published } from "./published.ts";
import type { LoadedModule, Surroundings } from "./surroundings.ts";
import { ThreadSlots } from "./thread-slots.ts";

export interface ComputeOptions {
  /** Where results and snapshots are kept. */
  readonly folder: string;
  /** Milliseconds that an evaluation may take. */
  readonly evaluationLimit: number;
  /** How many processes may have a thread at a time. */
  readonly threads: number;
  /** Milliseconds of evaluation after which a process's memory is kept on the disk. */
  readonly snapshotAfter: number;
  readonly onResult: Surroundings["onResult"];
}

export interface ResultsPage {
  readonly results: readonly { readonly index: number; readonly result: ComputeResult }[];
  readonly hasNextPage: boolean;
}

/** Which results: after one entry, up to another. */
export interface ResultsQuery {
  readonly after: number | undefined;
  readonly upTo: number | undefined;
  readonly sort: "ASC" | "DESC";
  readonly limit: number;
}

export class ComputeUnit {
  readonly #processes = new Map<string, ComputedProcess>();
  readonly #modules = new Map<string, Promise<LoadedModule>>();
  readonly #scheduler: Scheduler;
  readonly #around: Surroundings;

  constructor(scheduler: Scheduler, options: ComputeOptions) {
    this.#scheduler = scheduler;
    this.#around = {
      folder: options.folder,
      slots: new ThreadSlots(options.threads),
      limit: options.evaluationLimit,
      snapshotAfter: options.snapshotAfter,
      module: (schedule) => this.#module(schedule.environment.Module.Id),
      message: (schedule, index) => scheduler.message(schedule, index),
      stopped: ({ id }, entry, reason) => scheduler.note({ kind: "stopped", process: id, entry, reason }),
      onResult: options.onResult,
    };
  }

  /** Evaluates what a schedule has. */
  wake(schedule: Schedule): void {
    this.#hosted(schedule).wake();
  }

  /** How many entries of a schedule were evaluated before the network was stopped. */
  takeUp(schedule: Schedule): Promise<number> {
    return this.#hosted(schedule).known();
  }

  /** Whether all schedules are evaluated. */
  get quiet(): boolean {
    return [...this.#scheduler.state.schedules.values()].every((schedule) => this.#hosted(schedule).quiet);
  }

  /** The result of a message, once it is there. @throws Refusal */
  async result(process: string, message: string): Promise<ComputeResult> {
    const schedule = this.#schedule(process);
    const index = schedule.find(message);
    if (index === undefined) throw new Refusal(`process ${process} has no message ${message}`, 404);
    const result = await this.#hosted(schedule).result(index);
    if (result === undefined)
      throw new Refusal(`message ${message} repeats an earlier one and was passed over`, 404);
    return result;
  }

  /** The result of an entry of a schedule, once it is there. */
  entryResult(schedule: Schedule, index: number): Promise<ComputeResult | undefined> {
    return this.#hosted(schedule).result(index);
  }

  /** Results of a process, ticks' too, of all that is in its schedule now. @throws Refusal */
  async results(process: string, query: ResultsQuery): Promise<ResultsPage> {
    const schedule = this.#schedule(process);
    const hosted = this.#hosted(schedule);
    await hosted.caughtUp();
    const { after = -1, upTo = Infinity, sort, limit } = query;
    const first = Math.max(0, after + 1);
    const last = Math.min(schedule.entries.length - 1, upTo);
    const results = [];
    const step = sort === "ASC" ? 1 : -1;
    for (let index = sort === "ASC" ? first : last; index >= first && index <= last; index += step) {
      const result = await hosted.result(index);
      if (result === undefined) continue;
      if (results.length === limit) return { results, hasNextPage: true };
      results.push({ index, result });
    }
    return { results, hasNextPage: false };
  }

  /** Evaluates a message on the state after all that is in the schedule now, and keeps nothing. @throws Refusal */
  async dryRun(fields: DryRunFields): Promise<ComputeResult> {
    const schedule = this.#schedule(fields.target);
    const hosted = this.#hosted(schedule);
    await hosted.caughtUp();
    const last = schedule.entries.at(-1)!;
    const time: Time = last.kind === "tick" ? last.time : last.slot.time;
    return hosted.dryRun(dryRunMessage(fields, time));
  }

  /** What a process has published: `now` when all is evaluated that is scheduled, or so far. @throws Refusal */
  async published(process: string, moment: "now" | "compute"): Promise<Published> {
    const hosted = this.#hosted(this.#schedule(process));
    if (moment === "now") await hosted.caughtUp();
    return hosted.published();
  }

  /** The SHA-256 of a process's memory, and how many entries it has evaluated. @throws Refusal */
  async digest(process: string): Promise<{ readonly entries: number; readonly sha256: string }> {
    const schedule = this.#schedule(process);
    const sha256 = await this.#hosted(schedule).digest();
    return { entries: schedule.entries.length, sha256 };
  }

  async close(): Promise<void> {
    await Promise.all([...this.#processes.values()].map((process) => process.close()));
  }

  #schedule(process: string): Schedule {
    const schedule = this.#scheduler.state.schedules.get(process);
    if (schedule === undefined) throw new Refusal(`no process has the id ${JSON.stringify(process)}`, 404);
    return schedule;
  }

  #hosted(schedule: Schedule): ComputedProcess {
    const known = this.#processes.get(schedule.id);
    if (known !== undefined) return known;
    const process = new ComputedProcess(schedule, this.#around);
    this.#processes.set(schedule.id, process);
    return process;
  }

  /** A module is compiled once, and sent to the threads compiled. */
  #module(id: string): Promise<LoadedModule> {
    const known = this.#modules.get(id);
    if (known !== undefined) return known;
    const loaded = this.#load(id);
    this.#modules.set(id, loaded);
    return loaded;
  }

  async #load(id: string): Promise<LoadedModule> {
    const entry = this.#scheduler.state.items.get(id);
    const bytes = await this.#scheduler.bytes(id);
    if (entry === undefined || bytes === undefined) throw new Error(`no module has the id ${id}`);
    const format = tagValue(entry.tags, "Module-Format") as NonNullable<WasmOptions["format"]>;
    const options: WasmOptions = { format };
    const wasm = entry.transaction ? bytes : parseDataItem(bytes).data;
    return { module: await compileModule(wasm, options), options };
  }
}
