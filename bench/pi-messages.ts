/** Messages to an index as a unit hands them over, and who is around it. */
import { identifier, walletAddress } from "../units/address.ts";
import { type ComputeMessage, tagsOf } from "../units/message.ts";
import { ProcessMessages, type Tags } from "./process-messages.ts";

export const index = identifier("index");
export const [ao, ar, pi, ledger, factory] = ["ao", "ar", "pi token", "ledger", "factory"].map((name) =>
  identifier("index's", name),
) as [string, string, string, string, string];
export const [holder, feed] = ["holder", "feed"].map((name) => walletAddress(name)) as [string, string];
const [owner, authority] = ["owner", "authority"].map((name) => walletAddress(name)) as [string, string];
const [module, scheduler] = ["index module", "index scheduler"].map((name) => identifier(name)) as [
  string,
  string,
];

export const minute = 60_000;
const day = 1_440 * minute;
const birth = 1_795_200_000_000;

/** An AR is worth two AO; times 10^30. */
const arPrice = "2000000000000000000000000000000";

/**
 * An index whose prices stay fresh, and with more room for mints than is usual: each is measured many times. Launches tell
 * their tokens' prices themselves, as the tags of a spawn have no room for fifty sources.
 */
const parameters: Tags = {
  "PI-Token-Process": pi,
  "AO-Token": ao,
  "AR-Token": ar,
  Ledgers: JSON.stringify([ledger]),
  "Numbered-Tokens": JSON.stringify([ao, ar]),
  "Flp-Factory": factory,
  Sources: JSON.stringify([{ token: ar, kind: "feed", process: feed, life: 14 * day, band: 100 }]),
  "Launch-Price-Life": `${14 * day}`,
  "Hour-Cap": "1000000000000000000",
  Authority: authority,
};

export class IndexMessages extends ProcessMessages {
  constructor() {
    super({ name: "index", process: index, owner, parameters, module, scheduler, authority, birth });
  }

  /** Anybody's tick. */
  tick(): ComputeMessage {
    return this.wallet(holder, { Action: "Tick" });
  }

  /** So much of a token has come, from the holder if nobody else is named. */
  credit(token: string, quantity: bigint | string, tags: Tags, sender = holder): ComputeMessage {
    const notice = { Action: "Credit-Notice", Sender: sender, Quantity: `${quantity}`, ...tags };
    return this.pushed(token, tagsOf(notice));
  }

  /** The feed tells what an AR is worth. */
  arPrice(): ComputeMessage {
    return this.wallet(feed, { Action: "Set-Price", Asset: ar, Price: arPrice });
  }
}
