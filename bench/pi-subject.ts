/** An index under measurement, in the compact module: founded, and asked for one act after the other. */
import type { OutgoingMessage } from "../units/message.ts";
import { carryOut, clocking, counting, type Evaluate } from "./carry-out.ts";
import { type Instance, startInstance } from "./instance.ts";
import { type Act, type ActName, actsOf, type Ask, checkAct } from "./pi-acts.ts";
import { IndexMessages } from "./pi-messages.ts";
import { IndexWorld } from "./pi-world.ts";

/** What an act costs the index: its last message, all of its messages, and everything until it is settled. */
export interface Cost {
  readonly last: number;
  readonly own: number;
  readonly whole: number;
  /** Messages that tokens evaluate for it, the payments that begin it included. */
  readonly tokens: number;
}

export type Costs = Readonly<Record<ActName, Cost>>;

export class MeasuredIndex {
  readonly #instance: Instance;
  readonly #messages: IndexMessages;
  readonly #world: IndexWorld;

  private constructor(instance: Instance, messages: IndexMessages, launches: number) {
    this.#instance = instance;
    this.#messages = messages;
    this.#world = new IndexWorld(messages, launches);
  }

  /** One that has been started, with backing of every asset, all prices, and nothing under way. */
  static async founded(module: Uint8Array, launches: number): Promise<MeasuredIndex> {
    const messages = new IndexMessages();
    const instance = await startInstance(module, messages.environment);
    await instance.accepted(messages.spawn);
    const index = new MeasuredIndex(instance, messages, launches);
    for (const make of index.#world.founding()) await carryOut(index.#world, make(), index.#unmeasured);
    return index;
  }

  get assets(): number {
    return this.#world.assets.length;
  }

  /** Lua's instructions, of each act once. */
  async count(): Promise<Costs> {
    await this.#instance.instrument("counting", "1");
    const costs = await this.#each((act) => this.#carryOutAct(act, counting(this.#instance)));
    await this.#instance.instrument("counting", "0");
    await carryOut(this.#world, [this.#messages.tick()], this.#unmeasured);
    return costs;
  }

  /** Microseconds: medians of so many times. */
  time(sample: number): Promise<Costs> {
    return this.#each(async (act) => {
      const costs: Cost[] = [];
      for (let i = 0; i < sample; i++) costs.push(await this.#carryOutAct(act, clocking(this.#instance)));
      const median = (name: keyof Cost): number => {
        const values = costs.map((cost) => cost[name]);
        return values.sort((a, b) => a - b)[sample >> 1]!;
      };
      return { last: median("last"), own: median("own"), whole: median("whole"), tokens: median("tokens") };
    });
  }

  async #each(run: (act: Act) => Promise<Cost>): Promise<Costs> {
    const costs: Partial<Record<ActName, Cost>> = {};
    for (const act of actsOf(this.#messages, this.#world.assets)) costs[act.name] = await run(act);
    return costs as Costs;
  }

  async #carryOutAct(act: Act, evaluate: Evaluate): Promise<Cost> {
    const own: number[] = [];
    let last: readonly OutgoingMessage[] = [];
    const answers = [];
    const messages = await act.messages(this.#ask);
    this.#world.takeOrdered();
    for (const message of messages) {
      const { sent, cost } = await evaluate(message);
      own.push(cost);
      answers.push(...sent.flatMap((each) => this.#world.answers(each)));
      last = sent;
    }
    checkAct(act, last, this.assets);
    const later = await carryOut(this.#world, answers, evaluate);
    return {
      last: own.at(-1)!,
      own: sumOf(own),
      whole: sumOf(own) + sumOf(later),
      tokens: act.paid + this.#world.takeOrdered(),
    };
  }

  /** A message that does not count. */
  readonly #ask: Ask = async (message) => {
    const { Messages: sent } = await this.#instance.accepted(message);
    await this.#instance.instrument("counted");
    return sent;
  };
  readonly #unmeasured: Evaluate = async (message) => ({ sent: await this.#ask(message), cost: 0 });
}

function sumOf(costs: readonly number[]): number {
  return costs.reduce((sum, cost) => sum + cost, 0);
}
