/** Messages to one process as a unit hands them over: its spawn, a wallet's, and those of the processes that it deals with. */
import { identifier } from "../units/address.ts";
import {
  type ComputeEnvironment,
  type ComputeMessage,
  scheduledMessage,
  type SignedItem,
  type Tag,
  tagsOf,
  tagsWithout,
  tagValue,
} from "../units/message.ts";
import { pushedItem, walletItem, walletSpawnItem } from "../units/signing.ts";

export type Tags = Readonly<Record<string, string>>;

/** Whom the messages are for. */
export interface Addressee {
  readonly name: string;
  /** Its id, and who spawned it. */
  readonly process: string;
  readonly owner: string;
  readonly parameters: Tags;
  readonly module: string;
  readonly scheduler: string;
  /** The messenger that signs what processes send. */
  readonly authority: string;
  /** When it was spawned, in milliseconds. */
  readonly birth: number;
}

export class ProcessMessages {
  readonly environment: ComputeEnvironment;
  /** The process's first message. */
  readonly spawn: ComputeMessage;
  /** The network's time, in milliseconds. */
  now: number;
  readonly #to: Addressee;
  #count = 0;

  constructor(to: Addressee) {
    const { process, owner, parameters, module, scheduler, birth } = to;
    this.#to = to;
    this.now = birth;
    const fields = { id: process, signer: owner, tags: tagsOf(parameters), module, scheduler };
    const item = walletSpawnItem({ ...fields, timestamp: birth });
    this.environment = {
      Process: { Id: process, Owner: owner, Tags: item.Tags },
      Module: { Id: module, Owner: scheduler, Tags: [] },
    };
    this.spawn = this.#scheduled(item);
  }

  /** What a wallet sends. */
  wallet(signer: string, tags: Tags, data?: string): ComputeMessage {
    const fields = { id: this.#id(), signer, target: this.#to.process, tags: tagsOf(tags), data };
    return this.#scheduled(walletItem(fields));
  }

  /** What a process sends: one that it deals with, or the process itself. */
  pushed(from: string, tags: readonly Tag[], data = ""): ComputeMessage {
    const { process, module, authority } = this.#to;
    const id = this.#id();
    const own = tagsOf({ Variant: "ao.TN.1", Reference: tagValue(tags, "Reference") ?? `${this.#count}` });
    const all = [...own, ...tagsWithout(tags, "Variant", "Reference")];
    const message = { Target: process, Tags: all, Data: data, Anchor: id.slice(0, 32) };
    return this.#scheduled(pushedItem(id, message, { authority, process: from, module, pushedFor: process }));
  }

  #id(): string {
    return identifier(`${this.#to.name}'s message`, this.#count);
  }

  #scheduled(item: SignedItem): ComputeMessage {
    const nonce = this.#count++;
    const time = { timestamp: this.now, height: 1_600_000 };
    return scheduledMessage(item, { nonce, hashChain: identifier(nonce), time });
  }
}
