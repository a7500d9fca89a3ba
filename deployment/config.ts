/** What a deployment is made of: networks, modules, processes, their parameters, and who refers to whom. */
import { DeploymentError, getJson } from "./units.ts";
import { referencesIn, type Values } from "./values.ts";

export { codeOf, deployer, idOf, json, moduleOf, spawnTime } from "./values.ts";

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
  /** Nobody can change its code, whoever owns it: an upgrade leaves it out, and it must say so itself. */
  readonly unchangeable?: true;
}

/** A message that the deployer sends once, when the processes that it names exist. */
export interface Wire {
  readonly process: string;
  readonly tags: Values;
  /** Its Data: the text of the bundle of this folder in process/. */
  readonly code?: string;
  /** The kind of module that it is for; without, it is sent in either. */
  readonly only?: ModuleKind;
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
    for (const reference of referencesIn(process.tags).processes) visit(reference, [...path, name]);
    order.push(name);
  };
  for (const name of Object.keys(processes)) visit(name, []);
  return order;
}

/** The bundles that processes spawn from themselves, by their parameters: their modules are uploaded before the spawn. */
export function spawnedBundles({ tags }: ProcessConfig): readonly string[] {
  return [...new Set(referencesIn(tags).bundles)];
}

/** Every bundle that a deployment needs, each once. */
export function bundlesOf({ processes, wires }: Pick<Config, "processes" | "wires">): readonly string[] {
  const run = Object.values(processes).flatMap((process) => [process.bundle, ...spawnedBundles(process)]);
  return [...new Set([...run, ...wires.flatMap(({ code }) => code ?? [])])];
}

/** The wires of a kind of module. */
export function wiresOf({ module, wires }: Pick<Config, "module" | "wires">): readonly Wire[] {
  return wires.filter(({ only }) => only === undefined || only === module);
}
