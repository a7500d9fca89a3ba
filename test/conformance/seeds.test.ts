/** Nothing depends on the order of pairs(): other seeds of Lua's hashes, and a Lua that has a new one at each start. */
import { existsSync } from "node:fs";
import { testAlike } from "./alike.ts";
import { childLog, guardLog } from "./logs/guard.ts";
import { ledgerLog } from "./logs/ledger.ts";
import { mintLog } from "./logs/mint.ts";
import { policyLogs } from "./logs/policies.ts";
import { tokenLog } from "./logs/token.ts";
import { onPlainLua, plainLua } from "./plain.ts";
import { onCompact } from "./replay.ts";

const logs = [guardLog(), childLog(), tokenLog(), mintLog(), ledgerLog(), ...policyLogs().slice(0, 2)];
testAlike(logs, { "seed 1": onCompact(1), "seed 4294967295": onCompact(4_294_967_295) });

// Its seed is made of addresses and the clock. Nothing undoes there what a refused message would have changed.
if (existsSync(plainLua)) testAlike(logs, { "plain Lua": onPlainLua });
