/** The launch under test: on the Node host, with the test as its tokens, its ledgers, its index and everybody else. */
import { fairLaunch } from "../../process/fair-launch/actions.ts";
import { nodeHost, type NodeMessage, type NodeResult } from "../../process/host/node.ts";
import { limits } from "../../process/protocol/limits.ts";
import { identifier } from "../../units/address.ts";
import { tagsOf, tagValue, type Tag } from "../../units/message.ts";
import { birth, places, type Setup, spawnTags } from "./launch-setup.ts";

export type TagRecord = Readonly<Record<string, string>>;

export interface Post {
  readonly from: string;
  readonly tags: TagRecord;
  readonly data?: string;
  readonly cron?: boolean;
  /** Repeats a message id. */
  readonly id?: string;
  /** Who signs in the sender's name. */
  readonly signer?: string;
}

/** What a launch says of an account. */
export interface Standing {
  readonly contributed: bigint;
  readonly credited: bigint;
  readonly claimable: bigint;
}

export interface Subject {
  readonly post: (post: Post) => NodeResult;
  /** The state as text. */
  readonly picture: () => string;
  readonly info: () => ReadonlyMap<string, string>;
  readonly standings: () => ReadonlyMap<string, Standing>;
  readonly ask: (tags: TagRecord) => { readonly tags: readonly Tag[]; readonly data: string };
  readonly wait: (milliseconds: number) => void;
  readonly now: () => number;
}

const wallets = new Set([places.owner, places.deployer, places.treasury, places.team, places.stranger]);
const processes = new Set([
  ...[places.launch, places.factory, places.token, places.ao, places.pi, places.index, places.foreign],
  ...places.ledgers,
]);

export function createSubject(setup: Setup): Subject {
  const host = nodeHost(fairLaunch);
  const environment = {
    Process: { Id: places.launch, Owner: places.owner, Tags: tagsOf(spawnTags(setup)) },
    Module: { Id: places.module },
  };
  let now = birth;
  let count = 0;

  function message({ from, tags, data = "", cron = false, id, signer }: Post): NodeMessage {
    count += 1;
    const own = processes.has(from) && !wallets.has(from) ? places.authority : from;
    return {
      Id: cron ? "" : (id ?? identifier("message", count)),
      Owner: signer ?? (cron ? from : own),
      From: from,
      Target: places.launch,
      Tags: tagsOf(tags),
      Data: data === "" ? " " : data,
      Timestamp: now,
      Cron: cron,
    };
  }

  const ask: Subject["ask"] = (tags) => {
    const { Error: error, Messages } = host.handle(message({ from: places.stranger, tags }), environment);
    if (error !== undefined) throw new Error(error);
    return { tags: Messages[0]!.Tags, data: Messages[0]!.Data };
  };
  ask({ Action: "Info" });

  return {
    post: (post) => sliced(setup, () => host.handle(message(post), environment)),
    picture: () => JSON.stringify(host.kept()!.state),
    info: () => new Map(ask({ Action: "Info" }).tags.map(({ name, value }) => [name, value])),
    standings() {
      const { items } = JSON.parse(ask({ Action: "Get-Contributions", Limit: "1000" }).data) as {
        items: { wallet: string; contributed: string; credited: string; claimable: string }[];
      };
      return new Map(
        items.map(({ wallet, contributed, credited, claimable }) => [
          wallet,
          { contributed: BigInt(contributed), credited: BigInt(credited), claimable: BigInt(claimable) },
        ]),
      );
    },
    ask,
    wait(milliseconds) {
      now += milliseconds;
    },
    now: () => now,
  };
}

/** Evaluates with the setup's slices in the place of the limits, which no small launch would ever reach. */
function sliced<Result>({ slices }: Setup, evaluate: () => Result): Result {
  const caps = limits as { -readonly [Name in keyof typeof limits]: number };
  const usual = { ...limits };
  caps.apportionedPerMessage = slices.parts;
  caps.batchRows = slices.rows;
  caps.batchesPerMessage = slices.batches;
  try {
    return evaluate();
  } finally {
    Object.assign(caps, usual);
  }
}

/** A tag of a message, or "". */
export function tagIn({ Tags }: { readonly Tags?: readonly Tag[] }, name: string): string {
  return tagValue(Tags ?? [], name) ?? "";
}
