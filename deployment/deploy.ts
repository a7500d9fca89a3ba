/** Puts the processes of a configuration on a network, and goes on where it was stopped. */
import { readFileSync } from "node:fs";
import { buildAll, type BuiltProcess } from "../module/build-all.ts";
import { codeHash } from "../module/bundle.ts";
import { parametersHash } from "../process/protocol/parameters-hash.ts";
import type { Wallet } from "../units/items/wallet.ts";
import { tagsOf, type Tag } from "../units/message.ts";
import { type Config, fill, type Known, type NetworkConfig, spawnOrder, type Wire } from "./config.ts";
import { checkIdentity } from "./identity.ts";
import { deployed, type RecordFile } from "./record.ts";
import { type Send, senderOf } from "./sender.ts";
import { DeploymentError, type Units } from "./units.ts";

export interface DeployOptions {
  readonly config: Config;
  readonly network: NetworkConfig;
  readonly units: Units;
  readonly wallet: Wallet;
  readonly file: RecordFile;
  /** Told before each step that has not been taken yet. */
  readonly say: (step: string) => void;
}

/** A bundle of this checkout. */
export interface BuiltBundle {
  readonly lua: string;
  readonly codeHash: string;
  /** Path of the compact module. */
  readonly module: string;
}

export const protocol = tagsOf({ "Data-Protocol": "ao", Variant: "ao.TN.1" });

/** The steps of a deployment that the record does not have yet, in order. */
export function missingSteps(config: Config, { record }: RecordFile): readonly string[] {
  const names = spawnOrder(config.processes);
  const steps = names.flatMap((name) => [
    ...(config.module === "compact" ? [uploadKey(config.processes[name]!.bundle)] : []),
    spawnKey(name),
  ]);
  const ticked = names.filter((name) => config.processes[name]!.tickEvery !== undefined);
  const messages = [...config.wires.map(wireKey), ...ticked.map(monitorKey)];
  return [...new Set([...steps, ...messages])].filter(
    (key) => record.items[key] === undefined || record.items[key].item !== undefined,
  );
}

/**
 * Uploads modules, spawns in the order of references, wires, has ticks pushed, and asks each process what it is. Throws
 * DeploymentError where a process refuses a wire or is not what was deployed.
 */
export async function deploy(options: DeployOptions): Promise<void> {
  const { config, file, units, say } = options;
  claimRecord(options);
  const keys = config.wires.map(wireKey);
  const twice = keys.find((key, i) => keys.indexOf(key) !== i);
  if (twice !== undefined) throw new DeploymentError(`the configuration says twice: ${twice}`);
  const built = await buildBundles(config);
  const send = senderOf(options);
  const names = spawnOrder(config.processes);
  for (const name of names) await spawn(name, options, send, built);
  for (const wire of config.wires) await sendWire(wire, options, send);
  for (const name of names) {
    if (config.processes[name]!.tickEvery !== undefined) await monitor(name, options, send);
  }
  for (const name of names) {
    say(`ask ${name} what it is`);
    const wrong = await checkIdentity(units.ask, deployed(file, name), file.record.deployer);
    if (wrong.length > 0) throw new DeploymentError(`${name}: ${wrong.join("; ")}`);
  }
}

/** The record becomes this deployer's on this network. Throws when it is another's already. */
export function claimRecord({
  file,
  wallet,
  network,
}: Pick<DeployOptions, "file" | "wallet" | "network">): void {
  const { record } = file;
  if (record.deployer !== "" && record.deployer !== wallet.address) {
    throw new DeploymentError(
      `${record.deployer} has begun this deployment; only that key can go on with it`,
    );
  }
  if (record.authority !== "" && record.authority !== network.authority) {
    throw new DeploymentError(
      `the record of ${record.network} is of a network with the authority ${record.authority}; this one has ` +
        `${network.authority}. Move the record away to deploy anew`,
    );
  }
  record.deployer = wallet.address;
  record.authority = network.authority;
}

/** The bundles of a configuration as this checkout builds them, by name. */
export async function buildBundles(
  config: Pick<Config, "processes">,
): Promise<ReadonlyMap<string, BuiltBundle>> {
  const names = [...new Set(Object.values(config.processes).map(({ bundle }) => bundle))];
  return new Map((await buildAll({ quiet: true, names })).map((one) => [one.name, readBundle(one)]));
}

