/**
 * A network in one process: schedules, evaluates and pushes messages between processes until nothing is left to do.
 * docs/network.md says in what it is true to the real units, and in what not.
 */
import { identifier } from "./address.ts";
import { blockTime, nextDue, type Cron } from "./cron.ts";
import type { EvaluatorFactory } from "./evaluation.ts";
import { FaultPlan } from "./faults.ts";
import {
  tagValue,
  tagsOf,
  type ComputeEnvironment,
  type ComputeResult,
  type DryRunFields,
  type SignedItem,
  type Tag,
  type Time,
} from "./message.ts";
import type { Evaluation, HostedProcess } from "./process.ts";
import type { CronMode, Forgery, NetworkOptions, Send, Spawn } from "./requests.ts";
import { Routing, type Loss } from "./routing.ts";
import { walletItem, walletSpawnItem } from "./signing.ts";

const firstBlock = 1_600_000;

const moduleTags = tagsOf({
  "Data-Protocol": "ao",
  Variant: "ao.TN.1",
  Type: "Module",
  "Module-Format": "wasm32-unknown-emscripten4",
  "Input-Encoding": "JSON-V1",
  "Output-Encoding": "JSON-V1",
  "Memory-Limit": "1-gb",
  "Compute-Limit": "9000000000000",
});

