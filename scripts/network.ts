/** `npm run network`: a local AO network until Ctrl-C. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { startNetwork } from "../units/local-network.ts";
import { readNetworkOptions, usage } from "./network-options.ts";
import { UsageError } from "./options.ts";

async function main(args: readonly string[]): Promise<void> {
  const { port, data, help } = readNetworkOptions(args);
  if (help) {
    console.log(usage);
    return;
  }
  if (!existsSync(join(data, "keys.json")))
    console.error("making the units' keys, which takes some seconds …");
  const network = await startNetwork({ port, data });
  const lines = { ...network.units, SCHEDULER: network.scheduler, AUTHORITY: network.authority };
  for (const [name, value] of Object.entries(lines)) console.log(`${name.padEnd(11)} ${value}`);
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    void network.stop();
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(`network: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
