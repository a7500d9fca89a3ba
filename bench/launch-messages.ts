/** Messages to a launch as a unit hands them over. */
import { identifier, walletAddress } from "../units/address.ts";
import type { ComputeMessage } from "../units/message.ts";
import { ProcessMessages, type Tags } from "./process-messages.ts";

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

export class LaunchMessages extends ProcessMessages {
  constructor() {
    const from = { name: "launch", process: launch, owner: factory, parameters: terms };
    super({ ...from, module, scheduler, authority, birth });
  }

  /** Anybody's tick. */
  tick(): ComputeMessage {
    return this.wallet(team, { Action: "Tick" });
  }
}
