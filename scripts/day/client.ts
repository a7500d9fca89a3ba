/** How a day talks with its processes: as any user does, with signed messages and dry runs through aoconnect. */
import { answerOf, DeploymentError } from "../../deployment/units.ts";
import { aoconnectTo, signerOf } from "../../units/aoconnect.ts";
import type { Wallet } from "../../units/items/wallet.ts";
import type { LocalNetwork } from "../../units/local-network.ts";
import { tagsOf } from "../../units/message.ts";

type Tags = Readonly<Record<string, string>>;

export interface Client {
  /** Signs a message, sends it and gives the Data of its answer. Throws DeploymentError when it is refused. */
  readonly send: (wallet: Wallet, process: string, tags: Tags, data: string) => Promise<string>;
  /** The same, and gives the message's id. */
  readonly request: (wallet: Wallet, process: string, tags: Tags) => Promise<string>;
  /** Signs a spawn, sends it and gives the process's id. */
  readonly spawn: (wallet: Wallet, module: string, tags: Tags) => Promise<string>;
  /** The JSON in the Data of a read's answer. Throws DeploymentError when it is refused. */
  readonly read: (process: string, tags: Tags) => Promise<Record<string, unknown>>;
  /** How many messages were signed and sent. */
  readonly sent: () => number;
}

export function createClient(network: LocalNetwork): Client {
  const ao = aoconnectTo(network);
  let sent = 0;
  async function carryOut(wallet: Wallet, process: string, tags: Tags, data: string) {
    const message = await ao.message({ process, signer: signerOf(wallet), tags: tagsOf(tags), data });
    sent += 1;
    const { Error: error, Messages } = await ao.result({ process, message });
    if (error !== undefined) throw new DeploymentError(`${tags.Action} of ${wallet.address}: ${error}`);
    return { message, answer: Messages.find(({ Target }) => Target === wallet.address)?.Data ?? "" };
  }
  return {
    send: async (wallet, process, tags, data) => (await carryOut(wallet, process, tags, data)).answer,
    request: async (wallet, process, tags) => (await carryOut(wallet, process, tags, " ")).message,
    async spawn(wallet, module, tags) {
      const { scheduler, authority } = network;
      const all = tagsOf({ Authority: authority, ...tags });
      const id = await ao.spawn({ module, scheduler, signer: signerOf(wallet), tags: all });
      sent += 1;
      return id;
    },
    async read(process, tags) {
      const result = await ao.dryrun({ process, tags: tagsOf(tags) });
      return JSON.parse(answerOf(result, tags.Action ?? "").data) as Record<string, unknown>;
    },
    sent: () => sent,
  };
}
