/**
 * What a ledger is fed with: real messages of a small network (the spawn, Set-Mint, a Credit-Notice as mint and token
 * send it) are the patterns of those that are made here.
 */
import { readFileSync } from "node:fs";
import { buildAll } from "../module/build-all.ts";
import { identifier } from "../units/address.ts";
import { spawnCore, type YieldToken } from "../units/core.ts";
import {
  type ComputeEnvironment,
  type ComputeMessage,
  scheduledMessage,
  tagsOf,
  tagValue,
} from "../units/message.ts";
import { createNetwork } from "../units/network.ts";
import { walletItem } from "../units/signing.ts";
import { wasmModule } from "../units/wasm.ts";

export interface Scene {
  readonly environment: ComputeEnvironment;
  /** What the ledger evaluated before its first cycle. */
  readonly start: readonly ComputeMessage[];
  /** A cycle's Credit-Notice as the unit handed it over. */
  readonly creditNotice: ComputeMessage;
}

/** Runs token, mint and ledger for one cycle. */
export async function createScene(tokens: readonly YieldToken[]): Promise<Scene> {
  const network = createNetwork();
  for (const { name, module } of await buildAll({ quiet: true, names: ["token", "mint", "ledger"] }))
    network.module(name, wasmModule(readFileSync(module.path)));
  const core = await spawnCore(network, { tokens });
  await network.advance(300_000);
  network.send({ from: core.owner, target: core.mint, tags: tagsOf({ Action: "Tick" }) });
  await network.settle();
  const log = network.log(core.ledger).map(({ message }) => message);
  const isCredit = ({ Tags: tags }: ComputeMessage): boolean => tagValue(tags, "Action") === "Credit-Notice";
  const [creditNotice] = log.filter(isCredit);
  if (creditNotice === undefined) throw new Error("the mint has paid the ledger nothing");
  return {
    environment: network.environment(core.ledger),
    start: log.slice(0, log.indexOf(creditNotice)),
    creditNotice,
  };
}

/** Makes messages, each with an id, a nonce and a time of its own. */
export class Messages {
  readonly #scene: Scene;
  #count = 0;
  #cycles = 0;

  constructor(scene: Scene) {
    this.#scene = scene;
  }

  /** A wallet's message to the ledger. */
  wallet(from: string, tags: Readonly<Record<string, string>>, data?: string): ComputeMessage {
    const nonce = this.#count++;
    const target = this.#scene.environment.Process.Id;
    const item = walletItem({
      id: identifier("bench", nonce),
      signer: from,
      target,
      tags: tagsOf(tags),
      data,
    });
    return scheduledMessage(item, { nonce, hashChain: identifier(nonce), time: this.#time() });
  }

  /** The next cycle's Credit-Notice: the real one with the next cycle's figures. */
  cycle(): ComputeMessage {
    this.#cycles += 1;
    return this.#creditNotice();
  }

  /** The last cycle's Credit-Notice once more: as long as a cycle's, and there is nothing to do. */
  repeatedCycle(): ComputeMessage {
    return this.#creditNotice();
  }

  #creditNotice(): ComputeMessage {
    const { creditNotice } = this.#scene;
    const nonce = this.#count++;
    const quantity = BigInt(tagValue(creditNotice.Tags, "Quantity") ?? "0");
    const figures: Readonly<Record<string, string>> = {
      "X-Cumulative": `${quantity * BigInt(this.#cycles)}`,
      "X-Cycle": `${this.#cycles}`,
      Reference: `${nonce}`,
    };
    return {
      ...creditNotice,
      Id: identifier("bench", nonce),
      Nonce: nonce,
      Timestamp: this.#time().timestamp,
      Tags: creditNotice.Tags.map(({ name, value }) => ({ name, value: figures[name] ?? value })),
    };
  }

  /** Time stands still: no message has upkeep to do for the others. */
  #time(): { timestamp: number; height: number } {
    const { Timestamp: timestamp, "Block-Height": height } = this.#scene.creditNotice;
    return { timestamp, height };
  }
}
