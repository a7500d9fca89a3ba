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
  /** The JSON in the Data of a read's answer. Throws DeploymentError when it is refused. */
  readonly read: (process: string, tags: Tags) => Promise<Record<string, unknown>>;
  /** How many messages were signed and sent. */
  readonly sent: () => number;
}

export function createClient(network: LocalNetwork): Client {
  const ao = aoconnectTo(network);
  let sent = 0;
  return {
    async send(wallet, process, tags, data) {
      const message = await ao.message({ process, signer: signerOf(wallet), tags: tagsOf(tags), data });
      sent += 1;
      const { Error: error, Messages } = await ao.result({ process, message });
      if (error !== undefined) throw new DeploymentError(`${tags.Action} of ${wallet.address}: ${error}`);
      return Messages.find(({ Target }) => Target === wallet.address)?.Data ?? "";
    },
    async read(process, tags) {
      const result = await ao.dryrun({ process, tags: tagsOf(tags) });
      return JSON.parse(answerOf(result, tags.Action ?? "").data) as Record<string, unknown>;
    },
    sent: () => sent,
  };
}
