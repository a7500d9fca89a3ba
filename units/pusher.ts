/**
 * The messenger unit of the local network: signs what processes send and puts it into the schedules of those it is
 * for. Every push bears its origin in the log, so that none is made twice, whenever the network was stopped.
 */
import type { ComputeResult, OutgoingMessage, OutgoingSpawn } from "./message.ts";
import { tagValue, type Tag } from "./message.ts";
import { parseDataItem, signDataItem, type DataItem } from "./items/data-item.ts";
import { Refusal } from "./items/refusal.ts";
import type { Wallet } from "./items/wallet.ts";
import type { Push } from "./scheduler/records.ts";
import type { Schedule } from "./scheduler/schedule.ts";
import type { Scheduler } from "./scheduler/scheduler.ts";
import { pushedSpawnTags, pushedTags, spawnedTags, type Pusher as Source } from "./signing.ts";

export interface PusherOptions {
  /** Signs as the network's authority. */
  readonly wallet: Wallet;
  /** How many pushes in a row one message may bring about. */
  readonly depth: number;
}

interface Job {
  readonly push: Push;
  /** What is signed; an assignment has nothing to sign. */
  readonly sign?: () => Promise<DataItem>;
  readonly deliver: (item: DataItem | undefined) => Promise<void>;
}

/** So many signatures are made at a time; there is no use in more than the threads that sign. */
const signers = 4;
const attempts = 3;

export class Pusher {
  readonly #scheduler: Scheduler;
  readonly #options: PusherOptions;
  readonly #queue: Job[] = [];
  /** The origins of what is queued or under way. */
  readonly #origins = new Set<string>();
  #first = 0;
  #underWay = 0;
  /** Deliveries are made one by one, in the order of the outboxes. */
  #delivered: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(scheduler: Scheduler, options: PusherOptions) {
    this.#scheduler = scheduler;
    this.#options = options;
  }

  get quiet(): boolean {
    return this.#queue.length === this.#first && this.#underWay === 0;
  }

  /** Pushes what an evaluation sent, unless it was pushed before. */
  push(schedule: Schedule, index: number, result: ComputeResult | undefined): void {
    const entry = schedule.entries[index]!;
    if (result === undefined) return;
    // The reference messenger has nothing to push for a spawn, and looks at ticks only when it is told to.
    if (entry.kind === "tick" ? !entry.monitored : entry.slot.nonce === 0) return;
    const push = entry.kind === "message" ? entry.push : undefined;
    const root = entry.kind === "tick" ? undefined : push === undefined ? entry.item : push.root;
    const depth = (push?.depth ?? 0) + 1;
    const source: Source = {
      authority: this.#options.wallet.address,
      process: schedule.id,
      module: schedule.environment.Module.Id,
      pushedFor: root,
    };
    const at = (place: string): Push => {
      return { origin: `${schedule.id}:${index}:${place}`, depth, ...(root !== undefined && { root }) };
    };
    result.Messages.forEach((message, i) => this.#message(message, source, at(`message ${i}`)));
    result.Spawns.forEach((spawn, i) => this.#spawn(spawn, source, at(`spawn ${i}`), at(`spawned ${i}`)));
    const assigned = result.Assignments.flatMap(({ Processes, Message }) =>
      Processes.map((process) => ({ process, item: Message })),
    );
    assigned.forEach(({ process, item }, i) => this.#assign(process, item, at(`assignment ${i}`)));
  }

  /** Lets go of what was not pushed yet; the next start finds it again. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#delivered;
  }

  #message(message: OutgoingMessage, source: Source, push: Push): void {
    const { Target: target, Anchor: anchor, Tags: tags, Data: data } = message;
    // As the reference messenger does it: without a word.
    if (!target || !anchor || !tags) return;
    this.#add({
      push,
      sign: () => this.#sign({ target, anchor, tags: pushedTags(message, source), data }),
      deliver: (item) => this.#deliver(item!, push),
    });
  }

  #spawn(spawn: OutgoingSpawn, source: Source, push: Push, notice: Push): void {
    const child = this.#scheduler.state.pushed.get(push.origin);
    if (child !== undefined) return this.#spawned(spawn, source, child, notice);
    if (tagValue(spawn.Tags ?? [], "Module") === undefined) return;
    this.#add({
      push,
      sign: () => this.#sign({ tags: pushedSpawnTags(spawn, source), data: spawn.Data }),
      deliver: async (item) => {
        await this.#scheduler.schedule(item!, push);
        this.#spawned(spawn, source, item!.id, notice);
      },
    });
  }

  /** Tells the parent which process it has spawned. */
  #spawned(spawn: OutgoingSpawn, source: Source, child: string, push: Push): void {
    this.#add({
      push,
      sign: () => this.#sign({ target: source.process, tags: spawnedTags(spawn, child) }),
      deliver: (item) => this.#deliver(item!, push),
    });
  }

  #assign(process: string, item: string, push: Push): void {
    this.#add({
      push,
      deliver: async () => void (await this.#scheduler.assign(process, item, push)),
    });
  }

  /** Into the schedule of a process; what is for a wallet is only kept. */
  async #deliver(item: DataItem, push: Push): Promise<void> {
    if (this.#scheduler.state.schedules.has(item.target)) await this.#scheduler.schedule(item, push);
    else await this.#scheduler.publish(item, push);
  }

  async #sign(item: {
    readonly target?: string;
    readonly anchor?: string;
    readonly tags: readonly Tag[];
    readonly data?: string | undefined;
  }): Promise<DataItem> {
    // No data is one space: an item without data is none to the reference units.
    return parseDataItem(await signDataItem({ ...item, data: item.data || " " }, this.#options.wallet));
  }

  #add(job: Job): void {
    const { origin } = job.push;
    if (this.#scheduler.state.pushed.has(origin) || this.#origins.has(origin)) return;
    this.#origins.add(origin);
    this.#queue.push(job);
    this.#next();
  }

  #next(): void {
    while (this.#underWay < signers && this.#first < this.#queue.length && !this.#closed) {
      const job = this.#queue[this.#first++]!;
      if (this.#first === this.#queue.length) this.#first = this.#queue.length = 0;
      this.#underWay += 1;
      const signed = this.#signed(job);
      // Handled where it is awaited, which may be later than it fails.
      signed.catch(() => undefined);
      this.#delivered = this.#delivered
        .then(async () => this.#attempt(job, await signed))
        .catch((error: unknown) => this.#giveUp(job, error))
        .catch(() => undefined)
        .finally(() => {
          this.#origins.delete(job.push.origin);
          this.#underWay -= 1;
          this.#next();
        });
    }
  }

  async #signed({ push, sign }: Job): Promise<DataItem | undefined> {
    if (push.depth <= this.#options.depth) return sign?.();
    throw new Refusal(`it is push number ${push.depth} in a row; ${this.#options.depth} are made`);
  }

  async #attempt(job: Job, item: DataItem | undefined): Promise<void> {
    for (let attempt = 1; !this.#closed; attempt++) {
      try {
        return await job.deliver(item);
      } catch (error) {
        if (error instanceof Refusal || attempt === attempts) throw error;
        await new Promise((resolve) => setTimeout(resolve, 50 * 2 ** attempt));
      }
    }
  }

  /** Nobody hears of it: there is no bounce. */
  async #giveUp({ push }: Job, error: unknown): Promise<void> {
    if (this.#closed) return;
    await this.#scheduler.note({ kind: "lost", push, reason: (error as Error).message });
  }
}
