/** `npm run verify`: whether a deployment is what it should be. */
import { networkOf } from "../deployment/config.ts";
import { unitsOf } from "../deployment/units.ts";
import { verify } from "../deployment/verify.ts";
import { deploymentOf, runScript } from "./deployment-options.ts";

await runScript("verify", async ({ network: name, json, launches }) => {
  const { config, file } = deploymentOf(name);
  const network = await networkOf(config, name);
  const checks = await verify({ config, file, units: unitsOf(network), launches });
  const holds = checks.every((check) => check.holds);
  if (json) console.log(JSON.stringify({ network: name, holds, checks }));
  else
    for (const { name: check, holds: one, detail } of checks)
      console.log(`${one ? "ok   " : "WRONG"} ${check}: ${detail}`);
  return holds ? 0 : 1;
});
