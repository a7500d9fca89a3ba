/** The beginning of a day: a network with a folder of its own, and the processes of ao.config.ts deployed to it. */
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import config from "../../ao.config.ts";
import { bundlesOf, networkOf } from "../../deployment/config.ts";
import { deploy, missingSteps } from "../../deployment/deploy.ts";
import { deployed, openRecord } from "../../deployment/record.ts";
import { unitsOf } from "../../deployment/units.ts";
import { buildAll } from "../../module/build-all.ts";
import { startServer } from "../../units/http/server.ts";
import { type LocalNetwork, startNetwork } from "../../units/local-network.ts";
import { UsageError } from "../options.ts";
import { createClient } from "./client.ts";
import type { Day, Progress } from "./day.ts";
import { walletOf } from "./wallets.ts";

export interface OpenOptions {
  readonly port: number;
  /** Where all is kept; it must be empty. Without, a folder that is removed when this process ends, however it does. */
  readonly data: string | undefined;
  /** The network's time at its start, in milliseconds. It stands until it is moved. */
  readonly clock: number;
}

/** Starts the network, builds what is stale, and deploys. Throws UsageError, PortError or DeploymentError. */
export async function openDay({ port, data, clock }: OpenOptions, progress: Progress): Promise<Day> {
  // Told before anything is made: that a port is taken should not take seconds.
  if (port !== 0) await (await startServer(port, [])).close();
  const folder = data === undefined ? temporaryFolder() : emptyFolder(data);
  progress("starting the network", 0, 1);
  const network = await startNetwork({ port, data: folder, clock });
  progress("starting the network", 1, 1);
  try {
    return await deployTo(network, folder, progress);
  } catch (error) {
    await network.stop();
    throw error;
  }
}

async function deployTo(network: LocalNetwork, folder: string, progress: Progress): Promise<Day> {
  progress("building modules", 0, 1);
  const built = await buildAll({ quiet: true, names: bundlesOf(config) });
  progress("building modules", 1, 1);
  const here = { ...config, networks: { local: { url: network.url } } };
  const addresses = await networkOf(here, "local");
  const units = unitsOf(addresses);
  const file = openRecord(join(folder, "deployment.json"), "local");
  const deployer = walletOf("deployer");
  // Each step is told of before it is taken; in the end each process is asked what it is.
  const steps = missingSteps(here, file).length + Object.keys(config.processes).length;
  let begun = 0;
  const say = (): void => progress("deploying", begun++, steps);
  await deploy({ config: here, network: addresses, units, wallet: deployer, file, say });
  progress("deploying", steps, steps);
  const ids = Object.entries(file.record.processes).map(([name, { id }]) => [name, id] as const);
  const processes = {
    ...Object.fromEntries(ids),
    token: deployed(file, "token").id,
    ledger: deployed(file, "ledger").id,
    mint: deployed(file, "mint").id,
    factory: deployed(file, "factory").id,
  };
  network.introduce(processes);
  const modules = built.map(({ name, module }) => ({ name, size: module.size, sha256: module.sha256 }));
  return { network, processes, modules, deployer, client: createClient(network), ask: units.ask, progress };
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "tributary-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function emptyFolder(folder: string): string {
  if (!existsSync(folder)) return folder;
  let names: readonly string[];
  try {
    names = readdirSync(folder);
  } catch {
    throw new UsageError(`--data: ${folder} is not a folder that can be read`);
  }
  if (names.length === 0) return folder;
  throw new UsageError(
    `--data: ${folder} is not empty, and a day begins anew; \`npm run network -- --data ${folder}\` goes on with an old one`,
  );
}
