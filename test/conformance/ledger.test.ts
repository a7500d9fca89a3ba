/** The ledger, alike on every runtime. */
import { testAlike } from "./alike.ts";
import { ledgerLog } from "./logs/ledger.ts";
import { policyLogs } from "./logs/policies.ts";

testAlike([ledgerLog(), ...policyLogs()]);
