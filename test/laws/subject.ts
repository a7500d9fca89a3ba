/** The ledger under test: on the Node host, with the test as its token, its mint, its oracle and its wallets. */
import { nodeHost, type NodeMessage, type NodeResult } from "../../process/host/node.ts";
import { ledger } from "../../process/ledger/actions.ts";
import type { LedgerState } from "../../process/ledger/state.ts";
import { formatNatural, type Natural } from "../../process/math/natural.ts";
import { identifier, walletAddress } from "../../units/address.ts";
import { type Tag, tagsOf, tagValue } from "../../units/message.ts";
import type { Policies, Rules } from "./model.ts";
import type { Outcome, Request } from "./requests.ts";

export const addresses = {
  owner: walletAddress("owner"),
  oracle: walletAddress("oracle"),
  governor: walletAddress("governor"),
  stranger: walletAddress("stranger"),
  forger: walletAddress("forger"),
  authority: identifier("authority"),
  token: identifier("token"),
  mint: identifier("mint"),
  ledger: identifier("ledger"),
};

export type TagRecord = Readonly<Record<string, string>>;

/** Another way to send what a request sends. */
export interface Sending {
  /** Repeats a message id. */
  readonly id?: string | undefined;
  /** Who signs in the sender's name. */
  readonly signer?: string | undefined;
}

export interface Subject {
  readonly state: () => LedgerState;
  /** Sends tags and data as they are. */
  readonly post: (from: string, tags: TagRecord, data?: string, sending?: Sending) => NodeResult;
  readonly request: (request: Request, sending?: Sending) => Outcome & { readonly result: NodeResult };
  /** A read's tags and data. */
  readonly ask: (tags: TagRecord) => { readonly tags: readonly Tag[]; readonly data: string };
  readonly wait: (milliseconds: number) => void;
  readonly now: () => number;
}

export function createSubject(rules: Rules): Subject {
  const host = nodeHost(ledger);
  const environment = {
    Process: { Id: addresses.ledger, Owner: addresses.owner, Tags: tagsOf(spawnTags(rules)) },
    Module: { Id: identifier("module") },
  };
  let now = 1_800_000_000_000;
  let count = 0;

  function message(from: string, tags: TagRecord, data: string, { id, signer }: Sending): NodeMessage {
    count += 1;
    return {
      Id: id ?? identifier("message", count),
      // What processes send is signed by the messenger.
      Owner: signer ?? (from === addresses.token ? addresses.authority : from),
      From: from,
      Target: addresses.ledger,
      Tags: tagsOf(tags),
      Data: data === "" ? " " : data,
      Timestamp: now,
    };
  }

  const post: Subject["post"] = (from, tags, data = "", sending = {}) =>
    host.handle(message(from, tags, data, sending), environment);
  const state = (): LedgerState => host.kept()!.state;
  post(addresses.stranger, { Action: "Info" });

  return {
    state,
    post,
    request(request, sending) {
      const [from, tags, data] = wire(rules, state(), request);
      const result = post(from, tags, data, sending);
      const quantity = result.Messages.flatMap(({ Tags }) =>
        tagValue(Tags, "Action") === "Withdraw-Response" ? [BigInt(tagValue(Tags, "Quantity")!)] : [],
      )[0];
      const refused = result.Error === undefined ? undefined : /^\[([^\]]+)\]/.exec(result.Error)?.[1];
      return { refused, error: result.Error ?? "", quantity, result };
    },
    ask(tags) {
      const { Error: error, Messages } = host.handle(message(addresses.stranger, tags, "", {}), environment);
      if (error !== undefined) throw new Error(error);
      return { tags: Messages[0]!.Tags, data: Messages[0]!.Data };
    },
    wait(milliseconds) {
      now += milliseconds;
    },
    now: () => now,
  };
}

