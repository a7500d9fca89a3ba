/**
 * The way of a message: into the queue, past the faults, into a process or an inbox, and on with what comes out.
 */
import { identifier } from "./address.ts";
import type { Cron } from "./cron.ts";
import { DeliveryQueue, type Delivery } from "./delivery.ts";
import type { EvaluatorFactory } from "./evaluation.ts";
import type { FaultPlan } from "./faults.ts";
import { tagValue, type ComputeResult, type SignedItem, type Tag, type Time } from "./message.ts";
import { push, spawnedNotice, type Desk } from "./messenger.ts";
import { HostedProcess } from "./process.ts";

/** Something that never arrived or was never evaluated. */
export interface Loss {
  readonly reason: string;
  readonly from: string;
  readonly what: unknown;
}

export interface ModuleEntry {
  readonly id: string;
  readonly create: EvaluatorFactory;
  readonly tags: readonly Tag[];
}

export interface RoutingOptions {
  readonly seed: number;
  readonly authority: string;
  /** Who published the modules. */
  readonly publisher: string;
  readonly faults: FaultPlan;
  readonly time: () => Time;
  readonly overFires: () => boolean;
  readonly pushFirst: boolean;
}

export class Routing {
  /** By name and by id. */
  readonly modules = new Map<string, ModuleEntry>();
  readonly processes = new Map<string, HostedProcess>();
  readonly items = new Map<string, SignedItem>();
  readonly inboxes = new Map<string, SignedItem[]>();
  readonly losses: Loss[] = [];
  readonly queue = new DeliveryQueue();
  readonly #options: RoutingOptions;
  readonly #desk: Desk;
  #counter = 0;

  constructor(options: RoutingOptions) {
    this.#options = options;
    this.#desk = {
      authority: options.authority,
      id: () => this.newId(),
      item: (id) => this.items.get(id),
      lose: (reason, from, what) => void this.losses.push({ reason, from, what }),
    };
  }

  newId(): string {
    return identifier("item", this.#options.seed, this.#counter++);
  }

  /** Puts a delivery on its way, as far as the faults let it. */
  enqueue(delivery: Delivery): void {
    const { from, to, item, kind } = delivery;
    this.items.set(item.Id, item);
    const verdict = this.#options.faults.verdict(from, to, item);
    if (verdict.copies === 0) this.#desk.lose("dropped by a fault", from, item);
    const { place, afterMessages, afterTime, fails } = verdict;
    const atTime = afterTime > 0 ? this.#options.time().timestamp + afterTime : 0;
    // A process can't be spawned twice by one message: its id is the message's.
    const copies = kind === "spawn" ? Math.min(1, verdict.copies) : verdict.copies;
    for (let copy = 0; copy < copies; copy++) {
      this.queue.add({ ...delivery, repeated: copy > 0, fails }, { place, afterMessages, atTime });
    }
  }

  /** Makes the next delivery and gives it; undefined if there is none that may be made now. */
  async deliver(): Promise<Delivery | undefined> {
    const delivery = this.queue.take(this.#options.time().timestamp);
    if (delivery === undefined) return undefined;
    if (delivery.kind === "spawn") await this.#deliverSpawn(delivery);
    else await this.#deliverMessage(delivery);
    return delivery;
  }

  /** Makes a process of a spawn message and evaluates that message as its first. */
  async host(item: SignedItem, module: ModuleEntry, delivery?: Delivery): Promise<void> {
    const environment = {
      Process: { Id: item.Id, Owner: item.From, Tags: item.Tags },
      Module: { Id: module.id, Owner: this.#options.publisher, Tags: module.tags },
    };
    const time = this.#options.time();
    const process = new HostedProcess(environment, await module.create(), time);
    this.items.set(item.Id, item);
    this.processes.set(process.id, process);
    const result = await this.#evaluate(process, item, delivery);
    if (this.#options.pushFirst) this.#push(process, result, delivery?.pushedFor ?? item.Id);
  }

  /** Evaluates a cron tick of a process, and pushes what comes of it. */
  async tick(process: HostedProcess, cron: Cron): Promise<void> {
    const result = await process.tick(cron, this.#options.time());
    this.#push(process, result, undefined);
  }

  async #deliverSpawn(delivery: Delivery): Promise<void> {
    const module = this.modules.get(tagValue(delivery.item.Tags, "Module") ?? "");
    if (module === undefined) {
      this.#desk.lose("a spawn with an unknown module", delivery.from, delivery.item);
      return;
    }
    await this.host(delivery.item, module, delivery);
    const notice = spawnedNotice(delivery, this.#desk);
    if (notice !== undefined) this.enqueue(notice);
  }

  async #deliverMessage(delivery: Delivery): Promise<void> {
    const { item, to } = delivery;
    const process = this.processes.get(to);
    if (process === undefined) {
      const inbox = this.inboxes.get(to);
      if (inbox === undefined) this.inboxes.set(to, [item]);
      else inbox.push(item);
      return;
    }
    if (this.#options.overFires()) {
      for (const cron of process.dueCrons(this.#options.time())) await this.tick(process, cron);
    }
    this.#push(process, await this.#evaluate(process, item, delivery), delivery.pushedFor);
  }

  async #evaluate(
    process: HostedProcess,
    item: SignedItem,
    delivery?: Delivery,
  ): Promise<ComputeResult | undefined> {
    const message = process.schedule(item, this.#options.time(), delivery?.repeated ?? false);
    if (message !== undefined) return delivery?.fails ? process.fail(message) : process.evaluate(message);
    this.#desk.lose("known to the process already", item.From, item);
    return undefined;
  }

  #push(process: HostedProcess, result: ComputeResult | undefined, pushedFor: string | undefined): void {
    if (result === undefined) return;
    const source = { process: process.id, module: process.moduleId, pushedFor };
    for (const delivery of push(result, source, this.#desk)) this.enqueue(delivery);
  }
}
