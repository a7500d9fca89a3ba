/** A ledger under measurement, in the compact module or in any other: loading a population into it, and its rows. */
import { tagValue, type ComputeMessage } from "../units/message.ts";
import { balancePages, delegationsText, type Population } from "../units/population.ts";
import type { Instance } from "./instance.ts";
import type { Row } from "./measures.ts";
import { Messages, type Scene } from "./scene.ts";
import { processorTime, timeEach, type Timing } from "./timing.ts";

/** Messages of each kind that are timed. */
const sample = 200;

/** Edges that are loaded at a time. */
const batchSize = 1000;

export class MeasuredLedger {
  readonly messages: Messages;
  readonly #instance: Instance;
  readonly #population: Population;
  readonly #longest: number[] = [];
  #snapshots = 0;

  constructor(instance: Instance, scene: Scene, population: Population) {
    this.#instance = instance;
    this.#population = population;
    this.messages = new Messages(scene);
  }

  /** Reports all balances in a full snapshot, and gives the rows a second of processor time. */
  async snapshot(balances: Population["balances"] = this.#population.balances): Promise<number> {
    const { oracle } = this.#population.tokens[0]!;
    const snapshot = `${++this.#snapshots}`;
    const pages = balancePages({ ...this.#population, balances }).map(({ token, page, pages, text }) => {
      const place = { Token: token, Snapshot: snapshot, Page: `${page}`, Pages: `${pages}`, Mode: "full" };
      return this.messages.wallet(oracle, { Action: "Set-Balances", ...place }, text);
    });
    const milliseconds = await processorTime(async () => {
      for (const page of pages) {
        const { Messages } = await this.#instance.accepted(page);
        if (tagValue(Messages[0]!.Tags!, "In-Effect") === "coming") await this.#bringIntoEffect();
      }
    });
    const rows = [...balances.values()].reduce((sum, list) => sum + list.length, 0);
    return (rows / milliseconds) * 1000;
  }

  /** Loads all delegations. */
  async delegate(): Promise<void> {
    const { delegations } = this.#population;
    for (let i = 0; i < delegations.length; i += batchSize) {
      const batch = delegations
        .slice(i, i + batchSize)
        .map((each) =>
          this.#brief(
            this.messages.wallet(each.wallet, { Action: "Set-Delegations" }, delegationsText(each)),
          ),
        );
      const failure = await this.#instance.instrument("batch", batch.join("\n"));
      if (failure !== "") throw new Error(failure);
    }
  }

  /** Lets cycles pass. */
  async pass(cycles: number): Promise<void> {
    for (let i = 0; i < cycles; i++) await this.#instance.accepted(this.messages.cycle());
  }

  /** Times messages of one kind, which the ledger must accept. */
  async time(make: (i: number) => ComputeMessage, count = sample): Promise<Timing> {
    const timing = await timeEach(count, make, (message) => this.#instance.accepted(message));
    this.#longest.push(timing.longest);
    return timing;
  }

  /** A wallet's message that sets its first edge to so many basis points. */
  change(i: number, factor: number): ComputeMessage {
    const { wallet, preferences } = this.#wallet(i);
    const data = JSON.stringify({ walletFrom: wallet, walletTo: preferences[0]!.walletTo, factor });
    return this.messages.wallet(wallet, { Action: "Set-Delegation" }, data);
  }

  /** Times everything that a ledger does message by message. */
  async rows(): Promise<Row["values"]> {
    const { messages } = this;
    const [project] = [...this.#population.names.keys()].slice(-2);
    await this.pass(20);
    const notice = await this.time((i) => messages.wallet(this.#wallet(i).wallet, { Action: "Some-Notice" }));
    const noop = await this.time(() => messages.repeatedCycle());
    const cycle = await this.time(() => messages.cycle());
    const read = await this.time((i) =>
      messages.wallet(this.#wallet(i).wallet, { Action: "Get-Yield", Wallet: this.#wallet(i).wallet }),
    );
    const change = await this.time((i) => this.change(i, 5000));
    const changeSettled = await this.time((i) => this.change(i, 5100));
    await this.pass(20);
    const newEdge = await this.time((i) => {
      const { wallet } = this.#wallet(i);
      const data = JSON.stringify({ walletFrom: wallet, walletTo: project, factor: 1000 });
      return messages.wallet(wallet, { Action: "Set-Delegation" }, data);
    });
    const withdraw = await this.time((i) => messages.wallet(this.#wallet(i).wallet, { Action: "Withdraw" }));
    return {
      notice: notice.median,
      noop: noop.median,
      read: read.median,
      cycle: cycle.median,
      cycleMean: cycle.mean,
      change: change.median,
      changeSettled: changeSettled.median,
      newEdge: newEdge.median,
      withdraw: withdraw.median,
      longest: Math.max(...this.#longest),
    };
  }

  async #bringIntoEffect(): Promise<void> {
    const { oracle } = this.#population.tokens[0]!;
    for (;;) {
      const { Messages } = await this.#instance.accepted(this.messages.wallet(oracle, { Action: "Tick" }));
      if (Messages.some(({ Data: data }) => data?.includes('"snapshotsComing":0'))) return;
    }
  }

  /** Wallets all over the population, each once. */
  #wallet(i: number): Population["delegations"][number] {
    const { delegations } = this.#population;
    return delegations[(i * 7919 + 13) % delegations.length]!;
  }

  /** A message without what the process never looks at. */
  #brief(message: ComputeMessage): string {
    const { Id, Owner, From, Target, Tags, Data, Timestamp } = message;
    return JSON.stringify({ Id, Owner, From, Target, Tags, Data, Timestamp });
  }
}

/** Every balance, a little more of it. */
export function raised(balances: Population["balances"]): Population["balances"] {
  return new Map(
    [...balances].map(([token, rows]) => [
      token,
      rows.map(({ wallet, amount }) => ({ wallet, amount: `${BigInt(amount) + 1n}` })),
    ]),
  );
}
