import type { Log } from "../log.ts";
import { factoryLog } from "./factory.ts";
import { guardedFactoryLog } from "./guarded-factory.ts";
import { launchLogs } from "./fair-launch.ts";
import { childLog, guardLog, shapesLog } from "./guard.ts";
import { ledgerLog } from "./ledger.ts";
import { mintLog } from "./mint.ts";
import { parameterLogs } from "./parameters.ts";
import { policyLogs } from "./policies.ts";
import { indexLogs } from "./pi.ts";
import { poolLogs } from "./pool.ts";
import { tokenLog } from "./token.ts";

/** Every log. */
export function allLogs(): Log[] {
  return [
    shapesLog(),
    guardLog(),
    childLog(),
    tokenLog(),
    mintLog(),
    ledgerLog(),
    factoryLog(),
    guardedFactoryLog(),
    ...launchLogs(),
    ...poolLogs(),
    ...indexLogs(),
    ...policyLogs(),
    ...parameterLogs(),
  ];
}
