/** What has been deployed to a network, in `deployments/<network>.json`: written before anything is sent. */
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { readIfPresent } from "../module/files.ts";
import { DeploymentError } from "./units.ts";

/** An item that was signed. Until the network has it, its bytes are kept, so that the very same can be sent again. */
export interface SentItem {
  readonly id: string;
  /** The process that it is for; itself for a spawn, absent for an upload. */
  readonly process?: string;
  /** The code that it carries, by its hash. */
  readonly codeHash?: string;
  /** base64; absent once the network has it. */
  item?: string;
  /** Whether a message was carried out, or refused; absent until that is known. */
  outcome?: "done" | "refused";
}

/** What a process spawns: the module, and the SHA-256 of the bundle that runs in it. */
export interface SpawnedCode {
  readonly module: string;
  readonly codeHash: string;
}

export interface DeployedProcess {
  readonly id: string;
  readonly bundle: string;
  readonly module: string;
  /** SHA-256 of its bundle and of its parameters; it says the same of itself. */
  codeHash: string;
  readonly parametersHash: string;
  /** How many upgrades were sent. */
  upgrades: number;
  /** What it spawns, by bundle. */
  readonly spawns?: Readonly<Record<string, SpawnedCode>>;
}

export interface DeploymentRecord {
  readonly network: string;
  /** The address of whoever deploys, and the network's authority; "" before anything is signed. */
  deployer: string;
  authority: string;
  /** Everything that was signed, by what it was for. */
  readonly items: Record<string, SentItem>;
  /** The processes by name, from when their spawn is signed. */
  readonly processes: Record<string, DeployedProcess>;
}

/** A record and its file. */
export interface RecordFile {
  readonly record: DeploymentRecord;
  /** Writes the record as a whole, and waits until it is on the disk: a reader sees the old one or the new one. */
  readonly save: () => void;
}

/** The record in a file; an empty one where there is no file yet. Throws when it is another network's. */
export function openRecord(path: string, network: string): RecordFile {
  const present = readIfPresent(path);
  const record = present === undefined ? emptyRecord(network) : parseRecord(path, present);
  if (record.network !== network) {
    throw new DeploymentError(`${path} records the network ${record.network}, not ${network}`);
  }
  return { record, save: () => writeDurably(path, `${JSON.stringify(record, null, 2)}\n`) };
}

/** The deployed process of this name. Throws when there is none. */
export function deployed({ record }: RecordFile, name: string): DeployedProcess {
  const found = record.processes[name];
  if (found === undefined) throw new DeploymentError(`${name} is not deployed to ${record.network}`);
  return found;
}

function emptyRecord(network: string): DeploymentRecord {
  return { network, deployer: "", authority: "", items: {}, processes: {} };
}

function parseRecord(path: string, bytes: Uint8Array): DeploymentRecord {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as DeploymentRecord;
  } catch {
    throw new DeploymentError(`${path} is no JSON`);
  }
}

function writeDurably(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.tmp`;
  const file = openSync(temporary, "w");
  writeFileSync(file, text);
  fsyncSync(file);
  closeSync(file);
  renameSync(temporary, path);
  const folder = openSync(dirname(path), "r");
  fsyncSync(folder);
  closeSync(folder);
}
