/** A network in this process, and deployments to it that can be interrupted. */
import { join } from "node:path";
import config from "../../ao.config.ts";
import { networkOf, type Config } from "../../deployment/config.ts";
import type { DeployOptions } from "../../deployment/deploy.ts";
import { openRecord, type RecordFile } from "../../deployment/record.ts";
import { type Units, unitsOf } from "../../deployment/units.ts";
import { parseDataItem } from "../../units/items/data-item.ts";
import type { Wallet } from "../../units/items/wallet.ts";
import { type LocalNetwork, startNetwork } from "../../units/local-network.ts";
import { testKeys } from "../units/world.ts";

export const start = 1_795_200_000_000;

export interface Stage {
  readonly network: LocalNetwork;
  readonly config: Config;
  /** What a script does at its start: reads the record from the disk. */
  readonly reopen: () => RecordFile;
  readonly options: (wallet: Wallet, units?: (plain: Units) => Units) => Promise<DeployOptions>;
}

/** `change` makes another configuration of that of the repository. */
export async function setStage(
  folder: string,
  change: (config: Config) => Config = (plain) => plain,
): Promise<Stage> {
  const network = await startNetwork({ keys: await testKeys(), clock: start });
  const local = { ...change(withoutIndex(config)), networks: { local: { url: network.url } } };
  const reopen = (): RecordFile => openRecord(join(folder, "local.json"), "local");
  return {
    network,
    config: local,
    reopen,
    async options(wallet, changeUnits = (plain) => plain) {
      const addresses = await networkOf(local, "local");
      const units = changeUnits(unitsOf(addresses));
      return { config: local, network: addresses, units, wallet, file: reopen(), say: () => undefined };
    },
  };
}

/** The index and its tokens are deployed in no other way than the rest, and take their time: `npm start` deploys them. */
function withoutIndex({ processes, wires, ...rest }: Config): Config {
  const isKept = (name: string): boolean => !["ar", "pi-token", "pi"].includes(name);
  return {
    ...rest,
    processes: Object.fromEntries(Object.entries(processes).filter(([name]) => isKept(name))),
    wires: wires.filter(({ process }) => isKept(process)),
  };
}

/** What an interrupted deployment ends with. */
export class Interruption extends Error {}

/** Units that count what is handed over, and fail before and after each item once: as if the script was killed there. */
export class FailingUnits {
  /** How often each item was handed over, by its id. */
  readonly handed = new Map<string, number>();
  interruptions = 0;
  readonly #failed = new Set<string>();

  readonly wrap = (units: Units): Units => ({
    ...units,
    send: (item) => this.#hand(item, () => units.send(item)),
    upload: (item) => this.#hand(item, () => units.upload(item)),
    monitor: (process, item) => this.#hand(item, () => units.monitor(process, item)),
  });

  async #hand(item: Uint8Array, pass: () => Promise<void>): Promise<void> {
    const { id } = parseDataItem(item);
    this.#failOnce(`before ${id}`);
    this.handed.set(id, (this.handed.get(id) ?? 0) + 1);
    await pass();
    this.#failOnce(`after ${id}`);
  }

  #failOnce(moment: string): void {
    if (this.#failed.has(moment)) return;
    this.#failed.add(moment);
    this.interruptions += 1;
    throw new Interruption(moment);
  }
}

/** How many items of a type the gateway has of an owner. */
export async function countOf({ url }: LocalNetwork, owner: string, type: string): Promise<number> {
  const query = `query ($owners: [String!], $values: [String!]!) {
    transactions(first: 100, owners: $owners, tags: [{ name: "Type", values: $values }]) { edges { node { id } } }
  }`;
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    body: JSON.stringify({ query, variables: { owners: [owner], values: [type] } }),
  });
  const { data } = (await response.json()) as { data: { transactions: { edges: unknown[] } } };
  return data.transactions.edges.length;
}
