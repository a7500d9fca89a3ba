/** The pool under test: on the Node host, with the test as its tokens and its users. */
import { nodeHost, type NodeResult } from "../../process/host/node.ts";
import { formatNatural, type Natural } from "../../process/math/natural.ts";
import { pool } from "../../process/pool/actions.ts";
import type { PoolState } from "../../process/pool/state.ts";
import { identifier, walletAddress } from "../../units/address.ts";
import { type Tag, tagsOf, tagValue } from "../../units/message.ts";

export const places = {
  tokens: [identifier("first token"), identifier("second token")] as const,
  pool: identifier("pool"),
  owner: walletAddress("owner"),
  authority: identifier("authority"),
  stranger: walletAddress("stranger"),
  forger: walletAddress("forger"),
};

export type TagRecord = Readonly<Record<string, string>>;

export interface PoolSubject {
  readonly state: () => PoolState;
  readonly post: (
    from: string,
    tags: TagRecord,
    sending?: { readonly id?: string; readonly signer?: string },
  ) => NodeResult;
  /** A token tells of a payment. */
  readonly credit: (side: 0 | 1, sender: string, quantity: bigint, tags: TagRecord) => NodeResult;
  readonly ask: (tags: TagRecord) => readonly Tag[];
  readonly figure: (name: string) => bigint;
  /** What it has published, put together as units do: map by map, key by key. */
  readonly published: Readonly<Record<string, TagRecord>>;
  readonly wait: (milliseconds: number) => void;
  readonly now: () => number;
}

export interface PoolOptions {
  readonly fee?: number;
  readonly numbered?: readonly [boolean, boolean];
  readonly tags?: TagRecord;
}

export function createPoolSubject({
  fee = 25,
  numbered = [true, true],
  tags: more = {},
}: PoolOptions = {}): PoolSubject {
  const host = nodeHost(pool);
  const spawn = {
    ...{ Name: "Pool", Ticker: "POOL", "Token-A": places.tokens[0], "Token-B": places.tokens[1] },
    ...{ "Numbered-Transfers-A": `${numbered[0]}`, "Numbered-Transfers-B": `${numbered[1]}` },
    ...{ "Fee-Bps": `${fee}`, Authority: places.authority, ...more },
  };
  const environment = {
    Process: { Id: places.pool, Owner: places.owner, Tags: tagsOf(spawn) },
    Module: { Id: identifier("module") },
  };
  let now = 1_800_000_000_000;
  let count = 0;
  const published: Record<string, TagRecord> = {};

  const post: PoolSubject["post"] = (from, tags, { id, signer } = {}) => {
    count += 1;
    const isToken = (places.tokens as readonly string[]).includes(from);
    const message = {
      Id: id ?? identifier("message", count),
      Owner: signer ?? (isToken ? places.authority : from),
      From: from,
      Target: places.pool,
      Tags: tagsOf(tags),
      Data: " ",
      Timestamp: now,
    };
    const result = host.handle(message, environment);
    for (const { Target, Tags } of result.Messages) {
      if ((Target as string | undefined) !== undefined) continue;
      for (const { name, value } of Tags as readonly { name: string; value: unknown }[])
        if (typeof value === "object") published[name] = { ...published[name], ...(value as TagRecord) };
    }
    return result;
  };
  const ask: PoolSubject["ask"] = (tags) => {
    const { Error: error, Messages } = post(places.stranger, tags);
    if (error !== undefined) throw new Error(error);
    return Messages[0]!.Tags;
  };
  ask({ Action: "Info" });
  return {
    state: () => host.kept()!.state,
    post,
    ask,
    published,
    credit: (side, sender, quantity, tags) =>
      post(places.tokens[side], {
        Action: "Credit-Notice",
        Sender: sender,
        Quantity: `${quantity}`,
        ...tags,
      }),
    figure: (name) => BigInt(tagValue(ask({ Action: "Info" }), name)!),
    wait: (milliseconds) => void (now += milliseconds),
    now: () => now,
  };
}

/** The first deposit, by a wallet that does nothing else. */
export function found(
  subject: PoolSubject,
  amounts: readonly [bigint, bigint],
  by = walletAddress("founder"),
) {
  subject.credit(0, by, amounts[0], { "X-Action": "Provide" });
  return subject.credit(1, by, amounts[1], { "X-Action": "Provide" });
}

export function big(natural: Natural | undefined): bigint {
  return natural === undefined ? 0n : BigInt(formatNatural(natural));
}

/** The messages of one action among a result's. */
export function sent(result: NodeResult, action: string): readonly (readonly Tag[])[] {
  return result.Messages.flatMap(({ Tags }) => (tagValue(Tags, "Action") === action ? [Tags] : []));
}
