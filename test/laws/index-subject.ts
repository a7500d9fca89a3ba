/** The index under test: on the Node host, with the test as its tokens, ledger, factory, feed and pool. */
import { nodeHost, type NodeResult } from "../../process/host/node.ts";
import { formatNatural, type Natural } from "../../process/math/natural.ts";
import { index } from "../../process/pi/actions.ts";
import type { IndexState } from "../../process/pi/state.ts";
import { identifier, walletAddress } from "../../units/address.ts";
import { type Tag, tagsOf, tagValue } from "../../units/message.ts";

export const one = 10n ** 30n;
export const hour = 3_600_000;
export const day = 24 * hour;
export const places = {
  ...{ ao: identifier("ao"), ar: identifier("ar"), pi: identifier("pi token"), index: identifier("index") },
  ...{ ledger: identifier("ledger"), factory: identifier("factory"), pool: identifier("pool") },
  ...{ authority: identifier("authority"), owner: walletAddress("owner"), feed: walletAddress("feed") },
  otherFeed: walletAddress("other feed"),
  ...{ guardian: walletAddress("guardian"), stranger: walletAddress("stranger") },
  forger: walletAddress("forger"),
};
/** Two launches and their tokens. */
export const launches = [identifier("launch 0"), identifier("launch 1")] as const;
export const launched = [identifier("token 0"), identifier("token 1")] as const;
export const assets = [places.ao, places.ar, ...launched] as const;
const signedByAuthority: readonly string[] = [
  ...[...assets, ...launches, places.pi, places.ledger, places.factory, places.pool, places.index],
];

export type TagRecord = Readonly<Record<string, string>>;

export interface IndexSubject {
  readonly state: () => IndexState;
  readonly post: (
    from: string,
    tags: TagRecord,
    data?: string,
    sending?: { readonly id?: string; readonly signer?: string },
  ) => NodeResult;
  /** What a dry run of a question gives; an error ends the test. */
  readonly ask: (tags: TagRecord) => { readonly tags: readonly Tag[]; readonly data: string };
  readonly wait: (milliseconds: number) => void;
  readonly now: () => number;
}

export const sources = [
  ...[places.ar, ...launched].map((token) => ({ token, kind: "feed", process: places.feed })),
  ...[places.ar, ...launched].map((token) => ({ token, kind: "pool", process: places.pool })),
].map((source) => ({ ...source, life: hour, band: 100 }));

/** The same, with a second feed for the launches' tokens: brought in by value, they need two sources that agree. */
export const agreedSources = [
  ...sources,
  ...launched.map((token) => ({ token, kind: "feed", process: places.otherFeed, life: hour, band: 100 })),
];

export function createIndexSubject(tags: TagRecord = {}): IndexSubject {
  const host = nodeHost(index);
  const spawn = {
    ...{ "PI-Token-Process": places.pi, "AO-Token": places.ao, "AR-Token": places.ar },
    ...{
      Ledgers: JSON.stringify([places.ledger]),
      "Numbered-Tokens": JSON.stringify([places.ao, places.ar]),
    },
    ...{ "Flp-Factory": places.factory, Guardian: places.guardian, Sources: JSON.stringify(sources) },
    ...{ Authority: places.authority, ...tags },
  };
  const environment = {
    Process: { Id: places.index, Owner: places.owner, Tags: tagsOf(spawn) },
    Module: { Id: identifier("module") },
  };
  let now = 1_800_000_000_000;
  let count = 0;
  const messageOf = (from: string, named: TagRecord, data: string, id?: string, signer?: string) => ({
    Id: id ?? identifier("message", (count += 1)),
    Owner: signer ?? (signedByAuthority.includes(from) ? places.authority : from),
    From: from,
    Target: places.index,
    Tags: tagsOf(named),
    Data: data,
    Timestamp: now,
  });
  const post: IndexSubject["post"] = (from, named, data = " ", { id, signer } = {}) =>
    host.handle(messageOf(from, named, data, id, signer), environment);
  post(places.stranger, { Action: "Info" });
  return {
    state: () => host.kept()!.state,
    post,
    ask(named) {
      const { Error: error, Messages } = host.dryRun(messageOf(places.stranger, named, " "), environment);
      if (error !== undefined) throw new Error(error);
      return { tags: Messages[0]!.Tags, data: Messages[0]!.Data ?? "" };
    },
    wait: (milliseconds) => void (now += milliseconds),
    now: () => now,
  };
}

export function big(natural: Natural | undefined): bigint {
  return natural === undefined ? 0n : BigInt(formatNatural(natural));
}

/** The messages of one action among a result's. */
export function sent(result: NodeResult, action: string): readonly (readonly Tag[])[] {
  return result.Messages.flatMap(({ Tags }) => (tagValue(Tags, "Action") === action ? [Tags] : []));
}
