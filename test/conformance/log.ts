/**
 * A log: the messages that one process evaluates, as a compute unit hands them over, with what is expected of the
 * important ones. Every runtime replays the same logs (replay.ts).
 */
import assert from "node:assert/strict";
import { identifier, walletAddress } from "../../units/address.ts";
import { cronMessage, dryRunMessage, scheduledMessage, tagsOf, tagValue } from "../../units/message.ts";
import type { ComputeEnvironment, ComputeMessage, ComputeResult, Tag } from "../../units/message.ts";
import { pushedItem, signedItem, spawnedItem, walletItem, walletSpawnItem } from "../../units/signing.ts";
import type { ProcessName } from "../scene/runtimes.ts";

export type Tags = Readonly<Record<string, string>> | readonly Tag[];
export type Data = string | Uint8Array;

/** Beside `to` and `data` every member is a tag: those named must have these values, others may be there. */
export type Reply = Readonly<Record<string, string>>;

export const [owner, alice, bob, carol] = ["owner", "alice", "bob", "carol"].map((name) =>
  walletAddress(name),
) as [string, string, string, string];
export const authority = walletAddress("authority");
export const module = identifier("module");

/** One message, and how it goes: evaluated, or on a copy of the state. */
export class Step {
  readonly message: ComputeMessage;
  readonly dry: boolean;
  #check: (result: ComputeResult) => void = () => undefined;

  constructor(message: ComputeMessage, dry: boolean) {
    this.message = message;
    this.dry = dry;
  }

  /** Refused with this code, and, where a text is given, with one that has it. */
  refused(code: string, text = ""): this {
    this.#check = ({ Error: error = "no error", Messages }) => {
      assert.ok(error.startsWith(`[${code}] `), `${error} instead of ${code}`);
      assert.ok(error.includes(text), `${error} lacks ${text}`);
      assert.deepEqual(Messages, []);
    };
    return this;
  }

  /** Carried out, with exactly these messages, in this order. */
  sends(...replies: readonly Reply[]): this {
    this.#check = ({ Error: error, Messages }) => {
      assert.equal(error, undefined);
      const actions = Messages.map(({ Tags = [] }) => tagValue(Tags, "Action"));
      assert.equal(Messages.length, replies.length, `sends ${actions.join(", ")}`);
      replies.forEach((reply, i) => {
        const { Target: to, Data: data, Tags = [] } = Messages[i]!;
        const found = Object.keys(reply).map((name) => {
          const value = name === "to" ? to : name === "data" ? data : tagValue(Tags, name);
          return [name, value];
        });
        assert.deepEqual(Object.fromEntries(found), reply);
      });
    };
    return this;
  }

  check(result: ComputeResult): void {
    this.#check(result);
  }
}

export class Log {
  readonly name: string;
  readonly process: ProcessName;
  readonly environment: ComputeEnvironment;
  readonly steps: Step[] = [];
  /** The process's own address. */
  readonly id: string;
  /** Milliseconds; what is sent next has this time. */
  now = 1_750_000_000_000;

  /** The spawn is the first step. Without `parent` the owner's wallet makes it, else that process. */
  constructor(name: string, process: ProcessName, parameters: Tags, parent?: string) {
    this.name = name;
    this.process = process;
    this.id = identifier("process", name);
    const own = [...tagList(parameters), { name: "Authority", value: authority }];
    const common = { id: this.id, signer: owner, module, scheduler: identifier("scheduler") };
    const item =
      parent === undefined
        ? walletSpawnItem({ ...common, tags: own, timestamp: this.now })
        : spawnedByProcess(this.id, own, parent);
    this.environment = {
      Process: { Id: this.id, Owner: item.From, Tags: item.Tags },
      Module: { Id: module, Owner: walletAddress("publisher"), Tags: [] },
    };
    this.#schedule(item);
  }

  /** A wallet's message. */
  send(from: string, tags: Tags, data?: Data, id?: string): Step {
    return this.#schedule(
      walletItem({ id: id ?? this.nextId(), signer: from, target: this.id, tags: tagList(tags), data }),
    );
  }

  /** A process's message, signed by the messenger; or, with `signer`, by somebody who is none. */
  push(from: string, tags: Tags, data?: string, signer = authority): Step {
    const pusher = { authority: signer, process: from, module, pushedFor: identifier("pushed") };
    const message = { Target: this.id, Anchor: "0".repeat(32), Tags: tagList(tags) };
    return this.#schedule(
      pushedItem(this.nextId(), data === undefined ? message : { ...message, Data: data }, pusher),
    );
  }

  /** A wallet's message to somebody else, assigned to this process. */
  assign(from: string, tags: Tags, target: string): Step {
    return this.#schedule(walletItem({ id: this.nextId(), signer: from, target, tags: tagList(tags) }));
  }

  /** The notice that a child was spawned. */
  spawned(tags: Tags, child = identifier("child")): Step {
    const pusher = { authority, process: this.id, module, pushedFor: undefined };
    return this.#schedule(spawnedItem(this.nextId(), { Tags: tagList(tags) }, child, pusher));
  }

  /** A tick by the compute unit. */
  cron(tags: Tags): Step {
    const time = { timestamp: this.now, height: 1 };
    return this.#add(cronMessage(this.environment.Process, tagList(tags), time), false);
  }

  /** A dry run; without `from` it has the client library's defaults. */
  dryRun(tags: Tags, fields: { readonly from?: string; readonly data?: string } = {}): Step {
    const time = { timestamp: this.now, height: 1 };
    return this.#add(dryRunMessage({ target: this.id, tags: tagList(tags), ...fields }, time), true);
  }

  /** Any message at all. */
  raw(message: ComputeMessage): Step {
    return this.#add(message, false);
  }

  /** The id of the message that comes next. */
  nextId(): string {
    return identifier("message", this.name, this.steps.length);
  }

  #schedule(item: ReturnType<typeof signedItem>): Step {
    const time = { timestamp: this.now, height: 1 };
    const nonce = this.steps.length;
    return this.#add(scheduledMessage(item, { nonce, hashChain: identifier("chain", nonce), time }), false);
  }

  #add(message: ComputeMessage, dry: boolean): Step {
    const step = new Step(message, dry);
    this.steps.push(step);
    return step;
  }
}

function tagList(tags: Tags): readonly Tag[] {
  return Array.isArray(tags) ? (tags as readonly Tag[]) : tagsOf(tags as Readonly<Record<string, string>>);
}

/** A spawn as the messenger signs it for a process that runs aos: `Variant` and `From-Process` stand in it twice. */
function spawnedByProcess(id: string, own: readonly Tag[], parent: string) {
  const before = { Variant: "ao.TN.1", "From-Process": parent, "From-Module": module, Module: module };
  const after = { Variant: "ao.TN.1", "Data-Protocol": "ao", Type: "Process", "From-Process": parent };
  const tags = [...tagsOf({ ...before, Reference: "1" }), ...own, ...tagsOf(after)];
  return signedItem({ id, signer: authority, target: id, tags, data: " " });
}