/** A request as the message that a client, an oracle or the token sends. */
function wire(rules: Rules, state: LedgerState, request: Request): [string, TagRecord, string?] {
  const { token, mint } = addresses;
  switch (request.kind) {
    case "page": {
      const { snapshot, page, pages, mode, rows } = request;
      const tags = { Snapshot: `${snapshot}`, Page: `${page}`, Pages: `${pages}`, Mode: mode };
      const csv = rows.map(({ source, amount, recipient }) =>
        recipient === undefined ? `${source},${amount}` : `${source},${amount},${recipient}`,
      );
      const name = rules.tokens[request.token]!.id;
      return [request.from, { Action: "Set-Balances", Token: name, ...tags }, csv.join("\n")];
    }
    case "multiplier": {
      const tags = { Token: rules.tokens[request.token]!.id, Multiplier: decimal(request.multiplier) };
      return [request.from, { Action: "Set-Multiplier", ...tags, Version: `${request.version}` }];
    }
    case "delegation": {
      const data = { walletFrom: request.owner, walletTo: request.share.to, factor: request.share.factor };
      return [request.from, { Action: "Set-Delegation" }, JSON.stringify(data)];
    }
    case "delegations": {
      const delegations = request.shares.map(({ to, factor }) => ({ walletTo: to, factor }));
      return [
        request.from,
        { Action: "Set-Delegations" },
        JSON.stringify({ delegations, version: request.version }),
      ];
    }
    case "withdrawal": {
      const { quantity, recipient } = request;
      const tags = {
        ...(quantity === undefined ? {} : { Quantity: `${quantity}` }),
        ...(recipient === undefined ? {} : { Recipient: recipient }),
      };
      return [request.from, { Action: "Withdraw", ...tags }];
    }
    case "minting": {
      const tags = {
        "X-Action": "Distribute",
        "X-Cycle": `${request.cycle}`,
        "X-Cumulative": `${request.cumulative}`,
      };
      return [token, { Action: "Credit-Notice", Sender: mint, Quantity: "1", ...tags }];
    }
    case "payment":
      return [token, { Action: "Credit-Notice", Sender: request.sender, Quantity: `${request.quantity}` }];
    case "answer": {
      const quantity = `${big(state.payouts.open[`${request.payout}`]?.quantity)}`;
      const tags = { "X-Payout": `${request.payout}`, Quantity: quantity };
      return [token, { Action: request.paid ? "Debit-Notice" : "Transfer-Error", ...tags }];
    }
    case "tick":
      return [request.from, { Action: "Tick" }];
  }
}

function spawnTags({ tokens, classes, policies, oracle, governor }: Rules): TagRecord {
  return {
    Authority: addresses.authority,
    "AO-Token": addresses.token,
    "Mint-Process": addresses.mint,
    Governor: governor,
    "Numbered-Transfers": "true",
    Classes: JSON.stringify(classes.map((share, i) => ({ name: `class ${i}`, share: `${share}` }))),
    Tokens: JSON.stringify(
      tokens.map(({ id, denomination, multiplier, tokenClass }) => ({
        ...{ token: id, ticker: id, denomination, multiplier: decimal(multiplier), oracle },
        class: `class ${tokenClass}`,
      })),
    ),
    ...policyTags(policies),
  };
}

function policyTags(policies: Policies): TagRecord {
  return {
    "Over-Delegation": policies.overDelegation,
    "Default-Target": policies.defaultTarget ?? "self",
    "Fan-Out": `${policies.fanOut}`,
    "Smallest-Fraction": `${policies.smallestFraction}`,
    "Delegation-Cycles": policies.allowCycles ? "allow" : "forbid",
    "Deepest-Chain": policies.deepestChain === 0 ? "off" : `${policies.deepestChain}`,
    "Smallest-Base-Weight": decimal(policies.smallestBaseWeight),
    "Change-Fee": `${policies.changeFee}`,
  };
}

/** A number times 10^18 as a decimal. */
function decimal(value: bigint): string {
  const digits = `${value}`.padStart(19, "0");
  return `${digits.slice(0, -18)}.${digits.slice(-18)}`;
}

const known = new WeakMap<object, bigint>();

/** A natural as a bigint. Naturals never change, so each is read once. */
export function big(natural: Natural | undefined): bigint {
  if (natural === undefined) return 0n;
  const object = natural as unknown as object;
  let value = known.get(object);
  if (value === undefined) known.set(object, (value = BigInt(formatNatural(natural))));
  return value;
}
