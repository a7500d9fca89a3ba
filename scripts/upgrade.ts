/** `npm run upgrade`: this checkout's code in the processes that run, their state kept. */
import { networkOf } from "../deployment/config.ts";
import { unitsOf } from "../deployment/units.ts";
import { outdated, upgrade } from "../deployment/upgrade.ts";
import { deploymentOf, exclusively, readWallet, runScript } from "./deployment-options.ts";

await runScript("upgrade", async ({ network: name, key, dryRun }) => {
  if (dryRun) {
    for (const process of await outdated(deploymentOf(name))) console.log(`upgrade ${process}`);
    return 0;
  }
  const wallet = readWallet(key);
  return exclusively(async () => {
    const { config, file } = deploymentOf(name);
    const network = await networkOf(config, name);
    const say = (step: string): void => console.log(step);
    const upgraded = await upgrade({ config, network, units: unitsOf(network), wallet, file, say });
    for (const { name: process, outcome, reason } of upgraded) {
      console.log(`${process}: ${outcome}${reason === undefined ? "" : `: ${reason}`}`);
    }
    return upgraded.some(({ outcome }) => outcome === "refused") ? 1 : 0;
  });
});
