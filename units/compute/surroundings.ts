/** What a process in the compute unit has around it. */
import type { ComputeMessage, ComputeResult } from "../message.ts";
import type { Schedule } from "../scheduler/schedule.ts";
import type { WasmOptions } from "../wasm.ts";
import type { CompiledModule } from "../web-assembly.ts";
import type { ThreadSlots } from "./thread-slots.ts";

export interface LoadedModule {
  readonly module: CompiledModule;
  readonly options: WasmOptions;
}

/** What a process needs of the units around it. */
export interface Surroundings {
  readonly folder: string;
  readonly slots: ThreadSlots;
  /** Milliseconds that an evaluation may take. */
  readonly limit: number;
  /** Milliseconds of evaluation after which a snapshot is taken. */
  readonly snapshotAfter: number;
  readonly module: (schedule: Schedule) => Promise<LoadedModule>;
  readonly message: (schedule: Schedule, index: number) => Promise<ComputeMessage>;
  /** Takes note in the log that an evaluation was stopped. */
  readonly stopped: (schedule: Schedule, index: number, reason: string) => Promise<void>;
  /** An entry has its result: undefined if it was passed over. */
  readonly onResult: (schedule: Schedule, index: number, result: ComputeResult | undefined) => void;
}
