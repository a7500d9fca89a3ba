/** What a deployment is made of: networks, modules, processes, their parameters, and who refers to whom. */
import { DeploymentError, getJson } from "./units.ts";

/** What a tag's value may be beside text; known only when the deployment gets there. */
export type Placeholder =
  /** The id of another process of the configuration. */
  | { readonly process: string }
  /** The address of whoever deploys. */
  | { readonly deployer: true }
  /** The time at which the process is spawned, in milliseconds. */
  | { readonly now: true };

export type Json =
  string | number | boolean | null | Placeholder | readonly Json[] | { readonly [name: string]: Json };

/** A tag's value: text, a placeholder, or JSON in which placeholders may stand. */
export type Value = string | Placeholder | { readonly json: Json };
export type Values = Readonly<Record<string, Value>>;

/** `compact` is a module for each process; `aos` is the network's own, into which the bundle is loaded at spawn. */
export type ModuleKind = "compact" | "aos";

export interface NetworkConfig {
  /** Base addresses of the units. */
  readonly messenger: string;
  readonly scheduler: string;
  readonly compute: string;
  readonly gateway: string;
  /** Where data items, such as modules, are uploaded. */
  readonly upload: string;
  /** The address that processes name as their Scheduler, and the one that signs what processes send. */
  readonly schedulerAddress: string;
  readonly authority: string;
  /** The id of the network's aos module, for processes that run in it. */
  readonly aos?: string;
}

/** A network of `npm run network`, which tells its addresses itself. */
export interface LocalConfig {
  readonly url: string;
  /** The id of an aos module that was uploaded there, for processes that run in it. */
  readonly aos?: string;
}

export interface ProcessConfig {
  /** The folder in process/ whose bundle it runs. */
  readonly bundle: string;
  /** Its parameters: spawn tags. */
  readonly tags: Values;
  /** How often the compute unit ticks it, as in `5-minutes`. */
  readonly tickEvery?: string;
}

/** A message that the deployer sends once, when the processes that it names exist. */
export interface Wire {
  readonly process: string;
  readonly tags: Values;
}

export interface Config {
  readonly module: ModuleKind;
  readonly networks: Readonly<Record<string, NetworkConfig | LocalConfig>>;
  readonly processes: Readonly<Record<string, ProcessConfig>>;
  readonly wires: readonly Wire[];
}

/** The configuration as it is written, checked by the compiler. */
export function defineConfig(config: Config): Config {
  return config;
}

/** The id of a process of this configuration, once it is spawned. */
export function idOf(process: string): Placeholder {
  return { process };
}

export const deployer: Placeholder = { deployer: true };
export const spawnTime: Placeholder = { now: true };

/** A value as JSON text, with placeholders filled in. */
export function json(value: Json): Value {
  return { json: value };
}

/** The addresses of a configured network; a local one is asked for them. */
export async function networkOf(config: Pick<Config, "networks">, name: string): Promise<NetworkConfig> {
  const network = config.networks[name];
  if (network === undefined) {
    const known = Object.keys(config.networks).join(", ");
    throw new DeploymentError(`ao.config.ts has no network ${JSON.stringify(name)}, but: ${known}`);
  }
  if (!("url" in network)) return network;
  const { url, aos } = network;
  const told = await getJson<
    Record<"MU_URL" | "CU_URL" | "schedulerUrl" | "authority" | "scheduler", string>
  >(`${url}/`);
  return {
    messenger: told.MU_URL,
    compute: told.CU_URL,
    scheduler: told.schedulerUrl,
    gateway: url,
    upload: url,
    schedulerAddress: told.scheduler,
    authority: told.authority,
    ...(aos !== undefined && { aos }),
  };
}

/** What placeholders stand for. */
export interface Known {
  readonly ids: ReadonlyMap<string, string>;
  readonly deployer: string;
  readonly now: number;
}

/** The tags with every placeholder filled in. Throws for a process that has no id yet. */
export function fill(values: Values, known: Known): { name: string; value: string }[] {
  return Object.entries(values).map(([name, value]) => ({ name, value: fillValue(value, known) }));
}

/**
 * The processes in an order in which each comes after those that it refers to. Throws when two refer to each other (a
 * wire can tell one of them afterwards), or to one that is not configured.
 */
export function spawnOrder(processes: Config["processes"]): readonly string[] {
  const order: string[] = [];
  const visit = (name: string, path: readonly string[]): void => {
    if (order.includes(name)) return;
    if (path.includes(name)) {
      throw new DeploymentError(
        `${[...path, name].join(" refers to ")}: let a wire make one of these references`,
      );
    }
    const process = processes[name];
    if (process === undefined)
      throw new DeploymentError(`${path.at(-1)} refers to ${name}, which is not configured`);
    for (const reference of referencesIn(process.tags)) visit(reference, [...path, name]);
    order.push(name);
  };
  for (const name of Object.keys(processes)) visit(name, []);
  return order;
}

function fillValue(value: Value, known: Known): string {
  if (typeof value === "string") return value;
  if ("json" in value) {
    return JSON.stringify(value.json, (_, part: unknown) =>
      isPlaceholder(part) ? fillPlaceholder(part, known) : part,
    );
  }
  return fillPlaceholder(value, known);
}

function fillPlaceholder(placeholder: Placeholder, { ids, deployer: address, now }: Known): string {
  if ("deployer" in placeholder) return address;
  if ("now" in placeholder) return String(now);
  const id = ids.get(placeholder.process);
  if (id === undefined) throw new DeploymentError(`${placeholder.process} has no id yet`);
  return id;
}

function referencesIn(value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  if (isPlaceholder(value)) return "process" in value ? [value.process] : [];
  return Object.values(value).flatMap((part) => referencesIn(part));
}

function isPlaceholder(value: unknown): value is Placeholder {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const names = Object.keys(value);
  return names.length === 1 && ["process", "deployer", "now"].includes(names[0]!);
}