export class Network {
  readonly authority: string;
  readonly scheduler = identifier("scheduler");
  /** The plan of faults; rules can be added at any time. */
  readonly faults: FaultPlan;
  cron: CronMode;
  readonly #routing: Routing;
  readonly #start: number;
  #now: number;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: NetworkOptions = {}) {
    const { seed = 1, clock = 1_795_200_000_000, pushFirst = false } = options;
    this.#start = this.#now = clock;
    this.authority = options.authority ?? identifier("authority");
    this.cron = options.cron ?? "exact";
    this.faults = new FaultPlan(seed, options.faults);
    this.#routing = new Routing({
      seed,
      pushFirst,
      authority: this.authority,
      publisher: this.scheduler,
      faults: this.faults,
      time: () => this.#time(),
      overFires: () => this.cron === "over-firing",
    });
  }

  /** Makes a module known by a name and gives its id. */
  module(name: string, create: EvaluatorFactory, tags: readonly Tag[] = moduleTags): string {
    const id = identifier("module", name);
    const entry = { id, create, tags };
    this.#routing.modules.set(name, entry).set(id, entry);
    return id;
  }

  /** Spawns a process and evaluates its first message. The network's authority is added if no tag names one. */
  spawn(spawn: Spawn): Promise<string> {
    return this.#inTurn(async () => {
      const module = this.#routing.modules.get(spawn.module);
      if (module === undefined) throw new Error(`no module is called ${spawn.module}`);
      const own = spawn.tags ?? [];
      const named = own.some((tag) => tag.name === "Authority");
      const item = walletSpawnItem({
        id: this.#routing.newId(),
        signer: spawn.owner,
        tags: named ? own : [...own, { name: "Authority", value: this.authority }],
        data: spawn.data,
        module: module.id,
        scheduler: this.scheduler,
        timestamp: this.#now,
      });
      await this.#routing.host(item, module);
      return item.Id;
    });
  }

  /** Queues a message of a wallet and gives its id. */
  send({ from, target, tags = [], data, anchor }: Send): string {
    const item = walletItem({ id: this.#routing.newId(), signer: from, target, tags, data, anchor });
    this.#routing.enqueue({ kind: "message", from, to: target, item, pushedFor: item.Id });
    return item.Id;
  }

  /** Queues a message that a wallet signs in the name of a process. No unit prevents that. */
  forge({ signer, fromProcess, tags = [], ...rest }: Forgery): string {
    return this.send({
      ...rest,
      from: signer,
      tags: [...tags, { name: "From-Process", value: fromProcess }],
    });
  }

  /** Queues an existing message, whoever its target is, for another process. */
  assign({ process, message }: { readonly process: string; readonly message: string }): void {
    const item = this.#routing.items.get(message);
    if (item === undefined) throw new Error(`no message has the id ${message}`);
    this.#routing.enqueue({ kind: "assignment", from: item.From, to: process, item, pushedFor: item.Id });
  }

  /** Makes the next delivery. Gives false if there is none that may be made now. */
  deliver(): Promise<boolean> {
    return this.#inTurn(async () => (await this.#routing.deliver()) !== undefined);
  }

  /** Makes deliveries until none is left that may be made now, and gives their count. Throws if there is no end. */
  settle({ limit }: { readonly limit?: number } = {}): Promise<number> {
    return this.#inTurn(() => this.#settle(limit));
  }

  /** Ends all faults: what was only held back is delivered. Gives the count of deliveries. */
  heal(): Promise<number> {
    this.faults.clear();
    this.#routing.queue.release();
    return this.settle();
  }

  /** Settles, then moves the clock, stopping where a tick is due or a delay ends, and settles at each stop. */
  advance(milliseconds: number): Promise<void> {
    return this.#inTurn(async () => {
      const end = this.#now + milliseconds;
      await this.#settle();
      while (this.#now < end) {
        const before = this.#now;
        this.#now = Math.min(end, this.#nextStop());
        await this.#tickSince(before);
        await this.#settle();
      }
    });
  }

  /** Evaluates a message on a process's present state and keeps nothing of it. */
  dryRun(fields: DryRunFields): Promise<ComputeResult> {
    return this.#inTurn(() => this.#process(fields.target).dryRun(fields));
  }

  /** The time, in milliseconds. */
  now(): number {
    return this.#now;
  }

  /** What a message came to where it was first evaluated as its target's; undefined while it was not. */
  result(id: string, process?: string): ComputeResult | undefined {
    return this.#routing.processes.get(process ?? this.#routing.items.get(id)?.Target ?? "")?.result(id);
  }

  /** All that a process evaluated, ticks included, in order: a replay of it on another runtime must agree. */
  log(process: string): readonly Evaluation[] {
    return this.#process(process).log;
  }

  environment(process: string): ComputeEnvironment {
    return this.#process(process).environment;
  }

  /** Bytes of memory that a process's state occupies. */
  memory(process: string): number {
    return this.#process(process).memory();
  }

  /** The ids of all processes, in the order in which they were spawned. */
  processes(): readonly string[] {
    return [...this.#routing.processes.keys()];
  }

  /** What arrived at an address that is no process. */
  inbox(address: string): readonly SignedItem[] {
    return this.#routing.inboxes.get(address) ?? [];
  }

  /** How many deliveries wait. */
  waiting(): number {
    return this.#routing.queue.length;
  }

  /** What was lost so far, and why. */
  losses(): readonly Loss[] {
    return this.#routing.losses;
  }

  #time(): Time {
    return { timestamp: this.#now, height: firstBlock + Math.floor((this.#now - this.#start) / blockTime) };
  }

  #process(id: string): HostedProcess {
    const process = this.#routing.processes.get(id);
    if (process === undefined) throw new Error(`no process has the id ${id}`);
    return process;
  }

  /** One thing at a time: two evaluations at once would share a memory. */
  #inTurn<Value>(action: () => Promise<Value>): Promise<Value> {
    const done = this.#turn.then(action);
    this.#turn = done.catch(() => undefined);
    return done;
  }

  async #settle(limit = 100_000): Promise<number> {
    for (let count = 0; ; count++) {
      const delivery = await this.#routing.deliver();
      if (delivery === undefined) return count;
      if (count < limit) continue;
      const action = tagValue(delivery.item.Tags, "Action") ?? "no Action";
      throw new Error(
        `no end after ${limit} deliveries; the last: ${action} from ${delivery.from} to ${delivery.to}`,
      );
    }
  }

  #crons(): { process: HostedProcess; cron: Cron }[] {
    if (this.cron === "none") return [];
    return [...this.#routing.processes.values()].flatMap((process) =>
      process.crons.map((cron) => ({ process, cron })),
    );
  }

  #nextStop(): number {
    const dues = this.#crons().map(({ process, cron }) => nextDue(cron, process.origin, this.#now));
    return Math.min(this.#routing.queue.nextTime(this.#now), ...dues);
  }

  async #tickSince(before: number): Promise<void> {
    for (const { process, cron } of this.#crons()) {
      if (nextDue(cron, process.origin, before) <= this.#now) await this.#routing.tick(process, cron);
    }
  }
}

/** A network of no processes yet. */
export function createNetwork(options: NetworkOptions = {}): Network {
  return new Network(options);
}
