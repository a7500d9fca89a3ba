/** Messages to a launch as a unit hands them over: its spawn, a wallet's, and those of the processes that it deals with. */
import { identifier, walletAddress } from "../units/address.ts";
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

type Tags = Readonly<Record<string, string>>;

const [team, treasury, authority] = ["team", "treasury", "authority"].map((name) => walletAddress(name)) as [
  string,
  string,
  string,
];
const [module, scheduler] = ["launch module", "launch scheduler"].map((name) => identifier(name)) as [
  string,
  string,
];
const launch = identifier("launch");
export const [ledger, token, ao, factory] = ["ledger", "token", "ao", "factory"].map((name) =>
  identifier("launch's", name),
) as [string, string, string, string];

export const allocation = "100000000000000000000000";
export const period = 86_400_000;
const birth = 1_795_200_000_000;
export const start = birth + 3_600_000;

/** A launch of 180 periods over a hundred thousand tokens of 18 decimals, which are pushed in batches. */
const terms: Tags = {
  Name: "Launch",
  Deployer: team,
  Treasury: treasury,
  "Token-Process": token,
  "Token-Supply": allocation,
  "Decay-Factor": "0.9944",
  Duration: "180",
  "Starts-At-Timestamp": `${start}`,
  "Are-Batch-Transfers-Possible": "true",
  "AO-Token": ao,
  Ledgers: JSON.stringify([ledger]),
  "Flp-Factory": factory,
  "Numbered-Transfers": "true",
  Authority: authority,
};

export class LaunchMessages {
  readonly environment: ComputeEnvironment;
  /** The launch's first message. */
  readonly spawn: ComputeMessage;
  /** The network's time, in milliseconds. */
  now = birth;
  #count = 0;

  constructor() {
    const fields = { id: launch, signer: factory, tags: tagsOf(terms), module, scheduler, timestamp: birth };
    const item = walletSpawnItem(fields);
    this.environment = {
      Process: { Id: launch, Owner: factory, Tags: item.Tags },
      Module: { Id: module, Owner: scheduler, Tags: [] },
    };
    this.spawn = this.#scheduled(item);
  }

  /** Anybody's tick. */
  tick(): ComputeMessage {
    const tags = tagsOf({ Action: "Tick" });
    return this.#scheduled(walletItem({ id: this.#id(), signer: team, target: launch, tags }));
  }

  /** What a process sends: one that the launch deals with, or the launch itself. */
  pushed(process: string, tags: readonly Tag[], data = ""): ComputeMessage {
    const id = this.#id();
    const own = tagsOf({ Variant: "ao.TN.1", Reference: tagValue(tags, "Reference") ?? `${this.#count}` });
    const all = [...own, ...tagsWithout(tags, "Variant", "Reference")];
    const message = { Target: launch, Tags: all, Data: data, Anchor: id.slice(0, 32) };
    return this.#scheduled(pushedItem(id, message, { authority, process, module, pushedFor: launch }));
  }

  #id(): string {
    return identifier("launch's message", this.#count);
  }

  #scheduled(item: SignedItem): ComputeMessage {
    const nonce = this.#count++;
    const time = { timestamp: this.now, height: 1_600_000 };
    return scheduledMessage(item, { nonce, hashChain: identifier(nonce), time });
  }
}
