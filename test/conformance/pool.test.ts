/** The pool, alike on every runtime. */
import { testAlike } from "./alike.ts";
import { poolLogs } from "./logs/pool.ts";

testAlike(poolLogs());
