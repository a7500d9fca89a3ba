/** A local network with everything deployed, and the moves of a launch's life on it, through aoconnect. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Config, ModuleKind } from "../../deployment/config.ts";
import { buildBundles, deploy, type DeployOptions } from "../../deployment/deploy.ts";
import { buildModule } from "../../module/build.ts";
import { createClient, type Client } from "../../scripts/day/client.ts";
import { walletOf } from "../../scripts/day/wallets.ts";
import { aoconnectTo, signerOf, type Aoconnect } from "../../units/aoconnect.ts";
import type { Wallet } from "../../units/items/wallet.ts";
import type { LocalNetwork } from "../../units/local-network.ts";
import { tagsOf, tagValue, type ComputeResult } from "../../units/message.ts";
import { setStage, type Stage } from "../deployment/stage.ts";
import { testBundle } from "../scene/test-bundle.ts";
import * as world from "../units/world.ts";

export type Tags = Readonly<Record<string, string>>;
export const day = 86_400_000;
export const hour = 3_600_000;

export const [deployer, team, alice, bob] = ["deployer", "team", "alice", "bob"].map(walletOf) as [
  Wallet,
  Wallet,
  Wallet,
  Wallet,
];

/** A row as clients read it. */
export type Row = Readonly<Record<string, string | number>>;

export interface LaunchStage {
  readonly stage: Stage;
  readonly network: LocalNetwork;
  readonly ao: Aoconnect;
  readonly client: Client;
  readonly options: () => Promise<DeployOptions>;
  /** Ids by the configuration's names. */
  readonly ids: Readonly<Record<"token" | "ledger" | "mint" | "factory" | "ticking", string>>;
  /** A wallet's message and what came of it, with all that followed it. */
  readonly send: (wallet: Wallet, process: string, tags: Tags, data?: string) => Promise<ComputeResult>;
  /** A read's answer: its Data, and a tag of it. */
  readonly ask: (
    process: string,
    tags: Tags,
  ) => Promise<{ readonly data: string; readonly tag: (name: string) => string | undefined }>;
  readonly rowOf: (factory: string, launch: string) => Promise<Row>;
  /** A token of the team's: 10,000,000 units, its supply. */
  readonly spawnToken: (tags?: Tags) => Promise<string>;
  readonly balanceOf: (token: string, account: string) => Promise<bigint>;
  /** What a path of state gives. */
  readonly at: (process: string, path: string) => Promise<string>;
  readonly spawnRequester: () => Promise<string>;
  readonly close: () => Promise<void>;
}

/** What tests need and the repository's configuration has not: fewer ticks of the mint, and a factory of ticking launches. */
function configured(kind: ModuleKind) {
  return (plain: Config): Config => {
    const { mint, factory, ...others } = plain.processes;
    const ticking = { ...factory!, tags: { ...factory!.tags, "Launch-Cron-Interval": "3-hours" } };
    const processes = { ...others, mint: { ...mint!, tickEvery: "6-hours" }, factory: factory!, ticking };
    const wires = plain.wires.flatMap((wire) =>
      wire.process === "factory" ? [wire, { ...wire, process: "ticking" }] : [wire],
    );
    return { ...plain, module: kind, processes, wires };
  };
}

/** Deploys to a new network; `aos` is what the network's own module is published with. */
export async function openLaunchStage(
  kind: ModuleKind = "compact",
  publishAos: (network: LocalNetwork) => Promise<string> = () => Promise.resolve(""),
): Promise<LaunchStage> {
  const folder = mkdtempSync(join(tmpdir(), "tributary-test-"));
  const stage = await setStage(folder, configured(kind));
  const { network } = stage;
  const aos = await publishAos(network);
  const options = async (): Promise<DeployOptions> => {
    const plain = await stage.options(deployer);
    return { ...plain, network: { ...plain.network, ...(aos !== "" && { aos }) } };
  };
  await deploy(await options());
  const ids = Object.fromEntries(
    Object.entries(stage.reopen().record.processes).map(([name, { id }]) => [name, id]),
  ) as LaunchStage["ids"];
  const ao = aoconnectTo(network);

  const send: LaunchStage["send"] = async (wallet, process, tags, data = " ") => {
    const message = await ao.message({ process, signer: signerOf(wallet), tags: tagsOf(tags), data });
    const result = await ao.result({ process, message });
    assert.ok(await network.settle(60_000), `${tags.Action} settles`);
    return result;
  };
  const ask: LaunchStage["ask"] = async (process, tags) => {
    const { Error: error, Messages } = await ao.dryrun({ process, tags: tagsOf(tags) });
    assert.equal(error, undefined);
    const [first] = Messages;
    return { data: first?.Data ?? "", tag: (name) => tagValue(first?.Tags ?? [], name) };
  };

  return {
    ...{ stage, network, ao, client: createClient(network), options, ids, send, ask },
    rowOf: async (factory, launch) =>
      JSON.parse((await ask(factory, { Action: "Get-FLP", id: launch })).data) as Row,
    spawnToken: async (tags = {}) => {
      const { module } = stage.reopen().record.processes.token!;
      const own = { Name: "Ocean", Ticker: "OCN", Denomination: "6", "Initial-Supply": "10000000", ...tags };
      if (kind === "compact") return world.spawn(network, module, team, own);
      const data = (await buildBundles(stage.config)).get("token")!.lua;
      const common = { Module: module, Scheduler: network.scheduler, Authority: network.authority };
      return world.send(network, { tags: { ...common, "On-Boot": "Data", ...own }, data }, team);
    },
    balanceOf: async (token, account) =>
      BigInt((await ask(token, { Action: "Balance", Recipient: account })).data),
    at: async (process, path) => (await fetch(`${network.url}/${process}~process@1.0/now/${path}`)).text(),
    spawnRequester: async () => {
      const bundle = testBundle("requester", fileURLToPath(new URL("./requester.ts", import.meta.url)));
      const module = await world.publishModule(network, await buildModule(bundle), team);
      return world.spawn(network, module, team);
    },
    close: async () => {
      await network.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The tags of a request: three days, 1,000,000 units of a token; `more` replaces them. */
export function requestOf(token: string, start: number, more: Tags = {}): Tags {
  return {
    Name: "Ocean launch",
    Treasury: team.address,
    "Token-Process": token,
    "Token-Supply": "1000000",
    "Decay-Factor": "0.9",
    Duration: "3",
    "Starts-At-Timestamp": `${start}`,
    "Are-Batch-Transfers-Possible": "true",
    ...more,
  };
}
