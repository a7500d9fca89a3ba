/** The index, alike on every runtime. */
import { testAlike } from "./alike.ts";
import { indexLogs } from "./logs/pi.ts";

testAlike(indexLogs());
