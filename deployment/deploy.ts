/** Puts the processes of a configuration on a network, and goes on where it was stopped. */
import { readFileSync } from "node:fs";
import { buildAll, type BuiltProcess } from "../module/build-all.ts";
import { codeHash } from "../module/bundle.ts";
import { parametersHash } from "../process/protocol/parameters-hash.ts";
import type { Wallet } from "../units/items/wallet.ts";
import { tagsOf, type Tag } from "../units/message.ts";
import {
  bundlesOf,
  type Config,
  type NetworkConfig,
  spawnedBundles,
  spawnOrder,
  type Wire,
  wiresOf,
} from "./config.ts";
import { checkIdentity } from "./identity.ts";
import { deployed, type RecordFile, type SpawnedCode } from "./record.ts";
import { type Send, senderOf } from "./sender.ts";
import { DeploymentError, type Units } from "./units.ts";
import { fill, type Known, type SpawnedFrom } from "./values.ts";

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
  const steps = names.flatMap((name) => {
    const process = config.processes[name]!;
    const uploads = config.module === "compact" ? [process.bundle, ...spawnedBundles(process)] : [];
    return [...uploads.map(uploadKey), spawnKey(name)];
  });
  const ticked = names.filter((name) => config.processes[name]!.tickEvery !== undefined);
  const messages = [...wiresOf(config).map(wireKey), ...ticked.map(monitorKey)];
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
  const keys = wiresOf(config).map(wireKey);
  const twice = keys.find((key, i) => keys.indexOf(key) !== i);
  if (twice !== undefined) throw new DeploymentError(`the configuration says twice: ${twice}`);
  const built = await buildBundles(config);
  const send = senderOf(options);
  const names = spawnOrder(config.processes);
  for (const name of names) await spawn(name, options, send, built);
  for (const wire of wiresOf(config)) await sendWire(wire, options, send, built);
  for (const name of names) {
    if (config.processes[name]!.tickEvery !== undefined) await monitor(name, options, send);
  }
  for (const name of names) {
    say(`ask ${name} what it is`);
    const { unchangeable = false } = config.processes[name]!;
    const wrong = await checkIdentity(units.ask, deployed(file, name), file.record.deployer, unchangeable);
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
  config: Pick<Config, "processes" | "wires">,
): Promise<ReadonlyMap<string, BuiltBundle>> {
  const names = bundlesOf(config);
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
  const process = config.processes[name]!;
  const { bundle, tags, tickEvery } = process;
  const isAos = config.module === "aos";
  const { module, codeHash: hash } = await codeOn(bundle, options, send, built);
  const spawns: Record<string, SpawnedCode> = {};
  for (const child of spawnedBundles(process)) spawns[child] = await codeOn(child, options, send, built);
  const known = { ...knownOf(options, await units.now()), bundles: spawnedFrom(spawns, isAos) };
  await send(spawnKey(name), "spawn", () => {
    const addresses = { Scheduler: network.schedulerAddress, Authority: network.authority };
    const spawnTags: Tag[] = [
      ...[...protocol, ...tagsOf({ Type: "Process", Module: module, ...addresses })],
      ...(isAos ? tagsOf({ "On-Boot": "Data" }) : []),
      ...(tickEvery === undefined ? [] : tagsOf({ "Cron-Interval": tickEvery, "Cron-Tag-Action": "Tick" })),
      ...fill(tags, known),
    ];
    const hashes = { codeHash: hash, parametersHash: parametersHash(spawnTags) };
    const children = Object.keys(spawns).length === 0 ? {} : { spawns };
    const note = (id: string): void => {
      file.record.processes[name] = { id, bundle, module, ...hashes, upgrades: 0, ...children };
    };
    return { tags: spawnTags, data: isAos ? built.get(bundle)!.lua : " ", note };
  });
}

/** The module of a bundle's processes, uploaded if it is one of their own, and the code that they run. */
async function codeOn(
  bundle: string,
  { config, network }: DeployOptions,
  send: Send,
  built: ReadonlyMap<string, BuiltBundle>,
): Promise<SpawnedCode> {
  const code = built.get(bundle)!;
  if (config.module === "aos") return { module: aosModule(network), codeHash: code.codeHash };
  const upload = await uploadModule(bundle, code, send);
  // The module may have been uploaded by an older checkout, before this deployment was interrupted.
  return { module: upload.id, codeHash: upload.codeHash ?? code.codeHash };
}

function spawnedFrom(
  spawns: Readonly<Record<string, SpawnedCode>>,
  isAos: boolean,
): ReadonlyMap<string, SpawnedFrom> {
  return new Map(
    Object.entries(spawns).map(([bundle, { module, codeHash: hash }]) => {
      return [bundle, { module, code: isAos ? hash : "" }];
    }),
  );
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

async function sendWire(
  wire: Wire,
  options: DeployOptions,
  send: Send,
  built: ReadonlyMap<string, BuiltBundle>,
): Promise<void> {
  const { file, units } = options;
  const { id: target, spawns } = deployed(file, wire.process);
  const key = wireKey(wire);
  const known = knownOf(options, 0);
  const sent = await send(key, "message", () => {
    const code = wire.code === undefined ? undefined : built.get(wire.code)!;
    const expected = spawns?.[wire.code ?? ""]?.codeHash ?? code?.codeHash;
    if (code?.codeHash !== expected) {
      throw new DeploymentError(
        `${wire.process} was spawned for another ${wire.code} than this checkout builds: go on with the one that began`,
      );
    }
    const tags = [...protocol, ...tagsOf({ Type: "Message" }), ...fill(wire.tags, known)];
    return { target, tags, ...(code !== undefined && { data: code.lua, codeHash: code.codeHash }) };
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
  return { ids, bundles: new Map(), deployer: wallet.address, now };
}

const uploadKey = (bundle: string): string => `upload the ${bundle}'s module`;
const spawnKey = (name: string): string => `spawn ${name}`;
const wireKey = ({ process, tags }: Wire): string => `send ${tags.Action as string} to ${process}`;
const monitorKey = (name: string): string => `have the ticks of ${name} pushed`;
