/** A small world with a factory in it: the core, a team's token, and the launch's module, from which the factory spawns. */
import { readFileSync } from "node:fs";
import { buildAll } from "../../module/build-all.ts";
import { codeHash } from "../../module/bundle.ts";
import { tagsOf, tagValue } from "../../units/message.ts";
import { alice, bob, day, team, treasury } from "./launch-scene.ts";
import { node, stockAos } from "./runtimes.ts";
import { createScene, oracle, type Scene, type SceneOptions, type TagRecord } from "./scene.ts";

export interface FactorySceneOptions extends SceneOptions {
  /** Spawn tags of the factory; they replace the defaults. */
  readonly factory?: TagRecord;
}

export interface FactoryScene extends Scene {
  readonly factory: string;
  readonly teamToken: string;
  /** The bundle that a spawn brings along on stock aos; "" elsewhere. */
  readonly bundle: string;
  /** When launches start, unless it is said otherwise. */
  readonly start: number;
  /** Asks for a launch and gives the request's id; `more` replaces tags. */
  readonly create: (more?: TagRecord, from?: string) => Promise<string>;
  readonly row: (id: string) => Promise<Readonly<Record<string, string | number>>>;
  readonly idOf: (request: string) => Promise<string>;
}

/** Launches of 1,000,000 units of a supply of 10,000,000, over 10 days. On aos the code still has to be provided. */
export async function createFactoryScene(options: FactorySceneOptions = {}): Promise<FactoryScene> {
  const scene = await createScene({ ...options, ledger: { "Change-Fee": "0", ...options.ledger } });
  const { network, owner, send, ask } = scene;
  const runtime = options.runtime ?? node;
  const { module, bundle } = await launchModule(runtime.name === "aos", () => runtime.factory("fair-launch"));
  const launchModuleId = network.module("launch", await module());
  network.module("fair-launch-factory", await runtime.factory("fair-launch-factory"));
  const teamToken = await network.spawn({
    module: "token",
    owner: team,
    tags: tagsOf({ Name: "Ocean", Ticker: "OCN", Denomination: "6", "Initial-Supply": "10000000" }),
  });
  const code = bundle === "" ? "" : codeHash(bundle);
  const factory = await network.spawn({
    module: "fair-launch-factory",
    owner,
    tags: tagsOf({
      "AO-Token": scene.token,
      Ledgers: JSON.stringify([scene.ledger]),
      "Launch-Modules": JSON.stringify([{ module: launchModuleId, code }]),
      "Numbered-Transfers": "true",
      "Grace-Days": "2",
      ...options.factory,
    }),
  });
  const snapshot = { Token: "AR", Snapshot: "1", Page: "1", Pages: "1", Mode: "full" };
  const rows = `${alice},3000000000000\n${bob},1000000000000`;
  await send(oracle, scene.ledger, { Action: "Set-Balances", ...snapshot }, rows);
  await send(owner, scene.ledger, { Action: "Tick" });
  const start = network.now() + day;

  return {
    ...scene,
    ...{ factory, teamToken, bundle, start },
    async create(more = {}, from = team) {
      const tags = {
        ...{ Action: "Create-FLP", Name: "Ocean launch", Treasury: treasury, "Token-Process": teamToken },
        ...{ "Token-Supply": "1000000", "Decay-Factor": "0.9", Duration: "10" },
        ...{ "Starts-At-Timestamp": `${start}`, "Are-Batch-Transfers-Possible": "true", ...more },
      };
      const { Error: error, Messages } = await send(from, factory, tags);
      if (error !== undefined) throw new Error(error);
      return tagValue(Messages[0]!.Tags!, "Request-Id")!;
    },
    async row(id) {
      const { data } = await ask(factory, { Action: "Get-FLP", Id: id });
      return JSON.parse(data) as Readonly<Record<string, string | number>>;
    },
    async idOf(request) {
      const { data } = await ask(factory, { Action: "Get-FLP-Id", "Request-Id": request });
      return (JSON.parse(data) as Readonly<Record<string, string>>)["FLP-Id"]!;
    },
  };
}

type Create = ReturnType<typeof stockAos>;

/** What launches run on: a module with the code in it, or on aos the stock module and the bundle. */
async function launchModule(
  isAos: boolean,
  own: () => Create,
): Promise<{ readonly module: () => Create; readonly bundle: string }> {
  if (!isAos) return { module: own, bundle: "" };
  const [built] = await buildAll({ quiet: true, names: ["fair-launch"] });
  return { module: stockAos, bundle: readFileSync(built!.bundle.path, "utf8") };
}