function readBundle({ bundle, module }: BuiltProcess): BuiltBundle {
  const lua = readFileSync(bundle.path, "utf8");
  return { lua, codeHash: codeHash(lua), module: module.path };
}

async function spawn(
  name: string,
  options: DeployOptions,
  send: Send,
  built: ReadonlyMap<string, BuiltBundle>,
): Promise<void> {
  const { config, network, file, units } = options;
  const { bundle, tags, tickEvery } = config.processes[name]!;
  const { lua, codeHash: builtHash } = built.get(bundle)!;
  const isAos = config.module === "aos";
  const upload = isAos ? undefined : await uploadModule(bundle, built.get(bundle)!, send);
  const module = upload?.id ?? aosModule(network);
  const known = knownOf(options, await units.now());
  await send(spawnKey(name), "spawn", () => {
    const addresses = { Scheduler: network.schedulerAddress, Authority: network.authority };
    const spawnTags: Tag[] = [
      ...[...protocol, ...tagsOf({ Type: "Process", Module: module, ...addresses })],
      ...(isAos ? tagsOf({ "On-Boot": "Data" }) : []),
      ...(tickEvery === undefined ? [] : tagsOf({ "Cron-Interval": tickEvery, "Cron-Tag-Action": "Tick" })),
      ...fill(tags, known),
    ];
    // The module may have been uploaded by an older checkout, before this deployment was interrupted.
    const hashes = {
      codeHash: upload?.codeHash ?? builtHash,
      parametersHash: parametersHash(spawnTags),
    };
    const note = (id: string): void => {
      file.record.processes[name] = { id, bundle, module, ...hashes, upgrades: 0 };
    };
    return { tags: spawnTags, data: isAos ? lua : " ", note };
  });
}

function uploadModule(bundle: string, { module, codeHash: hash }: BuiltBundle, send: Send) {
  return send(uploadKey(bundle), "upload", () => ({
    codeHash: hash,
    tags: [
      ...protocol,
      ...tagsOf({ Type: "Module", "Module-Format": "wasm32-unknown-emscripten4" }),
      ...tagsOf({ "Input-Encoding": "JSON-V1", "Output-Encoding": "JSON-V1", "Memory-Limit": "1-gb" }),
      ...tagsOf({ "Compute-Limit": "9000000000000", "Content-Type": "application/wasm" }),
    ],
    data: readFileSync(module),
  }));
}

async function sendWire(wire: Wire, options: DeployOptions, send: Send): Promise<void> {
  const { file, units } = options;
  const target = deployed(file, wire.process).id;
  const key = wireKey(wire);
  const known = knownOf(options, 0);
  const sent = await send(key, "message", () => {
    return { target, tags: [...protocol, ...tagsOf({ Type: "Message" }), ...fill(wire.tags, known)] };
  });
  if (sent.outcome === "done") return;
  const { Error: error } = await units.result(target, sent.id);
  sent.outcome = error === undefined ? "done" : "refused";
  file.save();
  if (error !== undefined) throw new DeploymentError(`${key}: ${error}`);
}

async function monitor(name: string, { file }: DeployOptions, send: Send): Promise<void> {
  const target = deployed(file, name).id;
  await send(monitorKey(name), "monitor", () => {
    return { target, tags: [...protocol, ...tagsOf({ Type: "Message" })] };
  });
}

function aosModule({ aos }: NetworkConfig): string {
  if (aos === undefined) throw new DeploymentError("the network's configuration names no aos module");
  return aos;
}

function knownOf({ file, wallet }: DeployOptions, now: number): Known {
  const ids = new Map(Object.entries(file.record.processes).map(([name, { id }]) => [name, id]));
  return { ids, deployer: wallet.address, now };
}

const uploadKey = (bundle: string): string => `upload the ${bundle}'s module`;
const spawnKey = (name: string): string => `spawn ${name}`;
const wireKey = ({ process, tags }: Wire): string => `send ${tags.Action as string} to ${process}`;
const monitorKey = (name: string): string => `have the ticks of ${name} pushed`;
