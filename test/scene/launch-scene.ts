/** A small world with a fair launch in it: the core, a team's token, and wallets that delegate to the launch. */
import { walletAddress } from "../../units/address.ts";
import { tagsOf, tagValue } from "../../units/message.ts";
import { node } from "./runtimes.ts";
import { createScene, oracle, type Scene, type SceneOptions, type TagRecord } from "./scene.ts";

export const day = 86_400_000;
export const [team, treasury, alice, bob, carol] = ["team", "treasury", "alice", "bob", "carol"].map((name) =>
  walletAddress(name),
) as [string, string, string, string, string];

export interface LaunchSceneOptions extends SceneOptions {
  /** Spawn tags of the launch; they replace the defaults. `undefined` leaves one out. */
  readonly launch?: Readonly<Record<string, string | undefined>>;
  /** Tags of the team's token; they replace the defaults. */
  readonly teamToken?: TagRecord;
  /** AR that wallets hold, in smallest units. */
  readonly holdings?: Readonly<Record<string, string>>;
}

export interface LaunchScene extends Scene {
  readonly launch: string;
  readonly teamToken: string;
  /** When the launch starts. */
  readonly start: number;
  /** Lets days pass, with ticks of mint and launch at the end of each. */
  readonly days: (count: number) => Promise<void>;
  /** Funds the launch from the team's tokens. */
  readonly fund: (quantity?: string) => Promise<void>;
  readonly delegate: (wallet: string, factor: number, to?: string) => Promise<void>;
  /** A tag of the launch's Info. */
  readonly figure: (name: string) => Promise<string>;
  /** What an account has of the team's token. */
  readonly tokensOf: (account: string, token?: string) => Promise<bigint>;
}

/** Starts an hour from now, lasts 10 days, gives out 1,000,000 of a supply of 10,000,000 units. */
export async function createLaunchScene(options: LaunchSceneOptions = {}): Promise<LaunchScene> {
  const scene = await createScene({ ...options, ledger: { "Change-Fee": "0", ...options.ledger } });
  const { network, owner, send, ask } = scene;
  const runtime = options.runtime ?? node;
  network.module("fair-launch", await runtime.factory("fair-launch"));
  const start = network.now() + 3_600_000;
  const teamToken = await network.spawn({
    module: "token",
    owner: team,
    tags: tagsOf({
      ...{ Name: "Ocean", Ticker: "OCN", Denomination: "6", "Initial-Supply": "10000000" },
      ...options.teamToken,
    }),
  });
  const tags: Record<string, string | undefined> = {
    Name: "Ocean launch",
    Deployer: team,
    Treasury: treasury,
    "Token-Process": teamToken,
    "Token-Supply": "1000000",
    "Decay-Factor": "0.9",
    Duration: "10",
    "Starts-At-Timestamp": `${start}`,
    "Are-Batch-Transfers-Possible": "true",
    "AO-Token": scene.token,
    Ledgers: JSON.stringify([scene.ledger]),
    "Numbered-Transfers": "true",
    ...options.launch,
  };
  const given = Object.entries(tags).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const launch = await network.spawn({
    module: "fair-launch",
    owner,
    tags: tagsOf(Object.fromEntries(given)),
  });
  const holdings = options.holdings ?? { [alice]: "3000000000000", [bob]: "1000000000000" };
  const rows = Object.entries(holdings).map(([wallet, amount]) => `${wallet},${amount}`);
  const snapshot = { Token: "AR", Snapshot: "1", Page: "1", Pages: "1", Mode: "full" };
  await send(oracle, scene.ledger, { Action: "Set-Balances", ...snapshot }, rows.join("\n"));
  await send(owner, scene.ledger, { Action: "Tick" });
  await send(owner, launch, { Action: "Tick" });

  return {
    ...scene,
    launch,
    teamToken,
    start,
    async days(count) {
      for (let i = 0; i < count; i++) {
        const wait = network.now() < start ? start - network.now() : 0;
        await network.advance(wait + day);
        await send(owner, scene.mint, { Action: "Tick" });
        await send(owner, launch, { Action: "Tick" });
      }
    },
    async fund(quantity = "1000000") {
      const transfer = { Action: "Transfer", Recipient: launch, Quantity: quantity };
      await send(team, teamToken, { ...transfer, "X-Action": "Initialize-FLP" });
    },
    async delegate(wallet, factor, to = launch) {
      const data = JSON.stringify({ walletFrom: wallet, walletTo: to, factor });
      const { Error: error } = await send(wallet, scene.ledger, { Action: "Set-Delegation" }, data);
      if (error !== undefined) throw new Error(error);
    },
    async figure(name) {
      return tagValue((await ask(launch, { Action: "Info" })).tags, name)!;
    },
    async tokensOf(account, token = teamToken) {
      return BigInt((await ask(token, { Action: "Balance", Recipient: account })).data);
    },
  };
}
