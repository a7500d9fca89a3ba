/** `npm run deploy`: puts the processes of ao.config.ts on a network. */
import { networkOf } from "../deployment/config.ts";
import { deploy, missingSteps } from "../deployment/deploy.ts";
import { unitsOf } from "../deployment/units.ts";
import { deploymentOf, exclusively, readWallet, runScript } from "./deployment-options.ts";

await runScript("deploy", async ({ network: name, key, dryRun }) => {
  if (dryRun) {
    const { config, file } = deploymentOf(name);
    for (const step of missingSteps(config, file)) console.log(step);
    return 0;
  }
  const wallet = readWallet(key);
  return exclusively(async () => {
    const { config, file } = deploymentOf(name);
    const network = await networkOf(config, name);
    await deploy({
      config,
      network,
      units: unitsOf(network),
      wallet,
      file,
      say: (step) => console.log(step),
    });
    for (const [process, { id }] of Object.entries(file.record.processes)) console.log(`${process}  ${id}`);
    return 0;
  });
});
